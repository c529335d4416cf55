"""What pupils can do, against figures of R: fixtures/README.md says how those were made."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerkring.engine.statistics import (
    correlation,
    hedges_g,
    mean_change,
    share_at_target,
    spread_of_means,
    spread_of_shares,
    standardised_mean_change,
    summary,
    t_quantile,
    welch_difference,
    wilson,
)
from leerkring.engine.statistics.student import t_below

R: dict[str, Any] = json.loads((Path(__file__).parent / "fixtures" / "pupil_results.json").read_text())


def as_in_r(expected: object) -> Any:
    return pytest.approx(expected, rel=1e-8, abs=1e-8)


@pytest.mark.parametrize(
    "case", R["shares"], ids=lambda case: f"{case['successes']}-{case['n']}-{case['of']}"
)
def test_a_share_is_wilsons(case: dict[str, Any]) -> None:
    assert wilson(case["successes"], case["n"], case["of"]) == as_in_r(case["interval"])


@pytest.mark.parametrize("name", R["means"])
def test_a_mean_with_its_spread_and_t_interval(name: str) -> None:
    case = R["means"][name]
    found = summary(case["values"])
    assert found is not None
    assert (found.n, found.mean, found.sd) == as_in_r((case["n"], case["mean"], case["sd"]))
    assert found.interval == as_in_r(case["interval"])


@pytest.mark.parametrize("name", R["independent"])
def test_two_groups_differ_by_welchs_interval_and_hedges_g(name: str) -> None:
    case = R["independent"][name]
    difference, g = (of(case["first"], case["second"]) for of in (welch_difference, hedges_g))
    assert difference == as_in_r((case["difference"], *case["difference_interval"]))
    assert g == as_in_r((case["g"], *case["g_interval"]))
    assert g is not None
    assert g[1:] == pytest.approx(case["d_interval_of_effectsize"], abs=1e-5)


@pytest.mark.parametrize("name", R["paired"])
def test_the_same_pupils_change_by_a_mean_and_in_baseline_spreads(name: str) -> None:
    case = R["paired"][name]
    before, after = case["before"], case["after"]
    change, standardised = mean_change(before, after), standardised_mean_change(before, after)
    assert change == (case["change_interval"] and as_in_r((case["change"], *case["change_interval"])))
    assert standardised == as_in_r((case["smcr"], *case["smcr_interval"], case["r"]))
    assert correlation(before, after) == as_in_r(case["r"])


@pytest.mark.parametrize("case", R["quantiles"], ids=lambda case: str(case["freedom"]))
def test_students_t_need_not_have_whole_degrees_of_freedom(case: dict[str, float]) -> None:
    assert t_quantile(case["freedom"]) == pytest.approx(case["quantile"], rel=1e-11)


@pytest.mark.parametrize(
    "case", R["below"], ids=lambda case: f"{case['t']}-{case['freedom']}-{case['shift']}"
)
def test_the_noncentral_t_is_that_of_r(case: dict[str, float]) -> None:
    assert t_below(case["t"], case["freedom"], case["shift"]) == pytest.approx(case["below"], abs=1e-11)


def test_a_share_of_a_part_of_a_class_holds_the_class_nineteen_times_in_twenty() -> None:
    """Twenty of thirty pupils measured, every possible class: over all of them the interval for a part of a class
    holds the share of the class as often as it says."""
    held = [
        sum(
            math.comb(able, seen) * math.comb(30 - able, 20 - seen) / math.comb(30, 20)
            for seen in range(max(0, able - 10), min(20, able) + 1)
            if (interval := wilson(seen, 20, of=30)).low <= able / 30 <= interval.high
        )
        for able in range(31)
    ]
    assert sum(held) / len(held) == pytest.approx(0.95, abs=0.02)


def test_a_target_can_be_a_floor_or_a_ceiling() -> None:
    mistakes = [0, 1, 1, 2, 3, 3, 5, 8]
    floor, ceiling = share_at_target(mistakes, 3), share_at_target(mistakes, 3, at_most=True)
    assert floor == (4 / 8, *wilson(4, 8))
    assert ceiling == (6 / 8, *wilson(6, 8))
    assert share_at_target(mistakes, 3, of=12) == (4 / 8, *wilson(4, 8, of=12))
    assert share_at_target(mistakes, 3, of=7) == floor, "a class smaller than what was measured cannot be"


def test_of_fewer_than_five_pupils_nothing_is_said() -> None:
    four, five = [1, 2, 3, 4], [2, 3, 5, 6, 6]
    assert [of(four) for of in (summary, lambda values: share_at_target(values, 2))] == [None, None]
    assert (welch_difference(four, five), hedges_g(five, four)) == (None, None)
    assert (mean_change(four, four), standardised_mean_change(four, four), correlation(four, four)) == (
        None,
        None,
        None,
    )
    assert summary([]) is None


def test_without_spread_there_is_no_interval() -> None:
    alike, others = [7.1] * 6, [1, 2, 3, 4, 5, 6]
    known = summary(alike)
    assert known is not None
    assert known[:2] == pytest.approx((6, 7.1))
    assert known[2:] == (0, None)
    assert welch_difference(alike, alike) is None
    assert hedges_g(alike, [value + 1 for value in alike]) is None
    assert standardised_mean_change(alike, others) is None, "no spread at the baseline"
    assert standardised_mean_change(others, alike) is None, "the correlation is undefined"
    assert correlation(others, alike) is None


def test_changes_that_are_alike_but_for_rounding_are_alike() -> None:
    before = [0.1, 0.2, 0.3, 0.7, 0.9, 1.1]
    assert mean_change(before, [value + 0.2 for value in before]) is None


def test_a_difference_of_more_than_a_hundred_spreads_is_not_put_in_spreads() -> None:
    low, high = [1, 1.01, 1.02, 1.01, 1], [50, 50.01, 50.02, 50.01, 50]
    assert hedges_g(low, high) is None
    assert standardised_mean_change(low, high) is None
    assert welch_difference(low, high) is not None


@pytest.mark.parametrize("odd", [math.nan, math.inf, -math.inf, 1e300])
def test_what_is_no_result_gives_no_figure(odd: float) -> None:
    values, others = [1, 2, 3, 4, odd, 5], [2, 3, 4, 5, 6, 6]
    assert summary(values) is None
    assert share_at_target(values, 3) is None
    for of in (welch_difference, hedges_g, mean_change, standardised_mean_change, correlation):
        assert of(values, others) is of(others, values) is None


def test_before_and_after_are_of_the_same_pupils() -> None:
    for of in (mean_change, standardised_mean_change, correlation):
        with pytest.raises(ValueError, match="shorter"):
            of([1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5])


results = st.lists(st.floats(-1e100, 1e100) | st.integers(0, 10), max_size=30)


@given(results, results)
def test_whatever_the_results_every_figure_is_finite_and_within_its_interval(
    first: list[float], second: list[float]
) -> None:
    length = min(len(first), len(second))
    before, after = first[:length], second[:length]
    for found in (welch_difference(first, second), mean_change(before, after), share_at_target(first, 5)):
        assert found is None or (found.low <= found.value <= found.high and all(map(math.isfinite, found)))
    for standardised in (hedges_g(first, second), standardised_mean_change(before, after)):
        assert standardised is None or all(map(math.isfinite, standardised))
        assert standardised is None or standardised.low <= standardised.high


@given(st.floats(-100, 100), st.integers(5, 3000), st.integers(5, 3000))
def test_the_limits_of_g_are_those_for_which_what_was_seen_is_just_not_unlikely(
    d: float, n: int, m: int
) -> None:
    """Two groups that differ by d spreads; at the limits of their g, t is the .975 and the .025 quantile."""
    first, second = ([shift + (-1) ** i for i in range(k - k % 2)] for shift, k in ((0.0, n + 1), (d, m + 1)))
    g = hedges_g(first, second)
    n, m = len(first), len(second)
    root, pooled = math.sqrt(n * m / (n + m)), math.sqrt((n + m) / (n + m - 2))
    if g is None:
        assert abs(d) > 99
        return
    below = [t_below(d / pooled * root, n + m - 2, limit * root) for limit in (g.low, g.high)]
    assert below == pytest.approx([0.975, 0.025], abs=1e-9)


def test_the_spread_between_classes_leaves_out_the_small_one_and_what_would_give_it_away() -> None:
    classes = {"3a": [5, 6, 7, 7, 8, 9], "3b": [6, 6, 6, 6, 6], "3c": [4, 5, 5, 6, 7], "3d": [9, 9]}
    found = spread_of_means(classes | {"3e": [3, 4, 5, 5, 6, 7, 8]})
    assert found is not None
    assert list(found.groups) == ["3a", "3c", "3e"], "3b is withheld with 3d: together they are seven"
    assert (found.lowest, found.highest) == ("3c", "3a")
    assert found.range == pytest.approx(7 - 5.4)
    own = summary(classes["3a"])
    assert own is not None
    assert found.groups["3a"] == (6, 7.0, own.interval)


def test_the_spread_between_classes_in_shares_at_target() -> None:
    classes = {"3a": [5, 6, 7, 7, 8, 9], "3b": [6, 6, 6, 6, 6]}
    found = spread_of_shares(classes, 7)
    assert found is not None
    assert (found.lowest, found.highest) == ("3b", "3a")
    assert found.range == pytest.approx(4 / 6)
    assert found.groups["3b"] == (5, 0.0, wilson(0, 5))
    alike = spread_of_means(classes)
    assert alike is not None
    assert alike.groups["3b"] == (5, 6.0, None), "all alike: a mean, and no interval"


def test_one_class_alone_has_no_spread_between() -> None:
    assert spread_of_means({"3a": [5, 6, 7, 7, 8, 9]}) is None
    assert spread_of_means({"3a": [5, 6, 7, 7, 8, 9], "3b": [1, 2, 3, 4]}) is None
    assert spread_of_shares({}, 5) is None
    assert spread_of_shares({"3a": [math.nan] * 6, "3b": [1] * 6}, 1) is None
