"""The engine for one community on the page: standard library only, up to date after every event.

live = Live(facts, calendar)
live.add(event)                 # in any order; a known id is ignored
live.without(ids)               # all that is gone by now; what is not in it any more was put back
live.figures(window)            # {"questions_answered": Figure(k=7, n=9, units=1), …}
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from leerkring.engine.calendar import Calendar, Window
from leerkring.engine.cells import Cell, add
from leerkring.engine.evaluate import FIGURES, TOUCHED
from leerkring.engine.facts import CommunityFacts, Event
from leerkring.engine.formulas import Figure
from leerkring.engine.kinds import MEMBERSHIP
from leerkring.engine.presence import Presence
from leerkring.engine.things import Mark, Things
from leerkring.engine.view import View

_REMEMBERED = 16  # windows; a page asks for a handful


class Live:
    """One community's week cells."""

    def __init__(self, facts: CommunityFacts, calendar: Calendar) -> None:
        self.key = facts.key
        self.calendar = calendar
        self._members = facts.members
        self._gone = facts.gone
        self._events: dict[int, Event] = {}
        for event in facts.events:
            self._events.setdefault(event.id, event)
        self._rebuild()

    def _rebuild(self) -> None:
        self._known: dict[Window, dict[str, Figure]] = {}
        self._stale: dict[Window, set[str]] = {}
        self.presence = Presence(self._members, self._events.values(), self.calendar)
        self.cells: defaultdict[int, Cell] = defaultdict(Cell)
        self.things = Things(self._count)
        for event in self._events.values():
            self._place(event)

    def _count(self, counter: int, week: int, by: int) -> None:
        self.cells[week].counters[counter] += by

    def _place(self, event: Event) -> None:
        day = self.calendar.day(event.at).toordinal()
        week = (day - 1) // 7
        actor = event.actor if event.actor in self.presence.index else None
        add(self.cells[week], event, self.presence.index)
        if event.id not in self._gone:
            number = self.calendar.school_day_number(day)
            self.things.add(event, Mark((event.at, event.id), week, number, actor))

    def add(self, event: Event) -> bool:
        """Take in one event; False when its id is known, and nothing changes."""
        if event.id in self._events:
            return False
        self._events[event.id] = event
        if event.kind in MEMBERSHIP:
            self._known.clear()
            if not self.presence.add(event):
                self._rebuild()  # somebody new: what they did before now counts
                return True
        self._place(event)
        touched = TOUCHED.get(event.kind, frozenset())
        for window in self._known:
            self._stale[window] |= touched
        return True

    def without(self, gone: frozenset[int]) -> bool:
        """From now on these are gone, and no others (see `CommunityFacts`); False when they were already. It
        happens seldom, so everything is counted again."""
        if gone == self._gone:
            return False
        self._gone = gone
        self._rebuild()
        return True

    @property
    def events(self) -> Iterable[Event]:
        """All events taken in, each once."""
        return self._events.values()

    def up_to(self, mark: int) -> Live:
        """The community as it was when the log's last id was `mark`."""
        if all(id_ <= mark for id_ in self._events):
            return self
        events = (event for event in self._events.values() if event.id <= mark)
        return Live(CommunityFacts.of(self.key, self._members, events, self._gone), self.calendar)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of event that occur."""
        return frozenset(event.kind for event in self._events.values())

    def members(self, window: Window) -> int:
        """How many members were present in the window."""
        return self.presence.during(window.weeks).bit_count()

    def figures(self, window: Window) -> Mapping[str, Figure]:
        """All indicators of `indicators.INDICATORS` over a window.

        A window asked for again is computed again only as far as the events since then can change it.
        """
        known = self._known.get(window)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            view = self.view(window)
            self._known[window] = known = {key: figure(view) for key, figure in FIGURES.items()}
        elif stale := self._stale[window]:
            view = self.view(window)
            for key in stale:
                known[key] = FIGURES[key](view)
        self._stale[window] = set()
        return known.copy()

    def view(self, window: Window) -> View:
        """The cells of a window taken together."""
        return View(self.cells, self.things, self.presence, window)
