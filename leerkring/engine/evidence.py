"""What a figure rests on, found again from the facts: events and things, never who did not.

Only what adds to a figure is shown: of questions and answers the questions that were answered, with their
answers; not those that nobody answered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from leerkring.engine.calendar import Window
from leerkring.engine.cells import COUNTER_AT, selects
from leerkring.engine.facts import Event
from leerkring.engine.formulas import Formula, Since
from leerkring.engine.indicators import INDICATORS
from leerkring.engine.live import Live
from leerkring.engine.measures import COUNTERS, HELD, Count, Matched, Stock, Sum
from leerkring.engine.reads import counters_of, kinds_of, who_of


@dataclass(frozen=True, slots=True)
class Piece:
    """One event that adds to a figure: the event's id, its kind, when, and the thing it is about."""

    event: int
    kind: str
    at: datetime
    about: int | None


def of(live: Live, indicator: str, window: Window, mark: int | None = None) -> tuple[Piece, ...]:
    """The events behind an indicator in a window, oldest first; with `mark` as the log was up to that id, so
    that an assessment kept earlier shows what it saw. Raises KeyError for an unknown indicator."""
    formula = INDICATORS[indicator].formula
    if not window.weeks:
        return ()
    if mark is not None:
        live = live.up_to(mark)
    ids = set(_counted(live, formula, window)) | set(_of_members(live, formula, window))
    found = sorted(
        (event for event in live.events if event.id in ids), key=lambda event: (event.at, event.id)
    )
    return tuple(Piece(event.id, event.kind, event.at, event.about) for event in found)


def rests_on_meetings(indicator: str) -> bool:
    """Whether meetings are among what a figure counts, or what it is of."""
    return "meeting.closed" in kinds_of(INDICATORS[indicator].formula)


def is_too_short(event: Event) -> bool:
    """A room that was tried out: it was closed, and no meeting was held in it."""
    return event.kind == "meeting.closed" and not HELD.holds(event.numbers)


def too_short(live: Live, window: Window) -> int:
    """How many meetings of a window are left out of every figure, because they were too short."""
    weeks = frozenset(window.weeks)
    return sum(1 for event in live.events if is_too_short(event) and live.calendar.week(event.at) in weeks)


def _counted(live: Live, formula: Formula, window: Window) -> Iterator[int]:
    last = window.weeks[-1]
    weeks = frozenset(window.weeks)
    if isinstance(formula, Since):
        weeks = frozenset(range(last - formula.weeks + 1, last + 1))
    for name in counters_of(formula):
        measure = COUNTERS[name]
        if isinstance(measure, Matched):
            yield from live.things.matched(COUNTER_AT[name], weeks)
        elif isinstance(measure, Stock):
            yield from live.things.running_ids(COUNTER_AT[name], last)
        else:
            yield from (
                event.id
                for event in live.events
                if _adds(measure, event) and live.calendar.week(event.at) in weeks
            )


def _adds(measure: Count | Sum, event: Event) -> bool:
    if isinstance(measure, Sum):
        return selects(measure.of, event) and event.numbers.get(measure.number, 0) != 0
    return any(selects(selector, event) for selector in measure.of)


def _of_members(live: Live, formula: Formula, window: Window) -> Iterator[int]:
    """Acts of members who were present in the window."""
    selectors = who_of(formula)
    if not selectors:
        return
    index, present = live.presence.index, live.presence.during(window.weeks)
    for event in live.events:
        if any(selects(selector, event) for selector in selectors):
            bits = (index.get(member) for member in (event.actor, *event.others) if member is not None)
            there = any(bit is not None and present >> bit & 1 for bit in bits)
            if there and live.calendar.week(event.at) in window.weeks:
                yield event.id
