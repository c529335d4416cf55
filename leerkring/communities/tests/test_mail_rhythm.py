"""When mail goes: in open hours of school days, in the rhythm that someone chose."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerkring.clock import AMSTERDAM
from leerkring.communities.mail import rhythm
from leerkring.communities.notices import Rhythm
from leerkring.network.schooldays import SchoolDays

AUTUMN = (date(2026, 10, 17), date(2026, 10, 25))
#: hypothesis wants moments without a zone; the test gives them one.
FIRST = datetime.combine(date(2026, 8, 1), time())
DAYS = SchoolDays([[AUTUMN]])


def at(day: int, clock: str, *, month: int = 10) -> datetime:
    return datetime.combine(date(2026, month, day), time.fromisoformat(clock), AMSTERDAM)


@pytest.mark.parametrize(
    ("how", "told", "due"),
    [
        # Friday 9 October is a school day; the 17th to the 25th is the autumn holiday.
        (Rhythm.AT_ONCE, at(9, "10:00"), at(9, "10:05")),
        (Rhythm.AT_ONCE, at(9, "17:58"), at(12, "07:30")),
        (Rhythm.AT_ONCE, at(9, "06:00"), at(9, "07:30")),
        (Rhythm.AT_ONCE, at(16, "22:00"), at(26, "07:30")),
        (Rhythm.DAILY, at(9, "10:00"), at(9, "16:00")),
        (Rhythm.DAILY, at(9, "16:01"), at(12, "16:00")),
        (Rhythm.DAILY, at(16, "16:01"), at(26, "16:00")),
        (Rhythm.WEEKLY, at(9, "10:00"), at(12, "16:00")),
        (Rhythm.WEEKLY, at(12, "16:00"), at(12, "16:00")),
        (Rhythm.WEEKLY, at(12, "16:01"), at(26, "16:00")),
        (Rhythm.WEEKLY, at(20, "12:00"), at(26, "16:00")),
    ],
)
def test_when_it_is_due(how: Rhythm, told: datetime, due: datetime) -> None:
    assert rhythm.due(how, told, DAYS) == due


def test_a_week_that_begins_with_free_days_has_its_mail_on_the_first_school_day() -> None:
    days = SchoolDays([[(date(2026, 10, 12), date(2026, 10, 13))]])
    assert rhythm.due(Rhythm.WEEKLY, at(9, "10:00"), days) == at(14, "16:00")


def test_when_the_clock_goes_back_four_is_still_four_on_the_wall() -> None:
    told = at(23, "12:00")
    due = rhythm.due(Rhythm.DAILY, told, SchoolDays([[(date(2026, 10, 23), date(2026, 10, 25))]]))
    assert (due.date(), due.time()) == (date(2026, 10, 26), time(16))
    assert due.utcoffset() != told.utcoffset()


@given(
    st.datetimes(FIRST, FIRST + timedelta(days=364)),
    st.sampled_from([Rhythm.AT_ONCE, Rhythm.DAILY, Rhythm.WEEKLY]),
)
def test_what_is_due_is_due_in_open_hours_and_never_before_it_was_told(told: datetime, how: Rhythm) -> None:
    moment = told.replace(tzinfo=AMSTERDAM)
    due = rhythm.due(how, moment, DAYS)
    assert due >= moment
    assert rhythm.is_open(due, DAYS)
    assert rhythm.next_open(due, DAYS) == due


def test_a_calendar_without_school_days_is_looked_at_again_much_later() -> None:
    never = SchoolDays([[(date.min, date.max)]])
    told = at(9, "10:00")
    for how in (Rhythm.AT_ONCE, Rhythm.DAILY, Rhythm.WEEKLY):
        assert rhythm.due(how, told, never) > told + timedelta(days=300)
