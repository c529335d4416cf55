"""On which days the meetings of a series fall: only on school days, and what that moves is said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from leerkring.engine.calendar import Calendar
from leerkring.ui.refusal import Refused

WEEK = timedelta(days=7)
#: A calendar that is all holiday is a mistake, and must not be searched for ever.
FURTHEST = 60


@dataclass(frozen=True)
class Fallen:
    """A day of a series; `instead_of` is the day it would have been without a holiday."""

    day: date
    instead_of: date | None = None


def days(calendar: Calendar, first: date, *, every: int, times: int) -> list[Fallen]:
    """So many days, `every` so many weeks from `first` on. A day without school goes to that day in the next school
    week, and the following are counted from there."""
    found: list[Fallen] = []
    wanted = first
    for _number in range(times):
        day = next_school_day(calendar, wanted)
        found.append(Fallen(day, None if day == wanted else wanted))
        wanted = day + every * WEEK
    return found


def next_school_day(calendar: Calendar, day: date) -> date:
    """`day`, or the same day of the first week after it in which that is a school day."""
    for weeks in range(FURTHEST):
        if calendar.is_school_day(day + weeks * WEEK):
            return day + weeks * WEEK
    raise Refused(_("In de kalender van de school is er geen schooldag meer op die dag van de week."))


def over_the_year(calendar: Calendar, today: date, weekday: int, times: int) -> list[date]:
    """So many days from the next school week on, about four school weeks apart, closer when the school year is too
    short for that."""
    monday = today + timedelta(days=7 - today.weekday())
    first = next_school_day(calendar, monday + timedelta(days=weekday))
    ends = date(first.year + (first.month >= 8), 7, 31)
    weeks = [first + n * WEEK for n in range(FURTHEST) if first + n * WEEK <= ends]
    usable = [day for day in weeks if calendar.is_school_day(day)]
    apart = max(1, min(4, (len(usable) - 1) // max(times - 1, 1)))
    chosen = usable[::apart][:times]
    while len(chosen) < times:  # the year ends before the series does: on into the next
        chosen.append(next_school_day(calendar, chosen[-1] + 4 * WEEK))
    return chosen
