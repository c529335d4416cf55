"""Meetings that are held, as the tests need them: what everyone's screen sends, taken in as the house does."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from leerkring import clock
from leerkring.meetings import agenda
from leerkring.meetings.live import coming, store
from leerkring.meetings.live.desk import Sent
from leerkring.meetings.live.following import follow
from leerkring.meetings.models import Live, Meeting, Participant
from leerkring.meetings.shipped import shipped
from leerkring.meetings.tests.making import SOON, again, planned
from leerkring.meetings.workform import Workform
from leerkring.people.models import User
from tests.cast import Side

MINUTE = timedelta(minutes=1)


def no_forms(key: str) -> None:
    """Of a meeting of nothing but talks."""


@dataclass
class Held:
    """A room that is on. Every act comes a minute after the one before, unless it says when."""

    side: Side
    live: Live
    now: datetime
    people: dict[User, Participant] = field(default_factory=dict)
    _sent: int = 0

    @property
    def meeting(self) -> Meeting:
        return again(self.live.meeting)

    def come(self, *users: User) -> Held:
        for user in users:
            with clock.at(self.now):
                coming.come_in(self.live, self.side.member(user))
            self.people[user] = Participant.objects.get(live=self.live, member__user=user)
        return self

    def by_name(self, name: str) -> Participant:
        """Somebody comes in by the code on the board."""
        with clock.at(self.now):
            coming.come_by_name(self.live, name)
        return Participant.objects.get(live=self.live, name=name)

    def without_device(self, name: str, user: User | None = None) -> Participant:
        """Somebody is written down by who keeps the notes."""
        with clock.at(self.now):
            return coming.write_down(self.live, name=name, member=self.side.member(user) if user else None)

    def __call__(
        self, who: User | Participant, act: str, /, *, after: timedelta = MINUTE, **data: Any
    ) -> int:
        """What `who` does; the number of the act."""
        self.now += after
        with clock.at(self.now):
            return self._take(self.people[who] if isinstance(who, User) else who, act, data)

    def _take(self, who: Participant, kind: str, data: dict[str, Any]) -> int:
        with transaction.atomic():
            live = store.hold([self.live.pk])[self.live.pk]
            desk = store.load(live)
            self._sent += 1
            key = f"k{self._sent}"
            done = desk.take(Sent(who.pk, key, kind, data), self.now.timestamp())
            assert done
            store.write(live, [(done, key)])
            follow(live, desk, [done])
        return done.number

    def give(self, user: User, step: str, **answers: int) -> None:
        """What nobody can tell is theirs."""
        with transaction.atomic():
            live = store.hold([self.live.pk])[self.live.pk]
            desk = store.load(live)
            token = len(desk.room.unsigned[step]) + 1
            desk.room.give(self.people[user].pk, step, token, json.dumps(answers))
            store.give(live, desk.room, [step])

    def to(self, user: User, key: str, *, after: timedelta = MINUTE) -> None:
        """On to the step of that key."""
        room = store.load(Live.objects.get(pk=self.live.pk)).room
        self(user, "step", after=after, was=room.at, to=room.by_key[key])


def house_form(key: str) -> Workform | None:
    return shipped().get(key)


def opened(
    side: Side, by: User, *others: User, items: Iterable[Mapping[str, Any]] = (), **fields: Any
) -> Held:
    """A meeting that has begun, with these people in it and this on its agenda."""
    meeting = planned(side, by, **fields)
    for item in items:
        agenda.add(meeting, by=side.member(by), fields=item)
    with clock.at(SOON):
        live = coming.open_room(meeting, by=side.member(by), find=house_form)
    return Held(side, live, SOON).come(by, *others)
