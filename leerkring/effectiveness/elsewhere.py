"""Data from elsewhere, assessed: an export's reading in, everything its report and its JSON tell out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from leerkring.engine.assessment import (
    ENGINE,
    TERMS,
    Assessment,
    Past,
    assess_window,
    to_json,
)
from leerkring.engine.calendar import Calendar, Window, monday_of, week_of
from leerkring.engine.exports import Reading, Rows, facts, whole
from leerkring.engine.facts import CommunityFacts
from leerkring.engine.live import Live
from leerkring.engine.network import Description, describe

#: The windows of effectiveness.md that need no holidays: school weeks.
LONG, SHORT = 12, 4
#: How far back the long windows go: two years.
MOST_WINDOWS = 8


@dataclass(frozen=True)
class Community:
    """One community of the file: `key` as the file writes it, newest window first."""

    key: str
    members: int
    contacts: int
    assessments: tuple[Assessment, ...]
    network: Description


@dataclass(frozen=True)
class Elsewhere:
    """A whole file, assessed."""

    reading: Reading
    calendar: Calendar

    @cached_property
    def first(self) -> date:
        """The day of the first contact."""
        return min(contact.at for contact in self.reading.contacts).date()

    @cached_property
    def last(self) -> date:
        """The day of the last contact: assessed as on this day."""
        return max(contact.at for contact in self.reading.contacts).date()

    @cached_property
    def live(self) -> Live:
        """The file as one community."""
        return Live(whole(self.reading), self.calendar)

    @cached_property
    def windows(self) -> tuple[Window, ...]:
        """Twelve school weeks, as often as the file has them, newest first; then the last four.

        The newest is shorter when the file is: what it cannot show is no zero.
        """
        windows = [self._seen(self.calendar.last(LONG, self.last))]
        while len(windows) < MOST_WINDOWS and (before := self._before(windows[-1])).weeks:
            windows.append(before)
        return (*windows, self._seen(self.calendar.last(SHORT, self.last)))

    @property
    def _nothing(self) -> Window:
        return Window(self.last, self.last, ())

    def _seen(self, window: Window) -> Window:
        """The part of a window that the file can show."""
        weeks = tuple(week for week in window.weeks if week >= week_of(self.first))
        return replace(window, from_=monday_of(weeks[0]), weeks=weeks) if weeks else self._nothing

    def _before(self, window: Window) -> Window:
        """The equally long window before, if the file has all of it; else one without weeks."""
        before = self.calendar.before(window) if window.weeks else self._nothing
        return before if before.is_whole_since(self.first) else self._nothing

    @cached_property
    def _past(self) -> dict[Window, Past]:
        """Per window what came before it, as far as the file has all of it."""
        return {window: Past(self._before(window), self._terms(window)) for window in self.windows}

    def _terms(self, window: Window) -> tuple[Window, ...]:
        terms = self.calendar.complete_terms(window.until, TERMS)
        return tuple(term for term in terms if term.is_whole_since(self.first))

    @cached_property
    def assessment(self) -> Assessment:
        """The file as one community, over the newest twelve school weeks."""
        return self._assess(self.live, self.windows[0])

    @cached_property
    def network(self) -> Description:
        """The whole file's network, over all members and the whole period."""
        members = range(1, self.reading.members + 1)
        return describe(members, _pairs(whole(self.reading)), self.reading.schools)

    @cached_property
    def communities(self) -> tuple[Community, ...]:
        """Every community of the file, in its order."""
        return tuple(map(self._community, facts(self.reading)))

    def _community(self, part: CommunityFacts) -> Community:
        live = Live(part, self.calendar)
        return Community(
            key=part.key,
            members=len(part.members),
            contacts=len(part.events),
            assessments=tuple(self._assess(live, window) for window in self.windows),
            network=describe((member.id for member in part.members), _pairs(part)),
        )

    def _assess(self, live: Live, window: Window) -> Assessment:
        return assess_window(live, window, self._past[window])


def as_json(elsewhere: Elsewhere) -> dict[str, Any]:
    """The JSON of effectiveness.md, with what was read and how beside it."""
    reading = elsewhere.reading
    return {
        "engine": ENGINE,
        "rows": _rows_json(reading.rows),
        "member_rows": _rows_json(reading.member_rows) if reading.member_rows else None,
        "mapping": reading.mapping.named(),
        "dates": {
            "first": elsewhere.first.isoformat(),
            "last": elsewhere.last.isoformat(),
            "order": reading.order,
            "ground": reading.ground,
        },
        "communities": [
            {
                "key": community.key,
                "members": community.members,
                "windows": [to_json(assessment) for assessment in community.assessments],
            }
            for community in elsewhere.communities
        ],
        "network": _network_json(elsewhere.network, reading.rows),
    }


def _rows_json(rows: Rows) -> dict[str, Any]:
    return {
        "read": rows.read,
        "used": rows.used,
        "skipped": [{"line": line, "reason": reason} for line, reason in rows.skipped_in_order()],
    }


def _network_json(network: Description, rows: Rows) -> dict[str, Any]:
    self_ties = len(rows.skipped.get("self_tie", ()))
    return {**asdict(network), "self_ties": self_ties, "bridges": len(network.bridges)}


def _pairs(part: CommunityFacts) -> Iterator[tuple[int, int]]:
    for event in part.events:
        if event.actor is not None:
            yield from ((event.actor, other) for other in event.others)
