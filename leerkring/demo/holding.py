"""A meeting of the demo that was held: what all the screens in it sent, in order, each thing at its own moment."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from leerkring.communities.models import Membership
from leerkring.demo.schooldays import SchoolDays
from leerkring.demo.story_meeting import Gathering, Held
from leerkring.meetings.live import coming, store
from leerkring.meetings.live.acts import Act, Kind
from leerkring.meetings.live.desk import Desk, Sent
from leerkring.meetings.live.following import follow
from leerkring.meetings.live.steps import Played
from leerkring.meetings.models import Live, Meeting, Participant
from leerkring.meetings.shipped import shipped
from leerkring.meetings.workform import StepKind

#: Seconds between two things that are sent in a step.
APART = 7.0

#: Who sends what.
Thing = tuple[str, Kind, dict[str, Any]]


@dataclass
class Holding:
    gathering: Gathering
    held: Held
    days: SchoolDays
    members: Mapping[str, Membership]
    meeting: Meeting
    #: Who is in the room, by the names of the story.
    people: dict[str, int] = field(default_factory=dict)
    #: Where each card of `held.written` is in the room.
    cards: dict[int, int] = field(default_factory=dict)

    def play(self, begins: datetime, ends: datetime) -> None:
        """From the first who comes in to the minutes."""
        live = self._come_in(begins)
        desk, now = store.load(live), begins.timestamp()
        acts: list[tuple[Act, str]] = []
        for place, step in enumerate(desk.room.steps):
            self._send(desk, acts, (self.gathering.who, Kind.STEP, {"was": place - 1, "to": place}), now)
            for number, thing in enumerate(self._given(desk, step), 1):
                self._send(desk, acts, thing, now + number * APART)
            if step.kind is StepKind.EXIT:
                self._answer(live, desk, step)
            now += step.minutes * desk.room.minute
        self._send(desk, acts, (self.gathering.who, Kind.CLOSE, {}), ends.timestamp())
        store.write(live, acts)
        follow(live, desk, [act for act, _key in acts])

    def _come_in(self, begins: datetime) -> Live:
        opened = coming.open_room(
            self.meeting, by=self.members[self.gathering.who], find=shipped().get, at=begins
        )
        for who in self.held.came:
            coming.come_in(opened, self.members[who], at=begins)
        places = dict(Participant.objects.filter(live=opened).values_list("member", "pk"))
        self.people = {who: places[self.members[who].pk] for who in self.held.came}
        return store.hold([opened.pk])[opened.pk]

    def _send(self, desk: Desk, acts: list[tuple[Act, str]], thing: Thing, at: float) -> None:
        who, kind, data = thing
        key = f"demo {len(acts)}"
        act = desk.take(Sent(self.people[who], key, kind, data), at)
        assert act is not None
        acts.append((act, key))

    def _given(self, desk: Desk, step: Played) -> Iterator[Thing]:
        """What is given in a step. Each is taken in before the next is asked for."""
        for number, card in enumerate(self.held.written):
            if card.step == step.key:
                yield card.who, Kind.CARD, {"step": step.key, "text": card.text}
                self.cards[number] = desk.room.number
        if step.kind in (kinds := self._kinds()):
            yield from kinds[step.kind](desk, step)

    def _kinds(self) -> Mapping[StepKind, Callable[[Desk, Played], Iterator[Thing]]]:
        return {
            StepKind.ROUND: self._turns,
            StepKind.ORDER: self._piles,
            StepKind.DOTS: self._dots,
            StepKind.INSIGHT: self._told,
            StepKind.AGREE: self._agreed,
        }

    def _turns(self, desk: Desk, step: Played) -> Iterator[Thing]:
        for was in range(len(self.held.came)):
            yield self.gathering.who, Kind.TURN, {"step": step.key, "was": was}

    def _piles(self, desk: Desk, step: Played) -> Iterator[Thing]:
        for pile in self.held.piles:
            cards = [self.cards[number] for number in pile.cards]
            yield pile.who, Kind.PILE, {"step": step.key, "name": pile.name, "cards": cards}

    def _dots(self, desk: Desk, step: Played) -> Iterator[Thing]:
        for who, number in zip(self.held.came, self.held.dots, strict=True):
            yield who, Kind.DOT, {"step": step.key, "card": self.cards[number], "on": True}

    def _told(self, desk: Desk, step: Played) -> Iterator[Thing]:
        for told in self.held.told if not desk.room.insights else ():
            said = {"kind": told.kind, "what": told.what, "why": told.why, "practice": told.practice}
            yield told.who, Kind.INSIGHT, said
            insight = desk.room.number
            for who, text in told.limited.items():
                yield who, Kind.LIMIT, {"insight": insight, "text": text}
            for who, on in told.tries.items():
                yield who, Kind.TRY, {"insight": insight, "on": self.days.day(on).isoformat()}

    def _agreed(self, desk: Desk, step: Played) -> Iterator[Thing]:
        for agreed in self.held.agreed if not desk.room.agreements else ():
            who = [self.people[each] for each in agreed.who]
            said = {"what": agreed.what, "who": who, "by": self.days.day(agreed.by).isoformat()}
            yield self.gathering.who, Kind.AGREEMENT, said

    def _answer(self, live: Live, desk: Desk, step: Played) -> None:
        """Of nobody: neither here nor in the house is it kept who gave which answer."""
        for token, (who, answers) in enumerate(zip(self.held.came, self.held.exit, strict=False), 1):
            text = json.dumps(dict(zip(step.asks, answers, strict=True)))
            desk.room.give(self.people[who], step.key, token, text)
            store.give(live, desk.room, [step.key])
