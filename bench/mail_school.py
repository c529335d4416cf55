"""The people of bench/mail: schools, communities, who visits how often, and what happens in thirty days.

All of it from one seed. What is done is done by the product's own verbs; what was told to whom, when it was read or
taken away, is written down here, apart from the product's tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random

from leerkring.clock import AMSTERDAM
from leerkring.communities import inbox
from leerkring.communities.happenings import Role
from leerkring.communities.models import Community, Membership, Notice, NoticePreference
from leerkring.communities.notices import KINDS
from leerkring.knowledge.happenings import Purpose
from leerkring.knowledge.models import Contribution, Conversation
from leerkring.network.models import School
from leerkring.people.models import Away, User
from leerkring.people.models.away import midnight

#: A Monday; the autumn holidays of the three regions lie in the weeks after.
START = datetime(2026, 10, 5, tzinfo=AMSTERDAM)
#: In everything that anybody says: no mail may hold it.
SAID = "kanariewoord"
#: Visits in a week, and which part of the people comes so often.
VISITS = ((6.0, 0.2), (3.0, 0.35), (1.0, 0.3), (0.0, 0.15))
CONVERSATIONS_A_WEEK = 2.5
#: An act is there to be written by the clock; seconds make no two fall together.
Act = tuple[datetime, Callable[[datetime], None]]


@dataclass
class Person:
    user: User
    schools: set[int]
    visits: float
    #: As the bench itself keeps it: (community or 0, kind or "") -> rhythm.
    choices: dict[tuple[int, str], str] = field(default_factory=dict)
    away: tuple[datetime, datetime] | None = None

    @property
    def is_usual(self) -> bool:
        return not self.choices

    def is_away(self, at: datetime) -> bool:
        return self.away is not None and self.away[0] <= at < self.away[1]

    def rhythm(self, community: int, kind: str) -> str:
        """The narrowest choice; thanks and newcomers only to who asked for just those."""
        usual = str(KINDS[kind].usual)
        if chosen := self.choices.get((community, kind)):
            return chosen
        wider = self.choices.get((community, "")) or self.choices.get((0, "")) or usual
        return "never" if "never" in {usual, wider} else wider


@dataclass
class Told:
    """One notice, as the bench saw it come."""

    person: Person
    thread: str
    community: int
    kind: str
    at: datetime
    read: datetime | None = None
    gone: datetime | None = None


class World:
    def __init__(self, *, seed: int, people: int, communities: int, days: int) -> None:
        self.random = Random(seed)
        self.days = days
        self.end = START + timedelta(days=days)
        self.told: dict[int, Told] = {}
        self.holidays: dict[int, list[tuple[date, date]]] = {}
        self.people: dict[int, Person] = {}
        self.communities: list[Community] = []
        self._talks: list[Conversation] = []
        self._said: list[Contribution] = []
        self.acts_done = 0
        self._found(people, communities)

    # Before the first day

    def _found(self, people: int, communities: int) -> None:
        before = START - timedelta(days=30)
        regions = ("noord", "midden", "zuid", "midden", "noord")
        schools = [
            School.open(name=f"School {number}", sector="po", region=region)
            for number, region in enumerate(regions)
        ]
        for school in schools:
            self.holidays[school.pk] = list(school.holidays.values_list("first_day", "last_day"))
        users = [
            User.objects.create_user(f"p{number}@school.test", name=f"Persoon{number} Bos")
            for number in range(people)
        ]
        for number, user in enumerate(users):
            self.people[user.pk] = Person(user, {schools[number % len(schools)].pk}, self._visits())
        size = people // communities
        for number in range(communities):
            inside = users[number * size : (number + 1) * size]
            # One in five takes part in a second community, often of another school.
            inside += self.random.sample(users, size // 5)
            self.communities.append(self._community(number, schools, list(dict.fromkeys(inside)), before))
        Notice.forget(Notice.objects.all())
        self._choose(users)

    def _visits(self) -> float:
        kinds, weights = zip(*VISITS, strict=True)
        return float(self.random.choices(kinds, weights)[0])

    def _community(self, number: int, schools: list[School], inside: list[User], at: datetime) -> Community:
        founder, *others = inside
        home = {school.pk: school for school in schools}

        def school_of(user: User) -> School:
            return home[next(iter(self.people[user.pk].schools))]

        community = Community.found(school=school_of(founder), name=f"Groep {number}", by=founder, at=at)
        for user in others:
            community.join(user, school=school_of(user), at=at)
        return community

    def _choose(self, users: list[User]) -> None:
        """A third has a choice of their own; a few are away for some days."""
        chosen = self.random.sample(users, len(users) // 3)
        wishes = ("at_once", "daily", "weekly", "never", "at_once", "daily")
        for number, user in enumerate(chosen):
            person, wish = self.people[user.pk], wishes[number % len(wishes)]
            community = user.memberships.select_related("community").first().community  # type: ignore[union-attr]
            if number % 4 == 3:
                kind = self.random.choice(("helped", "opened", "replied"))
                person.choices[community.pk, kind] = wish
                NoticePreference.choose(user, wish, community=community, kind=kind, at=START)
            elif number % 4 == 2:
                person.choices[community.pk, ""] = wish
                NoticePreference.choose(user, wish, community=community, at=START)
            else:
                person.choices[0, ""] = wish
                NoticePreference.choose(user, wish, at=START)
        for user in self.random.sample(users, max(len(users) // 20, 2)):
            first = START.date() + timedelta(days=self.random.randrange(self.days - 5))
            last = first + timedelta(days=self.random.randrange(1, 8))
            Away.plan(by=user, first_day=first, last_day=last, at=START)
            self.people[user.pk].away = (midnight(first), midnight(last + timedelta(days=1)))

    # What happens

    def acts(self) -> Iterator[Act]:
        """In the order of time."""
        found: list[Act] = []
        for community in self.communities:
            for _ in range(round(CONVERSATIONS_A_WEEK * self.days / 7)):
                found.append((self._moment(), partial(self._open, community)))
        for _ in range(round(len(self.communities) * 8 * self.days / 7)):
            found.append((self._moment(), self._reply))
        for _ in range(round(len(self.communities) * 3 * self.days / 7)):
            found.append((self._moment(), self._help))
        for _ in range(len(self.communities)):
            found += [(self._moment(), self._withdraw), (self._moment(), self._revise)]
        for _ in range(max(len(self.communities) // 2, 1)):
            found += [(self._moment(), self._leave), (self._moment(), self._join)]
        for person in self.people.values():
            for _ in range(round(person.visits * self.days / 7)):
                found.append((self._moment(), partial(self._visit, person)))
        return iter(sorted(found, key=lambda act: act[0]))

    def _moment(self) -> datetime:
        """Mostly on weekdays, mostly between eight and five; also in the evening, in weekends and holidays."""
        while True:
            day = START.date() + timedelta(days=self.random.randrange(self.days))
            if day.weekday() < 5 or self.random.random() < 0.15:
                break
        begin, end = (8, 17) if self.random.random() < 0.75 else (17, 23)
        seconds = self.random.randrange(begin * 3600, end * 3600)
        return datetime.combine(day, time(), AMSTERDAM) + timedelta(seconds=seconds)

    def do(self, moment: datetime, act: Callable[[datetime], None]) -> None:
        last = max(self.told, default=0)
        act(moment)
        self.acts_done += 1
        for notice in Notice.objects.filter(pk__gt=last):
            self.told[notice.pk] = Told(
                self.people[notice.user_id], notice.thread, notice.community_id or 0, notice.kind, moment
            )

    def _member(self, community: Community) -> Membership:
        inside = Membership.objects.current().filter(community=community).select_related("user", "community")
        return self.random.choice(list(inside.order_by("pk")))

    def _text(self, community: Community, chance: float) -> str:
        named = f" @{self._member(community)}" if self.random.random() < chance else ""
        return f"{SAID} {self.random.randrange(10**9)}{named}"

    def _open(self, community: Community, at: datetime) -> None:
        talk = Conversation.open(
            by=self._member(community),
            title=f"Gesprek {self.random.randrange(10**6)}",
            purpose=self.random.choice(list(Purpose)),
            text=self._text(community, 0.2),
            at=at,
        )
        self._talks.append(talk)
        self._said.append(talk.contributions.get())

    def _reply(self, at: datetime) -> None:
        """Mostly where something was said lately."""
        if not self._talks:
            return
        talk = self.random.choice(self._talks[-4 * len(self.communities) :])
        to = None
        if self.random.random() < 0.4:
            to = talk.contributions.filter(withdrawn_at=None).order_by("-pk").first()
        said = talk.reply(by=self._member(talk.community), text=self._text(talk.community, 0.1), to=to, at=at)
        self._said.append(said)

    def _fresh(self) -> Contribution | None:
        if not self._said:
            return None
        pk = self.random.choice(self._said[-50:]).pk
        found = Contribution.objects.select_related("author__community", "author__user", "conversation")
        return found.filter(pk=pk, withdrawn_at=None, author__left_at=None).first()

    def _help(self, at: datetime) -> None:
        said = self._fresh()
        by = self._member(said.author.community) if said else None
        if said and by and by.pk != said.author_id:
            said.help(by=by, at=at)

    def _withdraw(self, at: datetime) -> None:
        if said := self._fresh():
            told = set(Notice.objects.about("conversation", said.conversation_id).filter(part=said.pk))
            said.withdraw(by=said.author, at=at)
            self._take_away({notice.pk for notice in told}, at)

    def _revise(self, at: datetime) -> None:
        if said := self._fresh():
            said.revise(by=said.author, text=self._text(said.author.community, 1), at=at)

    def _leave(self, at: datetime) -> None:
        member = self._member(self.random.choice(self.communities))
        if member.role == Role.FACILITATOR or member.user is None:
            return
        person, community = self.people[member.user.pk], member.community_id
        member.leave(at=at)
        left = {pk for pk, told in self.told.items() if told.person is person and told.community == community}
        self._take_away(left, at)

    def _join(self, at: datetime) -> None:
        """Somebody new, of the community's own school."""
        community = self.random.choice(self.communities)
        user = User.objects.create_user(f"n{self.acts_done}@school.test", name=f"Nieuw{self.acts_done} Bos")
        self.people[user.pk] = Person(user, {community.school_id}, 1.0)
        community.join(user, at=at)

    def _take_away(self, notices: set[int], at: datetime) -> None:
        for pk in notices:
            self.told[pk].gone = self.told[pk].gone or at

    def _visit(self, person: Person, at: datetime) -> None:
        """Open most of what waits, each by looking at the thing itself."""
        if person.is_away(at):
            return
        user = User.objects.get(pk=person.user.pk)
        for row in inbox.rows(
            user, list(Notice.objects.seen_by(user).unread().select_related("by__user", "community"))
        ):
            if self.random.random() > 0.8 or row.first.thing_id is None:
                continue
            inbox.read(user, Notice.objects.filter(user=user, thread=row.first.thread))
            for told in self.told.values():
                if told.person is person and told.thread == row.first.thread and told.gone is None:
                    told.read = told.read or at
