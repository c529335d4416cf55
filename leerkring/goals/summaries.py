"""What results say of all pupils together and of each subgroup, and which of that may be shown.

A figure of fewer than five pupils says something about one of them. Nor may it follow from other figures: from that of
all, minus those of the other subgroups.
"""

from __future__ import annotations

import copy
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, TypeVar

from leerkring.goals.results import Results

FEWEST = 5
#: A dimension and a group in it.
Key = tuple[str, str]
ALL: Key = ("", "")


@dataclass(frozen=True)
class Summary:
    """Of everyone ("" and ""), or of one group of one dimension. What rests on `before` is of `pairs` only."""

    dimension: str
    group: str
    n: int
    mean: float
    #: Of the sample (n − 1); None for one pupil.
    sd: float | None
    #: How many reach the threshold; None without one.
    at_target: int | None
    #: Codes in both: of a group, those who were in it before too when `before` has that dimension.
    pairs: int
    #: Mean of after − before, whichever way is better.
    change: float | None
    change_sd: float | None
    #: Pearson's, of before and after; None when one of them does not vary.
    correlation: float | None
    #: Of the scores before, of the pairs: what a standardised mean change is expressed in.
    before_sd: float | None


def summarise(
    results: Results, *, threshold: float | None, lower_is_better: bool = False, before: Results | None = None
) -> tuple[Summary, ...]:
    """Of all first, then of each group of each dimension by name, also of the small ones: see `shown`. () for no
    results. `threshold` is reached by it or better. Time is linear in pupils × dimensions."""
    if not results.codes:
        return ()
    was = dict(zip(before.codes, before.values, strict=True)) if before else {}
    made = [_summary("", "", range(len(results.codes)), results, was, threshold, lower_is_better)]
    for dimension, said in results.groups.items():
        members: dict[str, list[int]] = defaultdict(list)
        for at, group in enumerate(said):
            if group:
                members[group].append(at)
        for group, places in sorted(members.items()):
            mine = was if before is None else _before_in(before, dimension, group, was)
            made.append(_summary(dimension, group, places, results, mine, threshold, lower_is_better))
    return tuple(made)


def _before_in(before: Results, dimension: str, group: str, was: dict[str, float]) -> dict[str, float]:
    if dimension not in before.groups:
        return was
    whole = zip(before.codes, before.values, before.groups[dimension], strict=True)
    return {code: value for code, value, said in whole if said == group}


def _summary(
    dimension: str,
    group: str,
    places: Sequence[int],
    results: Results,
    was: Mapping[str, float],
    threshold: float | None,
    lower_is_better: bool,
) -> Summary:
    values = [results.values[at] for at in places]
    pairs = [(was[code], results.values[at]) for at in places if (code := results.codes[at]) in was]
    earlier, later = [a for a, _b in pairs], [b for _a, b in pairs]
    changes = [b - a for a, b in pairs]
    return Summary(
        dimension,
        group,
        len(values),
        math.fsum(values) / len(values),
        _sd(values),
        None if threshold is None else sum(_reaches(value, threshold, lower_is_better) for value in values),
        len(pairs),
        math.fsum(changes) / len(changes) if changes else None,
        _sd(changes),
        _correlation(earlier, later),
        _sd(earlier),
    )


def _reaches(value: float, threshold: float, lower_is_better: bool) -> bool:
    return value <= threshold if lower_is_better else value >= threshold


def _squares(values: Sequence[float]) -> float:
    mean = math.fsum(values) / len(values)
    return math.fsum((value - mean) ** 2 for value in values)


def _sd(values: Sequence[float]) -> float | None:
    return math.sqrt(_squares(values) / (len(values) - 1)) if len(values) > 1 else None


def _correlation(earlier: Sequence[float], later: Sequence[float]) -> float | None:
    if len(earlier) < 2:
        return None
    spread = math.sqrt(_squares(earlier)) * math.sqrt(_squares(later))
    if spread == 0:
        return None
    a, b = math.fsum(earlier) / len(earlier), math.fsum(later) / len(later)
    together = math.fsum((x - a) * (y - b) for x, y in zip(earlier, later, strict=True))
    return max(-1.0, min(1.0, together / spread))


# -- what may be shown ----------------------------------------------------------------------------------------


class Row(Protocol):
    """A Summary, or what is kept of one."""

    @property
    def dimension(self) -> str: ...
    @property
    def group(self) -> str: ...
    @property
    def n(self) -> int: ...
    @property
    def pairs(self) -> int: ...


R = TypeVar("R", bound=Row)


def shown(summaries: Iterable[R], minimum: int = FEWEST) -> tuple[R, ...]:
    """Those of one moment that may be shown, in their order: `shown_over_time` of that moment alone."""
    return shown_over_time([summaries], minimum)[0]


def shown_over_time(moments: Sequence[Iterable[R]], minimum: int = FEWEST) -> tuple[tuple[R, ...], ...]:
    """Of each moment those that may be shown. The first moment is the one that change is counted from.

    * A group of fewer than `minimum` pupils is withheld, and of its dimension the next smallest too, until who is not
      in a shown group is nobody or at least `minimum`: pupils of whom no group is said are counted among them.
    * A group that is withheld at one moment is withheld at all: who is in it hardly changes.
    * What rests on pairs is withheld likewise (`pairs` 0, the rest None): when they are few, when they could be
      subtracted, and when few came or left in between, since mean and change together tell of those. The row itself
      stays; then set the means of both moments side by side.

    It holds for who stays in one group of each dimension. It does not see what numbers do not tell: groups of two
    dimensions that differ by a few pupils, a dimension that is there at only one of two moments and of which one
    group is nearly all who came or left, and the changes to two later moments laid beside each other.
    """
    rows = [{(row.dimension, row.group): row for row in moment} for moment in moments]
    kept = _kept(rows, minimum)
    found = []
    seen = [
        {key: row for key, row in moment.items() if key in may}
        for moment, may in zip(rows, kept, strict=True)
    ]
    for at, moment in enumerate(seen):
        paired = _paired(moment, seen[0] if at else {}, minimum)
        found.append(tuple(row if key in paired else _unpaired(row) for key, row in moment.items()))
    return tuple(found)


