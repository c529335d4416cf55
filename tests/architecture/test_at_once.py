"""What two people do at the same moment: on PostgreSQL, where they do not wait for each other by themselves."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db import connection, connections

from leerkring import clock
from leerkring.communities.happenings import Role
from leerkring.communities.models import Admission, Community, Membership, Notice
from leerkring.effectiveness.models import Agreement
from leerkring.people.models import User
from tests.cast import NOW, Side

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite one writes at a time"),
]

#: Seconds in which who does not have to wait gets there.
A_WHILE = 1


class Meeting:
    """Both stop where `at` says, until the other is there too or, because it has to wait, is not."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch
        self._barrier = threading.Barrier(2, timeout=A_WHILE)

    def at(self, owner: Any, name: str) -> None:
        """Just after `owner.name` was done."""
        real = getattr(owner, name)

        def meet(*args: Any, **named: Any) -> Any:
            done = real(*args, **named)
            with suppress(threading.BrokenBarrierError):
                self._barrier.wait()
            return done

        self._patch.setattr(owner, name, meet)


@pytest.fixture
def meeting(monkeypatch: pytest.MonkeyPatch) -> Meeting:
    return Meeting(monkeypatch)


def together(*acts: Callable[[], object]) -> list[str]:
    """Do these at once; what went wrong."""
    wrong: list[str] = []

    def go(act: Callable[[], object]) -> None:
        try:
            with clock.at(NOW):
                act()
        except Exception as error:
            wrong.append(f"{type(error).__name__}: {error}")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go, args=(act,)) for act in acts]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    return wrong


def test_anna_takes_another_name_while_bram_answers_her(
    regenboog: Side, anna: User, bram: User, meeting: Meeting
) -> None:
    member = regenboog.member(bram)
    meeting.at(User, "touch")
    meeting.at(Community, "record_all")
    assert not together(
        lambda: User.objects.get(pk=anna.pk).introduce(name="Anna de Groot", language="nl"),
        lambda: regenboog.conversation.reply(by=member, text="Nog iets"),
    )


@pytest.mark.parametrize("act", ["withdraw", "thanks", "take away", "ask"])
def test_bram_changes_what_anna_was_told_while_fatima_answers_her(
    regenboog: Side, bram: User, fatima: User, lotte: User, meeting: Meeting, act: str
) -> None:
    member, leading = regenboog.member(bram), regenboog.member(fatima)
    regenboog.opening.help(by=member)
    acts = {
        "withdraw": lambda: regenboog.answer.withdraw(by=member),
        "thanks": lambda: regenboog.opening.unhelp(by=member),
        "take away": lambda: regenboog.conversation.remove(by=leading, because="Er stond een naam in."),
        "ask": lambda: Admission.ask(regenboog.community, lotte, role=Role.MEMBER),
    }
    meeting.at(Notice, "count_unread")
    meeting.at(Notice, "_one_row_more")
    meeting.at(Community, "record_all")
    assert not together(acts[act], lambda: regenboog.conversation.reply(by=leading, text="Nog iets"))


def test_two_facilitators_leave(regenboog: Side, anna: User, fatima: User, meeting: Meeting) -> None:
    regenboog.member(anna).become(Role.FACILITATOR)
    meeting.at(Membership, "_keep_a_facilitator")
    wrong = together(regenboog.member(anna).leave, regenboog.member(fatima).leave)
    assert ["minstens één" in words for words in wrong] == [True]
    assert Membership.objects.facilitators().filter(community=regenboog.community).count() == 1


@pytest.mark.parametrize("agrees", [True, False])
def test_the_last_two_answer(
    regenboog: Side, anna: User, bram: User, fatima: User, meeting: Meeting, agrees: bool
) -> None:
    Agreement.objects.filter(community=regenboog.community).delete()
    asked = Agreement.put(by=regenboog.member(fatima))
    asked.answer(by=regenboog.member(fatima), agrees=True)
    annas, brams = Agreement.objects.get(pk=asked.pk), Agreement.objects.get(pk=asked.pk)
    a, b = regenboog.member(anna), regenboog.member(bram)
    meeting.at(Agreement, "settle")
    assert not together(lambda: annas.answer(by=a, agrees=agrees), lambda: brams.answer(by=b, agrees=True))
    asked.refresh_from_db()
    assert (asked.agreed_at is not None, asked.is_objected_to) == (agrees, not agrees)
