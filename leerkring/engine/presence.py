"""Who is a member, and not away, in which week."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from leerkring.engine.calendar import Calendar
from leerkring.engine.facts import Event, Member
from leerkring.engine.kinds import MEMBERSHIP

# A change sorts by day; the dates of the member itself come before the day's events.
Change = tuple[int, int, float, int, str]

_JOINED, _LEFT = "member.joined", "member.left"


class Timeline:
    """One member's days: present at the end of the day, or not."""

    def __init__(self, member: Member | None, changes: Iterable[Change]) -> None:
        self.days: list[int] = []
        self.states: list[bool] = []
        self.at_first = member is not None and member.joined is None
        belongs, away = self.at_first, False
        for day, _, _, _, kind in sorted([*_dates(member), *changes]):
            if kind in (_JOINED, _LEFT):
                belongs, away = kind == _JOINED, away and kind == _LEFT
            else:
                away = kind == "member.away"
            self._set(day, belongs and not away)

    def _set(self, day: int, state: bool) -> None:
        if self.days and self.days[-1] == day:
            self.states[-1] = state
        else:
            self.days.append(day)
            self.states.append(state)

    def present(self, day: int) -> bool:
        at = bisect_right(self.days, day)
        return self.states[at - 1] if at else self.at_first

    def present_in(self, days: Sequence[int]) -> bool:
        """Present at the end of at least one of these days (ordinals)."""
        return any(self.present(day) for day in days)


def _dates(member: Member | None) -> list[Change]:
    dates: list[Change] = []
    if member is not None and member.joined is not None:
        dates.append((member.joined.toordinal(), 0, 0, 0, _JOINED))
    if member is not None and member.left is not None:
        dates.append((member.left.toordinal(), 1, 0, 0, _LEFT))
    return dates


def change_of(event: Event, day: int) -> Change:
    """An event of membership on its day (an ordinal), as a change."""
    return (day, 2, _instant(event.at), event.id, event.kind)


def _instant(at: datetime) -> float:
    return at.timestamp()


class Presence:
    """Timelines of all who ever were a member. `ids[i]` is the member of bit i."""

    def __init__(self, members: Iterable[Member], events: Iterable[Event], calendar: Calendar) -> None:
        self._calendar = calendar
        self._weeks: dict[int, int] = {}
        self._changes: defaultdict[int, list[Change]] = defaultdict(list)
        self.members = {member.id: member for member in members}
        joined: dict[int, None] = dict.fromkeys(self.members)
        for event in events:
            if event.kind in MEMBERSHIP and event.actor is not None:
                self._changes[event.actor].append(self._change(event))
                if event.kind == _JOINED:
                    joined[event.actor] = None
        self.ids = tuple(joined)
        self.index = {member: bit for bit, member in enumerate(self.ids)}
        self.schools = self._schools()
        self.teaching = self._teaching()
        self._timelines = [Timeline(self.members.get(id_), self._changes.get(id_, ())) for id_ in self.ids]

        self._sort_out()

    def _sort_out(self) -> None:
        """Set apart those who were there all the time: most, and they need no looking up."""
        self._weeks.clear()
        lines = list(enumerate(self._timelines))
        self._always = sum(1 << bit for bit, line in lines if line.at_first and not line.days)
        self._changing = [(bit, line) for bit, line in lines if line.days]

    def _change(self, event: Event) -> Change:
        return change_of(event, self._calendar.day(event.at).toordinal())

    def add(self, event: Event) -> bool:
        """Take in one more event of membership; False when it makes a new member, so that bits must be
        given out again."""
        if event.actor is None:
            return True
        self._changes[event.actor].append(self._change(event))
        bit = self.index.get(event.actor)
        if bit is None:
            return event.kind != _JOINED
        self._timelines[bit] = Timeline(self.members.get(event.actor), self._changes[event.actor])
        self._sort_out()
        return True

    def week(self, week: int) -> int:
        """The bitset of members present on at least one school day of the week."""
        if week not in self._weeks:
            days = self._calendar.school_days(week)
            present = self._always if days else 0
            for bit, line in self._changing:
                if line.present_in(days):
                    present |= 1 << bit
            self._weeks[week] = present
        return self._weeks[week]

    def during(self, weeks: Iterable[int]) -> int:
        """The bitset of members present in any of the weeks."""
        present = 0
        for week in weeks:
            present |= self.week(week)
        return present

    def _teaching(self) -> int:
        """The bitset of those who could open a lesson; who joined by an event alone is taken to."""
        return sum(
            1 << bit
            for bit, id_ in enumerate(self.ids)
            if id_ not in self.members or self.members[id_].teaches
        )

    def _schools(self) -> tuple[int | None, ...]:
        """Each member's school, None when unknown."""
        return tuple(m.school if (m := self.members.get(id_)) else None for id_ in self.ids)
