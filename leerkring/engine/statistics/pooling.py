"""A group beside the others: drawn towards their mean by partial pooling, or set against what they did."""

from __future__ import annotations

import math
from collections.abc import Sequence

from leerkring.engine.statistics.intervals import Estimate
from leerkring.engine.statistics.student import Z


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
