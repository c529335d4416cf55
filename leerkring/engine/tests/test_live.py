"""One community's cells: whatever order events come in, and whoever they name."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations

from leerkring.engine import evidence
from leerkring.engine.bulk import compute
from leerkring.engine.columns import Columns
from leerkring.engine.facts import CommunityFacts, Event, Member
from leerkring.engine.live import Live
from leerkring.engine.tests.oracle import Oracle
from leerkring.engine.tests.story import CALENDAR, MARK, Story

WINDOW = CALENDAR.last(12, MARK)
MONDAY = date(2024, 12, 2)


def test_an_answer_counts_whether_it_is_read_before_or_after_its_question() -> None:
    story = Story(3)
    asked = story.ask(MONDAY, 1, about=5)
    answered = story.answer(MONDAY + timedelta(days=1), 2, 1, about=5)
    thanked = story.answer(MONDAY + timedelta(days=2), 1, 2, about=5)
    for order in permutations((asked, answered, thanked)):
        live = Live(CommunityFacts("any order", tuple(story.members), ()), CALENDAR)
        for event in order:
            assert live.add(event)
        figures = live.figures(WINDOW)
        assert figures["questions_answered"][:2] == (1, 1)
        assert figures["questions_helped"][:2] == (1, 1)


def test_a_question_whose_only_answer_is_taken_back_waits_again_until_it_is_put_back() -> None:
    """However it is counted: kept and brought up to date, read anew, in bulk, and in SQL."""
    story = Story(5)
    asked = story.ask(MONDAY, 1, about=5)
    answer = story.answer(MONDAY + timedelta(days=1), 2, 1, about=5)
    live = story.live()
    for gone, answered, questions in (
        (set(), 1, 1),
        ({answer.id}, 0, 1),  # taken back
        (set(), 1, 1),  # put back
        ({asked.id, answer.id}, 0, 0),  # the whole conversation, and nobody is said to wait for an answer
        (set(), 1, 1),
    ):
        facts = CommunityFacts.of("x", story.members, story.events, gone)
        live.without(facts.gone)
        oracle = Oracle(facts, [WINDOW], CALENDAR.holidays)
        ways = {
            "kept": live.figures(WINDOW),
            "anew": Live(facts, CALENDAR).figures(WINDOW),
            "bulk": compute(Columns.of([facts], CALENDAR), [WINDOW]).of(0, 0),
            "sql": oracle.figures()[0],
        }
        oracle.close()
        for way, figures in ways.items():
            assert figures["questions_answered"][:2] == (answered, questions), (way, gone)
            assert figures["questions_helped"].k == answered, (way, gone)
            assert (figures["conversations"].k, figures["replies"].k) == (1, 1), (way, gone)


def test_what_is_taken_back_is_no_evidence_of_an_answer() -> None:
    story = Story(5)
    story.ask(MONDAY, 1, about=5)
    answer = story.answer(MONDAY + timedelta(days=1), 2, 1, about=5)
    live = story.live()
    assert len(evidence.of(live, "questions_answered", WINDOW)) == 2
    live.without(frozenset({answer.id}))
    assert evidence.of(live, "questions_answered", WINDOW) == ()
    assert evidence.of(live.up_to(answer.id), "questions_answered", WINDOW) == ()


def test_an_event_counts_once() -> None:
    story = Story(3)
    asked = story.ask(MONDAY, 1, about=5)
    live = story.live()
    before = live.figures(WINDOW)
    assert not live.add(asked)
    assert live.figures(WINDOW) == before


def test_ten_school_days_reach_over_the_holidays() -> None:
    """Asked on 13 December: two weeks of holidays later, 10 January is the tenth school day."""
    for day, answered in ((date(2025, 1, 10), 1), (date(2025, 1, 13), 0)):
        story = Story(3)
        story.ask(date(2024, 12, 13), 1, about=5)
        story.answer(day, 2, 1, about=5)
        assert story.live().figures(WINDOW)["questions_answered"].k == answered


def test_only_another_member_answers() -> None:
    for actor in (1, 99, None):  # oneself, a guest, nobody named
        story = Story(3)
        story.ask(MONDAY, 1, about=5)
        story.act(MONDAY + timedelta(days=1), "conversation.replied", actor, (1,), 5)
        assert story.live().figures(WINDOW)["questions_answered"][:2] == (0, 1)


def test_a_tie_to_oneself_is_none() -> None:
    story = Story(5)
    story.act(MONDAY, "interaction", 1, (1, 2))
    assert story.live().figures(WINDOW)["density"].k == 1


def test_what_somebody_did_before_the_log_made_them_a_member_counts_once_it_does() -> None:
    story = Story(5)
    story.act(MONDAY, "interaction", 7, (1,))
    live = story.live()
    assert live.figures(WINDOW)["density"][:2] == (0, 20)
    live.add(story.act(MONDAY - timedelta(days=7), "member.joined", 7))
    assert live.figures(WINDOW)["density"][:2] == (1, 30)


def test_leaving_away_and_back_change_who_is_counted() -> None:
    story = Story(4)
    live = story.live()
    september = CALENDAR.last(2, date(2024, 9, 13))
    for day, kind, left in (
        (date(2024, 9, 2), "member.away", 3),
        (date(2024, 9, 9), "member.back", 4),
        (date(2024, 9, 1), "member.left", 3),
        (date(2024, 9, 12), "member.joined", 4),
    ):
        live.add(story.act(day, kind, 1))
        assert live.members(september) == left, kind


def test_a_member_who_left_before_the_window_is_not_in_it() -> None:
    live = Story([Member(1), Member(2, left=WINDOW.from_)]).live()
    assert live.members(WINDOW) == 1


def test_a_hundred_members_fit() -> None:
    story = Story(100)
    for member in range(1, 100):
        story.act(MONDAY, "interaction", member, (100,))
    figures = story.live().figures(WINDOW)
    assert figures["density"][:2] == (99, 9900)
    assert figures["took_part"].k == 99


def test_erased_actors_leave_the_counts() -> None:
    story = Story(5)
    story.act(MONDAY, "conversation.opened", None, (), 5, purpose=1)
    figures = story.live().figures(WINDOW)
    assert figures["conversations"].k == 1
    assert figures["took_part"].k == 0


def test_a_kind_nobody_knows_does_no_harm() -> None:
    live = Story(3).live()
    at = Story(1).ask(MONDAY, 1, about=1).at
    assert live.add(Event(1, at, "something.new", 1))
    assert all(figure.k == 0 for key, figure in live.figures(WINDOW).items() if key != "isolates")


def test_as_it_was_up_to_a_mark() -> None:
    story = Story(3)
    first = story.ask(MONDAY, 1, about=5)
    story.ask(MONDAY, 2, about=6)
    live = story.live()
    assert live.up_to(first.id).figures(WINDOW)["conversations"].k == 1
    assert live.figures(WINDOW)["conversations"].k == 2


def test_a_goal_counts_as_it_was_last_said_to_be_in_whatever_order_that_is_read() -> None:
    """Adopted without all its parts, completed, let go, and agreed on anew; as kept, in bulk and in SQL."""
    story = Story(5)
    said = [
        story.act(MONDAY, "goal.adopted", None, (), 3, parts=5, owners=2),
        story.act(MONDAY + timedelta(days=7), "goal.adopted", None, (), 3, parts=7, owners=1),
        story.act(MONDAY + timedelta(days=35), "goal.dropped", None, (), 3),
        story.act(MONDAY + timedelta(days=42), "goal.adopted", None, (), 3, parts=7, owners=2),
    ]
    for count, complete, shared, running, began in (
        (1, 0, 1, 1, None),
        (2, 1, 0, 1, said[1]),
        (3, 0, 0, 0, None),
        (4, 1, 1, 1, said[3]),
    ):
        for order in permutations(said[:count]):
            live = Live(CommunityFacts("any order", tuple(story.members), ()), CALENDAR)
            for event in order:
                assert live.add(event)
            pieces = evidence.of(live, "goals_complete", WINDOW)
            assert [piece.event for piece in pieces] == ([began.id] if began else [])
        facts = CommunityFacts.of("x", story.members, said[:count])
        oracle = Oracle(facts, [WINDOW], CALENDAR.holidays)
        bulk = compute(Columns.of([facts], CALENDAR), [WINDOW])
        for figures in (live.figures(WINDOW), bulk.of(0, 0), oracle.figures()[0]):
            assert figures["goals_complete"][:2] == (complete, running)
            assert figures["goals_shared"][:2] == (shared, running)
        oracle.close()
