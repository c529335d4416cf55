"""One live engine per community, kept in this process and brought up to date by what was added since.

Nothing here is a source: a restart, a change of the calendar or a full house only means reading the log again.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from threading import Lock, RLock
from typing import Any, TypeVar

from leerkring.communities.models import Community
from leerkring.effectiveness.counting import CountingOff, Switch, switch_of
from leerkring.effectiveness.gathering import events_after, gone_of
from leerkring.engine.calendar import week_of
from leerkring.engine.evidence import is_too_short
from leerkring.engine.facts import CommunityFacts, Event
from leerkring.engine.kinds import MEMBERSHIP
from leerkring.engine.live import Live
from leerkring.network.calendar import calendar_of

T = TypeVar("T")

#: As many communities as a board has; the least recently looked at goes first.
MOST = 300


@dataclass
class Kept:
    """`mark` is the last line of the log taken in."""

    live: Live
    #: The versions of the calendar it counts with, and of the log that it read.
    versions: tuple[int, int]
    mark: int
    #: The day the community began here, and the first day of which the log shows anything (earlier, after a file).
    founded: date
    begin: date
    #: A group whose members know each other, and so without figures about a few of them.
    at_work: bool = True
    #: The version of the community at which it was last brought up to date; None: only just read.
    seen: int | None = None
    #: How many changes there were then that were more than talk.
    settled: int | None = None
    #: How much was done in each calendar week, and when last; coming and going apart, and rooms that were tried out.
    acts: Counter[int] = field(default_factory=Counter)
    last: date | None = None
    answers: dict[tuple[str, str, date], Any] = field(default_factory=dict)

    def take_in(self, community: Community, switch: Switch) -> None:
        """Read on in the log from where we were, and in the tables what is gone. The versions of `switch` were read
        before: whatever is written makes the one new, what is taken away or put back the other too, and what changes
        in between is seen the next time."""
        if switch.version == self.seen:
            return
        if self.seen is not None:
            for line, event in events_after(community, self.mark):
                if event is not None and self.live.add(event):
                    self.count(event)
                self.mark = line
                self.answers.clear()
        if switch.settled != self.settled and self.live.without(gone_of(community, self.live.events)):
            self.answers.clear()
        self.seen, self.settled = switch.version, switch.settled

    def look_as(self, *, at_work: bool) -> None:
        """As the group itself, or as who brought in a file."""
        if self.at_work != at_work:
            self.at_work = at_work
            self.answers.clear()

    def count(self, event: Event) -> None:
        if event.kind in MEMBERSHIP or is_too_short(event):
            return
        day = self.live.calendar.day(event.at)
        self.acts[week_of(day)] += 1
        self.last = max(day, self.last or day)
        self.begin = min(day, self.begin)

    def answer(self, question: str, period: str, day: date, find: Callable[[], T]) -> T:
        """What `find` gives, found once until something happens."""
        key = (question, period, day)
        if key not in self.answers:
            new = find()  # may ask and keep answers of its own
            self.answers = {k: v for k, v in self.answers.items() if k[-1] == day}
            self.answers[key] = new
        found: T = self.answers[key]
        return found


@dataclass
class Place:
    """Where one community is kept. Its lock is held while its log is read; nobody else waits for that."""

    kept: Kept | None = None
    lock: RLock = field(default_factory=RLock)


_places: OrderedDict[int, Place] = OrderedDict()
#: For the dictionary only: never held while a log is read.
_lock = Lock()


@contextmanager
def facts_of(community: Community, switch: Switch | None = None) -> Iterator[Kept]:
    """The community's facts up to this moment, for one reader at a time. While counting is off there are none:
    every figure of the house passes here. `switch`: as it was just looked at for this reader.

    Raises:
        CountingOff: the group is too small, or the staff's council or the group did not agree, or no longer.
    """
    switch = switch or switch_of(community)
    if not switch.is_on:
        forget(community.pk)
        raise CountingOff(switch)
    place = _place_of(community)
    with place.lock:
        kept = place.kept
        if kept is None or kept.versions != _versions(community):
            kept = place.kept = _read(community)
        kept.take_in(community, switch)
        kept.look_as(at_work=not switch.is_of_a_file)
        yield kept


def forget(community: int) -> None:
    """What was counted of this community goes out of memory."""
    with _lock:
        _places.pop(community, None)


def forget_all() -> None:
    """Start anew; for tests, whose databases come and go under one process."""
    with _lock:
        _places.clear()


def _place_of(community: Community) -> Place:
    with _lock:
        place = _places.setdefault(community.pk, Place())
        _places.move_to_end(community.pk)
        while len(_places) > MOST:
            _places.popitem(last=False)
    return place


def _versions(community: Community) -> tuple[int, int]:
    return community.school.calendar_version, community.log_version


def _read(community: Community) -> Kept:
    """All of the log at once: taken in line by line, each newcomer would make the engine count again."""
    lines = list(events_after(community, 0))
    facts = CommunityFacts.of(str(community.pk), (), (event for _, event in lines if event is not None))
    live = Live(facts, calendar_of(community.school))
    founded = live.calendar.day(community.created_at)
    mark = lines[-1][0] if lines else 0
    kept = Kept(live, _versions(community), mark, founded, founded)
    for event in live.events:
        kept.count(event)
    return kept
