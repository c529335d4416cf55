"""Pictures as SVG from the server: pure functions, numbers in, safe HTML out.

Each is drawn for several widths (the stylesheet shows the one that fits), carries a title and a description,
and comes with its numbers as a table.
"""

from leerkring.ui.charts.frame import Holiday, Reading
from leerkring.ui.charts.progress import Course, Target, outlook, progress, progress_words
from leerkring.ui.charts.ruler import PHASES, Mark, MirrorRow, mirror, placed_words
from leerkring.ui.charts.sociogram import Member, Tie, sociogram
from leerkring.ui.charts.subgroups import Subgroup, subgroups
from leerkring.ui.charts.weeks import Week, weeks

__all__ = [
    "PHASES",
    "Course",
    "Holiday",
    "Mark",
    "Member",
    "MirrorRow",
    "Reading",
    "Subgroup",
    "Target",
    "Tie",
    "Week",
    "mirror",
    "outlook",
    "placed_words",
    "progress",
    "progress_words",
    "sociogram",
    "subgroups",
    "weeks",
]
