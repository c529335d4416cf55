"""One window over a community's week cells: counters added, bitsets and ties OR-ed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from leerkring.engine.calendar import Window
from leerkring.engine.cells import Cell
from leerkring.engine.network import Graph
from leerkring.engine.presence import Presence
from leerkring.engine.things import Things


class View:
    """One window over a community's cells: counters added, bitsets and ties OR-ed."""

    def __init__(self, cells: Mapping[int, Cell], things: Things, presence: Presence, window: Window) -> None:
        self.window = window
        self.presence = presence
        self._things = things
        self._all = cells
        self._cells = [cells[week] for week in window.weeks if week in cells]
        self.counters = _added([cell.counters for cell in self._cells], Cell().counters)
        self.sets = _joined([cell.sets for cell in self._cells], Cell().sets)
        self.present = presence.during(window.weeks)

    @cached_property
    def teaching(self) -> int:
        return self.presence.teaching & self.present

    @cached_property
    def graph(self) -> Graph:
        """Ties among the present members."""
        rows: dict[int, int] = {}
        for cell in self._cells:
            for source, targets in cell.ties.items():
                rows[source] = rows.get(source, 0) | targets
        kept = {
            source: targets & self.present for source, targets in rows.items() if self.present >> source & 1
        }
        return Graph(kept, self.present)

    def running(self, counter: int) -> int:
        weeks = self.window.weeks
        return self._things.running(counter, weeks[-1]) if weeks else 0

    def latest(self, counter: int, weeks: int) -> int:
        """The counter over the last so many school weeks of the window."""
        last = self.window.weeks[-weeks:]
        return sum(cell.counters[counter] for week in last if (cell := self._all.get(week)))

    def since(self, counter: int, weeks: int) -> int:
        if not self.window.weeks:
            return 0
        last = self.window.weeks[-1]
        return sum(
            cell.counters[counter]
            for week in range(last - weeks + 1, last + 1)
            if (cell := self._all.get(week))
        )

    def period(self, weeks: tuple[int, ...]) -> tuple[int, list[Cell]]:
        """The present members of some weeks, and their cells."""
        return self.presence.during(weeks), [cell for week in weeks if (cell := self._all.get(week))]


def _added(rows: list[list[int]], nothing: list[int]) -> list[int]:
    return list(map(sum, zip(*rows, strict=True))) if rows else nothing


def _joined(rows: list[list[int]], nothing: list[int]) -> list[int]:
    joined = nothing
    for row in rows:
        joined = [a | b for a, b in zip(joined, row, strict=True)]
    return joined
