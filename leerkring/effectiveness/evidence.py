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
class Found:
    """`things`: those that `user` may see, newest first; `without_page`: acts that have no page, by day (rows of
    a file, mostly)."""

    user: User
    things: Sequence[Key]
    days: Mapping[Key, Sequence[date]]
    without_page: Sequence[tuple[date, int]]

    def shown(self, keys: Iterable[Key]) -> list[Shown]:
        """Some of `things` as they are shown: a page of them, for there may be very many."""
        keys = list(keys)
        wanted = _by_kind(keys).items()
        things = {(k, i): t for k, ids in wanted for i, t in thread.things(self.user, k, ids).items()}
        return [
            Shown(things[key].title, things[key].address, len(self.days[key]), self.days[key][-1])
            for key in keys
            if key in things
        ]


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
    return Found(user, order, days, sorted(bare.items(), reverse=True))


def _by_kind(keys: Iterable[Key]) -> dict[str, set[int]]:
    ids: dict[str, set[int]] = {}
    for kind, number in keys:
        ids.setdefault(kind, set()).add(number)
    return ids


def _day(piece: Piece) -> date:
    return piece.at.astimezone(clock.AMSTERDAM).date()
