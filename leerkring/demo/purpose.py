"""What the communities of the demo stand for and work on, as acts at their moments: vision, agreements and goals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.utils import translation
from django.utils.formats import date_format

from leerkring.communities import thread
from leerkring.communities.models import Membership
from leerkring.demo import pupils
from leerkring.demo.schooldays import Act, SchoolDays
from leerkring.demo.story import Aim, Concluded, Dropped, Measured, Revised, Stance, Story
from leerkring.goals import ending, measuring
from leerkring.goals.happenings import Decision
from leerkring.goals.models import Goal, Measurement, Statement
from leerkring.people.models import User

#: Who is asked answers within so many school days.
ANSWERED_WITHIN = 3


@dataclass
class Purposes:
    """Of one story, with what the play made so far. `origin` finds what a goal follows from."""

    story: Story
    days: SchoolDays
    cast: dict[str, User]
    members: dict[str, Membership]
    goals: dict[str, Goal]
    origin: Callable[[str | None, User], thread.Thing | None]

    def acts(self) -> Iterator[Act]:
        for stance in self.story.stances:
            yield self.days.moment(stance.ago, stance.at), partial(self._write, stance)
            for moment, who in self._answers(stance.who, stance.ago, stance.waiting):
                yield moment, partial(self._endorse, stance, who)
        for aim in self.story.aims:
            yield from self._working_on(aim)

    def _working_on(self, aim: Aim) -> Iterator[Act]:
        yield self.days.moment(aim.ago, aim.at), partial(self._draft, aim)
        for number, measured in enumerate(aim.measured):
            moment = self.days.moment(measured.ago, measured.at)
            yield moment, partial(self._measure, aim, number, measured)
        if (revised := aim.revised) is not None:
            yield self.days.moment(revised.ago, revised.at), partial(self._revise, aim, revised)
        if (asked := aim.asked) is not None:
            yield self.days.moment(asked.ago, asked.at), partial(self._ask, aim, asked.who)
            for moment, who in self._answers(asked.who, asked.ago, aim.waiting):
                yield moment, partial(self._agree, aim, who)
        if (concluded := aim.concluded) is not None:
            yield self.days.moment(concluded.ago, concluded.at), partial(self._conclude, aim, concluded)
        if (dropped := aim.dropped) is not None:
            yield self.days.moment(dropped.ago, dropped.at), partial(self._drop, aim, dropped)

    def _answers(self, by: str, asked: int, waiting: tuple[str, ...]) -> Iterator[tuple[datetime, str]]:
        """A yes of everyone who is there when it is asked, on the days after; `by` said it in asking."""
        for place, member in enumerate(self.story.members):
            is_there = member.came > asked and (member.left is None or member.left < asked)
            if is_there and member.role != "guest" and member.who not in {by, *waiting}:
                yield self.days.moment(asked - 1 - place % ANSWERED_WITHIN, member.at), member.who

    def _write(self, stance: Stance, at: datetime) -> None:
        by, kind = self.members[stance.who], Statement.Kind(stance.kind)
        standing = Statement.objects.standing(by.community).get(kind)
        seen = standing.number if standing else 0
        Statement.write(by=by, kind=kind, text=stance.text, seen=seen, at=at)

    def _endorse(self, stance: Stance, who: str, at: datetime) -> None:
        by = self.members[who]
        Statement.objects.standing(by.community)[stance.kind].endorse(by=by, at=at)

    def _draft(self, aim: Aim, at: datetime) -> None:
        by = self.members[aim.who]
        follows = self.origin(aim.follows, self.cast[aim.who])
        self.goals[aim.key] = Goal.draft(by=by, text=aim.text, follows=follows, at=at)

    def _revise(self, aim: Aim, revised: Revised, at: datetime) -> None:
        goal, until = self.goals[aim.key], self.days.day(revised.until)
        parts = {
            "text": revised.text.replace("{until}", _in_words(until)),
            "pupils": revised.pupils,
            "not_yet": revised.not_yet,
            "until": until,
            "product": revised.product,
        }
        owners = [self.members[who] for who in aim.owners]
        goal.revise(by=self.members[revised.who], seen=goal.revision, parts=parts, owners=owners, at=at)

    def _measure(self, aim: Aim, number: int, measured: Measured, at: datetime) -> None:
        """How it is seen is named when it is measured for the first time."""
        goal, by = self.goals[aim.key], self.members[measured.who]
        if number == 0:
            measuring.name_measure(goal, by=by, fields=aim.measure or {}, at=at)
        measuring.set_down(
            goal.measures.get(),
            by=by,
            role=Measurement.Role(measured.role),
            on=self.days.day(measured.ago),
            value=measured.value,
            n=measured.n,
            label=measured.label,
            note=measured.note,
            own_class=measured.own_class,
            results=pupils.results(aim, number) if measured.mean is not None else None,
            at=at,
        )

    def _ask(self, aim: Aim, who: str, at: datetime) -> None:
        self.goals[aim.key].ask(by=self.members[who], at=at)

    def _agree(self, aim: Aim, who: str, at: datetime) -> None:
        self.goals[aim.key].agree(by=self.members[who], at=at)

    def _conclude(self, aim: Aim, concluded: Concluded, at: datetime) -> None:
        ending.conclude(
            self.goals[aim.key],
            by=self.members[concluded.who],
            decision=Decision(concluded.decision),
            yielded=concluded.yielded.strip(),
            kept_where=concluded.kept_where,
            kept_by=self.members[concluded.kept_by],
            look_again_on=self.days.day(concluded.look_again),
            at=at,
        )

    def _drop(self, aim: Aim, dropped: Dropped, at: datetime) -> None:
        ending.drop(self.goals[aim.key], by=self.members[dropped.who], because=dropped.because, at=at)


def _in_words(day: date) -> str:
    """As people in the demo write it."""
    with translation.override("nl"):
        return date_format(day, "j F Y")
