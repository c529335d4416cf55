"""Plays the stories through the product's own verbs, each act at its own moment, in the order of time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial

from django.contrib.auth.hashers import make_password
from django.db import transaction

from leerkring import clock
from leerkring.communities import consent, thread
from leerkring.communities.happenings import Role
from leerkring.communities.models import Community, Membership, Notice
from leerkring.demo import PASSWORD, is_complete
from leerkring.demo.schooldays import OPENS, SchoolDays
from leerkring.demo.story import STORIES, Member, Said, Story, Talk, people, story
from leerkring.effectiveness.models import Agreement
from leerkring.effectiveness.models.agreement import voters
from leerkring.knowledge.happenings import Purpose
from leerkring.knowledge.models import Contribution, Conversation
from leerkring.network.models import Board, Leadership, Network, School
from leerkring.people.models import User
from leerkring.public.demo_roles import DEMO_ROLES

#: Who was helped says so this much later.
THANKS_AFTER = timedelta(minutes=20)
#: Who leaves, does so when the last lesson is over.
LAST_HOUR = time(16, 30)
#: The staff's council consented so long before a group begins.
DECIDED_BEFORE = timedelta(days=30)

#: School days ago that people in the demo last looked in their inbox.
READ_SINCE = 4

Act = tuple[datetime, Callable[[datetime], None]]


@transaction.atomic
def play() -> None:
    """All people, schools and stories, once."""
    if is_complete():
        return
    now = clock.now()
    cast = _cast()
    for name in STORIES:
        _Play(story(name), cast, now).run()


def _cast() -> dict[str, User]:
    """Everyone, by key. Only who can be stepped into gets a password; it is hashed once, for that is slow."""
    known = make_password(PASSWORD)
    open_to_all = {role.email for role in DEMO_ROLES}
    cast = {}
    for key, person in people().items():
        user = User.objects.create_user(
            person.email, name=person.name, is_administrator=person.is_administrator, is_demo=True
        )
        if user.email in open_to_all:
            user.password = known
            user.save(update_fields=["password"])
        cast[key] = user
    return cast


@dataclass
class _Play:
    """One story being played; what was made so far, by the keys of the story."""

    story: Story
    cast: dict[str, User]
    now: datetime
    school: School = field(init=False)
    community: Community = field(init=False)
    members: dict[str, Membership] = field(default_factory=dict)
    talks: dict[str, Conversation] = field(default_factory=dict)
    said: dict[tuple[str, int], Contribution] = field(default_factory=dict)

    def run(self) -> None:
        self._open_school()
        self.days = SchoolDays(self.now, self.school.holidays.values_list("first_day", "last_day"))
        acts = [*self._coming_and_going(), *self._talking()]
        for moment, act in sorted(acts, key=lambda a: a[0]):
            with clock.at(moment):
                act(moment)
        self._agree()
        self._read_up()

    def _read_up(self) -> None:
        """Everyone has read what is older than the last few school days, and nobody all of it."""
        old = Notice.objects.filter(community=self.community, at__lt=self.days.moment(READ_SINCE, OPENS))
        readers = set(old.values_list("user", flat=True))
        old.update(read_at=self.now)
        Notice.count_unread(readers)

    def _open_school(self) -> None:
        """With its buildings, under its board, among the schools it learns with."""
        board = Board.objects.get_or_create(name=self.story.board)[0] if self.story.board else None
        self.school = School.open(**self.story.school, board=board)
        for location in self.story.locations:
            self.school.add_location(name=location)
        if self.story.network:
            network, _ = Network.objects.get_or_create(name=self.story.network)
            network.schools.add(self.school)

    def _agree(self) -> None:
        """The group can go on with what is counted: asked when the last of them came in, answered one by one."""
        moment = max(self.days.moment(member.came, member.at) for member in self.story.members)
        with clock.at(moment):
            agreement = Agreement.put(by=self.members[self.story.members[0].who], at=moment)
            for member in voters(self.community):
                agreement.answer(by=member, agrees=True, at=moment)

    def _coming_and_going(self) -> Iterator[Act]:
        founder, *others = self.story.members
        start = self.days.moment(founder.came, founder.at)
        yield start, partial(self._found, founder)
        for member in others:
            yield self.days.moment(member.came, member.at), partial(self._join, member)
            if member.left is not None:
                yield self.days.moment(member.left, LAST_HOUR), partial(self._leave, member)

    def _talking(self) -> Iterator[Act]:
        for talk in self.story.talks:
            for number, one in enumerate(talk.said, 1):
                moment = self.days.moment(one.ago, one.at)
                yield moment, partial(self._say, talk, number, one)
                yield from self._thanks(talk, number, one)

    def _thanks(self, talk: Talk, number: int, one: Said) -> Iterator[Act]:
        for place, who in enumerate(one.helps, 1):
            later = datetime.combine(date.min, one.at) + THANKS_AFTER * place
            yield self.days.moment(one.ago, later.time()), partial(self._help, talk, number, who)

    def _found(self, founder: Member, at: datetime) -> None:
        user = self.cast[founder.who]
        for leader in self.story.leaders:
            Leadership.objects.create(school=self.school, user=self.cast[leader], since=at.date())
        self.community = Community.found(
            school=self.school, name=self.story.name, aim=self.story.aim, by=user, at=at
        )
        self.members[founder.who] = Membership.objects.get(community=self.community, user=user)
        by = self.cast[self.story.leaders[0]] if self.story.leaders else None
        consent.give(self.school, decided_on=at.date() - DECIDED_BEFORE, by=by, at=at)

    def _join(self, member: Member, at: datetime) -> None:
        until = None
        if member.days is not None:
            until = self.now.astimezone(clock.AMSTERDAM).date() + timedelta(days=member.days)
        self.members[member.who] = self.community.join(
            self.cast[member.who], role=Role(member.role), until=until, at=at
        )
        if member.location:
            self.members[member.who].come_from(self.school, self.school.locations.get(name=member.location))

    def _leave(self, member: Member, at: datetime) -> None:
        self.members[member.who].leave(at=at)

    def _help(self, talk: Talk, number: int, who: str, at: datetime) -> None:
        self.said[talk.key, number].help(by=self.members[who], at=at)

    def _say(self, talk: Talk, number: int, one: Said, at: datetime) -> None:
        by = self.members[one.who]
        if number == 1:
            conversation = Conversation.open(
                by=by,
                title=talk.title,
                purpose=Purpose(talk.purpose),
                text=one.text,
                follows=self._origin(talk, self.cast[one.who]),
                at=at,
            )
            self.talks[talk.key] = conversation
            self.said[talk.key, 1] = conversation.contributions.get()
            return
        to = None if one.to is None else self.said[talk.key, one.to]
        self.said[talk.key, number] = self.talks[talk.key].reply(by=by, text=one.text, to=to, at=at)

    def _origin(self, talk: Talk, user: User) -> thread.Thing | None:
        return thread.find(user, f"conversation:{self.talks[talk.follows].pk}") if talk.follows else None
