"""What pupils can do: one measurement, two groups, the same pupils before and after, subgroups side by side.

Every function takes plain numbers, one a pupil, in the unit of the measure, and gives means and differences in
that unit, shares between 0 and 1, and standardised differences in standard deviations. Nothing is said of fewer
than FEWEST pupils, nor where the spread by which a figure is measured is nil, nor of numbers that are not finite
or too large to square: then the answer, or the interval in it, is None. Data never raises; `before` and `after`
of different lengths do (ValueError), for those are not the same pupils.

None of this is an effect: pupils grow without an approach too.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from leerkring.engine.statistics.intervals import Estimate, Interval, wilson
from leerkring.engine.statistics.publication import FEWEST, publishable
from leerkring.engine.statistics.student import Z, shifts, t_quantile

_LARGEST = 1e100  # of numbers up to this the squares of as many as can be held add up
_NIL = 1e-12  # a spread of less, beside the numbers themselves, is rounding
_BEYOND = 100.0  # a difference of more spreads than this is measured by next to nothing


class Summary(NamedTuple):
    """Of `n` pupils the mean and the standard deviation (n − 1), with the t interval of the mean."""

    n: int
    mean: float
    sd: float
    interval: Interval | None


class StandardisedChange(NamedTuple):
    """A standardised mean change with its 95 % interval, and the correlation that made the interval."""

    value: float
    low: float
    high: float
    correlation: float


class Subgroup(NamedTuple):
    """One subgroup: a mean or a share of `n` pupils."""

    n: int
    value: float
    interval: Interval | None


class Spread(NamedTuple):
    """Subgroups that may be shown, in the order given; which is lowest, which highest, and how far apart."""

    groups: dict[str, Subgroup]
    lowest: str
    highest: str
    range: float


def summary(values: Sequence[float]) -> Summary | None:
    """Mean, standard deviation and t interval of one measurement; no interval when all are alike. Student 1908."""
    if (sd := _sd(values)) is None:
        return None
    n, mean = len(values), _mean(values)
    return Summary(n, mean, sd, _around(mean, sd / math.sqrt(n), n - 1))


def share_at_target(
    values: Sequence[float], target: float, *, at_most: bool = False, of: int | None = None
) -> Estimate | None:
    """The share of pupils at `target` or above (`at_most`: or below), with Wilson's interval.

    With `of`, the pupils measured are a part of a group of that size and the interval is for that group: see
    `wilson`. A group smaller than what was measured cannot be, and is left out of account.
    """
    if _sd(values) is None:
        return None
    n = len(values)
    at_target = sum(1 for value in values if (value <= target if at_most else value >= target))
    return Estimate(at_target / n, *wilson(at_target, n, of if of is not None and of >= n else None))


def welch_difference(first: Sequence[float], second: Sequence[float]) -> Estimate | None:
    """Mean of `second` minus mean of `first`, of different pupils, with Welch's t interval.

    Spreads need not be equal; degrees of freedom by Welch and Satterthwaite. None when both are nil. Welch 1947.
    """
    one, other = _sd(first), _sd(second)
    if one is None or other is None or not one + other:
        return None
    difference = _mean(second) - _mean(first)
    # In units of the larger spread: a square of a very small number would vanish.
    unit = max(one, other)
    a, b = (one / unit) ** 2 / len(first), (other / unit) ** 2 / len(second)
    freedom = (a + b) ** 2 / (a * a / (len(first) - 1) + b * b / (len(second) - 1))
    half = t_quantile(freedom) * unit * math.sqrt(a + b)
    return Estimate(difference, difference - half, difference + half)


def hedges_g(first: Sequence[float], second: Sequence[float]) -> Estimate | None:
    """Hedges' g of two groups of different pupils, `second` minus `first`, with an exact interval.

    d = difference of means / s, s² the variance pooled over both with f = n₁ + n₂ − 2 degrees of freedom;
    g = J d, J = Γ(f/2) / (√(f/2) Γ((f − 1)/2)): without bias for δ, the difference in the population. The
    interval is that of δ: t = d √(n₁n₂ / (n₁ + n₂)) is noncentral t with δ √(n₁n₂ / (n₁ + n₂)) as its
    noncentrality, and the limits are those for which t is the .975 and the .025 quantile. They are not
    multiplied by J: it is δ they hold 95 times in 100, given normal scores of equal spread. Hedges 1981;
    Steiger and Fouladi 1997; cohens_d() of R's effectsize gives the same interval.
    """
    one, other = _sd(first), _sd(second)
    if one is None or other is None:
        return None
    n, m = len(first), len(second)
    freedom = n + m - 2
    pooled = math.hypot(math.sqrt(n - 1) * one, math.sqrt(m - 1) * other) / math.sqrt(freedom)
    d = _over(_mean(second) - _mean(first), pooled)
    if d is None:
        return None
    root = math.sqrt(n * m / (n + m))
    low, high = shifts(d * root, freedom)
    return Estimate(_without_bias(freedom) * d, low / root, high / root)


def mean_change(before: Sequence[float], after: Sequence[float]) -> Estimate | None:
    """The mean of what each pupil changed, with its t interval; None when all changed alike. Student 1908."""
    changes = [later - earlier for earlier, later in zip(before, after, strict=True)]
    sd = _sd(changes, beside=max(_size(before), _size(after)))
    if sd is None:
        return None
    change = _mean(changes)
    interval = _around(change, sd / math.sqrt(len(changes)), len(changes) - 1)
    return None if interval is None else Estimate(change, *interval)


def standardised_mean_change(before: Sequence[float], after: Sequence[float]) -> StandardisedChange | None:
    """The standardised mean change with raw score standardisation: the same pupils, in baseline spreads.

    J(n − 1) (mean after − mean before) / sd before, J as in `hedges_g`; its variance is 2 (1 − r) / n + value² / 2n
    with r the correlation of before and after, its interval value ± 1.96 √variance: for large groups, and rough
    below some twenty pupils. Becker 1988; escalc(measure="SMCR") of R's metafor. Not comparable to a change
    divided by the spread of the changes. None where the correlation is undefined.
    """
    r = correlation(before, after)
    sd = _sd(before)
    if r is None or sd is None:
        return None
    n = len(before)
    ratio = _over(_mean(after) - _mean(before), sd)
    if ratio is None:
        return None
    value = _without_bias(n - 1) * ratio
    half = Z * math.sqrt(2 * (1 - r) / n + value * value / (2 * n))
    return StandardisedChange(value, value - half, value + half, r)


def correlation(before: Sequence[float], after: Sequence[float]) -> float | None:
    """Pearson's r of the same pupils before and after; None when either did not spread."""
    pairs = list(zip(before, after, strict=True))
    one, other = _sd(before), _sd(after)
    if not one or not other:
        return None
    x, y = _mean(before), _mean(after)
    products = math.fsum((earlier - x) / one * ((later - y) / other) for earlier, later in pairs)
    return max(-1.0, min(1.0, products / (len(before) - 1)))


