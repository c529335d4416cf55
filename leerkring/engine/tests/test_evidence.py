"""What a figure rests on."""

from __future__ import annotations

from datetime import date

import pytest

from leerkring.engine import evidence
from leerkring.engine.indicators import INDICATORS
from leerkring.engine.tests.story import CALENDAR, MARK, Story

WINDOW = CALENDAR.last(12, MARK)


def test_evidence_is_the_events_that_add_to_a_figure_oldest_first() -> None:
    story = Story(4)
    late = story.ask(date(2025, 1, 20), 1, about=8)
    early = story.ask(date(2024, 12, 2), 1, about=7)
    story.ask(date(2024, 9, 9), 1, about=6)  # before the window
    story.ask(date(2024, 12, 26), 1, about=9)  # in a holiday
    pieces = evidence.of(story.live(), "conversations", WINDOW)
    assert [piece.event for piece in pieces] == [early.id, late.id]
    assert [piece.about for piece in pieces] == [7, 8]


def test_evidence_up_to_a_mark_is_what_was_seen_then() -> None:
    story = Story(4)
    first = story.ask(date(2024, 12, 2), 1, about=7)
    story.ask(date(2024, 12, 3), 2, about=8)
    pieces = evidence.of(story.live(), "conversations", WINDOW, mark=first.id)
    assert [piece.event for piece in pieces] == [first.id]


def test_questions_answered_shows_those_that_were_and_their_answers() -> None:
    story = Story(4)
    asked = story.ask(date(2024, 12, 2), 1, about=7)
    answer = story.answer(date(2024, 12, 3), 2, 1, about=7)
    story.answer(date(2024, 12, 4), 1, 2, about=7)  # one's own words are no answer
    story.ask(date(2024, 12, 5), 3, about=8)  # nobody answered: that is not shown
    pieces = evidence.of(story.live(), "questions_answered", WINDOW)
    assert [piece.event for piece in pieces] == [asked.id, answer.id]


def test_a_goal_that_still_runs_is_evidence_however_old() -> None:
    story = Story(4)
    adopted = story.act(date(2024, 9, 9), "goal.adopted", None, (), 3, parts=7)
    story.act(date(2024, 9, 9), "goal.adopted", None, (), 4, parts=5)
    assert [p.event for p in evidence.of(story.live(), "goals_complete", WINDOW)] == [adopted.id]


def test_evidence_names_things_and_nobody() -> None:
    story = Story(4)
    story.ask(date(2024, 12, 2), 1, about=7)
    (piece,) = evidence.of(story.live(), "conversations", WINDOW)
    assert set(piece.__slots__) == {"event", "kind", "at", "about"}


def test_every_indicator_has_evidence_to_ask_for() -> None:
    live = Story(4).talk(date(2024, 12, 2), 3).live()
    for key in INDICATORS:
        evidence.of(live, key, WINDOW)
    with pytest.raises(KeyError):
        evidence.of(live, "nonsense", WINDOW)


def test_meetings_that_were_too_short_are_told_by_number_where_meetings_are_counted() -> None:
    story = Story(4)
    days = (date(2024, 12, 2), date(2024, 12, 3), date(2024, 12, 4), date(2024, 9, 9))
    for number, (day, minutes) in enumerate(zip(days, (3, 30, 0, 3), strict=True), start=1):
        story.act(day, "meeting.closed", None, (1, 2), number, minutes_total=minutes, workform=1)
    story.act(date(2024, 12, 5), "meeting.closed", None, (1, 2), 9)  # nobody knows how long
    assert evidence.too_short(story.live(), WINDOW) == 2
    assert [piece.about for piece in evidence.of(story.live(), "meetings_with_form", WINDOW)] == [2]
    assert {key for key in INDICATORS if evidence.rests_on_meetings(key)} >= {"rounds", "harvest", "guests"}
    assert not evidence.rests_on_meetings("replies")
