"""The same indicators in plain Python with networkx: week by week with dicts, sets and graphs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import singledispatch
from importlib import import_module
from typing import Any

from leerkring.engine.calendar import Calendar, Window
from leerkring.engine.facts import Event
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
from leerkring.engine.indicators import INDICATORS
from leerkring.engine.measures import COUNTERS, SETS, TIES, Count, Matched, Selector, Stock, Sum
from leerkring.engine.presence import Presence

Triple = tuple[int, int, int]
_TIE_KINDS = {selector.kind for selector in TIES}


def _holds(event: Event, selector: Selector) -> bool:
    return all(condition.holds(event.numbers) for condition in selector.where)


def _by_kind() -> Mapping[str, list[tuple[str, Selector, str]]]:
    """Per kind: what to do with an event, with the name of the measure and its selector."""
    todo: defaultdict[str, list[tuple[str, Selector, str]]] = defaultdict(list)
    for name, measure in COUNTERS.items():
        if isinstance(measure, Count):
            for selector in measure.of:
                todo[selector.kind].append(("count", selector, name))
        elif isinstance(measure, Sum):
            todo[measure.of.kind].append(("sum", measure.of, name))
        else:
            thens = (
                [Selector(kind) for kind in (measure.first.kind, *measure.ends)]
                if isinstance(measure, Stock)
                else []
            )
            if isinstance(measure, Matched):
                todo[measure.first.kind].append(("first", measure.first, name))
                thens = [*measure.then]
            for selector in thens:
                todo[selector.kind].append(("then", selector, name))
    for name, who in SETS.items():
        for selector in who.actors:
            todo[selector.kind].append(("actor", selector, name))
        for selector in who.others:
            todo[selector.kind].append(("others", selector, name))
    return todo


TODO = _by_kind()


@dataclass
class Weeks:
    """One community, week by week."""

    counters: defaultdict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    sets: defaultdict[int, defaultdict[str, set[int]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )
    edges: defaultdict[int, set[tuple[int, int]]] = field(default_factory=lambda: defaultdict(set))
    first: defaultdict[str, dict[int, Event]] = field(default_factory=lambda: defaultdict(dict))
    then: defaultdict[str, defaultdict[int, list[Event]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    stocks: dict[str, list[tuple[int, int]]] = field(default_factory=dict)


def _read(events: Iterable[Event], calendar: Calendar) -> Weeks:
    weeks = Weeks()
    for event in sorted(events, key=lambda event: (event.at, event.id)):
        week = calendar.week(event.at)
        for act, selector, name in TODO[event.kind]:
            if _holds(event, selector):
                _ACTS[act](weeks, week, name, event)
        if event.kind in _TIE_KINDS and event.actor is not None:
            weeks.edges[week].update((event.actor, b) for b in event.others if b != event.actor)
    _follow(weeks, calendar)
    return weeks


def _count(weeks: Weeks, week: int, name: str, event: Event) -> None:
    weeks.counters[week][name] += 1


def _sum(weeks: Weeks, week: int, name: str, event: Event) -> None:
    measure = COUNTERS[name]
    assert isinstance(measure, Sum)
    value = event.numbers.get(measure.number, 0)
    weeks.counters[week][name] += value * value if measure.squared else value


def _first(weeks: Weeks, week: int, name: str, event: Event) -> None:
    if event.about is not None:
        weeks.first[name].setdefault(event.about, event)


def _then(weeks: Weeks, week: int, name: str, event: Event) -> None:
    measure = COUNTERS[name]
    by = measure.by if isinstance(measure, Matched) else "about"
    about = event.about if by == "about" else event.numbers.get(by)
    if about:
        weeks.then[name][about].append(event)


def _actor(weeks: Weeks, week: int, name: str, event: Event) -> None:
    if event.actor is not None:
        weeks.sets[week][name].add(event.actor)


def _others(weeks: Weeks, week: int, name: str, event: Event) -> None:
    weeks.sets[week][name].update(event.others)


_ACTS: Mapping[str, Callable[[Weeks, int, str, Event], None]] = {
    "count": _count,
    "sum": _sum,
    "first": _first,
    "then": _then,
    "actor": _actor,
    "others": _others,
}


def _follow(weeks: Weeks, calendar: Calendar) -> None:
    for name, measure in COUNTERS.items():
        if isinstance(measure, Matched):
            for about, event in weeks.first[name].items():
                if any(_follows(measure, event, then, calendar) for then in weeks.then[name].get(about, ())):
                    weeks.counters[calendar.week(event.at)][name] += 1
        elif isinstance(measure, Stock):
            weeks.stocks[name] = list(_runs(measure, weeks.then[name], calendar))


def _runs(stock: Stock, said: Mapping[int, list[Event]], calendar: Calendar) -> Iterator[tuple[int, int]]:
    """In which week each thing began to run, and in which it did no more."""
    for events in said.values():
        since = None
        for event in events:
            week, runs = (
                calendar.week(event.at),
                event.kind == stock.first.kind and _holds(event, stock.first),
            )
            if since is not None and not runs:
                yield since, week
            since = None if not runs else week if since is None else since
        if since is not None:
            yield since, 10**9


def _follows(measure: Matched, first: Event, then: Event, calendar: Calendar) -> bool:
    if not measure.ordered:
        return True
    if (then.at, then.id) <= (first.at, first.id):
        return False
    if measure.other and (then.actor is None or then.actor == first.actor):
        return False
    if measure.within is None:
        return True
    return calendar.school_days_between(calendar.day(first.at), calendar.day(then.at)) <= measure.within


class Over:
    """One window over a community."""

    def __init__(self, nx: Any, weeks: Weeks, presence: Presence, window: Window) -> None:
        self.nx = nx
        self.weeks = weeks
        self.window = window
        self.presence = presence
        self.counters: Counter[str] = Counter()
        for week in window.weeks:
            self.counters.update(weeks.counters.get(week, {}))
        self.present = self.present_in(window.weeks)
        self.graph = self._graph()

    def present_in(self, weeks: Iterable[int]) -> set[int]:
        bits = self.presence.during(weeks)
        return {member for bit, member in enumerate(self.presence.ids) if bits >> bit & 1}

    def set_of(self, name: str, weeks: Iterable[int]) -> set[int]:
        found: set[int] = set()
        for week in weeks:
            if week in self.weeks.sets:
                found |= self.weeks.sets[week][name]
        return found

    def _graph(self) -> Any:
        graph = self.nx.DiGraph()
        graph.add_nodes_from(self.present)
        for week in self.window.weeks:
            graph.add_edges_from(
                (a, b) for a, b in self.weeks.edges.get(week, ()) if a in self.present and b in self.present
            )
        return graph

    def sum(self, names: Iterable[str]) -> int:
        return sum(self.counters[name] for name in names)


@singledispatch
def _figure(formula: Formula, over: Over) -> Triple:
    raise TypeError(formula)


@_figure.register
def _(formula: Total, over: Over) -> Triple:
    return over.sum(formula.of), len(over.window.weeks), 1


@_figure.register
def _(formula: Share, over: Over) -> Triple:
    units = over.counters[formula.units] if formula.units else 1
    return over.sum(formula.of), over.sum(formula.among), units


@_figure.register
def _(formula: Settled, over: Over) -> Triple:
    last = [over.weeks.counters.get(week, Counter()) for week in over.window.weeks[-formula.running :]]
    still_open = sum(counters[formula.among] - counters[formula.of] for counters in last)
    return over.counters[formula.of], over.counters[formula.among] - still_open, 1


@_figure.register
def _(formula: AtEnd, over: Over) -> Triple:
    last = over.window.weeks[-1]
    of, among = (
        sum(start <= last < end for start, end in over.weeks.stocks[name])
        for name in (formula.of, formula.among)
    )
    return of, among, 1


@_figure.register
def _(formula: Since, over: Over) -> Triple:
    last = over.window.weeks[-1]
    weeks = range(last - formula.weeks + 1, last + 1)
    counters = over.weeks.counters
    return sum(counters[week][formula.of] for week in weeks if week in counters), formula.weeks, 1


@_figure.register
def _(formula: Mean, over: Over) -> Triple:
    return over.counters[formula.total], over.counters[formula.among], over.counters[formula.squares]


@_figure.register
def _(formula: Members, over: Over) -> Triple:
    who = over.present
    if formula.teaching:
        who = {member for member in who if over.presence.members[member].teaches}
    if formula.among:
        who = who & set().union(*(over.set_of(name, over.window.weeks) for name in formula.among))
    have = who.intersection(*(over.set_of(name, over.window.weeks) for name in formula.of))
    return len(have), len(who), 1


@_figure.register
def _(formula: BothWays, over: Over) -> Triple:
    graph = over.graph
    both = sum(1 for node in graph if graph.out_degree(node) and graph.in_degree(node))
    return both, len(over.set_of(formula.among, over.window.weeks) & over.present), 1


@_figure.register
def _(formula: MemberPeriods, over: Over) -> Triple:
    took_part = members = 0
    for weeks in over.window.periods:
        present = over.present_in(weeks)
        took_part += len(over.set_of(formula.of, weeks) & present)
        members += len(present)
    return took_part, members, len(over.window.periods)


@_figure.register
def _(formula: Periods, over: Over) -> Triple:
    counters = over.weeks.counters
    found = sum(
        any(counters[week][name] for week in weeks if week in counters for name in formula.of)
        for weeks in over.window.periods
    )
    return found, len(over.window.periods), 1


@_figure.register
def _(formula: Network, over: Over) -> Triple:
    return _NETWORK[formula.figure](over)


def _density(over: Over) -> Triple:
    n = len(over.graph)
    return round(over.nx.density(over.graph) * n * (n - 1)), n * (n - 1), 1


def _reciprocity(over: Over) -> Triple:
    ties = over.graph.number_of_edges()
    return round(over.nx.overall_reciprocity(over.graph) * ties) if ties else 0, ties, 1


def _centralisation(over: Over) -> Triple:
    n = len(over.graph)
    degrees = [degree for _, degree in over.graph.degree]
    most = max(degrees, default=0)
    return sum(most - degree for degree in degrees), 2 * (n - 1) * (n - 2) if n > 2 else 0, 1


def _isolates(over: Over) -> Triple:
    return over.nx.number_of_isolates(over.graph), len(over.graph), 1


def _external(over: Over) -> Triple:
    school = {member: over.presence.members[member].school for member in over.graph}
    between = within = 0
    for a, b in over.graph.edges:
        if school[a] is not None and school[b] is not None:
            if school[a] == school[b]:
                within += 1
            else:
                between += 1
    return between - within, between + within, 1


_NETWORK: Mapping[str, Callable[[Over], Triple]] = {
    "density": _density,
    "reciprocity": _reciprocity,
    "centralisation": _centralisation,
    "isolates": _isolates,
    "external": _external,
}


def compute(
    communities: Sequence[tuple[Presence, Sequence[Event]]], calendar: Calendar, windows: Sequence[Window]
) -> list[list[list[Triple]]]:
    """[community][window][indicator] = (k, n, units)."""
    nx = import_module("networkx")
    return [
        [
            [_figure(row.formula, over) for row in INDICATORS.values()]
            for over in (Over(nx, weeks, presence, window) for window in windows)
        ]
        for presence, events in communities
        for weeks in (_read(events, calendar),)
    ]
