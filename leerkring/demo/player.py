"""Plays the stories through the product's own verbs, each act at its own moment, in the order of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial

from django.contrib.auth.hashers import make_password
from django.db import transaction

from leerkring import clock
from leerkring.communities import consent, inbox, thread
from leerkring.communities.happenings import Role
from leerkring.communities.models import Admission, Community, Invitation, Membership, Notice
from leerkring.demo import PASSWORD, is_complete
from leerkring.demo.gathering import Gatherings
from leerkring.demo.knowing import Insights
from leerkring.demo.purpose import Purposes
from leerkring.demo.schooldays import OPENS, Act, SchoolDays
from leerkring.demo.story import (
    STORIES,
    Asked,
    Gone,
    Member,
    Question,
    Said,
    Story,
    Talk,
    cards,
    people,
    story,
)
from leerkring.demo.trying import Experiments
from leerkring.demo.visiting import Visiting
from leerkring.effectiveness.models import Agreement
from leerkring.effectiveness.models.agreement import voters
from leerkring.goals.models import Goal
from leerkring.knowledge.happenings import Purpose
from leerkring.knowledge.models import Contribution, Conversation
from leerkring.meetings.live import sweeping
from leerkring.network.models import Board, Holiday, Leadership, Network, School
from leerkring.people import halfdays
from leerkring.people.models import Away, User
from leerkring.public.demo_roles import DEMO_ROLES

#: Who was helped says so this much later.
THANKS_AFTER = timedelta(minutes=20)
#: Who leaves, does so when the last lesson is over.
LAST_HOUR = time(16, 30)
#: The staff's council consented so long before a group begins.
DECIDED_BEFORE = timedelta(days=30)

#: Who comes in, tells about themselves in one of so many school days.
ACQUAINTED_WITHIN = 3
#: The parts of "ma wo-ochtend".
DAYS, PARTS = ("ma", "di", "wo", "do", "vr"), ("ochtend", "middag")
#: School days ago that people in the demo last looked in their inbox.
READ_SINCE = 4


@transaction.atomic
def play() -> None:
    """All people, schools and stories, once."""
    if is_complete():
        return
    now = clock.now()
    cast = _cast()
    for name in STORIES:
        _Play(story(name), cast, now).run()
    sweeping.clear(now)


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
        if key in cards() and cards()[key].there:
            user.be_at_school(_half_days(cards()[key].there))
        cast[key] = user
    return cast


def _half_days(there: str) -> int:
    """ "ma wo-ochtend": the whole of Monday, and Wednesday morning."""
    bits = []
    for word in there.split():
        day, _, part = word.partition("-")
        parts = [PARTS.index(part)] if part else range(len(PARTS))
        bits += [2 * DAYS.index(day) + each for each in parts]
    return halfdays.together(bits)


@dataclass
class _Play:
    """One story being played; what was made so far, by the keys of the story."""

    story: Story
    cast: dict[str, User]
    now: datetime
    #: Those that take part, the home first.
    schools: list[School] = field(init=False)
    community: Community = field(init=False)
    members: dict[str, Membership] = field(default_factory=dict)
    talks: dict[str, Conversation] = field(default_factory=dict)
    said: dict[tuple[str, int], Contribution] = field(default_factory=dict)
    goals: dict[str, Goal] = field(default_factory=dict)

    def run(self) -> None:
        self.schools = self._find_schools() if self.story.school is None else [self._open_school()]
        # A day on which one of the schools has a holiday is none for who works together with it.
        holidays = Holiday.objects.filter(school__in=self.schools)
        self.days = SchoolDays(self.now, holidays.values_list("first_day", "last_day"))
        purposes = Purposes(self.story, self.days, self.cast, self.members, self.goals, self._origin)
        meetings = Gatherings(self.story, self.days, self.members, self.goals)
        insights = Insights(self.story, self.days, self.cast, self.members, self.goals, self._origin)
        tryouts = Experiments(self.story, self.days, self.cast, self.members, self.goals, self._origin)
        acts = [
            *self._coming_and_going(),
            *self._talking(),
            *purposes.acts(),
            *insights.acts(),
            *tryouts.acts(),
            *Visiting(self.story, self.days, self.members, self.goals).acts(),
            *meetings.acts(),
            *self._waiting(),
        ]
        for moment, act in sorted(acts, key=lambda a: a[0]):
            with clock.at(moment):
                act(moment)
        self._agree()
        self._read_up()

    def _read_up(self) -> None:
        """Everyone has read what is older than the last few school days, and nobody all of it."""
        old = Notice.objects.filter(community=self.community, at__lt=self.days.moment(READ_SINCE, OPENS))
        with clock.at(self.now):
            for reader in User.objects.filter(pk__in=old.values("user")):
                inbox.read(reader, old.filter(user=reader))

    @property
    def school(self) -> School:
        return self.schools[0]

    def _find_schools(self) -> list[School]:
        """Those of stories before, in the order of this one."""
        return [School.objects.get(name=name) for name in self.story.schools]

    def _open_school(self) -> School:
        """With its buildings, under its board, among the schools it learns with."""
        board = Board.objects.get_or_create(name=self.story.board)[0] if self.story.board else None
        school = School.open(**self.story.school or {}, board=board)
        for location in self.story.locations:
            school.add_location(name=location)
        if self.story.network:
            self._learn_with_others(school)
        return school

    def _learn_with_others(self, school: School) -> None:
        network = Network.objects.filter(name=self.story.network["name"]).first()
        if network is None:
            Network.open(**self.story.network, schools=[school])
        else:
            network.revise(name=network.name, aim=network.aim, schools=[*network.schools.all(), school])

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
        for place, member in enumerate(self.story.members):
            if member.who in cards():
                ago = member.came - 1 - place % ACQUAINTED_WITHIN
                yield self.days.moment(ago, member.at), partial(self._introduce, member)

    def _waiting(self) -> Iterator[Act]:
        """What is not answered, and who is not there."""
        for asked in self.story.asked:
            yield self.days.moment(asked.ago, asked.at), partial(self._invite, asked)
        for question in self.story.questions:
            yield self.days.moment(question.ago, question.at), partial(self._ask, question)
        for gone in self.story.gone:
            yield self.days.moment(gone.ago, gone.at), partial(self._be_away, gone)

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
        is_shared = self.story.school is None
        self.community = Community.found(
            school=self.school,
            schools=self.schools[1:],
            network=Network.objects.get(name=self.story.network["name"]) if is_shared else None,
            name=self.story.name,
            aim=self.story.aim,
            by=user,
            at=at,
        )
        self.members[founder.who] = Membership.objects.get(community=self.community, user=user)
        if is_shared:
            return  # Its schools gave their consent in the stories before.
        by = self.cast[self.story.leaders[0]] if self.story.leaders else None
        consent.give(self.school, decided_on=at.date() - DECIDED_BEFORE, by=by, at=at)

    def _join(self, member: Member, at: datetime) -> None:
        until = None
        if member.days is not None:
            until = self.now.astimezone(clock.AMSTERDAM).date() + timedelta(days=member.days)
        at_home = self.school if member.location else None
        school = next((one for one in self.schools if one.name == member.school), at_home)
        location = school.locations.get(name=member.location) if school and member.location else None
        self.members[member.who] = self.community.join(
            self.cast[member.who],
            role=Role(member.role),
            until=until,
            school=school,
            location=location,
            at=at,
        )

    def _introduce(self, member: Member, at: datetime) -> None:
        card = cards()[member.who]
        lines = {"gives": card.gives, "shows": card.shows, "curious": card.curious}
        self.members[member.who].introduce(**lines, at=at)

    def _invite(self, asked: Asked, at: datetime) -> None:
        """Nothing is mailed here: whoever invited hands the link over."""
        by = self.members[self.story.members[0].who]
        Invitation.make(self.community, email=asked.email, name=asked.name, by=by, mailed=False, at=at)

    def _ask(self, question: Question, at: datetime) -> None:
        admission = Admission.ask(self.community, self.cast[question.who], role=Role.MEMBER, at=at)
        for who in question.agree:
            admission.answer(agrees=True, by=self.members[who], at=at)

    def _be_away(self, gone: Gone, at: datetime) -> None:
        """Until the last school day of this week, or its last day when that is over."""
        first, today = (moment.astimezone(clock.AMSTERDAM).date() for moment in (at, self.now))
        last = today + timedelta(days=(4 if today.weekday() < 5 else 6) - today.weekday())
        Away.plan(by=self.cast[gone.who], first_day=first, last_day=last, shows_last_day=True, at=at)

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
                follows=self._origin(talk.follows, self.cast[one.who]),
                at=at,
            )
            self.talks[talk.key] = conversation
            self.said[talk.key, 1] = conversation.contributions.get()
            return
        to = None if one.to is None else self.said[talk.key, one.to]
        self.said[talk.key, number] = self.talks[talk.key].reply(by=by, text=one.text, to=to, at=at)

    def _origin(self, key: str | None, user: User) -> thread.Thing | None:
        """The conversation or the goal of that key, as far as it was begun."""
        if key is None:
            return None
        found = f"goal:{self.goals[key].pk}" if key in self.goals else f"conversation:{self.talks[key].pk}"
        return thread.find(user, found)
