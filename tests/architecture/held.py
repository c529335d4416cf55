"""Meetings that are on, and that were held, with something said in every way in which it can be said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from leerkring import clock
from leerkring.meetings.live import coming, store
from leerkring.meetings.live.steps import Played, dump
from leerkring.meetings.models import Live, Participant
from leerkring.meetings.tests.holding import Held, no_forms
from leerkring.meetings.tests.making import planned
from leerkring.meetings.tests.test_room import STEPS
from leerkring.meetings.workform import StepKind
from leerkring.people.models import User
from tests.cast import Side

#: What is said as a "card", an "objection", …: the words for each kind of thing.
Say = Callable[[str], str]


def begun(side: Side, by: User, *others: User, at: datetime, say: Say) -> Held:
    """A meeting with a step of each kind, that began at `at`; all of them are in it, and somebody by name only."""
    with clock.at(at - timedelta(days=1)):
        meeting = planned(side, by, topic=say("topic"), starts_at=at)
    with clock.at(at):
        live = coming.open_room(meeting, by=side.member(by), find=no_forms)
        live.steps = dump(_called(step, say) for step in STEPS)
        live.save(update_fields=["steps"])
        held = Held(side, live, at).come(by, *others)
        coming.come_by_name(live, say("name"))
    return held


def _called(step: Played, say: Say) -> Played:
    text = {"nl": replace(step.text["nl"], title=say("step"), prompt=say("prompt"))}
    return replace(step, text=text, asks=("say", "turn") if step.kind is StepKind.EXIT else ())


def written(held: Held, by: User, other: User, say: Say) -> int:
    """`other` writes a card, and one without a name; the number of the first."""
    held.to(by, "schrijf")
    card = held(other, "card", step="schrijf", text=say("card"))
    held.to(by, "zonder")
    unsigned(held, other, "zonder", say("unsigned"))
    return card


def unsigned(held: Held, by: User, step: str, text: str) -> None:
    """What nobody can tell is theirs, taken in as the hub does."""
    with transaction.atomic():
        live = store.hold([held.live.pk])[held.live.pk]
        room = store.load(live).room
        token = len(room.unsigned[step]) + 1
        room.give(held.people[by].pk, step, token, text)
        store.give(live, room, [step])


def harvested(held: Held, by: User, other: User, say: Say, *, card: int, insight: bool = True) -> None:
    """Piles, dots, an objection, an insight with its limit, an agreement, the exit check; and then it is closed."""
    held.to(by, "orden")
    held(other, "pile", step="orden", name=say("pile"), cards=[card])
    held.to(by, "stippen")
    held(other, "dot", step="stippen", card=card, on=True)
    held.to(by, "verder")
    held(other, "consent", step="verder", yes=False, text=say("objection"))
    held.to(by, "oogst")
    if insight:
        made = held(other, "insight", kind="routine", what=say("what"), why=say("why"))
        held(by, "limit", insight=made, text=say("limit"))
    nameless = Participant.objects.get(live=held.live, member=None)
    found = held(
        nameless, "insight", kind="rule", what=say("found"), why=say("because"), practice=say("where")
    )
    held(other, "limit", insight=found, text=say("limit"))
    held.to(by, "afspraken")
    who = [held.people[other].pk, nameless.pk]
    held(other, "agreement", what=say("agreement"), who=who, by="2026-12-01")
    held.to(by, "af")
    for number, user in enumerate(held.people):
        held.give(user, "af", say=3 + number % 3, turn=4)
    held(by, "close")


def device(held: Held, user: User) -> str:
    """The token of a device of theirs."""
    return coming.come_in(Live.objects.get(pk=held.live.pk), held.side.member(user))
