"""What people in the demo know without thinking of it, as acts at their moments: said, limited, tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from leerkring.communities import thread
from leerkring.communities.models import Membership
from leerkring.demo.schooldays import Act, SchoolDays
from leerkring.demo.story import Knowing, Limited, Story, Tried
from leerkring.goals.models import Goal
from leerkring.insights.happenings import Tacit
from leerkring.insights.models import Insight, Trying, Worked
from leerkring.people.models import User


@dataclass
class Insights:
    """Of one story, with what the play made so far. `origin` finds what an insight follows from."""

    story: Story
    days: SchoolDays
    cast: dict[str, User]
    members: dict[str, Membership]
    goals: dict[str, Goal]
    origin: Callable[[str | None, User], thread.Thing | None]
    made: dict[int, Insight] = field(default_factory=dict)
    tryings: dict[tuple[int, str], Trying] = field(default_factory=dict)

    def acts(self) -> Iterator[Act]:
        for number, said in enumerate(self.story.insights):
            yield self.days.moment(said.ago, said.at), partial(self._capture, number, said)
            for limited in said.limited:
                yield self.days.moment(limited.ago, limited.at), partial(self._limit, number, limited)
            for tried in said.tried:
                yield self.days.moment(tried.ago, tried.at), partial(self._try_out, number, tried)
                if tried.told is not None:
                    yield self.days.moment(tried.told, tried.at), partial(self._tell, number, tried)

    def _capture(self, number: int, said: Knowing, at: datetime) -> None:
        self.made[number] = Insight.capture(
            by=self.members[said.who],
            kind=Tacit(said.kind),
            what=said.what,
            why=said.why,
            noticed=said.noticed,
            practice=said.practice,
            goal=self.goals[said.goal] if said.goal else None,
            follows=self.origin(said.follows, self.cast[said.who]),
            at=at,
        )

    def _limit(self, number: int, limited: Limited, at: datetime) -> None:
        self.made[number].limit(by=self.members[limited.who], text=limited.text, at=at)

    def _try_out(self, number: int, tried: Tried, at: datetime) -> None:
        by, on = self.members[tried.who], self.days.day(tried.on)
        self.tryings[number, tried.who] = self.made[number].try_out(by=by, on=on, at=at)

    def _tell(self, number: int, tried: Tried, at: datetime) -> None:
        self.made[number].tell(
            by=self.members[tried.who],
            trying=self.tryings[number, tried.who],
            worked=Worked(tried.worked),
            text=tried.text,
            at=at,
        )
