"""Things that are followed through time: a question and its answer, a goal and its conclusion.

What such a thing adds to the cells depends on several events, which may arrive in any order; so each thing
keeps what it needs, and what is followed says again what it adds after every event.
"""

from __future__ import annotations

from bisect import insort
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
    """The first event that made the thing, all that may follow it, and whether any does."""

    first: Mark | None = None
    later: list[Mark] = field(default_factory=list)
    followed: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Turn:
    """From this moment on a thing of a stock runs, or does not."""

    moment: Moment
    week: int
    runs: bool


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
    #: Per counter and thing, in order of time.
    stock: defaultdict[int, defaultdict[int, list[Turn]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )

    def add(self, event: Event, mark: Mark) -> None:
        for role in ROLES.get(event.kind, ()):
            about = role.thing(event)
            if about is None:
                continue
            rule, met = MEASURES[role.counter], meets(event, role.where)
            if isinstance(rule, Stock):
                insort(self.stock[role.counter][about], Turn(mark.moment, mark.week, role.opens and met))
            elif isinstance(rule, Matched) and met:
                self._match(role, rule, self.known[role.counter, about], mark)

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
        """Ids of the events by which what runs at the end of a week began to."""
        for turns in self.stock[counter].values():
            began = None
            for turn in turns:
                if turn.week <= week:
                    began = (began or turn) if turn.runs else None
            if began is not None:
                yield began.moment[1]

    def running(self, counter: int, week: int) -> int:
        """How many things of a stock run at the end of a week."""
        return sum(1 for _began in self.running_ids(counter, week))


def _note(role: Role, thing: Thing, mark: Mark) -> None:
    if not role.opens:
        thing.later.append(mark)
    elif thing.first is None or mark.moment < thing.first.moment:
        thing.first = mark
