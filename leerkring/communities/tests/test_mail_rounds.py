"""The rounds: what goes, when, to whom, once, and what happens when a server says no or breaks off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leerkring import clock
from leerkring.communities import inbox
from leerkring.communities.access import here
from leerkring.communities.mail import letter, readers, rounds
from leerkring.communities.mail.post import Outcome, Post
from leerkring.communities.models import Digest, Notice, NoticePreference
from leerkring.communities.notices import Rhythm
from leerkring.people.models import Away, User
from tests.cast import NOW, Cast, Side

pytestmark = pytest.mark.django_db

#: NOW is half past ten on Tuesday 10 November 2026.
FOUR = datetime(2026, 11, 10, 15, tzinfo=UTC)
MONDAY = datetime(2026, 11, 16, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nothing_told_yet(cast: Cast) -> None:
    Notice.forget(Notice.objects.all())


class Server(Post):
    """Takes what it is told to take; keeps what it took."""

    def __init__(self, answers: list[Outcome | BaseException]) -> None:
        self.answers = answers
        self.taken: list[str] = []
        self.asked: list[str] = []

    def send(self, letter: EmailMultiAlternatives) -> Outcome:
        self.asked.append(letter.to[0])
        answer = self.answers.pop(0) if self.answers else Outcome.SENT
        if isinstance(answer, BaseException):
            raise answer
        if answer == Outcome.SENT:
            self.taken.append(letter.to[0])
        return answer

    def _close(self) -> None:
        pass


def go(moment: datetime, server: Server | None = None) -> None:
    with clock.at(moment):
        rounds.go(post=(lambda: server) if server else Post)


def days(start: datetime, count: int) -> Iterator[datetime]:
    """Every quarter of an hour, day and night."""
    return (start + timedelta(minutes=15 * n) for n in range(count * 96))


def reply(side: Side, author: User, text: str = "Zo.", at: datetime = NOW) -> Any:
    with clock.at(at):
        return side.conversation.reply(by=side.member(author), text=text)


def sent() -> list[str]:
    return [one.to[0].split("@")[0] for one in mail.outbox]


def states() -> list[str]:
    return list(Digest.objects.order_by("pk").values_list("state", flat=True))


def test_who_is_answered_has_one_mail_at_four_and_the_others_on_monday(regenboog: Side, fatima: User) -> None:
    reply(regenboog, fatima)
    went = []
    for moment in days(NOW, 8):
        before = len(mail.outbox)
        go(moment)
        went += [(moment, name) for name in sent()[before:]]
    assert went == [(FOUR, "anna"), (MONDAY, "bram")]
    assert states() == ["sent", "sent"]


def test_the_mail_says_who_and_where_and_nothing_of_what_was_said(
    regenboog: Side, fatima: User, settings: Any
) -> None:
    settings.BASE_URL = "https://plg.school.test"
    first = reply(regenboog, fatima, "Dat deed ik met een strook papier.")
    reply(regenboog, fatima, "En met klei.")
    go(FOUR)
    (sent_one,) = mail.outbox
    assert sent_one.subject == "Nieuw voor jou in Rekenen in de onderbouw"
    assert isinstance(sent_one, EmailMultiAlternatives)
    html = str(sent_one.alternatives[0][0])
    place = f"/plg/{regenboog.community.pk}/gesprekken/{regenboog.conversation.pk}/"
    for text in (str(sent_one.body), html):
        assert "Hoe leg je een halve uit?" in text
        assert "Reactie op jou van Fatima El Amrani" in text
        assert f"https://plg.school.test{place}?bij={first.pk}#bijdrage-{first.pk}" in text
        assert "strook" not in text
        assert "klei" not in text
    assert not re.search(r"<(img|style|script|link)|src=|style=", html)


def test_the_headers_let_a_mail_program_stop_it_and_no_robot_answer_it(
    regenboog: Side, fatima: User, settings: Any
) -> None:
    settings.BASE_URL = "https://plg.school.test"
    reply(regenboog, fatima)
    go(FOUR)
    made = mail.outbox[0].message()
    assert made["List-Unsubscribe"].strip().startswith("<https://plg.school.test/mail-stoppen/")
    assert made["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert made["Auto-Submitted"] == "auto-generated"
    assert made["Precedence"] == "bulk"
    assert made["Date"] == "Tue, 10 Nov 2026 16:00:00 +0100"
    assert made["Message-ID"] == f"<{Digest.objects.get().uid.hex}.postvak@plg.school.test>"


def test_mail_is_in_the_language_of_the_person(regenboog: Side, fatima: User, anna: User) -> None:
    User.objects.filter(pk=anna.pk).update(language="en")
    reply(regenboog, fatima)
    go(FOUR)
    assert mail.outbox[0].subject == "New for you in Rekenen in de onderbouw"
    assert "A reply to you from Fatima El Amrani" in str(mail.outbox[0].body)


def test_what_was_read_is_not_mailed(regenboog: Side, fatima: User, anna: User) -> None:
    reply(regenboog, fatima)
    go(NOW)
    anna.refresh_from_db()
    inbox.opened(here(anna, regenboog.community.pk), "conversation", regenboog.conversation.pk)
    go(FOUR)
    assert sent() == []


def test_what_was_taken_back_is_not_mailed(regenboog: Side, fatima: User) -> None:
    answer = reply(regenboog, fatima)
    go(NOW)
    answer.withdraw(by=regenboog.member(fatima))
    go(FOUR)
    go(MONDAY)
    assert sent() == []


def test_who_left_gets_no_mail(regenboog: Side, fatima: User, anna: User) -> None:
    reply(regenboog, fatima)
    go(NOW)
    regenboog.member(anna).leave()
    go(FOUR)
    assert sent() == []


def test_a_mail_that_goes_takes_along_what_would_go_later(
    regenboog: Side, fatima: User, anna: User, bram: User
) -> None:
    other = regenboog.community.conversations.exclude(pk=regenboog.conversation.pk).get()
    other.reply(by=regenboog.member(anna), text="Mooi.")
    other.reply(by=regenboog.member(fatima), text="Ja.")  # for Anna a reply, for Monday
    reply(regenboog, fatima)  # and this one for today
    go(FOUR)
    annas = [str(one.body) for one in mail.outbox if one.to == [anna.email]]
    assert len(annas) == 1
    assert "Onze kast met breukstokken" in annas[0]
    assert "Hoe leg je een halve uit?" in annas[0]
    go(MONDAY)
    assert sent().count("anna") == 1


def test_never_means_not_even_along_with_another(regenboog: Side, fatima: User, anna: User) -> None:
    NoticePreference.choose(anna, Rhythm.NEVER, community=regenboog.community, kind="answered")
    reply(regenboog, fatima)
    reply(regenboog, fatima, "Iets voor @Anna.")
    go(FOUR)
    assert "Vraag aan jou" in str(mail.outbox[0].body)
    assert "Reactie op jou" not in str(mail.outbox[0].body)


def test_thanks_are_mailed_to_nobody_unless_they_chose_so(
    regenboog: Side, fatima: User, anna: User, bram: User
) -> None:
    regenboog.answer.help(by=regenboog.member(anna))
    NoticePreference.choose(bram, Rhythm.AT_ONCE)
    go(FOUR)
    assert sent() == []
    NoticePreference.choose(bram, Rhythm.DAILY, community=regenboog.community, kind="helped", at=FOUR)
    go(FOUR)
    assert sent() == ["bram"]


def test_at_once_is_within_a_quarter_of_an_hour(regenboog: Side, fatima: User, anna: User) -> None:
    NoticePreference.choose(anna, Rhythm.AT_ONCE)
    reply(regenboog, fatima)
    go(NOW + timedelta(minutes=4))
    assert sent() == []
    go(NOW + timedelta(minutes=9))
    assert sent() == ["anna"]


def test_nothing_at_night_nor_when_every_school_of_someone_is_free(
    regenboog: Side, baken: Side, fatima: User, anna: User, olga: User
) -> None:
    NoticePreference.choose(anna, Rhythm.AT_ONCE)
    night = datetime(2026, 11, 10, 20, tzinfo=UTC)
    regenboog.school.keep_holiday(name="Studie", first_day=date(2026, 11, 11), last_day=date(2026, 11, 13))
    reply(regenboog, fatima, at=night)
    for moment in days(night, 5):
        go(moment)
    assert sent() == []
    # She also comes from another school now, where there is school on Thursday.
    with clock.at(night):
        baken.community.join(anna, school=baken.school)
    Notice.objects.update(mail_at=night)
    go(datetime(2026, 11, 12, 9, tzinfo=UTC))
    assert sent() == ["anna"]


def test_who_is_away_gets_it_when_back(regenboog: Side, fatima: User, anna: User) -> None:
    Away.plan(by=anna, first_day=date(2026, 11, 10), last_day=date(2026, 11, 11))
    reply(regenboog, fatima)
    went = []
    for moment in days(NOW, 3):
        before = len(mail.outbox)
        go(moment)
        went += [moment for _ in sent()[before:]]
    assert went == [datetime(2026, 11, 12, 6, 30, tzinfo=UTC)]


@pytest.mark.parametrize("address", ["anna@leerkring.example", "anna@example", "Anna@SCHOOL.Example"])
def test_made_up_people_get_no_mail(regenboog: Side, fatima: User, anna: User, address: str) -> None:
    User.objects.filter(pk=anna.pk).update(email=address)
    reply(regenboog, fatima)
    go(FOUR)
    assert (sent(), states()) == ([], [])
    assert not Notice.objects.unmailed().filter(user=anna, mail_at__isnull=False).exists()


def test_a_demo_keeps_its_mail_in_files(regenboog: Side, fatima: User, settings: Any, tmp_path: Any) -> None:
    settings.DEMO, settings.DATA = True, tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "mail.school.test"
    reply(regenboog, fatima)
    go(FOUR)
    assert len(list((tmp_path / "mail").iterdir())) == 1


def test_a_round_without_anything_due_is_one_question(regenboog: Side, fatima: User) -> None:
    reply(regenboog, fatima)
    go(NOW)
    with CaptureQueriesContext(connection) as asked:
        go(NOW + timedelta(minutes=5))
    assert len(asked) == 1


# What a server may do


def test_a_server_that_is_not_there_is_asked_once_a_round_and_again_ever_later(
    regenboog: Side, fatima: User, anna: User, bram: User
) -> None:
    for person in (anna, bram):
        NoticePreference.choose(person, Rhythm.DAILY)
    reply(regenboog, fatima)
    server = Server([Outcome.NOBODY_THERE] * 2)
    go(FOUR, server)
    assert len(server.asked) == 1
    go(FOUR + timedelta(minutes=4), server)
    assert len(server.asked) == 2
    go(FOUR + timedelta(minutes=6), server)
    go(FOUR + timedelta(minutes=12), server)
    assert sorted(server.taken) == [anna.email, bram.email]
    assert states() == ["sent", "sent"]


def test_one_bad_address_does_not_stop_the_others(
    regenboog: Side, fatima: User, anna: User, bram: User
) -> None:
    for person in (anna, bram):
        NoticePreference.choose(person, Rhythm.DAILY)
    reply(regenboog, fatima)
    server = Server([Outcome.REFUSED])
    go(FOUR, server)
    assert len(server.taken) == 1
    go(FOUR + timedelta(days=1), server)
    assert len(server.asked) == 2
    assert Digest.objects.by_state(since=NOW) == {"refused": 1, "sent": 1}


def test_what_may_have_arrived_is_not_sent_again(regenboog: Side, fatima: User) -> None:
    reply(regenboog, fatima)
    server = Server([Outcome.UNSURE])
    for moment in days(FOUR, 1):
        go(moment, server)
    assert (len(server.asked), states()) == (1, ["unsure"])


@pytest.mark.parametrize("broke", ["before", "during"])
def test_a_process_that_dies_tells_nothing_twice(
    regenboog: Side, fatima: User, anna: User, broke: str
) -> None:
    """SystemExit is what no handler catches: what was kept by then is what a killed process leaves."""
    reply(regenboog, fatima)
    server = Server([SystemExit()])
    if broke == "before":
        with clock.at(FOUR):
            Digest.claim(anna, list(Notice.objects.filter(user=anna).values_list("pk", flat=True)), at=FOUR)
    else:
        with pytest.raises(SystemExit):
            go(FOUR, server)
        assert states() == ["sending"]
    later = Server([])
    for moment in days(FOUR + timedelta(minutes=5), 1):
        go(moment, later)
    assert later.taken == ([anna.email] if broke == "before" else [])
    assert states() == (["sent"] if broke == "before" else ["unsure"])


def test_news_that_comes_while_a_mail_waits_goes_along_in_it(
    regenboog: Side, fatima: User, anna: User
) -> None:
    reply(regenboog, fatima)
    server = Server([Outcome.LATER] * 6)
    for minutes in range(0, 90, 5):
        go(FOUR + timedelta(minutes=minutes), server)
    Notice.objects.filter(user=anna).update(read_at=None)
    reply(regenboog, fatima, "Nog iets voor @Anna.", at=FOUR + timedelta(hours=1, minutes=55))
    for moment in days(FOUR + timedelta(hours=16), 3):
        go(moment, server)
    assert server.taken == [anna.email]
    assert Digest.objects.get().notices.count() == 2


def test_while_it_waits_it_may_be_read_after_all(regenboog: Side, fatima: User, anna: User) -> None:
    reply(regenboog, fatima)
    server = Server([Outcome.LATER])
    go(FOUR, server)
    anna.refresh_from_db()
    inbox.opened(here(anna, regenboog.community.pk), "conversation", regenboog.conversation.pk)
    go(FOUR + timedelta(minutes=10), server)
    assert (server.taken, states()) == ([], ["nothing_left"])


def test_a_mail_that_waits_does_not_go_at_night(regenboog: Side, fatima: User, anna: User) -> None:
    reply(regenboog, fatima)
    server = Server([Outcome.LATER] * 5)
    went = []
    for moment in days(FOUR, 2):
        before = len(server.asked)
        go(moment, server)
        went += [moment.astimezone(clock.AMSTERDAM).hour for _ in server.asked[before:]]
    assert server.taken == [anna.email]
    assert all(7 <= hour < 18 for hour in went)


def test_after_a_week_it_is_given_up_and_the_inbox_still_has_it(
    regenboog: Side, fatima: User, anna: User, bram: User
) -> None:
    NoticePreference.choose(bram, Rhythm.NEVER)
    reply(regenboog, fatima)
    server = Server([Outcome.LATER] * 1000)
    for moment in days(FOUR, 9):
        go(moment, server)
    assert states() == ["given_up"]
    assert len(server.asked) < 40
    anna.refresh_from_db()
    assert anna.unread == 1


def test_a_fault_of_ours_with_one_does_not_keep_mail_from_the_others(
    regenboog: Side, fatima: User, anna: User, bram: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for person in (anna, bram):
        NoticePreference.choose(person, Rhythm.DAILY)
    reply(regenboog, fatima)
    written = letter.written

    def faulty(digest: Digest, reader: readers.Reader) -> Any:
        if digest.user_id == anna.pk:
            raise ZeroDivisionError
        return written(digest, reader)

    server = Server([])
    with monkeypatch.context() as patched:
        patched.setattr(rounds, "written", faulty)
        go(FOUR, server)
    assert server.taken == [bram.email]
    go(FOUR + timedelta(hours=1, minutes=5), server)
    assert server.taken == [bram.email, anna.email]
