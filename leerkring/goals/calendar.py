"""A school's year as the coach and the charts read it."""

from __future__ import annotations

from leerkring.communities.access import Here
from leerkring.engine.calendar import Calendar


def calendar_of(here: Here) -> Calendar:
    """The holidays of the community's own school."""
    return Calendar((h.first_day, h.last_day) for h in here.community.school.holidays.all())
