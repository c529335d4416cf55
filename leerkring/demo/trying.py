"""What people in the demo try out in class, as acts at their moments: begun, told, tried by a colleague too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from leerkring.communities import thread
from leerkring.communities.models import Membership
from leerkring.demo.schooldays import Act, SchoolDays
from leerkring.demo.story import Experiment, Story
from leerkring.goals.happenings import Decision
from leerkring.goals.models import Goal
from leerkring.insights.models import Worked
from leerkring.people.models import User
from leerkring.practice.models import Tryout


@dataclass
class Experiments:
    """Of one story, with what the play made so far. `origin` finds what a try-out follows from."""

    story: Story
    days: SchoolDays
    cast: dict[str, User]
    members: dict[str, Membership]
    goals: dict[str, Goal]
    origin: Callable[[str | None, User], thread.Thing | None]
    made: dict[int, Tryout] = field(default_factory=dict)
    by_key: dict[str, Tryout] = field(default_factory=dict)

    def acts(self) -> Iterator[Act]:
        for number, one in enumerate(self.story.experiments):
            yield self.days.moment(one.ago, one.at), partial(self._begin, number, one)
            if one.told is not None:
                yield self.days.moment(one.told, one.at), partial(self._tell, number, one)

    def _begin(self, number: int, one: Experiment, at: datetime) -> None:
        user = self.cast[one.who]
        if one.repeats:
            follows = thread.find(user, f"tryout:{self.by_key[one.repeats].pk}")
        else:
            follows = self.origin(one.follows, user)
        self.made[number] = Tryout.begin(
            by=self.members[one.who],
            idea=one.idea,
            expected=one.expected,
            on=self.days.day(one.on),
            where=one.where,
            goal=self.goals[one.goal] if one.goal else None,
            follows=follows,
            at=at,
        )
        if one.key:
            self.by_key[one.key] = self.made[number]

    def _tell(self, number: int, one: Experiment, at: datetime) -> None:
        self.made[number].conclude(
            by=self.members[one.who],
            worked=Worked(one.worked),
            decision=Decision(one.decision),
            reason=one.reason,
            evidence=one.evidence,
            adapted=one.adapted,
            at=at,
        )
