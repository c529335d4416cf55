"""How one comes to a room, a calendar, and the pages of a meeting."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from leerkring import clock
from leerkring.communities.happenings import Role
from leerkring.meetings.live import coming, store, view
from leerkring.meetings.models import Meeting, Turn
from leerkring.meetings.tests.holding import opened
from leerkring.meetings.tests.making import SOON, place, room
from leerkring.meetings.workform import Role as TurnRole
from leerkring.network.models import Leadership
from leerkring.people.models import User
from tests.cast import Browser, Side


def test_a_member_at_the_address_of_a_room_is_led_to_where_one_comes_in(
    browser: Browser, fatima: User, anna: User, gert: User, olga: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima)
    address, door = f"/bijeenkomst/{held.live.pk}/", place(regenboog, held.meeting, "live/")
    for user in (anna, gert):
        client = browser(user)
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (302, door)
        assert "Doe mee op dit toestel." in client.get(door).content.decode()
    # On a device that is in it the room itself is there.
    client = browser(anna)
    client.post(door)
    assert client.get(address).status_code == 200
    # Who may not see it learns nothing, not that it is there either.
    assert [browser(user).get(address).status_code for user in (olga, None)] == [404, 404]
    assert browser(anna).get("/bijeenkomst/999999/").status_code == 404


def test_when_it_is_over_the_door_leads_on_to_the_minutes(
    browser: Browser, fatima: User, bram: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima)
    held(fatima, "close")
    assert held.meeting.state == Meeting.State.CLOSED
    with clock.at(SOON):
        page = browser(bram).get(f"/bijeenkomst/{held.live.pk}/", follow=True).content.decode()
    assert place(regenboog, held.meeting, "notulen/") in page


@pytest.mark.parametrize(("language", "says"), [("nl", "Mijn agenda"), ("en", "My calendar")])
def test_the_own_calendar_is_found_from_the_meetings(
    browser: Browser, anna: User, regenboog: Side, language: str, says: str
) -> None:
    with translation.override(language):
        page = browser(anna).get(room(regenboog), headers={"Accept-Language": language}).content.decode()
    main = page[page.index("<main") :]
    assert f'<a href="/mijn/agenda/">{says}</a>' in main


@pytest.mark.parametrize("function", list(Leadership.Function))
def test_who_leads_or_appraises_a_school_of_the_group_comes_in_by_no_name(
    browser: Browser, fatima: User, lotte: User, olga: User, regenboog: Side, function: str
) -> None:
    Leadership.objects.filter(user=lotte).update(function=function)
    held = opened(regenboog, fatima)
    code = f"/m/{held.live.code}/"
    client = browser(lotte)
    for answer in (client.get(code), client.post(code, {"name": "Piet"})):
        assert answer.status_code == 409
        assert "De groep beslist of je meedoet" in answer.content.decode()
    assert not held.live.participants.filter(member=None).exists()
    # A colleague of elsewhere may look in, under the name of the account if they like.
    visitor = browser(olga)
    assert 'value="Olga Veenstra"' in visitor.get(code).content.decode()
    assert visitor.post(code, {"name": "Olga"}).status_code == 302


def test_nor_does_the_administrator(browser: Browser, fatima: User, beheer: User, regenboog: Side) -> None:
    held = opened(regenboog, fatima)
    answer = browser(beheer).post(f"/m/{held.live.code}/", {"name": "Piet"})
    assert (answer.status_code, "kan niet meedoen" in answer.content.decode()) == (409, True)
    assert not held.live.participants.filter(member=None).exists()


def test_a_device_that_came_in_by_name_shows_nothing_to_a_leader_who_signs_in_on_it(
    browser: Browser, fatima: User, lotte: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima)
    client = browser(None)
    client.post(f"/m/{held.live.code}/", {"name": "Piet"})
    room_of = f"/bijeenkomst/{held.live.pk}/"
    assert client.get(room_of).status_code == 200
    client.force_login(lotte)
    assert client.get(room_of).status_code == 409


def test_a_leader_who_was_let_in_by_all_comes_in_as_a_member(
    browser: Browser, fatima: User, lotte: User, regenboog: Side
) -> None:
    Leadership.objects.filter(user=lotte).delete()
    regenboog.community.join(lotte)
    Leadership.objects.create(school=regenboog.school, user=lotte, since=date(2026, 8, 1))
    held = opened(regenboog, fatima)
    assert browser(lotte).post(f"/m/{held.live.code}/").status_code == 302
    assert held.live.participants.filter(member=regenboog.member(lotte)).exists()


def test_who_was_there_without_an_account_is_a_guest_in_the_minutes(
    browser: Browser, fatima: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima)
    held.by_name("Noor")
    held(fatima, "close")
    with clock.at(SOON):
        page = browser(fatima).get(place(regenboog, held.meeting, "notulen/")).content.decode()
        members = browser(fatima).get(f"/plg/{regenboog.community.pk}/leden/").content.decode()
    assert "Noor (gast)" in page
    assert "Fatima El Amrani (gast)" not in page
    # Nor is it said any more that nobody else read along.
    assert "Wie met de code op het bord binnenkwam, las in de bijeenkomst mee." in page
    assert "Wie met de code op het bord in een bijeenkomst komt, leest daar mee." in members


def test_who_came_by_name_and_turns_out_to_be_a_member_does_what_they_would_do(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima)
    regenboog.member(bram).become(Role.FACILITATOR)
    Turn.objects.create(meeting=held.meeting, role="scribe", member=regenboog.member(anna))
    a, b = held.by_name("Anna"), held.by_name("Bram")
    with clock.at(held.now):
        for participant, user in ((a, anna), (b, bram)):
            coming.link(held.live, participant, regenboog.member(user))
    room_ = store.load(held.live).room
    assert room_.leads(b.pk)
    assert not room_.leads(a.pk)
    assert room_.roles == {TurnRole.SCRIBE: a.pk}


def test_an_agreement_names_who_was_taken_out_of_the_room_too(
    fatima: User, anna: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, anna)
    held.to(fatima, "agreements")
    held(fatima, "agreement", what="Vouwblaadjes kopen", who=[held.people[anna].pk])
    held(fatima, "agreement", what="Samen opruimen", who=[])
    held(fatima, "remove", person=held.people[anna].pk)
    picture = view.common(store.load(held.live).room)
    named = {one["what"]: one["names"] for key, one in picture.items() if key.startswith("agreement:")}
    assert named == {"Vouwblaadjes kopen": ["Anna de Wit"], "Samen opruimen": []}
