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
    records = Record.objects.filter(community=community, kind__in=told).order_by("-at", "-pk")
    last = [
        (KINDS[kind], at, data.get("about"))
        for kind, at, data in records.values_list("kind", "at", "data")[: count * 5]
    ]
    things = thread.find_all(user, ((kind.thing, about) for kind, _at, about in last if kind.thing))
    lines: dict[object, Line] = {}
    for kind, at, about in last:
        thing = things.get((kind.thing, about)) if kind.thing else None
        if kind.thing and thing is None:
            continue  # no longer there, or not for this reader
        key = (kind.thing, about) if thing else (kind.kind, at.date())
        lines.setdefault(key, Line(at, kind.sentence or "", thing))
    return list(lines.values())[:count]
