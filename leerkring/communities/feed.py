"""What happened here, in sentences: about things, never about how often someone did something."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import caches
from django.utils.functional import Promise

from leerkring.communities import thread
from leerkring.communities.access import Here
from leerkring.communities.happenings import KINDS, is_talk
from leerkring.communities.inbox import KEPT
from leerkring.communities.models import Record


@dataclass(frozen=True)
class Line:
    """`thing` is what it happened to, when that has a page."""

    at: datetime
    sentence: str | Promise
    thing: thread.Thing | None


def recent(here: Here, count: int = 6) -> list[Line]:
    """The last `count` things worth telling, each thing once, newest first."""
    told = [key for key, kind in KINDS.items() if kind.sentence is not None]
    records = Record.objects.filter(community=here.community, kind__in=told).order_by("-at", "-pk")
    last = [
        (KINDS[kind], at, data.get("about"))
        for kind, at, data in records.values_list("kind", "at", "data")[: count * 5]
    ]
    things = _things(
        here, {(kind.thing, about): is_talk(kind.kind) for kind, _at, about in last if kind.thing}
    )
    lines: dict[object, Line] = {}
    for kind, at, about in last:
        thing = things.get((kind.thing, about)) if kind.thing else None
        if kind.thing and thing is None:
            continue  # no longer there, or not for this reader
        key = (kind.thing, about) if thing else (kind.kind, at.date())
        lines.setdefault(key, Line(at, kind.sentence or "", thing))
    return list(lines.values())[:count]


def _things(here: Here, told_of: dict[thread.Reference, bool]) -> dict[thread.Reference, thread.Thing]:
    """What `told_of` (whether it is talk) names. Most changes are talk: what is shown of the rest is kept through
    those."""
    fragments, key = caches["template_fragments"], f"feed.{here.settled}.{here.membership.role}"
    settled = {it for it, talk in told_of.items() if not talk}
    asked, found = fragments.get(key) or (set(), {})
    if settled <= asked:
        return found | thread.find_all(here.user, told_of.keys() - settled)
    found = thread.find_all(here.user, told_of)
    fragments.set(key, (settled, {it: thing for it, thing in found.items() if it in settled}), KEPT)
    return found
