"""All windows over the cells of one chunk, and each formula over them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, singledispatchmethod

import numpy as np

from leerkring.engine.bulk_cells import BulkCells, Words
from leerkring.engine.bulk_network import FIGURES, Graphs, Schools
from leerkring.engine.calendar import Window
from leerkring.engine.cells import COUNTER_AT, SET_AT
from leerkring.engine.columns import Chunk, Ints
from leerkring.engine.formulas import (
    AtEnd,
    BothWays,
    Formula,
    Mean,
    MemberPeriods,
    Members,
    Network,
    Periods,
    Settled,
    Share,
    Since,
    Total,
)

Part = Ints | int
Parts = tuple[Part, Part, Part]  # k, n and units: (community, window) arrays, or what fits them
Run = tuple[int, int]  # columns from, up to and not including
_LOOK_BACK = 52  # weeks; the furthest a `Since` looks


class WindowsOfChunk:
    """Every window (each with at least one week) over one chunk of communities."""

    def __init__(self, chunk: Chunk, windows: Sequence[Window]) -> None:
        first = min(window.weeks[0] for window in windows) - _LOOK_BACK
        last = max(window.weeks[-1] for window in windows)
        self.cells = BulkCells(chunk, first, last - first + 1)
        self.chunk = chunk
        self.weeks = np.array([len(window.weeks) for window in windows])
        self._weeks_of = [window.weeks for window in windows]
        self.runs = [self._run(window.weeks) for window in windows]
        self.periods = [[self._run(weeks) for weeks in window.periods] for window in windows]
        self.period_count = np.array([len(periods) for periods in self.periods])
        self.last = np.array([end for _, end in self.runs]) - 1
        self.school = np.array([False, *map(chunk.calendar.is_school_week, range(first, last + 1)), False])
        self.sums = np.cumsum(self.cells.counters * self.school, axis=2)
        starts = np.array([start for start, _ in self.runs])
        self.counters = self.sums[:, :, self.last] - self.sums[:, :, starts - 1]
        self._members: dict[Run, tuple[Words, Words]] = {}

    def _run(self, weeks: Sequence[int]) -> Run:
        return weeks[0] - self.cells.first + 1, weeks[-1] - self.cells.first + 2

    # -- members ---------------------------------------------------------------------------------------

    @cached_property
    def _sets(self) -> Words:
        return self.cells.sets * self.school.astype(self.chunk.word)

    def members(self, run: Run) -> tuple[Words, Words]:
        """(set, community): bitsets over some weeks; (community): who was present."""
        if run not in self._members:
            weeks = slice(*run)
            sets = np.bitwise_or.reduce(self._sets[:, :, weeks], axis=2)
            self._members[run] = sets, np.bitwise_or.reduce(self.cells.present[:, weeks], axis=1)
        return self._members[run]

    @cached_property
    def sets(self) -> Words:
        """(set, community, window)."""
        return np.stack([self.members(run)[0] for run in self.runs], axis=2)

    @cached_property
    def present(self) -> Words:
        """(community, window)."""
        return np.stack([self.members(run)[1] for run in self.runs], axis=1)

    @cached_property
    def teaching(self) -> Words:
        teaching = np.array([presence.teaching for presence in self.chunk.presences], dtype=self.chunk.word)
        return self.present & teaching[:, None]

    @cached_property
    def graphs(self) -> list[Graphs]:
        """Per window the ties among its present members."""
        out, into = (rows * self.school[:, None].astype(self.chunk.word) for rows in self.cells.ties)
        schools = Schools.of(self.chunk)
        return [
            Graphs(
                np.bitwise_or.reduce(out[:, start:end], axis=1),
                np.bitwise_or.reduce(into[:, start:end], axis=1),
                self.present[:, at],
                schools,
            )
            for at, (start, end) in enumerate(self.runs)
        ]

    # -- formulas --------------------------------------------------------------------------------------

    def _sum(self, names: tuple[str, ...]) -> Ints:
        total: Ints = self.counters[[COUNTER_AT[name] for name in names]].sum(axis=0)
        return total

    @singledispatchmethod
    def figure(self, formula: Formula) -> Parts:
        """k, n and units of a formula, for all communities and windows."""
        raise TypeError(f"no way to evaluate {formula!r}")

    @figure.register
    def _(self, formula: Total) -> Parts:
        return self._sum(formula.of), self.weeks, 1

    @figure.register
    def _(self, formula: Share) -> Parts:
        units = self.counters[COUNTER_AT[formula.units]] if formula.units else 1
        return self._sum(formula.of), self._sum(formula.among), units

    @figure.register
    def _(self, formula: Settled) -> Parts:
        of, among = COUNTER_AT[formula.of], COUNTER_AT[formula.among]
        starts = np.array([self._run(weeks[-formula.running :])[0] for weeks in self._weeks_of])
        latest = self.sums[:, :, self.last] - self.sums[:, :, starts - 1]
        return self.counters[of], self.counters[among] - (latest[among] - latest[of]), 1

    @figure.register
    def _(self, formula: AtEnd) -> Parts:
        of, among = (self.cells.counters[COUNTER_AT[name]] for name in (formula.of, formula.among))
        return of[:, self.last], among[:, self.last], 1

    @figure.register
    def _(self, formula: Since) -> Parts:
        sums = np.cumsum(self.cells.counters[COUNTER_AT[formula.of]], axis=1)
        return sums[:, self.last] - sums[:, self.last - formula.weeks], formula.weeks, 1

    @figure.register
    def _(self, formula: Mean) -> Parts:
        total, squares, among = (
            self.counters[COUNTER_AT[name]] for name in (formula.total, formula.squares, formula.among)
        )
        return total, among, squares

    @figure.register
    def _(self, formula: Members) -> Parts:
        who = self.teaching if formula.teaching else self.present
        if formula.among:
            who = who & np.bitwise_or.reduce(self.sets[[SET_AT[name] for name in formula.among]], axis=0)
        have = who & np.bitwise_and.reduce(self.sets[[SET_AT[name] for name in formula.of]], axis=0)
        return np.bitwise_count(have), np.bitwise_count(who), 1

    @figure.register
    def _(self, formula: BothWays) -> Parts:
        both = np.stack([graphs.both_ways for graphs in self.graphs], axis=1)
        return both, np.bitwise_count(self.sets[SET_AT[formula.among]] & self.present), 1

    @figure.register
    def _(self, formula: MemberPeriods) -> Parts:
        of = SET_AT[formula.of]
        took_part = np.zeros(self.present.shape, dtype=np.int64)
        members = np.zeros_like(took_part)
        for at, periods in enumerate(self.periods):
            for run in periods:
                sets, present = self.members(run)
                took_part[:, at] += np.bitwise_count(sets[of] & present)
                members[:, at] += np.bitwise_count(present)
        return took_part, members, self.period_count

    @figure.register
    def _(self, formula: Periods) -> Parts:
        sums = self.sums[[COUNTER_AT[name] for name in formula.of]].sum(axis=0)
        found = np.zeros(self.present.shape, dtype=np.int64)
        for at, periods in enumerate(self.periods):
            for start, end in periods:
                found[:, at] += sums[:, end - 1] > sums[:, start - 1]
        return found, self.period_count, 1

    @figure.register
    def _(self, formula: Network) -> Parts:
        figures = [FIGURES[formula.figure](graphs) for graphs in self.graphs]
        return np.stack([k for k, _ in figures], axis=1), np.stack([n for _, n in figures], axis=1), 1
