"""What a colleague, or a day that I chose, asks of me here, what I promised, and what waits for anybody. What is said
in conversations apart, for that changes more often, and each in one question to the database: it is on the page that
everyone opens first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import DateField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast

from leerkring import clock
from leerkring.communities.models import Membership
from leerkring.insights.models import Insight, Trying
from leerkring.knowledge.models import Contribution, Conversation
from leerkring.meetings.models import Agreement
from leerkring.people.models import User
from leerkring.practice.models import Tryout
from leerkring.ui.titles import as_title

#: So many colleagues who call me are named, so many questions, and so many of what I promised.
MOST = 3


@dataclass(frozen=True)
class Ask:
    """`id` is the contribution in which I am called; `thing` the conversation."""

    id: int
    thing: int
    title: str
    who: str
    at: datetime


@dataclass(frozen=True)
class Talk:
    """Colleagues who call me, the last first; and questions of others that nobody answered, those in which I am called
    not again."""

    naming: Sequence[Ask]
    waiting: Sequence[Ask]


@dataclass(frozen=True)
class Promise:
    """What I would do (`agreed`) or try, and on which day; `id` is what I would try, `thing` the insight, or the
    agreement or the try-out (`is_tryout`) itself. `who` said the insight; `of_guest`: or has no account and would do
    it, so that I am asked."""

    agreed: bool
    of_guest: bool
    is_tryout: bool
    id: int
    thing: int
    title: str
    who: str
    day: date | None

    @property
    def has_come(self) -> bool:
        return self.day is not None and self.day <= clock.today()


@dataclass(frozen=True)
class Promised:
    """Of what I would try or do, and of which the day has come, one thing that is asked: an agreement waits for what I
    would try, and that of a guest for both. Of the rest the first ones, so that nobody is surprised by a day."""

    trying: Promise | None
    agreed: Promise | None
    rest: Sequence[Promise]
    #: What colleagues wrote down of my practice: whether my name may stand there.
    to_name: Sequence[Ask] = ()

    @property
    def has_tryouts(self) -> bool:
        return any(each.is_tryout for each in self.rest)

    @property
    def has_more(self) -> bool:
        """Something that stands among the agreements too, with what one would try of insights."""
        return not all(each.is_tryout for each in self.rest)

    def __bool__(self) -> bool:
        """Whether something is asked."""
        return bool(self.trying or self.agreed or self.to_name)


class Row(NamedTuple):
    """As the database tells it: which of the seven it is, and what there is to say of it."""

    which: str
    id: int
    thing: int
    title: str
    at: datetime
    day: date | None
    who: str


def talk_for(member: Membership) -> Talk:
    return _talk(_told(_of_talk(member)))


def promised_by(member: Membership) -> Promised:
    return _promised(_told(_of_promises(member)))


def both_for(member: Membership) -> tuple[Talk, Promised]:
    rows = _told([*_of_talk(member), *_of_promises(member)])
    return _talk(rows), _promised(rows)


def _talk(rows: Sequence[Row]) -> Talk:
    found: dict[str, list[Ask]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: -row.id):
        found[row.which].append(Ask(row.id, row.thing, row.title, row.who, row.at))
    called = {ask.thing for ask in found["named"]}
    waits = [ask for ask in found["waiting"] if ask.thing not in called]
    return Talk(found["named"], waits[:MOST])


def _promised(rows: Sequence[Row]) -> Promised:
    found = [
        Promise(
            row.which in {"agreed", "of_guest"},
            row.which == "of_guest",
            row.which == "tryout",
            row.id,
            row.thing,
            as_title(row.title),
            row.who,
            row.day,
        )
        for row in rows
        if row.which in {"trying", "tryout", "agreed", "of_guest"}
    ]
    found.sort(key=lambda each: (each.day is None, each.day or date.max, each.agreed, each.id))
    come = (each for each in found if each.has_come)
    asked = sorted(come, key=lambda each: (each.of_guest, each.agreed))[:1]
    return Promised(
        trying=next((each for each in asked if not each.agreed), None),
        agreed=next((each for each in asked if each.agreed), None),
        rest=[each for each in found if each not in asked and not each.of_guest][:MOST],
        to_name=[
            Ask(row.id, row.thing, as_title(row.title), row.who, row.at)
            for row in sorted(rows, key=lambda row: row.id)
            if row.which == "to_name"
        ],
    )


def _of_talk(member: Membership) -> list[QuerySet[Any, Any]]:
    named = Contribution.objects.filter(pk__in=Contribution.objects.naming(member).values("pk")[:MOST])
    open_ones = Conversation.objects.waiting_for(member).values("pk")[: 2 * MOST]
    waiting = Conversation.objects.filter(pk__in=open_ones)
    return [
        _rows(named, "named", thing="conversation_id", title="conversation__title", who="author"),
        _rows(waiting, "waiting", thing="id", title="title", who="opened_by", at="opened_at"),
    ]


def _of_promises(member: Membership) -> list[QuerySet[Any, Any]]:
    """Of each as many are looked for as are shown, and the one that is asked."""
    most = MOST + 1
    mine = Trying.objects.to_tell().filter(member=member).values("pk")[:most]
    to_try = Trying.objects.filter(pk__in=mine)
    begun = Tryout.objects.to_tell().filter(owner=member).order_by("on", "pk").values("pk")[:most]
    to_conclude = Tryout.objects.filter(pk__in=begun)
    own = Agreement.objects.filter(community=member.community_id).of(member).open()
    to_do = Agreement.objects.filter(pk__in=own.by_day().values("pk")[:most])
    named = Insight.objects.asking_to_name(member).order_by("pk").values("pk")[:MOST]
    to_name = Insight.objects.filter(pk__in=named)
    said_by = "insight__author"
    agreed = {"thing": "id", "title": "what", "who": "made_by", "at": "made_at", "day": "by"}
    rows = [
        _rows(to_try, "trying", thing="insight_id", title="insight__what", who=said_by, day="on"),
        _rows(to_conclude, "tryout", thing="id", title="idea", who="owner", day="on"),
        _rows(to_do, "agreed", **agreed),
        _rows(to_name, "to_name", thing="id", title="what", who="author"),
    ]
    if member.may_lead:
        due = Agreement.objects.filter(community=member.community_id).of_guests().due()
        to_ask = Agreement.objects.filter(pk__in=due.by_day().values("pk")[:1])
        rows.append(_rows(to_ask, "of_guest", name="others", **agreed))
    return rows


def _told(rows: Sequence[QuerySet[Any, Any]]) -> list[Row]:
    """In one question."""
    first, *others = rows
    found = []
    for which, pk, thing, title, at, day, erased_at, name, code in first.union(*others, all=True):
        who = Membership(erased_at=erased_at, code=code or "", user=None if name is None else User(name=name))
        found.append(Row(which, pk, thing, title, at, day, str(who)))
    return found


def _rows(
    found: QuerySet[Any],
    which: str,
    *,
    thing: str,
    title: str,
    who: str,
    name: str = "",
    at: str = "at",
    day: str = "",
) -> QuerySet[Any, Any]:
    told: QuerySet[Any] = found.order_by().annotate(
        which=Value(which),
        thing=F(thing),
        said=Cast(title, TextField()),
        day=F(day) if day else Cast(Value(None), DateField()),
    )
    of_whom = (f"{who}__erased_at", name or f"{who}__user__name", f"{who}__code")
    return told.values_list("which", "pk", "thing", "said", at, "day", *of_whom)
