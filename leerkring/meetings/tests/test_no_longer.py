"""What is said of a meeting while it is ahead, and no longer; and beginning it on another day than was planned."""

from __future__ import annotations

from datetime import timedelta

from leerkring import clock
from leerkring.communities.models import Notice
from leerkring.meetings import agenda, polling
from leerkring.meetings.models import Meeting, Turn
from leerkring.meetings.tests.holding import opened
from leerkring.meetings.tests.making import SOON, again, asked, place, planned
from leerkring.meetings.tests.test_agreements import agreed
from leerkring.people.models import User
from tests.cast import Browser, Side

TOO_LONG = {"title": "Vouwen", "minutes": 80, "kind": "content"}


def test_who_leads_is_warned_of_a_day_without_school(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    saturday = planned(regenboog, fatima, starts_at=SOON + timedelta(days=4))
    page = place(regenboog, saturday)
    assert "Let op: dat is in het weekend." in browser(fatima).get(page).content.decode()
    assert "Let op" not in browser(anna).get(page).content.decode()
    tuesday = place(regenboog, planned(regenboog, fatima))
    assert "Let op" not in browser(fatima).get(tuesday).content.decode()


def test_after_it_was_held_nothing_asks_to_come(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, anna, items=[TOO_LONG])
    told = Notice.objects.filter(user=anna).about("meeting", held.meeting.pk)
    assert [n.kind for n in told] == ["meeting.planned"]
    held(fatima, "close")
    assert [n.kind for n in told.all()] == ["meeting.minutes"]
    page = browser(fatima).get(place(regenboog, held.meeting)).content.decode()
    for said in ("langer dan de bijeenkomst", "nog niemand", "Nog niemand heeft gezegd te komen"):
        assert said not in page, said


def test_on_another_day_than_planned_it_is_asked_once_whether_it_begins(
    browser: Browser, fatima: User, regenboog: Side
) -> None:
    meeting = planned(regenboog, fatima)  # two weeks from now
    client, door = browser(fatima), place(regenboog, meeting, "live/")
    page = client.post(door, {"begin": "1"}).content.decode()
    assert "Dit was gepland op dinsdag 24 november" in page
    assert again(meeting).state == Meeting.State.PLANNED
    assert client.post(door, {"begin": "1", "toch": "1"}).status_code == 302
    assert again(meeting).state == Meeting.State.LIVE


def test_on_its_day_it_begins_at_once(browser: Browser, fatima: User, regenboog: Side) -> None:
    meeting = planned(regenboog, fatima)
    with clock.at(SOON):
        browser(fatima).post(place(regenboog, meeting, "live/"), {"begin": "1"})
    assert again(meeting).state == Meeting.State.LIVE


def test_who_could_comes_is_said_only_when_somebody_could(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    for says, comes in (("no", False), ("yes", True)):
        meeting = asked(regenboog, fatima)
        option = meeting.options.earliest("starts_at")
        polling.answer(meeting, by=regenboog.member(anna), says={option.pk: says})
        address = place(regenboog, meeting, f"moment/{option.pk}/kies/")
        page = browser(fatima).post(address, follow=True).content.decode()
        assert ("Wie kon, staat op" in page) is comes
        assert ("Ieder zegt nu nog of die komt." in page) is not comes


def test_not_all_is_ready_while_a_role_or_an_agreement_stands_open(
    browser: Browser, fatima: User, anna: User, regenboog: Side, baken: Side
) -> None:
    meeting = planned(regenboog, fatima)
    agenda.add(meeting, by=regenboog.member(fatima), fields={**TOO_LONG, "minutes": 30})
    Turn.objects.create(meeting=meeting, role="presenter", member=regenboog.member(anna))
    agreed(regenboog, anna)
    page = browser(fatima).get("/mijn-groepen/").content.decode()
    assert "Nog niet alle rollen zijn verdeeld." in page
    assert "Er staan nog afspraken open van een eerdere keer." in page
    assert "Alles ligt klaar." not in page


def test_how_often_is_for_a_series_only(browser: Browser, fatima: User, regenboog: Side) -> None:
    page = browser(fatima).get(f"/plg/{regenboog.community.pk}/bijeenkomsten/nieuw/").content.decode()
    assert "Hoe vaak in totaal? Alleen bij een reeks" in page
