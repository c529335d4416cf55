"""What goes into the engine: members and events, as plain frozen values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

NO_NUMBERS: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Event:
    """One act of a community. `kinds.KINDS[kind]` says what each field means for its kind.

    id       the log's own number; the same id is the same event, and counts once
    at       when it happened (aware); the log may be out of order
    actor    member id, or None when nobody is named (the counts stay, the person does not)
    others   member ids it was towards, or who were there; the actor among them is a self-tie and is left out
    about    id of the thing (conversation, goal, visit, …), unique within the kind's first word
    numbers  small whole numbers: minutes, flags (0 or 1), ids of linked things
    """

    id: int
    at: datetime
    kind: str
    actor: int | None = None
    others: tuple[int, ...] = ()
    about: int | None = None
    numbers: Mapping[str, int] = field(default_factory=lambda: NO_NUMBERS)

    def __post_init__(self) -> None:
        if self.at.utcoffset() is None:
            raise ValueError(f"event {self.id} has a time without a zone: {self.at}")


@dataclass(frozen=True, slots=True)
class Member:
    """A member from `joined` (None: from the start) up to, and not including, `left`.

    Later joins, leaves, and times away arrive as events `member.joined`, `member.left`, `member.away`,
    `member.back`, whose actor is the member. `teaches`: could open a lesson.
    """

    id: int
    joined: date | None = None
    left: date | None = None
    school: int | None = None
    teaches: bool = True


@dataclass(frozen=True, slots=True)
class CommunityFacts:
    """Everything the engine knows of one community. `key` is the caller's own name for it.

    gone  ids of events whose thing or answer is no longer there: they make no thing and follow on none (a question
          whose only answer was taken back waits again). That something was done goes on counting.
    """

    key: str
    members: tuple[Member, ...]
    events: tuple[Event, ...]
    gone: frozenset[int] = frozenset()

    @classmethod
    def of(
        cls, key: str, members: Iterable[Member], events: Iterable[Event], gone: Iterable[int] = ()
    ) -> CommunityFacts:
        return cls(key, tuple(members), tuple(events), frozenset(gone))
