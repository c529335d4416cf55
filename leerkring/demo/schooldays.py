"""From "four school days ago at ten" to a moment that lies on a school day and has already been."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice

from leerkring.clock import AMSTERDAM
from leerkring.network import schooldays

#: Between these the people in the demo write.
OPENS, CLOSES = time(8), time(17)
#: A day counts as begun when there is some room in it for what happened "today".
BEGUN = time(8, 20)
#: A moment, and what happens then.
Act = tuple[datetime, Callable[[datetime], None]]


class SchoolDays:
    """The school days that had begun at `now` (aware), the last one first."""

    def __init__(self, now: datetime, holidays: Iterable[tuple[date, date]]) -> None:
        self._now = now.astimezone(AMSTERDAM)
        self._school_days = schooldays.SchoolDays([holidays])
        self._days: list[date] = []
        self._back = self._backwards()

    def moment(self, ago: int, at: time) -> datetime:
        """Aware moment `ago` school days back, 0 being the last one that began, at `at` in Amsterdam.

        `at` lies between OPENS and CLOSES. On a day that is still going on, the hours that have passed stand
        for the whole of it, so that the order of what happened stays and nothing lies ahead.
        """
        if not OPENS <= at < CLOSES:
            raise ValueError(f"{at} is outside the hours in which people in the demo write")
        while len(self._days) <= ago:
            self._days.append(next(self._back))
        day = self._days[ago]
        opens, closes = (datetime.combine(day, hour, AMSTERDAM) for hour in (OPENS, CLOSES))
        moment = datetime.combine(day, at, AMSTERDAM)
        if self._now >= closes:
            return moment
        return opens + (moment - opens) * ((self._now - opens) / (closes - opens))

    def day(self, ago: int) -> date:
        """The day `ago` school days back; ahead of today when it is below zero."""
        if ago >= 0:
            return self.moment(ago, OPENS).date()
        tomorrow = self._now.date() + timedelta(days=1)
        return next(islice(self._school_days.onward(tomorrow), -ago - 1, None))

    def _backwards(self) -> Iterator[date]:
        today = self._now.date()
        return self._school_days.back(today if self._now.time() >= BEGUN else today - timedelta(days=1))
