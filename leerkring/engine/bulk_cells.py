"""Week cells of many communities at once, as arrays: the same cells as `cells` and `things` make.

Axes: counters and sets are (name, community, week); the week axis has a bucket before and one after the weeks
asked for, so that what ran before is known and what comes later does no harm.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leerkring.engine.columns import KIND_AT, NOTHING, NUMBER_AT, Chunk, Ints
from leerkring.engine.measures import (
    COUNTERS,
    SETS,
    TIES,
    Condition,
    Count,
    Matched,
    Selector,
    Stock,
    Sum,
    Who,
)

Words = NDArray[Any]  # unsigned integers of the chunk's word
Flags = NDArray[np.bool_]
_THINGS = 1 << 40  # ids of things stay below this


class BulkCells:
    """The cells of one chunk over the weeks `first` … `first + weeks − 1`."""

    def __init__(self, chunk: Chunk, first: int, weeks: int) -> None:
        self.chunk = chunk
        self.first = first
        self.width = weeks + 2
        self.communities = len(chunk.presences)
        self.week = (chunk.day - 1) // 7
        self.column = np.clip(self.week - first + 1, 0, weeks + 1)
        self.cell = chunk.community * self.width + self.column
        self._rows: dict[Selector, Ints] = {}
        self._things: dict[Selector, _Things] = {}
        self._ordered: dict[tuple[str, ...], tuple[Ints, Flags]] = {}
        self.counters = np.stack([self._counter(measure) for measure in COUNTERS.values()])

    # -- rows ------------------------------------------------------------------------------------------

    def rows(self, selector: Selector) -> Ints:
        """The chunk's rows a selector selects."""
        if selector not in self._rows:
            of = self.chunk.rows_of[KIND_AT[selector.kind]]
            rows = np.arange(of.start, of.stop)
            for condition in selector.where:
                rows = rows[self._holds(condition, of)[rows - of.start]]
            self._rows[selector] = rows
        return self._rows[selector]

    def standing(self, selector: Selector) -> Ints:
        """Of these rows, those that still can make a thing or follow on one."""
        rows = self.rows(selector)
        standing: Ints = rows[self.chunk.gone[rows] == 0]
        return standing

    def numbers(self, name: str, of: slice) -> Ints:
        """A number of a kind's rows, 0 where absent."""
        rows, values = self.chunk.numbers[NUMBER_AT[name]]
        start, stop = np.searchsorted(rows, [of.start, of.stop])
        dense = np.zeros(of.stop - of.start, dtype=np.int64)
        dense[rows[start:stop] - of.start] = values[start:stop]
        return dense

    def _says(self, name: str, of: slice) -> Flags:
        """Which of a kind's rows say this number, be it 0."""
        rows, _values = self.chunk.numbers[NUMBER_AT[name]]
        start, stop = np.searchsorted(rows, [of.start, of.stop])
        says = np.zeros(of.stop - of.start, dtype=np.bool_)
        says[rows[start:stop] - of.start] = True
        return says

    def _holds(self, condition: Condition, of: slice) -> Flags:
        value = self.numbers(condition.number, of)
        if condition.half_of is not None:
            whole = self.numbers(condition.half_of, of)
            half: Flags = (whole > 0) & (2 * value >= whole)
            return half
        holds: Flags = value >= condition.least
        if condition.most is not None:
            holds &= value <= condition.most
        if condition.or_unsaid:
            holds |= ~self._says(condition.number, of)
        return holds

    # -- counters --------------------------------------------------------------------------------------

    def _counter(self, measure: Count | Sum | Matched | Stock) -> Ints:
        match measure:
            case Count(of):
                return sum((self._counted(self.rows(selector)) for selector in of), self._nothing())
            case Sum(of, number, squared):
                return self._summed(of, number, squared)
            case Matched():
                things = self.things(measure.first)
                return self._counted(things.rows[self._matched(measure, things)])
            case Stock():
                return self._running(measure)

    def _nothing(self) -> Ints:
        return np.zeros((self.communities, self.width), dtype=np.int64)

    def _counted(self, rows: Ints) -> Ints:
        counts = np.bincount(self.cell[rows], minlength=self.communities * self.width)
        return counts.reshape(self.communities, self.width)

    def _summed(self, selector: Selector, number: str, squared: bool) -> Ints:
        of = self.chunk.rows_of[KIND_AT[selector.kind]]
        rows = self.rows(selector)
        values = self.numbers(number, of)[rows - of.start]
        sums = np.bincount(
            self.cell[rows],
            weights=values * values if squared else values,
            minlength=self.communities * self.width,
        )
        return sums.astype(np.int64).reshape(self.communities, self.width)

    def things(self, first: Selector) -> _Things:
        if first not in self._things:
            self._things[first] = _Things.of(self.chunk, self.standing(first))
        return self._things[first]

    def _matched(self, rule: Matched, things: _Things) -> Flags:
        found = np.zeros(len(things.rows), dtype=np.bool_)
        for then in rule.then:
            rows = self.standing(then)
            if rule.by == "about":
                if then == rule.first and not rule.ordered:
                    found[:] = True  # every thing is about itself
                    continue
                about = self.chunk.about[rows]
            else:
                of = self.chunk.rows_of[KIND_AT[then.kind]]
                about = self.numbers(rule.by, of)[rows - of.start]
                about[about == 0] = NOTHING
            at, later = things.find(self.chunk.community[rows], about, rows)
            found[at[self._follows(rule, things.rows[at], later)]] = True
        return found

    def _follows(self, rule: Matched, first: Ints, then: Ints) -> Flags:
        chunk = self.chunk
        follows = np.ones(len(first), dtype=np.bool_)
        if not rule.ordered or not len(first):
            return follows
        follows = self._after(first, then)
        if rule.other:
            actor = chunk.actor[then]
            follows &= (actor != NOTHING) & (actor != chunk.actor[first])
        if rule.within is not None:
            days = self.school_day
            follows &= days[chunk.day[then] - self._day] - days[chunk.day[first] - self._day] <= rule.within
        return follows

    def _after(self, first: Ints, then: Ints) -> Flags:
        moment, id_ = self.chunk.moment, self.chunk.id
        later: Flags = moment[then] > moment[first]
        later |= (moment[then] == moment[first]) & (id_[then] > id_[first])
        return later

    @cached_property
    def _day(self) -> int:
        return int(self.chunk.day.min())

    @cached_property
    def school_day(self) -> Ints:
        """The number of school days up to each day, from the first day on."""
        days = np.arange(self._day, int(self.chunk.day.max()) + 1)
        free = np.array(self.chunk.calendar.free_days, dtype=np.int64)
        weekdays: Ints = days // 7 * 5 + np.minimum(days % 7, 5)
        return weekdays - np.searchsorted(free, days, side="right")

    def _running(self, stock: Stock) -> Ints:
        rows, is_first = self._turns((stock.first.kind, *stock.ends))
        begins = np.zeros(len(self.chunk.id), dtype=np.int64)
        begins[self.rows(stock.first)] = 1
        runs = begins[rows]
        ran = np.roll(runs, 1)
        ran[is_first] = 0
        size = self.communities * self.width
        changes = np.bincount(self.cell[rows], weights=runs - ran, minlength=size).astype(np.int64)
        running: Ints = np.cumsum(changes.reshape(self.communities, self.width), axis=1)
        return running

    def _turns(self, kinds: tuple[str, ...]) -> tuple[Ints, Flags]:
        """The rows of these kinds by thing and in order of time, and of each whether it is the first of its thing."""
        if kinds not in self._ordered:
            rows = np.concatenate([self.standing(Selector(kind)) for kind in kinds])
            rows = rows[self.chunk.about[rows] != NOTHING]
            keys = self.chunk.community[rows] * _THINGS + self.chunk.about[rows]
            order = np.lexsort((self.chunk.id[rows], self.chunk.moment[rows], keys))
            keys = keys[order]
            is_first = np.ones(len(keys), dtype=np.bool_)
            is_first[1:] = keys[1:] != keys[:-1]
            self._ordered[kinds] = rows[order], is_first
        return self._ordered[kinds]

    # -- members ---------------------------------------------------------------------------------------

    @cached_property
    def present(self) -> Words:
        """(community, week): the bitset of present members; 0 outside school weeks."""
        present = np.zeros((self.communities, self.width), dtype=self.chunk.word)
        for at, presence in enumerate(self.chunk.presences):
            present[at, 1:-1] = [presence.week(self.first + week) for week in range(self.width - 2)]
        return present

    @cached_property
    def sets(self) -> Words:
        """(set, community, week): bitsets."""
        return np.stack([self._set(who) for who in SETS.values()])

    def _set(self, who: Who) -> Words:
        bits = np.iinfo(self.chunk.word).bits
        flags = np.zeros(self.communities * self.width * bits, dtype=np.bool_)
        for selector in who.actors:
            rows = self.rows(selector)
            rows = rows[self.chunk.actor[rows] != NOTHING]
            flags[self.cell[rows] * bits + self.chunk.actor[rows]] = True
        for selector in who.others:
            rows, members = self.others(selector)
            flags[self.cell[rows] * bits + members] = True
        return self._packed(flags, (self.communities, self.width))

    def others(self, selector: Selector) -> tuple[Ints, Ints]:
        """Rows a selector selects, once for each known member in their `others`, and those members."""
        of = self.chunk.others_of[KIND_AT[selector.kind]]
        rows, members = self.chunk.other_row[of], self.chunk.other_member[of]
        known = members != NOTHING
        if selector.where:
            known &= np.isin(rows, self.rows(selector))
        return rows[known], members[known]

    @cached_property
    def ties(self) -> tuple[Words, Words]:
        """(community, week, member): whom each turned to, and who turned to each."""
        bits = np.iinfo(self.chunk.word).bits
        shape = (self.communities, self.width, bits)
        size = self.communities * self.width * bits * bits
        out, into = np.zeros(size, dtype=np.bool_), np.zeros(size, dtype=np.bool_)
        for selector in TIES:
            rows, members = self.others(selector)
            actors = self.chunk.actor[rows]
            tied = np.flatnonzero((actors != NOTHING) & (actors != members))
            actors, members = actors[tied], members[tied]
            cells = self.cell[rows[tied]] * bits
            out[(cells + actors) * bits + members] = True
            into[(cells + members) * bits + actors] = True
        return self._packed(out, shape), self._packed(into, shape)

    def _packed(self, flags: Flags, shape: tuple[int, ...]) -> Words:
        packed = np.packbits(flags.reshape(*shape, -1), axis=-1, bitorder="little")
        return np.ascontiguousarray(packed).view(np.dtype(self.chunk.word).newbyteorder("<"))[..., 0]


@dataclass(frozen=True)
class _Things:
    """Things of one kind: per thing its key, ascending, and the row of its first event."""

    keys: Ints
    rows: Ints

    @classmethod
    def of(cls, chunk: Chunk, rows: Ints) -> _Things:
        rows = rows[chunk.about[rows] != NOTHING]
        keys = chunk.community[rows] * _THINGS + chunk.about[rows]
        unique, at = np.unique(keys, return_index=True)
        if len(unique) < len(keys):  # a thing made twice: the first counts
            order = np.lexsort((chunk.id[rows], chunk.moment[rows], keys))
            at = order[np.searchsorted(keys[order], unique)]
        return cls(unique, rows[at])

    def find(self, community: Ints, about: Ints, rows: Ints) -> tuple[Ints, Ints]:
        """Which things rows are about, and those rows; rows about nothing known are left out."""
        if not len(self.keys):
            return self.rows[:0], rows[:0]
        keys = community * _THINGS + about
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        known = (self.keys[at] == keys) & (about != NOTHING)
        return at[known], rows[known]
