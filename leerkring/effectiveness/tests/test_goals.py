"""What the mirror sees of goals."""

from __future__ import annotations

from leerkring.effectiveness.tests.test_mirror import fact
from leerkring.goals import ending
from leerkring.goals.models import Goal
from leerkring.goals.tests.test_goal import a_goal, a_measure, adopted
from leerkring.people.models import User
from tests.cast import Side


def test_the_mirror_counts_a_goal_as_it_is_now(fatima: User, anna: User, bram: User, regenboog: Side) -> None:
    member = regenboog.member(anna)
    goal = a_goal(regenboog, anna, whole=False)
    goal.ask(by=member)
    for user in (fatima, bram):
        goal.agree(by=regenboog.member(user))
    before = [fact(regenboog, key).successes for key in ("goals_complete", "goals_underserved")]
    a_measure(goal, regenboog, anna, target=80.0)
    parts = {"pupils": "groep 5", "not_yet": "6 leerlingen die nog tellen", "product": "kaarten"}
    goal.revise(by=member, seen=Goal.objects.get(pk=goal.pk).revision, parts=parts)
    after = [fact(regenboog, key).successes for key in ("goals_complete", "goals_underserved")]
    goal.revise(by=member, seen=Goal.objects.get(pk=goal.pk).revision, parts={"not_yet": ""})
    assert (before, after) == ([0, 0], [1, 1])
    assert fact(regenboog, "goals_underserved").successes == 0


def test_a_goal_that_was_let_go_and_agreed_on_again_counts_again(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    ending.drop(goal, by=regenboog.member(anna), because="Te druk.")
    dropped = fact(regenboog, "goals_complete").successes
    ending.take_up(Goal.objects.get(pk=goal.pk), by=regenboog.member(anna))
    again = Goal.objects.get(pk=goal.pk)
    again.ask(by=regenboog.member(anna))
    for user in (fatima, bram):
        again.agree(by=regenboog.member(user))
    assert dropped == 0
    assert fact(regenboog, "goals_complete").successes == 1
