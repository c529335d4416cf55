"""Week cells: what one event adds to the counters, member bitsets and ties of its week.

A bitset is a Python integer with bit i for the i-th member; it has no upper limit. A rolling window is the
sum of its weeks' counters and the OR of their bitsets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from leerkring.engine.facts import Event
from leerkring.engine.measures import COUNTERS, SETS, TIES, Condition, Count, Selector, Sum

COUNTER_AT: Mapping[str, int] = {name: at for at, name in enumerate(COUNTERS)}
SET_AT: Mapping[str, int] = {name: at for at, name in enumerate(SETS)}


@dataclass(slots=True)
class Cell:
    """One week of one community. `ties` maps a member's index to the bitset of those turned to."""

    counters: list[int] = field(default_factory=lambda: [0] * len(COUNTERS))
    sets: list[int] = field(default_factory=lambda: [0] * len(SETS))
    ties: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Additions:
    """What an event of one kind adds, compiled from `measures`."""

    counts: list[tuple[int, tuple[Condition, ...]]] = field(default_factory=list)
    sums: list[tuple[int, str, bool, tuple[Condition, ...]]] = field(default_factory=list)
    actors: list[tuple[int, tuple[Condition, ...]]] = field(default_factory=list)
    others: list[tuple[int, tuple[Condition, ...]]] = field(default_factory=list)
    ties: list[tuple[Condition, ...]] = field(default_factory=list)


def _compile() -> Mapping[str, _Additions]:
    by_kind: defaultdict[str, _Additions] = defaultdict(_Additions)
    for name, measure in COUNTERS.items():
        at = COUNTER_AT[name]
        if isinstance(measure, Count):
            for selector in measure.of:
                by_kind[selector.kind].counts.append((at, selector.where))
        elif isinstance(measure, Sum):
            sums = by_kind[measure.of.kind].sums
            sums.append((at, measure.number, measure.squared, measure.of.where))
    for name, who in SETS.items():
        for selector in who.actors:
            by_kind[selector.kind].actors.append((SET_AT[name], selector.where))
        for selector in who.others:
            by_kind[selector.kind].others.append((SET_AT[name], selector.where))
    for selector in TIES:
        by_kind[selector.kind].ties.append(selector.where)
    return dict(by_kind)


_ADDITIONS = _compile()


def meets(event: Event, where: Iterable[Condition]) -> bool:
    """Whether the event's numbers meet all conditions."""
    return all(condition.holds(event.numbers) for condition in where)


def selects(selector: Selector, event: Event) -> bool:
    return event.kind == selector.kind and meets(event, selector.where)


def add(cell: Cell, event: Event, index: Mapping[int, int]) -> None:
    """Add an event to its week's cell. `index`: member id → bit; others are nobody's bit."""
    additions = _ADDITIONS.get(event.kind)
    if additions is None:
        return
    for at, where in additions.counts:
        if meets(event, where):
            cell.counters[at] += 1
    for at, number, squared, where in additions.sums:
        if meets(event, where):
            value = event.numbers.get(number, 0)
            cell.counters[at] += value * value if squared else value
    _add_members(cell, event, additions, index)


def _add_members(cell: Cell, event: Event, additions: _Additions, index: Mapping[int, int]) -> None:
    actor = None if event.actor is None else index.get(event.actor)
    others = 0
    for member in event.others:
        if member in index:
            others |= 1 << index[member]
    if actor is not None:
        for at, where in additions.actors:
            if meets(event, where):
                cell.sets[at] |= 1 << actor
    for at, where in additions.others:
        if meets(event, where):
            cell.sets[at] |= others
    if actor is None:
        return
    towards = others & ~(1 << actor)
    if towards and any(meets(event, where) for where in additions.ties):
        cell.ties[actor] = cell.ties.get(actor, 0) | towards
