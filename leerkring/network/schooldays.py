"""On which days there is school, by one calendar or by several; nothing else. No table is read here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

#: Further than this nobody looks: a calendar that is all holiday is a mistake, and must not be searched for ever.
FURTHEST = 400
_DAY = timedelta(days=1)


class SchoolDays:
    """The days from Monday to Friday on which at least one of `calendars` has no holiday; without a calendar all of
    them. A calendar is pairs of first and last day, both included."""

    def __init__(self, calendars: Iterable[Iterable[tuple[date, date]]] = ()) -> None:
        self._calendars = [list(calendar) for calendar in calendars]

    def __contains__(self, day: date) -> bool:
        if day.weekday() > 4:
            return False
        return not self._calendars or not all(
            any(first <= day <= last for first, last in calendar) for calendar in self._calendars
        )

    def onward(self, day: date) -> Iterator[date]:
        """School days from `day` on, as far as one looks ahead."""
        return (later for later in (day + _DAY * n for n in range(FURTHEST)) if later in self)

    def back(self, day: date) -> Iterator[date]:
        """School days from `day` back, without end."""
        while True:
            if day in self:
                yield day
            day -= _DAY

    def begins_the_week(self, day: date) -> bool:
        """Whether `day` is the first school day of its week."""
        return day in self and not any(day - _DAY * n in self for n in range(1, day.weekday() + 1))
