"""Who said to come, or does something in a meeting, and is away then: they are told, and who prepares it is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from leerkring import clock
from leerkring.communities.models import Community, Notice
from leerkring.meetings import agenda, jobs, planning, polling, replying, turns
from leerkring.meetings.models import Turn
from leerkring.meetings.tests.making import SOON, again, asked, place, planned, room
from leerkring.meetings.workform import Role
from leerkring.people.models import Away, User
from leerkring.ui.refusal import Refused
from tests.cast import NOW, Browser, Side

LATER = NOW + timedelta(hours=1)
OWN = "/mijn/afwezig/"


def away(user: User) -> Away:
    """Said an hour later than the rest."""
    with clock.at(LATER):
        return Away.plan(by=user, first_day=SOON.date(), last_day=SOON.date())


def test_what_was_said_last_counts(browser: Browser, fatima: User, anna: User, regenboog: Side) -> None:
    meeting = planned(regenboog, fatima)
    a = regenboog.member(anna)
    replying.reply(meeting, by=a, says="yes")
    period = away(anna)
    page = browser(fatima).get(place(regenboog, meeting)).content.decode()
    assert "Anna" not in page
    assert "1 kan niet." in page
    assert a not in planning.may_come(meeting)
    own = browser(anna).get(place(regenboog, meeting)).content.decode()
    assert "Je zei dat je er die dag niet bent. Kom je toch, kies dan ‘Ik kom’." in own
    today = browser(anna).get(f"/plg/{regenboog.community.pk}/").content.decode()
    assert 'value="no" aria-pressed="true"' in today
    replying.reply(meeting, by=a, says="maybe", at=LATER + timedelta(minutes=1))
    assert a in planning.may_come(meeting)
    assert "Misschien: Anna" in browser(fatima).get(place(regenboog, meeting)).content.decode()
    meeting.replies.update(at=NOW, says="yes")
    period.cancel()  # who is there after all, comes as they said
    assert a in planning.may_come(meeting)


def test_who_says_to_be_away_reads_where_they_were_expected(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    by, a = regenboog.member(fatima), regenboog.member(anna)
    said = planned(regenboog, fatima, topic="Waar ik zou komen")
    does = planned(regenboog, fatima, topic="Waar ik iets doe", starts_at=SOON + timedelta(minutes=20))
    planned(regenboog, fatima, topic="Waar ik niets zei", starts_at=SOON + timedelta(minutes=40))
    other = planned(regenboog, fatima, topic="Een andere dag", starts_at=SOON + timedelta(days=1))
    for meeting in (said, other):
        replying.reply(meeting, by=a, says="yes")
    turns.divide(does, by=by, turns={Role.SCRIBE: a})
    day = str(SOON.date())
    with clock.at(LATER):
        address = browser(anna).get("/mijn/").content.decode()
        assert OWN in address
        page = browser(anna).post(OWN, {"first_day": day, "last_day": day}, follow=True).content.decode()
        assert "Dan werd je verwacht bij:" in page
        assert "dinsdag 24 november. Je zei dat je zou komen; dat telt nu niet meer." in page
        assert "Jij staat daar als notulist: geef dat door aan een collega." in page
        assert f'href="{place(regenboog, does)}#rollen"' in page
        assert "Waar ik niets zei" not in page
        assert "Een andere dag" not in page
        replying.reply(said, by=a, says="yes")
        turns.give_back(does, by=a, role=Role.SCRIBE)
        assert "Dan werd je verwacht bij:" not in browser(anna).get(OWN).content.decode()


@pytest.mark.parametrize("how", ["away", "cannot"])
def test_a_role_of_who_does_not_come_is_marked_for_who_prepares_it(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side, how: str
) -> None:
    meeting = planned(regenboog, fatima)
    turns.divide(meeting, by=regenboog.member(fatima), turns={Role.SCRIBE: regenboog.member(anna)})
    page = place(regenboog, meeting)
    assert "komt niet" not in browser(fatima).get(page).content.decode()
    if how == "away":
        away(anna)
    else:
        replying.reply(meeting, by=regenboog.member(anna), says="no")
    said = browser(fatima).get(page).content.decode()
    assert 'Anna de Wit <span class="tag">komt niet</span>' in said
    assert "Kies iemand anders." in said
    assert "notulist Anna de Wit (komt niet)" in browser(fatima).get(room(regenboog)).content.decode()
    others = browser(bram).get(page).content.decode()
    assert "Anna de Wit" in others
    assert "komt niet" not in others
    own = browser(anna).get(page).content.decode()
    assert "Je staat nog als notulist." in own
    today = browser(anna).get(f"/plg/{regenboog.community.pk}/").content.decode()
    assert "Je komt niet, en staat nog als notulist." in today
    # Somebody else does it: by turn, or by oneself.
    form = browser(fatima).get(place(regenboog, meeting, "rollen/")).content.decode()
    assert f'value="{regenboog.member(anna).pk}"' not in form
    turns.take(meeting, by=regenboog.member(bram), role=Role.SCRIBE)
    assert Turn.objects.get(meeting=meeting).member.user == bram
    with pytest.raises(Refused, match="net voor"):
        turns.take(meeting, by=regenboog.member(fatima), role=Role.SCRIBE)


@pytest.mark.parametrize("how", ["away", "no"])
def test_two_school_days_before_who_facilitates_hears_that_a_role_came_free_and_not_whose(
    browser: Browser, fatima: User, anna: User, regenboog: Side, how: str
) -> None:
    meeting = planned(regenboog, fatima)
    turns.divide(meeting, by=regenboog.member(fatima), turns={Role.SCRIBE: regenboog.member(anna)})
    if how == "away":
        away(anna)
    else:
        replying.reply(meeting, by=regenboog.member(anna), says="no")
    with clock.at(SOON - timedelta(days=4)):
        jobs.remind(None)  # type: ignore[arg-type]  # it does not report
    told = Notice.objects.get(kind="meeting.role_open")
    assert (told.user, told.by) == (fatima, None)
    with clock.at(SOON - timedelta(days=4)):
        inbox = browser(fatima).get("/postvak/").content.decode()
    assert "Wie een rol zou doen, komt niet." in inbox


def test_when_all_who_have_a_role_come_nobody_hears_of_it(fatima: User, anna: User, regenboog: Side) -> None:
    meeting = planned(regenboog, fatima)
    turns.divide(meeting, by=regenboog.member(fatima), turns={Role.SCRIBE: regenboog.member(anna)})
    with clock.at(SOON - timedelta(days=4)):
        jobs.remind(None)  # type: ignore[arg-type]
    assert Notice.objects.filter(kind="meeting.near").exists()
    assert not Notice.objects.filter(kind="meeting.role_open").exists()


def test_by_turn_nobody_is_proposed_who_said_to_come_and_then_to_be_away(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    meeting = planned(regenboog, fatima)
    replying.reply(meeting, by=regenboog.member(anna), says="yes")
    replying.reply(meeting, by=regenboog.member(bram), says="no")
    away(anna)
    assert set(turns.proposed(meeting, {}, planning.may_come(meeting)).values()) == {regenboog.member(fatima)}


def test_in_my_groups_a_role_of_who_does_not_come_is_still_to_be_divided(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    Community.found(school=regenboog.school, name="Aardrijkskunde", by=fatima)
    meeting, by, a = planned(regenboog, fatima), regenboog.member(fatima), regenboog.member(anna)
    agenda.add(meeting, by=by, fields={"title": "Vouwen", "minutes": 60, "kind": "content"})
    turns.divide(meeting, by=by, turns={**dict.fromkeys(turns.USUAL, by), Role.SCRIBE: a})
    replying.reply(meeting, by=a, says="yes")
    assert "Alles ligt klaar." in browser(fatima).get("/mijn-groepen/").content.decode()
    away(anna)
    page = browser(fatima).get("/mijn-groepen/").content.decode()
    assert f'<a href="{place(regenboog, meeting)}#rollen">Nog niet alle rollen zijn verdeeld.' in page
    assert "Nog niemand heeft gezegd te komen." in page


# What is planned or taken is said to be


def test_what_was_planned_or_taken_is_confirmed(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    form = {
        "topic": "Breuken",
        "minutes": "60",
        "repeat": "0",
        "how": "day",
        "on": "2026-11-24",
        "begins": "15:30",
    }
    poll = {
        **form,
        "how": "poll",
        "on_1": "2026-11-24",
        "at_1": "15:30",
        "on_2": "2026-11-25",
        "at_2": "15:30",
    }
    leads, new = browser(fatima), f"{room(regenboog)}nieuw/"
    assert "De bijeenkomst staat erin." in leads.post(new, form, follow=True).content.decode()
    assert "Je collega’s horen het" in leads.post(new, poll, follow=True).content.decode()
    meeting = planned(regenboog, fatima, topic="Rollen")
    client, role = browser(anna), place(regenboog, meeting, "rol/")
    said = client.post(role, {"rol": "scribe"}, follow=True).content.decode()
    assert "Genoteerd: jij bent notulist." in said
    said = client.post(role, {"terug": "scribe"}, follow=True).content.decode()
    assert "Genoteerd: jij bent geen notulist meer." in said
    divided = leads.post(place(regenboog, meeting, "rollen/"), {"observer": ""}, follow=True).content.decode()
    assert "De rollen zijn verdeeld." in divided
    assert again(meeting).pk


@pytest.mark.parametrize("asked_first", [True, False])
def test_who_could_come_and_said_to_be_away_since_does_not_come_when_that_day_is_chosen(
    fatima: User, anna: User, regenboog: Side, asked_first: bool
) -> None:
    a = regenboog.member(anna)
    if not asked_first:
        with clock.at(NOW - timedelta(hours=1)):
            Away.plan(by=anna, first_day=SOON.date(), last_day=SOON.date())
    poll = asked(regenboog, fatima)
    option = poll.options.get(starts_at=SOON)
    polling.answer(poll, by=a, says={option.pk: "yes"})
    period = away(anna) if asked_first else anna.absences.get()
    with clock.at(LATER + timedelta(hours=1)):
        polling.choose(again(poll), option, by=regenboog.member(fatima))
    assert (a in planning.may_come(again(poll))) is not asked_first
    period.cancel()
    assert a in planning.may_come(again(poll))


def test_of_many_periods_one_reads_in_one_question_where_one_was_expected(
    browser: Browser, fatima: User, anna: User, regenboog: Side, django_assert_max_num_queries: Any
) -> None:
    a = regenboog.member(anna)
    for week in range(12):
        day = SOON + timedelta(days=7 * week)
        meeting = planned(regenboog, fatima, topic=f"Week {week}", starts_at=day)
        replying.reply(meeting, by=a, says="maybe" if week else "yes")
        with clock.at(LATER):
            Away.plan(by=anna, first_day=day.date(), last_day=day.date())
    with clock.at(LATER):
        own = browser(anna)
        with django_assert_max_num_queries(15):
            page = own.get(OWN).content.decode()
    assert [page.count(f">Week {week}</a>") for week in range(12)] == [1] * 12
    assert page.count("Je zei dat je zou komen; dat telt nu niet meer.") == 1
    assert page.count("Je zei dat je misschien zou komen; dat telt nu niet meer.") == 11


def test_who_is_given_a_role_finds_it_in_the_inbox_until_it_is_somebody_elses(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    meeting = planned(regenboog, fatima)
    by, a, b = (regenboog.member(who) for who in (fatima, anna, bram))

    def told() -> list[User]:
        return [notice.user for notice in Notice.objects.filter(kind="meeting.role").order_by("pk")]

    divided = {Role.SCRIBE: a, Role.TIMEKEEPER: by, Role.PRESENTER: None}
    turns.divide(meeting, by=by, turns=divided)
    assert told() == [anna]  # who divides them knows their own
    inbox = browser(anna).get("/postvak/").content.decode()
    assert "Een rol voor jou, gekozen door Fatima" in inbox
    assert "Jouw rol: notulist. Het is op dinsdag 24 november, 15.30 uur." in inbox
    turns.divide(meeting, by=by, turns={**divided, Role.PRESENTER: b})
    assert told() == [anna, bram]  # what was theirs already is no news
    turns.divide(meeting, by=by, turns={Role.SCRIBE: b})
    assert told() == [bram, bram]
    turns.give_back(meeting, by=b, role=Role.SCRIBE)
    assert told() == [bram, bram]
    turns.give_back(meeting, by=b, role=Role.PRESENTER)
    assert told() == []
    turns.divide(meeting, by=by, turns={Role.SCRIBE: a})
    planning.cancel(meeting, by=by, because="Ziek")
    assert told() == []


def test_who_left_the_group_comes_to_nothing_and_does_nothing_there(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    Community.found(school=regenboog.school, name="Aardrijkskunde", by=fatima)
    meeting, by, a = planned(regenboog, fatima), regenboog.member(fatima), regenboog.member(anna)
    turns.divide(meeting, by=by, turns={**dict.fromkeys(turns.USUAL, by), Role.SCRIBE: a})
    replying.reply(meeting, by=a, says="yes")
    a.leave()
    page = browser(fatima).get("/mijn-groepen/").content.decode()
    assert "Nog niet alle rollen zijn verdeeld." in page
    assert "Nog niemand heeft gezegd te komen." in page
    assert "komt niet" in browser(fatima).get(place(regenboog, meeting)).content.decode()
    turns.take(meeting, by=regenboog.member(bram), role=Role.SCRIBE)


def test_a_guest_gives_a_role_back_and_takes_none(
    browser: Browser, fatima: User, gert: User, regenboog: Side
) -> None:
    meeting = planned(regenboog, fatima)
    turns.divide(meeting, by=regenboog.member(fatima), turns={Role.SCRIBE: regenboog.member(gert)})
    here, does = browser(gert), place(regenboog, meeting, "rol/")
    page = here.get(place(regenboog, meeting)).content.decode()
    assert f'formaction="{does}" name="terug" value="scribe"' in page
    assert 'name="rol"' not in page
    assert here.post(does, {"rol": "timekeeper"}).status_code == 404
    assert here.post(does, {"terug": "scribe"}).status_code == 302
    assert not Turn.objects.filter(meeting=meeting).exists()
