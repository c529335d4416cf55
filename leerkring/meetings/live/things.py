"""What is in a live room: people, cards, piles, insights, agreements, the timer and whose turn it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


@dataclass(slots=True)
class Person:
    """Somebody in the room. `member` is their membership, None for who came in by name only; `leads`: may steer;
    `written_for`: has no device, the scribe writes for them."""

    id: int
    name: str
    member: int | None = None
    leads: bool = False
    guest: bool = False
    written_for: bool = False
    gone: bool = False


@dataclass(slots=True)
class Card:
    id: int
    step: str
    by: int
    text: str
    at: float
    pile: int | None = None
    dropped: bool = False
    #: It came when its step was over: from a phone that had been away.
    late: bool = False
    #: It was taken out: nobody sees it, and nothing of what it said is kept.
    out: bool = False
    #: It was who leads who did that, while the meeting was on: who wrote it is told.
    away: bool = False


@dataclass(slots=True)
class Pile:
    id: int
    step: str
    name: str


class Consent(NamedTuple):
    """Whether somebody can go on, and if not why; `number` is that of the act. `late`: said when its step was over;
    `out`: why not was taken out of the minutes. `about`: the card by which the sentence was bettered last when it was
    said; 0 for none."""

    yes: bool
    text: str
    late: bool
    number: int
    out: bool
    about: int


class Limited(NamedTuple):
    """When an insight does not work; `number` is that of the act. `out`: it was taken out of the minutes."""

    number: int
    by: int
    text: str
    out: bool


class WouldTry(NamedTuple):
    """The day on which somebody would try an insight; `number` is that of the act."""

    number: int
    on: str


@dataclass(slots=True)
class Captured:
    """An insight as it is written in the room; `limits` are what colleagues wrote, `tries` by who tries it. `out`: it
    was taken out of the minutes."""

    id: int
    by: int
    kind: str
    what: str
    why: str
    practice: str
    step: int
    out: bool
    #: Out of whose practice it is, when not of who says it; or of all together.
    of: int | None = None
    of_all: bool = False
    limits: list[Limited] = field(default_factory=list)
    tries: dict[int, WouldTry] = field(default_factory=dict)


@dataclass(slots=True)
class Agreed:
    """`by`: the day; `author`: who wrote it down."""

    id: int
    what: str
    who: tuple[int, ...]
    by: str
    author: int
    #: The place of the step in which it was agreed, as of an insight.
    step: int
    dropped: bool = False


class Became(NamedTuple):
    """What became of an agreement of an earlier meeting, and who said so; `number` is that of the act. `by` is None of
    what was said on a page of the group, and is so already."""

    number: int
    what: str
    by: int | None


@dataclass(slots=True)
class Timer:
    """Of the step that is on: seconds it may take, when it went on running (None while it stands still), and how
    long it ran before that."""

    allotted: float = 0.0
    running_since: float | None = None
    ran: float = 0.0

    def spent(self, now: float) -> float:
        return self.ran + (max(0.0, now - self.running_since) if self.running_since is not None else 0.0)


@dataclass(slots=True)
class Turns:
    """Whose turn it is in a round: the place in `order`."""

    order: list[int]
    at: int = 0
    #: What the step's timer had run when this turn began.
    ran: float = 0.0

    @property
    def now(self) -> int | None:
        return self.order[self.at] if self.at < len(self.order) else None

    @property
    def spoke(self) -> list[int]:
        """Whose turn came."""
        return self.order[: self.at + 1]
