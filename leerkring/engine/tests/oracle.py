"""The indicators a third time: portable SQL over the raw events, slow and plain, to check the others against.

It shares the table of indicators and the calendar's windows with the engine, and nothing of how it counts.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import singledispatchmethod
from zoneinfo import ZoneInfo

from leerkring.engine.calendar import Window
from leerkring.engine.facts import CommunityFacts, Event
from leerkring.engine.formulas import (
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
from leerkring.engine.indicators import HIDING, INDICATORS
from leerkring.engine.measures import COUNTERS, SETS, TIES, Condition, Count, Matched, Selector, Stock, Sum

SCHEMA = """
CREATE TABLE event (id INTEGER PRIMARY KEY, moment INTEGER, day INTEGER, week INTEGER, kind TEXT,
                    actor INTEGER, about INTEGER, gone INTEGER);
CREATE INDEX event_kind ON event (kind, about);
CREATE INDEX event_week ON event (week);
CREATE TABLE other (event INTEGER, member INTEGER);
CREATE INDEX other_event ON other (event);
CREATE TABLE number (event INTEGER, name TEXT, value INTEGER, PRIMARY KEY (event, name));
CREATE TABLE member (id INTEGER PRIMARY KEY, joined INTEGER, left INTEGER, school INTEGER, teaches INTEGER);
CREATE TABLE school_day (day INTEGER PRIMARY KEY, week INTEGER);
CREATE TABLE win (id INTEGER PRIMARY KEY, last INTEGER);
CREATE TABLE win_week (win INTEGER, week INTEGER, PRIMARY KEY (win, week));
CREATE TABLE counter (name TEXT, week INTEGER, value INTEGER);
CREATE INDEX counter_name ON counter (name, week);
CREATE TABLE running (name TEXT, win INTEGER, value INTEGER);
CREATE TABLE acted (name TEXT, member INTEGER, week INTEGER);
CREATE INDEX acted_name ON acted (name, week);
"""

# Who ever was a member; each one's state at the end of each school day; present in a week, in a window.
PEOPLE = """
CREATE TABLE everyone AS
SELECT id FROM member
UNION SELECT actor FROM event WHERE kind = 'member.joined' AND actor IS NOT NULL;

CREATE TABLE change AS
SELECT id AS member, joined AS day, 0 AS rank, 0 AS moment, 0 AS id, 'member.joined' AS kind
  FROM member WHERE joined IS NOT NULL
UNION ALL SELECT id, left, 1, 0, 0, 'member.left' FROM member WHERE left IS NOT NULL
UNION ALL SELECT actor, day, 2, moment, id, kind FROM event WHERE kind LIKE 'member.%' AND actor IS NOT NULL;
CREATE INDEX change_member ON change (member, day);

CREATE TABLE present_week AS
SELECT DISTINCT e.id AS member, d.week FROM everyone e CROSS JOIN school_day d
WHERE d.week IN (SELECT week FROM win_week)
  AND coalesce((SELECT c.kind = 'member.joined' FROM change c
                WHERE c.member = e.id AND c.day <= d.day AND c.kind IN ('member.joined', 'member.left')
                ORDER BY c.day DESC, c.rank DESC, c.moment DESC, c.id DESC LIMIT 1),
               EXISTS (SELECT 1 FROM member m WHERE m.id = e.id AND m.joined IS NULL))
  AND NOT coalesce((SELECT c.kind = 'member.away' FROM change c
                    WHERE c.member = e.id AND c.day <= d.day
                      AND c.kind IN ('member.away', 'member.back', 'member.joined')
                    ORDER BY c.day DESC, c.rank DESC, c.moment DESC, c.id DESC LIMIT 1), 0);

CREATE TABLE present AS
SELECT DISTINCT w.win, p.member FROM win_week w JOIN present_week p ON p.week = w.week;
CREATE UNIQUE INDEX present_win ON present (win, member);

