"""Which subgroups of pupils may be shown, so that nobody reads off what fewer than five of them did.

A small group is not hidden by leaving it out: whoever knows the figure of all and of the other groups finds it by
subtraction. So others are withheld with it, the smallest first, until what is not shown is nobody or enough.

This protects against adding and subtracting whatever adds up over pupils (counts, means, shares, spreads) and is
shown of these groups and of all pupils. It does not protect against

* what somebody knows already: a pupil who knows the scores of three friends in a group of five, and their own;
* a group in which all did the same (a share of none or all, no spread): then it is known of each of them;
* guessing how many are in a withheld group from the rule itself: never what they did;
* figures shown earlier, of a moment when others were in the group: what was seen cannot be withheld again;
* sums that need three ways of dividing at once, or two ways and two moments. Of two moments and several ways,
  show only the pupils measured at both, by `publishable_together`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

FEWEST = 5  # pupils of whom anything is said

_Point = tuple[str, ...]  # a way of dividing and a group of it; the way alone: all of whom it shows no group


def publishable(groups: Mapping[str, int], minimum: int = FEWEST, *, total: int | None = None) -> set[str]:
    """The groups of one way of dividing that may be shown beside the figure of all.

    `groups`: how many pupils are in each; nobody is in two. `total`: how many there are in all, when some are in
    no group; otherwise their sum. Shown groups have at least `minimum` pupils, and those not shown are together
    nobody or at least as many. Of several ways of dividing the same pupils see `publishable_together`, of two
    moments `publishable_change`.
    """
    everyone = sum(groups.values()) if total is None else total
    return _kept({name: (n,) for name, n in groups.items()}, (everyone,), minimum, sized=1)


def publishable_change(
    before: Mapping[str, int], after: Mapping[str, int], both: Mapping[str, int], minimum: int = FEWEST
) -> set[str]:
    """The groups of which both moments and the change of the same pupils may be shown, beside those of all.

    `before`, `after`: how many pupils were measured in each group at the two moments; `both`: how many of them at
    both, in the same group. A group withheld at one moment is withheld at all: who is in it hardly changes. And
    mean before + mean change, beside mean after, tells of those who came or left: so in every group that is
    shown, and in the rest together, those measured at one moment only are nobody or at least `minimum`.

    Often one pupil came or left, and nothing remains. Then show of both moments only the pupils measured at both,
    which is `publishable(both)`; this cannot take back a figure that was shown of all of them earlier.
    """
    names = before.keys() | after.keys() | both.keys()
    rows = {name: _moments(before.get(name, 0), after.get(name, 0), both.get(name, 0)) for name in names}
    totals = _moments(sum(before.values()), sum(after.values()), sum(both.values()))
    return _kept(rows, totals, minimum, sized=3)


def _moments(before: int, after: int, both: int) -> tuple[int, ...]:
    return both, before, after, before - both, after - both


def _kept(rows: Mapping[str, Sequence[int]], totals: Sequence[int], minimum: int, *, sized: int) -> set[str]:
    """The rows of which the first `sized` counts are at least `minimum`, and every count, and what is left of
    every total, nobody or at least as many."""

    def safe(counts: Iterable[int]) -> bool:
        return all(n == 0 or n >= minimum for n in counts)

    kept = [name for name, row in rows.items() if min(row[:sized]) >= minimum and safe(row)]
    kept.sort(key=lambda name: (rows[name][0], name), reverse=True)
    left = [n - sum(rows[name][column] for name in kept) for column, n in enumerate(totals)]
    while kept and not safe(left):
        smallest = rows[kept.pop()]
        left = [n + more for n, more in zip(left, smallest, strict=True)]
    return set(kept)


def publishable_together(
    pupils: Iterable[Mapping[str, str]], ways: Sequence[str], minimum: int = FEWEST
) -> dict[str, set[str]]:
    """For each way of dividing the same pupils, the groups of it that may be shown, beside the figure of all and
    the groups of every other way.

    `pupils`: of each the group in every way of dividing, {"klas": "3b", "NT2": "ja"}; a way may be missing.
    `ways`: the ways that are shown, the one that matters most first. Each way by itself is as `publishable`,
    pupils without a group counted in. Every two ways are set against each other: when class 3b and one pupil of
    3a are all who speak Dutch as a second language, those figures differ by that pupil. That is so when leaving
    out fewer than `minimum` pupils makes the groups of the two ways fall apart into parts that share no pupil: a
    minimum cut of the graph with groups as points and pupils as lines. Then the later of the two gives way: its
    smallest group at that cut is withheld, until there is no such cut. The first shows what it would show alone.
    """
    people = list(pupils)
    sizes = {way: Counter(pupil[way] for pupil in people if way in pupil) for way in ways}
    crossed = {
        (a, b): Counter((pupil.get(a), pupil.get(b)) for pupil in people) for a, b in combinations(ways, 2)
    }
    shown = {way: publishable(sizes[way], minimum, total=len(people)) for way in ways}
    while leak := next(filter(None, (_leak(*at, shown, minimum) for at in crossed.items())), None):
        way, names = leak
        left = shown[way] - {min(names, key=lambda name: (sizes[way][name], name))}
        shown[way] = publishable({name: sizes[way][name] for name in left}, minimum, total=len(people))
    return shown


def _leak(
    ways: tuple[str, str],
    crossed: Mapping[tuple[str | None, str | None], int],
    shown: Mapping[str, set[str]],
    minimum: int,
) -> tuple[str, set[str]] | None:
    """Where a cut of fewer than `minimum` pupils is: the later way, and its shown groups there."""
    shared: dict[_Point, dict[_Point, int]] = defaultdict(lambda: defaultdict(int))
    for names, pupils in crossed.items():
        one, other = (
            (way,) if name is None or name not in shown[way] else (way, name)
            for way, name in zip(ways, names, strict=True)
        )
        shared[one][other] += pupils
        shared[other][one] += pupils
    for part in _parts(shared):
        side = _cut_below(minimum, {point: dict(shared[point]) for point in part})
        ends = {end for a in side for b in shared[a] if b not in side for end in (a, b)}
        # Where the later way has no shown group at the cut, what it shows elsewhere in the part tells of the rest.
        for points in (ends, part if ends else set()):
            if names_there := {point[1] for point in points if point[0] == ways[1] and len(point) == 2}:
                return ways[1], names_there
    return None


def _parts(shared: Mapping[_Point, Mapping[_Point, int]]) -> list[set[_Point]]:
    """The parts that share no pupil."""
    parts: list[set[_Point]] = []
    for start in shared:
        if any(start in part for part in parts):
            continue
        part, open_ends = {start}, [start]
        while open_ends:
            new = shared[open_ends.pop()].keys() - part
            part |= new
            open_ends += new
        parts.append(part)
    return parts


def _cut_below(minimum: int, lines: dict[_Point, dict[_Point, int]]) -> set[_Point]:
    """One side of a cut of a connected graph with lines of together less than `minimum`; empty when there is
    none. Stoer and Wagner 1997."""
    merged = {point: {point} for point in lines}
    while len(lines) > 1:
        *_, (before, _weight), (last, weight) = _most_tied_first(lines)
        if weight < minimum:
            return merged[last]
        merged[before] |= merged.pop(last)
        for point, pupils in lines.pop(last).items():
            del lines[point][last]
            if point != before:
                lines[before][point] = lines[point][before] = lines[before].get(point, 0) + pupils
    return set()


def _most_tied_first(lines: Mapping[_Point, Mapping[_Point, int]]) -> list[tuple[_Point, int]]:
    """The points, each time the one that shares most pupils with all before it, and how many."""
    ties = dict.fromkeys(sorted(lines), 0)
    order = []
    while ties:
        point = max(ties, key=ties.__getitem__)
        order.append((point, ties.pop(point)))
        for other, pupils in lines[point].items():
            if other in ties:
                ties[other] += pupils
    return order
