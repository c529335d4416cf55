"""The goal coach keeps being right on the goals that were labelled, and bench/coach says so when it is not."""

from __future__ import annotations

import pytest

from bench.coach_figures import Goal, figures, goals, too_low

#: Of the sets it was made with it may miss little; what its maker did not see says how good it is. For that the aim is
#: .9, and this is only a floor: docs/performance.md.
LEAST = {"seen": 0.97, "own": 0.94, "dev": 0.94, "dev2": 0.94, "own2": 0.94, "held2": 0.78}


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
    assert len(list(too_low("held2", found, 0.9))) == 4
    assert list(too_low("held2", found, 0.6)) == []


def test_an_outcome_asked_for_beside_a_vague_aim_counts_neither_way() -> None:
    vague = Goal("nl", "x", frozenset({"vague"}), frozenset({"outcome"}))
    both = Goal("nl", "x", frozenset({"activity"}), frozenset({"activity", "outcome"}))
    found = figures([vague, both])
    assert found["remarks"]["precision"]["n"] == 1
    assert found["remarks"]["precision"]["value"] == 1
    assert found["remarks"]["recall"]["value"] == 0.5
