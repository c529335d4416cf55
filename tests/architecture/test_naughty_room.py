"""Every string of the Big List of Naughty Strings into a meeting: through the doors to it and as acts; kept as it was
typed, on every screen and in the minutes, and run nowhere."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches

from leerkring.meetings.live import hub, store
from leerkring.meetings.live.acts import LONGEST, LONGEST_NAME
from leerkring.meetings.live.hub import Seen
from leerkring.meetings.live.socket import _said
from leerkring.meetings.live.steps import dump, load
from leerkring.meetings.live.view import change, common
from leerkring.meetings.models import Live, Participant
from leerkring.meetings.tests.holding import Held
from leerkring.meetings.tests.making import place
from leerkring.people.models import User
from tests.architecture.held import begun, unsigned
from tests.architecture.stage import Stage
from tests.architecture.test_walk import undone
from tests.cast import LAST_WEEK, Browser
from tests.naughty import Page, batches, some_of, squeezed

pytestmark = pytest.mark.django_db

TEXTS = [text for text in batches(598, "\n") if text.strip() and len(text) <= LONGEST]
NAMES = [text for text in batches(78, " ") if text.strip() and len(text) <= LONGEST_NAME]


@pytest.fixture
def held(stage: Stage) -> Held:
    """In which everybody may write as much as they like."""
    cast = stage.cast
    at = LAST_WEEK + timedelta(hours=1)
    found = begun(cast.regenboog, cast.fatima, cast.anna, cast.bram, at=at, say=lambda kind: kind)
    live = Live.objects.get(pk=found.live.pk)
    live.steps = dump(replace(step, cards=0) if step.key == "schrijf" else step for step in load(live.steps))
    live.save(update_fields=["steps"])
    return found


def on_the_screens(held: Held) -> str:
    """All that a screen is told, as the browser reads it."""
    room = store.load(Live.objects.get(pk=held.live.pk)).room
    told = _said(Seen(1, common(room)), change({}, common(room)), {}, whole=True).decode()
    retry, data, *rest = told.split("\n")
    assert (retry, rest) == ("retry: 1000", ["", ""])  # one event, however many lines are in a text
    said: dict[str, Any] = json.loads(data.removeprefix("data: "))
    return json.dumps(said["all"]["set"], ensure_ascii=False)


def as_json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def everything_said(held: Held, by: User, other: User) -> None:
    held.to(by, "schrijf")
    cards = [held(other, "card", step="schrijf", text=text) for text in TEXTS]
    held.to(by, "zonder")
    unsigned(held, other, "zonder", TEXTS[0])
    held.to(by, "orden")
    for card, name in zip(cards, NAMES, strict=False):
        held(other, "pile", step="orden", name=name, cards=[card])
    held.to(by, "verder")
    held(other, "consent", step="verder", yes=False, text=TEXTS[1])
    held.to(by, "oogst")
    for text in TEXTS:
        made = held(other, "insight", kind="rule", what=text, why=text)
        held(by, "limit", insight=made, text=text)
    held.to(by, "afspraken")
    for text in TEXTS:
        held(other, "agreement", what=text, who=[held.people[other].pk])


def test_what_is_said_in_a_meeting_is_kept_as_it_was_typed(
    stage: Stage, browser: Browser, held: Held
) -> None:
    cast = stage.cast
    everything_said(held, cast.fatima, cast.anna)
    screens = on_the_screens(held)
    assert [
        text for text in TEXTS if screens.count(as_json(text)) < 5
    ] == []  # card, what, why, limit, agreement
    held(cast.fatima, "close")
    answer = browser(cast.anna).get(place(cast.regenboog, held.meeting, "notulen/"))
    page = Page(answer.content.decode())
    assert [text for text in TEXTS if page.text.count(squeezed(text)) < 3] == []  # card, limit, agreement
    assert page.runs == []
    assert page.active["script"] == 1
    assert page.active["img"] == page.active["iframe"] == page.active["object"] == 0
    listed = Page(
        browser(cast.anna)
        .get(f"/plg/{cast.regenboog.community.pk}/bijeenkomsten/afspraken/")
        .content.decode()
    )
    assert [text for text in TEXTS if squeezed(text) not in listed.text] == []
    assert listed.runs == []


def test_a_name_at_the_door_is_kept_as_it_was_typed(stage: Stage, browser: Browser, held: Held) -> None:
    """But for its spaces: on a board nobody sees how many there are."""
    hub.end()
    fatima = browser(stage.cast.fatima)
    room = f"/bijeenkomst/{Live.objects.get(meeting__state='live', meeting__topic='topic').pk}/"
    fatima.post(place(stage.cast.regenboog, held.meeting, "live/"))
    scripts = Page(fatima.get(room).content.decode()).active["script"]
    for name in [*some_of(NAMES, "door"), "a\0b", "x" * 81]:
        caches["default"].clear()  # so many do not come in so soon
        with undone():
            answer = browser(None).post(f"/m/{held.live.code}/", {"name": name})
            if "\0" in name or len(name.strip()) > 80:
                assert answer.status_code == 200
                assert 'class="problems"' in answer.content.decode()
                continue
            assert answer.headers.get("Location") == room, (answer.status_code, name)
            assert Participant.objects.latest("pk").name == " ".join(name.split())
            page = Page(fatima.get(room).content.decode())
            assert squeezed(name) in page.text
            assert page.runs == []
            assert page.active["script"] == scripts
            assert as_json(" ".join(name.split())) in on_the_screens(held)
    for name in [*some_of(NAMES, "written down"), "a\0b"]:
        with undone():
            assert fatima.post(f"{room}erbij/", {"name": name}).status_code == 302
            kept = " ".join(name.split()) in Participant.objects.values_list("name", flat=True)
            assert kept is ("\0" not in name)
