"""School weeks: the only time the engine counts in.

A week is an ISO week, named by `ordinal of its Monday // 7`. It is a school week when at least one of its
days from Monday to Friday lies outside the holidays. Holidays neither lower activity nor add to it: what
happens in a week without school days is in no window.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

BLOCK = 4  # school weeks in a period, e.g. for "took part in this period"
TERM_BREAK = 5  # a holiday of at least so many school days parts two terms


def week_of(day: date) -> int:
    """The week a day lies in."""
    return (day.toordinal() - 1) // 7


def monday_of(week: int) -> date:
    return date.fromordinal(week * 7 + 1)


@dataclass(frozen=True)
class Window:
    """All school weeks between two days, both included. `until` may lie before the last week's Sunday when
    the window was made on that day."""

    from_: date
    until: date
    weeks: tuple[int, ...]

    @cached_property
    def periods(self) -> tuple[tuple[int, ...], ...]:
        """Whole periods of four school weeks, counted back from the end; a shorter window is one period."""
        whole = len(self.weeks) // BLOCK
        if not whole:
            return (self.weeks,) if self.weeks else ()
        first = len(self.weeks) - whole * BLOCK
        return tuple(self.weeks[at : at + BLOCK] for at in range(first, len(self.weeks), BLOCK))

    def is_whole_since(self, begin: date) -> bool:
        """Whether a source that begins on that day can show all of it; half of one would look like a quiet time."""
        return bool(self.weeks) and self.weeks[0] >= week_of(begin)


class Calendar:
    """A school's year: which days are holidays, and in which zone its clock runs.

    `holidays`: (first_day, last_day) pairs, both included; they may overlap and come in any order.
    """

    def __init__(self, holidays: Iterable[tuple[date, date]] = (), zone: str = "Europe/Amsterdam") -> None:
        self.holidays = tuple(sorted(holidays))
        for first, last in self.holidays:
            if last < first:
                raise ValueError(f"a holiday ends before it begins: {first} – {last}")
        self.zone = ZoneInfo(zone)
        self._free = sorted(self._free_days())
        self._days: dict[int, tuple[int, ...]] = {}

    def _free_days(self) -> set[int]:
        return {
            day
            for first, last in self.holidays
            for day in range(first.toordinal(), last.toordinal() + 1)
            if (day - 1) % 7 < 5
        }

    @property
    def free_days(self) -> Sequence[int]:
        """Ordinals of the days from Monday to Friday that are holidays, ascending."""
        return self._free

    def day(self, at: datetime) -> date:
        """The day on the school's own clock."""
        return at.astimezone(self.zone).date()

    def week(self, at: datetime) -> int:
        return week_of(self.day(at))

    def is_school_day(self, day: date) -> bool:
        return day.weekday() < 5 and not self._is_free(day.toordinal())

    def _is_free(self, ordinal: int) -> bool:
        at = bisect_right(self._free, ordinal)
        return at > 0 and self._free[at - 1] == ordinal

    def school_day_number(self, ordinal: int) -> int:
        """How many school days there were up to and including this day; differences count school days."""
        weeks, rest = divmod(ordinal, 7)
        return weeks * 5 + min(rest, 5) - bisect_right(self._free, ordinal)

    def school_days_between(self, first: date, last: date) -> int:
        """School days after `first` up to and including `last`."""
        return self.school_day_number(last.toordinal()) - self.school_day_number(first.toordinal())

    def school_days(self, week: int) -> tuple[int, ...]:
        """Ordinals of the week's school days."""
        if week not in self._days:
            monday = week * 7 + 1
            self._days[week] = tuple(day for day in range(monday, monday + 5) if not self._is_free(day))
        return self._days[week]

    def is_school_week(self, week: int) -> bool:
        sunday = week * 7 + 7
        return self.school_day_number(sunday) > self.school_day_number(sunday - 7)

    # -- windows ---------------------------------------------------------------------------------------

    def last(self, weeks: int, until: date) -> Window:
        """The last so many school weeks up to and including the week of `until`."""
        found: list[int] = []
        week = week_of(until)
        earliest = max(0, week - weeks - 520)  # a calendar of nothing but holidays must end somewhere
        while len(found) < weeks and week > earliest:
            if self.is_school_week(week):
                found.append(week)
            week -= 1
        return self._window(found[::-1], until)

    def before(self, window: Window) -> Window:
        """The equally long window just before this one."""
        day = monday_of(window.weeks[0]) if window.weeks else window.from_
        return self.last(len(window.weeks), day - timedelta(days=1))

    def between(self, first: date, last: date) -> Window:
        """All school weeks whose first school day lies between two days, both included."""
        weeks = [
            week
            for week in range(week_of(first), week_of(last) + 1)
            if (days := self.school_days(week)) and first.toordinal() <= days[0] <= last.toordinal()
        ]
        return self._window(weeks, last)

    def school_year(self, day: date) -> Window:
        """The school year (1 August – 31 July) a day lies in."""
        year = day.year if day.month >= 8 else day.year - 1
        return self.between(date(year, 8, 1), date(year + 1, 7, 31))

    def terms(self, day: date) -> tuple[Window, ...]:
        """The terms of a day's school year: runs of school weeks between holidays of at least five school
        days. A week that a holiday cuts belongs to the term of its first school day."""
        year = self.school_year(day)
        terms: list[list[int]] = []
        last_day = 0
        for week in year.weeks:
            first_day = self.school_days(week)[0]
            if not terms or self._weekdays_between(last_day, first_day) >= TERM_BREAK:
                terms.append([])
            terms[-1].append(week)
            last_day = self.school_days(week)[-1]
        return tuple(self._window(weeks, None) for weeks in terms)

    def _weekdays_between(self, first: int, last: int) -> int:
        return sum(1 for day in range(first + 1, last) if (day - 1) % 7 < 5)

    def complete_terms(self, until: date, count: int) -> tuple[Window, ...]:
        """The last `count` terms that were over on a day, oldest first; fewer when the calendar knows no
        holidays in those years."""
        year = until.year if until.month >= 8 else until.year - 1
        days = (date(year - back, 12, 1) for back in range(count, -1, -1))
        terms = [term for day in days for term in self.terms(day) if term.until <= until]
        return tuple(terms[-count:])

    def _window(self, weeks: Sequence[int], until: date | None) -> Window:
        if not weeks:
            day = until or date.min
            return Window(day, day, ())
        sunday = monday_of(weeks[-1]) + timedelta(days=6)
        return Window(monday_of(weeks[0]), min(sunday, until) if until else sunday, tuple(weeks))
