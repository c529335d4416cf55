"""Things that are followed through time: a question and its answer, a goal and its conclusion.

What such a thing adds to the cells depends on several events, which may arrive in any order; so each thing
keeps what it needs and says again what it adds after every event.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from leerkring.engine.cells import COUNTER_AT, meets
from leerkring.engine.facts import Event
from leerkring.engine.measures import COUNTERS, Condition, Matched, Stock

Moment = tuple[datetime, int]


@dataclass(frozen=True, slots=True)
class Mark:
    """When, in which week, on which school day number, and by whom (None: nobody named, or no member)."""

    moment: Moment
    week: int
    school_day: int
    actor: int | None


@dataclass(slots=True)
class Thing:
    """The first event that made the thing, all that may follow it, and whether (for `Matched`) any does."""

    first: Mark | None = None
    later: list[Mark] = field(default_factory=list)
    followed: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    """What an event of a kind is to a counter: the thing itself, or what follows on it."""

    counter: int
    opens: bool
    where: tuple[Condition, ...]
    by: str

    def thing(self, event: Event) -> int | None:
        """Which thing the event is about; None when it names none."""
        if self.by == "about":
            return event.about
        return event.numbers.get(self.by) or None


def _roles() -> Mapping[str, tuple[Role, ...]]:
    by_kind: defaultdict[str, list[Role]] = defaultdict(list)
    for name, measure in COUNTERS.items():
        if not isinstance(measure, Matched | Stock):
            continue
        at = COUNTER_AT[name]
        by_kind[measure.first.kind].append(Role(at, True, measure.first.where, "about"))
        if isinstance(measure, Stock):
            for kind in measure.ends:
                by_kind[kind].append(Role(at, False, (), "about"))
        else:
            for then in measure.then:
                by_kind[then.kind].append(Role(at, False, then.where, measure.by))
    return {kind: tuple(roles) for kind, roles in by_kind.items()}


ROLES = _roles()
MEASURES = tuple(COUNTERS.values())


def follows(rule: Matched, first: Mark, then: Mark) -> bool:
    """Whether an event follows on a thing, as `Matched` says."""
    if not rule.ordered:
        return True
    if then.moment <= first.moment:
        return False
    if rule.other and (then.actor is None or then.actor == first.actor):
        return False
    return rule.within is None or then.school_day - first.school_day <= rule.within


@dataclass(slots=True)
class Things:
    """All things of one community. `count(counter, week, by)` is told what to add to which week."""

    count: Callable[[int, int, int], None]
    known: defaultdict[tuple[int, int], Thing] = field(default_factory=lambda: defaultdict(Thing))
    stock: defaultdict[int, dict[int, tuple[int, int | None]]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def add(self, event: Event, mark: Mark) -> None:
        for role in ROLES.get(event.kind, ()):
            about = role.thing(event)
            if about is None or not meets(event, role.where):
                continue
            rule = MEASURES[role.counter]
            thing = self.known[role.counter, about]
            if isinstance(rule, Matched):
                self._match(role, rule, thing, mark)
            elif isinstance(rule, Stock):
                _note(role, thing, mark)
                self._restock(role.counter, about, thing)

    def _match(self, role: Role, rule: Matched, thing: Thing, mark: Mark) -> None:
        before = thing.first
        _note(role, thing, mark)
        first = thing.first
        if first is None:
            return
        if first is not before:  # an earlier event turned out to have made the thing
            if before is not None and thing.followed:
                self.count(role.counter, before.week, -1)
            thing.followed = any(follows(rule, first, then) for then in thing.later)
        elif thing.followed or role.opens or not follows(rule, first, mark):
            return
        else:
            thing.followed = True
        if thing.followed:
            self.count(role.counter, first.week, 1)

    def _restock(self, counter: int, about: int, thing: Thing) -> None:
        first = thing.first
        if first is None:
            return
        ends = [mark.week for mark in thing.later if mark.moment > first.moment]
        self.stock[counter][about] = (first.week, min(ends, default=None))

    def matched(self, counter: int, weeks: Collection[int]) -> Iterator[int]:
        """Ids of the events behind a counter in some weeks: followed things, and what followed on them."""
        rule = MEASURES[counter]
        for (at, _), thing in self.known.items():
            first = thing.first
            if at != counter or first is None or first.week not in weeks or not isinstance(rule, Matched):
                continue
            later = [then.moment[1] for then in thing.later if follows(rule, first, then)]
            if later:
                yield first.moment[1]
                yield from later

    def running_ids(self, counter: int, week: int) -> Iterator[int]:
        """Ids of the events that began what runs at the end of a week."""
        for about, (start, end) in self.stock[counter].items():
            first = self.known[counter, about].first
            if first is not None and start <= week and (end is None or end > week):
                yield first.moment[1]

    def running(self, counter: int, week: int) -> int:
        """How many things of a stock run at the end of a week."""
        return sum(
            1 for start, end in self.stock[counter].values() if start <= week and (end is None or end > week)
        )


def _note(role: Role, thing: Thing, mark: Mark) -> None:
    if not role.opens:
        thing.later.append(mark)
    elif thing.first is None or mark.moment < thing.first.moment:
        thing.first = mark
