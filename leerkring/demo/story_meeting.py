"""A meeting in a story (`demo.story`), as it is planned and as it was held; and `Act`, which all of a story consists
of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import time
from typing import Any


@dataclass(frozen=True)
class Act:
    """Someone does something at that moment."""

    who: str
    ago: int
    at: time


@dataclass(frozen=True)
class Point:
    """One thing on an agenda; `who` proposed it, or it came with the plan."""

    title: str
    minutes: int
    kind: str = "content"
    who: str | None = None
    workform: str = ""


@dataclass(frozen=True)
class Written:
    """A card in that step of a meeting (`live.agenda`)."""

    who: str
    step: str
    text: str


@dataclass(frozen=True)
class Pile:
    """Cards that were laid together, by their place in `Held.written`."""

    who: str
    name: str
    cards: tuple[int, ...]


@dataclass(frozen=True)
class Told:
    """An insight that came of a meeting; `limited`: who → when it does not work, `tries`: who → on which day, as
    `Revised.until` counts."""

    who: str
    kind: str
    what: str
    why: str
    practice: str = ""
    limited: dict[str, str] = field(default_factory=dict)
    tries: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Agreed:
    """What was agreed; `by` counts as `Revised.until` does. `ended` school days ago it was kept, or let go."""

    what: str
    by: int
    who: tuple[str, ...] = ()
    ended: int | None = None
    kept: bool = True


@dataclass(frozen=True)
class Held:
    """A meeting as it was held: who came, how many minutes it took, what was said. `dots` is on which card each of
    them puts a dot, `exit` what the first of them answered."""

    came: tuple[str, ...]
    lasts: int
    written: tuple[Written, ...]
    piles: tuple[Pile, ...] = ()
    dots: tuple[int, ...] = ()
    told: tuple[Told, ...] = ()
    agreed: tuple[Agreed, ...] = ()
    exit: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Gathering(Act):
    """A meeting that `who` planned. `on` counts school days ahead; below zero it was `held`. `moments` does so for each
    that is put to the group, and `can` is what each person says of them. `turns`: role → who; `comes`: answer → who, in
    the school days after."""

    topic: str
    begins: time
    minutes: int = 60
    on: int | None = None
    question: str = ""
    #: The key of the goal it serves.
    goal: str | None = None
    place: str = ""
    link: str = ""
    bring: str = ""
    material: bool = False
    #: Every so many weeks, so many times.
    every: int = 0
    times: int = 1
    points: tuple[Point, ...] = ()
    turns: dict[str, str] = field(default_factory=dict)
    comes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    moments: tuple[int, ...] = ()
    can: dict[str, tuple[str, ...]] = field(default_factory=dict)
    held: Held | None = None


def gathering(
    bring: str = "",
    point: Sequence[dict[str, Any]] = (),
    held: dict[str, Any] | None = None,
    **fields: Any,
) -> Gathering:
    points = tuple(Point(**one) for one in point)
    return Gathering(bring=bring.strip(), points=points, held=_held(**held) if held else None, **fields)


#: The parts of a meeting that was held that are tables of their own.
_HELD = {"written": Written, "piles": Pile, "told": Told, "agreed": Agreed}


def _held(**fields: Any) -> Held:
    parts = {name: tuple(kind(**one) for one in fields.get(name, ())) for name, kind in _HELD.items()}
    return Held(**{**fields, **parts})
