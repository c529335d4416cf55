"""Who is told what of a meeting, when, and how often: calendars follow what is planned, and nobody hears it twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from leerkring import clock
from leerkring.communities.mail.post import Outcome, Post
from leerkring.communities.models import NoticePreference
from leerkring.communities.notices import Rhythm
from leerkring.jobs import vanished
from leerkring.meetings import invite_letter, invite_rounds, inviting
from leerkring.meetings.models import Invite, Meeting
from leerkring.people.models import Away, User
from tests.cast import LAST_WEEK, NOW, Browser, Side

from .made import a_meeting, changed, read_back, wall

pytestmark = pytest.mark.django_db

A_MINUTE = timedelta(minutes=1)
ALL = ["anna", "bram", "fatima", "gert"]
CANCELLED = Meeting.State.CANCELLED


class Server(Post):
    """Answers what it is told to answer, and then that it took it."""

    def __init__(self, answers: list[Outcome | BaseException]) -> None:
        self.answers = answers
        self.taken: list[EmailMultiAlternatives] = []
        self.asked = 0

    def send(self, letter: EmailMultiAlternatives) -> Outcome:
        self.asked += 1
        answer = self.answers.pop(0) if self.answers else Outcome.SENT
        if isinstance(answer, BaseException):
            raise answer
        if answer == Outcome.SENT:
            self.taken.append(letter)
        return answer

    def _close(self) -> None:
        pass


def tell(*meetings: Meeting, at: datetime = NOW) -> None:
    with clock.at(at), transaction.atomic():
        inviting.tell(meetings, at=at)


def go(after: timedelta = 5 * A_MINUTE, server: Server | None = None) -> None:
    with clock.at(NOW + after):
        invite_rounds.go(post=(lambda: server) if server else Post)


def sent() -> list[str]:
    """To whom, since the last look."""
    found = sorted(letter.to[0].split("@")[0] for letter in mail.outbox)
    mail.outbox.clear()
    return found


def letters_to(user: User) -> list[Any]:
    found = [letter for letter in mail.outbox if letter.to == [user.email]]
    mail.outbox.clear()
    return found


def calendar_in(letter: Any) -> tuple[Any, list[Any]]:
    """What a program that reads invitations finds in it, or else the file that hangs on it."""
    inside = [text for text, kind in letter.alternatives if kind.startswith("text/calendar")]
    return read_back(inside[-1] if inside else letter.attachments[0][1])


def only(user: User, side: Side) -> None:
    """Nobody but `user` wants this mail."""
    for member in side.community.memberships.exclude(user=user).select_related("user"):
        if member.user:
            NoticePreference.choose(member.user, Rhythm.NEVER)


# Once, and as it stands then


def test_everyone_who_takes_part_is_told_and_nobody_else(regenboog: Side) -> None:
    tell(a_meeting(regenboog))
    go(2 * A_MINUTE)
    assert sent() == []  # who plans may still be changing it
    go()
    assert sent() == ALL
    for minutes in range(10, 60, 5):
        go(minutes * A_MINUTE)
    assert sent() == []


def test_what_changes_within_minutes_is_told_once_as_it_became(regenboog: Side, anna: User) -> None:
    meeting = a_meeting(regenboog)
    tell(meeting)
    for minutes in (1, 3, 5):
        tell(changed(meeting, place=f"Lokaal {minutes}"), at=NOW + minutes * A_MINUTE)
        go((minutes + 1) * A_MINUTE)
    assert sent() == []
    go(10 * A_MINUTE)
    (letter,) = letters_to(anna)
    _, (event,) = calendar_in(letter)
    assert (event["location"], event["sequence"]) == ("Lokaal 5", 3)


def test_a_change_is_a_word_of_its_own_and_an_end_the_last(regenboog: Side, anna: User) -> None:
    meeting = a_meeting(regenboog)
    told = []
    changes: tuple[dict[str, Any], ...] = ({}, {"starts_at": wall("2026-11-25 15:30")}, {"state": CANCELLED})
    for number, fields in enumerate(changes):
        tell(changed(meeting, **fields) if fields else meeting, at=NOW + number * 10 * A_MINUTE)
        go((number * 10 + 5) * A_MINUTE)
        (letter,) = letters_to(anna)
        whole, (event,) = calendar_in(letter)
        told.append((letter.subject.split(":")[0], str(whole["method"]), int(event["sequence"])))
    assert told == [
        ("Voor in je agenda", "REQUEST", 0),
        ("Veranderd", "REQUEST", 1),
        ("Gaat niet door", "CANCEL", 2),
    ]


def test_told_again_without_a_change_nothing_goes(regenboog: Side) -> None:
    meeting = a_meeting(regenboog)
    tell(meeting)
    go()
    sent()
    tell(meeting, at=NOW + 10 * A_MINUTE)
    go(15 * A_MINUTE)
    assert sent() == []
    assert set(Invite.objects.values_list("state", flat=True)) == {"nothing_left"}


def test_planned_and_called_off_before_anyone_heard_is_told_to_nobody(regenboog: Side) -> None:
    meeting = a_meeting(regenboog)
    tell(meeting)
    tell(changed(meeting, state=CANCELLED), at=NOW + A_MINUTE)
    go()
    assert sent() == []


def test_without_a_date_there_is_nothing_to_tell(regenboog: Side) -> None:
    meeting = a_meeting(regenboog)
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.POLL, starts_at=None)
    meeting.refresh_from_db()
    tell(meeting)
    assert not Invite.objects.exists()


def test_what_is_over_is_told_no_more(regenboog: Side) -> None:
    tell(a_meeting(regenboog, "2026-11-10 10:32"))  # in two minutes
    go()
    assert sent() == []


# A series


def test_what_is_planned_together_comes_in_one_mail_and_changes_one_by_one(
    regenboog: Side, anna: User
) -> None:
    series = [
        a_meeting(regenboog, f"2026-{month}-{day} 15:30") for month, day in ((11, 17), (12, "01"), (12, 15))
    ]
    tell(*series)
    go()
    (letter,) = letters_to(anna)
    assert letter.subject == "3 bijeenkomsten van Rekenen in de onderbouw voor in je agenda"
    assert not [kind for _, kind in letter.alternatives if "calendar" in kind]
    whole, events = calendar_in(letter)
    assert whole["method"] == "PUBLISH"
    assert [str(event["uid"]) for event in events] == [str(meeting.uid) for meeting in series]
    tell(changed(series[1], place="Aula"), changed(series[2], state=CANCELLED), at=NOW + 10 * A_MINUTE)
    go(15 * A_MINUTE)
    told = {
        (str(whole["method"]), str(event["uid"]))
        for whole, (event,) in (calendar_in(letter) for letter in letters_to(anna))
    }
    assert told == {("REQUEST", str(series[1].uid)), ("CANCEL", str(series[2].uid))}


def test_two_groups_are_two_mails(regenboog: Side, baken: Side, anna: User) -> None:
    baken.community.join(anna)
    tell(a_meeting(regenboog), a_meeting(baken))
    go()
    assert len(letters_to(anna)) == 2


# When


def days(start: datetime, count: int) -> Iterator[datetime]:
    return (start + n * 5 * A_MINUTE for n in range(count * 288))


def when_sent(user: User, start: datetime, count: int) -> list[datetime]:
    went = []
    for moment in days(start, count):
        with clock.at(moment):
            invite_rounds.go()
        if letters_to(user):
            went.append(moment)
    return went


def test_at_night_it_waits_for_school_to_open(regenboog: Side, anna: User) -> None:
    night = datetime(2026, 11, 10, 20, tzinfo=UTC)
    tell(a_meeting(regenboog), at=night)
    assert when_sent(anna, night, 2) == [datetime(2026, 11, 11, 6, 30, tzinfo=UTC)]


def test_in_a_holiday_it_waits_for_the_first_school_day(regenboog: Side, anna: User) -> None:
    regenboog.school.keep_holiday(name="Studie", first_day=date(2026, 11, 10), last_day=date(2026, 11, 12))
    tell(a_meeting(regenboog))
    assert when_sent(anna, NOW, 4) == [datetime(2026, 11, 13, 6, 30, tzinfo=UTC)]


def test_what_is_within_two_days_is_told_at_once(regenboog: Side, anna: User) -> None:
    night = datetime(2026, 11, 10, 20, tzinfo=UTC)
    tell(a_meeting(regenboog, "2026-11-12 08:45"), a_meeting(regenboog, "2026-11-19 08:45"), at=night)
    with clock.at(night + 5 * A_MINUTE):
        invite_rounds.go()
    (letter,) = letters_to(anna)
    assert [event.start for event in calendar_in(letter)[1]] == [wall("2026-11-12 08:45")]


def test_who_would_come_tomorrow_hears_this_evening_that_it_is_next_week(regenboog: Side, anna: User) -> None:
    meeting = a_meeting(regenboog, "2026-11-11 15:30")
    tell(meeting)
    go()
    sent()
    evening = datetime(2026, 11, 10, 20, tzinfo=UTC)
    tell(changed(meeting, starts_at=wall("2026-11-18 15:30")), at=evening)
    with clock.at(evening + 5 * A_MINUTE):
        invite_rounds.go()
    assert len(letters_to(anna)) == 1


def test_who_is_away_gets_it_for_it_is_their_calendar(regenboog: Side, anna: User) -> None:
    Away.plan(by=anna, first_day=date(2026, 11, 10), last_day=date(2026, 11, 20))
    tell(a_meeting(regenboog))
    go()
    assert "anna" in sent()


# Who


def test_who_comes_in_later_gets_what_lies_ahead(regenboog: Side, olga: User) -> None:
    series = [
        a_meeting(regenboog, when) for when in ("2026-11-03 15:30", "2026-11-17 15:30", "2026-12-01 15:30")
    ]
    a_meeting(regenboog, "2026-11-18 15:30", state=CANCELLED)
    tell(*series)
    go()
    sent()
    regenboog.community.join(olga, at=NOW + 10 * A_MINUTE)
    go(15 * A_MINUTE)
    (letter,) = letters_to(olga)
    assert [event.start for event in calendar_in(letter)[1]] == [meeting.starts_at for meeting in series[1:]]


def test_a_code_from_a_file_gets_it_when_it_turns_out_to_be_someone(regenboog: Side, olga: User) -> None:
    (code,) = regenboog.community.join_codes(1, at=LAST_WEEK)
    tell(a_meeting(regenboog))
    go()
    assert sent() == ALL
    code.accept(olga, at=NOW + 10 * A_MINUTE)
    go(15 * A_MINUTE)
    assert sent() == ["olga"]


def test_who_left_before_it_went_is_not_told(regenboog: Side, anna: User) -> None:
    tell(a_meeting(regenboog))
    regenboog.member(anna).leave(at=NOW + A_MINUTE)
    go()
    assert sent() == ["bram", "fatima", "gert"]


def test_a_guest_is_told_of_what_they_are_there_for(regenboog: Side, gert: User) -> None:
    """Gert is there until 18 December; what he has in his calendar already he hears of."""
    meeting = a_meeting(regenboog, "2026-12-18 15:30")
    tell(meeting, a_meeting(regenboog, "2027-01-12 15:30"))
    go()
    (letter,) = letters_to(gert)
    assert [event.start.date() for event in calendar_in(letter)[1]] == [date(2026, 12, 18)]
    tell(changed(meeting, starts_at=wall("2027-01-13 15:30")), at=NOW + 10 * A_MINUTE)
    go(15 * A_MINUTE)
    assert len(letters_to(gert)) == 1


def test_of_a_group_that_ended_nothing_goes(regenboog: Side) -> None:
    tell(a_meeting(regenboog))
    regenboog.community.memberships.update(left_at=None)
    type(regenboog.community).objects.filter(pk=regenboog.community.pk).update(ended_at=NOW)
    go()
    assert sent() == []


@pytest.mark.parametrize("where", ["everything", "group", "kind"])
def test_who_wants_no_mail_of_it_gets_none(regenboog: Side, anna: User, where: str) -> None:
    place: dict[str, Any] = {} if where == "everything" else {"community": regenboog.community}
    if where == "kind":
        place["kind"] = "meeting.invited"
    NoticePreference.choose(anna, Rhythm.NEVER, **place)
    tell(a_meeting(regenboog))
    go()
    assert sent() == ["bram", "fatima", "gert"]


def test_who_wants_other_mail_once_a_week_gets_this_now(regenboog: Side, anna: User) -> None:
    NoticePreference.choose(anna, Rhythm.WEEKLY)
    tell(a_meeting(regenboog))
    go()
    assert "anna" in sent()


def test_one_chooses_at_once_or_never(regenboog: Side, anna: User, browser: Browser) -> None:
    address = f"/plg/{regenboog.community.pk}/mail/"
    page = browser(anna).get(address).content.decode()
    field = page[page.index('name="kind-meeting.invited"') :]
    field = field[: field.index("</select>")]
    assert re.findall(r'value="(\w+)"', field) == ["wider", "at_once", "never"]


@pytest.mark.parametrize("address", ["anna@leerkring.example", "anna@example"])
def test_made_up_people_get_no_mail(regenboog: Side, anna: User, address: str) -> None:
    User.objects.filter(pk=anna.pk).update(email=address)
    tell(a_meeting(regenboog))
    go()
    assert sent() == ["bram", "fatima", "gert"]


# The words


def test_the_mail_says_where_to_answer_and_asks_no_answer_by_mail(regenboog: Side, anna: User) -> None:
    meeting = a_meeting(regenboog, question="Wie haakt af?", bring="Een toets")
    tell(meeting)
    go()
    (letter,) = letters_to(anna)
    page = f"http://localhost:8000/plg/{regenboog.community.pk}/bijeenkomsten/{meeting.pk}/"
    html = letter.alternatives[0][0]
    for text in (letter.body, html):
        assert "Laat weten of je komt" in text
        for told in (
            page,
            "Wie haakt af?",
            "Een toets",
            "dinsdag 24 november, 15.30 uur, 90 minuten",
            "Lokaal 4",
        ):
            assert told in text, told
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "RSVP=TRUE" not in letter.alternatives[1][0]


def test_of_a_confidential_one_the_mail_tells_no_more_than_its_calendar(regenboog: Side, anna: User) -> None:
    tell(a_meeting(regenboog, confidential=True, question="Geheime vraag", bring="Geheim stuk"))
    go()
    (letter,) = letters_to(anna)
    assert "Geheim" not in letter.message().as_string() + letter.body + "".join(
        t for t, _ in letter.alternatives
    )


def test_it_speaks_as_its_reader(regenboog: Side, anna: User) -> None:
    anna.speak("en")
    tell(a_meeting(regenboog))
    go()
    (letter,) = letters_to(anna)
    assert letter.subject == "For your calendar: Breuken op de getallenlijn"
    assert "Let your colleagues know" in calendar_in(letter)[1][0]["description"]


# What goes wrong


def states() -> list[tuple[str, int | None]]:
    return list(Invite.objects.order_by("user").values_list("state", "told"))


def test_what_surely_did_not_arrive_goes_later(regenboog: Side, anna: User) -> None:
    only(anna, regenboog)
    tell(a_meeting(regenboog))
    server = Server([Outcome.LATER, Outcome.NOBODY_THERE])
    for minutes in range(5, 60, 5):
        go(minutes * A_MINUTE, server)
    assert (server.asked, len(server.taken)) == (3, 1)
    assert ("sent", 0) in states()


@pytest.mark.parametrize(
    ("outcome", "state"), [(Outcome.UNSURE, "unsure"), (Outcome.REFUSED, "refused"), (Outcome.SENT, "sent")]
)
def test_what_may_have_arrived_is_not_told_twice(
    regenboog: Side, anna: User, outcome: Outcome, state: str
) -> None:
    only(anna, regenboog)
    tell(a_meeting(regenboog))
    server = Server([outcome])
    for minutes in range(5, 60, 5):
        go(minutes * A_MINUTE, server)
    assert server.asked == 1
    assert (state, 0) in states()


def test_a_process_that_dies_on_the_way_leaves_nothing_to_be_sent_again(regenboog: Side, anna: User) -> None:
    only(anna, regenboog)
    meeting = a_meeting(regenboog)
    tell(meeting)
    with pytest.raises(SystemExit):
        go(server=Server([SystemExit()]))
    assert ("sending", 0) in states()
    server = Server([])
    for minutes in range(10, 60, 5):
        go(minutes * A_MINUTE, server)
    assert server.asked == 0
    assert ("unsure", 0) in states()
    tell(changed(meeting, place="Aula"), at=NOW + 60 * A_MINUTE)
    go(65 * A_MINUTE, server)
    assert server.asked == 1  # the next word is another


def test_a_change_while_a_mail_is_handed_over_is_told_after_it(regenboog: Side, anna: User) -> None:
    only(anna, regenboog)
    meeting = a_meeting(regenboog)
    tell(meeting)

    class Slow(Server):
        def send(self, letter: EmailMultiAlternatives) -> Outcome:
            if not self.asked:
                tell(changed(meeting, place="Aula"), at=NOW + 5 * A_MINUTE)
            return super().send(letter)

    server = Slow([])
    go(server=server)
    go(10 * A_MINUTE, server)
    assert [calendar_in(letter)[1][0]["location"] for letter in server.taken] == ["Lokaal 4", "Aula"]


def test_a_server_that_is_not_there_is_asked_once(regenboog: Side) -> None:
    tell(a_meeting(regenboog))
    server = Server([Outcome.NOBODY_THERE])
    go(server=server)
    assert server.asked == 1


def test_a_fault_with_one_keeps_it_from_nobody_else(
    regenboog: Side, anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(a_meeting(regenboog))

    def faulty(invites: list[Invite], *, to: User) -> EmailMultiAlternatives:
        if to == anna:
            raise ZeroDivisionError
        return invite_letter.written(invites, to=to)

    monkeypatch.setattr(invite_rounds, "written", faulty)
    go()
    assert sent() == ["bram", "fatima", "gert"]
    monkeypatch.undo()
    go(70 * A_MINUTE)
    assert sent() == ["anna"]


def test_nothing_due_is_one_question(regenboog: Side) -> None:
    tell(a_meeting(regenboog))
    with CaptureQueriesContext(connection) as asked:
        go(A_MINUTE)
    assert len(asked) == 1


# After a backup was put back


def test_what_a_backup_would_still_tell_is_not_told_and_the_next_word_counts(
    regenboog: Side, anna: User
) -> None:
    meeting = a_meeting(regenboog)
    tell(meeting)
    with transaction.atomic():
        for function in vanished.after_restore:
            function(LAST_WEEK)
    go()
    assert sent() == []
    meeting.refresh_from_db()
    tell(changed(meeting, place="Aula"), at=NOW + 10 * A_MINUTE)
    go(15 * A_MINUTE)
    (letter,) = letters_to(anna)
    assert letter.subject.startswith("Veranderd")
    assert int(calendar_in(letter)[1][0]["sequence"]) > 100  # more than any that went out since
