"""Nasty logs for the property test: joins, leaves, rejoins, self-ties, unknown members, doubles, disorder."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from leerkring.engine.calendar import Calendar, Window
from leerkring.engine.facts import CommunityFacts, Event, Member
from leerkring.engine.kinds import KINDS
from leerkring.engine.measures import COUNTERS, Matched

HOLIDAYS = (
    (date(2024, 10, 26), date(2024, 11, 3)),
    (date(2024, 12, 21), date(2025, 1, 5)),
    (date(2025, 2, 15), date(2025, 2, 19)),  # leaves a week of two school days
    (date(2025, 4, 21), date(2025, 4, 21)),  # a single day
    (date(2025, 4, 26), date(2025, 5, 4)),
    (date(2025, 7, 12), date(2025, 8, 24)),
)
CALENDAR = Calendar(HOLIDAYS)
START = datetime(2024, 8, 26, 7, 30, tzinfo=ZoneInfo("UTC"))
ZONES = (ZoneInfo("UTC"), ZoneInfo("Europe/Amsterdam"), ZoneInfo("Asia/Tokyo"))
DAYS = 380
_SMALL, _FLAGS = (0, 1, 2, 7, 60), (0, 1, 2, 3, 7)

WINDOWS: tuple[Window, ...] = (
    CALENDAR.last(4, date(2024, 9, 5)),
    CALENDAR.last(4, date(2024, 11, 13)),
    CALENDAR.last(12, date(2024, 12, 20)),
    CALENDAR.last(12, date(2025, 5, 7)),
    CALENDAR.last(6, date(2025, 8, 30)),
    CALENDAR.before(CALENDAR.last(12, date(2025, 5, 7))),
    *CALENDAR.terms(date(2025, 1, 15))[1:3],
    CALENDAR.school_year(date(2025, 1, 15)),
    Window(date(2025, 1, 1), date(2025, 1, 1), ()),
)

_KINDS = tuple(KINDS.values())
# Conversations and follow-ups more often: there the rules are finest.
_OFTEN = tuple(
    KINDS[kind]
    for kind in (
        "conversation.opened",
        "conversation.replied",
        "interaction",
        "insight.captured",
        "insight.tried",
        "goal.adopted",
        "goal.concluded",
        "goal.measured",
        "meeting.closed",
        "visit.held",
        "member.left",
        "member.joined",
        "member.away",
        "member.back",
    )
)


def _event(random: Random, id_: int, people: range, things: int) -> Event:
    kind = random.choice(_KINDS if random.random() < 0.4 else _OFTEN)
    names = [name for name in kind.numbers if random.random() < 0.8]
    at = START + timedelta(minutes=random.randrange(DAYS * 24 * 60))
    if random.random() < 0.1:
        at = START + timedelta(days=random.randrange(DAYS), hours=16, minutes=random.choice((0, 30)))
    full = random.random() < 0.3  # every flag set, so that what asks for several is met
    small = kind.key.startswith(("meeting", "product"))
    return Event(
        id=id_,
        at=at.astimezone(random.choice(ZONES)),
        kind=kind.key,
        actor=None if random.random() < 0.05 else random.choice(people),
        others=tuple(random.choice(people) for _ in range(random.choice((0, 1, 1, 2, 5)))),
        about=None if random.random() < 0.05 else random.randrange(1, things + 1),
        numbers={name: 1 if full else random.choice(_SMALL if small else _FLAGS) for name in names},
    )


def _follow_up(random: Random, event: Event, before: Event) -> Event:
    """The event as one that follows on another: same thing, some days later, or just before."""
    rules = [m for m in COUNTERS.values() if isinstance(m, Matched) and m.first.kind == before.kind]
    if not rules or before.about is None:
        return event
    rule = random.choice(rules)
    then = random.choice(rule.then)
    wanted = {condition.number: condition.least for condition in then.where}
    later = random.choice((timedelta(0), timedelta(hours=-3), timedelta(days=random.randrange(18))))
    about = rule.by == "about"
    return replace(
        event,
        kind=then.kind,
        at=before.at + later,
        about=before.about if about else event.about,
        numbers=wanted if about else wanted | {rule.by: before.about},
    )


def _member(random: Random, id_: int) -> Member:
    day = START.date()
    joined = random.choice(
        (None, None, day - timedelta(days=30), day + timedelta(days=random.randrange(200)))
    )
    left = random.choice((None, None, None, day + timedelta(days=random.randrange(300))))
    return Member(id_, joined, left, random.choice((None, 1, 2, 3)), random.random() < 0.8)


def made(seed: int, members: int, events: int, things: int) -> CommunityFacts:
    """A log from a seed: the last tenth of the ids belongs to nobody who is listed."""
    random = Random(seed)
    people = range(1, members + 2 + members // 10)
    log: list[Event] = []
    for id_ in range(1, events + 1):
        event = _event(random, id_, people, things)
        log.append(_follow_up(random, event, random.choice(log)) if log and random.random() < 0.5 else event)
    doubles = [random.choice(log) for _ in range(events // 20)]
    other = [_event(random, event.id, people, things) for event in doubles[: len(doubles) // 2]]
    log += doubles + other
    random.shuffle(log)
    gone = frozenset(random.choice(log).id for _ in range(random.choice((0, events // 10))))
    return CommunityFacts(
        f"seed {seed}", tuple(_member(random, id_) for id_ in range(1, members + 1)), tuple(log), gone
    )


def logs(members: st.SearchStrategy[int], most: int) -> st.SearchStrategy[CommunityFacts]:
    """Logs whose size Hypothesis shrinks."""
    return st.builds(
        made,
        seed=st.integers(0, 2**32),
        members=members,
        events=st.integers(0, most),
        things=st.integers(1, 40),
    )
