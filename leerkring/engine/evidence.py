"""What a figure rests on, found again from the facts: events and things, never who did not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from leerkring.engine.calendar import Window
from leerkring.engine.cells import selects
from leerkring.engine.facts import Event
from leerkring.engine.formulas import AtEnd, Since
from leerkring.engine.indicators import INDICATORS, Indicator
from leerkring.engine.live import Live


@dataclass(frozen=True, slots=True)
class Piece:
    """One event that adds to a figure: the event's id, its kind, when, and the thing it is about."""

    event: int
    kind: str
    at: datetime
    about: int | None


def of(live: Live, indicator: str, window: Window, mark: int | None = None) -> tuple[Piece, ...]:
    """The events behind an indicator in a window, oldest first; with `mark` only those with an id up to it,
    so that an assessment kept earlier shows what it saw. Raises KeyError for an unknown indicator."""
    row = INDICATORS[indicator]
    found = [
        event
        for event in live.events
        if (mark is None or event.id <= mark)
        and any(selects(selector, event) for selector in row.evidence)
        and _within(row, live.calendar.week(event.at), window)
    ]
    found.sort(key=_moment)
    return tuple(Piece(event.id, event.kind, event.at, event.about) for event in found)


def _within(row: Indicator, week: int, window: Window) -> bool:
    if not window.weeks:
        return False
    last = window.weeks[-1]
    if isinstance(row.formula, AtEnd):
        return week <= last
    if isinstance(row.formula, Since):
        return last - row.formula.weeks < week <= last
    return week in window.weeks


def _moment(event: Event) -> tuple[datetime, int]:
    return (event.at, event.id)
