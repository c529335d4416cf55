"""Where what screens send is taken in: each thing once, however often it is sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from leerkring.meetings.live.acts import Act, Impossible, Why, read
from leerkring.meetings.live.room import Room

#: A device's own name for what it sends, in characters.
LONGEST_KEY = 64


@dataclass(frozen=True, slots=True)
class Sent:
    """Something a screen sent. `by`: the participant; `key`: what the device calls it, the same when it sends again."""

    by: int
    key: str
    kind: str
    data: Any


class Desk:
    """A room, and the keys of everything that was taken in for it. `rewritten`: how often what is kept of it had been
    changed when it was read."""

    def __init__(
        self, room: Room, taken: Iterable[tuple[int | None, str]] = (), *, rewritten: int = 0
    ) -> None:
        self.room, self.rewritten = room, rewritten
        self._taken = set(taken)

    def note(self, by: int | None, key: str) -> None:
        """It was taken in elsewhere."""
        self._taken.add((by, key))

    def knows(self, sent: Sent) -> bool:
        return (sent.by, sent.key) in self._taken

    def take(self, sent: Sent, at: float) -> Act | None:
        """The act it became; None when it was taken in before.

        Raises:
            Impossible: it cannot be done; nothing changed, and the same may be sent again.
        """
        if not 0 < len(sent.key) <= LONGEST_KEY or not (sent.key.isascii() and sent.key.isprintable()):
            raise Impossible(Why.UNREADABLE)
        if self.knows(sent):
            return None
        kind, data = read(sent.kind, sent.data)
        act = Act(self.room.number + 1, kind, sent.by, data, max(at, self.room.now))
        self.room.allow(act)
        self.room.apply(act)
        self._taken.add((sent.by, sent.key))
        return act
