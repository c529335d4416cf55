"""How far observers agree, against published examples and figures of R: fixtures/README.md says how those were made."""

from __future__ import annotations

import json
import math
from itertools import product
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from leerkring.engine.statistics import Z, kappa, krippendorff
from leerkring.engine.statistics.observers import BESIDE, ENOUGH, Scale

R: dict[str, Any] = json.loads((Path(__file__).parent / "fixtures" / "observers.json").read_text())

SCALES: tuple[Scale, ...] = ("nominal", "ordinal", "interval", "ratio")
WEIGHTS: tuple[Literal["linear", "quadratic"] | None, ...] = (None, "linear", "quadratic")

# Krippendorff 2011, part C: four observers, twelve units, of which the last has one value.
FOUR = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]


def two(table: list[list[int]]) -> tuple[list[int], list[int]]:
    """What two observers gave, from how often the first gave the row and the second the column."""
    pairs = [
        (row, column) for row, times in enumerate(table) for column, n in enumerate(times) for _ in range(n)
    ]
    return [one for one, _ in pairs], [other for _, other in pairs]


def test_alpha_is_that_of_krippendorffs_two_observers() -> None:
    """Krippendorff 2011, parts A and B."""
    meg, owen = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    ben, gerry = "aabbdcccedda", "babbbccceddd"
    assert krippendorff([meg, owen], "nominal") == pytest.approx(0.095, abs=5e-4)
    assert krippendorff([ben, gerry], "nominal") == pytest.approx(0.692, abs=5e-4)


