"""Over a real connection: what a program that reads invitations finds in the mail."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage as Letter
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP
from django.core.mail import EmailMessage
from django.db import transaction
from icalendar import Calendar

from leerkring import clock
from leerkring.communities.models import Notice
from leerkring.communities.sent import forget_mail
from leerkring.jobs.models import Job
from leerkring.jobs.worker import Worker
from leerkring.meetings import calendar, invite_rounds, inviting
from leerkring.meetings.models import Invite, Meeting
from leerkring.people.erasure import Leaving
from leerkring.people.models import User
from tests.cast import NOW, Cast, Side
from tests.letterbox import Letterbox

from .made import a_meeting, changed, read_back

#: No transaction of the test around it: a round keeps each of its steps before the next.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nothing_else_to_tell(cast: Cast) -> None:
    Notice.forget(Notice.objects.all())


def tell(*meetings: Meeting, after: int = 0) -> None:
    at = NOW + timedelta(minutes=after)
    with clock.at(at), transaction.atomic():
        inviting.tell(meetings, at=at)


def go(minutes: int) -> None:
    with clock.at(NOW + timedelta(minutes=minutes)):
        invite_rounds.go()


def to(user: User, letterbox: Letterbox) -> list[Letter]:
    return [letter for address, letter in letterbox.letters if address == user.email]


def shape(part: Letter) -> list[object]:
    inside = [shape(one) for one in part.iter_parts() if isinstance(one, Letter)]
    return [part.get_content_type(), *inside]


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_one_meeting_arrives_as_outlook_google_and_apple_take_it(
    regenboog: Side, anna: User, letterbox: Letterbox, method: str
) -> None:
    meeting = a_meeting(regenboog, topic="Breuken, halven; é en 💥 " * 6, bring=".\n.Punt\n" + "lang " * 150)
    tell(meeting)
    go(5)
    if method == "CANCEL":
        tell(changed(meeting, state=Meeting.State.CANCELLED), after=10)
        go(15)
    letter = to(anna, letterbox)[-1]
    assert shape(letter) == [
        "multipart/mixed",
        ["multipart/alternative", ["text/plain"], ["text/html"], ["text/calendar"]],
        ["application/ics"],
    ]
    inside, hanging = (
        part for part in letter.walk() if part.get_content_type() in {"text/calendar", "application/ics"}
    )
    assert inside.get_param("method") == method
    assert str(inside.get_content_charset()) == "utf-8"
    assert inside.get_content_disposition() is None
    assert (hanging.get_content_disposition(), hanging.get_filename()) == ("attachment", "invite.ics")
    assert isinstance(inside, Letter)
    assert isinstance(hanging, Letter)
    text, file = inside.get_content(), hanging.get_content()
    assert Calendar.from_ical(text).to_ical() == Calendar.from_ical(file).to_ical()
    found, (event,) = read_back(file)
    assert str(found["method"]) == method
    assert str(event["organizer"]).removeprefix("mailto:") in str(letter["From"])
    assert str(event["attendee"]) == f"mailto:{letter['To']}"
    assert str(event["summary"]).startswith(meeting.topic.strip())


def test_each_word_arrives_once_over_one_connection_with_a_name_of_its_own(
    regenboog: Side, anna: User, letterbox: Letterbox
) -> None:
    meeting = a_meeting(regenboog)
    tell(meeting)
    for minutes in range(5, 30, 5):
        go(minutes)
    assert (len(letterbox.letters), letterbox.connections) == (4, 1)
    tell(changed(meeting, place="Aula"), after=30)
    for minutes in range(35, 60, 5):
        go(minutes)
    assert len(to(anna, letterbox)) == 2
    assert len({letter["Message-ID"] for _, letter in letterbox.letters}) == 8


def test_a_server_that_breaks_off_after_the_last_word_is_not_told_again(
    regenboog: Side, anna: User, letterbox: Letterbox
) -> None:
    def break_off(server: SMTP) -> str:
        server.transport.abort()  # type: ignore[union-attr]
        return "250 OK"

    letterbox.at_the_end = break_off
    tell(a_meeting(regenboog))
    for minutes in range(5, 120, 5):
        go(minutes)
    assert len(to(anna, letterbox)) == 1
    assert set(Invite.objects.values_list("state", flat=True)) == {"unsure"}


def test_an_address_that_is_refused_is_passed_by(
    regenboog: Side, anna: User, bram: User, letterbox: Letterbox
) -> None:
    letterbox.answers = {anna.email: "550 No such person", bram.email: "451 Later please"}
    tell(a_meeting(regenboog))
    go(5)
    letterbox.answers.pop(bram.email)
    for minutes in range(10, 60, 5):
        go(minutes)
    assert sorted(address.split("@")[0] for address, _ in letterbox.letters) == ["bram", "fatima", "gert"]
    assert Invite.objects.get(user=anna).state == "refused"


def test_the_work_loop_does_it(regenboog: Side, letterbox: Letterbox) -> None:
    tell(a_meeting(regenboog))
    Worker().plan()
    with clock.at(NOW + timedelta(minutes=10)):
        worker = Worker()
        while worker.one():
            pass
    assert len(letterbox.letters) == 4
    job = Job.objects.get(kind="meetings.tell_calendars")
    assert (job.state, job.due) == ("waiting", NOW + timedelta(minutes=15))


def test_calendars_are_told_in_the_transaction_of_the_change(regenboog: Side) -> None:
    with pytest.raises(RuntimeError):
        inviting.tell([a_meeting(regenboog)], at=NOW)
    with transaction.atomic():
        inviting.tell([a_meeting(regenboog)], at=NOW)
        transaction.set_rollback(True)
    assert not Invite.objects.exists()


def test_a_name_in_a_kept_invitation_is_found_also_where_a_line_is_folded(
    regenboog: Side, anna: User, settings: Any, tmp_path: Path
) -> None:
    """Without a mail server mail lies in files, and what is about who is erased goes."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    named = User(name="Xaviëra Quispel-Žďár", email="x.quispel@zdar.test")
    leaving = Leaving(named, texts_too=False, at=NOW, places=frozenset({regenboog.community.pk}))
    for length in range(30, 80):
        place = "x" * length + f" {named.name}"
        file = calendar.published([a_meeting(regenboog, place=place), a_meeting(regenboog, place="Aula")])
        letter = EmailMessage("Twee bijeenkomsten", "Zie de bijlage.", to=[anna.email])
        letter.attach("bijeenkomsten.ics", file, "text/calendar")
        letter.send()
        assert list(tmp_path.iterdir())
        forget_mail(leaving)
        assert not list(tmp_path.iterdir()), place
