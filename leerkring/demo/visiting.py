"""Whose lessons people in the demo watch, as acts at their moments: opened or asked, watched, talked about, tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from leerkring.clock import AMSTERDAM
from leerkring.communities.models import Membership
from leerkring.demo.schooldays import Act, SchoolDays
from leerkring.demo.story import Lesson, Story, Tries
from leerkring.goals.models import Goal
from leerkring.insights.models import Worked
from leerkring.practice.models import Intention, Note, Visit, Visitor


@dataclass
class Visiting:
    """Of one story, with what the play made so far."""

    story: Story
    days: SchoolDays
    members: dict[str, Membership]
    goals: dict[str, Goal]
    made: dict[int, Visit] = field(default_factory=dict)

    def acts(self) -> Iterator[Act]:
        for number, lesson in enumerate(self.story.lessons):
            said = self.days.moment(lesson.ago, lesson.at)
            yield said, partial(self._open, number, lesson)
            yield said + timedelta(hours=2), partial(self._come, number, lesson)
            if lesson.on >= 0:
                after = self._begins(lesson) + timedelta(hours=1)
                yield after, partial(self._hold, number, lesson)
                for tries in lesson.tries:
                    if tries.told is not None:
                        told = self.days.moment(tries.told, lesson.begins)
                        yield told + timedelta(hours=1), partial(self._tell, number, tries)

    def _begins(self, lesson: Lesson) -> datetime:
        return datetime.combine(self.days.day(lesson.on), lesson.begins, AMSTERDAM)

    def _open(self, number: int, lesson: Lesson, at: datetime) -> None:
        host = self.members[lesson.who]
        fields = {"lesson": lesson.lesson, "minutes": lesson.minutes, "starts_at": self._begins(lesson)}
        if lesson.asked:
            by = self.members[lesson.guests[0]]
            self.made[number] = Visit.ask(by=by, host=host, fields={**fields, "question": ""}, at=at)
            return
        goal = self.goals[lesson.goal] if lesson.goal else None
        more = {"question": lesson.question, "place": lesson.place, "room_for": lesson.room_for, "goal": goal}
        self.made[number] = Visit.open_lesson(by=host, fields={**fields, **more}, at=at)

    def _come(self, number: int, lesson: Lesson, at: datetime) -> None:
        visit = self.made[number]
        if lesson.asked:
            visit.agree(by=self.members[lesson.who], question=lesson.question, at=at)
            return
        for guest in lesson.guests:
            visit.come(by=self.members[guest], at=at)

    def _hold(self, number: int, lesson: Lesson, at: datetime) -> None:
        visit, host = self.made[number], self.members[lesson.who]
        first = self.members[lesson.guests[0]]
        visitor = Visitor.objects.get(visit=visit, member=first)
        visitor.visit, visitor.member = visit, first
        for place, (kind, text) in enumerate(lesson.notes):
            seen = self._begins(lesson) + timedelta(minutes=place)
            visitor.note(by=first, kind=Note.Kind(kind), text=text, key=str(place), at=seen)
        visit.hold_lesson(by=first, at=at)
        if lesson.notes:
            visitor.hand_over(by=first, at=at)
        visit.talk(by=host, at=at)
        for tries in lesson.tries:
            on = self.days.day(tries.on)
            Intention.intend(visit, by=self.members[tries.who], text=tries.text, on=on, at=at)
        if lesson.released:
            visit.release(by=host, on=True, at=at)

    def _tell(self, number: int, tries: Tries, at: datetime) -> None:
        intention = Intention.objects.get(visit=self.made[number], member=self.members[tries.who])
        intention.visit = self.made[number]
        intention.tell(by=self.members[tries.who], worked=Worked(tries.worked), how=tries.how, at=at)
