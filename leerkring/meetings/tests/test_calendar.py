"""What we write as iCalendar, read back by a program that knows it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django import forms

from leerkring import clock
from leerkring.meetings import calendar
from leerkring.meetings.models import Meeting
from leerkring.people.models import User
from tests.cast import LAST_WEEK, NOW, Side
from tests.naughty import STRINGS

from .made import a_meeting, changed, read_back, wall

pytestmark = pytest.mark.django_db


def published(*meetings: Meeting) -> list[Any]:
    return read_back(calendar.published(meetings))[1]


def mailed(meeting: Meeting, to: User) -> tuple[Any, Any]:
    whole, (event,) = read_back(calendar.invitation(meeting, to=to, at=NOW)[1])
    return whole, event


def test_an_invitation_says_what_where_and_when_to_one_person(regenboog: Side, anna: User) -> None:
    meeting = a_meeting(
        regenboog, question="Waar haken ze af?", bring="Een toets,\nen een pen", link="https://meet.test/x"
    )
    whole, event = mailed(meeting, anna)
    page = f"http://localhost:8000/plg/{regenboog.community.pk}/bijeenkomsten/{meeting.pk}/"
    assert (whole["method"], whole["version"]) == ("REQUEST", "2.0")
    assert event["uid"] == str(meeting.uid)
    assert event["sequence"] == 0
    assert event["summary"] == "Breuken op de getallenlijn (Rekenen in de onderbouw)"
    assert event["location"] == "Lokaal 4"
    assert event["url"] == page
    assert event["status"] == "CONFIRMED"
    assert str(event["description"]).split("\n\n") == [
        "De vraag: Waar haken ze af?",
        "Om voor te bereiden:\nEen toets,\nen een pen",
        "Videobellen: https://meet.test/x",
        f"Laat weten of je komt: {page}",
    ]
    assert (event.start, event.end) == (wall("2026-11-24 15:30"), wall("2026-11-24 17:00"))
    assert event["dtstart"].params["TZID"] == "Europe/Amsterdam"
    assert event["dtstamp"].dt == NOW
    assert event["last-modified"].dt == LAST_WEEK
    assert event["organizer"] == "mailto:leerkring@localhost"
    assert event["organizer"].params["CN"] == "Rekenen in de onderbouw"
    assert event["attendee"] == "mailto:anna@leerkring.test"  # one, and not a list of them
    assert event["attendee"].params["RSVP"] == "FALSE"


def test_nobody_else_stands_in_it(regenboog: Side, anna: User) -> None:
    meeting = a_meeting(regenboog)
    file = calendar.invitation(meeting, to=anna, at=NOW)[1].decode()
    others = [m.user for m in regenboog.community.memberships.exclude(user=anna) if m.user]
    assert others
    assert not [one for one in others if one.email in file or one.name in file]
    assert "attendee" not in published(meeting)[0]


def test_of_a_confidential_one_only_what_it_is_about(regenboog: Side, anna: User) -> None:
    meeting = a_meeting(regenboog, confidential=True, question="Geheime vraag", bring="Geheim stuk")
    for file in (calendar.invitation(meeting, to=anna, at=NOW)[1], calendar.published([meeting])):
        assert b"Geheim" not in file
        assert read_back(file)[1][0]["class"] == "PRIVATE"


def test_each_change_is_a_later_word_about_the_same(regenboog: Side, anna: User) -> None:
    meeting = a_meeting(regenboog)
    first = mailed(meeting, anna)[1]
    second = mailed(changed(meeting, starts_at=wall("2026-11-25 15:30")), anna)[1]
    whole, third = mailed(changed(meeting, state=Meeting.State.CANCELLED), anna)
    assert first["uid"] == second["uid"] == third["uid"]
    assert [int(event["sequence"]) for event in (first, second, third)] == [0, 1, 2]
    assert second.start == wall("2026-11-25 15:30")
    assert (whole["method"], third["status"]) == ("CANCEL", "CANCELLED")
    (shown,) = published(meeting)
    assert (shown["status"], shown["transp"]) == ("CANCELLED", "TRANSPARENT")
    assert str(shown["summary"]).startswith("Gaat niet door: Breuken")


# The clock on the wall


@pytest.mark.parametrize(
    ("when", "offset"),
    [
        ("2026-10-24 15:30", 2),
        ("2026-10-25 01:30", 2),
        ("2026-10-25 15:30", 1),
        ("2026-10-26 15:30", 1),
        ("2027-03-27 15:30", 1),
        ("2027-03-28 01:30", 1),
        ("2027-03-28 03:30", 2),
        ("2027-03-29 15:30", 2),
    ],
)
def test_it_begins_when_the_clock_on_the_wall_says_so(regenboog: Side, when: str, offset: int) -> None:
    (event,) = published(a_meeting(regenboog, when, minutes=20))
    assert event.start.utcoffset() == timedelta(hours=offset)
    assert event["dtstart"].to_ical().decode() == wall(when).strftime("%Y%m%dT%H%M%S")
    assert event.end - event.start == timedelta(minutes=20)


@pytest.mark.parametrize("begin", [date(2026, 9, 29), date(2027, 3, 2)])
def test_every_other_week_stays_at_the_same_hour_across_the_change(regenboog: Side, begin: date) -> None:
    days = [begin + timedelta(weeks=2 * n) for n in range(5)]
    made = [a_meeting(regenboog, datetime.combine(day, time(15, 30), clock.AMSTERDAM)) for day in days]
    events = published(*made)
    assert [event.start.strftime("%H:%M") for event in events] == ["15:30"] * 5
    assert len({event.start.utcoffset() for event in events}) == 2
    assert [event.start for event in events] == [meeting.starts_at for meeting in made]


def test_in_the_hour_that_comes_twice_it_is_said_in_utc(regenboog: Side) -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    once, again = published(*(a_meeting(regenboog, first + timedelta(hours=n), minutes=20) for n in (0, 1)))
    assert in_utc(once.start, again.start) == [first, first + timedelta(hours=1)]
    assert once["dtstart"].to_ical() == b"20261025T023000"
    assert again["dtstart"].to_ical() == b"20261025T013000Z"
    (across,) = published(a_meeting(regenboog, first, minutes=90))
    assert in_utc(across.start, across.end) == [first, first + timedelta(minutes=90)]


def in_utc(*moments: datetime) -> list[datetime]:
    """Where a wall says the same twice, Python holds no two moments for the same but in UTC."""
    return [moment.astimezone(UTC) for moment in moments]


def test_an_hour_that_is_not_there_is_refused_where_it_is_typed_and_told_as_it_is(regenboog: Side) -> None:
    with pytest.raises(forms.ValidationError):
        forms.DateTimeField().clean("2027-03-28 02:30")
    (event,) = published(a_meeting(regenboog, wall("2027-03-28 02:30").astimezone(UTC)))
    assert event["dtstart"].to_ical() == b"20270328T033000"


def test_the_zone_says_the_same_as_the_tables_of_the_world(regenboog: Side) -> None:
    """For programs that do not know Europe/Amsterdam by name: two rules, as Google and Outlook write them."""
    file = calendar.published([a_meeting(regenboog)]).decode()
    zone = file[file.index("BEGIN:VTIMEZONE") : file.index("END:VTIMEZONE")]
    assert zone.count("RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=") == 2
    assert "RDATE" not in zone
    own = (
        read_back(file.replace("Europe/Amsterdam", "Van ons").encode())[0]
        .timezones[0]
        .to_tz(lookup_tzid=False)
    )
    begin = datetime.fromisoformat("2026-01-01 12:30")  # on the wall
    for hours in range(0, 24 * 365 * 12, 11):
        moment = begin + timedelta(hours=hours)
        there = moment.replace(tzinfo=clock.AMSTERDAM)
        if there.astimezone(UTC).astimezone(clock.AMSTERDAM).replace(tzinfo=None) == moment and not _doubled(
            there
        ):
            assert moment.replace(tzinfo=own).utcoffset() == there.utcoffset(), moment


def _doubled(moment: datetime) -> bool:
    return moment.utcoffset() != moment.replace(fold=1).utcoffset()


# What people type


ODD = [
    "Komma, puntkomma; schuine streep \\ en \\n en \\, dat",
    "Twee\nregels\r\nen\rnog een",
    "👩🏽‍🏫 met 🇳🇱 en é̂" * 5,
    "x" * 200,
    'een "aanhaling" en ^\'dakje^n',
    "BEGIN:VEVENT\nEND:VCALENDAR\nMETHOD:CANCEL",
    "\tmet\ttabs \x00\x07\x1b en wat niemand ziet\x7f",
]


def kept(text: str) -> str:
    """As a calendar keeps it: ends of lines are one kind, what is not seen is gone."""
    return re.sub("[\x00-\x08\x0b-\x1f\x7f\ufeff]", "", text.replace("\r\n", "\n").replace("\r", "\n"))


def in_line(text: str) -> str:
    return kept(text).replace("\n", " ").strip()


def test_whatever_is_typed_comes_back_as_it_was(regenboog: Side, anna: User) -> None:
    for text in (*ODD, *STRINGS):
        fields: dict[str, Any] = {
            "topic": text[:200],
            "place": text[:200],
            "question": text[:300],
            "bring": text[:1000],
        }
        meeting = Meeting(community=regenboog.community, pk=1, starts_at=NOW, planned_at=LAST_WEEK, **fields)
        anna.name = text[:120] or "Anna"
        file = calendar.invitation(meeting, to=anna, at=NOW)[1]
        assert max(map(len, file.split(b"\r\n"))) <= 75
        assert not re.search(rb"(?<!\r)\n|\r(?!\n)", file)
        (event,) = read_back(file)[1]
        assert event["summary"] == f"{in_line(fields['topic'])} (Rekenen in de onderbouw)"
        assert event.get("location", "") == in_line(fields["place"])
        assert kept(fields["bring"]) in event["description"]
        assert event["attendee"].params["CN"] == in_line(anna.name).replace('"', "'").replace("\\", "/")
        assert event["attendee"] == "mailto:anna@leerkring.test"
