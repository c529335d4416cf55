"""Small communities told in a few lines, for tests that read like sentences."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from leerkring.engine.calendar import Calendar
from leerkring.engine.facts import CommunityFacts, Event, Member
from leerkring.engine.live import Live

AUTUMN = (date(2024, 10, 26), date(2024, 11, 3))
CHRISTMAS = (date(2024, 12, 21), date(2025, 1, 5))
SPRING = (date(2025, 2, 22), date(2025, 3, 2))
MAY = (date(2025, 4, 26), date(2025, 5, 4))
SUMMER = (date(2025, 7, 12), date(2025, 8, 24))
CALENDAR = Calendar([(date(2024, 7, 20), date(2024, 9, 1)), AUTUMN, CHRISTMAS, SPRING, MAY, SUMMER])
MARK = date(2025, 2, 21)  # the last day before the spring holiday: twelve school weeks reach to 19 November


class Story:
    """A community of so many members, who do things on days at nine o'clock."""

    def __init__(self, members: int | Iterable[Member]) -> None:
        count = range(1, members + 1) if isinstance(members, int) else ()
        self.members = [Member(id_) for id_ in count] if isinstance(members, int) else list(members)
        self.events: list[Event] = []

    def act(
        self,
        day: date,
        kind: str,
        actor: int | None = None,
        others: tuple[int, ...] = (),
        about: int | None = None,
        **numbers: int,
    ) -> Event:
        at = datetime.combine(day, time(9), UTC) + timedelta(seconds=len(self.events))
        event = Event(len(self.events) + 1, at, kind, actor, others, about, numbers)
        self.events.append(event)
        return event

    def ask(self, day: date, actor: int, about: int) -> Event:
        return self.act(day, "conversation.opened", actor, (), about, purpose=1)

    def answer(self, day: date, actor: int, towards: int, about: int) -> Event:
        return self.act(day, "conversation.replied", actor, (towards,), about)

    def talk(self, first: date, weeks: int) -> Story:
        """Everyone asks in turn, the next member answers the day after: half of them each week."""
        ids = [member.id for member in self.members]
        for week in range(weeks):
            for place in range(len(ids)):
                if (place + week) % 2 == 0:
                    day, about = first + timedelta(days=7 * week), 1000 + week * 100 + place
                    self.ask(day, ids[place], about)
                    self.answer(day + timedelta(days=1), ids[(place + 1) % len(ids)], ids[place], about)
        return self

    def live(self) -> Live:
        return Live(CommunityFacts("story", tuple(self.members), tuple(self.events)), CALENDAR)
