"""A meeting of which the time passed, a poll of which all moments did, one that is on now; and what to prepare."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leerkring import clock
from leerkring.communities.models import Community
from leerkring.jobs.models import Job
from leerkring.jobs.run import Run
from leerkring.meetings import agenda, jobs, polling, replying
from leerkring.meetings.invite_letter import written
from leerkring.meetings.models import Invite, Meeting, Option, OptionAnswer, OwnForm
from leerkring.meetings.shipped import shipped
from leerkring.meetings.tests.holding import opened
from leerkring.meetings.tests.making import MOMENTS, SOON, again, asked, place, planned, room
from leerkring.people.models import User
from leerkring.ui.refusal import Refused
from tests.cast import Browser, Side

AN_HOUR = timedelta(hours=1)


def let_pass() -> None:
    jobs.let_pass(Run(Job(kind="meetings.pass")))


# Its hour


def test_an_hour_after_it_ended_nothing_asks_to_come_that_same_day(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    meeting = planned(regenboog, fatima)
    today, page = f"/plg/{regenboog.community.pk}/", place(regenboog, meeting)
    pages = (today, page, room(regenboog), "/postvak/")
    with clock.at(SOON + AN_HOUR / 2):
        for each in pages:
            assert "Kom je?" in browser(anna).get(each).content.decode(), each
    with clock.at(SOON + AN_HOUR + timedelta(minutes=5)):
        let_pass()  # what was kept of these pages is drawn anew
        for each in pages:
            assert "Kom je?" not in browser(anna).get(each).content.decode(), each
        assert "Was vandaag" in browser(anna).get(today).content.decode()
        assert "Was vandaag" in browser(anna).get(room(regenboog)).content.decode()
        assert "Naar het begin" in browser(fatima).get(page).content.decode()  # late is not too late
        with pytest.raises(Refused, match="is voorbij"):
            replying.reply(meeting, by=regenboog.member(anna), says="yes")


def test_pages_are_drawn_anew_when_its_time_passed_and_not_at_another_moment(
    fatima: User, regenboog: Side
) -> None:
    planned(regenboog, fatima)

    def version() -> int:
        return Community.objects.get(pk=regenboog.community.pk).version

    before = version()
    for minutes, more in ((59, 0), (61, 1), (90, 0)):
        with clock.at(SOON + timedelta(minutes=minutes)):
            let_pass()
        assert version() == before + more, minutes
        before = version()


# A date


def test_a_poll_of_which_all_moments_passed_asks_nobody(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    poll = asked(regenboog, fatima)
    today, page = f"/plg/{regenboog.community.pk}/", place(regenboog, poll)
    with clock.at(MOMENTS[-1] + AN_HOUR):  # that day it can still be chosen
        for each in (today, page, room(regenboog)):
            assert "Wanneer kun jij?" in browser(anna).get(each).content.decode(), each
        assert "Wanneer kun jij?" in browser(anna).get("/postvak/").content.decode()
    with clock.at(MOMENTS[-1] + timedelta(days=1)):
        for each in (today, page, room(regenboog), "/postvak/"):
            assert "Wanneer kun jij?" not in browser(anna).get(each).content.decode(), each
        own = browser(anna).get(page).content.decode()
        assert "Je hoeft nu niets te kiezen." in own
        assert "Bewaar mijn antwoorden" not in own
        leads = browser(fatima).get(page).content.decode()
        assert "Zet er een moment bij dat nog komt" in leads
        assert "Kies dit moment" not in leads
        assert "Alle momenten zijn geweest." in browser(anna).get(room(regenboog)).content.decode()


def test_moments_that_passed_can_be_answered_no_more_and_leave_room_for_others(
    fatima: User, anna: User, regenboog: Side
) -> None:
    eight = [SOON + timedelta(days=n) for n in range(8)]
    poll, by = asked(regenboog, fatima, *eight), regenboog.member(fatima)
    first, *_others, last = poll.options.all()
    with clock.at(eight[-1]):
        polling.answer(poll, by=regenboog.member(anna), says={first.pk: "yes", last.pk: "yes"})
        assert [said.option for said in OptionAnswer.objects.all()] == [last]
        polling.add(poll, by=by, moment=eight[-1] + timedelta(days=1))
        for option in Option.objects.filter(meeting=poll, starts_at__lt=eight[-1]):
            polling.drop(poll, option, by=by)
        with pytest.raises(Refused, match="minstens twee"):
            polling.drop(poll, last, by=by)


# Mijn groepen


def test_in_my_groups_one_goes_to_a_meeting_that_is_on_and_plans_after_one_that_passed(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, anna)
    with clock.at(SOON + AN_HOUR / 2):
        page = browser(fatima).get("/mijn-groepen/").content.decode()
        assert "Nu bezig." in page
        assert f'href="{place(regenboog, held.meeting, "live/")}"' in page
        assert "Nog niemand heeft gezegd te komen." not in page
        Meeting.objects.filter(pk=held.meeting.pk).update(state=Meeting.State.PLANNED)
        assert "Nog niemand heeft gezegd te komen." in again_drawn(browser, fatima, regenboog)
    with clock.at(SOON + 2 * AN_HOUR):
        page = again_drawn(browser, fatima, regenboog)
        assert "Nog niemand heeft gezegd te komen." not in page
        assert "Er is niets gepland." in page


def again_drawn(browser: Browser, user: User, side: Side) -> str:
    side.community.touch()
    return browser(user).get("/mijn-groepen/").content.decode()


def test_in_my_groups_a_poll_that_passed_asks_for_new_moments(
    browser: Browser, fatima: User, regenboog: Side
) -> None:
    asked(regenboog, fatima)
    assert "Er is nog geen datum gekozen." in browser(fatima).get("/mijn-groepen/").content.decode()
    with clock.at(MOMENTS[-1] + timedelta(days=1)):
        page = browser(fatima).get("/mijn-groepen/").content.decode()
        assert "Alle momenten zijn geweest. Zet er nieuwe bij." in page


# To prepare


def test_what_a_work_form_asks_to_bring_stands_where_one_prepares(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    own = OwnForm.keep(by=regenboog.member(anna), form=shipped()["dilemmagesprek"])
    meeting = planned(regenboog, fatima, bring="Lees vooraf: bladzijde 3")
    for key in ("bordsessie", own.key, "zo-doe-ik-het"):
        fields = {"title": key, "minutes": 15, "kind": "content", "workform": key}
        agenda.add(meeting, by=regenboog.member(fatima), fields=fields)
    library = f"{room(regenboog)}werkvormen/"
    brings = (
        f'Voor <a href="{library}bordsessie/">Bordsessie</a>: Jullie doel, met waar leerlingen nu staan.',
        f'Voor <a href="{library}{own.key}/">Dilemmagesprek (van ons)</a>: De inbrenger: een dilemma',
    )
    page = browser(anna).get(place(regenboog, meeting)).content.decode()
    today = browser(anna).get(f"/plg/{regenboog.community.pk}/").content.decode()
    for said in brings:
        assert said in page
    assert brings[0] in today
    assert brings[1] not in today  # the first one stands there; all of them are at the meeting
    assert f'werkvorm: <a href="{library}zo-doe-ik-het/">Zo doe ik het</a>' in page
    for each in (today, browser(anna).get(room(regenboog)).content.decode()):
        assert "Lees vooraf: bladzijde 3" in each
        assert "Neem mee" not in each
    meeting.items.get(workform="bordsessie").delete()
    regenboog.community.touch()
    assert brings[1] in browser(anna).get(f"/plg/{regenboog.community.pk}/").content.decode()
    held = again(meeting)
    Meeting.objects.filter(pk=held.pk).update(state="closed", closed_at=SOON)
    regenboog.community.touch()
    assert brings[0] not in browser(anna).get(place(regenboog, meeting)).content.decode()


def test_the_mail_for_the_calendar_says_what_work_forms_ask_to_bring(
    fatima: User, anna: User, regenboog: Side
) -> None:
    meeting = planned(regenboog, fatima)
    fields = {"title": "Samen", "minutes": 15, "kind": "content", "workform": "bordsessie"}
    agenda.add(meeting, by=regenboog.member(fatima), fields=fields)
    invite = Invite.objects.get(meeting=meeting, user=anna)
    letter = written([invite], to=anna)
    html = str(letter.alternatives[0][0])
    for body in (str(letter.body), html):
        assert "Voor Bordsessie: Jullie doel, met waar leerlingen nu staan." in body
    Meeting.objects.filter(pk=meeting.pk).update(confidential=True)
    assert "Bordsessie" not in written([Invite.objects.get(pk=invite.pk)], to=anna).body


def test_a_meeting_that_is_on_longer_than_planned_was_not_today(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    opened(regenboog, fatima, anna)
    with clock.at(SOON + 2 * AN_HOUR):
        for each in (f"/plg/{regenboog.community.pk}/", room(regenboog)):
            assert "Was vandaag" not in browser(anna).get(each).content.decode(), each


def test_where_most_can_is_said_of_moments_to_come_and_two_of_those_stay(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    poll, by = asked(regenboog, fatima), regenboog.member(fatima)
    first, second, third = poll.options.all()
    polling.answer(poll, by=regenboog.member(anna), says={first.pk: "yes", second.pk: "yes"})
    polling.answer(poll, by=regenboog.member(bram), says={first.pk: "yes"})
    with clock.at(MOMENTS[1]):
        assert "hier kunnen de meesten" in browser(fatima).get(place(regenboog, poll)).content.decode()
        for option in (second, third):
            with pytest.raises(Refused, match="minstens twee"):
                polling.drop(poll, option, by=by)
