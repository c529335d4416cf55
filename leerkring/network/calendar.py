"""A school's year as the engine reads it."""

from __future__ import annotations

from leerkring.engine.calendar import Calendar
from leerkring.network.models import School


def calendar_of(school: School) -> Calendar:
    """The school weeks of a school."""
    return Calendar((h.first_day, h.last_day) for h in school.holidays.all())
