"""Intervals that are honest for small groups: our own exact formulas, no dependency.

95 % unless said otherwise. A share carries a Wilson interval, a mean a t interval; both may be drawn towards
the other communities by partial pooling. Nothing here ranks.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

Z = 1.959963984540054  # the .975 quantile of the normal distribution


class Interval(NamedTuple):
    low: float
    high: float


class Estimate(NamedTuple):
    """A value with its 95 % interval."""

    value: float
    low: float
    high: float


def wilson(successes: float, n: float, of: int | None = None) -> Interval:
    """Wilson's score interval of a share of `n`.

    With `of`, the n are a part of a group of `of` (9 of 12 members answered): n becomes
    n (of − 1) / (of − n), and the interval closes when everyone answered. `n` need not be whole: an effective
    number. Raises ValueError when the counts cannot be. Wilson 1927; Cochran 1977 for the correction.
    """
    if n <= 0 or not 0 <= successes <= n or (of is not None and n > of):
        raise ValueError(f"no share: {successes} of {n}, in a group of {of}")
    share = successes / n
    if of is not None:
        if n == of:
            return Interval(share, share)
        n *= (of - 1) / (of - n)
    centre = share + Z * Z / (2 * n)
    half = Z * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    scale = 1 + Z * Z / n
    return Interval(max(0.0, (centre - half) / scale), min(1.0, (centre + half) / scale))


def mean_interval(total: float, squares: float, n: int) -> Interval:
    """The t interval of a mean, from the sum, the sum of squares and n ≥ 2 (ValueError below)."""
    if n < 2:
        raise ValueError(f"no interval for a mean of {n}")
    mean = total / n
    variance = max(0.0, (squares - n * mean * mean) / (n - 1))
    half = t_quantile(n - 1) * math.sqrt(variance / n)
    return Interval(mean - half, mean + half)


def t_quantile(freedom: int) -> float:
    """The .975 quantile of Student's t with whole degrees of freedom ≥ 1, by bisection on its exact
    distribution (Abramowitz and Stegun 26.7.3–4)."""
    low, high = 0.0, 13.0
    while high - low > 1e-12:
        middle = (low + high) / 2
        if _t_within(middle, freedom) < 0.95:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _t_within(t: float, freedom: int) -> float:
    """P(|T| < t)."""
    angle = math.atan(t / math.sqrt(freedom))
    cosine = math.cos(angle)
    odd = freedom % 2
    term = cosine if odd else 1.0
    total = term if freedom > 1 or not odd else 0.0
    for step in range(3 if odd else 2, freedom - 1, 2):
        term *= cosine * cosine * (step - 1) / step
        total += term
    if odd:
        return 2 / math.pi * (angle + math.sin(angle) * total)
    return math.sin(angle) * total


def partial_pooling(values: Sequence[float], variances: Sequence[float]) -> tuple[Estimate, ...]:
    """Each group's value drawn towards the mean of all, the more the less is known of it.

    `variances`: the sampling variance of each value, > 0. Between-group variance by DerSimonian and Laird;
    intervals include the uncertainty of the mean. With fewer than three groups, or no spread between them
    that can be told from chance, everything is drawn as far as the formula says. Raises ValueError when the
    lengths differ or a variance is not positive.
    """
    if len(values) != len(variances) or any(variance <= 0 for variance in variances):
        raise ValueError("each value needs its positive sampling variance")
    if not values:
        return ()
    between = _between(values, variances)
    weights = [1 / (variance + between) for variance in variances]
    mean = sum(w * v for w, v in zip(weights, values, strict=True)) / sum(weights)
    return tuple(
        _drawn(value, variance, mean, between, 1 / sum(weights))
        for value, variance in zip(values, variances, strict=True)
    )


def _between(values: Sequence[float], variances: Sequence[float]) -> float:
    weights = [1 / variance for variance in variances]
    total = sum(weights)
    mean = sum(w * v for w, v in zip(weights, values, strict=True)) / total
    spread = sum(w * (v - mean) ** 2 for w, v in zip(weights, values, strict=True))
    scale = total - sum(w * w for w in weights) / total
    return max(0.0, (spread - (len(values) - 1)) / scale) if scale > 0 else 0.0


def _drawn(value: float, variance: float, mean: float, between: float, of_mean: float) -> Estimate:
    towards = variance / (variance + between)  # how far it is drawn to the mean
    drawn = (1 - towards) * value + towards * mean
    half = Z * math.sqrt((1 - towards) * variance + towards * towards * of_mean)
    return Estimate(drawn, drawn - half, drawn + half)


COMPARABLE = 20  # fewer comparable communities say nothing about chance


def placebo(change: float, others: Sequence[float]) -> bool | None:
    """Whether a change is more than what communities that did nothing also showed at the same break.

    True when at most 5 % of the same-sized or larger changes occur among all, itself counted; None ("too
    early to say") below twenty comparable communities.
    """
    if len(others) < COMPARABLE:
        return None
    as_large = 1 + sum(1 for other in others if abs(other) >= abs(change))
    return as_large / (len(others) + 1) <= 0.05