CREATE TABLE period AS
SELECT win, week, back / 4 AS period FROM (
  SELECT win, week, row_number() OVER (PARTITION BY win ORDER BY week DESC) - 1 AS back,
         count(*) OVER (PARTITION BY win) AS weeks
  FROM win_week)
WHERE back / 4 < max(1, weeks / 4);
"""

GRAPH = """
CREATE TABLE graph AS
SELECT DISTINCT w.win, e.actor AS a, o.member AS b
FROM event e JOIN other o ON o.event = e.id JOIN win_week w ON w.week = e.week
JOIN present p ON p.win = w.win AND p.member = e.actor
JOIN present q ON q.win = w.win AND q.member = o.member
WHERE e.actor <> o.member AND ({ties});
CREATE UNIQUE INDEX graph_tie ON graph (win, a, b);

CREATE TABLE degree AS
SELECT win, member, count(*) AS degree FROM (
  SELECT win, a AS member FROM graph UNION ALL SELECT win, b FROM graph)
GROUP BY win, member;
"""

_MEMBERS = "(SELECT count(*) FROM present p WHERE p.win = w.id)"
_TIED = "(SELECT count(*) FROM graph g WHERE g.win = w.id)"
_SCHOOLS = """FROM graph g JOIN member s ON s.id = g.a JOIN member t ON t.id = g.b
              WHERE g.win = w.id AND s.school IS NOT NULL AND t.school IS NOT NULL"""
NETWORK = {
    "density": (_TIED, f"{_MEMBERS} * ({_MEMBERS} - 1)"),
    "reciprocity": (
        """(SELECT count(*) FROM graph g WHERE g.win = w.id
            AND EXISTS (SELECT 1 FROM graph r WHERE r.win = g.win AND r.a = g.b AND r.b = g.a))""",
        _TIED,
    ),
    "centralisation": (
        """(SELECT coalesce(sum(most - coalesce(d.degree, 0)), 0) FROM present p
             LEFT JOIN degree d ON d.win = p.win AND d.member = p.member
             JOIN (SELECT coalesce(max(degree), 0) AS most FROM degree WHERE win = w.id)
             WHERE p.win = w.id)""",
        f"CASE WHEN {_MEMBERS} > 2 THEN 2 * ({_MEMBERS} - 1) * ({_MEMBERS} - 2) ELSE 0 END",
    ),
    "isolates": (
        """(SELECT count(*) FROM present p WHERE p.win = w.id AND NOT EXISTS
            (SELECT 1 FROM degree d WHERE d.win = p.win AND d.member = p.member))""",
        _MEMBERS,
    ),
    "external": (
        f"(SELECT coalesce(sum(CASE WHEN s.school = t.school THEN -1 ELSE 1 END), 0) {_SCHOOLS})",
        f"(SELECT count(*) {_SCHOOLS})",
    ),
}


def _number(event: str, name: str) -> str:
    return f"coalesce((SELECT value FROM number WHERE event = {event}.id AND name = '{name}'), 0)"


def _condition(event: str, condition: Condition) -> str:
    value = _number(event, condition.number)
    if condition.half_of is not None:
        whole = _number(event, condition.half_of)
        return f"{whole} > 0 AND 2 * {value} >= {whole}"
    most = "" if condition.most is None else f" AND {value} <= {condition.most}"
    holds = f"{value} >= {condition.least}{most}"
    if condition.or_unsaid:
        says = f"SELECT 1 FROM number WHERE event = {event}.id AND name = '{condition.number}'"
        return f"({holds} OR NOT EXISTS ({says}))"
    return holds


def _selects(event: str, selector: Selector) -> str:
    where = [f"{event}.kind = '{selector.kind}'", *(_condition(event, c) for c in selector.where)]
    return "(" + " AND ".join(where) + ")"


def _any(event: str, selectors: Iterable[Selector]) -> str:
    return "(" + " OR ".join(_selects(event, selector) for selector in selectors) + ")"


def _after(event: str, first: str) -> str:
    return (
        f"({event}.moment > {first}.moment OR ({event}.moment = {first}.moment AND {event}.id > {first}.id))"
    )


def _is_first(first: str, selector: Selector) -> str:
    return f"""{_selects(first, selector)} AND {first}.about IS NOT NULL AND NOT {first}.gone AND NOT EXISTS
        (SELECT 1 FROM event x WHERE {_selects("x", selector)} AND x.about = {first}.about AND NOT x.gone
         AND {_after(first, "x")})"""


def _counter_sql(measure: Count | Sum | Matched) -> str:
    match measure:
        case Count(of):
            return " UNION ALL ".join(
                f"SELECT week, count(*) AS v FROM event e WHERE {_selects('e', s)} GROUP BY week" for s in of
            )
        case Sum(of, name, squared):
            value = _number("e", name)
            what = f"{value} * {value}" if squared else value
            return f"SELECT week, sum({what}) AS v FROM event e WHERE {_selects('e', of)} GROUP BY week"
        case Matched(first):
            return f"""SELECT f.week, count(*) AS v FROM event f WHERE {_is_first("f", first)}
                AND EXISTS (SELECT 1 FROM event t WHERE {_follows(measure)}) GROUP BY f.week"""


def _follows(measure: Matched) -> str:
    link = "t.about" if measure.by == "about" else f"nullif({_number('t', measure.by)}, 0)"
    where = [_any("t", measure.then), f"{link} = f.about", "NOT t.gone"]
    if measure.ordered:
        where.append(_after("t", "f"))
    if measure.other:
        where.append("t.actor IN (SELECT id FROM everyone)")
        where.append("(f.actor IS NULL OR f.actor NOT IN (SELECT id FROM everyone) OR t.actor <> f.actor)")
    if measure.within is not None:
        between = "SELECT count(*) FROM school_day d WHERE d.day > f.day AND d.day <= t.day"
        where.append(f"({between}) <= {measure.within}")
    return " AND ".join(where)


class Oracle:
    """One community's events in a fresh in-memory database."""

    def __init__(
        self,
        facts: CommunityFacts,
        windows: Sequence[Window],
        holidays: Sequence[tuple[date, date]],
        zone: str = "Europe/Amsterdam",
    ) -> None:
        self.windows = windows
        self.zone = ZoneInfo(zone)
        self.db = sqlite3.connect(":memory:", isolation_level=None)
        self.db.executescript(SCHEMA)
        self._load_events(facts)
        self._load_days(holidays)
        self._load_windows()
        self.db.executescript(PEOPLE)
        self.db.executescript(GRAPH.format(ties=_any("e", TIES)))
        self._load_counters()

    def close(self) -> None:
        self.db.close()

    def _load_events(self, facts: CommunityFacts) -> None:
        self.db.executemany(
            "INSERT INTO member VALUES (?, ?, ?, ?, ?)",
            [
                (m.id, m.joined and m.joined.toordinal(), m.left and m.left.toordinal(), m.school, m.teaches)
                for m in facts.members
            ],
        )
        for event in facts.events:
            if self.db.execute("SELECT 1 FROM event WHERE id = ?", (event.id,)).fetchone() is None:
                self._load_event(event, event.id in facts.gone)

    def _load_event(self, event: Event, is_gone: bool) -> None:
        moment = (event.at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
        day = event.at.astimezone(self.zone).date()
        monday = day - timedelta(days=day.weekday())
        self.db.execute(
            "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                event.id,
                moment,
                day.toordinal(),
                monday.toordinal() // 7,
                event.kind,
                event.actor,
                event.about,
                is_gone,
            ),
        )
        self.db.executemany("INSERT INTO other VALUES (?, ?)", [(event.id, m) for m in event.others])
        self.db.executemany(
            "INSERT INTO number VALUES (?, ?, ?)", [(event.id, n, v) for n, v in event.numbers.items()]
        )

    def _load_days(self, holidays: Sequence[tuple[date, date]]) -> None:
        weeks = [week for window in self.windows for week in window.weeks]
        first, last = self.db.execute("SELECT min(day), max(day) FROM event").fetchone()
        days = [day for day in (first, last) if day is not None]
        days += [week * 7 + shift for week in weeks for shift in (1, 7)]
        every = range(min(days, default=1), max(days, default=0) + 1)
        self.db.executemany(
            "INSERT INTO school_day VALUES (?, ?)",
            [(day, (day - 1) // 7) for day in every if date.fromordinal(day).isoweekday() <= 5],
        )
        self.db.executemany(
            "DELETE FROM school_day WHERE day BETWEEN ? AND ?",
            [(first.toordinal(), last.toordinal()) for first, last in holidays],
        )

    def _load_windows(self) -> None:
        for number, window in enumerate(self.windows):
            last = window.weeks[-1] if window.weeks else None
            self.db.execute("INSERT INTO win VALUES (?, ?)", (number, last))
            rows = [(number, week) for week in window.weeks]
            self.db.executemany("INSERT INTO win_week VALUES (?, ?)", rows)

    def _load_counters(self) -> None:
        for name, measure in COUNTERS.items():
            if isinstance(measure, Stock):
                said = _any("t", [Selector(kind) for kind in (measure.first.kind, *measure.ends)])
                self.db.execute(
                    f"""INSERT INTO running SELECT '{name}', w.id, (SELECT count(*) FROM event f
                        WHERE f.week <= w.last AND {_selects("f", measure.first)} AND f.about IS NOT NULL
                        AND NOT f.gone AND NOT EXISTS
                        (SELECT 1 FROM event t WHERE {said} AND t.about = f.about AND t.week <= w.last AND NOT t.gone
                         AND {_after("t", "f")})) FROM win w"""
                )
            else:
                self.db.execute(
                    f"INSERT INTO counter SELECT '{name}', week, v FROM ({_counter_sql(measure)})"
                )
        for name, who in SETS.items():
            for member, selectors in (("e.actor", who.actors), ("o.member", who.others)):
                if selectors:
                    join = "" if member == "e.actor" else "JOIN other o ON o.event = e.id"
                    self.db.execute(
                        f"""INSERT INTO acted SELECT DISTINCT '{name}', {member}, e.week FROM event e {join}
                            WHERE {_any("e", selectors)}"""
                    )

    # -- formulas --------------------------------------------------------------------------------------

    def figures(self) -> list[dict[str, Figure]]:
        """Per window all indicators."""
        found: list[dict[str, Figure]] = [{} for _ in self.windows]
        for key, row in INDICATORS.items():
            k, n, units = self.sql(row.formula)
            if row.of_members:
                few = f"{_MEMBERS} < {HIDING}"
                k, n, units = (f"CASE WHEN {few} THEN 0 ELSE {part} END" for part in (k, n, units))
            query = f"SELECT w.id, {k}, {n}, {units} FROM win w ORDER BY w.id"
            for window, *figure in self.db.execute(query):
                found[window][key] = Figure(*figure)
        return found

    def _sum(self, names: Iterable[str]) -> str:
        listed = ", ".join(f"'{name}'" for name in names)
        return f"""(SELECT coalesce(sum(c.value), 0) FROM counter c JOIN win_week x ON x.week = c.week
                    WHERE x.win = w.id AND c.name IN ({listed}))"""

    @singledispatchmethod
    def sql(self, formula: Formula) -> tuple[str, str, str]:
        raise TypeError(formula)

    @sql.register
    def _(self, formula: Total) -> tuple[str, str, str]:
        return self._sum(formula.of), "(SELECT count(*) FROM win_week x WHERE x.win = w.id)", "1"

    @sql.register
    def _(self, formula: Share) -> tuple[str, str, str]:
        units = self._sum([formula.units]) if formula.units else "1"
        return self._sum(formula.of), self._sum(formula.among), units

    @sql.register
    def _(self, formula: Settled) -> tuple[str, str, str]:
        def latest(name: str) -> str:
            return f"""(SELECT coalesce(sum(c.value), 0) FROM counter c WHERE c.name = '{name}' AND c.week IN
                        (SELECT x.week FROM win_week x WHERE x.win = w.id
                         ORDER BY x.week DESC LIMIT {formula.running}))"""

        of, among = self._sum([formula.of]), self._sum([formula.among])
        return of, f"({among} - ({latest(formula.among)} - {latest(formula.of)}))", "1"

    @sql.register
    def _(self, formula: AtEnd) -> tuple[str, str, str]:
        of, among = (
            f"(SELECT r.value FROM running r WHERE r.win = w.id AND r.name = '{name}')"
            for name in (formula.of, formula.among)
        )
        return of, among, "1"

    @sql.register
    def _(self, formula: Since) -> tuple[str, str, str]:
        since = f"""(SELECT coalesce(sum(c.value), 0) FROM counter c WHERE c.name = '{formula.of}'
                     AND c.week <= w.last AND c.week > w.last - {formula.weeks})"""
        return since, str(formula.weeks), "1"

    @sql.register
    def _(self, formula: Mean) -> tuple[str, str, str]:
        return self._sum([formula.total]), self._sum([formula.among]), self._sum([formula.squares])

    @sql.register
    def _(self, formula: Members) -> tuple[str, str, str]:
        who = ["p.win = w.id"]
        if formula.teaching:
            who.append("p.member NOT IN (SELECT id FROM member WHERE NOT teaches)")
        if formula.among:
            who.append("(" + " OR ".join(_acted(name) for name in formula.among) + ")")
        have = [*who, *(_acted(name) for name in formula.of)]
        count = "(SELECT count(*) FROM present p WHERE {})"
        return count.format(" AND ".join(have)), count.format(" AND ".join(who)), "1"

    @sql.register
    def _(self, formula: BothWays) -> tuple[str, str, str]:
        both = """(SELECT count(*) FROM present p WHERE p.win = w.id
                   AND EXISTS (SELECT 1 FROM graph g WHERE g.win = p.win AND g.a = p.member)
                   AND EXISTS (SELECT 1 FROM graph g WHERE g.win = p.win AND g.b = p.member))"""
        among = f"(SELECT count(*) FROM present p WHERE p.win = w.id AND {_acted(formula.among)})"
        return both, among, "1"

    @sql.register
    def _(self, formula: MemberPeriods) -> tuple[str, str, str]:
        there = """SELECT DISTINCT x.period, p.member FROM period x JOIN present_week p ON p.week = x.week
                   WHERE x.win = w.id"""
        acted = f"""EXISTS (SELECT 1 FROM acted a JOIN period y ON y.week = a.week WHERE y.win = w.id
                    AND y.period = t.period AND a.member = t.member AND a.name = '{formula.of}')"""
        periods = "(SELECT count(DISTINCT period) FROM period WHERE win = w.id)"
        return (
            f"(SELECT count(*) FROM ({there}) t WHERE {acted})",
            f"(SELECT count(*) FROM ({there}) t)",
            periods,
        )

    @sql.register
    def _(self, formula: Periods) -> tuple[str, str, str]:
        listed = ", ".join(f"'{name}'" for name in formula.of)
        found = f"""(SELECT count(DISTINCT x.period) FROM period x JOIN counter c ON c.week = x.week
                     WHERE x.win = w.id AND c.value > 0 AND c.name IN ({listed}))"""
        return found, "(SELECT count(DISTINCT period) FROM period WHERE win = w.id)", "1"

    @sql.register
    def _(self, formula: Network) -> tuple[str, str, str]:
        k, n = NETWORK[formula.figure]
        return k, n, "1"


def _acted(name: str) -> str:
    return f"""EXISTS (SELECT 1 FROM acted a JOIN win_week x ON x.week = a.week
               WHERE x.win = p.win AND a.member = p.member AND a.name = '{name}')"""
