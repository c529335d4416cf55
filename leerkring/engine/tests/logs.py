"""Nasty logs for the property test: joins, leaves, rejoins, self-ties, unknown members, doubles, disorder."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from leerkring.engine.calendar import Calendar, Window
from leerkring.engine.facts import CommunityFacts, Event, Member
from leerkring.engine.kinds import KINDS

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
    names = [name for name in kind.numbers if random.random() < 0.7]
    at = START + timedelta(minutes=random.randrange(DAYS * 24 * 60))
    if random.random() < 0.1:
        at = START + timedelta(days=random.randrange(DAYS), hours=16, minutes=random.choice((0, 30)))
    small = kind.key.startswith(("meeting", "product"))
    return Event(
        id=id_,
        at=at.astimezone(random.choice(ZONES)),
        kind=kind.key,
        actor=None if random.random() < 0.05 else random.choice(people),
        others=tuple(random.choice(people) for _ in range(random.choice((0, 1, 1, 2, 5)))),
        about=None if random.random() < 0.05 else random.randrange(1, things + 1),
        numbers={name: random.choice((0, 1, 2, 7, 60) if small else (0, 1, 2, 3, 7)) for name in names},
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
    log = [_event(random, id_, people, things) for id_ in range(1, events + 1)]
    doubles = [random.choice(log) for _ in range(events // 20)]
    other = [_event(random, event.id, people, things) for event in doubles[: len(doubles) // 2]]
    log += doubles + other
    random.shuffle(log)
    return CommunityFacts(
        f"seed {seed}", tuple(_member(random, id_) for id_ in range(1, members + 1)), tuple(log)
    )


def logs(members: st.SearchStrategy[int], most: int) -> st.SearchStrategy[CommunityFacts]:
    """Logs whose size Hypothesis shrinks."""
    return st.builds(
        made,
        seed=st.integers(0, 2**32),
        members=members,
        events=st.integers(0, most),
        things=st.integers(1, 12),
    )
