"""The mirror's answer: per criterion a place on the ruler with its interval, descriptors and facts.

Conventions (ours, and the page says so): a descriptor is present when its share reaches `at_least`; a level
is reached when every descriptor that has evidence is present; the position counts the levels reached in
order, plus the part of the next level's descriptors that is present. Levels without evidence stop the climb
and are named. There is no total over criteria.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal, TypedDict, Unpack

from leerkring.engine.calendar import Window
from leerkring.engine.formulas import Figure
from leerkring.engine.indicators import CRITERIA, PHASES, Indicator, Level, levels_of, of_criterion
from leerkring.engine.live import Live
from leerkring.engine.reading import Reading, draw, read
from leerkring.engine.statistics import Estimate, placebo

ENGINE = "leerkring-engine 5"  # raised when a figure or a phase would come out otherwise
TERMS = 3  # "vanzelfsprekend": the same over three terms
DEPTH_TERMS = 2  # "met diepgang" where a criterion has no yield: depth in two terms

Figures = Callable[[Window], Mapping[str, Figure]]
State = Literal["present", "absent", "too_little"]
Change = Literal["more", "less", "same", "too_early"]


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """One figure. `value`, `low`, `high` are None where there is too little evidence (`enough` is false) or
    where they have no meaning; `successes` of `n` are the whole numbers behind it, `units` the times the same people
    were counted in them, or the things these lie in: see `formulas.Figure`. `previous` is the value in
    the equally long window before; `change` is named only when it may be. `drawn`: the share drawn towards
    comparable communities, where there are enough."""

    key: str
    criterion: str
    level: Level
    unit: str
    successes: int
    n: int
    units: int
    value: float | None
    low: float | None
    high: float | None
    enough: bool
    previous: float | None
    change: Change | None
    drawn: Estimate | None
    weak: bool


@dataclass(frozen=True, slots=True)
class DescriptorResult:
    """A line of the checklist: present, absent, or too little evidence. `value` of `n`, between `low` and
    `high`, held against `at_least`."""

    key: str
    level: Level
    state: State
    value: float | None
    n: int
    low: float | None
    high: float | None
    at_least: float


@dataclass(frozen=True, slots=True)
class Phase:
    """■ on the ruler 0–4 (nog niet … vanzelfsprekend). `position` None: too little evidence.

    low, high   where the intervals of the shares would put it
    reached     the levels that are reached, in order; "lasting" after them
    missing     the next level, when it has too little evidence to say anything
    """

    position: float | None
    low: float | None
    high: float | None
    reached: tuple[str, ...]
    missing: str | None


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """`phase` is None for criteria on which activity gives no place (judgement only, with facts)."""

    key: str
    phase: Phase | None
    descriptors: tuple[DescriptorResult, ...]
    indicators: tuple[IndicatorResult, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """One community over one window. `criteria` are in the order of the table."""

    engine: str
    community: str
    window: Window
    previous: Window
    members: int
    criteria: Mapping[str, CriterionResult]


@dataclass(frozen=True, slots=True)
class Past:
    """What came before: the equally long window before this one, and the last whole terms, oldest first."""

    previous: Window
    terms: tuple[Window, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """What other communities of the instance add, per indicator.

    changes  the changes over the same two windows, in communities that did nothing
    figures  their figures in this window
    """

    changes: Mapping[str, Sequence[float]]
    figures: Mapping[str, Sequence[Figure]]


NOBODY_ELSE = Compared({}, {})


def assess(live: Live, mark: date, weeks: int = 12, **more: Unpack[More]) -> Assessment:
    """One community on a day, over the last so many school weeks. See `assess_window` for `more`."""
    window = live.calendar.last(weeks, mark)
    past = Past(live.calendar.before(window), live.calendar.complete_terms(mark, TERMS))
    return assess_window(live, window, past, **more)


class More(TypedDict, total=False):
    """recorded: the kinds of event the source can show (default: those that occur); compared: see there;
    at_work: a group whose members know each other, so without the figures that are about a few of them."""

    recorded: Collection[str] | None
    compared: Compared
    at_work: bool


def assess_window(
    live: Live,
    window: Window,
    past: Past,
    recorded: Collection[str] | None = None,
    compared: Compared = NOBODY_ELSE,
    at_work: bool = False,
) -> Assessment:
    """One community over any window. The figures may as well come from `bulk`: see `judge`."""
    return judge(
        Judged(live.key, live.members(window), live.figures),
        window,
        past,
        live.kinds if recorded is None else recorded,
        compared,
        at_work,
    )


@dataclass(frozen=True, slots=True)
class Judged:
    """The community under judgement: its key, its present members, and its figures over any window."""

    key: str
    members: int
    figures: Figures


def judge(
    judged: Judged,
    window: Window,
    past: Past,
    recorded: Collection[str],
    compared: Compared = NOBODY_ELSE,
    at_work: bool = False,
) -> Assessment:
    """Figures in, assessment out. `at_work`: see `More`."""
    here = Evidence(judged.figures(window), recorded)
    before = Evidence(judged.figures(past.previous), recorded)
    terms = tuple(Evidence(judged.figures(term), recorded) for term in past.terms)
    criteria = {
        key: CriterionResult(
            key,
            _phase(key, here, terms) if criterion.phased else None,
            tuple(here.descriptor(row) for row in of_criterion(key) if row.level != "fact"),
            tuple(
                _result(row, here, before, compared)
                for row in of_criterion(key)
                if not (at_work and row.of_few)
            ),
        )
        for key, criterion in CRITERIA.items()
    }
    return Assessment(ENGINE, judged.key, window, past.previous, judged.members, criteria)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A window's figures, and which kinds of event the source can show."""

    figures: Mapping[str, Figure]
    recorded: Collection[str]

    def reading(self, row: Indicator) -> Reading:
        return read(row, self.figures[row.key], self.recorded)

    def descriptor(self, row: Indicator) -> DescriptorResult:
        reading = self.reading(row)
        state: State = "too_little"
        if reading.value is not None:
            state = "present" if reading.value >= row.at_least else "absent"
        low, high = reading.interval or (reading.value, reading.value)
        n = self.figures[row.key].n
        return DescriptorResult(row.key, row.level, state, reading.value, n, low, high, row.at_least)


