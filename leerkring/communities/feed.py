"""What happened here, in sentences: about things, never about how often someone did something."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from leerkring.communities import thread
from leerkring.communities.happenings import KINDS
from leerkring.communities.models import Community, Record
from leerkring.people.models import User


@dataclass(frozen=True)
class Line:
    """`thing` is what it happened to, when that has a page."""

    at: datetime
    sentence: str | Promise
    thing: thread.Thing | None


def recent(user: User, community: Community, count: int = 6) -> list[Line]:
    """The last `count` things worth telling, each thing once, newest first."""
    told = [key for key, kind in KINDS.items() if kind.sentence is not None]
    records = list(
        Record.objects.filter(community=community, kind__in=told).order_by("-at", "-pk")[: count * 5]
    )
    kinds = ((KINDS[record.kind].thing, record) for record in records)
    things = thread.find_all(user, ((kind, record.data["about"]) for kind, record in kinds if kind))
    lines: dict[object, Line] = {}
    for record in records:
        kind = KINDS[record.kind]
        thing = things.get((kind.thing, record.data["about"])) if kind.thing else None
        if kind.thing and thing is None:
            continue  # no longer there, or not for this reader
        key = (kind.thing, thing.id) if thing else (record.kind, record.at.date())
        lines.setdefault(key, Line(record.at, kind.sentence or "", thing))
    return list(lines.values())[:count]
