"""School weeks, terms and windows."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from leerkring.engine.calendar import Calendar, monday_of, week_of
from leerkring.engine.tests.logs import CALENDAR

AUTUMN = (date(2024, 10, 26), date(2024, 11, 3))


def test_a_week_runs_from_monday_to_sunday() -> None:
    assert week_of(date(2024, 11, 4)) == week_of(date(2024, 11, 10)) == date(2024, 11, 4).toordinal() // 7
    assert week_of(date(2024, 11, 11)) == week_of(date(2024, 11, 10)) + 1
    assert monday_of(week_of(date(2024, 11, 10))) == date(2024, 11, 4)


def test_a_week_with_one_school_day_is_a_school_week() -> None:
    calendar = Calendar([AUTUMN, (date(2024, 11, 4), date(2024, 11, 7))])
    assert not calendar.is_school_week(week_of(date(2024, 10, 28)))
    assert calendar.is_school_week(week_of(date(2024, 11, 4)))
    assert [date.fromordinal(day) for day in calendar.school_days(week_of(date(2024, 11, 4)))] == [
        date(2024, 11, 8)
    ]


def test_school_days_leave_out_weekends_and_holidays() -> None:
    calendar = Calendar([AUTUMN, AUTUMN, (date(2024, 10, 28), date(2024, 10, 30))])  # they may overlap
    assert calendar.school_days_between(date(2024, 10, 25), date(2024, 11, 4)) == 1
    assert calendar.school_days_between(date(2024, 10, 21), date(2024, 10, 25)) == 4
    assert calendar.is_school_day(date(2024, 10, 25))
    assert not calendar.is_school_day(date(2024, 10, 26))
    assert not calendar.is_school_day(date(2024, 10, 29))


def test_counting_school_days_is_the_same_as_asking_each_day() -> None:
    first, last = date(2024, 8, 1).toordinal(), date(2025, 9, 1).toordinal()
    days = [CALENDAR.is_school_day(date.fromordinal(day)) for day in range(first + 1, last + 1)]
    assert CALENDAR.school_days_between(date.fromordinal(first), date.fromordinal(last)) == sum(days)


def test_the_last_four_school_weeks_reach_over_the_holidays() -> None:
    window = Calendar([AUTUMN]).last(4, date(2024, 11, 13))
    assert [monday_of(week) for week in window.weeks] == [
        date(2024, 10, 14),
        date(2024, 10, 21),
        date(2024, 11, 4),
        date(2024, 11, 11),
    ]
    assert (window.from_, window.until) == (date(2024, 10, 14), date(2024, 11, 13))


def test_the_window_before_is_as_long_and_ends_where_this_begins() -> None:
    calendar = Calendar([AUTUMN])
    window = calendar.last(4, date(2024, 11, 17))
    before = calendar.before(window)
    assert len(before.weeks) == 4
    assert before.weeks[-1] == window.weeks[0] - 1
    assert before.until == date(2024, 10, 13)


def test_terms_lie_between_holidays_of_a_week() -> None:
    """Three days off in February, and one in April, part nothing."""
    terms = CALENDAR.terms(date(2025, 1, 15))
    assert [(term.from_, term.until) for term in terms] == [
        (date(2024, 8, 5), date(2024, 10, 27)),
        (date(2024, 11, 4), date(2024, 12, 22)),
        (date(2025, 1, 6), date(2025, 4, 27)),
        (date(2025, 5, 5), date(2025, 7, 13)),
    ]


def test_a_school_year_has_its_holidays_cut_out() -> None:
    year = CALENDAR.school_year(date(2025, 7, 31))
    assert sum(len(term.weeks) for term in CALENDAR.terms(date(2025, 7, 31))) == len(year.weeks)
    assert year.from_ == date(2024, 8, 5)  # the week of 29 July began in the year before
    assert week_of(date(2024, 10, 28)) not in year.weeks
    assert CALENDAR.school_year(date(2025, 8, 1)).weeks[0] > year.weeks[-1]


def test_complete_terms_are_over() -> None:
    terms = CALENDAR.complete_terms(date(2025, 5, 20), 3)
    assert [term.until for term in terms] == [date(2024, 10, 27), date(2024, 12, 22), date(2025, 4, 27)]


def test_periods_are_counted_back_from_the_end() -> None:
    ten = CALENDAR.last(10, date(2025, 4, 18))
    assert ten.periods == (ten.weeks[2:6], ten.weeks[6:])
    three = CALENDAR.last(3, date(2025, 4, 18))
    assert three.periods == (three.weeks,)


def test_an_evening_belongs_to_the_day_on_the_schools_clock() -> None:
    sunday_evening = datetime(2024, 11, 10, 23, 30, tzinfo=UTC)  # half past midnight in Amsterdam
    assert Calendar().day(sunday_evening) == date(2024, 11, 11)
    assert Calendar(zone="UTC").day(sunday_evening) == date(2024, 11, 10)


def test_a_holiday_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before"):
        Calendar([(date(2025, 1, 5), date(2025, 1, 1))])


def test_a_calendar_of_nothing_but_holidays_has_no_windows() -> None:
    calendar = Calendar([(date(2000, 1, 1), date(2026, 1, 1))])
    assert calendar.last(4, date(2025, 11, 10)).weeks == ()
    assert calendar.before(calendar.last(4, date(2025, 11, 10))).weeks == ()