def _kept(rows: Sequence[Mapping[Key, Row]], minimum: int) -> list[set[Key]]:
    """Of each moment what may be shown of the pupils in it. Without a figure of all, nothing."""
    kept = [{ALL} if ALL in moment and moment[ALL].n >= minimum else set() for moment in rows]
    for dimension in _dimensions(key for moment in rows for key in moment):
        at = [
            number for number, moment in enumerate(rows) if kept[number] and dimension in _dimensions(moment)
        ]
        sizes = [{key: row.n for key, row in rows[number].items() if key[0] == dimension} for number in at]
        large = {key for key in set().union(*sizes) if all(key not in s or s[key] >= minimum for s in sizes)}
        groups = _publishable(large, sizes, [rows[number][ALL].n for number in at], minimum)
        for number in at:
            kept[number] |= groups & rows[number].keys()
    return kept


class _Twice(NamedTuple):
    """Of the pupils of a row: how many were there at both moments, only later, and only before."""

    pairs: int
    came: int
    left: int

    @property
    def fewest(self) -> int:
        """Change tells of the pairs; with the means of both moments subtracted, of who came and who left instead."""
        return min(self.pairs, self.came + self.left)


def _paired(moment: Mapping[Key, Row], first: Mapping[Key, Row], minimum: int) -> set[Key]:
    """Of which of these what rests on pairs may be shown: of all, when what can be had from it and the groups is of
    enough pupils, and then of the groups that leave enough for the others."""
    whole = _twice(ALL, moment, first)
    if whole.pairs < minimum or not _is_safe(whole.fewest, minimum):
        return set()
    found = {ALL}
    for dimension in _dimensions([*moment, *first]):
        open_ = _paired_groups(dimension, whole, moment, first, minimum)
        if open_ is None:
            return set()
        found |= open_
    return found


def _paired_groups(
    dimension: str, whole: _Twice, moment: Mapping[Key, Row], first: Mapping[Key, Row], minimum: int
) -> set[Key] | None:
    """The groups of one dimension; None when the change of all would give away too few of some group."""
    said_before = dimension in _dimensions(first)
    # A group that is gone since still tells who was there before.
    groups = {key: _twice(key, moment, first) for key in {**moment, **first} if key[0] == dimension}
    if not said_before:
        groups = {key: twice._replace(left=0) for key, twice in groups.items()}
    rest = _Twice(*(all_ - sum(part) for all_, *part in zip(whole, *groups.values(), strict=True)))
    if min(rest) < 0:
        return None  # who changed group is a pair of all and of no group: numbers do not tell how many
    parts = [*groups.values(), rest]
    if not said_before and not _is_safe(whole.left + sum(min(p.pairs, p.came) for p in parts), minimum):
        return None
    fewest = {key: twice.fewest if said_before else twice.pairs for key, twice in groups.items()}
    total = sum(fewest.values()) + (rest.fewest if said_before else rest.pairs)
    many = {key for key in groups if key in moment and moment[key].pairs >= minimum}
    open_ = _publishable({key for key in many if _is_safe(fewest[key], minimum)}, [fewest], [total], minimum)
    return open_ if _is_safe(total - sum(fewest[key] for key in open_), minimum) else None


def _twice(key: Key, moment: Mapping[Key, Row], first: Mapping[Key, Row]) -> _Twice:
    n, pairs = (moment[key].n, moment[key].pairs) if key in moment else (0, 0)
    return _Twice(pairs, n - pairs, first[key].n - pairs if key in first else 0)


def _dimensions(keys: Iterable[Key]) -> set[str]:
    return {dimension for dimension, _group in keys if dimension}


def _publishable(
    open_: set[Key], moments: Sequence[Mapping[Key, int]], totals: Sequence[int], minimum: int
) -> set[Key]:
    """Those groups of one dimension for which at every moment who is left over is nobody or enough. The smallest give
    way first."""

    def size(key: Key, at: Mapping[Key, int]) -> tuple[int, int, Key]:
        """Small there, then small altogether."""
        return at[key], sum(moment.get(key, 0) for moment in moments), key

    while open_:
        unsafe = next(
            (
                moment
                for moment, total in zip(moments, totals, strict=True)
                if not _is_safe(total - sum(moment.get(key, 0) for key in open_), minimum)
            ),
            {},
        )
        there = [size(key, unsafe) for key in open_ if unsafe.get(key)]
        if not there:
            break
        open_ = open_ - {min(there)[2]}
    return open_


def _is_safe(pupils: int, minimum: int) -> bool:
    return pupils == 0 or pupils >= minimum


def _unpaired(row: R) -> R:
    """The same without what rests on pairs."""
    if not row.pairs:
        return row
    bare = copy.copy(row)
    # A frozen Summary as well as a row of a table.
    object.__setattr__(bare, "pairs", 0)
    for name in ("change", "change_sd", "correlation", "before_sd"):
        object.__setattr__(bare, name, None)
    return bare
