"""The same indicators in pandas: one table of events, grouped and joined, all communities at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, singledispatchmethod
from importlib import import_module
from typing import Any

import numpy as np

from leerkring.engine.calendar import Window
from leerkring.engine.columns import NUMBER_AT, Columns, Ints
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
from leerkring.engine.kinds import KINDS
from leerkring.engine.measures import COUNTERS, SETS, TIES, Count, Matched, Selector, Stock, Sum

Frame = Any
ROW = ["community", "member", "over"]


def tables(columns: Columns) -> tuple[Frame, Frame]:
    """The events with a column per number, and one row per event and member of `others`."""
    pd = import_module("pandas")
    kinds = pd.Categorical.from_codes(columns.kind, categories=list(KINDS))
    fields = {name: getattr(columns, name) for name in ("community", "id", "moment", "day", "actor", "about")}
    events = pd.DataFrame({"kind": kinds, **fields})
    for name, at in NUMBER_AT.items():
        mine = columns.number_name == at
        values = np.zeros(len(events), dtype=np.int16)
        values[columns.number_row[mine]] = columns.number_value[mine]
        events[name] = values
    others = pd.DataFrame({"row": columns.other_row, "member": columns.other_member})
    return events, others


class Tables:
    """All communities over all windows; figures are (community, window) arrays or what fits them."""

    def __init__(self, columns: Columns, events: Frame, others: Frame, windows: Sequence[Window]) -> None:
        self.pd = import_module("pandas")
        self.calendar = columns.calendar
        self.presences = [presence for _, presence in columns.communities]
        self.events = events.assign(week=(events["day"] - 1) // 7)
        self.others = others
        self.windows = windows
        self.first = min(window.weeks[0] for window in windows) - 52
        self.last = max(window.weeks[-1] for window in windows)
        self.by_kind = dict(list(self.events.groupby("kind", observed=True)))
        self.empty = self.events.iloc[:0]
        self.counters = {name: self._counter(measure) for name, measure in COUNTERS.items()}

    # -- counters per community and week ---------------------------------------------------------------

    def select(self, selector: Selector) -> Frame:
        frame = self.by_kind.get(selector.kind, self.empty)
        for condition in selector.where:
            value = frame[condition.number]
            if condition.half_of is not None:
                whole = frame[condition.half_of]
                frame = frame[(whole > 0) & (2 * value >= whole)]
            else:
                frame = frame[value.between(condition.least, condition.most or 10**6)]
        return frame

    def _counter(self, measure: Count | Sum | Matched | Stock) -> Ints:
        match measure:
            case Count(of):
                return sum(self._per_week(self.select(selector)) for selector in of)  # type: ignore[return-value]
            case Sum(of, number, squared):
                frame = self.select(of)
                value = frame[number].astype("int64")
                return self._per_week(frame, value * value if squared else value)
            case Matched():
                return self._per_week(self._matched(measure))
            case Stock():
                return self._running(measure)

    def _per_week(self, frame: Frame, values: Frame = None) -> Ints:
        keys = [frame["community"], frame["week"].clip(self.first - 1, self.last + 1)]
        sizes = frame.groupby(keys).size() if values is None else values.groupby(keys).sum()
        table = sizes.unstack(fill_value=0).reindex(
            index=range(len(self.presences)), columns=range(self.first - 1, self.last + 2), fill_value=0
        )
        array: Ints = table.to_numpy(dtype=np.int64)
        return array

    def _things(self, first: Selector) -> Frame:
        frame = self.select(first)
        return frame.sort_values(["moment", "id"]).drop_duplicates(["community", "about"])

    def _pairs(self, first: Selector, thens: Sequence[Selector], by: str) -> Frame:
        things = self._things(first)[["community", "about", "moment", "id", "day", "week", "actor"]]
        thens_ = self.pd.concat([self.select(then) for then in thens])
        later = thens_[["community", "moment", "id", "day", "week", "actor"]].assign(about=thens_[by])
        return things.merge(later[later["about"] > 0], on=["community", "about"], suffixes=("", "_then"))

    def _matched(self, rule: Matched) -> Frame:
        pairs = self._pairs(rule.first, rule.then, rule.by)
        if rule.ordered:
            pairs = pairs[_after(pairs)]
        if rule.other:
            pairs = pairs[(pairs["actor_then"] >= 0) & (pairs["actor_then"] != pairs["actor"])]
        if rule.within is not None:
            number = self._school_day
            days = number.loc[pairs["day_then"]].to_numpy() - number.loc[pairs["day"]].to_numpy()
            pairs = pairs[days <= rule.within]
        return pairs.drop_duplicates(["community", "about"])

    @cached_property
    def _school_day(self) -> Frame:
        days = range(self.events["day"].min(), self.events["day"].max() + 1)
        return self.pd.Series([self.calendar.school_day_number(day) for day in days], index=days)

    def _running(self, stock: Stock) -> Ints:
        said = [self.select(Selector(kind)) for kind in (stock.first.kind, *stock.ends)]
        turns = self.pd.concat(said).sort_values(["community", "about", "moment", "id"])
        turns = turns[turns["about"] > 0]
        runs = turns["id"].isin(self.select(stock.first)["id"]).astype("int64")
        ran = runs.groupby([turns["community"], turns["about"]]).shift(fill_value=0)
        return np.cumsum(self._per_week(turns, runs - ran), axis=1)

    # -- windows ---------------------------------------------------------------------------------------

    @cached_property
    def sums(self) -> Mapping[str, Ints]:
        school = [self.calendar.is_school_week(week) for week in range(self.first - 1, self.last + 2)]
        return {name: np.cumsum(counter * school, axis=1) for name, counter in self.counters.items()}

    def _over(self, name: str) -> Ints:
        sums = self.sums[name]
        return sums[:, self._ends] - sums[:, self._starts - 1]

    def _sum(self, names: Sequence[str]) -> Ints:
        total: Ints = np.sum([self._over(name) for name in names], axis=0)
        return total

    @cached_property
    def _ends(self) -> Ints:
        return np.array([window.weeks[-1] - self.first + 1 for window in self.windows])

    @cached_property
    def _starts(self) -> Ints:
        return np.array([window.weeks[0] - self.first + 1 for window in self.windows])

    @cached_property
    def over(self) -> Frame:
        """Which weeks are in which window."""
        rows = [(week, at) for at, window in enumerate(self.windows) for week in window.weeks]
        return self.pd.DataFrame(rows, columns=["week", "over"])

    @cached_property
    def over_periods(self) -> Frame:
        """Which weeks are in which window's period; a period has a number of its own."""
        rows = [(week, number) for number, (_, weeks) in enumerate(self._periods) for week in weeks]
        return self.pd.DataFrame(rows, columns=["week", "over"])

    @cached_property
    def _periods(self) -> Sequence[tuple[int, Sequence[int]]]:
        return [(at, weeks) for at, window in enumerate(self.windows) for weeks in window.periods]

    @cached_property
    def present_weeks(self) -> Frame:
        rows = [
            (community, week, member)
            for community, presence in enumerate(self.presences)
            for week in self.over["week"].unique()
            for bits in (presence.week(week),)
            for member in range(len(presence.ids))
            if bits >> member & 1
        ]
        return self.pd.DataFrame(rows, columns=["community", "week", "member"])

    def within(self, frame: Frame, over: Frame) -> Frame:
        """Rows of weeks as rows of windows (or periods), each once."""
        found = frame.merge(over, on="week").drop(columns="week")
        return found.drop_duplicates()

    @cached_property
    def present(self) -> Frame:
        """(community, member, over)."""
        return self.within(self.present_weeks, self.over)

    def count(self, frame: Frame, number: int | None = None) -> Ints:
        """Rows per community and window (or period)."""
        number = len(self.windows) if number is None else number
        counts = np.bincount(
            frame["community"] * number + frame["over"], minlength=len(self.presences) * number
        )
        array: Ints = counts.reshape(-1, number)
        return array

    @cached_property
    def acted(self) -> Mapping[str, Frame]:
        """Per set who acted in which week, once."""
        found = {}
        for name, who in SETS.items():
            parts = [
                self.select(s)[["community", "week", "actor"]].rename(columns={"actor": "member"})
                for s in who.actors
            ]
            parts += [self._towards(s)[["community", "week", "member"]] for s in who.others]
            acted = self.pd.concat(parts).drop_duplicates()
            found[name] = acted[acted["member"] >= 0]
        return found

    def _towards(self, selector: Selector) -> Frame:
        return self.select(selector).merge(self.others, left_index=True, right_on="row")

    @cached_property
    def in_sets(self) -> Mapping[str, Frame]:
        """(community, member, over): who of the present is in a set."""
        return {
            name: self.within(acted, self.over).merge(self.present, on=ROW)
            for name, acted in self.acted.items()
        }

    @cached_property
    def ties(self) -> Frame:
        parts = [self._towards(selector)[["community", "week", "actor", "member"]] for selector in TIES]
        ties = self.pd.concat(parts).drop_duplicates()
        return ties[(ties["actor"] >= 0) & (ties["actor"] != ties["member"])]

    @cached_property
    def graph(self) -> Frame:
        """(community, actor, member, over): ties among the present."""
        ties = self.within(self.ties, self.over).merge(self.present, on=ROW)
        actors = self.present.rename(columns={"member": "actor"})
        return ties.merge(actors, on=["community", "actor", "over"])

    @cached_property
    def degrees(self) -> Frame:
        """The present with their degrees, `out` and `into`."""
        out = self.graph.groupby(["community", "actor", "over"]).size().rename("out")
        into = self.graph.groupby(ROW).size().rename("into")
        degrees = self.present.join(out.rename_axis(ROW), on=ROW).join(into, on=ROW)
        return degrees.fillna(0)

    # -- formulas --------------------------------------------------------------------------------------

    @singledispatchmethod
    def figure(self, formula: Formula) -> tuple[Any, Any, Any]:
        raise TypeError(formula)

    @figure.register
    def _(self, formula: Total) -> tuple[Any, Any, Any]:
        return self._sum(formula.of), [len(window.weeks) for window in self.windows], 1

    @figure.register
    def _(self, formula: Share) -> tuple[Any, Any, Any]:
        units = self._over(formula.units) if formula.units else 1
        return self._sum(formula.of), self._sum(formula.among), units

    @figure.register
    def _(self, formula: Settled) -> tuple[Any, Any, Any]:
        starts = np.array([w.weeks[-formula.running :][0] - self.first + 1 for w in self.windows])
        of, among = (
            self.sums[name][:, self._ends] - self.sums[name][:, starts - 1]
            for name in (formula.of, formula.among)
        )
        return self._over(formula.of), self._over(formula.among) - (among - of), 1

    @figure.register
    def _(self, formula: AtEnd) -> tuple[Any, Any, Any]:
        return self.counters[formula.of][:, self._ends], self.counters[formula.among][:, self._ends], 1

    @figure.register
    def _(self, formula: Since) -> tuple[Any, Any, Any]:
        sums = np.cumsum(self.counters[formula.of], axis=1)
        return sums[:, self._ends] - sums[:, self._ends - formula.weeks], formula.weeks, 1

    @figure.register
    def _(self, formula: Mean) -> tuple[Any, Any, Any]:
        return self._over(formula.total), self._over(formula.among), self._over(formula.squares)

    @figure.register
    def _(self, formula: Members) -> tuple[Any, Any, Any]:
        who = self.present
        if formula.teaching:
            who = who.merge(self._teaching, on=["community", "member"])
        if formula.among:
            who = self.pd.concat([self.in_sets[name] for name in formula.among]).drop_duplicates()
        have = who
        for name in formula.of:
            have = have.merge(self.in_sets[name], on=ROW)
        return self.count(have), self.count(who), 1

    @cached_property
    def _teaching(self) -> Frame:
        rows = [
            (community, member)
            for community, presence in enumerate(self.presences)
            for member, id_ in enumerate(presence.ids)
            if presence.members[id_].teaches
        ]
        return self.pd.DataFrame(rows, columns=["community", "member"])

    @figure.register
    def _(self, formula: BothWays) -> tuple[Any, Any, Any]:
        both = self.degrees[(self.degrees["out"] > 0) & (self.degrees["into"] > 0)]
        return self.count(both), self.count(self.in_sets[formula.among]), 1

    @figure.register
    def _(self, formula: MemberPeriods) -> tuple[Any, Any, Any]:
        number = len(self._periods)
        present = self.within(self.present_weeks, self.over_periods)
        took_part = self.within(self.acted[formula.of], self.over_periods).merge(present, on=ROW)
        window_of = np.array([at for at, _ in self._periods])
        sums = []
        for frame in (took_part, present):
            by_window = np.zeros((len(self.presences), len(self.windows)), dtype=np.int64)
            np.add.at(by_window.T, window_of, self.count(frame, number).T)
            sums.append(by_window)
        return sums[0], sums[1], [len(window.periods) for window in self.windows]

    @figure.register
    def _(self, formula: Periods) -> tuple[Any, Any, Any]:
        found = np.zeros((len(self.presences), len(self.windows)), dtype=np.int64)
        for at, window in enumerate(self.windows):
            for weeks in window.periods:
                start, end = weeks[0] - self.first, weeks[-1] - self.first + 1
                sums = [self.sums[name][:, end] - self.sums[name][:, start] for name in formula.of]
                found[:, at] += np.sum(sums, axis=0) > 0
        return found, [len(window.periods) for window in self.windows], 1

    @figure.register
    def _(self, formula: Network) -> tuple[Any, Any, Any]:
        k, n = _NETWORK[formula.figure](self)
        return k, n, 1

    @cached_property
    def schools(self) -> Frame:
        rows = [
            (community, member, school)
            for community, presence in enumerate(self.presences)
            for member, school in enumerate(presence.schools)
            if school is not None
        ]
        return self.pd.DataFrame(rows, columns=["community", "member", "school"])


