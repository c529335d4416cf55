"""The meetings of the communities of the demo, as acts at their moments: planned, prepared, answered, and held when
they were before today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from leerkring.clock import AMSTERDAM
from leerkring.communities.models import Community, Membership
from leerkring.demo import holding
from leerkring.demo.schooldays import Act, SchoolDays
from leerkring.demo.story import Story
from leerkring.demo.story_meeting import Agreed, Gathering, Held
from leerkring.goals.models import Goal
from leerkring.meetings import agenda, planning, polling, replying, schoolyear, turns
from leerkring.meetings.models import Agreement, Meeting
from leerkring.meetings.workform import Role
from leerkring.network.calendar import calendar_of

#: Who is asked whether they come, or can, answers within so many school days.
ANSWERED_WITHIN = 3
#: What is prepared is prepared so much later.
PREPARED_AFTER = timedelta(minutes=5)


@dataclass
class Gatherings:
    """Of one story, with what the play made so far."""

    story: Story
    days: SchoolDays
    members: dict[str, Membership]
    goals: dict[str, Goal]
    #: By topic; of a series the first.
    planned: dict[str, Meeting] = field(default_factory=dict)

    def acts(self) -> Iterator[Act]:
        for each in self.story.gatherings:
            moment = self.days.moment(each.ago, each.at)
            yield moment, partial(self._plan, each)
            yield moment + PREPARED_AFTER, partial(self._prepare, each)
            for says, people in each.comes.items():
                for place, who in enumerate(people):
                    yield self._answered(each, place), partial(self._comes, each, who, says)
            for place, who in enumerate(each.can):
                yield self._answered(each, place), partial(self._can, each, who)
            if each.held is not None:
                yield from self._holding(each, each.held)

    def _holding(self, each: Gathering, held: Held) -> Iterator[Act]:
        """All of it at its end, with each act at its own moment; then what became of what was agreed."""
        ago = -(each.on or 0)
        ends = datetime.combine(self.days.day(ago), each.begins, AMSTERDAM) + timedelta(minutes=held.lasts)
        yield ends, partial(self._hold, each, held)
        for agreed in held.agreed:
            if agreed.ended is not None:
                yield self.days.moment(agreed.ended, each.at), partial(self._end, each, agreed)

    def _hold(self, each: Gathering, held: Held, at: datetime) -> None:
        meeting, days = self.planned[each.topic], self.days
        holding.Holding(each, held, days, self.members, meeting).play(self._starts(each, each.on or 0), at)

    def _end(self, each: Gathering, agreed: Agreed, at: datetime) -> None:
        found = Agreement.objects.get(meeting=self.planned[each.topic], what=agreed.what)
        by = self.members[(agreed.who or (each.who,))[0]]
        found.close(kept=agreed.kept, by=by, at=at)

    def _answered(self, each: Gathering, place: int) -> datetime:
        ago = max(each.ago - 1 - place % ANSWERED_WITHIN, 0)
        return self.days.moment(ago, each.at)

    def _starts(self, each: Gathering, ahead: int) -> datetime:
        return datetime.combine(self.days.day(-ahead), each.begins, AMSTERDAM)

    def _plan(self, each: Gathering, at: datetime) -> None:
        by = self.members[each.who]
        fields: dict[str, Any] = {
            "topic": each.topic,
            "question": each.question,
            "goal": self.goals[each.goal] if each.goal else None,
            "minutes": each.minutes,
            "place": each.place,
            "link": each.link,
            "bring": each.bring,
            "material": each.material,
        }
        if each.on is None:
            moments = [self._starts(each, ahead) for ahead in each.moments]
            self.planned[each.topic] = planning.plan(by=by, fields=fields, moments=moments, at=at)
            return
        fields["starts_at"] = self._starts(each, each.on)
        if each.times == 1:
            self.planned[each.topic] = planning.plan(by=by, fields=fields, at=at)
            return
        fallen = self._days_of(each, by.community)
        series = [{**fields, "starts_at": datetime.combine(day, each.begins, AMSTERDAM)} for day in fallen]
        made = planning.plan_series(by=by, title=each.topic, meetings=series, at=at)
        self.planned[each.topic] = made[0]

    def _days_of(self, each: Gathering, community: Community) -> list[date]:
        first = self.days.day(-(each.on or 1))
        calendar = calendar_of(community.school)
        fallen = schoolyear.days(calendar, first, every=each.every, times=each.times)
        return [one.day for one in fallen]

    def _prepare(self, each: Gathering, at: datetime) -> None:
        meeting, by = self.planned[each.topic], self.members[each.who]
        for point in each.points:
            fields = {
                "title": point.title,
                "minutes": point.minutes,
                "kind": point.kind,
                "workform": point.workform,
            }
            agenda.add(meeting, by=self.members[point.who or each.who], fields=fields)
        if each.turns:
            named = {Role(role): self.members[who] for role, who in each.turns.items()}
            turns.divide(meeting, by=by, turns=named, at=at)

    def _comes(self, each: Gathering, who: str, says: str, at: datetime) -> None:
        replying.reply(self.planned[each.topic], by=self.members[who], says=says, at=at)

    def _can(self, each: Gathering, who: str, at: datetime) -> None:
        meeting = self.planned[each.topic]
        says = dict(zip((option.pk for option in meeting.options.all()), each.can[who], strict=True))
        polling.answer(meeting, by=self.members[who], says=says)
