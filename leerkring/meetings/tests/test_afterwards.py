"""When a meeting is over: everyone hears of the minutes, a room that was left is closed, and in the end cleared."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from leerkring import clock
from leerkring.communities.models import Community, Notice, Record
from leerkring.insights.models import Insight
from leerkring.jobs.models import Job
from leerkring.jobs.run import Run
from leerkring.meetings import jobs
from leerkring.meetings.live import coming
from leerkring.meetings.models import Agreement, ExitFigure, Gave, Live, LiveAct, Meeting, Stage, Unsigned
from leerkring.meetings.tests.holding import MINUTE, Held, house_form, opened
from leerkring.meetings.tests.making import SOON, place, planned
from leerkring.people.models import User
from tests.cast import Browser, Side

HOUR = 60 * MINUTE


def told(kind: str) -> set[User]:
    return {notice.user for notice in Notice.objects.filter(kind=kind)}


def sweep(held: Held, *, after: timedelta) -> None:
    with clock.at(held.now + after):
        jobs.close_rooms(Run(Job()))


# The minutes


def test_everyone_in_the_group_hears_once_that_the_minutes_are_there(
    browser: Browser, fatima: User, anna: User, bram: User, gert: User, olga: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, anna, confidential=True)
    held(fatima, "close")
    assert told("meeting.minutes") == {fatima, anna, bram, gert}
    notice = Notice.objects.get(kind="meeting.minutes", user=bram)
    assert (notice.thing_kind, notice.thing_id, notice.by) == ("meeting", held.meeting.pk, None)
    with clock.at(held.now):
        assert "De notulen staan klaar" in browser(bram).get("/postvak/").content.decode()
        browser(bram).get(place(regenboog, held.meeting, "notulen/"))
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_calendars_are_not_told_that_the_minutes_are_there(fatima: User, anna: User, regenboog: Side) -> None:
    held = opened(regenboog, fatima, anna)
    before = held.live.meeting.told_at
    held(fatima, "close")
    held.live.meeting.refresh_from_db()
    assert held.live.meeting.state == Meeting.State.CLOSED
    assert held.live.meeting.told_at == before


def test_who_heard_an_insight_in_the_meeting_is_not_told_of_it(
    fatima: User, anna: User, bram: User, gert: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, anna)
    held.to(fatima, "insights")
    held(anna, "insight", kind="routine", what="ik vouw eerst zelf", why="dan zien ze waar ze heen gaan")
    held(fatima, "close")
    assert Insight.objects.filter(what="ik vouw eerst zelf").exists()
    about = Notice.objects.filter(kind="insight.captured", thing_id=Insight.objects.latest("pk").pk)
    assert {notice.user for notice in about} == {bram, gert}


# A room that everyone left


def test_a_room_in_which_nothing_happens_for_three_hours_is_closed_as_it_was_left(
    fatima: User, anna: User, regenboog: Side
) -> None:
    talk = {"title": "Waarom haken ze af?", "minutes": 30, "kind": "content"}
    held = opened(regenboog, fatima, anna, items=[talk])
    held.to(fatima, "1")
    held(anna, "agreement", after=20 * MINUTE, what="Bram maakt de kaarten")
    sweep(held, after=3 * HOUR - MINUTE)
    assert held.meeting.state == "live"
    sweep(held, after=3 * HOUR + MINUTE)
    assert held.meeting.state == "closed"
    assert held.meeting.closed_at == held.now
    assert Stage.objects.get(meeting=held.meeting, position=0).seconds == 20 * 60
    closed = Record.objects.get(kind="meeting.closed")
    assert (closed.at, closed.data["minutes_content"]) == (held.now, 20)
    assert regenboog.community.agreements.get().what == "Bram maakt de kaarten"
    assert LiveAct.objects.filter(kind="close", by=None).count() == 1
    sweep(held, after=4 * HOUR)
    assert Stage.objects.filter(meeting=held.meeting, position=0).count() == 1


def test_a_room_that_nobody_came_into_is_closed_at_its_beginning(fatima: User, regenboog: Side) -> None:
    meeting = planned(regenboog, fatima)
    with clock.at(SOON):
        coming.open_room(meeting, by=regenboog.member(fatima), find=house_form)
    with clock.at(SOON + 3 * HOUR + MINUTE):
        jobs.close_rooms(Run(Job()))
    meeting.refresh_from_db()
    assert (meeting.state, meeting.closed_at) == ("closed", SOON)


def test_a_phone_that_was_away_still_brings_what_it_has_to_a_room_that_was_left(
    fatima: User, anna: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, anna)
    sweep(held, after=4 * HOUR)
    held(anna, "agreement", after=5 * HOUR, what="Ik neem de kaarten mee")
    assert regenboog.community.agreements.get().what == "Ik neem de kaarten mee"


def test_a_room_of_a_group_that_ended_waits_until_it_is_put_back(
    fatima: User, anna: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, anna)
    Community.objects.filter(pk=regenboog.community.pk).update(ended_at=held.now)
    sweep(held, after=4 * HOUR)
    assert held.meeting.state == "live"
    Community.objects.filter(pk=regenboog.community.pk).update(ended_at=None)
    sweep(held, after=5 * HOUR)
    assert held.meeting.state == "closed"


def test_one_room_that_cannot_be_closed_does_not_keep_another_open(
    fatima: User, anna: User, olga: User, regenboog: Side, baken: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = opened(regenboog, fatima, anna), opened(baken, olga)

    def make(community: Community, **said: Any) -> Any:
        raise RuntimeError

    bad(anna, "agreement", what="Iets")
    monkeypatch.setattr(Agreement, "make", make)
    with pytest.raises(RuntimeError):
        sweep(bad, after=4 * HOUR)
    assert (bad.meeting.state, good.meeting.state) == ("live", "closed")


def test_a_week_after_the_end_the_room_is_gone_and_the_minutes_stay(
    fatima: User, anna: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, anna)
    held(fatima, "close")
    for days, there in ((6, True), (8, False)):
        with clock.at(held.now + timedelta(days=days)):
            jobs.clear_rooms(Run(Job()))
        assert Live.objects.filter(meeting=held.meeting).exists() is there
    assert not LiveAct.objects.exists()
    assert held.meeting.stages.exists()


def test_of_answers_without_a_name_nothing_is_left_after_the_night(
    fatima: User, anna: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, anna)
    for key in ("insights", "agreements", "exit"):
        held.to(fatima, key)
    held.give(anna, "exit", say=4, turn=5)
    assert (Gave.objects.count(), Unsigned.objects.count()) == (1, 1)
    held(fatima, "close")
    assert (Gave.objects.count(), Unsigned.objects.count()) == (0, 0)
    assert not ExitFigure.objects.exclude(mean=None).exists()
    wiped = Job.objects.get(kind="site.wipe")
    assert wiped.due.astimezone(clock.AMSTERDAM).hour == 4
