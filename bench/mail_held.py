"""What bench/mail holds, found from what the server took in and from the bench's own book; school days are counted
here in a way of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median, quantiles
from typing import Any

from bench.mail_school import SAID, START, Person, Told, World
from bench.mail_server import Letter, Server
from leerkring.clock import AMSTERDAM

OPENS, CLOSES, POST_TIME = time(7, 30), time(18), time(16)
#: At once is within a quarter of an hour; a round is never further away than five minutes.
QUARTER = timedelta(minutes=15)
_DAY = timedelta(days=1)
_LINK = re.compile(r"/plg/(\d+)/(?:gesprekken/(\d+)|leden)/")


@dataclass(frozen=True)
class Delivered:
    """A letter, whose it is, and the notices that it told."""

    letter: Letter
    person: Person
    notices: frozenset[int]


class Book:
    def __init__(self, world: World, server: Server, outages: list[tuple[datetime, datetime]]) -> None:
        self.world, self.server, self.outages = world, server, outages
        self.delivered: list[Delivered] = []

    def is_school_day(self, person: Person, day: date) -> bool:
        free = [
            any(first <= day <= last for first, last in self.world.holidays[school])
            for school in person.schools
        ]
        return day.isoweekday() <= 5 and not all(free)

    def is_quiet(self, person: Person, at: datetime) -> bool:
        local = at.astimezone(AMSTERDAM)
        return not (OPENS <= local.time() < CLOSES and self.is_school_day(person, local.date()))

    def _school_days(self, person: Person, start: datetime) -> Iterator[date]:
        day = start.astimezone(AMSTERDAM).date()
        while day < self.world.end.date() + 60 * _DAY:
            if self.is_school_day(person, day):
                yield day
            day += _DAY

    def _opening(self, person: Person, at: datetime) -> datetime:
        """`at`, or when mail may go again after it."""
        for day in self._school_days(person, at):
            begin, end = (datetime.combine(day, hour, AMSTERDAM) for hour in (OPENS, CLOSES))
            if at < end:
                return max(at, begin)
        return at + timedelta(days=365)

    def latest(self, told: Told) -> datetime | None:
        """By when it has to be told; None: never by mail."""
        person, rhythm = told.person, told.person.rhythm(told.community, told.kind)
        if rhythm == "never":
            return None
        due = told.at if rhythm == "at_once" else self._post_time(person, told.at, weekly=rhythm == "weekly")
        due = self._opening(person, due)
        # At once is after five minutes of grace, in the round that comes then.
        if rhythm == "at_once" and self.is_quiet(person, due + 2 * timedelta(minutes=5)):
            due = self._opening(person, due + 2 * timedelta(minutes=5))
        if person.away and person.is_away(due):
            due = self._opening(person, person.away[1])
            if due.astimezone(AMSTERDAM).time() != OPENS:  # looked at again on the next school day
                due = self._opening(person, datetime.combine(due.date() + _DAY, time(), AMSTERDAM))
        return self._after_trouble(person, due) + QUARTER

    def _post_time(self, person: Person, at: datetime, *, weekly: bool) -> datetime:
        for day in self._school_days(person, at):
            moment = datetime.combine(day, POST_TIME, AMSTERDAM)
            earlier = (day - _DAY * n for n in range(1, day.isoweekday()))
            if moment >= at and not (weekly and any(self.is_school_day(person, d) for d in earlier)):
                return moment
        return at + timedelta(days=365)

    def _after_trouble(self, person: Person, due: datetime) -> datetime:
        """The waits after a server that was away or said *later*: the next school day at the latest."""
        soon = due + timedelta(hours=2)
        away = any(begin < soon and due < end for begin, end in self.outages)
        said_later = any(due <= at < soon and to == person.user.email for at, to in self.server.troubles)
        if not away and not said_later:
            return due
        following = datetime.combine(due.astimezone(AMSTERDAM).date() + _DAY, time(), AMSTERDAM)
        return self._opening(person, following) + timedelta(hours=6)

    # What is held

    def told_twice(self) -> int:
        times = Counter((d.person.user.pk, pk) for d in self.delivered for pk in d.notices)
        letters = Counter(d.letter.message["Message-ID"] for d in self.delivered)
        return sum(n > 1 for n in times.values()) + sum(n > 1 for n in letters.values())

    def in_quiet_hours(self) -> int:
        return sum(self.is_quiet(d.person, d.letter.at) for d in self.delivered)

    def read_before(self) -> int:
        return sum(
            (read := self.world.told[pk].read) is not None and read <= d.letter.at
            for d in self.delivered
            for pk in d.notices
        )

    def not_for_them(self) -> int:
        """To who left, of what was taken away, while away, or what they wanted no mail of."""
        return sum(
            (told.gone is not None and told.gone <= d.letter.at)
            or told.person is not d.person
            or told.person.is_away(d.letter.at)
            or told.person.rhythm(told.community, told.kind) == "never"
            for d in self.delivered
            for told in (self.world.told[pk] for pk in d.notices)
        )

    def other_links(self) -> int:
        """Letters that lead to anything else than what they tell."""
        return sum(
            {thread(c, k) for c, k in _LINK.findall(d.letter.text)}
            != {self.world.told[pk].thread for pk in d.notices}
            for d in self.delivered
        )

    def with_what_was_said(self) -> int:
        return sum(SAID in d.letter.message.as_string() or SAID in d.letter.text for d in self.delivered)

    def untold_or_late(self, dead: set[str]) -> tuple[int, int]:
        """What was due, not read or taken away before, and not told in time; at all, or too late."""
        when = {pk: d.letter.at for d in reversed(self.delivered) for pk in d.notices}
        lost = {to for _at, to in self.server.lost}
        untold = late = 0
        for pk, told in self.world.told.items():
            latest = self.latest(told)
            ended = min(filter(None, (told.read, told.gone)), default=self.world.end)
            if latest is None or min(ended, self.world.end) <= latest:
                continue
            if told.person.user.email in dead | lost:
                continue
            untold += pk not in when
            late += pk in when and when[pk] > latest
        return untold, late

    def a_week(self, *, usual: bool) -> list[float]:
        """Mails in a school week, of each person."""
        counted = Counter(d.person.user.pk for d in self.delivered)
        return [
            counted[pk] / weeks
            for pk, person in self.world.people.items()
            if person.is_usual == usual and (weeks := self._school_weeks(person))
        ]

    def _school_weeks(self, person: Person) -> int:
        days = [START.date() + _DAY * n for n in range(self.world.days)]
        return len({day.isocalendar()[:2] for day in days if self.is_school_day(person, day)})

    def figures(self, dead: set[str]) -> dict[str, Any]:
        usual = self.a_week(usual=True)
        untold, late = self.untold_or_late(dead)
        return {
            "people": len(self.world.people),
            "communities": len(self.world.communities),
            "days": self.world.days,
            "acts": self.world.acts_done,
            "notices": len(self.world.told),
            "mails": len(self.delivered),
            "notices_mailed": len({pk for d in self.delivered for pk in d.notices}),
            "connections": self.server.connections,
            "said_later": len(self.server.troubles),
            "lost_on_the_way": len(self.server.lost),
            "median_a_week": round(median(usual), 2),
            "p90_a_week": round(quantiles(usual, n=10)[-1], 2),
            "told_twice": self.told_twice(),
            "in_quiet_hours": self.in_quiet_hours(),
            "read_before": self.read_before(),
            "not_for_them": self.not_for_them(),
            "other_links": self.other_links(),
            "with_what_was_said": self.with_what_was_said(),
            "untold": untold,
            "late": late,
        }


def thread(community: str, conversation: str) -> str:
    return f"{community}/conversation:{conversation}" if conversation else f"{community}/members:{community}"
