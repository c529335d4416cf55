"""What a figure rests on, as things a reader can open: never who, and never who did not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
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
    """Things newest first; `without_page`: acts that have no page, by day (rows of a file, mostly)."""

    things: tuple[Shown, ...]
    without_page: tuple[tuple[date, int], ...]


def found(user: User, pieces: Sequence[Piece]) -> Found:
    """The pieces as things that `user` may see."""
    by_thing: dict[tuple[str, int], list[Piece]] = {}
    bare: Counter[date] = Counter()
    for piece in pieces:
        kind = KINDS[piece.kind].thing
        if kind and piece.about is not None:
            by_thing.setdefault((kind, piece.about), []).append(piece)
        else:
            bare[_day(piece)] += 1
    return Found(_shown(user, by_thing), tuple(sorted(bare.items(), reverse=True)))


def _shown(user: User, by_thing: dict[tuple[str, int], list[Piece]]) -> tuple[Shown, ...]:
    ids: dict[str, set[int]] = {}
    for kind, number in by_thing:
        ids.setdefault(kind, set()).add(number)
    things = {(k, i): t for k, wanted in ids.items() for i, t in thread.things(user, k, wanted).items()}
    shown = [
        Shown(things[key].title, things[key].address, len(pieces), _day(pieces[-1]))
        for key, pieces in by_thing.items()
        if key in things
    ]
    return tuple(sorted(shown, key=lambda s: s.last, reverse=True))


def _day(piece: Piece) -> date:
    return piece.at.astimezone(clock.AMSTERDAM).date()
