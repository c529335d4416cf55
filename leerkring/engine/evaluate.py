"""Each indicator's formula as a function over one window of live cells, compiled once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import singledispatch
from operator import itemgetter

from leerkring.engine import network
from leerkring.engine.cells import COUNTER_AT, SET_AT
from leerkring.engine.formulas import (
    NOTHING,
    AtEnd,
    BothWays,
    Figure,
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
from leerkring.engine.indicators import HIDING, INDICATORS, Indicator
from leerkring.engine.kinds import KINDS
from leerkring.engine.reads import kinds_of
from leerkring.engine.view import View

Evaluate = Callable[[View], Figure]


@singledispatch
def _compile(formula: Formula) -> Evaluate:
    raise TypeError(f"no way to evaluate {formula!r}")


@_compile.register
def _(formula: Total) -> Evaluate:
    of = _adder(formula.of)
    return lambda view: Figure(of(view.counters), len(view.window.weeks), 1)


@_compile.register
def _(formula: Share) -> Evaluate:
    of, among = _adder(formula.of), _adder(formula.among)
    if not formula.units:
        return lambda view: Figure(of(view.counters), among(view.counters), 1)
    units = COUNTER_AT[formula.units]
    return lambda view: Figure(of(view.counters), among(view.counters), view.counters[units])


@_compile.register
def _(formula: Settled) -> Evaluate:
    of, among, running = COUNTER_AT[formula.of], COUNTER_AT[formula.among], formula.running

    def evaluate(view: View) -> Figure:
        open_still = view.latest(among, running) - view.latest(of, running)
        return Figure(view.counters[of], view.counters[among] - open_still, 1)

    return evaluate


@_compile.register
def _(formula: AtEnd) -> Evaluate:
    of, among = COUNTER_AT[formula.of], COUNTER_AT[formula.among]
    return lambda view: Figure(view.running(of), view.running(among), 1)


@_compile.register
def _(formula: Since) -> Evaluate:
    of, weeks = COUNTER_AT[formula.of], formula.weeks
    return lambda view: Figure(view.since(of, weeks), weeks, 1)


@_compile.register
def _(formula: Mean) -> Evaluate:
    total, squares, among = (COUNTER_AT[name] for name in (formula.total, formula.squares, formula.among))
    return lambda view: Figure(view.counters[total], view.counters[among], view.counters[squares])


@_compile.register
def _(formula: Members) -> Evaluate:
    of = tuple(SET_AT[name] for name in formula.of)
    among = tuple(SET_AT[name] for name in formula.among)

    def evaluate(view: View) -> Figure:
        who = view.teaching if formula.teaching else view.present
        if among:
            joined = 0
            for at in among:
                joined |= view.sets[at]
            who &= joined
        have = who
        for at in of:
            have &= view.sets[at]
        return Figure(have.bit_count(), who.bit_count(), 1)

    return evaluate


@_compile.register
def _(formula: BothWays) -> Evaluate:
    among = SET_AT[formula.among]

    def evaluate(view: View) -> Figure:
        both = view.graph.senders & view.graph.receivers
        return Figure(both.bit_count(), (view.sets[among] & view.present).bit_count(), 1)

    return evaluate


@_compile.register
def _(formula: MemberPeriods) -> Evaluate:
    of = SET_AT[formula.of]

    def evaluate(view: View) -> Figure:
        took_part = members = 0
        for weeks in view.window.periods:
            present, cells = view.period(weeks)
            active = 0
            for cell in cells:
                active |= cell.sets[of]
            took_part += (active & present).bit_count()
            members += present.bit_count()
        return Figure(took_part, members, len(view.window.periods))

    return evaluate


@_compile.register
def _(formula: Periods) -> Evaluate:
    of = _adder(formula.of)

    def evaluate(view: View) -> Figure:
        found = 0
        for weeks in view.window.periods:
            _, cells = view.period(weeks)
            found += any(of(cell.counters) for cell in cells)
        return Figure(found, len(view.window.periods), 1)

    return evaluate


@_compile.register
def _(formula: Network) -> Evaluate:
    figure = network.FIGURES[formula.figure]
    return lambda view: figure(view.graph, view.presence.schools)


def _adder(names: tuple[str, ...]) -> Callable[[list[int]], int]:
    """The sum of some counters of a row of them; most formulas have one, and need no loop."""
    places = [COUNTER_AT[name] for name in names]
    if len(places) == 1:
        return itemgetter(places[0])
    get = itemgetter(*places)
    return lambda counters: sum(get(counters))


def _of(row: Indicator) -> Evaluate:
    """The row's formula; nothing where it is about members, and there are too few to hide among."""
    evaluate = _compile(row.formula)
    if not row.of_members:
        return evaluate
    return lambda view: evaluate(view) if view.present.bit_count() >= HIDING else NOTHING


FIGURES: Mapping[str, Evaluate] = {key: _of(row) for key, row in INDICATORS.items()}


def _touched() -> Mapping[str, frozenset[str]]:
    read = {key: kinds_of(row.formula) for key, row in INDICATORS.items()}
    return {kind: frozenset(key for key, kinds in read.items() if kind in kinds) for kind in KINDS}


# Per kind of event the indicators it can change; one of membership can change them all.
TOUCHED: Mapping[str, frozenset[str]] = _touched()
