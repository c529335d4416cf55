"""A generated board of schools: activity as columns, and the same as plain tuples and as tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import numpy as np

from leerkring.engine.calendar import Calendar, Window, monday_of, week_of
from leerkring.engine.columns import KIND_AT, NUMBER_AT, Columns, Ints
from leerkring.engine.facts import Event, Member
from leerkring.engine.kinds import KINDS
from leerkring.engine.presence import Presence

HOLIDAYS = [
    (date(year, *first), date(year if last >= first else year + 1, *last))
    for year in (2023, 2024, 2025)
    for first, last in (
        ((2, 17), (2, 25)),
        ((4, 27), (5, 5)),
        ((7, 13), (8, 25)),
        ((10, 19), (10, 27)),
        ((12, 21), (1, 5)),
    )
]
CALENDAR = Calendar(HOLIDAYS, zone="UTC")
START = date(2023, 8, 28)
DAYS = 2 * 364
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# How often, of a hundred events; the rest is spread evenly over all other kinds.
SHARES = {
    "conversation.replied": 42.0,
    "interaction": 20.0,
    "conversation.opened": 9.0,
    "insight.captured": 2.0,
    "meeting.closed": 1.5,
    "round.held": 1.0,
    "visit.held": 1.5,
}
TOWARDS = {"conversation.replied": 1, "interaction": 1, "visit.held": 1}


@dataclass(frozen=True)
class Board:
    columns: Columns
    windows: Sequence[Window]

    @property
    def events(self) -> int:
        return len(self.columns.id)

    @property
    def memberships(self) -> int:
        return sum(len(presence.ids) for _, presence in self.columns.communities)


def made(communities: int, events: int, windows: int, seed: int = 2) -> Board:
    """A board of so many communities with two years of activity, and windows of 4 and 12 school weeks."""
    random = np.random.default_rng(seed)
    sizes = np.clip(random.gamma(4, 3, communities).round().astype(np.int64), 5, 40)
    presences = [_presence(random, int(size)) for size in sizes]
    columns = _columns(random, [(f"c{at}", p) for at, p in enumerate(presences)], sizes, events)
    return Board(columns, _windows(windows))


def _presence(random: np.random.Generator, size: int) -> Presence:
    members = []
    for id_ in range(size):
        fate = random.random()
        joined = START + timedelta(days=int(random.integers(30, 400))) if fate < 0.05 else None
        left = START + timedelta(days=int(random.integers(400, 700))) if fate > 0.95 else None
        school = int(random.integers(0, 3))
        members.append(Member(id_, joined, left, school, bool(random.random() < 0.9)))
    return Presence(members, (), CALENDAR)


def _windows(count: int) -> list[Window]:
    last = START + timedelta(days=DAYS)
    weeks = [week for week in range(week_of(START) + 16, week_of(last)) if CALENDAR.is_school_week(week)]
    ends = [weeks[int(at)] for at in np.linspace(0, len(weeks) - 1, (count + 1) // 2)]
    return [CALENDAR.last(length, monday_of(end) + timedelta(days=6)) for end in ends for length in (4, 12)][
        :count
    ]


def _columns(
    random: np.random.Generator, communities: list[tuple[str, Presence]], sizes: Ints, events: int
) -> Columns:
    community = random.choice(len(sizes), events, p=sizes / sizes.sum())
    minutes = np.sort(random.integers(0, DAYS * 24 * 60, events))
    order = np.argsort(community, kind="stable")  # as a database's index on (community, at) gives them
    community, minutes = community[order], minutes[order]
    kind = random.choice(len(KINDS), events, p=_shares())
    days = START.toordinal() + minutes // (24 * 60)
    start = datetime(START.year, START.month, START.day, tzinfo=UTC)
    others = _others(random, kind, sizes[community])
    numbers = _numbers(random, kind)
    return Columns(
        CALENDAR,
        communities,
        {},
        community,
        np.arange(1, events + 1),
        int((start - EPOCH).total_seconds()) * 1_000_000 + minutes * 60_000_000,
        days,
        kind,
        random.integers(0, sizes[community]),
        _abouts(random, kind, community),
        np.zeros(events, dtype=np.int64),
        *others,
        *numbers,
    )


def _shares() -> Any:
    rest = [kind for kind in KINDS if kind not in SHARES and not kind.startswith("member.")]
    shares = {kind: (100 - sum(SHARES.values())) / len(rest) for kind in rest} | SHARES
    return np.array([shares.get(kind, 0.0) for kind in KINDS]) / 100


def _abouts(random: np.random.Generator, kind: Ints, community: Ints) -> Ints:
    """Each opening makes a new thing of its family; what follows is about one of the last few."""
    families = [name.split(".")[0] for name in KINDS]
    makers = {"conversation.opened", "insight.captured", "goal.adopted", "meeting.closed", "visit.held"}
    makers |= {"tryout.started", "case.brought", "inquiry.opened", "product.made", "learning.asked"}
    makers |= {"condition.requested"}
    about = np.empty(len(kind), dtype=np.int64)
    for family in set(families):
        rows = np.flatnonzero(np.isin(kind, [at for at, f in enumerate(families) if f == family]))
        making = np.isin(kind[rows], [KIND_AT[name] for name in makers])
        made_so_far = np.cumsum(making)
        back = np.where(making, 0, np.minimum(random.geometric(0.3, len(rows)) - 1, 20))
        about[rows] = np.maximum(made_so_far - back, 1)
    return about


def _others(random: np.random.Generator, kind: Ints, size: Ints) -> tuple[Ints, Ints]:
    rows, members = [], []
    for name, count in TOWARDS.items():
        at = np.flatnonzero(kind == KIND_AT[name])
        second = at[random.random(len(at)) < 0.2]
        for of in (*([at] * count), second):
            rows.append(of)
            members.append(random.integers(0, size[of]))
    for name in ("meeting.closed", "round.held", "product.made"):
        at = np.flatnonzero(kind == KIND_AT[name])
        for member in range(int(size.max())):
            there = at[(member < size[at]) & (random.random(len(at)) < 0.7)]
            rows.append(there)
            members.append(np.full(len(there), member))
    row = np.concatenate(rows)
    order = np.argsort(row, kind="stable")
    return row[order], np.concatenate(members)[order]


def _numbers(random: np.random.Generator, kind: Ints) -> tuple[Ints, Ints, Ints]:
    rows, names, values = [], [], []
    for spec in KINDS.values():
        at = np.flatnonzero(kind == KIND_AT[spec.key])
        for name in spec.numbers:
            high = {"minutes_total": 120, "minutes_content": 120, "parts": 8, "purpose": 5, "meeting": 400}
            value = random.integers(0, high.get(name, 3), len(at))
            rows.append(at[value > 0])
            names.append(np.full(int((value > 0).sum()), NUMBER_AT[name]))
            values.append(value[value > 0])
    return np.concatenate(rows), np.concatenate(names), np.concatenate(values)


def as_events(board: Board) -> list[list[Event]]:
    """The same activity as plain values, a list per community."""
    columns, kinds = board.columns, tuple(KINDS)
    others = _grouped(columns.other_row, columns.other_member, board.events)
    names = tuple(NUMBER_AT)
    numbers: list[dict[str, int]] = [{} for _ in range(board.events)]
    for row, name, value in zip(
        columns.number_row.tolist(), columns.number_name.tolist(), columns.number_value.tolist(), strict=True
    ):
        numbers[row][names[name]] = value
    lists: list[list[Event]] = [[] for _ in columns.communities]
    fields = (columns.community, columns.id, columns.moment, columns.kind, columns.actor, columns.about)
    for row, (community, id_, moment, kind, actor, about) in enumerate(
        zip(*(field.tolist() for field in fields), strict=True)
    ):
        at = EPOCH + timedelta(microseconds=moment)
        lists[community].append(Event(id_, at, kinds[kind], actor, others[row], about, numbers[row]))
    return lists


def _grouped(rows: Ints, values: Ints, count: int) -> list[tuple[int, ...]]:
    ends = np.searchsorted(rows, np.arange(count + 1)).tolist()
    listed = values.tolist()
    return [tuple(listed[a:b]) for a, b in pairwise(ends)]
