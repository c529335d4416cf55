"""Live cells, bulk arrays and SQL give the same figures on whatever log."""

from __future__ import annotations

import os
from collections.abc import Sequence
from random import Random

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from leerkring.engine.bulk import compute
from leerkring.engine.columns import Columns
from leerkring.engine.facts import CommunityFacts
from leerkring.engine.indicators import INDICATORS
from leerkring.engine.live import Live
from leerkring.engine.tests.logs import CALENDAR, HOLIDAYS, WINDOWS, logs
from leerkring.engine.tests.oracle import Oracle

LONG = os.environ.get("LEERKRING_LONG") == "1"
TIMES = 10 if LONG else 1
LEAST = 100_000  # compared values in a normal run
SETTINGS = settings(
    database=None,
    derandomize=not LONG,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate, Phase.shrink],
)


class Tally:
    """How many values were compared."""

    def __init__(self) -> None:
        self.compared = 0

    def compare(self, several: Sequence[CommunityFacts], order: Random) -> None:
        bulk = compute(Columns.of(several, CALENDAR), WINDOWS, size=2)
        for place, facts in enumerate(several):
            live = _one_by_one(facts, order)
            oracle = Oracle(facts, WINDOWS, HOLIDAYS)
            expected = oracle.figures()
            oracle.close()
            for at, window in enumerate(WINDOWS):
                assert live.figures(window) == expected[at], f"live, {facts.key}, window {at}"
                assert bulk.of(place, at) == expected[at], f"bulk, {facts.key}, window {at}"
                self.compared += 2 * len(INDICATORS)


def _one_by_one(facts: CommunityFacts, order: Random) -> Live:
    """Some events at once, the others one by one; of an id that comes twice the first still counts. What is gone goes
    and comes back meanwhile, before and after it was read."""
    at = order.randrange(len(facts.events) + 1)
    live = Live(CommunityFacts(facts.key, facts.members, facts.events[:at]), CALENDAR)
    for event in facts.events[at:]:
        live.add(event)
        if order.random() < 0.02:
            live.without(frozenset(order.sample(sorted(facts.gone), len(facts.gone) // 2)))
        if order.random() < 0.1:
            live.figures(order.choice(WINDOWS))  # what it remembers must not go stale
    live.without(facts.gone)
    return live


def _small_communities(tally: Tally) -> None:
    @settings(SETTINGS, max_examples=32 * TIMES)
    @given(st.lists(logs(st.integers(0, 14), 150), min_size=1, max_size=4), st.randoms(use_true_random=False))
    def compare(several: list[CommunityFacts], order: Random) -> None:
        tally.compare(several, order)

    compare()


def _large_communities(tally: Tally) -> None:
    """Around the machine word: 15–17, 31–33, 63–65 and beyond."""
    sizes = st.sampled_from((8, 16, 17, 32, 33, 57, 62, 64, 65, 75, 90))

    @settings(SETTINGS, max_examples=24 * TIMES)
    @given(st.lists(logs(sizes, 250), min_size=1, max_size=2), st.randoms(use_true_random=False))
    def compare(several: list[CommunityFacts], order: Random) -> None:
        tally.compare(several, order)

    compare()


def test_live_bulk_and_sql_give_the_same_figures() -> None:
    tally = Tally()
    _small_communities(tally)
    _large_communities(tally)
    assert tally.compared >= LEAST * TIMES
    print(f"{tally.compared:,} values compared")  # noqa: T201 — shown with -s
