"""How far observers agree who watched the same: Krippendorff's alpha, Cohen's kappa.

Colleagues practise with one observation guide on one clip. A unit is what each of them gave a value: an interval of
the clip with a tally, a moment that was looked at, a question with a choice. Who gave none has None there. Neither
figure says which of them was right.

What observers share by chance is taken out: 1 is complete agreement, 0 what chance gives, below 0 less than that.
Where all values are alike there is nothing to agree on: then the answer is None, neither 0 nor 1. Data never raises;
observers of whom one has more units than another do (ValueError), for those did not watch the same.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any, Literal, NamedTuple, overload

from leerkring.engine.statistics.intervals import Interval
from leerkring.engine.statistics.student import Z

Scale = Literal["nominal", "ordinal", "interval", "ratio"]

# Below these the large-sample error of kappa is far too small.
ENOUGH = 30  # units
BESIDE = 5  # times that an observer gave another value than the one they gave most

_LARGEST = 1e100  # no measurement is larger, and up to here sums and differences stay finite


class Kappa(NamedTuple):
    """Cohen's kappa over `units` units, between −1 and 1, with its 95 % interval where there is one."""

    units: int
    value: float
    interval: Interval | None


@overload
def krippendorff(observers: Sequence[Sequence[Hashable]], scale: Literal["nominal"]) -> float | None: ...
@overload
def krippendorff(observers: Sequence[Sequence[float | None]], scale: Scale) -> float | None: ...
def krippendorff(observers: Sequence[Sequence[Any]], scale: Scale) -> float | None:
    """Krippendorff's alpha of any number of observers; Cronbach's is another, of the items of a questionnaire.

    `observers`: of each the values in the order of the units, None where there is none; a unit with one value is
    left out. `scale` says how far apart two values are. `nominal`: the same or not, values of any kind. `ordinal`:
    how many of all the values given lie between, values numbers in their order. `interval`: the difference, as of
    tallies. `ratio`: the difference as a part of the sum, values not below nought. Other than kappa it takes
    observers to be exchangeable: that one gives a value more often than another is disagreement too.

    At most 1. None with fewer than two observers, no unit with two values, all values in such units alike, or a
    number in them that is not of the scale. Takes time in proportion to the square of how many different values
    there are.

    No interval: published are a bootstrap (Hayes and Krippendorff 2007), which answers otherwise each time it
    draws, and an error for large samples (Gwet 2011), which the units of one clip are not.
    Krippendorff 2011, Computing Krippendorff's Alpha-Reliability.
    """
    given = (Counter(value for value in unit if value is not None) for unit in zip(*observers, strict=True))
    units = [unit for unit in given if unit.total() > 1]
    values: Counter[Any] = Counter()
    for unit in units:
        values.update(unit)
    if len(values) < 2 or (scale != "nominal" and not all(map(_on(scale), values))):
        return None
    apart = _apart(values, scale)
    seen = math.fsum(_disagreement(unit, apart) / (unit.total() - 1) for unit in units)
    return 1 - (values.total() - 1) * seen / _disagreement(values, apart)


def _on(scale: Scale) -> Callable[[float], bool]:
    lowest = 0 if scale == "ratio" else -_LARGEST
    return lambda value: lowest <= value <= _LARGEST  # what is no number at all compares as false


def _apart(values: Counter[Any], scale: Scale) -> Callable[[Any, Any], float]:
    """The square of how far apart two different values are, in a unit of its own: alpha has none."""
    if scale == "nominal":
        return lambda one, other: 1.0
    if scale == "ratio":
        return lambda one, other: float(((one - other) / (one + other)) ** 2)
    places = _middles(values) if scale == "ordinal" else {value: value for value in values}
    # As a part of the largest: a square of a very small number would vanish.
    span = max(places.values()) - min(places.values())
    return lambda one, other: float(((places[one] - places[other]) / span) ** 2)


def _middles(values: Counter[float]) -> dict[float, float]:
    """Where the middle of each value's own lies, all values laid in a row."""
    middles, before = {}, 0
    for value in sorted(values):
        middles[value] = before + values[value] / 2
        before += values[value]
    return middles


def _disagreement(values: Counter[Any], apart: Callable[[Any, Any], float]) -> float:
    """Summed over every two of these values."""
    return math.fsum(
        values[one] * values[other] * apart(one, other) for one, other in combinations(values, 2)
    )


@overload
def kappa(first: Sequence[Hashable], second: Sequence[Hashable], weights: None = None) -> Kappa | None: ...
@overload
def kappa(
    first: Sequence[int | None], second: Sequence[int | None], weights: Literal["linear", "quadratic"]
) -> Kappa | None: ...
def kappa(
    first: Sequence[Any], second: Sequence[Any], weights: Literal["linear", "quadratic"] | None = None
) -> Kappa | None:
    """Cohen's kappa of two observers, who need not give each value as often.

    `first`, `second`: the values in the order of the units, None where there is none; a unit with one value is left
    out. Without `weights` values are of any kind, and the same or not. With them they are places on a scale, whole
    numbers, and two of them differ by their distance (`linear`) or its square (`quadratic`): a choice that nobody
    made keeps its place. None without a unit of both, and when both gave one and the same value throughout.

    The interval is value ± 1.96 large-sample errors, cut off at −1 and 1. None of fewer than ENOUGH units, where an
    observer gave other values than their most usual one fewer than BESIDE times, and without any spread, as when
    all agree: the error then says nothing. From ENOUGH units it holds the true kappa about nine times in ten or
    more, and with quadratic weights sometimes less. It takes units to be independent: moments that follow each other
    in a clip are less so, and tell less than it says. Cohen 1960, 1968; Fleiss, Cohen and Everitt 1969.
    """
    pairs = Counter(
        (one, other)
        for one, other in zip(first, second, strict=True)
        if one is not None and other is not None
    )
    n, apart = pairs.total(), _weighing(weights)
    ones, others = _margin(pairs, 0), _margin(pairs, 1)
    # Whole numbers and fractions of them: no spread is then exactly none.
    of_one = {one: sum(times * apart(one, other) for other, times in others.items()) for one in ones}
    of_other = {other: sum(times * apart(one, other) for one, times in ones.items()) for other in others}
    by_chance = sum(times * of_one[one] for one, times in ones.items())
    if not by_chance:
        return None
    seen = sum(times * apart(*pair) for pair, times in pairs.items())
    part = Fraction(n * seen, by_chance)
    squares = sum(
        times * (apart(one, other) - part * (of_one[one] + of_other[other]) / n) ** 2
        for (one, other), times in pairs.items()
    )
    variance = n * (n * squares - seen * seen) / by_chance**2
    enough = n >= ENOUGH and all(n - max(margin.values()) >= BESIDE for margin in (ones, others))
    value = float(1 - part)
    return Kappa(n, value, _around(value, math.sqrt(variance)) if enough and variance else None)


def _weighing(weights: Literal["linear", "quadratic"] | None) -> Callable[[Any, Any], int]:
    if weights is None:
        return lambda one, other: int(one != other)
    power = 1 if weights == "linear" else 2
    return lambda one, other: int(abs(one - other) ** power)


def _margin(pairs: Counter[tuple[Any, Any]], which: Literal[0, 1]) -> Counter[Any]:
    margin: Counter[Any] = Counter()
    for pair, times in pairs.items():
        margin[pair[which]] += times
    return margin


def _around(value: float, error: float) -> Interval:
    return Interval(max(-1.0, value - Z * error), min(1.0, value + Z * error))
