"""The one next step."""

from __future__ import annotations

from datetime import date, timedelta

from leerkring.engine.advice import RULES, Judgement, advise
from leerkring.engine.assessment import assess
from leerkring.engine.indicators import CRITERIA
from leerkring.engine.tests.story import MARK, Story

CONVERSATIONS = frozenset({"conversation.opened", "conversation.replied", "interaction"})


def _quiet() -> Story:
    return Story(6)


def _talking() -> Story:
    return Story(8).talk(date(2024, 11, 18), 14)


def test_every_criterion_has_its_step() -> None:
    advised = [criterion for rule in RULES for criterion in rule.criteria]
    assert sorted(advised) == sorted(CRITERIA)
    assert len({rule.step for rule in RULES}) == len(RULES)


def test_the_first_weak_precondition_wins() -> None:
    """Nobody talks, and nobody visits: contact comes before practice."""
    story = _quiet()
    story.act(date(2024, 12, 2), "visit.held", 1, (2,), 1)
    step = advise(assess(story.live(), MARK, recorded=CONVERSATIONS | {"visit.held"}))
    assert (step.why, step.rule, step.criterion) == ("weak", "contact", "G2a")
    assert step.figures[0].state == "absent"
    assert step.figures[0].key == "took_part"


def test_what_nothing_is_known_of_is_not_weak() -> None:
    """All talk, and nothing else is recorded: the step is the first that would give evidence."""
    step = advise(assess(_talking().live(), MARK, recorded=CONVERSATIONS))
    assert (step.why, step.rule, step.criterion) == ("evidence", "time", "C7")
    assert step.reason == "advice.time.evidence"


def test_what_is_known_by_half_is_not_asked_for() -> None:
    mirror = assess(_talking().live(), MARK, recorded=CONVERSATIONS)
    possible = {"norms_conversation", "work_form"}
    assert advise(mirror, possible=possible).rule == "trust"
    good = Judgement(mean=4.2, low=4.0, high=4.4, n=9)
    assert advise(mirror, {"C6": good}, possible=possible).rule == "topic"


def test_only_steps_that_can_be_started_here_are_advised() -> None:
    mirror = assess(_talking().live(), MARK, recorded=CONVERSATIONS)
    step = advise(mirror, possible={"work_form", "ten_minute_visit"})
    assert (step.why, step.rule, step.step) == ("evidence", "topic", "work_form")
    assert advise(mirror, possible=set()).why == "sustain"


def test_what_members_say_of_trust_comes_before_what_they_do() -> None:
    low = Judgement(mean=2.4, low=2.0, high=2.8, n=9)
    step = advise(assess(_quiet().live(), MARK, recorded=CONVERSATIONS), {"C6": low})
    assert (step.rule, step.judgement) == ("trust", low)


def test_too_little_time_becomes_a_request_to_the_leaders() -> None:
    step = advise(assess(_quiet().live(), MARK), {"C7": Judgement(2.0, 1.5, 2.5, 9)})
    assert step.to_leaders
    assert step.step == "request_time"


def test_when_nothing_is_weak_and_all_is_known_there_is_nothing_to_advise() -> None:
    well = {key: Judgement(4.2, 4.0, 4.4, 9) for key, row in CRITERIA.items() if not row.phased}
    mirror = assess(_talking().live(), MARK, recorded=CONVERSATIONS)
    step = advise(mirror, well, possible={"fixed_slot_and_rounds", "shared_assessment"})
    assert (step.why, step.step, step.figures) == ("sustain", None, ())


def test_a_community_between_form_and_depth_is_advised_on_depth() -> None:
    story = Story(6)
    for week in range(12):
        day = date(2024, 11, 18) + timedelta(days=7 * week)
        for member in range(1, 7):
            story.ask(day, member, week * 10 + member)
    step = advise(assess(story.live(), MARK, recorded=CONVERSATIONS))
    assert step.criterion == "G2a"
    assert {row.key for row in step.figures if row.state == "absent"} == {"questions_answered", "both_ways"}