def spread_of_means(groups: Mapping[str, Sequence[float]]) -> Spread | None:
    """The means of subgroups that may be shown (`publishable`: one way of dividing), each with its t interval.

    Leave out of `groups` what `publishable_together` or `publishable_change` withholds: here nothing is known of
    other ways of dividing or of another moment.

    The range is that of the lowest and the highest as seen. It has no interval of its own: chance alone sets
    groups apart, the more so the smaller and the more they are. None with fewer than two groups to show.
    """

    def of_mean(values: Sequence[float]) -> Subgroup | None:
        found = summary(values)
        return None if found is None else Subgroup(found.n, found.mean, found.interval)

    return _spread(groups, of_mean)


def spread_of_shares(
    groups: Mapping[str, Sequence[float]], target: float, *, at_most: bool = False
) -> Spread | None:
    """The shares at target of subgroups that may be shown, each with Wilson's interval: as `spread_of_means`."""

    def of_share(values: Sequence[float]) -> Subgroup | None:
        found = share_at_target(values, target, at_most=at_most)
        if found is None:
            return None
        return Subgroup(len(values), found.value, Interval(found.low, found.high))

    return _spread(groups, of_share)


def _spread(
    groups: Mapping[str, Sequence[float]], of: Callable[[Sequence[float]], Subgroup | None]
) -> Spread | None:
    shown = publishable({name: len(values) for name, values in groups.items()})
    found = {name: of(values) for name, values in groups.items() if name in shown}
    known = {name: group for name, group in found.items() if group is not None}
    if len(known) < 2:
        return None
    lowest = min(known, key=lambda name: known[name].value)
    highest = max(known, key=lambda name: known[name].value)
    return Spread(known, lowest, highest, known[highest].value - known[lowest].value)


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


def _size(values: Sequence[float]) -> float:
    return max(map(abs, values), default=0.0)


def _sd(values: Sequence[float], *, beside: float = 0.0) -> float | None:
    """The standard deviation; 0 when it is no more than rounding of the numbers, or of those they came from
    (`beside`); None where nothing can be said."""
    # `all`, not `max`: what is no number at all compares as false.
    if len(values) < FEWEST or not all(abs(value) <= _LARGEST for value in values):
        return None
    mean = _mean(values)
    size = max(_size(values), beside)
    if not size:
        return 0.0
    squares = math.fsum(((value - mean) / size) ** 2 for value in values)
    sd = math.sqrt(squares / (len(values) - 1))
    return sd * size if sd > _NIL else 0.0


def _around(mean: float, error: float, freedom: int) -> Interval | None:
    half = t_quantile(freedom) * error
    return Interval(mean - half, mean + half) if error else None


def _over(difference: float, sd: float) -> float | None:
    """A difference in standard deviations; None when these are nil, or as good as nil beside it."""
    return difference / sd if sd and abs(difference) <= _BEYOND * sd else None


def _without_bias(freedom: int) -> float:
    """Hedges' J, by the gamma function: what takes the bias out of a mean divided by an estimated spread."""
    return math.exp(math.lgamma(freedom / 2) - math.lgamma((freedom - 1) / 2)) / math.sqrt(freedom / 2)
