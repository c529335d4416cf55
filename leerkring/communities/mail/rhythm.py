"""When mail goes: never at night, in a weekend or in a holiday. Only times here; why: docs/decisions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from leerkring.clock import AMSTERDAM
from leerkring.communities.notices import Rhythm
from leerkring.network.schooldays import FURTHEST, SchoolDays

#: Between these mail may go, on a school day.
OPENS, CLOSES = time(7, 30), time(18)
#: When the mail of the day goes, and that of the week on its first school day.
POST_TIME = time(16)
#: Who is reading along right now, reads it before it is mailed; and what comes in a burst goes in one mail.
GRACE = timedelta(minutes=5)


def is_open(moment: datetime, days: SchoolDays) -> bool:
    local = moment.astimezone(AMSTERDAM)
    return OPENS <= local.time() < CLOSES and local.date() in days


def next_open(moment: datetime, days: SchoolDays) -> datetime:
    """`moment` itself, or when the hours open again after it."""
    if is_open(moment, days):
        return moment
    return _first_after(moment, OPENS, days.onward(_day(moment)))


def next_day(moment: datetime, days: SchoolDays) -> datetime:
    """When the hours open on the next school day."""
    return _first_after(moment, OPENS, days.onward(_day(moment) + timedelta(days=1)))


def due(rhythm: str, told_at: datetime, days: SchoolDays) -> datetime:
    """When what was told at `told_at` is to be mailed in this rhythm, which is not NEVER."""
    if rhythm == Rhythm.AT_ONCE:
        return next_open(told_at + GRACE, days)
    onward = days.onward(_day(told_at))
    if rhythm == Rhythm.WEEKLY:
        onward = (day for day in onward if days.begins_the_week(day))
    return _first_after(told_at, POST_TIME, onward)


def _day(moment: datetime) -> date:
    return moment.astimezone(AMSTERDAM).date()


def _first_after(moment: datetime, hour: time, days: Iterator[date]) -> datetime:
    """A calendar without any school day is looked at again when one no longer looked ahead."""
    at_hour = (datetime.combine(day, hour, AMSTERDAM) for day in days)
    return next((at for at in at_hour if at >= moment), moment + timedelta(days=FURTHEST))
