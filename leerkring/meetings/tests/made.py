"""Meetings made for tests of calendars, as rows: planning them has tests of its own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from icalendar import Calendar

from leerkring import clock
from leerkring.meetings.models import Meeting
from tests.cast import LAST_WEEK, Side


def wall(text: str) -> datetime:
    """`2026-11-24 15:30`, as a clock on a Dutch wall says it."""
    return datetime.fromisoformat(text).replace(tzinfo=clock.AMSTERDAM)


def a_meeting(side: Side, when: str | datetime = "2026-11-24 15:30", **fields: Any) -> Meeting:
    """A meeting of this side, a week ago planned for `when` by who facilitates it."""
    said = {"topic": "Breuken op de getallenlijn", "minutes": 90, "place": "Lokaal 4", **fields}
    return Meeting.objects.create(
        community=side.community,
        starts_at=wall(when) if isinstance(when, str) else when,
        planned_by=side.community.memberships.get(role="facilitator"),
        planned_at=LAST_WEEK,
        **said,
    )


def read_back(file: bytes | str) -> tuple[Any, list[Any]]:
    """The calendar, and the events in it, as a program that knows iCalendar reads them."""
    found = Calendar.from_ical(file)
    assert isinstance(found, Calendar)
    assert not [error for part in found.walk() for error in part.errors]
    return found, list(found.events)


def changed(meeting: Meeting, **fields: Any) -> Meeting:
    """As a verb changes it: the sequence goes up."""
    for name, value in fields.items():
        setattr(meeting, name, value)
    meeting.sequence += 1
    meeting.save()
    return meeting
