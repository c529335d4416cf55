"""The guard keeps finding what was labelled, and bench/guard says so when it does not."""

from __future__ import annotations

import pytest

from bench.guard_figures import Text, figures, texts, too_low
from leerkring.engine.guard import KINDS, Finding

#: Recall and precision. Of the set it was made with it may miss little; `held` tells how good it is.
LEAST = {"seen": (0.97, 0.92), "held": (0.95, 0.8)}


@pytest.mark.parametrize("name", LEAST)
def test_the_guard_finds_enough_and_warns_seldom_for_nothing(name: str) -> None:
    assert list(too_low(figures(texts(name)), *LEAST[name])) == []


@pytest.mark.parametrize("name", LEAST)
def test_a_set_is_large_and_half_has_nothing_to_find(name: str) -> None:
    of = texts(name)
    assert len(of) >= 120
    assert 0.4 <= sum(not text.labels for text in of) / len(of) <= 0.6
    assert {label.kind for text in of for label in text.labels} == set(KINDS)
    for text in of:
        assert all(0 <= label.start < label.end <= len(text.text) for label in text.labels)


def test_a_finding_is_right_when_it_has_the_kind_of_a_label_and_meets_it() -> None:
    name, near, phone = Finding("name", 2, 5), Finding("name", 4, 9), Finding("phone", 2, 5)
    right = Text("x", (name,), (near,))
    wrong_kind = Text("x", (name,), (phone,))
    beside = Text("x", (name,), (Finding("name", 5, 6),))
    nothing = Text("x", (), (name,))
    found = figures([right, wrong_kind, beside, nothing])
    assert found["recall"]["name"]["value"] == 0.333
    assert found["precision"]["value"] == 0.25
    assert found["warned_for_nothing"]["value"] == 1
    assert found["recall"]["bsn"]["value"] is None
    assert len(list(too_low(found, 0.95, 0.8))) == 4
    assert len(list(too_low(found, 0.3, 0.2))) == 2


def test_two_findings_in_one_name_are_both_right_and_one_over_two_finds_both() -> None:
    first, second = Finding("name", 0, 3), Finding("name", 4, 9)
    found = figures(
        [
            Text("x", (Finding("name", 0, 9),), (first, second)),
            Text("x", (first, second), (Finding("name", 0, 9),)),
        ]
    )
    assert found["recall"]["name"]["value"] == 1
    assert found["precision"]["value"] == 1
