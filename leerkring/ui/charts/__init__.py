"""Pictures as SVG from the server: pure functions, numbers in, safe HTML out.

Each is drawn for several widths (the stylesheet shows the one that fits), carries a title and a description,
and comes with its numbers as a table.
"""

from leerkring.ui.charts.ruler import PHASES, Mark, MirrorRow, mirror, placed_words
from leerkring.ui.charts.sociogram import Member, Tie, sociogram
from leerkring.ui.charts.weeks import Week, weeks

__all__ = [
    "PHASES",
    "Mark",
    "Member",
    "MirrorRow",
    "Tie",
    "Week",
    "mirror",
    "placed_words",
    "sociogram",
    "weeks",
]
