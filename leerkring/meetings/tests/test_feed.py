"""Mijn agenda: an address that reads along, for one person, until they stop it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leerkring import clock
from leerkring.communities import ending
from leerkring.communities.models import Community
from leerkring.jobs import vanished
from leerkring.jobs.models import Vanished
from leerkring.meetings import inviting
from leerkring.meetings.models import CalendarFeed, Meeting
from leerkring.people.models import Session, User
from tests.cast import NOW, Browser, Side

from .made import a_meeting, changed, read_back

pytestmark = pytest.mark.django_db

OWN = "/mijn/agenda/"


def feed_of(user: User) -> str:
    """The path of a new address."""
    return CalendarFeed.begin(user, at=NOW).address.removeprefix("http://localhost:8000")


def fetched(path: str, **headers: str) -> HttpResponse:
    """As a calendar program does: without a session."""
    answer: Any = Client().get(path, headers=headers)
    return answer  # type: ignore[no-any-return]


def events(path: str) -> list[Any]:
    answer = fetched(path)
    assert answer.status_code == 200
    return read_back(answer.content)[1]


def topics(path: str) -> list[str]:
    return [str(event["summary"]).split(" (")[0] for event in events(path)]


# What is in it


def test_it_holds_the_meetings_of_all_own_groups_and_of_nobody_else(
    regenboog: Side, baken: Side, anna: User, olga: User
) -> None:
    a_meeting(regenboog, "2026-11-24 15:30", topic="Van ons")
    a_meeting(baken, "2026-11-25 15:30", topic="Van Het Baken")
    annas, olgas = feed_of(anna), feed_of(olga)
    assert topics(annas) == ["Van ons"]
    assert topics(olgas) == ["Van Het Baken"]
    baken.community.join(anna)
    assert topics(annas) == ["Van ons", "Van Het Baken"]
    assert ["Rekenen in de onderbouw" in str(event["summary"]) for event in events(annas)] == [True, False]


def test_from_three_months_back_to_all_that_comes_also_what_is_called_off(
    regenboog: Side, anna: User
) -> None:
    for when, topic in (
        ("2026-08-08 15:30", "te oud"),
        ("2026-08-12 15:30", "oud"),
        ("2028-06-01 15:30", "ver"),
    ):
        a_meeting(regenboog, when, topic=topic)
    a_meeting(regenboog, topic="afgezegd", state=Meeting.State.CANCELLED)
    undated = a_meeting(regenboog, topic="zonder datum")
    Meeting.objects.filter(pk=undated.pk).update(state=Meeting.State.POLL, starts_at=None)
    found = events(feed_of(anna))
    assert [str(event["summary"]).split(" (")[0] for event in found] == [
        "oud",
        "Gaat niet door: afgezegd",
        "ver",
    ]
    assert found[1]["status"] == "CANCELLED"


def test_it_says_how_often_to_look(regenboog: Side, anna: User) -> None:
    answer = fetched(feed_of(anna))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    text = answer.content.decode()
    assert "\r\nREFRESH-INTERVAL;VALUE=DURATION:PT2H\r\n" in text
    assert "\r\nX-PUBLISHED-TTL:PT2H\r\n" in text
    assert "METHOD:PUBLISH" in text
    assert "ATTENDEE" not in text


def test_it_speaks_as_its_person(regenboog: Side, anna: User) -> None:
    a_meeting(regenboog, state=Meeting.State.CANCELLED)
    anna.speak("en")
    assert "Not taking place: " in str(events(feed_of(anna))[0]["summary"])


def test_what_is_no_longer_theirs_vanishes_from_it(regenboog: Side, anna: User, fatima: User) -> None:
    a_meeting(regenboog)
    annas, fatimas = feed_of(anna), feed_of(fatima)
    regenboog.member(anna).leave()
    assert topics(annas) == []
    assert topics(fatimas) == ["Breuken op de getallenlijn"]
    ending.end(Community.objects.get(pk=regenboog.community.pk), by=fatima)
    assert topics(fatimas) == []


def test_a_guest_reads_it_until_their_last_day(regenboog: Side, gert: User) -> None:
    a_meeting(regenboog)
    gerts = feed_of(gert)
    assert topics(gerts) == ["Breuken op de getallenlijn"]
    with clock.at(NOW + timedelta(days=60)):
        assert topics(gerts) == []


# Nothing new


def test_what_did_not_change_is_not_sent_again(regenboog: Side, anna: User) -> None:
    meeting = a_meeting(regenboog)
    path = feed_of(anna)
    first = fetched(path)
    assert first["Cache-Control"] == "private, no-cache"
    assert fetched(path).content == first.content
    with clock.at(NOW + timedelta(hours=2)):
        regenboog.conversation.reply(by=regenboog.member(anna), text="Alleen gepraat.")
        again = fetched(path, If_None_Match=first["ETag"])
        assert (again.status_code, again.content) == (304, b"")
        with transaction.atomic():
            inviting.tell([changed(meeting, place="Aula")], at=clock.now())
        assert fetched(path, If_None_Match=first["ETag"]).status_code == 200


def test_it_costs_a_few_questions_however_much_is_in_it(regenboog: Side, baken: Side, anna: User) -> None:
    baken.community.join(anna)
    for number in range(40):
        a_meeting(regenboog if number % 2 else baken, f"2027-01-{number % 28 + 1:02} 15:30")
    path = feed_of(anna)
    with CaptureQueriesContext(connection) as whole:
        answer = fetched(path)
    with CaptureQueriesContext(connection) as known:
        assert fetched(path, If_None_Match=answer["ETag"]).status_code == 304
    assert (len(whole), len(known)) == (3, 2)


def test_no_session_begins_and_no_cookie_is_set(regenboog: Side, anna: User) -> None:
    assert not fetched(feed_of(anna)).cookies
    assert not Session.objects.exists()


# Who has the address


def test_an_address_is_nobodys_until_it_is_made_and_one_persons_after_that(anna: User, bram: User) -> None:
    path = feed_of(anna)
    token = path.split("/")[2].removesuffix(".ics")
    key = CalendarFeed.objects.get().key
    assert len(key) == 32  # 128 bits
    assert token != key
    assert feed_of(bram) != path
    for other in (
        key,
        f"{key}.",
        token[:-1],
        token[:-1] + "_",
        "x",
        f"{token}.{token}",
        "%00",
        f"{'0' * 32}{token[32:]}",
    ):
        assert Client().get(f"/agenda/{other}.ics").status_code == 404, other


def test_from_what_a_backup_holds_no_address_can_be_made(anna: User, settings: Any) -> None:
    path = feed_of(anna)
    settings.SECRET_KEY = "een andere sleutel"
    assert Client().get(path).status_code == 404
    assert CalendarFeed.objects.get().address != path


def test_it_is_not_open_to_who_keeps_the_house(
    regenboog: Side, anna: User, browser: Browser, beheer: User
) -> None:
    """An address is a key and not a page: being signed in as somebody adds nothing to it."""
    a_meeting(regenboog)
    path = feed_of(anna)
    assert anna.email not in browser(beheer).get(path).content.decode()
    page = browser(beheer).get(OWN).content.decode()
    assert path not in page


def test_only_looking_is_possible(anna: User) -> None:
    path = feed_of(anna)
    assert Client().post(path).status_code == 405
    assert Client().head(path).status_code == 200


def test_an_account_that_is_switched_off_has_none(anna: User) -> None:
    path = feed_of(anna)
    User.objects.filter(pk=anna.pk).update(is_active=False)
    assert Client().get(path).status_code == 404


def test_who_keeps_asking_is_asked_to_wait(anna: User, bram: User) -> None:
    path = feed_of(anna)
    answers = [fetched(path).status_code for _ in range(61)]
    assert answers == [200] * 60 + [429]
    assert fetched(path)["Retry-After"] == "3600"
    assert fetched(feed_of(bram)).status_code == 200
    cache.clear()


def test_the_address_is_in_no_log(anna: User, capfd: pytest.CaptureFixture[str]) -> None:
    path = feed_of(anna)
    key = CalendarFeed.objects.get().key
    for address in (path, f"{path}x", path.replace(".ics", "x.ics")):
        Client(raise_request_exception=False).get(address)
    said = capfd.readouterr()
    assert key not in said.out + said.err


# The own page


def test_one_begins_copies_renews_and_stops_it(anna: User, browser: Browser) -> None:
    annas = browser(anna)
    assert "Maak mijn adres" in annas.get(OWN).content.decode()
    assert annas.post(f"{OWN}adres/").headers["Location"] == OWN
    page = annas.get(OWN)
    assert "no-store" in page["Cache-Control"]
    (address,) = re.findall(r"<textarea[^>]*>(.*?)</textarea>", page.content.decode())
    assert f'href="{address.replace("http", "webcal", 1)}"' in page.content.decode()
    path = address.removeprefix("http://localhost:8000")
    assert fetched(path).status_code == 200
    annas.post(f"{OWN}adres/")
    assert fetched(path).status_code == 404
    (path,) = [CalendarFeed.objects.get().address.removeprefix("http://localhost:8000")]
    assert fetched(path).status_code == 200
    annas.post(f"{OWN}stoppen/")
    assert fetched(path).status_code == 404
    assert "Maak mijn adres" in annas.get(OWN).content.decode()


def test_mijn_gegevens_leads_there(anna: User, browser: Browser) -> None:
    assert f'href="{OWN}"' in browser(anna).get("/mijn/").content.decode()


def test_an_older_backup_does_not_open_what_was_stopped(anna: User) -> None:
    path = feed_of(anna)
    before = CalendarFeed.objects.get()
    CalendarFeed.stop(anna, at=NOW)
    (note,) = Vanished.objects.all()
    before.save(force_insert=True)  # the backup
    assert fetched(path).status_code == 200
    vanished.kinds[note.kind](note.reference)
    vanished.kinds[note.kind](note.reference)
    assert fetched(path).status_code == 404


# One meeting


def test_one_meeting_can_be_put_in_any_calendar(regenboog: Side, anna: User, browser: Browser) -> None:
    meeting = a_meeting(regenboog)
    answer = browser(anna).get(f"/plg/{regenboog.community.pk}/bijeenkomsten/{meeting.pk}/agenda.ics")
    assert answer["Content-Disposition"] == 'attachment; filename="bijeenkomst.ics"'
    assert [str(event["uid"]) for event in read_back(answer.content)[1]] == [str(meeting.uid)]


def test_who_cannot_see_a_meeting_does_not_get_it(
    regenboog: Side, baken: Side, olga: User, browser: Browser
) -> None:
    meeting = a_meeting(regenboog)
    for community in (regenboog.community.pk, baken.community.pk):
        address = f"/plg/{community}/bijeenkomsten/{meeting.pk}/agenda.ics"
        assert browser(olga).get(address).status_code == 404
        assert browser(None).get(address).status_code == 302


def test_without_a_date_there_is_no_file(regenboog: Side, anna: User, browser: Browser) -> None:
    meeting = a_meeting(regenboog)
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.POLL, starts_at=None)
    address = f"/plg/{regenboog.community.pk}/bijeenkomsten/{meeting.pk}/agenda.ics"
    assert browser(anna).get(address).status_code == 404
