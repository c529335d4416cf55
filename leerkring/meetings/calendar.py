"""Meetings as iCalendar (RFC 5545 and 5546): what a mail carries, what a feed gives, one meeting as a file.

Who may see a meeting was asked before. What calendar programs need of it: docs/decisions/0048-calendars.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from enum import StrEnum

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vDuration,
    vRecur,
    vText,
)

from leerkring import clock
from leerkring.communities.models import Community
from leerkring.meetings.models import Meeting
from leerkring.people.models import User

#: How often a program that asks for it looks again.
LOOK_AGAIN = timedelta(hours=2)
#: What lasts no time at all, calendars do not draw.
_SHORTEST = timedelta(minutes=1)
#: Signs that are not seen, which not every calendar takes: of ASCII all but the tab and the end of a line, and the
#: mark of the order of bytes.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufeff]")

Half = TimezoneDaylight | TimezoneStandard


class Method(StrEnum):
    """What the receiving program is to do with it."""

    REQUEST = "REQUEST"  # this is yours, and how it stands now
    CANCEL = "CANCEL"  # take it out
    PUBLISH = "PUBLISH"  # look, and keep what you like


def invitation(meeting: Meeting, *, to: User, at: datetime) -> tuple[Method, bytes]:
    """One meeting for the calendar of one person, who reads of nobody else in it."""
    method = Method.CANCEL if meeting.state == Meeting.State.CANCELLED else Method.REQUEST
    event = _event(meeting, at)
    event.add("attendee", _attendee(to))
    return method, bytes(_calendar(method, [event]).to_ical())


def published(meetings: Iterable[Meeting], *, named: str = "", at: datetime | None = None) -> bytes:
    """Meetings that have a date, to look at. Without `at` it is the same to the byte until one of them changes; with
    `named` it is a calendar that is looked at again and again."""
    calendar = _calendar(Method.PUBLISH, [_published(meeting, at) for meeting in meetings])
    if named:
        calendar.add("name", named)
        calendar.add("x-wr-calname", named)
        calendar.add("x-wr-timezone", str(clock.AMSTERDAM))
        calendar.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(LOOK_AGAIN))
    return bytes(calendar.to_ical())


def page_of(meeting: Meeting) -> str:
    """The address of its page, complete."""
    return settings.BASE_URL + reverse("meetings:meeting", args=[meeting.community_id, meeting.pk])


def description(meeting: Meeting) -> str:
    """What stands under a meeting in a calendar. Of a confidential one nothing but where to read it: others look
    into people's calendars."""
    lines = []
    if meeting.question and not meeting.confidential:
        lines.append(_("De vraag: %(question)s") % {"question": meeting.question})
    if meeting.bring and not meeting.confidential:
        lines.append(_("Om voor te bereiden:\n%(bring)s") % {"bring": meeting.bring})
    if meeting.link:
        lines.append(_("Videobellen: %(link)s") % {"link": meeting.link})
    if meeting.state == Meeting.State.PLANNED:
        lines.append(_("Laat weten of je komt: %(link)s") % {"link": page_of(meeting)})
    else:
        lines.append(_("Meer lees je in Leerkring: %(link)s") % {"link": page_of(meeting)})
    return "\n\n".join(lines)


def _calendar(method: Method, events: list[Event]) -> Calendar:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Leerkring//Leerkring//NL")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
    calendar.add_component(_timezone())
    for event in events:
        calendar.add_component(event)
    return calendar


def _event(meeting: Meeting, at: datetime | None) -> Event:
    changed = (meeting.told_at or meeting.planned_at).replace(microsecond=0)
    cancelled = meeting.state == Meeting.State.CANCELLED
    start, end = _moments(meeting)
    event = Event()
    event.add("uid", str(meeting.uid))
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", (at or changed).astimezone(UTC).replace(microsecond=0))
    event.add("created", meeting.planned_at.astimezone(UTC).replace(microsecond=0))
    event.add("last-modified", changed.astimezone(UTC))
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", f"{_line(meeting.topic)} ({_line(meeting.community.name)})")
    event.add("description", _clean(description(meeting)))
    if where := _line(meeting.place or meeting.link):
        event.add("location", where)
    event.add("url", page_of(meeting))
    event.add("organizer", _organizer(meeting.community))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    event.add("class", "PRIVATE" if meeting.confidential else "PUBLIC")
    return event


def _published(meeting: Meeting, at: datetime | None) -> Event:
    event = _event(meeting, at)
    if meeting.state == Meeting.State.CANCELLED:
        # Not every program shows what STATUS says.
        event["summary"] = vText(_("Gaat niet door: %(topic)s") % {"topic": event["summary"]})
    return event


def _moments(meeting: Meeting) -> tuple[datetime, datetime]:
    """Begin and end on a Dutch wall, of what was held as it was. In the hour that comes twice the wall does not say
    which: then in UTC."""
    assert meeting.when is not None  # only what has a date gets into a calendar
    begun = meeting.when.replace(second=0, microsecond=0)
    over = meeting.closed_at or begun + timedelta(minutes=meeting.minutes)
    start = begun.astimezone(clock.AMSTERDAM)
    end = max(over.replace(second=0, microsecond=0), begun + _SHORTEST).astimezone(clock.AMSTERDAM)
    return (start.astimezone(UTC), end.astimezone(UTC)) if start.fold or end.fold else (start, end)


def _timezone() -> Timezone:
    """The rule that holds since 1996, as two lines without an end. Outlook passes over a zone written as a list of
    days, which is what libraries make of it."""
    zone = Timezone()
    zone.add("tzid", str(clock.AMSTERDAM))
    zone.add_component(_half(TimezoneDaylight(), "CEST", "1970-03-29 02:00", before=1, after=2))
    zone.add_component(_half(TimezoneStandard(), "CET", "1970-10-25 03:00", before=2, after=1))
    return zone


def _half(half: Half, name: str, first: str, *, before: int, after: int) -> Half:
    begins = datetime.fromisoformat(first)  # on the wall, as the rule is
    half.add("tzname", name)
    half.add("dtstart", begins)
    half.add("tzoffsetfrom", timedelta(hours=before))
    half.add("tzoffsetto", timedelta(hours=after))
    half.add("rrule", vRecur({"freq": "yearly", "bymonth": begins.month, "byday": "-1su"}))
    return half


def _organizer(community: Community) -> vCalAddress:
    """The group, at the address that mail comes from: programs trust an invitation by who sends it."""
    return _person(parseaddr(settings.DEFAULT_FROM_EMAIL)[1], community.name)


def _attendee(user: User) -> vCalAddress:
    person = _person(user.email, user.name)
    # An answer by mail would arrive nowhere, so none is asked.
    asked = {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "FALSE"}
    person.params.update(asked)
    return person


def _person(address: str, name: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{address}")
    # A quotation mark cannot stand in a parameter, and the way around it (RFC 6868) is read by few; a backslash is
    # taken for more than it is.
    person.params["CN"] = _line(name).replace('"', "'").replace("\\", "/")
    return person


def _clean(text: str) -> str:
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _line(text: str) -> str:
    return " ".join(_clean(text).split("\n")).strip()
