"""Many communities over processes, and the columns they are read from."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np

from leerkring.engine.bulk import compute
from leerkring.engine.calendar import monday_of
from leerkring.engine.columns import Columns
from leerkring.engine.facts import CommunityFacts
from leerkring.engine.tests.logs import CALENDAR, WINDOWS, made
from leerkring.engine.tests.story import CALENDAR as SCHOOL_YEAR
from leerkring.engine.tests.story import MARK, Story

WINDOW = SCHOOL_YEAR.last(12, MARK)


def _several() -> list[CommunityFacts]:
    return [made(seed, members=5 + seed * 9, events=60, things=10) for seed in range(9)]


def test_shards_over_processes_give_the_same_figures() -> None:
    columns = Columns.of(_several(), CALENDAR)
    alone = compute(columns, WINDOWS)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        shared = compute(columns, WINDOWS, executor, size=2)
    assert np.array_equal(alone.values, shared.values)


def test_more_members_than_a_word_has_bits_stay_as_facts() -> None:
    columns = Columns.of(_several(), CALENDAR)
    assert {len(columns.communities[place][1].ids) > 64 for place in columns.large} == {True}
    assert not set(columns.community) & set(columns.large)


def test_no_communities_and_no_windows_are_nothing() -> None:
    assert compute(Columns.of([], CALENDAR), WINDOWS).values.size == 0
    assert compute(Columns.of(_several(), CALENDAR), []).values.size == 0


def test_a_vision_is_recent_for_fifty_two_weeks_and_not_longer() -> None:
    for weeks_ago, recent in ((0, 1), (51, 1), (52, 0)):
        story = Story(3)
        story.act(monday_of(WINDOW.weeks[-1] - weeks_ago), "vision.reviewed", None, (), 1)
        live = story.live()
        facts = CommunityFacts.of("vision", story.members, story.events)
        bulk = compute(Columns.of([facts], SCHOOL_YEAR), [WINDOW])
        assert live.figures(WINDOW)["vision_recent"].k == recent
        assert bulk.of(0, 0)["vision_recent"].k == recent
