"""A share carries a Wilson interval, a mean a t interval."""

from __future__ import annotations

import math
from typing import NamedTuple

from leerkring.engine.statistics.student import Z, t_quantile


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
    # Of none and of all, rounding would leave the share itself just outside.
    return Interval(
        min(share, max(0.0, (centre - half) / scale)), max(share, min(1.0, (centre + half) / scale))
    )


def mean_interval(total: float, squares: float, n: int) -> Interval:
    """The t interval of a mean, from the sum, the sum of squares and n ≥ 2 (ValueError below)."""
    if n < 2:
        raise ValueError(f"no interval for a mean of {n}")
    mean = total / n
    variance = max(0.0, (squares - n * mean * mean) / (n - 1))
    half = t_quantile(n - 1) * math.sqrt(variance / n)
    return Interval(mean - half, mean + half)