@pytest.mark.parametrize(
    ("scale", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_alpha_is_that_of_krippendorffs_four_observers(scale: Scale, alpha: float) -> None:
    assert krippendorff(FOUR, scale) == pytest.approx(alpha, abs=5e-4)


@pytest.mark.parametrize("name", R["alpha"])
def test_alpha_is_that_of_r(name: str) -> None:
    case = R["alpha"][name]
    found = {scale: krippendorff(case["observers"], scale) for scale in SCALES}
    assert found == pytest.approx(case["alpha"], abs=1e-12)


def test_kappa_is_that_of_cohen_and_of_fleiss() -> None:
    """Cohen 1968, table 1, and Fleiss 1981, p. 213, who gives two decimals."""
    cohen, fleiss = (
        kappa(*two(table))
        for table in ([[88, 14, 18], [10, 40, 10], [2, 6, 12]], [[75, 1, 4], [5, 4, 1], [0, 0, 10]])
    )
    assert cohen is not None
    assert fleiss is not None
    assert (cohen.units, fleiss.units) == (200, 100)
    assert cohen.value == pytest.approx(0.492, abs=5e-4)
    assert fleiss.value == pytest.approx(0.68, abs=5e-3)


SKIN = [[10, 4, 1, 0], [5, 10, 12, 2], [2, 4, 12, 5], [0, 2, 6, 13]]
SLIDES = [[22, 2, 2, 0], [5, 7, 14, 0], [0, 2, 36, 0], [0, 1, 17, 10]]


@pytest.mark.parametrize(
    ("table", "weights", "value", "interval"),
    [
        (SKIN, None, 0.3449, (0.2030, 0.4868)),  # PROC FREQ, SAS/STAT User's Guide, Agreement Study
        (SLIDES, None, 0.4930, (0.3818, 0.6042)),  # Agresti, two pathologists, by PROC FREQ
        (SLIDES, "linear", 0.6488, (0.5554, 0.7422)),
    ],
)
def test_the_interval_of_kappa_is_that_of_sas(
    table: list[list[int]], weights: Literal["linear"], value: float, interval: tuple[float, float]
) -> None:
    found = kappa(*two(table), weights)
    assert found is not None
    assert found.units == sum(map(sum, table))
    assert found.value == pytest.approx(value, abs=5e-5)
    assert found.interval == pytest.approx(interval, abs=5e-5)


@pytest.mark.parametrize("name", R["kappa"])
def test_kappa_is_that_of_r(name: str) -> None:
    case = R["kappa"][name]
    for weights in WEIGHTS:
        expected = case[weights or "unweighted"]
        found = kappa(case["first"], case["second"], weights)
        assert found is not None
        assert (found.units, found.value) == pytest.approx((case["units"], expected["value"]), abs=1e-12)
        if found.interval:
            half = Z * expected["error"]
            limits = max(-1, found.value - half), min(1, found.value + half)
            assert found.interval == pytest.approx(limits, abs=1e-12)


def test_the_figures_of_r_are_of_enough_tables_with_and_without_an_interval() -> None:
    assert len(R["alpha"]) + len(R["kappa"]) > 100
    with_interval = [
        found.interval is not None
        for case in R["kappa"].values()
        if (found := kappa(case["first"], case["second"]))
    ]
    assert with_interval.count(True) >= 20
    assert with_interval.count(False) >= 5


@pytest.mark.parametrize("scale", SCALES)
def test_where_nothing_varies_nothing_can_be_agreed_on(scale: Scale) -> None:
    assert krippendorff([[2, 2, 2], [2, 2, 2]], scale) is None
    assert krippendorff([[2, 2, 5], [2, 2, None]], scale) is None, "a unit with one value is left out"
    assert kappa([2, 2, 2], [2, 2, 2]) is None
    assert kappa([2, 2, 5], [2, 2, None]) is None


@pytest.mark.parametrize("scale", SCALES)
def test_one_observer_agrees_with_nobody(scale: Scale) -> None:
    assert krippendorff([[1, 2, 3]], scale) is None
    assert krippendorff([], scale) is None
    assert krippendorff([[], []], scale) is None
    assert krippendorff([[1, None], [None, 2]], scale) is None, "no unit was seen by both"
    assert kappa([1, None], [None, 2]) is None
    assert kappa([], []) is None


@pytest.mark.parametrize("scale", SCALES)
def test_a_unit_or_an_observer_that_adds_nothing_changes_nothing(scale: Scale) -> None:
    without = krippendorff([row[:11] for row in FOUR], scale)
    assert without == krippendorff(FOUR, scale) == krippendorff([*FOUR, [None] * 12], scale)


def test_complete_agreement_is_one_and_has_no_interval() -> None:
    values = [0, 1, 2, 3] * 20
    for scale in SCALES:
        assert krippendorff([values, values, values], scale) == 1
    for weights in WEIGHTS:
        assert kappa(values, values, weights) == (80, 1, None)


def test_two_who_never_agree_are_below_chance() -> None:
    """Of two values each, in turns: kappa is −1, alpha 1 − 3 · 4 / (2 · 4) with four values, two of each."""
    assert kappa([0, 1], [1, 0]) == (2, -1, None)
    assert krippendorff([[0, 1], [1, 0]], "nominal") == pytest.approx(1 - 3 * 2 / 4)


def test_who_gives_one_value_throughout_agrees_by_chance_only() -> None:
    assert kappa([1] * 40, [1, 2] * 20) == (40, 0, None)


def test_an_interval_asks_for_enough_units_and_for_another_value_often_enough() -> None:
    first = [0] * (ENOUGH - BESIDE) + [1] * BESIDE
    second = [1, *first[1:-1], 0]
    rarer = [*second[:-2], 0, 0]

    def has_interval(one: list[int], other: list[int]) -> bool:
        found = kappa(one, other)
        return found is not None and found.interval is not None

    assert has_interval(first, second)
    assert not has_interval([first[0], *first[2:]], [second[0], *second[2:]]), "one unit less"
    assert not has_interval(first, rarer), "one of them gave another value four times"
    assert not has_interval(rarer, first), "whichever it is"


def test_the_interval_ends_where_kappa_does() -> None:
    nearly, hardly = kappa(*two([[15, 1], [0, 15]])), kappa(*two([[1, 15], [15, 0]]))
    assert nearly is not None
    assert nearly.interval is not None
    assert nearly.interval.high == 1
    assert hardly is not None
    assert hardly.interval is not None
    assert hardly.interval.low == -1


def test_of_thirty_moments_the_interval_holds_the_true_kappa_nine_times_in_ten() -> None:
    """Every table of two values and thirty moments, each as often as it comes when both values are as common and
    kappa is .6: agreement in eight of ten."""
    chances, held, told = (0.4, 0.1, 0.1, 0.4), 0.0, 0.0
    for a, b, c in product(range(ENOUGH + 1), repeat=3):
        if (d := ENOUGH - a - b - c) < 0:
            continue
        found = kappa(*two([[a, b], [c, d]]))
        if found is None or found.interval is None:
            continue
        ways = math.factorial(ENOUGH) / math.prod(map(math.factorial, (a, b, c, d)))
        chance = ways * math.prod(p**n for p, n in zip(chances, (a, b, c, d), strict=True))
        told += chance
        held += chance if found.interval.low <= 0.6 <= found.interval.high else 0
    assert told > 0.99
    assert 0.9 < held / told < 0.96


def test_a_choice_that_nobody_made_keeps_its_place() -> None:
    near, far = [[1, 2, 4, 4], [1, 4, 4, 2]], [[1, 2, 9, 9], [1, 9, 9, 2]]
    assert kappa(near[0], near[1]) == kappa(far[0], far[1])
    assert kappa(near[0], near[1], "linear") != kappa(far[0], far[1], "linear")
    assert krippendorff(near, "ordinal") == krippendorff(far, "ordinal")
    assert krippendorff(near, "interval") != krippendorff(far, "interval")


def test_none_at_all_and_none_seen_are_different_things() -> None:
    """A tally of nought is a value, also on a ratio scale."""
    assert krippendorff([[0, 0, 3, 2], [0, 0, 3, 1]], "ratio") == pytest.approx(
        1 - 7 * (1 / 9) / (4 * 2 + 4 + 4 + 2 / 25 + 2 / 4 + 1 / 9)
    )


@pytest.mark.parametrize("odd", [math.nan, math.inf, -math.inf, 1e101])
def test_what_is_no_value_of_the_scale_gives_no_figure(odd: float) -> None:
    observers: list[list[float | None]] = [[1, 2, odd], [1, 3, odd]]
    for scale in SCALES[1:]:
        assert krippendorff(observers, scale) is None
    assert krippendorff([[1, -2, 3], [1, -2, 2]], "ratio") is None, "below nought"
    assert krippendorff([[1, -2, 3], [1, -2, 2]], "interval") is not None


def test_very_large_and_very_small_differences_are_not_lost() -> None:
    ordinary = krippendorff([[1, 2, 3, 5], [1, 2, 4, 5]], "interval")
    for unit in (1e-200, 1e99):
        tiny = [[unit * value for value in row] for row in ([1, 2, 3, 5], [1, 2, 4, 5])]
        assert krippendorff(tiny, "interval") == pytest.approx(ordinary)


def test_observers_of_whom_one_has_more_units_did_not_watch_the_same() -> None:
    with pytest.raises(ValueError, match="shorter"):
        krippendorff([[1, 2, 3], [1, 2]], "nominal")
    with pytest.raises(ValueError, match="shorter"):
        kappa([1, 2, 3], [1, 2])


a_value = st.integers(0, 4) | st.none()
observed = st.integers(1, 20).flatmap(
    lambda units: st.lists(st.lists(a_value, min_size=units, max_size=units), min_size=2, max_size=5)
)
pairs = st.lists(st.tuples(a_value, a_value), max_size=80)


@given(observed, st.randoms(use_true_random=False))
def test_alpha_asks_neither_who_observed_nor_in_which_order_the_units_came(
    observers: list[list[int | None]], chance: Any
) -> None:
    units = [*zip(*observers, strict=True)]
    chance.shuffle(units)
    shuffled = [list(row) for row in zip(*units, strict=True)]
    chance.shuffle(shuffled)
    for scale in SCALES:
        assert krippendorff(shuffled, scale) == pytest.approx(krippendorff(observers, scale), abs=1e-12)


@given(observed)
def test_alpha_is_one_at_most_and_one_only_when_all_agree(observers: list[list[int | None]]) -> None:
    agree = all(
        len({value for value in unit if value is not None}) < 2 for unit in zip(*observers, strict=True)
    )
    for scale in SCALES:
        found = krippendorff(observers, scale)
        assert found is None or (found == 1 if agree else found < 1)


@given(observed, st.permutations(["zie", "vraag", "idee", "rest", "niets"]))
def test_a_category_by_another_name_is_the_same_category(
    observers: list[list[int | None]], names: list[str]
) -> None:
    named = [[None if value is None else names[value] for value in row] for row in observers]
    assert krippendorff(named, "nominal") == pytest.approx(krippendorff(observers, "nominal"), abs=1e-12)
    assert kappa(named[0], named[1]) == kappa(observers[0], observers[1])


@given(observed, st.integers(-1000, 1000), st.integers(1, 1000))
def test_each_scale_sees_what_it_says_it_sees(
    observers: list[list[int | None]], more: int, times: int
) -> None:
    """A constant added is nothing to an interval scale, another unit nothing to a ratio scale, and whatever keeps
    the order nothing to an ordinal one."""

    def changed(how: Any) -> list[list[int | None]]:
        return [[None if value is None else how(value) for value in row] for row in observers]

    kept: list[tuple[Scale, Any]] = [
        ("interval", lambda value: more + times * value),
        ("ratio", lambda value: times * value),
        ("ordinal", lambda value: value**3 + more),
    ]
    for scale, how in kept:
        assert krippendorff(changed(how), scale) == pytest.approx(krippendorff(observers, scale), abs=1e-12)


@given(pairs)
def test_of_two_values_every_scale_is_the_same(seen: list[tuple[int | None, int | None]]) -> None:
    first, second = ([None if pair[of] is None else int(pair[of] != 0) for pair in seen] for of in (0, 1))
    alphas = [krippendorff([first, second], scale) for scale in SCALES]
    assert alphas == pytest.approx([alphas[0]] * 4, abs=1e-12)
    assert kappa(first, second) == kappa(first, second, "linear") == kappa(first, second, "quadratic")


@given(pairs)
def test_kappa_lies_between_minus_one_and_one_and_within_its_interval(
    seen: list[tuple[int | None, int | None]],
) -> None:
    first, second = [one for one, _ in seen], [other for _, other in seen]
    for weights in WEIGHTS:
        found = kappa(first, second, weights)
        assert found == kappa(second, first, weights)
        if found is None:
            continue
        assert -1 <= found.value <= 1
        if found.interval:
            assert -1 <= found.interval.low <= found.value <= found.interval.high <= 1


@given(pairs)
def test_with_quadratic_weights_kappa_is_the_correlation_of_concordance(
    seen: list[tuple[int | None, int | None]],
) -> None:
    """Lin 1989, and Fleiss and Cohen 1973: 1 − Σ(x − y)² / Σ over all x and y of (x − y)², each over how many."""
    both = [(one, other) for one, other in seen if one is not None and other is not None]
    everyone = [(one - other) ** 2 for one, _ in both for _, other in both]
    assume(sum(everyone))
    found = kappa([one for one, _ in seen], [other for _, other in seen], "quadratic")
    assert found is not None
    squares = sum((one - other) ** 2 for one, other in both)
    assert found.value == pytest.approx(1 - len(both) * squares / sum(everyone), abs=1e-12)
