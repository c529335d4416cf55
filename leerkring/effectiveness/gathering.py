"""From the log to the engine: which happenings are facts, and how each reads as an event."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from leerkring.communities.happenings import Role
from leerkring.communities.models import Community, Membership, Record
from leerkring.engine.calendar import Calendar
from leerkring.engine.facts import Event, Member
from leerkring.engine.kinds import DILEMMA, PROPOSAL, QUESTION, SHARING
from leerkring.knowledge.happenings import Purpose
from leerkring.network.models import School

_PURPOSES = {
    Purpose.QUESTION: QUESTION,
    Purpose.DILEMMA: DILEMMA,
    Purpose.PROPOSAL: PROPOSAL,
    Purpose.SHARING: SHARING,
}


def _plain(record: Record) -> Event:
    return Event(record.pk, record.at, record.kind, record.actor)


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
    answered = [data["answered"]] if data["answered"] is not None else []
    others = tuple(dict.fromkeys(answered + data["mentioned"]))
    return Event(record.pk, record.at, record.kind, record.actor, others, data["about"])


def _contact(record: Record) -> Event:
    return Event(record.pk, record.at, record.kind, record.actor, (record.data["counterpart"],))


#: Kinds that the engine reads, and how.
GATHERED: dict[str, Callable[[Record], Event]] = {
    "member.joined": _plain,
    "member.left": _plain,
    "conversation.opened": _opened,
    "conversation.replied": _replied,
    "interaction": _contact,
}
#: Kinds that are told to colleagues and counted nowhere. Thanks are no evidence: counting them would buy them.
FEED_ONLY = frozenset(
    {"community.founded", "member.role_changed", "member.accepted", "conversation.helped"}
)


def events_after(community: Community, mark: int) -> Iterable[Event]:
    """The community's facts that became visible after the line `mark`, in that order."""
    records = Record.objects.filter(community=community, kind__in=GATHERED, pk__gt=mark).order_by("pk")
    return (GATHERED[record.kind](record) for record in records.iterator(2000))


def members_of(community: Community) -> list[Member]:
    """Everyone who ever was a member; guests are company, not members."""
    memberships = Membership.objects.filter(community=community).exclude(role=Role.GUEST)
    return [Member(m.pk, joined=_day(m), school=community.school_id) for m in memberships]


def _day(membership: Membership) -> date:
    return membership.joined_at.date()


def calendar_of(school: School) -> Calendar:
    """The school weeks of a community's school."""
    return Calendar((h.first_day, h.last_day) for h in school.holidays.all())
