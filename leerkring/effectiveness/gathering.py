"""From the log to the engine: which happenings are facts, and how each reads as an event."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from django.db.models import Value

from leerkring.communities.happenings import Role
from leerkring.communities.models import Community, Record
from leerkring.engine.calendar import Calendar
from leerkring.engine.facts import Event
from leerkring.engine.kinds import DILEMMA, PROPOSAL, QUESTION, SHARING
from leerkring.knowledge.happenings import Purpose
from leerkring.knowledge.models import Contribution, Conversation
from leerkring.network.models import School

_PURPOSES = {
    Purpose.QUESTION: QUESTION,
    Purpose.DILEMMA: DILEMMA,
    Purpose.PROPOSAL: PROPOSAL,
    Purpose.SHARING: SHARING,
}


_SAID = frozenset({"conversation.opened", "conversation.replied"})


def _plain(record: Record) -> Event:
    return Event(record.pk, record.at, record.kind, record.actor)


def _joined(record: Record) -> Event | None:
    """A guest is company, not a member: their coming counts nobody in."""
    return None if record.data["role"] == Role.GUEST else _plain(record)


def _role_changed(record: Record) -> Event:
    """A guest who stays becomes a member then, and the other way round; between members it changes nothing."""
    kind = "member.left" if record.data["role"] == Role.GUEST else "member.joined"
    return Event(record.pk, record.at, kind, record.actor)


def _opened(record: Record) -> Event:
    data = record.data
    return Event(
        record.pk,
        record.at,
        record.kind,
        record.actor,
        tuple(data["mentioned"]),
        data["about"],
        {"purpose": _PURPOSES[Purpose(data["purpose"])]},
    )


def _replied(record: Record) -> Event:
    data = record.data
    answered = () if data["answered"] is None else (data["answered"],)
    others = tuple(dict.fromkeys((*answered, *data["mentioned"])))
    numbers = {"contribution": data["contribution"]}
    return Event(record.pk, record.at, record.kind, record.actor, others, data["about"], numbers)


def _about_goal(record: Record) -> Event:
    """A goal, a conclusion, a look back: nobody's, with what was said of it as flags and counts."""
    flags = {
        name: int(value)
        for name, value in record.data.items()
        if name != "about" and not isinstance(value, str)
    }
    return Event(record.pk, record.at, record.kind, None, (), record.data["about"], flags)


def _brought(record: Record) -> Event:
    data = record.data
    flags = {"own_class": int(data["own_class"])}
    return Event(record.pk, record.at, record.kind, record.actor, (), data["measurement"], flags)


def _contact(record: Record) -> Event:
    counterpart = record.data["counterpart"]
    others = () if counterpart is None else (counterpart,)
    return Event(record.pk, record.at, record.kind, record.actor, others)


#: Kinds that the engine reads, and how.
GATHERED: dict[str, Callable[[Record], Event | None]] = {
    "member.joined": _joined,
    "member.role_changed": _role_changed,
    "member.left": _plain,
    "member.away": _plain,
    "member.back": _plain,
    "conversation.opened": _opened,
    "conversation.replied": _replied,
    "goal.adopted": _about_goal,
    "goal.measured": _about_goal,
    "goal.concluded": _about_goal,
    "goal.dropped": _about_goal,
    "goal.checked": _about_goal,
    "vision.reviewed": _about_goal,
    "evidence.brought": _brought,
    "interaction": _contact,
}
#: Kinds that are told to colleagues and counted nowhere. Thanks are no evidence: counting them would buy them.
FEED_ONLY = frozenset(
    {
        "community.founded",
        "member.accepted",
        "member.introduced",
        "conversation.helped",
        "goal.drafted",
        "goal.changed",
        "statement.written",
    }
)


#: What a house with these rooms can show; anything else is "too little evidence", never zero. Contacts from a
#: file are shown only where there was one.
RECORDED = frozenset(GATHERED) - {"interaction"}


def events_after(community: Community, mark: int) -> Iterator[tuple[int, Event | None]]:
    """The community's facts written after the line `mark`, in that order, each with its line's id."""
    records = Record.objects.filter(community=community, kind__in=GATHERED, pk__gt=mark).order_by("pk")
    return ((record.pk, GATHERED[record.kind](record)) for record in records.iterator(2000))


def gone_of(community: Community, events: Iterable[Event]) -> frozenset[int]:
    """Of these the ids of what is no longer there to be read: in a conversation that was taken away or is gone for
    good, or a reply that was taken back. The tables say so, and not the log: it is how things are now, whichever
    verb, erasure or restored backup made them so."""
    there = Conversation.objects.there().filter(community=community).order_by()
    withdrawn = Contribution.objects.filter(conversation__community=community).exclude(withdrawn_at=None)
    found = (
        things.annotate(kind=Value(kind)).values_list("kind", "pk")
        for kind, things in (("there", there), ("withdrawn", withdrawn.order_by()))
    )
    standing: set[int] = set()
    taken_back: set[int] = set()
    for kind, pk in next(found).union(*found, all=True):
        (standing if kind == "there" else taken_back).add(pk)
    return frozenset(
        event.id
        for event in events
        if event.kind in _SAID
        and (event.about not in standing or event.numbers.get("contribution") in taken_back)
    )


def calendar_of(school: School) -> Calendar:
    """The school weeks of a community's school."""
    return Calendar((h.first_day, h.last_day) for h in school.holidays.all())
