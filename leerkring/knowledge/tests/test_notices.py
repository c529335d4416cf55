"""Who is told of what is said in a conversation: once, in the strongest way, and never of one's own doing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leerkring import clock
from leerkring.communities import notices, thread
from leerkring.communities.models import Notice
from leerkring.knowledge.happenings import Purpose
from leerkring.knowledge.models import Contribution, Conversation
from leerkring.people.models import User
from tests.cast import GERT_UNTIL, NOW, Cast, Side

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_told_yet(cast: Cast) -> None:
    Notice.forget(Notice.objects.all())


def told() -> dict[str, str]:
    """First name -> the kind of the one notice that this person got."""
    found = list(Notice.objects.values_list("user__name", "kind"))
    names = [name.split()[0] for name, _ in found]
    assert len(names) == len(set(names)), f"one act told someone twice: {found}"
    return {name.split()[0]: kind for name, kind in found}


def test_a_new_conversation_is_told_to_everyone_but_who_began_it(regenboog: Side, anna: User) -> None:
    Conversation.open(
        by=regenboog.member(anna), title="Kommagetallen", purpose=Purpose.QUESTION, text="Hoe doe jij dat?"
    )
    assert told() == dict.fromkeys(("Fatima", "Bram", "Gert"), "opened")


def test_who_is_called_by_name_is_told_that_and_nothing_else(regenboog: Side, anna: User) -> None:
    Conversation.open(
        by=regenboog.member(anna), title="Kommagetallen", purpose=Purpose.QUESTION, text="Weet @Bram dat?"
    )
    assert told() == {"Fatima": "opened", "Bram": "mentioned", "Gert": "opened"}


def test_a_reply_is_told_to_who_is_answered_and_to_who_took_part(
    regenboog: Side, anna: User, fatima: User
) -> None:
    regenboog.conversation.reply(by=regenboog.member(fatima), text="En bij mij ook.")
    assert told() == {"Anna": "answered", "Bram": "replied"}


def test_a_reply_to_one_answers_that_one_and_who_opened(regenboog: Side, fatima: User) -> None:
    regenboog.conversation.reply(by=regenboog.member(fatima), text="Goed idee.", to=regenboog.answer)
    assert told() == {"Anna": "answered", "Bram": "answered"}


def test_named_and_answered_is_told_as_named(regenboog: Side, fatima: User) -> None:
    regenboog.conversation.reply(
        by=regenboog.member(fatima), text="Goed, @Bram en @Gert.", to=regenboog.answer
    )
    assert told() == {"Anna": "answered", "Bram": "mentioned", "Gert": "mentioned"}


def test_the_same_words_sent_again_tell_nothing_new(regenboog: Side, fatima: User) -> None:
    for _ in range(2):
        regenboog.conversation.reply(by=regenboog.member(fatima), text="En bij mij ook.")
    assert told() == {"Anna": "answered", "Bram": "replied"}


def test_who_took_back_all_they_said_takes_part_no_more(regenboog: Side, bram: User, fatima: User) -> None:
    regenboog.answer.withdraw(by=regenboog.member(bram))
    regenboog.conversation.reply(by=regenboog.member(fatima), text="En bij mij ook.")
    assert told() == {"Anna": "answered"}


def test_thanks_are_told_once_however_often_they_are_given(regenboog: Side, anna: User, bram: User) -> None:
    annas = regenboog.member(anna)
    regenboog.answer.help(by=annas)
    assert told() == {"Bram": "helped"}
    bram.refresh_from_db()
    assert bram.unread == 1
    regenboog.answer.unhelp(by=annas)
    assert told() == {}
    regenboog.answer.help(by=annas)
    Notice.objects.update(read_at=NOW)
    regenboog.answer.unhelp(by=annas)
    regenboog.answer.help(by=annas)
    assert told() == {"Bram": "helped"}


def test_a_revision_tells_nothing(regenboog: Side, anna: User) -> None:
    regenboog.opening.revise(by=regenboog.member(anna), text="Anders gezegd, @Fatima en @Bram.")
    assert told() == {}


def test_what_was_taken_back_is_told_no_more(regenboog: Side, fatima: User, anna: User) -> None:
    reply = regenboog.conversation.reply(by=regenboog.member(fatima), text="En bij mij ook.")
    anna.refresh_from_db()
    assert anna.unread == 1
    before = anna.version
    reply.withdraw(by=regenboog.member(fatima))
    anna.refresh_from_db()
    assert (told(), anna.unread) == ({}, 0)
    assert anna.version > before
    reply.restore(by=regenboog.member(fatima))
    assert told() == {}


def test_who_left_is_not_told(regenboog: Side, bram: User, fatima: User) -> None:
    regenboog.member(bram).leave()
    regenboog.conversation.reply(by=regenboog.member(fatima), text="En bij mij ook, @Bram.")
    assert told() == {"Anna": "answered"}


def test_a_guest_whose_days_are_over_is_not_told(regenboog: Side, fatima: User) -> None:
    after = NOW.replace(year=GERT_UNTIL.year, month=GERT_UNTIL.month, day=GERT_UNTIL.day) + timedelta(days=1)
    with clock.at(after):
        Conversation.open(
            by=regenboog.member(fatima), title="Nieuw", purpose=Purpose.SHARING, text="Dag @Gert"
        )
    assert told() == {"Anna": "opened", "Bram": "opened"}


def test_act_and_notice_are_one(regenboog: Side, fatima: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one transaction: nobody is told of what did not happen, and nothing happens untold."""

    def torn(*_: object, **__: object) -> None:
        raise ValueError("torn")

    follows = thread.find(fatima, f"conversation:{regenboog.conversation.pk}")
    leading = regenboog.member(fatima)
    monkeypatch.setattr(Contribution, "tell", torn)
    with pytest.raises(ValueError, match="torn"):
        Conversation.open(
            by=leading, title="Nieuw", purpose=Purpose.SHARING, text="Dag @Gert", follows=follows
        )
    assert not Conversation.objects.filter(title="Nieuw").exists()
    assert told() == {}


def test_every_notice_of_this_room_has_its_words(
    regenboog: Side, anna: User, bram: User, fatima: User
) -> None:
    Conversation.open(by=regenboog.member(anna), title="A", purpose=Purpose.SHARING, text="Weet @Bram dat?")
    regenboog.conversation.reply(by=regenboog.member(fatima), text="Ook.")
    regenboog.answer.help(by=regenboog.member(anna))
    kinds = set(Notice.objects.values_list("kind", flat=True))
    assert kinds == {"mentioned", "opened", "answered", "replied", "helped"}
    assert kinds <= set(notices.KINDS)
