"""Days, times and numbers that nobody means and anybody can type: each is answered with a page that says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from leerkring.meetings.models import Agreement, Item, Meeting
from leerkring.meetings.tests.making import MOMENTS, asked, place, planned, room
from leerkring.meetings.tests.test_planning import FORM
from leerkring.meetings.tests.test_workforms_pages import at as workforms
from leerkring.meetings.tests.test_workforms_pages import form_of
from leerkring.people.models import User
from tests.cast import NOW, Browser, Side
from tests.extremes import DAYS, NUMBERS

TIMES = ("00:00", "23:59:59.999999", "24:00", "-1:00", "٢:٢")


@dataclass
class Stage:
    """What there is to change, and who does."""

    side: Side
    client: Client
    meeting: Meeting
    poll: Meeting
    item: Item
    agreement: Agreement


@pytest.fixture
def stage(browser: Browser, fatima: User, regenboog: Side) -> Stage:
    by = regenboog.member(fatima)
    meeting = planned(regenboog, fatima, topic="Rekenen")
    item = Item.objects.create(meeting=meeting, position=1, title="Breuken", minutes=10, by=by)
    poll = asked(regenboog, fatima, *MOMENTS)
    agreement = Agreement.make(regenboog.community, what="Kaarten maken", by=by)
    return Stage(regenboog, browser(fatima), meeting, poll, item, agreement)


def _year(stage: Stage) -> dict[str, Any]:
    form = stage.client.get(f"{room(stage.side)}jaarritme/").context["form"]
    return {field.name: field.value() for field in form if field.value() not in (None, False)}


MOMENTS_ASKED = {f"{on}_{n}": said for n in (1, 2) for on, said in (("on", f"2026-11-2{n}"), ("at", "15:30"))}
ITEM = {"title": "Breuken", "minutes": "10", "kind": "content"}
#: A form by its name: where it is sent, and what a person would send with it.
FORMS: dict[str, tuple[Callable[[Stage], str], Callable[[Stage], dict[str, Any]]]] = {
    "plan": (lambda s: f"{room(s.side)}nieuw/", lambda s: FORM),
    "series": (lambda s: f"{room(s.side)}nieuw/", lambda s: {**FORM, "repeat": "4", "times": "20"}),
    "poll": (lambda s: f"{room(s.side)}nieuw/", lambda s: {**FORM, "how": "poll", **MOMENTS_ASKED}),
    "year": (lambda s: f"{room(s.side)}jaarritme/", _year),
    "change": (lambda s: place(s.side, s.meeting, "veranderen/"), lambda s: {**FORM, "revision": "0"}),
    "moment": (
        lambda s: place(s.side, s.poll, "moment/"),
        lambda s: {"on": "2026-12-01", "begins": "15:30"},
    ),
    "new item": (lambda s: place(s.side, s.meeting, "agenda/"), lambda s: ITEM),
    "item": (
        lambda s: place(s.side, s.meeting, f"agenda/{s.item.pk}/"),
        lambda s: {**ITEM, "seen": s.item.mark},
    ),
    "new agreement": (
        lambda s: f"{room(s.side)}afspraken/nieuw/",
        lambda s: {"what": "Bellen", "by": "", "revision": "0"},
    ),
    "agreement": (
        lambda s: f"{room(s.side)}afspraken/{s.agreement.pk}/veranderen/",
        lambda s: {"what": "Kaarten maken", "by": "", "revision": "0"},
    ),
    "own form": (
        lambda s: workforms(s.side, "bordsessie/aanpassen/"),
        lambda s: form_of(s.client, workforms(s.side, "bordsessie/aanpassen/")),
    ),
}


def _fields(**forms: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(form.replace("_", " "), name) for form, names in forms.items() for name in names]


def _answered(stage: Stage, form: str, field: str, values: tuple[str, ...]) -> None:
    address, said = FORMS[form]
    typed = said(stage)
    for value in values:
        sent = stage.client.post(address(stage), {**typed, field: value})
        assert sent.status_code in {200, 302}, value
    for meeting in Meeting.objects.exclude(starts_at=None):
        assert meeting.starts_at
        assert NOW - timedelta(days=1) < meeting.starts_at < NOW + timedelta(days=5 * 366)


@pytest.mark.parametrize(
    ("form", "field"),
    _fields(
        plan=("on",),
        series=("on",),
        poll=("on_1",),
        year=("on_1", "on_8"),
        change=("on",),
        moment=("on",),
        new_agreement=("by",),
        agreement=("by",),
    ),
)
def test_a_day_that_nobody_means_is_answered(stage: Stage, form: str, field: str) -> None:
    _answered(stage, form, field, DAYS)


@pytest.mark.parametrize(
    ("form", "field"),
    _fields(
        plan=("begins",),
        series=("begins",),
        poll=("at_2",),
        year=("begins",),
        change=("begins",),
        moment=("begins",),
    ),
)
def test_a_time_that_nobody_means_is_answered(stage: Stage, form: str, field: str) -> None:
    _answered(stage, form, field, TIMES)


@pytest.mark.parametrize(
    ("form", "field"),
    _fields(
        plan=("minutes", "goal", "repeat"),
        series=("times",),
        year=("minutes_1", "weekday"),
        change=("minutes", "revision"),
        new_item=("minutes",),
        item=("minutes", "seen"),
        new_agreement=("who", "revision"),
        agreement=("who", "revision"),
        own_form=("fewest", "most", "new_minutes", "new_place", "revision", "ideas.minutes", "ideas.place"),
    ),
)
def test_a_number_that_nobody_means_is_answered(stage: Stage, form: str, field: str) -> None:
    _answered(stage, form, field, NUMBERS)


@pytest.mark.parametrize(("day", "hour"), [("0001-01-01", "00:00"), ("9999-12-31", "23:59")])
@pytest.mark.parametrize(
    ("form", "on", "begins"),
    [
        ("plan", "on", "begins"),
        ("series", "on", "begins"),
        ("poll", "on_1", "at_1"),
        ("year", "on_1", "begins"),
        ("change", "on", "begins"),
        ("moment", "on", "begins"),
    ],
)
def test_the_ends_of_the_calendar_are_no_day_to_meet(
    stage: Stage, form: str, on: str, begins: str, day: str, hour: str
) -> None:
    before = Meeting.objects.count()
    address, said = FORMS[form]
    answer = stage.client.post(address(stage), {**said(stage), on: day, begins: hour})
    assert answer.status_code == 200
    assert "Die dag is" in answer.content.decode()
    assert Meeting.objects.count() == before


def test_a_number_in_an_address_that_nobody_means_is_answered(stage: Stage) -> None:
    for value in NUMBERS:
        for address in (
            f"{room(stage.side)}?bladzijde={value}",
            f"{room(stage.side)}nieuw/?doel={value}&from=goal:{value}",
            workforms(stage.side, f"?personen={value}&minuten={value}"),
        ):
            assert stage.client.get(address).status_code == 200, address
        assert stage.client.get(f"{room(stage.side)}{value}/").status_code == 404, value