def _after(pairs: Frame) -> Frame:
    same = pairs["moment_then"] == pairs["moment"]
    return (pairs["moment_then"] > pairs["moment"]) | (same & (pairs["id_then"] > pairs["id"]))


def _density(tables: Tables) -> tuple[Ints, Ints]:
    n = tables.count(tables.present)
    return tables.count(tables.graph), n * (n - 1)


def _reciprocity(tables: Tables) -> tuple[Ints, Ints]:
    back = tables.graph.rename(columns={"actor": "member", "member": "actor"})
    both = tables.graph.merge(back, on=["actor", *ROW])
    return tables.count(both), tables.count(tables.graph)


def _centralisation(tables: Tables) -> tuple[Ints, Ints]:
    n = tables.count(tables.present)
    total = tables.degrees["out"] + tables.degrees["into"]
    most = total.groupby([tables.degrees["community"], tables.degrees["over"]]).max()
    table = most.unstack(fill_value=0).reindex(
        index=range(len(tables.presences)), columns=range(len(tables.windows)), fill_value=0
    )
    spread = n * table.to_numpy(dtype=np.int64) - 2 * tables.count(tables.graph)
    return spread, np.where(n > 2, 2 * (n - 1) * (n - 2), 0)


def _isolates(tables: Tables) -> tuple[Ints, Ints]:
    alone = tables.degrees["out"] + tables.degrees["into"] == 0
    return tables.count(tables.degrees[alone]), tables.count(tables.present)


def _external(tables: Tables) -> tuple[Ints, Ints]:
    actors = tables.schools.rename(columns={"member": "actor"})
    known = tables.graph.merge(actors, on=["community", "actor"])
    known = known.merge(tables.schools, on=["community", "member"], suffixes=("", "_other"))
    within = tables.count(known[known["school"] == known["school_other"]])
    return tables.count(known) - 2 * within, tables.count(known)


_NETWORK: Mapping[str, Callable[[Tables], tuple[Ints, Ints]]] = {
    "density": _density,
    "reciprocity": _reciprocity,
    "centralisation": _centralisation,
    "isolates": _isolates,
    "external": _external,
}


def compute(columns: Columns, events: Frame, others: Frame, windows: Sequence[Window]) -> Ints:
    """(community, window, indicator, 3), as `BulkFigures.values`."""
    over = Tables(columns, events, others, windows)
    values = np.zeros((len(columns.communities), len(windows), len(INDICATORS), 3), dtype=np.int64)
    for place, row in enumerate(INDICATORS.values()):
        for part, figure in enumerate(over.figure(row.formula)):
            values[:, :, place, part] = figure
    return values
