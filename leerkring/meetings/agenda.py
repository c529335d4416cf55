"""The agenda: what is on it, in which order, and how its minutes are divided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leerkring import clock
from leerkring.communities.models import Membership
from leerkring.meetings.models import Item, Meeting
from leerkring.ui.refusal import Refused

#: No agenda has more.
MOST_ITEMS = 30
#: The same by the same person within this time is a button pressed twice; later it is a second break.
AGAIN = timedelta(minutes=1)


def _standing(item: Item, by: Membership) -> Item:
    """As it is in the database, now that the meeting is held; for who may change it."""
    found = Item.objects.filter(pk=item.pk).first()
    if found is None:
        raise Refused(_("Een collega haalde dit punt intussen van de agenda."))
    if not found.may_change(by):
        raise Refused(_("Dit punt is van een collega. Vraag een procesbegeleider om het te veranderen."))
    return found


@transaction.atomic
def add(meeting: Meeting, *, by: Membership, fields: Mapping[str, Any], at: datetime | None = None) -> Item:
    """At the end of the agenda. Every member may propose something."""
    at = at or clock.now()
    meeting.hold_ahead()
    same = Item.objects.filter(meeting=meeting, by=by, **fields)
    if already := same.filter(added_at__gt=at - AGAIN, added_at__lte=at).first():
        return already
    if meeting.items.count() >= MOST_ITEMS:
        raise Refused(_("Dit is wel een heel lange agenda. Bewaar iets voor een volgende keer."))
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    item = Item(meeting=meeting, position=last + 1, by=by, added_at=at, **fields)
    item.full_clean(exclude=["meeting", "by"])
    item.save()
    return item


@transaction.atomic
def revise(item: Item, *, by: Membership, seen: str, fields: Mapping[str, Any]) -> None:
    """Say it better. Refused when a colleague changed it since it was read, with what stands there now."""
    item.meeting.hold_ahead()
    standing = _standing(item, by)
    if standing.mark != seen:
        said = ngettext(
            "Een collega veranderde dit punt intussen. Nu staat er: %(title)s, %(minutes)s minuut.",
            "Een collega veranderde dit punt intussen. Nu staat er: %(title)s, %(minutes)s minuten.",
            standing.minutes,
        )
        raise Refused(said % {"title": standing.title, "minutes": standing.minutes})
    for name, value in fields.items():
        setattr(item, name, value)
    item.full_clean(exclude=["meeting", "by"])
    item.save(update_fields=list(fields))


@transaction.atomic
def drop(item: Item, *, by: Membership) -> None:
    """Off the agenda."""
    item.meeting.hold_ahead()
    _standing(item, by).delete()


@transaction.atomic
def shift(item: Item, *, by: Membership, up: bool) -> None:
    """One place up or down; at the end nothing changes."""
    item.meeting.hold_ahead()
    order = list(Item.objects.filter(meeting=item.meeting_id).order_by("position"))
    place = next((n for n, each in enumerate(order) if each.pk == item.pk), None)
    if place is None:
        raise Refused(_("Een collega haalde dit punt intussen van de agenda."))
    other = place - 1 if up else place + 1
    if not 0 <= other < len(order):
        return
    mine, theirs = order[place], order[other]
    mine.position, theirs.position = theirs.position, mine.position
    Item.objects.filter(pk=theirs.pk).update(position=order[-1].position + order[0].position + len(order) + 1)
    for each in (mine, theirs):
        Item.objects.filter(pk=each.pk).update(position=each.position)


@dataclass(frozen=True)
class Minutes:
    """How the time of an agenda is divided."""

    content: int
    organisation: int
    #: How long the meeting is.
    whole: int

    @classmethod
    def of(cls, items: Sequence[Item], whole: int) -> Minutes:
        content = sum(item.minutes for item in items if item.kind == Item.Kind.CONTENT)
        return cls(content, sum(item.minutes for item in items) - content, whole)

    @property
    def planned(self) -> int:
        return self.content + self.organisation

    @property
    def free(self) -> int:
        """Not on the agenda yet."""
        return max(self.whole - self.planned, 0)

    @property
    def too_many(self) -> int:
        return max(self.planned - self.whole, 0)

    @property
    def drawn(self) -> int:
        """How wide the bar is."""
        return max(self.planned, self.whole)

    @property
    def is_mostly_organisation(self) -> bool:
        """Half of the agenda or more; a first announcement of a few minutes says nothing yet."""
        return self.organisation > 0 and 2 * self.organisation >= self.planned
