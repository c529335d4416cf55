"""What two people do at the same moment: on PostgreSQL, where they do not wait for each other by themselves."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db import connection, connections, models

from leerkring import clock
from leerkring.communities.happenings import Role
from leerkring.communities.models import (
    Admission,
    Community,
    Door,
    Invitation,
    Membership,
    Notice,
    NoticePreference,
    Record,
)
from leerkring.effectiveness.models import Agreement
from leerkring.goals import ending
from leerkring.goals.happenings import Decision
from leerkring.goals.models import Change, Goal, Statement
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


def twice(act: Callable[[], object]) -> list[str]:
    """What became of `act`, done twice at the same moment."""
    wrong = [each.split(":")[0] for each in together(act, act)]
    return sorted([*wrong, *["done"] * (2 - len(wrong))])


@pytest.fixture
def _slow_to_write(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between looking and writing there is time for another to look."""
    for model in (Admission, Door, Invitation, NoticePreference):
        save = model.save

        def slowly(
            self: models.Model, *given: object, save: Callable[..., None] = save, **more: object
        ) -> None:
            time.sleep(0.3)
            save(self, *given, **more)

        monkeypatch.setattr(model, "save", slowly)


slowly = pytest.mark.usefixtures("_slow_to_write")


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
    wrong = together(acts[act], lambda: regenboog.conversation.reply(by=leading, text="Nog iets"))
    # Whoever was first: in what was taken away nothing is said any more.
    assert wrong in ([], ["Refused: Dit gesprek is intussen weggehaald."][: act == "take away"])


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


# Goals


def a_goal(side: Side, by: User) -> Goal:
    goal = Goal.draft(by=side.member(by), text="Leerlingen leggen uit waarom twee breuken gelijk zijn.")
    goal.community = Community.objects.get(pk=side.community.pk)
    return goal


def again(goal: Goal) -> Goal:
    """As another request reads it."""
    return Goal.objects.select_related("community").get(pk=goal.pk)


def test_the_last_two_say_yes(
    regenboog: Side, anna: User, bram: User, fatima: User, meeting: Meeting
) -> None:
    goal = a_goal(regenboog, fatima)
    goal.ask(by=regenboog.member(fatima))
    a, b, annas, brams = regenboog.member(anna), regenboog.member(bram), again(goal), again(goal)
    meeting.at(Goal, "hold")
    meeting.at(Goal, "waiting")
    assert not together(lambda: annas.agree(by=a), lambda: brams.agree(by=b))
    assert again(goal).state == Goal.State.ADOPTED
    assert Record.objects.filter(kind="goal.adopted").count() == 1


def test_one_says_yes_while_another_changes_what_lies_before_the_group(
    regenboog: Side, anna: User, bram: User, fatima: User, meeting: Meeting
) -> None:
    goal = a_goal(regenboog, fatima)
    goal.ask(by=regenboog.member(fatima))
    goal.agree(by=regenboog.member(anna))
    a, b, annas, brams = regenboog.member(anna), regenboog.member(bram), again(goal), again(goal)
    meeting.at(Goal, "hold")
    wrong = together(
        lambda: brams.agree(by=b, seen=0),
        lambda: annas.revise(by=a, seen=0, parts={"pupils": "groep 5"}),
    )
    # Whoever was first: what changed is shown, and a yes is to what was read.
    adopted = again(goal).state == Goal.State.ADOPTED
    assert Change.objects.filter(goal=goal).exists()
    assert ["intussen veranderd" in words for words in wrong] == [True] * (not adopted)


def test_two_write_one_goal(regenboog: Side, anna: User, bram: User, meeting: Meeting) -> None:
    goal = a_goal(regenboog, anna)
    a, b, annas, brams = regenboog.member(anna), regenboog.member(bram), again(goal), again(goal)
    meeting.at(Goal, "hold")
    wrong = together(
        lambda: annas.revise(by=a, seen=0, parts={"pupils": "groep 5"}),
        lambda: brams.revise(by=b, seen=0, parts={"product": "een spel"}),
    )
    assert wrong == [f"Overtaken: {goal.pk}"]
    assert again(goal).revision == 1


def test_two_conclude_one_goal(
    regenboog: Side, anna: User, bram: User, fatima: User, meeting: Meeting
) -> None:
    goal = a_goal(regenboog, fatima)
    goal.ask(by=regenboog.member(fatima))
    for user in (anna, bram):
        goal.agree(by=regenboog.member(user))
    a, b, annas, brams = regenboog.member(anna), regenboog.member(bram), again(goal), again(goal)
    meeting.at(Goal, "hold")
    wrong = together(
        lambda: ending.conclude(annas, by=a, decision=Decision.STOP, yielded="Het werkte niet."),
        lambda: ending.conclude(brams, by=b, decision=Decision.STOP, yielded="Het werkte wel."),
    )
    assert ["Dit doel is al afgerond" in words for words in wrong] == [True]
    assert Record.objects.filter(kind="goal.concluded").count() == 1


def test_two_write_a_vision(regenboog: Side, anna: User, bram: User, meeting: Meeting) -> None:
    a, b = regenboog.member(anna), regenboog.member(bram)
    meeting.at(Community, "touch")
    kind = Statement.Kind.VISION
    wrong = together(
        lambda: Statement.write(by=a, kind=kind, text="Ieder telt.", seen=0),
        lambda: Statement.write(by=b, kind=kind, text="Iedereen leest.", seen=0),
    )
    assert ["een collega een nieuwe versie" in words for words in wrong] == [True]
    assert Statement.objects.count() == 1


@slowly
def test_two_invite_the_same_address(regenboog: Side, fatima: User) -> None:
    by = regenboog.member(fatima)
    ends = twice(lambda: Invitation.make(regenboog.community, email="noor@school.test", by=by))
    assert ends == ["Refused", "done"]
    assert Invitation.objects.count() == 1


@slowly
def test_a_leader_stands_before_the_door_twice(regenboog: Side, fatima: User, lotte: User) -> None:
    door = Door.open(regenboog.community, days=1, by=regenboog.member(fatima))
    assert twice(lambda: door.let_in(lotte)) == ["Refused", "done"]
    assert [a.role for a in Admission.objects.all()] == [Role.MEMBER]


@slowly
def test_two_open_the_door(regenboog: Side, fatima: User) -> None:
    by = regenboog.member(fatima)
    assert twice(lambda: Door.open(regenboog.community, days=1, by=by)) == ["done", "done"]
    assert Door.objects.count() == 1


@slowly
def test_mail_is_stopped_twice(anna: User) -> None:
    assert twice(lambda: NoticePreference.stop(anna)) == ["done", "done"]
    assert NoticePreference.objects.filter(user=anna).count() == 1
