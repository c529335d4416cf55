"""Meetings as the tests need them, made through the verbs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from leerkring.meetings import planning
from leerkring.meetings.models import Meeting
from leerkring.people.models import User
from tests.cast import NOW, Side

#: Tuesday 24 November 2026, half past three on a Dutch wall.
SOON = datetime(2026, 11, 24, 14, 30, tzinfo=NOW.tzinfo)
MOMENTS = (SOON, SOON + timedelta(days=1), SOON + timedelta(days=2))


def room(side: Side) -> str:
    return f"/plg/{side.community.pk}/bijeenkomsten/"


def place(side: Side, meeting: Meeting, act: str = "") -> str:
    return f"{room(side)}{meeting.pk}/{act}"


def planned(side: Side, by: User, **fields: Any) -> Meeting:
    said = {"topic": "Breuken vouwen", "starts_at": SOON, "minutes": 60, "place": "Lokaal 4", **fields}
    return planning.plan(by=side.member(by), fields=said)


def asked(side: Side, by: User, *moments: datetime) -> Meeting:
    """A date is looked for."""
    fields = {"topic": "Wanneer vouwen we?", "minutes": 60}
    return planning.plan(by=side.member(by), fields=fields, moments=moments or MOMENTS)


def again(meeting: Meeting) -> Meeting:
    """As another request reads it."""
    return Meeting.objects.select_related("community__school").get(pk=meeting.pk)
