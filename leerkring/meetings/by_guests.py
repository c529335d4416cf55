"""What guests of a meeting said at an insight that is somebody's: shown there too, as long as it is nobody's."""

from __future__ import annotations

from django.db.models import F
from django.urls import reverse

from leerkring.insights.beside import Beside
from leerkring.meetings.models import Unclaimed


def limits_at(community: int, insight: int) -> list[Beside]:
    """In the order in which it was said. Only meetings of that community are looked through."""
    found = Unclaimed.objects.filter(
        on=None,
        out=False,
        meeting__community=community,
        meeting__harvested__thing_kind="insight",
        meeting__harvested__thing_id=insight,
        meeting__harvested__number=F("insight"),
    ).exclude(number=F("insight"))
    return [
        Beside(
            text=row.text,
            name=row.by.who if row.by else "",
            where=row.meeting.topic,
            address=reverse("meetings:minutes", args=[row.meeting.community_id, row.meeting_id]),
        )
        for row in found.select_related("meeting", "by__member__user").order_by("meeting", "number")
    ]
