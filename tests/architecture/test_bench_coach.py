"""The goal coach keeps being right on the goals that were labelled, and bench/coach says so when it is not."""

from __future__ import annotations

import pytest

from bench.coach_figures import MADE_WITH, Goal, figures, goals, too_low
from bench.coach_learning import learnt, letters, made
from leerkring.engine.coach.weighing import NOTHING

#: Of the sets it was made with it may miss little; what its maker did not see says how good it is: docs/performance.md.
LEAST = {**dict.fromkeys(MADE_WITH, 0.95), "held3": 0.9}


@pytest.mark.parametrize("name", LEAST)
def test_the_coach_is_right_often_enough(name: str) -> None:
    assert list(too_low(name, figures(goals(name)), LEAST[name])) == []


@pytest.mark.parametrize("name", LEAST)
def test_a_set_is_large_and_half_good(name: str) -> None:
    found = figures(goals(name))
    assert found["goals"] >= 120
    assert 0.4 <= found["good"] / found["goals"] <= 0.6


def test_a_remark_too_many_costs_precision_and_one_too_few_recall() -> None:
    right = Goal("nl", "x", frozenset({"date"}), frozenset({"date"}))
    more = Goal("nl", "x", frozenset(), frozenset({"vague"}))
    less = Goal("nl", "x", frozenset({"target"}), frozenset())
    found = figures([right] * 3 + [more, less, less])
    assert found["remarks"]["precision"]["value"] == 0.75
    assert found["remarks"]["recall"]["value"] == 0.6
    assert found["texts"] == found["remarks"]
    assert found["rules"] == {}
    assert len(list(too_low("held3", found, 0.9))) == 4
    assert list(too_low("held3", found, 0.6)) == []


def test_an_outcome_asked_for_beside_a_vague_aim_counts_neither_way() -> None:
    vague = Goal("nl", "x", frozenset({"vague"}), frozenset({"outcome"}))
    both = Goal("nl", "x", frozenset({"activity"}), frozenset({"activity", "outcome"}))
    found = figures([vague, both])
    assert found["remarks"]["precision"]["n"] == 1
    assert found["remarks"]["precision"]["value"] == 1
    assert found["remarks"]["recall"]["value"] == 0.5


def test_weights_are_learnt_the_same_each_time_and_point_the_right_way() -> None:
    rows, is_so = [[0, 2], [1, 2], [0, 2], [1, 2]], [True, False, True, False]
    one, other, _ = learnt(rows, is_so, 3)
    assert one > 0 > other
    assert learnt(rows, is_so, 3) == learnt(rows, is_so, 3)


def test_a_weight_is_a_letter() -> None:
    assert letters([0.0, 0.06, -0.06, 9.0, -9.0]) == NOTHING + "nlya"


def test_the_file_of_weights_has_a_line_for_a_rule_and_one_for_what_is_found_often() -> None:
    vague = Goal("nl", "Groep 5 wordt beter.", frozenset({"vague"}), frozenset())
    good = Goal("nl", "Groep 5 legt het uit.", frozenset(), frozenset())
    text = made([vague, good] * 4)
    head, _, body = text.partition("\n\n")
    assert "vague" in head
    assert any(line.endswith(" nl beter") for line in body.splitlines())
    assert text == made([vague, good] * 4)
