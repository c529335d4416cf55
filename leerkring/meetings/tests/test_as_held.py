"""What was held is told by when it was held, whatever was planned."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leerkring import clock
from leerkring.meetings import calendar, turns
from leerkring.meetings.live import coming
from leerkring.meetings.models import Meeting
from leerkring.meetings.tests.holding import MINUTE, Held, no_forms
from leerkring.meetings.tests.made import a_meeting, read_back
from leerkring.meetings.tests.making import SOON, again, place, planned, room
from leerkring.meetings.workform import Role
from leerkring.people.models import User
from tests.cast import Browser, Side

DAY = timedelta(days=1)
#: Monday 23 November, ten past four; it was planned for the day after, half past three.
EARLY = SOON - DAY + timedelta(minutes=40)


def begun(side: Side, by: User, *, on: timedelta = -DAY) -> Held:
    meeting = planned(side, by)
    with clock.at(SOON + on + timedelta(minutes=40)):
        live = coming.open_room(meeting, by=side.member(by), find=no_forms)
    return Held(side, live, SOON + on + timedelta(minutes=40)).come(by)


def test_who_began_a_day_early_reads_that_day_everywhere(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    held = begun(regenboog, fatima)
    held(fatima, "close", after=20 * MINUTE)
    with clock.at(held.now + MINUTE):
        for address in (
            room(regenboog),
            place(regenboog, held.meeting),
            place(regenboog, held.meeting, "notulen/"),
        ):
            page = browser(anna).get(address).content.decode()
            assert "maandag 23 november" in page, address
            assert "dinsdag 24 november" not in page, address


def test_the_calendar_says_from_when_to_when_it_was(fatima: User, regenboog: Side) -> None:
    held = begun(regenboog, fatima)
    held(fatima, "close", after=20 * MINUTE)
    _file, (event,) = read_back(calendar.published([held.meeting], named="x"))
    assert (event.start, event.end) == (EARLY, EARLY + 20 * MINUTE)


def test_a_meeting_that_was_over_at_once_still_lasts_in_a_calendar(fatima: User, regenboog: Side) -> None:
    held = begun(regenboog, fatima)
    held(fatima, "close", after=timedelta(seconds=5))
    _file, (event,) = read_back(calendar.published([held.meeting], named="x"))
    assert event.end > event.start


def test_what_was_held_earlier_stands_below_what_was_held_later(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    """Also when they were planned the other way round; and in the school year in which they were held."""
    closed = {"state": Meeting.State.CLOSED}
    for topic, planned_on, held_on in (
        ("Eerst", "2026-08-05 15:30", "2026-07-15 15:30"),
        ("Daarna", "2026-08-03 15:30", "2026-08-04 15:30"),
    ):
        meeting = a_meeting(regenboog, planned_on, topic=topic)
        meeting.opened_at = a_meeting(regenboog, held_on, topic=f"{topic} x").starts_at
        Meeting.objects.filter(pk=meeting.pk).update(
            opened_at=meeting.opened_at, closed_at=meeting.opened_at, **closed
        )
    page = browser(anna).get(room(regenboog)).content.decode()
    assert page.index(">Daarna<") < page.index(">Eerst<")
    assert again(Meeting.objects.get(topic="Eerst")).school_year == "2025–2026"


def test_a_meeting_begun_a_day_late_is_on_and_not_over(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    held = begun(regenboog, fatima, on=DAY)
    with clock.at(held.now):
        page = browser(anna).get(room(regenboog)).content.decode()
        assert "Geweest" not in page
        assert "woensdag 25 november" in page
        assert "Nu bezig" in browser(anna).get(f"/plg/{regenboog.community.pk}/").content.decode()
    held(fatima, "close")
    with clock.at(held.now):
        assert "Geweest" in browser(anna).get(room(regenboog)).content.decode()


@pytest.mark.parametrize("moved", [-2 * DAY, 2 * DAY])
def test_whose_turn_it_is_goes_by_when_they_did_it(
    moved: timedelta, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    for user, weeks in ((anna, 2), (bram, 1)):
        meeting = planned(regenboog, fatima, topic=user.name, starts_at=SOON + timedelta(weeks=weeks))
        turns.divide(meeting, by=regenboog.member(fatima), turns={Role.SCRIBE: regenboog.member(user)})
    first = Meeting.objects.get(topic=anna.name)
    Meeting.objects.filter(pk=first.pk).update(opened_at=SOON + timedelta(weeks=1) + moved)
    coming_up = planned(regenboog, fatima, topic="Nu", starts_at=SOON + timedelta(weeks=3))
    people = [regenboog.member(anna), regenboog.member(bram)]
    found = turns.proposed(coming_up, {}, people, [Role.SCRIBE])
    assert found[Role.SCRIBE] == regenboog.member(anna if moved < timedelta() else bram)
