"""Intervals against published and hand-worked figures."""

from __future__ import annotations

import pytest

from leerkring.engine.statistics import mean_interval, partial_pooling, placebo, t_quantile, wilson


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_is_that_of_newcombe_1998_table_1(successes: int, n: int, low: float, high: float) -> None:
    assert wilson(successes, n) == pytest.approx((low, high), abs=5e-5)


def test_the_interval_of_none_and_of_all_begins_and_ends_there() -> None:
    for n in range(1, 200):
        assert wilson(0, n).low == 0
        assert wilson(n, n).high == 1


def test_nine_of_twelve_members_narrow_the_interval() -> None:
    """Six of nine: .525 wide; as nine of a group of twelve n counts as 9 · 11 / 3 = 33, and it is .306."""
    alone, of_twelve = wilson(6, 9), wilson(6, 9, of=12)
    assert alone.high - alone.low == pytest.approx(0.525, abs=5e-4)
    assert of_twelve.high - of_twelve.low == pytest.approx(0.306, abs=5e-4)
    assert of_twelve == pytest.approx(wilson(22, 33))


def test_when_all_answered_there_is_nothing_left_to_guess() -> None:
    assert wilson(5, 8, of=8) == (5 / 8, 5 / 8)


@pytest.mark.parametrize(("successes", "n", "of"), [(1, 0, None), (5, 4, None), (-1, 4, None), (2, 9, 8)])
def test_counts_that_cannot_be_are_refused(successes: int, n: int, of: int | None) -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson(successes, n, of)


@pytest.mark.parametrize(
    ("freedom", "quantile"),
    [(1, 12.7062), (2, 4.3027), (3, 3.1824), (4, 2.7764), (8, 2.3060), (11, 2.2010), (30, 2.0423)],
)
def test_students_t_is_that_of_the_tables(freedom: int, quantile: float) -> None:
    assert t_quantile(freedom) == pytest.approx(quantile, abs=5e-5)


def test_the_mean_of_one_to_five() -> None:
    """Mean 3, standard error √.5, t(4) = 2.776."""
    assert mean_interval(15, 55, 5) == pytest.approx((3 - 1.9632, 3 + 1.9632), abs=5e-4)
    with pytest.raises(ValueError, match="mean of 1"):
        mean_interval(3, 9, 1)


def test_pooling_the_eight_schools_of_rubin_1981_draws_them_all_to_their_mean() -> None:
    effects, errors = [28, 8, -3, 7, -1, 1, 18, 12], [15, 10, 16, 11, 9, 11, 10, 18]
    pooled = partial_pooling(effects, [error**2 for error in errors])
    assert [estimate.value for estimate in pooled] == pytest.approx([7.686] * 8, abs=5e-4)
    assert (pooled[0].high - pooled[0].low) / (2 * 1.959964) == pytest.approx(4.072, abs=5e-4)


def test_groups_far_apart_keep_their_own_value() -> None:
    """Values 0 and 10 with variance 1: between them 49, so each is drawn a fiftieth of the way to 5."""
    low, high = partial_pooling([0, 10], [1, 1])
    assert (low.value, high.value) == pytest.approx((0.1, 9.9))
    assert low.high - low.value == pytest.approx(1.959964 * 0.99**0.5, abs=1e-5)


def test_pooling_one_group_leaves_it_alone() -> None:
    (alone,) = partial_pooling([0.4], [0.01])
    assert alone == pytest.approx((0.4, 0.4 - 0.1959964, 0.4 + 0.1959964))
    assert partial_pooling([], []) == ()
    with pytest.raises(ValueError, match="positive"):
        partial_pooling([1.0], [0.0])


def test_a_change_is_called_one_only_when_twenty_others_did_not_show_it() -> None:
    quiet = [0.1, -0.1] * 10
    assert placebo(0.5, quiet) is True
    assert placebo(0.05, quiet) is False
    assert placebo(-0.5, quiet) is True
    assert placebo(0.5, [*quiet[:-1], -0.6]) is False
    assert placebo(0.5, quiet[:-1]) is None
