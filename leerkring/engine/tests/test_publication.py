"""Which subgroups may be shown: by adding and subtracting nobody finds what fewer than five pupils did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from leerkring.engine.statistics import publishable, publishable_change, publishable_together

WAYS = ("klas", "niveau")


def test_groups_of_five_or_more_are_all_shown() -> None:
    assert publishable({"3a": 12, "3b": 5}) == {"3a", "3b"}
    assert publishable({"3a": 12, "3b": 0}) == {"3a"}, "of nobody there is nothing to show"
    assert publishable({}) == set()


def test_a_small_group_is_withheld_with_the_smallest_that_would_give_it_away() -> None:
    assert publishable({"3a": 12, "3b": 9, "3c": 3}) == {"3a"}
    assert publishable({"ja": 3, "nee": 27}) == set(), "of two, the other is all of what is left"


def test_small_groups_that_are_enough_together_hide_each_other() -> None:
    assert publishable({"3a": 12, "3b": 3, "3c": 2}) == {"3a"}
    assert publishable({"3a": 12, "3b": 9, "3c": 2, "3d": 2}) == {"3a"}


def test_pupils_in_no_group_count_in_the_total() -> None:
    assert publishable({"3a": 12, "3b": 9}, total=24) == {"3a"}
    assert publishable({"3a": 12, "3b": 9}, total=26) == {"3a", "3b"}


def test_a_stricter_house_withholds_more() -> None:
    assert publishable({"3a": 12, "3b": 9, "3c": 6}, minimum=10) == {"3a"}


def sums(sizes: Iterable[int]) -> set[int]:
    """How many pupils there are in every choice of groups."""
    found = {0}
    for size in sizes:
        found |= {size + before for before in found}
    return found


class_sizes = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 40) | st.integers(0, 7))


@given(class_sizes, st.integers(0, 9), st.integers(2, 8))
def test_no_subtraction_finds_a_small_group(groups: dict[str, int], nowhere: int, minimum: int) -> None:
    total = sum(groups.values()) + nowhere
    shown = publishable(groups, minimum, total=total)
    found = sums(groups[name] for name in shown)
    if shown:
        found |= {total - n for n in found}
    assert all(n == 0 or n >= minimum for n in found)


@given(class_sizes)
def test_nothing_is_withheld_without_need(groups: dict[str, int]) -> None:
    """With the smallest withheld group that is large enough shown as well, the rest would be too small."""
    shown = publishable(groups)
    withheld = sorted(n for name, n in groups.items() if name not in shown and n >= 5)
    rest = sum(groups.values()) - sum(groups[name] for name in shown)
    assert not withheld or 0 < rest - withheld[-1] < 5


def test_an_equal_group_is_chosen_by_name_and_not_by_the_order_of_a_file() -> None:
    assert publishable({"3a": 9, "3b": 9, "3c": 1}) == publishable({"3c": 1, "3b": 9, "3a": 9}) == {"3b"}


class TestTwoMoments:
    def test_the_same_pupils_twice(self) -> None:
        groups = {"3a": 12, "3b": 9, "3c": 6}
        assert publishable_change(groups, groups, groups) == {"3a", "3b", "3c"}

    def test_a_group_that_is_small_at_one_moment_is_withheld_at_both(self) -> None:
        before, after = {"3a": 20, "3b": 12, "3c": 9}, {"3a": 20, "3b": 12, "3c": 4}
        assert publishable_change(before, after, after) == {"3a"}
        assert publishable(before) == {"3a", "3b", "3c"}, "alone the baseline hid nothing"

    def test_who_left_is_not_found_from_the_baseline_and_the_change(self) -> None:
        """24 − (23 + change of 23) is one pupil; of what remains visible, none."""
        before, after = {"3a": 24, "3b": 22}, {"3a": 23, "3b": 22}
        assert publishable_change(before, after, after) == set()
        assert publishable_change(after, after, after) == {"3a", "3b"}, "only those measured at both"

    def test_many_who_came_hide_each_other(self) -> None:
        before, after = {"3a": 24, "3b": 22}, {"3a": 29, "3b": 22}
        assert publishable_change(before, after, before) == {"3a", "3b"}

    def test_who_left_two_classes_hide_each_other_when_they_are_enough(self) -> None:
        before = {"3a": 24, "3b": 22, "3c": 20}
        after = {"3a": 21, "3b": 20, "3c": 20}
        assert publishable_change(before, after, after) == {"3c"}

    def test_a_class_that_is_new(self) -> None:
        before, after = {"3a": 24, "3b": 22}, {"3a": 24, "3b": 22, "3c": 8}
        assert publishable_change(before, after, before) == {"3a", "3b"}

    @given(
        st.dictionaries(
            st.sampled_from("abcdef"), st.tuples(st.integers(0, 20), st.integers(0, 7), st.integers(0, 7))
        )
    )
    def test_no_subtraction_finds_who_came_or_left(self, groups: dict[str, tuple[int, int, int]]) -> None:
        both = {name: stayed for name, (stayed, _, _) in groups.items()}
        before = {name: stayed + left for name, (stayed, left, _) in groups.items()}
        after = {name: stayed + came for name, (stayed, _, came) in groups.items()}
        left = {name: left for name, (_, left, _) in groups.items()}
        came = {name: came for name, (_, _, came) in groups.items()}
        shown = publishable_change(before, after, both)
        for counts in (both, before, after, left, came):
            found = sums(counts[name] for name in shown)
            if shown:
                found |= {sum(counts.values()) - n for n in found}
            assert all(n == 0 or n >= 5 for n in found)


def pupils(*counts: tuple[int, str, str]) -> list[dict[str, str]]:
    """So many pupils of this class and that level."""
    return [{"klas": one, "niveau": other} for n, one, other in counts for _ in range(n)]


class TestSeveralWaysOfDividing:
    def test_ways_that_cross_in_numbers_are_all_shown(self) -> None:
        found = publishable_together(
            pupils((9, "3a", "havo"), (8, "3a", "vwo"), (7, "3b", "havo"), (9, "3b", "vwo")), WAYS
        )
        assert found == {"klas": {"3a", "3b"}, "niveau": {"havo", "vwo"}}

    def test_one_pupil_on_another_level_is_not_the_difference_of_two_sums(self) -> None:
        """Classes 3a and 3b are all havo, and one of 3v is: havo − 3a − 3b would be that pupil. (Each of the
        ways by itself hides nobody.)"""
        found = publishable_together(
            pupils((20, "3a", "havo"), (18, "3b", "havo"), (1, "3v", "havo"), (23, "3v", "vwo")), WAYS
        )
        assert found == {"klas": {"3a", "3b", "3v"}, "niveau": set()}

    def test_the_later_way_gives_way(self) -> None:
        people = pupils((20, "3a", "havo"), (18, "3b", "havo"), (1, "3v", "havo"), (23, "3v", "vwo"))
        assert publishable_together(people, ("niveau", "klas")) == {"niveau": {"havo", "vwo"}, "klas": {"3a"}}

    def test_who_is_in_no_shown_group_of_either_way(self) -> None:
        """All, less class 3a, less level havo, would be the two pupils who are in neither."""
        of_3a = [(4, "3a", f"level {n}") for n in range(5)]
        of_havo = [(3, f"class {n}", "havo") for n in range(6)]
        people = pupils(*of_3a, *of_havo, (2, "elsewhere", "elsewhere"))
        assert leaks(people, {"klas": {"3a"}, "niveau": {"havo"}}, 5) != []
        assert publishable_together(people, WAYS) == {"klas": {"3a"}, "niveau": set()}

    def test_a_way_that_is_missing_for_a_few_does_not_tell_of_them(self) -> None:
        known = pupils((15, "3a", "havo"), (15, "3b", "havo"), (15, "3a", "vwo"), (15, "3b", "vwo"))
        unknown = [{"niveau": "havo"}, {"niveau": "vwo"}]
        assert publishable_together(known + unknown, WAYS) == {"klas": {"3b"}, "niveau": {"havo", "vwo"}}

    def test_nobody_and_nothing(self) -> None:
        assert publishable_together([], WAYS) == {"klas": set(), "niveau": set()}
        assert publishable_together([{}] * 9, WAYS) == {"klas": set(), "niveau": set()}
        assert publishable_together([{}] * 9, ()) == {}
        assert publishable_together(pupils((2, "3a", "havo")), WAYS) == {"klas": set(), "niveau": set()}

    @given(
        st.lists(
            st.fixed_dictionaries(
                {}, optional={"klas": st.sampled_from("abcd"), "niveau": st.sampled_from(["", "h", "v"])}
            ),
            max_size=16,
        ),
        st.integers(2, 4),
    )
    def test_no_sum_of_what_is_shown_depends_on_a_few(
        self, people: list[dict[str, str]], minimum: int
    ) -> None:
        assert leaks(people, publishable_together(people, WAYS, minimum), minimum) == []

    @given(st.lists(st.fixed_dictionaries({"klas": st.sampled_from("abc"), "niveau": st.sampled_from("hv")})))
    def test_the_first_way_shows_what_it_would_show_alone(self, people: list[dict[str, str]]) -> None:
        alone = publishable(Counter(pupil["klas"] for pupil in people))
        assert publishable_together(people, WAYS)["klas"] == alone

    @given(
        st.lists(
            st.tuples(st.sampled_from((1, 2, 3, 5, 9)), st.sampled_from("abc"), st.sampled_from("hvm")),
            max_size=8,
        )
    )
    def test_nor_on_fewer_than_five(self, counts: list[tuple[int, str, str]]) -> None:
        people = pupils(*counts)
        assert leaks(people, publishable_together(people, WAYS), 5) == []

    def test_of_three_ways_every_two_are_set_against_each_other(self) -> None:
        people = [
            dict(pupil, NT2="ja" if index % 2 else "nee")
            for index, pupil in enumerate(
                pupils((20, "3a", "havo"), (18, "3b", "havo"), (1, "3v", "havo"), (23, "3v", "vwo"))
            )
        ]
        assert publishable_together(people, (*WAYS, "NT2")) == {
            "NT2": {"ja", "nee"},
            "klas": {"3a", "3b", "3v"},
            "niveau": set(),
        }

    def test_a_whole_country_at_once(self) -> None:
        people = [
            {"klas": f"{i % 97}", "niveau": f"{i % 5}", "NT2": "ja" if i % 7 else "nee"}
            for i in range(20_000)
        ]
        assert len(publishable_together(people, (*WAYS, "NT2"))["klas"]) == 97


def leaks(people: Sequence[dict[str, str]], shown: dict[str, set[str]], minimum: int) -> list[object]:
    """Every few pupils on whom alone some sum of figures depends: the oracle, by linear algebra.

    Pupils of the same groups are one column. Some combination of rows is nothing outside a choice of columns
    exactly when the rows have a lower rank without these.
    """
    rows = [(way, name) for way in sorted(shown) for name in sorted(shown[way])]
    if not rows:
        return []
    sizes = Counter(tuple(pupil.get(way) == name for way, name in rows) for pupil in people)
    columns = list(sizes)
    figures = np.array([[1, *column] for column in columns]).T
    rank = np.linalg.matrix_rank(figures)
    return [
        few
        for k in range(1, min(minimum, len(columns)))
        for few in combinations(range(len(columns)), k)
        if sum(sizes[columns[c]] for c in few) < minimum
        and np.linalg.matrix_rank(np.delete(figures, few, axis=1)) < rank
    ]
