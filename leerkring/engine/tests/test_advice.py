"""The one next step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from leerkring.engine.advice import RULES, Judgement, advise, holding_back
from leerkring.engine.assessment import Assessment, Phase, State, assess
from leerkring.engine.indicators import CRITERIA, levels_of, of_criterion
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
    for rule in RULES:
        facts = {row.key for key in rule.criteria for row in of_criterion(key) if row.level != "fact"}
        assert facts >= rule.steps.keys() | rule.begins.keys(), rule.key


def test_the_first_weak_precondition_wins() -> None:
    """Nobody talks, and nobody visits: contact comes before practice."""
    story = _quiet()
    story.act(date(2024, 12, 2), "visit.held", 1, (2,), 1)
    step = advise(assess(story.live(), MARK, recorded=CONVERSATIONS | {"visit.held"}))
    assert (step.why, step.rule, step.criterion) == ("weak", "contact", "G2a")
    assert step.fact is not None
    assert (step.fact.state, step.fact.key, step.step) == ("absent", "took_part", "fixed_slot")


def test_what_nothing_is_known_of_is_not_weak() -> None:
    """All talk, and nothing else is recorded: the step is the first that would give evidence."""
    step = advise(assess(_talking().live(), MARK, recorded=CONVERSATIONS))
    assert (step.why, step.rule, step.criterion) == ("evidence", "time", "C7")
    assert step.reason == "advice.request_time.evidence"


def test_what_is_known_by_half_is_not_asked_for() -> None:
    mirror = assess(_talking().live(), MARK, recorded=CONVERSATIONS)
    possible = {"norms_conversation", "next_meeting"}
    assert advise(mirror, possible=possible).rule == "trust"
    good = Judgement(mean=4.2, low=4.0, high=4.4, n=9)
    assert advise(mirror, {"C6": good}, possible=possible).rule == "topic"


def test_only_steps_that_can_be_started_here_are_advised() -> None:
    mirror = assess(_talking().live(), MARK, recorded=CONVERSATIONS)
    step = advise(mirror, possible={"next_meeting", "ten_minute_visit"})
    assert (step.why, step.rule, step.step) == ("evidence", "topic", "next_meeting")
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
    step = advise(mirror, well, possible={"fixed_slot", "shared_assessment"})
    assert (step.why, step.step, step.fact) == ("sustain", None, None)


def test_a_community_between_form_and_depth_is_advised_on_depth() -> None:
    story = Story(6)
    for week in range(12):
        day = date(2024, 11, 18) + timedelta(days=7 * week)
        for member in range(1, 7):
            story.ask(day, member, week * 10 + member)
    mirror = assess(story.live(), MARK, recorded=CONVERSATIONS)
    step = advise(mirror)
    assert step.criterion == "G2a"
    assert {row.key for row in holding_back(mirror.criteria["G2a"])} == {"questions_answered", "both_ways"}
    assert (step.step, step.reason) == ("answer_each_other", "advice.answer_each_other")


def _with(criterion: str, states: Sequence[State], values: Sequence[float]) -> Assessment:
    """Everything in order, but this one criterion, whose facts are as given."""
    plain = assess(_quiet().live(), MARK, recorded=())
    rows = tuple(
        replace(row, state=state, value=None if state == "too_little" else value * row.at_least)
        for row, state, value in zip(plain.criteria[criterion].descriptors, states, values, strict=True)
    )
    reached: list[str] = []
    for level in levels_of(criterion):
        of_level = [row.state for row in rows if row.level == level]
        if "absent" in of_level or "present" not in of_level:
            break
        reached.append(level)
    known = any(row.level == "form" and row.state != "too_little" for row in rows)
    phase = Phase(float(len(reached)) if known else None, None, None, tuple(reached), None)
    phased = CRITERIA[criterion].phased
    changed = replace(plain.criteria[criterion], descriptors=rows, phase=phase if phased else None)
    return replace(plain, criteria={**plain.criteria, criterion: changed})


@pytest.mark.parametrize("criterion", [key for key in CRITERIA if of_criterion(key) and key != "C6"])
def test_the_step_is_about_the_fact_that_holds_a_criterion_back_most_in_every_combination(
    criterion: str,
) -> None:
    rule = next(rule for rule in RULES if criterion in rule.criteria)
    rows = [row for row in of_criterion(criterion) if row.level != "fact"]
    shortfalls = [0.8 - 0.1 * place for place in range(len(rows))]
    low = {criterion: Judgement(2.0, 1.5, 2.5, 9)} if not CRITERIA[criterion].phased else {}
    every: tuple[State, ...] = ("present", "absent", "too_little")
    for states in product(every, repeat=len(rows)):
        mirror = _with(criterion, states, shortfalls)
        step = advise(mirror, low, possible={rule.step, *rule.steps.values(), *rule.begins.values()})
        levels = [lv for lv in levels_of(criterion) if not CRITERIA[criterion].phased or lv != "yield"]
        first: list[tuple[str, State]] = []
        for level in levels:
            here = [(row.key, s) for row, s in zip(rows, states, strict=True) if row.level == level]
            first = [(key, s) for key, s in here if s == "absent"]
            if not first and all(s == "too_little" for _key, s in here):
                first = here
            if first:
                break
        if first and first[0][1] == "absent":
            key = first[-1][0]  # the later in the table, the further below
            assert step.fact is not None
            assert (step.why, step.criterion, step.fact.key) == ("weak", criterion, key), states
            assert step.step == rule.steps.get(key, rule.step)
        elif CRITERIA[criterion].phased:
            assert step.why != "weak", states
            assert step.fact is None or step.fact.state == "too_little"


@pytest.mark.parametrize(
    ("numbers", "step"),
    [
        ({"minutes_content": 10, "workform": 1, "question": 1, "material": 1}, "more_content"),
        ({"minutes_content": 60, "question": 1, "material": 1}, "work_form"),
        ({"minutes_content": 60, "workform": 1, "question": 1}, "material_at_hand"),
        ({"minutes_content": 60, "workform": 1, "material": 1}, "material_at_hand"),
        ({"minutes_content": 10}, "more_content"),
    ],
)
def test_what_a_meeting_lacked_is_what_is_advised(numbers: dict[str, int], step: str) -> None:
    story = _quiet()
    for number in (1, 2, 3):
        story.act(
            date(2024, 12, number + 1), "meeting.closed", None, (1, 2), number, minutes_total=60, **numbers
        )
    topic = next(rule for rule in RULES if rule.key == "topic")
    found = advise(assess(story.live(), MARK), possible={topic.step, *topic.steps.values()})
    assert (found.step, found.rule) == (step, "topic")


def test_what_is_half_known_is_asked_for_when_nothing_is_weak() -> None:
    """All meet, and nothing is known of what they ask each other: the step is to ask, not to meet more often."""
    story = _quiet()
    for number in range(1, 13):
        day = date(2024, 11, 18) + timedelta(days=7 * number)
        story.act(day, "meeting.closed", None, (1, 2, 3, 4, 5, 6), number, present=6, invited=6)
        story.act(day, "round.held", None, (1, 2), number)
    recorded = frozenset({"meeting.closed", "round.held"})
    found = advise(assess(story.live(), MARK, recorded=recorded), possible={"fixed_slot", "ask_a_colleague"})
    assert (found.why, found.rule, found.step) == ("evidence", "contact", "ask_a_colleague")


def test_who_had_a_guest_is_not_told_to_invite_one() -> None:
    story = _quiet()
    story.act(date(2024, 12, 2), "meeting.closed", None, (1, 2), 1, guests=2, minutes_total=60)
    mirror = assess(story.live(), MARK, recorded={"meeting.closed"})
    assert advise(mirror, possible={"expert_guest"}).step is None
    quiet = advise(assess(_quiet().live(), MARK, recorded={"meeting.closed"}), possible={"expert_guest"})
    assert (quiet.step, quiet.reason) == ("expert_guest", "advice.expert_guest")
