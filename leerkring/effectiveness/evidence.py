"""What a figure rests on, as things a reader can open: never who, and never who did not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from leerkring import clock
from leerkring.communities import thread
from leerkring.communities.happenings import KINDS
from leerkring.engine.evidence import Piece
from leerkring.people.models import User


@dataclass(frozen=True)
class Shown:
    """One thing and the days on which something happened to it that counts."""

    title: str
    address: str
    acts: int
    last: date


Key = tuple[str, int]


@dataclass(frozen=True)
class Things:
    """The things that `user` may see, newest first: as many as there are, looked up a page at a time."""

    user: User
    days: Mapping[Key, Sequence[date]]
    order: Sequence[Key]

    def __len__(self) -> int:
        return len(self.order)

    def __getitem__(self, part: slice) -> list[Shown]:
        keys = self.order[part]
        things = {
            (k, i): t
            for k, ids in _by_kind(keys).items()
            for i, t in thread.things(self.user, k, ids).items()
        }
        return [
            Shown(things[key].title, things[key].address, len(self.days[key]), self.days[key][-1])
            for key in keys
            if key in things
        ]


@dataclass(frozen=True)
class Found:
    """`without_page`: acts that have no page, by day, newest first (rows of a file, mostly)."""

    things: Things
    without_page: tuple[tuple[date, int], ...]


def found(user: User, pieces: Sequence[Piece]) -> Found:
    """The pieces as things that `user` may see."""
    days: dict[Key, list[date]] = {}
    bare: Counter[date] = Counter()
    for piece in pieces:
        kind = KINDS[piece.kind].thing
        if kind and piece.about is not None:
            days.setdefault((kind, piece.about), []).append(_day(piece))
        else:
            bare[_day(piece)] += 1
    visible = {(k, i) for k, ids in _by_kind(days).items() for i in thread.visible(user, k, ids)}
    order = sorted((key for key in days if key in visible), key=lambda key: days[key][-1], reverse=True)
    return Found(Things(user, days, order), tuple(sorted(bare.items(), reverse=True)))


def _by_kind(keys: Iterable[Key]) -> dict[str, set[int]]:
    ids: dict[str, set[int]] = {}
    for kind, number in keys:
        ids.setdefault(kind, set()).add(number)
    return ids


def _day(piece: Piece) -> date:
    return piece.at.astimezone(clock.AMSTERDAM).date()
