"""What the pages of the room *Bijeenkomsten* show."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.core.paginator import Page, Paginator
from django.db.models import Exists, Prefetch, Subquery
from django.utils.functional import Promise

from leerkring.communities import thread
from leerkring.communities.access import Here
from leerkring.communities.models import Membership
from leerkring.meetings import goal_session, planning, turns, workform_page
from leerkring.meetings.agenda import Minutes
from leerkring.meetings.models import (
    Agreement,
    Handout,
    Item,
    Meeting,
    Option,
    OptionAnswer,
    Reply,
    Stage,
    Turn,
    in_time,
)
from leerkring.meetings.no_school import warnings
from leerkring.meetings.workform import Role
from leerkring.meetings.workform_library import find_all
from leerkring.meetings.workform_words import ROLES

#: Past meetings on one page.
PAGE = 20
#: Open agreements on the page of a meeting.
MOST_AGREED = 30
_POLL, _CANCELLED = Meeting.State.POLL, Meeting.State.CANCELLED


class Room:
    """All meetings of a community: the next one, later ones, polls, and what has been."""

    def __init__(self, here: Here, number: int = 1) -> None:
        self.here, self.number = here, number

    @cached_property
    def _to_come(self) -> list[Meeting]:
        found = Meeting.objects.filter(community=self.here.community).to_come()
        ordered = found.with_own(self.here.membership).order_by(in_time(), "pk")
        return [self._here(meeting) for meeting in ordered]

    def _here(self, meeting: Meeting) -> Meeting:
        meeting.community = self.here.community
        return meeting

    @cached_property
    def next(self) -> Shown | None:
        held = (m for m in self._to_come if m.state not in {_POLL, _CANCELLED})
        first = next(held, None)
        return Shown(self.here, first) if first else None

    @property
    def later(self) -> list[Meeting]:
        """With what is not held after all, until its day is over."""
        first = self.next.meeting.pk if self.next else None
        return [m for m in self._to_come if m.state != _POLL and m.pk != first]

    @property
    def polls(self) -> list[Meeting]:
        return [m for m in self._to_come if m.state == _POLL]

    @cached_property
    def past(self) -> Page[Meeting]:
        found = Meeting.objects.filter(community=self.here.community).past()
        return Paginator(
            found.only("topic", "starts_at", "opened_at", "planned_at", "state", "why_cancelled"), PAGE
        ).get_page(self.number)

    @property
    def years(self) -> list[tuple[str, list[Meeting]]]:
        """The past ones of this page, by school year."""
        return [(year, list(some)) for year, some in groupby(self.past, key=lambda m: m.school_year)]

    def __bool__(self) -> bool:
        return bool(self._to_come or self.past.paginator.count)


@dataclass(frozen=True)
class Line:
    """One thing on the agenda, for one reader."""

    item: Item
    #: Its work form; None for a talk, and when that is gone.
    form: workform_page.Shown | None
    may_change: bool
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class Doing:
    """A role, and who has it."""

    role: Role
    name: str | Promise
    member: Membership | None
    #: Who has it does not come, and the reader is to find somebody else.
    is_open: bool = False


@dataclass(frozen=True)
class Moment:
    """A moment of a poll, with what was said of it."""

    option: Option
    can: list[Membership]
    if_needed: list[Membership]
    #: How many cannot: never who.
    cannot: int
    #: What the reader says.
    own: str
    #: That there is no school then, in words; "" when there is.
    warning: str


class Shown:
    """One meeting, for one reader."""

    def __init__(self, here: Here, meeting: Meeting) -> None:
        self.here, self.meeting = here, meeting

    @property
    def may_lead(self) -> bool:
        """Plan, move, call off, order the agenda."""
        return self.here.may_lead and self.meeting.is_ahead

    @property
    def may_add(self) -> bool:
        """Propose something for the agenda, bring a file, take a role."""
        return self.here.may_decide and self.meeting.is_ahead

    @property
    def may_begin(self) -> bool:
        """Who facilitates the group, or leads this meeting by turn."""
        return self.here.may_lead or self._turns.get(Role.FACILITATOR) == self.here.membership

    @property
    def is_asked(self) -> bool:
        """Whether one comes: until its time is over."""
        return self.meeting.state == Meeting.State.PLANNED and not self.meeting.is_past

    @cached_property
    def no_school(self) -> str:
        """Said to who can still move it; "" when there is school then."""
        starts = self.meeting.starts_at
        if not (self.may_lead and starts):
            return ""
        return warnings(self.here.schools, [starts]).get(starts, "")

    # -- the agenda --

    @cached_property
    def items(self) -> list[Item]:
        return list(self.meeting.items.all())

    @cached_property
    def agenda(self) -> list[Line]:
        last = len(self.items) - 1
        ahead = self.meeting.is_ahead
        return [
            Line(
                item=item,
                form=self._forms.get(item.workform),
                may_change=ahead and item.may_change(self.here.membership),
                is_first=place == 0,
                is_last=place == last,
            )
            for place, item in enumerate(self.items)
        ]

    @cached_property
    def _forms(self) -> Mapping[str, workform_page.Shown]:
        found = find_all(self.here.community, (item.workform for item in self.items))
        return {key: workform_page.Shown(self.here, entry) for key, entry in found.items()}

    @cached_property
    def brings(self) -> list[workform_page.Shown]:
        """The work forms that ask to bring or prepare something, in the order in which they come."""
        if self.meeting.state in {Meeting.State.CLOSED, _CANCELLED}:
            return []
        keys = dict.fromkeys(item.workform for item in self.items)
        return [form for key in keys if (form := self._forms.get(key)) and form.bring]

    @cached_property
    def minutes(self) -> Minutes:
        return Minutes.of(self.items, self.meeting.minutes)

    # -- who does what, who comes --

    @cached_property
    def _turns(self) -> Mapping[str, Membership]:
        found = Turn.objects.filter(meeting=self.meeting).select_related("member__user")
        return {turn.role: turn.member for turn in found}

    @property
    def roles_asked(self) -> Collection[str]:
        """Those that are divided: needed, or somebody's; and who watches how the group talks, for who likes to."""
        return {*self.needed, *self._turns, Role.OBSERVER}

    def taken_by(self, people: Collection[Membership]) -> Mapping[str, int]:
        """The roles that one of these has."""
        return {role: member.pk for role, member in self._turns.items() if member in people}

    @property
    def needed(self) -> Collection[Role]:
        """The roles that the agenda asks for."""
        return turns.needed(form.form for form in self._forms.values())

    @property
    def doing(self) -> list[Doing]:
        """Every role that is needed or that somebody has; of a meeting that was held those that were."""
        needed = self.needed if self.meeting.state != Meeting.State.CLOSED else ()
        return [*self._does({*needed, *self._turns})]

    @property
    def divided(self) -> list[Doing]:
        """The roles that somebody has."""
        return [*self._does(self._turns)]

    def _does(self, roles: Collection[str]) -> Iterator[Doing]:
        asks = self.may_begin and self.meeting.is_ahead
        missing = self._not_coming if asks else set()
        for role, name in ROLES.items():
            who = self._turns.get(role)
            if role in roles:
                is_gone = asks and who is not None and not who.is_current
                yield Doing(role, name, who, is_open=who in missing or is_gone)

    @property
    def own_roles(self) -> list[str | Promise]:
        """What the reader does in it."""
        return [each.name for each in self.divided if each.member == self.here.membership]

    @cached_property
    def _answers(self) -> list[tuple[Membership, str]]:
        return planning.answers(self.meeting)

    @property
    def _not_coming(self) -> set[Membership]:
        """Who cannot, and who is away: no one reads which of the two."""
        return {*self._who(Reply.Says.NO), *self._who("")}

    def _who(self, says: str) -> list[Membership]:
        return [member for member, said in self._answers if said == says]

    @property
    def come(self) -> list[Membership]:
        return self._who(Reply.Says.YES)

    @property
    def perhaps(self) -> list[Membership]:
        return self._who(Reply.Says.MAYBE)

    @property
    def cannot(self) -> int:
        """Who is away is one of these, like everyone who cannot: neither who nor why is shown."""
        return len(self._not_coming)

    @property
    def is_away(self) -> bool:
        """The reader said to be away then, and nothing of this meeting itself since."""
        return self.here.membership in self._who("")

    @property
    def says(self) -> str:
        """What the reader answered, or says by being away."""
        mine = (said or Reply.Says.NO for member, said in self._answers if member == self.here.membership)
        return next(mine, "")

    # -- looking for a date --

    @cached_property
    def moments(self) -> list[Moment]:
        said = OptionAnswer.objects.filter(option__meeting=self.meeting).select_related("member__user")
        by_option: dict[int, list[OptionAnswer]] = {}
        for each in said.order_by("member__user__name", "pk"):
            if each.member.is_current:
                by_option.setdefault(each.option_id, []).append(each)
        options = list(self.meeting.options.all())
        warned = warnings(self.here.schools, [option.starts_at for option in options])
        return [
            self._moment(option, by_option.get(option.pk, []), warned.get(option.starts_at, ""))
            for option in options
        ]

    def _moment(self, option: Option, answers: list[OptionAnswer], warning: str) -> Moment:
        def who(says: str) -> list[Membership]:
            return [answer.member for answer in answers if answer.says == says]

        own = (answer.says for answer in answers if answer.member_id == self.here.membership.pk)
        says = OptionAnswer.Says
        return Moment(option, who(says.YES), who(says.IF_NEEDED), len(who(says.NO)), next(own, ""), warning)

    @property
    def has_moments(self) -> bool:
        """Whether there is still one to choose."""
        return any(not moment.option.is_past for moment in self.moments)

    @property
    def best(self) -> set[int]:
        """Of those that can still be chosen where most can, as far as anybody answered."""
        moments = [moment for moment in self.moments if not moment.option.is_past]
        most = max(((len(m.can), len(m.if_needed)) for m in moments), default=(0, 0))
        return {m.option.pk for m in moments if most[0] and (len(m.can), len(m.if_needed)) == most}

    # -- what was agreed --

    @cached_property
    def agreed(self) -> list[Agreement]:
        """What stands open in the group, when this is the meeting that is on, or its next one: in one question, and
        one for who does it."""
        if self.meeting.state not in {Meeting.State.PLANNED, Meeting.State.LIVE}:
            return []
        found = Agreement.objects.filter(community=self.here.community).open()
        if self.meeting.state == Meeting.State.PLANNED:
            first = Meeting.objects.filter(community=self.here.community).next_ones().values("pk")[:1]
            found = found.filter(Exists(Meeting.objects.filter(pk=self.meeting.pk, pk__in=Subquery(first))))
        who = Prefetch("who", Membership.objects.select_related("user"))
        return list(found.prefetch_related(who).by_day()[:MOST_AGREED])

    # -- files, and the red thread --

    @cached_property
    def handouts(self) -> list[Handout]:
        return list(self.meeting.handouts.select_related("by__user"))

    @property
    def may_take_away(self) -> set[int]:
        member = self.here.membership
        return {h.pk for h in self.handouts if member.role != "guest" and h.may_go_by(member)}

    @cached_property
    def _around(self) -> tuple[list[thread.Thing], list[thread.Thing]]:
        return thread.around(self.here.user, "meeting", self.meeting.pk)

    @property
    def came_from(self) -> list[thread.Thing]:
        """Without its goal, which is named already."""
        return [t for t in self._around[0] if (t.kind, t.id) != ("goal", self.meeting.goal_id)]

    @property
    def led_to(self) -> list[thread.Thing]:
        return self._around[1]

    @property
    def goal(self) -> str:
        """What a goal session made of the goal, for who may begin it, until a goal began with it."""
        if self.meeting.state != Meeting.State.CLOSED or not self.here.may_decide:
            return ""
        if any(thing.kind == "goal" for thing in self.led_to):
            return ""
        stages = Stage.objects.filter(meeting=self.meeting).exclude(workform="").prefetch_related("notes")
        return goal_session.sentence_in(self.here.community, stages)

    @property
    def talk(self) -> str:
        """Where a conversation about it begins."""
        return thread.start_address(
            "conversation", self.here.community.pk, follows=("meeting", self.meeting.pk)
        )
