"""The table is whole, and its page is fresh."""

from __future__ import annotations

from pathlib import Path

import pytest

from leerkring.engine.calendar import Calendar, Window
from leerkring.engine.document import indicators_markdown
from leerkring.engine.facts import Event
from leerkring.engine.formulas import BothWays, MemberPeriods, Members, Network
from leerkring.engine.indicators import CRITERIA, DESCRIPTORS, INDICATORS, levels_of
from leerkring.engine.kinds import KINDS, MEMBERSHIP
from leerkring.engine.measures import COUNTERS, SETS, Count, Matched, Selector, Stock, Sum
from leerkring.engine.tests.story import CALENDAR, Story

ROOT = Path(__file__).resolve().parents[3]


def _selectors() -> list[Selector]:
    found: list[Selector] = []
    for measure in COUNTERS.values():
        match measure:
            case Count(of):
                found += of
            case Sum(of, number):
                found += [of]
                assert number in KINDS[of.kind].numbers
            case Matched(first, then, by):
                found += [first, *then]
                assert by == "about" or all(by in KINDS[selector.kind].numbers for selector in then)
            case Stock(first, ends):
                found += [first, *(Selector(end) for end in ends)]
    for who in SETS.values():
        found += [*who.actors, *who.others]
    return found


def test_every_measure_reads_kinds_and_numbers_that_are_declared() -> None:
    for selector in _selectors():
        numbers = KINDS[selector.kind].numbers
        for condition in selector.where:
            assert condition.number in numbers, selector
            assert condition.half_of is None or condition.half_of in numbers, selector


def test_every_declared_kind_is_read() -> None:
    assert {selector.kind for selector in _selectors()} | MEMBERSHIP == KINDS.keys()


def test_every_criterion_has_indicators_and_every_phased_one_form_and_depth() -> None:
    for criterion in CRITERIA.values():
        assert [row for row in INDICATORS.values() if row.criterion == criterion.key]
        if criterion.phased:
            assert levels_of(criterion.key)[:2] == ("form", "depth")


def test_whatever_counts_members_or_their_contact_says_so() -> None:
    for row in INDICATORS.values():
        counts_members = isinstance(row.formula, Members | BothWays | MemberPeriods | Network)
        assert row.of_members is (counts_members or row.key in {"attendance", "evenness"}), row.key
        assert row.of_members or not row.of_few


def test_descriptors_that_place_are_shares() -> None:
    """Phases rest on kinds of evidence, not on amounts."""
    for descriptor in DESCRIPTORS.values():
        if CRITERIA[descriptor.criterion].phased:
            assert INDICATORS[descriptor.indicator].unit == "share"


def test_the_page_of_what_is_counted_is_fresh() -> None:
    committed = (ROOT / "docs/indicators.md").read_text(encoding="utf-8")
    assert committed == indicators_markdown(), "bin/docs writes it"


def test_a_time_without_zone_is_refused() -> None:
    from datetime import datetime

    with pytest.raises(ValueError, match="without a zone"):
        Event(1, datetime(2025, 1, 1), "conversation.opened")  # noqa: DTZ001 — that is what is refused


def test_a_window_without_weeks_gives_figures_of_nothing() -> None:
    day = Calendar().last(4, CALENDAR.holidays[0][0]).until
    figures = Story(3).live().figures(Window(day, day, ()))
    assert figures.keys() == INDICATORS.keys()
    assert all(figure.k == 0 for figure in figures.values())
