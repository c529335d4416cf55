"""The engine for many communities at once (NumPy): the same figures as `live`, in chunks of about 250.

    figures = compute(Columns.of(facts, calendar), windows)
    figures.of(community, window)["density"]        # Figure(k, n, units)

With `executor` the chunks go through its `map`: processes here, a cluster's executor where a country outgrows
a machine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

import numpy as np

from leerkring.engine.bulk_windows import WindowsOfChunk
from leerkring.engine.calendar import Calendar, Window
from leerkring.engine.columns import Chunk, Columns, Ints, chunks
from leerkring.engine.facts import CommunityFacts
from leerkring.engine.formulas import Figure
from leerkring.engine.indicators import HIDING, INDICATORS
from leerkring.engine.live import Live

INDICATOR_AT: Mapping[str, int] = {key: at for at, key in enumerate(INDICATORS)}


@dataclass(frozen=True)
class BulkFigures:
    """`values[community, window, indicator]` = (k, n, units); indicators in the order of the table."""

    windows: Sequence[Window]
    values: Ints

    def of(self, community: int, window: int) -> Mapping[str, Figure]:
        """One community's figures over one window, as `Live.figures` gives them."""
        rows = self.values[community, window].tolist()
        return {key: Figure(*rows[at]) for key, at in INDICATOR_AT.items()}


def compute(
    columns: Columns, windows: Sequence[Window], executor: Executor | None = None, size: int = 250
) -> BulkFigures:
    """All indicators of all communities over all windows."""
    shape = (len(columns.communities), len(windows), len(INDICATORS), 3)
    values = np.zeros(shape, dtype=np.int64)
    parts = chunks(columns, size)
    work = partial(compute_chunk, windows=windows)
    results = executor.map(work, parts) if executor else map(work, parts)
    for part, result in zip(parts, results, strict=True):
        values[part.places] = result
    large = partial(_compute_large, calendar=columns.calendar, windows=windows)
    facts = list(columns.large.values())
    several = executor.map(large, facts) if executor else map(large, facts)
    for place, one in zip(columns.large, several, strict=True):
        values[place] = one
    return BulkFigures(windows, values)


def compute_chunk(chunk: Chunk, windows: Sequence[Window]) -> Ints:
    """(community, window, indicator, 3) for one chunk."""
    values = np.empty((len(chunk.presences), len(windows), len(INDICATORS), 3), dtype=np.int64)
    values[:] = _nothing()
    filled = [at for at, window in enumerate(windows) if window.weeks]
    if filled:
        over = WindowsOfChunk(chunk, [windows[at] for at in filled])
        enough = np.bitwise_count(over.present) >= HIDING
        for place, row in enumerate(INDICATORS.values()):
            k, n, units = over.figure(row.formula)
            values[:, filled, place, 0] = k
            values[:, filled, place, 1] = n
            values[:, filled, place, 2] = units
            if row.of_members:
                values[:, filled, place] *= enough[:, :, None]
    return values


def _compute_large(facts: CommunityFacts, calendar: Calendar, windows: Sequence[Window]) -> Ints:
    live = Live(facts, calendar)
    figures = [list(live.figures(window).values()) for window in windows]
    return np.array(figures, dtype=np.int64).reshape(len(windows), len(INDICATORS), 3)


@cache
def _nothing() -> tuple[Figure, ...]:
    """What a window without weeks gives."""
    none = Window(date.min, date.min, ())
    return tuple(Live(CommunityFacts("", (), ()), Calendar()).figures(none).values())
