"""From the log to the engine: which happenings are facts, and how each reads as an event."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from django.db.models import Value

from leerkring.communities.happenings import Role
from leerkring.communities.models import Community, Record
from leerkring.engine.facts import Event
from leerkring.engine.kinds import ADAPT, DILEMMA, KEEP, PROPOSAL, QUESTION, SHARING, STOP
from leerkring.goals.happenings import Decision
from leerkring.goals.models import Measurement
from leerkring.insights.models import Insight, Limit
from leerkring.knowledge.happenings import Purpose
from leerkring.knowledge.models import Contribution, Conversation
from leerkring.meetings.happenings import AgreementClosed
from leerkring.meetings.models import Agreement
from leerkring.practice.models import Tryout

_PURPOSES = {
    Purpose.QUESTION: QUESTION,
    Purpose.DILEMMA: DILEMMA,
    Purpose.PROPOSAL: PROPOSAL,
    Purpose.SHARING: SHARING,
}
_DECISIONS = {Decision.KEEP: KEEP, Decision.ADAPT: ADAPT, Decision.STOP: STOP}


_SAID = frozenset({"conversation.opened", "conversation.replied"})
_MEASURED = frozenset({"goal.measured", "evidence.brought"})
_INSIGHT = frozenset({"insight.captured", "insight.limited", "insight.tried", "insight.revised"})
_TRYOUT = frozenset({"tryout.started", "tryout.concluded", "tryout.repeated"})


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


def _nobodys(record: Record) -> Event:
    """A goal, a vision or an agreement: nobody's, with what was said of it as flags, counts and ids."""
    return Event(record.pk, record.at, record.kind, None, (), record.data["about"], _numbers(record))


def _restated(record: Record) -> Event:
    """A goal that was changed is adopted as it is from then on."""
    return Event(record.pk, record.at, "goal.adopted", None, (), record.data["about"], _numbers(record))


def _by_somebody(record: Record) -> Event:
    """Somebody brought, said or tried it: with flags, counts and ids."""
    return Event(record.pk, record.at, record.kind, record.actor, (), record.data["about"], _numbers(record))


def _tried(record: Record) -> Event:
    data = record.data
    numbers = {**_numbers(record), "decision": _DECISIONS[Decision(data["decision"])]}
    return Event(record.pk, record.at, record.kind, record.actor, (), data["about"], numbers)


def _numbers(record: Record) -> dict[str, int]:
    said = record.data.items()
    return {name: int(value) for name, value in said if name != "about" and isinstance(value, int)}


def _met(record: Record) -> Event:
    """Nobody's act: who was there is who had contact. A meeting without a goal says nothing of one."""
    present = tuple(record.data["present"])
    numbers = {**_numbers(record), "present": len(present)}
    return Event(record.pk, record.at, record.kind, None, present, record.data["about"], numbers)


def _spoke(record: Record) -> Event:
    """Whose turn came: nobody in particular, each as long as the other."""
    return Event(record.pk, record.at, record.kind, None, tuple(record.data["spoke"]), record.data["about"])


def _visited(record: Record) -> Event:
    """Who came to watch, and with whom: nobody reads it from here, it is who had contact and who opened a lesson."""
    data = record.data
    host = () if data["host"] is None else (data["host"],)
    numbers = {"question": int(data["question"])}
    if data["goal"] is not None:
        numbers["goal"] = data["goal"]
    return Event(record.pk, record.at, record.kind, record.actor, host, data["about"], numbers)


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
    "goal.adopted": _nobodys,
    "goal.changed": _restated,
    "goal.measured": _nobodys,
    "goal.concluded": _nobodys,
    "goal.dropped": _nobodys,
    "goal.checked": _nobodys,
    "vision.reviewed": _nobodys,
    "evidence.brought": _by_somebody,
    "insight.captured": _by_somebody,
    "insight.limited": _by_somebody,
    "insight.tried": _by_somebody,
    "insight.revised": _by_somebody,
    "tryout.started": _by_somebody,
    "tryout.concluded": _tried,
    "tryout.repeated": _by_somebody,
    "meeting.closed": _met,
    "round.held": _spoke,
    "agreement.made": _nobodys,
    "agreement.closed": _nobodys,
    "visit.held": _visited,
    "visit.talked": _nobodys,
    "visit.intended": _by_somebody,
    "visit.tried": _by_somebody,
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
        "goal.asked",
        "statement.written",
        "meeting.planned",
        "meeting.moved",
        "meeting.cancelled",
        "visit.opened",
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
    good, a reply that was taken back, a measurement that was a mistake, an insight or what a colleague wrote at it, a
    try-out, and of an end that is none any more: the agreement stands open again, or ended otherwise. The tables say
    so, and not the log: it is how things are now, whichever verb, erasure or restored backup made them so."""
    there = Conversation.objects.there().filter(community=community)
    withdrawn = Contribution.objects.filter(conversation__community=community).exclude(withdrawn_at=None)
    measured = Measurement.objects.filter(measure__goal__community=community)
    insights = Insight.objects.there().filter(community=community)
    limits = Limit.objects.there().filter(insight__community=community)
    tryouts = Tryout.objects.there().filter(community=community)
    agreed = Agreement.objects.filter(community=community)
    looked_at = {
        "talk": there,
        "withdrawn": withdrawn,
        "measured": measured,
        "insight": insights,
        "limit": limits,
        "tryout": tryouts,
        "kept": agreed.filter(state=Agreement.State.KEPT),
        "let go": agreed.filter(state=Agreement.State.LET_GO),
    }
    first, *others = (
        things.order_by().annotate(which=Value(kind)).values_list("which", "pk")
        for kind, things in looked_at.items()
    )
    ids: dict[str, set[int]] = {kind: set() for kind in looked_at}
    for kind, pk in first.union(*others, all=True):
        ids[kind].add(pk)

    def is_gone(event: Event) -> bool:
        if event.kind in _SAID:
            taken_back = event.numbers.get("contribution") in ids["withdrawn"]
            return taken_back or event.about not in ids["talk"]
        if event.kind in _INSIGHT:
            limit = event.numbers.get("limit")
            return event.about not in ids["insight"] or (limit is not None and limit not in ids["limit"])
        if event.kind in _TRYOUT:
            return not {event.about, event.numbers.get("repetition", event.about)} <= ids["tryout"]
        if event.kind == AgreementClosed.kind:
            return event.about not in ids["kept" if event.numbers["kept"] else "let go"]
        return event.kind in _MEASURED and event.numbers["measurement"] not in ids["measured"]

    return frozenset(event.id for event in events if is_gone(event))