def _result(row: Indicator, here: Evidence, before: Evidence, compared: Compared) -> IndicatorResult:
    figure, reading, earlier = here.figures[row.key], here.reading(row), before.reading(row)
    change: Change | None = None
    if reading.value is not None and earlier.value is not None:
        change = _change(reading.value - earlier.value, compared.changes.get(row.key, ()))
    low, high = reading.interval or (None, None)
    return IndicatorResult(
        key=row.key,
        criterion=row.criterion,
        level=row.level,
        unit=row.unit,
        successes=figure.k,
        n=figure.n,
        units=figure.units,
        value=reading.value,
        low=low,
        high=high,
        enough=reading.enough,
        previous=earlier.value,
        change=change,
        drawn=draw(row, figure, compared.figures.get(row.key, ())) if reading.enough else None,
        weak=row.weak,
    )


def _change(difference: float, others: Sequence[float]) -> Change:
    beyond_chance = placebo(difference, others)
    if beyond_chance is None:
        return "too_early"
    if not beyond_chance or difference == 0:
        return "same"
    return "more" if difference > 0 else "less"


def _phase(criterion: str, here: Evidence, terms: Sequence[Evidence]) -> Phase:
    levels = levels_of(criterion)
    climbed = _climb(criterion, here, "value")
    if climbed.position is None:
        return Phase(None, None, None, (), levels[0])
    steps, missing = _lasting(criterion, terms)
    at_top = len(climbed.reached) == len(levels)
    positions = []
    for bound in ("low", "value", "high"):
        climb = _climb(criterion, here, bound)
        top = steps if len(climb.reached) == len(levels) else 0
        positions.append((climb.position or 0.0) + top)
    low, position, high = positions
    reached = climbed.reached + (("lasting",) if at_top and position == len(PHASES) - 1 else ())
    return Phase(position, low, high, reached, missing if at_top else climbed.missing)


@dataclass(frozen=True, slots=True)
class _Climb:
    position: float | None
    reached: tuple[str, ...]
    missing: str | None


def _climb(criterion: str, here: Evidence, bound: Literal["low", "value", "high"]) -> _Climb:
    """Up the levels as far as they are complete, by the values or by one end of their intervals."""
    reached: tuple[str, ...] = ()
    for level in levels_of(criterion):
        rows = [row for row in of_criterion(criterion) if row.level == level]
        seen = [getattr(here.descriptor(row), bound) for row in rows]
        known = [(v, row.at_least) for v, row in zip(seen, rows, strict=True) if v is not None]
        if not known:
            return _Climb(float(len(reached)) if reached else None, reached, level)
        present = sum(value >= at_least for value, at_least in known)
        if present < len(known):
            return _Climb(len(reached) + present / len(known), reached, None)
        reached += (level,)
    return _Climb(float(len(reached)), reached, None)


def _lasting(criterion: str, terms: Sequence[Evidence]) -> tuple[int, str | None]:
    """How many steps above a complete checklist: held over two terms (only where a criterion has no yield),
    and over three. The second value says when there are too few terms to tell."""
    levels = levels_of(criterion)
    complete = [len(_climb(criterion, term, "value").reached) == len(levels) for term in terms]
    steps = 0
    if "yield" not in levels:
        if len(complete) < DEPTH_TERMS:
            return 0, "lasting"
        if not all(complete[-DEPTH_TERMS:]):
            return 0, None
        steps = 1
    if len(complete) < TERMS:
        return steps, "lasting"
    return steps + all(complete[-TERMS:]), None


def to_json(assessment: Assessment) -> dict[str, Any]:
    """One entry of `communities[].windows[]` as effectiveness.md gives it: from, until, and per criterion its
    phase, descriptors and indicators; None becomes null."""
    return {
        "from": assessment.window.from_.isoformat(),
        "until": assessment.window.until.isoformat(),
        "members": assessment.members,
        "criteria": {key: _criterion_json(result) for key, result in assessment.criteria.items()},
    }


def _criterion_json(result: CriterionResult) -> dict[str, Any]:
    return {
        "phase": asdict(result.phase) if result.phase else None,
        "descriptors": {row.key: _row_json(row) for row in result.descriptors},
        "indicators": {row.key: _indicator_json(row) for row in result.indicators},
    }


def _indicator_json(row: IndicatorResult) -> dict[str, Any]:
    return _row_json(row) | {"drawn": row.drawn._asdict() if row.drawn else None}


def _row_json(row: DescriptorResult | IndicatorResult) -> dict[str, Any]:
    """Its fields but the key. Not `asdict`: copying every number deeply was half of the time."""
    return {name: getattr(row, name) for name in row.__slots__ if name not in ("key", "criterion")}
