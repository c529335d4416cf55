"""From whole numbers to what may be said: a value with its interval, or too little evidence."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from leerkring.engine.formulas import (
    AtEnd,
    BothWays,
    Figure,
    Mean,
    MemberPeriods,
    Members,
    Periods,
    Settled,
    Share,
)
from leerkring.engine.indicators import Indicator
from leerkring.engine.statistics import (
    COMPARABLE,
    Estimate,
    Interval,
    mean_interval,
    partial_pooling,
    wilson,
)

_SHARES = (AtEnd, BothWays, MemberPeriods, Members, Periods, Settled, Share)
_AMOUNTS = ("count", "minutes", "members")


@dataclass(frozen=True, slots=True)
class Reading:
    """`value` and interval are None when there is too little evidence (`enough` is false); the interval also
    where chance has no say: amounts, and figures of the network over all members."""

    value: float | None
    interval: Interval | None
    enough: bool


def read(row: Indicator, figure: Figure, recorded: Collection[str]) -> Reading:
    """Read one figure. `recorded`: the kinds of event the source can show at all; what it cannot show is too
    little evidence, never zero."""
    if figure.n < row.minimum or not row.can_be_known(recorded):
        return Reading(None, None, enough=False)
    if isinstance(row.formula, Mean):
        interval = mean_interval(figure.k, figure.units, figure.n) if figure.n > 1 else None
        return Reading(figure.k / figure.n, interval, enough=True)
    if row.unit in _AMOUNTS:
        return Reading(float(figure.k), None, enough=True)
    return Reading(figure.k / figure.n, _share_interval(row, figure), enough=True)


def _is_share(row: Indicator, figure: Figure) -> bool:
    return row.unit == "share" and isinstance(row.formula, _SHARES) and 0 <= figure.k <= figure.n


def _share_interval(row: Indicator, figure: Figure) -> Interval | None:
    """Wilson's, over what is independent. Not of a finite population: all members were seen, what is
    uncertain is how they go on."""
    if not _is_share(row, figure):
        return None
    n = _independent(row, figure)
    return wilson(figure.k / figure.n * n, n)


def _independent(row: Indicator, figure: Figure) -> float:
    """How much of n is independent: people who were counted again are the same, and so are minutes of one meeting."""
    times = max(1, figure.units)
    if isinstance(row.formula, Share) and row.formula.within:
        return min(times, figure.n)
    return figure.n / times


def draw(row: Indicator, figure: Figure, others: Sequence[Figure]) -> Estimate | None:
    """A share drawn towards those of comparable communities; None with fewer than twenty of them."""
    shares = [other for other in others if other.n >= row.minimum and _is_share(row, other)]
    if len(shares) < COMPARABLE or not _is_share(row, figure) or figure.n < row.minimum:
        return None
    values, variances = zip(*(_share_and_variance(row, f) for f in (figure, *shares)), strict=True)
    drawn = partial_pooling(values, variances)[0]
    return Estimate(drawn.value, max(0.0, drawn.low), min(1.0, drawn.high))


def _share_and_variance(row: Indicator, figure: Figure) -> tuple[float, float]:
    """The variance as if two successes and two failures were added (Agresti and Coull), so that 0 of 8 is
    not certain."""
    n = _independent(row, figure)
    share = (figure.k / figure.n * n + 2) / (n + 4)
    return figure.k / figure.n, share * (1 - share) / (n + 4)
