"""Which days are school days."""

from __future__ import annotations

from datetime import date
from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from leerkring.network.schooldays import FURTHEST, SchoolDays

MONDAY = date(2026, 10, 12)
AUTUMN = (date(2026, 10, 17), date(2026, 10, 25))
ANOTHER_AUTUMN = (date(2026, 10, 10), date(2026, 10, 18))


def test_without_a_calendar_every_weekday_is_one() -> None:
    days = SchoolDays()
    assert [MONDAY.replace(day=12 + n) in days for n in range(7)] == [True] * 5 + [False] * 2


def test_a_day_is_free_only_when_every_school_is_free() -> None:
    one, both = SchoolDays([[AUTUMN]]), SchoolDays([[AUTUMN], [ANOTHER_AUTUMN]])
    assert date(2026, 10, 20) not in one
    assert date(2026, 10, 20) in both
    assert MONDAY in both
    assert date(2026, 10, 17) not in both


def test_a_school_without_holidays_keeps_the_days_open() -> None:
    assert date(2026, 10, 20) in SchoolDays([[AUTUMN], []])


def test_the_week_begins_after_its_free_days() -> None:
    days = SchoolDays([[(date(2026, 10, 12), date(2026, 10, 13))]])
    assert [days.begins_the_week(MONDAY.replace(day=12 + n)) for n in range(5)] == [
        False,
        False,
        True,
        False,
        False,
    ]


def test_a_week_of_holiday_has_no_first_day() -> None:
    days = SchoolDays([[AUTUMN]])
    assert not any(days.begins_the_week(date(2026, 10, 19 + n)) for n in range(7))


def test_a_calendar_that_is_all_holiday_is_not_searched_for_ever() -> None:
    assert list(SchoolDays([[(date.min, date.max)]]).onward(MONDAY)) == []


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=4), st.integers(0, 60))
def test_looking_back_and_onward_meet_the_same_days(found: list[tuple[int, int]], start: int) -> None:
    holidays = [
        (date.fromordinal(739_000 + first), date.fromordinal(739_000 + first + length))
        for first, length in found
    ]
    days = SchoolDays([holidays])
    begin = date.fromordinal(739_000 + start)
    ahead = list(islice(days.onward(begin), 10))
    back = [day for day in islice(days.back(ahead[-1]), 10) if day >= begin]
    assert back == ahead[::-1]
    assert len(list(days.onward(begin))) <= FURTHEST
