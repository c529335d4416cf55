"""What a formula reads: which events may be shown for it, and without which it cannot be known."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import fields

from leerkring.engine.formulas import (
    AtEnd,
    BothWays,
    Formula,
    Mean,
    MemberPeriods,
    Members,
    Network,
    Periods,
    Settled,
    Share,
    Since,
    Total,
)
from leerkring.engine.measures import COUNTERS, SETS, TIES, Count, Matched, Selector, Stock, Sum


def counters_of(formula: Formula) -> tuple[str, ...]:
    """The counters whose events add to a figure."""
    match formula:
        case Total(of) | Share(of) | Periods(of):
            return of
        case AtEnd(of) | Since(of) | Mean(of) | Settled(of):
            return (of,)
        case _:
            return ()


def sets_of(formula: Formula) -> tuple[str, ...]:
    """The sets whose members a figure counts."""
    match formula:
        case Members(of):
            return of
        case MemberPeriods(of):
            return (of,)
        case _:
            return ()


def who_of(formula: Formula) -> tuple[Selector, ...]:
    """The events that make members count: of its sets, or the ties."""
    if isinstance(formula, BothWays | Network):
        return TIES
    return _once(s for name in sets_of(formula) for s in (*SETS[name].actors, *SETS[name].others))


def evidence_of(formula: Formula) -> tuple[Selector, ...]:
    """The events that may be shown for a figure, as far as they add to it."""
    return (*_once(s for name in counters_of(formula) for s in _selectors(name)), *who_of(formula))


def can_be_known(formula: Formula, recorded: Collection[str]) -> bool:
    """Whether a source that records these kinds can show the figure: what it is of, and what adds to it."""
    of = {kind for name in counters_of(formula) for kind in _adding(name)}
    of |= {selector.kind for selector in who_of(formula)}
    if of.isdisjoint(recorded):
        return False
    among = {kind for name in _among(formula) for kind in _adding(name)}
    return not among or not among.isdisjoint(recorded)


def kinds_of(formula: Formula) -> frozenset[str]:
    """Every kind of event that can change a figure, who is present aside."""
    kinds = {selector.kind for selector in who_of(formula)}
    of_sets = isinstance(formula, Members | MemberPeriods | BothWays)
    for field in fields(formula):
        value = getattr(formula, field.name)
        for name in value if isinstance(value, tuple) else (value,):
            if of_sets and name in SETS:
                kinds |= {s.kind for s in (*SETS[name].actors, *SETS[name].others)}
            elif not of_sets and name in COUNTERS:
                kinds |= {s.kind for s in _selectors(name)} | _ending(name)
    return frozenset(kinds)


def _selectors(counter: str) -> tuple[Selector, ...]:
    measure = COUNTERS[counter]
    match measure:
        case Count(of):
            return of
        case Sum(of):
            return (of,)
        case Matched(first, then):
            return _once((first, *then))
        case Stock(first):
            return (first,)


def _adding(counter: str) -> set[str]:
    """The kinds one of which a counter needs to be more than nothing: of a follow-up, the follow-up's."""
    measure = COUNTERS[counter]
    selectors = measure.then if isinstance(measure, Matched) else _selectors(counter)
    return {selector.kind for selector in selectors}


def _among(formula: Formula) -> tuple[str, ...]:
    match formula:
        case Share(among=among):
            return among
        case AtEnd(among=among) | Mean(among=among) | Settled(among=among):
            return (among,)
        case _:
            return ()


def _ending(counter: str) -> set[str]:
    measure = COUNTERS[counter]
    return set(measure.ends) if isinstance(measure, Stock) else set()


def _once(selectors: Iterable[Selector]) -> tuple[Selector, ...]:
    return tuple(dict.fromkeys(selectors))
