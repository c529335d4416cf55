"""Over a real connection: a mention arrives once, a refused address is passed by, one plain request stops it."""

from __future__ import annotations

from asyncio import WriteTransport
from datetime import timedelta
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

import pytest
from aiosmtpd.smtp import SMTP
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from leerkring import clock
from leerkring.communities.mail import rounds
from leerkring.communities.models import Digest, Notice, NoticePreference
from leerkring.communities.notices import Rhythm
from leerkring.people.models import User
from tests.cast import NOW, Cast, Side
from tests.letterbox import Letterbox

#: No transaction of the test around it: a round keeps each of its steps before the next.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def at_once(cast: Cast) -> None:
    Notice.forget(Notice.objects.all())
    for person in (cast.anna, cast.bram, cast.gert):
        NoticePreference.choose(person, Rhythm.AT_ONCE)


def go(minutes: int) -> None:
    with clock.at(NOW + timedelta(minutes=minutes)):
        rounds.go()


def plain(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def test_a_mention_arrives_once_and_one_request_stops_the_next(
    regenboog: Side, fatima: User, anna: User, letterbox: Letterbox
) -> None:
    with clock.at(NOW):
        regenboog.conversation.reply(by=regenboog.member(fatima), text=".Vraag aan @Anna.\n.\nDag.")
    for minutes in range(5, 60, 5):
        go(minutes)
    ((to, letter),) = [pair for pair in letterbox.letters if pair[0] == anna.email]
    assert to == anna.email
    assert "Vraag aan jou van Fatima El Amrani" in plain(letter)
    stop = letter["List-Unsubscribe"].strip().strip("<>")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    posted = Client(enforce_csrf_checks=True).post(
        urlsplit(stop).path,
        "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
    )
    assert posted.status_code == 200
    with clock.at(NOW + timedelta(hours=1)):
        regenboog.conversation.reply(by=regenboog.member(fatima), text="Nog een vraag aan @Anna.")
    for minutes in range(65, 120, 5):
        go(minutes)
    assert len([pair for pair in letterbox.letters if pair[0] == anna.email]) == 1


def test_all_mail_of_a_round_goes_over_one_connection_and_a_bad_address_is_passed_by(
    regenboog: Side, fatima: User, anna: User, bram: User, gert: User, letterbox: Letterbox
) -> None:
    letterbox.answers = {anna.email: "550 No such person", bram.email: "451 Later please"}
    with clock.at(NOW):
        regenboog.conversation.reply(by=regenboog.member(fatima), text="Dag @Anna, @Bram en @Gert.")
    go(5)
    assert [to for to, _ in letterbox.letters] == [gert.email]
    assert letterbox.connections == 1
    letterbox.answers.pop(bram.email)
    for minutes in range(10, 60, 5):
        go(minutes)
    assert [to for to, _ in letterbox.letters] == [gert.email, bram.email]
    assert Digest.objects.by_state(since=NOW) == {"sent": 2, "refused": 1}


def test_a_letter_that_cannot_be_made_leaves_the_connection_for_the_others(
    regenboog: Side,
    fatima: User,
    anna: User,
    bram: User,
    letterbox: Letterbox,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = EmailMultiAlternatives.message

    def faulty(letter: EmailMultiAlternatives, **how: Any) -> Any:
        if letter.to == [anna.email]:
            raise ZeroDivisionError
        return made(letter, **how)

    monkeypatch.setattr(EmailMultiAlternatives, "message", faulty)
    with clock.at(NOW):
        regenboog.conversation.reply(by=regenboog.member(fatima), text="Dag @Anna en @Bram.")
    go(5)
    assert [to for to, _ in letterbox.letters] == [bram.email]
    assert letterbox.connections == 1


def test_a_server_that_breaks_off_after_the_last_word_is_not_told_again(
    regenboog: Side, fatima: User, anna: User, letterbox: Letterbox
) -> None:
    def break_off(server: SMTP) -> str:
        assert isinstance(server.transport, WriteTransport)
        server.transport.abort()
        return "250 OK"

    letterbox.at_the_end = break_off
    with clock.at(NOW):
        regenboog.conversation.reply(by=regenboog.member(fatima), text="Dag @Anna.")
    for minutes in range(5, 120, 5):
        go(minutes)
    assert [to for to, _ in letterbox.letters].count(anna.email) == 1
    assert set(Digest.objects.values_list("state", flat=True)) == {"unsure"}


@pytest.mark.parametrize(("answer", "state"), [("452 Full", "sent"), ("554 Not this", "refused")])
def test_what_is_not_taken_at_the_end_did_not_arrive(
    regenboog: Side, fatima: User, anna: User, letterbox: Letterbox, answer: str, state: str
) -> None:
    answers = [answer]
    letterbox.at_the_end = lambda server: answers.pop() if answers else "250 OK"
    NoticePreference.objects.exclude(user=anna).update(rhythm=Rhythm.NEVER)
    with clock.at(NOW):
        regenboog.conversation.reply(by=regenboog.member(fatima), text="Dag @Anna.")
    for minutes in range(5, 60, 5):
        go(minutes)
    assert list(Digest.objects.values_list("state", flat=True)) == [state]
    assert len(letterbox.letters) == (2 if state == "sent" else 1)
    assert len({letter["Message-ID"] for _, letter in letterbox.letters}) == 1


def test_a_server_that_is_not_there_keeps_nobody_waiting(
    regenboog: Side, fatima: User, anna: User, letterbox: Letterbox, settings: Any
) -> None:
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    with clock.at(NOW):
        regenboog.conversation.reply(by=regenboog.member(fatima), text="Dag @Anna.")
    go(5)
    assert letterbox.letters == []
    settings.EMAIL_PORT = port
    for minutes in range(10, 60, 5):
        go(minutes)
    assert anna.email in [to for to, _ in letterbox.letters]
    assert Digest.objects.filter(state="sent").count() == len(letterbox.letters)
