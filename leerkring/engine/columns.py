"""Events of many communities as columns: what `bulk` reads.

A database can fill these arrays directly; `Columns.of` makes them from facts. Members are places (bits), not
ids; a community of more than 64 members stays as facts, and is computed with Python's own integers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from leerkring.engine.calendar import Calendar
from leerkring.engine.facts import CommunityFacts, Event
from leerkring.engine.kinds import KINDS
from leerkring.engine.presence import Presence

Ints = NDArray[np.int64]
KIND_AT: Mapping[str, int] = {kind: at for at, kind in enumerate(KINDS)}
NUMBER_AT: Mapping[str, int] = {
    name: at
    for at, name in enumerate(dict.fromkeys(name for kind in KINDS.values() for name in kind.numbers))
}
NOTHING = -1  # no actor, no member, no thing
WORD = 64  # members in a machine word
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Columns:
    """Events, one row each, every id once, in any order.

    communities  key and presence of each; `large`: facts of those with more than 64 members (no rows)
    community    place in `communities`
    id, moment   the event's id; its time in microseconds since 1970
    day          ordinal of its day on the school's clock
    kind         place in `KIND_AT`
    actor        the member's place, −1 for nobody or no member
    about        id of the thing, −1 for none
    gone         1 when it makes no thing and follows on none any more, else 0
    other_row, other_member                 one row per member in `others`: the event's row, the place or −1
    number_row, number_name, number_value   one row per number: the event's row, place in `NUMBER_AT`, value
    """

    calendar: Calendar
    communities: Sequence[tuple[str, Presence]]
    large: Mapping[int, CommunityFacts]
    community: Ints
    id: Ints
    moment: Ints
    day: Ints
    kind: Ints
    actor: Ints
    about: Ints
    gone: Ints
    other_row: Ints
    other_member: Ints
    number_row: Ints
    number_name: Ints
    number_value: Ints

    @classmethod
    def of(cls, facts: Iterable[CommunityFacts], calendar: Calendar) -> Columns:
        """From facts; events with a known id or of an unknown kind are left out."""
        communities: list[tuple[str, Presence]] = []
        large: dict[int, CommunityFacts] = {}
        rows = _Rows(calendar)
        for place, of_one in enumerate(facts):
            events = {event.id: event for event in reversed(of_one.events)}
            presence = Presence(of_one.members, events.values(), calendar)
            communities.append((of_one.key, presence))
            if len(presence.ids) > WORD:
                large[place] = of_one
            else:
                for event in events.values():
                    rows.add(place, event, presence.index, event.id in of_one.gone)
        return cls(calendar, communities, large, *rows.arrays())


class _Rows:
    """Rows on their way to arrays, in the order of `Columns`' fields."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._events: list[tuple[int, ...]] = []
        self._others: list[tuple[int, int]] = []
        self._numbers: list[tuple[int, int, int]] = []

    def add(self, community: int, event: Event, index: Mapping[int, int], is_gone: bool) -> None:
        kind = KIND_AT.get(event.kind)
        if kind is None:
            return
        row = len(self._events)
        moment = (event.at - _EPOCH) // timedelta(microseconds=1)
        actor = NOTHING if event.actor is None else index.get(event.actor, NOTHING)
        about = NOTHING if event.about is None else event.about
        day = self._calendar.day(event.at).toordinal()
        self._events.append((community, event.id, moment, day, kind, actor, about, is_gone))
        self._others.extend((row, index.get(member, NOTHING)) for member in event.others)
        for name, value in event.numbers.items():
            if name in NUMBER_AT:
                self._numbers.append((row, NUMBER_AT[name], value))

    def arrays(self) -> Iterator[Ints]:
        for rows, width in ((self._events, 8), (self._others, 2), (self._numbers, 3)):
            yield from np.array(rows, dtype=np.int64).reshape(-1, width).T


@dataclass(frozen=True)
class Chunk:
    """Some communities of about one size, their rows sorted by kind: what one call of `bulk` works on.

    places    the communities' places in the whole; `community` is the place in the chunk
    rows_of   per kind the slice of its rows; `others_of` the slice of its rows in `other_*`
    word      the unsigned type with a bit for every member
    """

    calendar: Calendar
    places: Ints
    presences: Sequence[Presence]
    word: type[np.unsignedinteger]
    rows_of: Sequence[slice]
    others_of: Sequence[slice]
    community: Ints
    id: Ints
    moment: Ints
    day: Ints
    actor: Ints
    about: Ints
    gone: Ints
    other_row: Ints
    other_member: Ints
    numbers: Mapping[int, tuple[Ints, Ints]]


