"""What is found of groups, and that nobody can be found by subtraction from what is shown."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerkring.goals.results import Results
from leerkring.goals.summaries import Summary, shown, shown_over_time, summarise


def results(*pupils: tuple[str, float], **groups: str) -> Results:
    """`groups` of pupils in order, separated by spaces; a dot is none."""
    said = {name: tuple("" if g == "." else g for g in whole.split()) for name, whole in groups.items()}
    return Results(tuple(code for code, _value in pupils), tuple(value for _code, value in pupils), said)


def row(group: str, n: int, pairs: int = 0, dimension: str = "klas") -> Summary:
    bare = Summary(dimension if group else "", group, n, 6.0, 1.0, n // 2, pairs, None, None, None, None)
    return replace(bare, change=0.5, change_sd=1.0, correlation=0.5, before_sd=1.0) if pairs else bare


def sizes(rows: tuple[Summary, ...]) -> dict[str, int]:
    return {each.group: each.n for each in rows}


def pairs(rows: tuple[Summary, ...]) -> dict[str, int]:
    return {each.group: each.pairs for each in rows}


# -- what is found --------------------------------------------------------------------------------------------


def test_of_all_and_of_each_group() -> None:
    found = summarise(
        results(("a", 4), ("b", 6), ("c", 8), ("d", 5), klas="2a 2a 2b .", NT2="ja nee . ja"), threshold=6
    )
    assert [(s.dimension, s.group, s.n, s.mean, s.at_target) for s in found] == [
        ("", "", 4, 5.75, 2),
        ("klas", "2a", 2, 5.0, 1),
        ("klas", "2b", 1, 8.0, 1),
        ("NT2", "ja", 2, 4.5, 0),
        ("NT2", "nee", 1, 6.0, 1),
    ]
    assert found[0].sd == pytest.approx(1.7078251)
    assert found[2].sd is None


def test_no_threshold_no_share_and_with_fewer_is_better_the_other_side() -> None:
    pupils = results(("a", 4), ("b", 6), ("c", 8))
    assert summarise(pupils, threshold=None)[0].at_target is None
    assert summarise(pupils, threshold=6, lower_is_better=True)[0].at_target == 2
    assert summarise(results(), threshold=6) == ()


def test_change_is_that_of_the_codes_in_both() -> None:
    before = results(("a", 4), ("b", 5), ("c", 7), ("left", 1))
    after = results(("b", 6), ("a", 6), ("c", 8), ("new", 10))
    whole = summarise(after, threshold=None, before=before)[0]
    assert (whole.n, whole.pairs) == (4, 3)
    assert whole.change == pytest.approx(4 / 3)
    assert whole.change_sd == pytest.approx(0.5773503)
    assert whole.before_sd == pytest.approx(1.5275252)
    assert whole.correlation == pytest.approx(0.9449112)


def test_without_spread_there_is_no_correlation() -> None:
    before, after = results(("a", 5), ("b", 5)), results(("a", 6), ("b", 7))
    assert summarise(after, threshold=None, before=before)[0].correlation is None
    alone = summarise(results(("a", 6)), threshold=None, before=before)[0]
    assert (alone.pairs, alone.change, alone.change_sd, alone.before_sd) == (1, 1, None, None)


def test_who_changed_group_is_a_pair_of_all_and_of_no_group() -> None:
    before = results(("a", 4), ("b", 5), klas="2a 2a")
    after = results(("a", 5), ("b", 7), klas="2a 2b")
    assert [s.pairs for s in summarise(after, threshold=None, before=before)] == [2, 1, 0]


def test_groups_that_were_not_said_before_are_those_of_now() -> None:
    before = results(("a", 4), ("b", 5))
    after = results(("a", 5), ("b", 7), klas="2a 2b")
    assert [s.pairs for s in summarise(after, threshold=None, before=before)] == [2, 1, 1]


# -- what is shown --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("groups", "seen"),
    [
        ([("", 30), ("a", 15), ("b", 15)], {"": 30, "a": 15, "b": 15}),
        ([("", 30), ("a", 27), ("b", 3)], {"": 30}),
        ([("", 30), ("a", 12), ("b", 9), ("c", 6), ("d", 3)], {"": 30, "a": 12, "b": 9}),
        ([("", 30), ("a", 12), ("b", 12), ("c", 3), ("d", 3)], {"": 30, "a": 12, "b": 12}),
        ([("", 30), ("a", 15), ("b", 13)], {"": 30, "a": 15}),  # of two no group is said
        ([("", 30), ("a", 10), ("b", 10)], {"": 30, "a": 10, "b": 10}),
        ([("", 4), ("a", 4)], {}),
        ([], {}),
    ],
)
def test_small_groups_are_withheld_with_who_would_give_them_away(
    groups: list[tuple[str, int]], seen: dict[str, int]
) -> None:
    assert sizes(shown([row(group, n) for group, n in groups])) == seen


def test_a_dimension_does_not_hang_on_another() -> None:
    rows = [
        row("", 30),
        row("a", 27),
        row("b", 3),
        row("ja", 10, dimension="NT2"),
        row("nee", 20, dimension="NT2"),
    ]
    assert sizes(shown(rows)) == {"": 30, "ja": 10, "nee": 20}


def test_a_group_withheld_once_is_withheld_at_every_moment() -> None:
    first = [row("", 30), row("a", 12), row("b", 9), row("c", 9)]
    later = [row("", 30), row("a", 13), row("b", 13), row("c", 4)]
    assert [sizes(moment) for moment in shown_over_time([first, later])] == [
        {"": 30, "a": 12},
        {"": 30, "a": 13},
    ]


def test_a_moment_without_groups_takes_nothing_from_others() -> None:
    with_groups = [row("", 30), row("a", 15), row("b", 15)]
    assert [sizes(m) for m in shown_over_time([[row("", 30)], with_groups])] == [
        {"": 30},
        {"": 30, "a": 15, "b": 15},
    ]


def test_change_of_few_pairs_is_withheld_and_the_row_stays() -> None:
    (whole,) = shown([row("", 30, pairs=4)])
    assert (whole.n, whole.mean) == (30, 6.0)
    assert (whole.pairs, whole.change, whole.change_sd, whole.correlation, whole.before_sd) == (
        0,
        None,
        None,
        None,
        None,
    )


def test_change_of_few_pairs_does_not_follow_from_that_of_others() -> None:
    rows = [row("", 40, 20), row("a", 15, 10), row("b", 15, 8), row("c", 10, 2)]
    assert pairs(shown(rows)) == {"": 20, "a": 10, "b": 0, "c": 0}


def test_who_was_there_once_only_does_not_follow_from_mean_and_change() -> None:
    """Thirty before, the same but two after: mean before and mean of the pairs before differ by those two."""
    moments = shown_over_time([[row("", 30)], [row("", 28, pairs=28)]])
    assert [pairs(moment) for moment in moments] == [{"": 0}, {"": 0}]
    moments = shown_over_time([[row("", 30)], [row("", 30, pairs=30)], [row("", 25, pairs=25)]])
    assert [pairs(moment) for moment in moments] == [{"": 0}, {"": 30}, {"": 25}]


def test_change_that_follows_from_means_gives_nobody_else_away() -> None:
    """All of a were there twice, so their change is known; with that of all it would leave that of one pupil."""
    before = [row("", 11), row("a", 5), row("b", 4)]
    after = [row("", 11, pairs=6), row("a", 5, pairs=5), row("b", 4)]
    assert pairs(shown_over_time([before, after])[1]) == {"": 0, "a": 0}


def test_change_of_all_that_is_the_change_of_one_group_does_not_tell_who_came_into_it() -> None:
    """All pairs are of a, where one came; the others are all new."""
    before, after = [row("", 5), row("a", 5)], [row("", 11, pairs=5), row("a", 6, pairs=5)]
    assert pairs(shown_over_time([before, after])[1]) == {"": 0, "a": 0}


def test_few_of_each_of_two_groups_are_enough_together() -> None:
    """Three left each group: of six together the change of all tells, of three nothing."""
    before = [row("", 40), row("a", 20), row("b", 20)]
    after = [row("", 34, pairs=34), row("a", 17, pairs=17), row("b", 17, pairs=17)]
    assert pairs(shown_over_time([before, after])[1]) == {"": 34, "a": 0, "b": 0}


def test_a_group_that_is_gone_tells_who_the_others_were() -> None:
    before = [row("", 10), row("a", 5)]
    after = [row("", 6, pairs=5)]
    assert pairs(shown_over_time([before, after])[1]) == {"": 0}


def test_who_changed_group_leaves_the_change_unsaid() -> None:
    before = [row("", 20), row("a", 10), row("b", 10)]
    after = [row("", 20, pairs=20), row("a", 10, pairs=9), row("b", 10, pairs=9)]
    assert pairs(shown_over_time([before, after])[1]) == {"": 0, "a": 0, "b": 0}


def test_rows_of_a_table_do_as_well() -> None:
    @dataclass
    class Kept:
        pk: int
        dimension: str
        group: str
        n: int
        pairs: int
        change: float | None = 1.0

    kept = [Kept(1, "", "", 30, 4), Kept(2, "klas", "a", 27, 2), Kept(3, "klas", "b", 3, 2)]
    (whole,) = shown(kept)
    assert (whole.pk, whole.pairs, whole.change) == (1, 0, None)
    assert kept[0].pairs == 4


@dataclass(frozen=True)
class Kind:
    """Pupils who do not differ for what is shown: their group (or none), and when they were there."""

    group: str
    before: bool
    after: bool


KINDS = [Kind(g, b, a) for g in ("a", "b", "") for b, a in ((True, True), (True, False), (False, True))]


def found_by_subtraction(kinds: dict[Kind, int], rows: list[tuple[Summary, ...]]) -> int:
    """How few pupils a sum or difference of the shown figures depends on. Each figure is a row of how often it counts
    the score before and after of each kind of pupil."""
    figures = []
    for at, moment in enumerate(rows):
        for each in moment:
            within = [k for k in KINDS if kinds[k] and each.group in {"", k.group}]
            there = [k for k in within if (k.after if at else k.before)]
            figures.append(
                [*(0 if at else int(k in there) for k in KINDS), *(int(k in there) * at for k in KINDS)]
            )
            if each.pairs:
                both = [int(k in within and k.before and k.after) for k in KINDS]
                figures.append([*(-n for n in both), *both])
    if not figures:
        return 10**6
    all_ways = np.array(list(itertools.product((-1, 0, 1), repeat=len(figures))))
    combined = all_ways @ np.array(figures)
    touched = (combined[:, : len(KINDS)] != 0) | (combined[:, len(KINDS) :] != 0)
    counts = touched @ np.array([kinds[k] for k in KINDS])
    return int(counts[counts > 0].min(initial=10**6))


def cohort(kinds: dict[Kind, int], moment: str) -> Results:
    there = [(f"{k}{n}", k.group) for k in KINDS for n in range(kinds[k]) if getattr(k, moment)]
    codes = tuple(code for code, _group in there)
    return Results(
        codes, tuple(float(len(c)) for c in codes), {"klas": tuple(group for _code, group in there)}
    )


@given(st.lists(st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 9, 12]), min_size=9, max_size=9))
def test_no_group_of_one_to_four_follows_from_what_is_shown_at_two_moments(counts: list[int]) -> None:
    kinds = dict(zip(KINDS, counts, strict=True))
    before, after = cohort(kinds, "before"), cohort(kinds, "after")
    rows = shown_over_time([summarise(before, threshold=3), summarise(after, threshold=3, before=before)])
    assert found_by_subtraction(kinds, list(rows)) >= 5


@given(st.lists(st.lists(st.integers(0, 12), min_size=6, max_size=6), min_size=1, max_size=4))
def test_no_group_of_one_to_four_follows_from_the_others_at_any_moment(moments: list[list[int]]) -> None:
    given = [
        [row("", sum(counts)), *(row(f"g{at}", n) for at, n in enumerate(counts[1:]) if n)]
        for counts in moments
    ]
    for counts, seen in zip(moments, shown_over_time(given), strict=True):
        groups = [each.n for each in seen if each.group]
        assert all(each.n >= 5 for each in seen)
        assert not seen or sum(counts) - sum(groups) not in {1, 2, 3, 4}
    assert all(pairs(moment) == dict.fromkeys(sizes(moment), 0) for moment in shown_over_time(given))
