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


@dataclass(frozen=True)
class Found:
    """`things`: those that `user` may see, newest first; `without_page`: acts that have no page, by day (rows of
    a file, mostly)."""

    user: User
    things: Sequence[thread.Reference]
    days: Mapping[thread.Reference, Sequence[date]]
    without_page: Sequence[tuple[date, int]]

    def shown(self, keys: Iterable[thread.Reference]) -> list[Shown]:
        """Some of `things` as they are shown: a page of them, for there may be very many."""
        keys = list(keys)
        things = thread.find_all(self.user, keys)
        return [
            Shown(things[key].title, things[key].address, len(self.days[key]), self.days[key][-1])
            for key in keys
            if key in things
        ]


def found(user: User, pieces: Sequence[Piece]) -> Found:
    """The pieces as things that `user` may see."""
    days: dict[thread.Reference, list[date]] = {}
    bare: Counter[date] = Counter()
    for piece in pieces:
        kind = KINDS[piece.kind].thing
        if kind and piece.about is not None:
            days.setdefault((kind, piece.about), []).append(_day(piece))
        else:
            bare[_day(piece)] += 1
    visible = thread.visible(user, days)
    order = sorted((key for key in days if key in visible), key=lambda key: days[key][-1], reverse=True)
    return Found(user, order, days, sorted(bare.items(), reverse=True))


def _day(piece: Piece) -> date:
    return piece.at.astimezone(clock.AMSTERDAM).date()