WORDS: Sequence[type[np.unsignedinteger]] = (np.uint8, np.uint16, np.uint32, np.uint64)


_TIES = 1 << 18  # possible ties a week in a chunk, for the cache


def chunks(columns: Columns, size: int = 250) -> list[Chunk]:
    """Cut columns into chunks of at most `size` communities, alike in word size, so that the cells of a chunk
    stay in the processor's cache."""
    groups = _groups(columns, size)
    chunk_of = np.full(len(columns.communities), len(groups), dtype=np.uint16)
    place_in = np.zeros(len(columns.communities), dtype=np.int64)
    for number, (_, places) in enumerate(groups):
        chunk_of[places] = number
        place_in[places] = np.arange(len(places))
    key = (chunk_of[columns.community] * len(KINDS) + columns.kind).astype(np.uint16)
    order = np.argsort(key, kind="stable")
    row_at = np.empty(len(order), dtype=np.int64)
    row_at[order] = np.arange(len(order))
    cutter = _Cutter(columns, place_in, key, order, row_at)
    return [cutter.cut(number, word, places) for number, (word, places) in enumerate(groups)]


def _groups(columns: Columns, size: int) -> list[tuple[type[np.unsignedinteger], Ints]]:
    by_word: dict[type[np.unsignedinteger], list[int]] = {word: [] for word in WORDS}
    for place, (_, presence) in enumerate(columns.communities):
        if place not in columns.large:
            fits = next(word for word in WORDS if len(presence.ids) <= np.iinfo(word).bits)
            by_word[fits].append(place)
    return [
        (word, np.array(places[at : at + step], dtype=np.int64))
        for word, places in by_word.items()
        for step in [min(size, _TIES // np.iinfo(word).bits ** 2)]
        for at in range(0, len(places), step)
    ]


class _Cutter:
    """Rows sorted once by chunk and kind; a chunk is then a run of them."""

    def __init__(
        self, columns: Columns, place_in: Ints, key: NDArray[np.uint16], order: Ints, row_at: Ints
    ) -> None:
        self._columns = columns
        self._place_in = place_in
        self._order = order
        self._row_at = row_at
        self._starts = _starts(key)
        other_key = key[columns.other_row]
        self._others = np.argsort(other_key, kind="stable")
        self._other_starts = _starts(other_key)
        self._number_row = row_at[columns.number_row]

    def cut(self, number: int, word: type[np.unsignedinteger], places: Ints) -> Chunk:
        columns, kinds = self._columns, len(KINDS)
        starts = self._starts[number * kinds : (number + 1) * kinds + 1]
        other_starts = self._other_starts[number * kinds : (number + 1) * kinds + 1]
        first, rows = starts[0], self._order[starts[0] : starts[-1]]
        others = self._others[other_starts[0] : other_starts[-1]]
        return Chunk(
            calendar=columns.calendar,
            places=places,
            presences=[columns.communities[place][1] for place in places],
            word=word,
            rows_of=_slices(starts),
            others_of=_slices(other_starts),
            community=self._place_in[columns.community[rows]],
            id=columns.id[rows],
            moment=columns.moment[rows],
            day=columns.day[rows],
            actor=columns.actor[rows],
            about=columns.about[rows],
            gone=columns.gone[rows],
            other_row=self._row_at[columns.other_row[others]] - first,
            other_member=columns.other_member[others],
            numbers=self._numbers(first, starts[-1]),
        )

    def _numbers(self, first: int, last: int) -> Mapping[int, tuple[Ints, Ints]]:
        """Per name: rows (ascending, in the chunk) and their values."""
        columns = self._columns
        inside = np.flatnonzero((self._number_row >= first) & (self._number_row < last))
        rows, names = self._number_row[inside], columns.number_name[inside]
        order = np.lexsort((rows, names))
        rows, values = rows[order] - first, columns.number_value[inside][order]
        ends = np.searchsorted(names[order], np.arange(len(NUMBER_AT) + 1))
        return {
            name: (rows[ends[name] : ends[name + 1]], values[ends[name] : ends[name + 1]])
            for name in range(len(NUMBER_AT))
        }


def _starts(keys: NDArray[np.uint16]) -> Ints:
    """Where each key's run starts once sorted."""
    counts = np.bincount(keys, minlength=2**16)
    return np.concatenate(([0], np.cumsum(counts)))


def _slices(starts: Ints) -> list[slice]:
    return [slice(a - starts[0], b - starts[0]) for a, b in pairwise(starts)]
