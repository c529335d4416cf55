"""The one next step: the first weak precondition, in the order in which one rests on the other.

Rules are data. A criterion has several facts, and each asks for a step of its own: the step goes with the fact that
holds the criterion back, so that what is advised fits the figure beside it. What there is too little evidence on does
not count as weak; when nothing is weak, the step is the first that would give evidence where there is none: who has
goals is not asked to make one because nothing is known of their vision. A step that only leaders can take is a request
to them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from leerkring.engine.assessment import Assessment, CriterionResult, DescriptorResult
from leerkring.engine.indicators import LEVELS, Indicator, of_criterion

# Up to "steeds vaker" (form and depth) a criterion with a place is weak; below the middle of the survey's 1–5 one
# without.
_WEAK_LEVELS = ("form", "depth")
WEAK_JUDGEMENT = 3.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A precondition: the criteria it looks at, and the step it advises when one of them is weak.

    steps   the facts that ask for another step than the rule's own
    begins  the facts of which too little is known yet, and what would show them, where that is not the rule's own step
    """

    key: str
    criteria: tuple[str, ...]
    step: str
    steps: Mapping[str, str] = field(default_factory=dict)
    begins: Mapping[str, str] = field(default_factory=dict)
    to_leaders: bool = False

    def step_for(self, fact: DescriptorResult | None) -> str:
        if fact is None:
            return self.step
        return (self.begins if fact.state == "too_little" else self.steps).get(fact.key, self.step)

    def asked_by(self, step: str) -> tuple[Indicator, ...]:
        """The facts that can ask for this step."""
        return tuple(
            row
            for criterion in self.criteria
            for row in of_criterion(criterion)
            if step in {self.steps.get(row.key, self.step), self.begins.get(row.key, self.step)}
        )


RULES: tuple[Rule, ...] = (
    Rule("time", ("C7",), "request_time", to_leaders=True),
    Rule("trust", ("C6", "C5"), "norms_conversation"),
    Rule(
        "goals",
        ("G1", "C1"),
        "goal_session",
        {
            "acts_for_goal": "work_on_goal",
            "goals_measured": "measure_goal",
            "vision_recent": "vision_dialogue",
            "goals_underserved": "name_underserved",
            "lowest_rose": "name_underserved",
        },
        {"vision_recent": "vision_dialogue"},
    ),
    Rule(
        "contact",
        ("G2a",),
        "fixed_slot",
        {"rounds": "round", "questions_answered": "answer_each_other", "both_ways": "ask_a_colleague"},
        {"questions_answered": "ask_a_colleague", "both_ways": "ask_a_colleague"},
    ),
    Rule(
        "topic",
        ("G2b",),
        "work_form",
        {"meetings_on_content": "more_content", "meetings_with_material": "material_at_hand"},
        dict.fromkeys(
            ("meetings_on_content", "meetings_with_form", "meetings_with_material"), "next_meeting"
        ),
    ),
    Rule(
        "explicit",
        ("G2c",),
        "stimulated_recall",
        {"insights_explained": "say_why", "insights_limited": "ask_when_not"},
    ),
    Rule("practice", ("G2d",), "ten_minute_visit"),
    Rule("products", ("G2e",), "co_design"),
    Rule("inquiry", ("C3",), "close_an_inquiry"),
    Rule(
        "shared",
        ("C2", "C4"),
        "shared_assessment",
        {"questions_helped": "answer_each_other", "sharing": "share_one", "towards_designing": "co_design"},
        {"questions_helped": "ask_a_colleague", "towards_designing": "co_design"},
    ),
    Rule(
        "outward",
        ("C8",),
        "expert_guest",
        {"transfers": "bring_home", "adopted_both_ways": "bring_home"},
        {"transfers": "bring_home", "adopted_both_ways": "bring_home"},
    ),
)
STEPS = tuple(dict.fromkeys(s for r in RULES for s in (r.step, *r.steps.values(), *r.begins.values())))


@dataclass(frozen=True, slots=True)
class Judgement:
    """What members say of a criterion, published: mean on 1–5 with interval, of n."""

    mean: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Advice:
    """`why`: "weak" (a precondition is), "evidence" (too little is known), or "sustain" (nothing is weak).

    criterion  the one it is about, None when there is nothing to say
    reason     text key
    fact       what holds the criterion back: the step is about this, and the reason quotes it when it is known
    judgement  the members' judgement it quotes, when that decided
    """

    why: Literal["weak", "evidence", "sustain"]
    rule: str | None
    step: str | None
    criterion: str | None
    reason: str
    fact: DescriptorResult | None = None
    judgement: Judgement | None = None
    to_leaders: bool = False


def advise(
    assessment: Assessment,
    judgements: Mapping[str, Judgement] | None = None,
    possible: Collection[str] | None = None,
) -> Advice:
    """The next step. `judgements`: per criterion, where published; `possible`: the steps that can be started
    here (default: all), so that a house with few rooms does not advise what it cannot open."""
    said = judgements or {}
    may = STEPS if possible is None else possible
    for rule in RULES:
        for key in rule.criteria:
            found = _weak(rule, assessment.criteria[key], said.get(key), may)
            if found:
                return found
    for rule in RULES:
        results = [assessment.criteria[key] for key in rule.criteria]
        if all(_nothing_is_known(result, said.get(result.key)) for result in results):
            found = _to_be_known(rule, results, may)
            if found:
                return found
    for rule in RULES:
        results = [r for key in rule.criteria if _part_is_unknown(r := assessment.criteria[key])]
        found = _to_be_known(rule, results, may)
        if found:
            return found
    return Advice("sustain", None, None, None, "advice.sustain")


def holding_back(result: CriterionResult) -> tuple[DescriptorResult, ...]:
    """The facts that keep a criterion from the next level, the one that is furthest below first: those that are absent
    from the first level that is not complete; where of all of that level too little is known, those."""
    for level in LEVELS:
        if result.phase is not None and level not in _WEAK_LEVELS:
            break
        rows = [row for row in result.descriptors if row.level == level]
        known = [row for row in rows if row.state != "too_little"]
        absent = [row for row in known if row.state == "absent"]
        if absent:
            return tuple(sorted(absent, key=lambda row: (row.value or 0) / row.at_least))
        if rows and not known:
            return tuple(rows)
    return ()


def _weak(
    rule: Rule, result: CriterionResult, said: Judgement | None, possible: Collection[str]
) -> Advice | None:
    """By what was done; where activity gives no place, by what members say. The first fact whose step can be begun."""
    facts: list[DescriptorResult | None] = [row for row in holding_back(result) if row.state == "absent"]
    if result.phase is None:
        if said is None or said.mean >= WEAK_JUDGEMENT:
            return None
        facts.append(None)
    for fact in facts:
        if rule.step_for(fact) in possible:
            return _advice("weak", rule, result, fact, said)
    return None


def _to_be_known(rule: Rule, results: Iterable[CriterionResult], possible: Collection[str]) -> Advice | None:
    """What would show something of one of these."""
    for result in results:
        for fact in holding_back(result) or (None,):
            if rule.step_for(fact) in possible:
                return _advice("evidence", rule, result, fact, None)
    return None


def _nothing_is_known(result: CriterionResult, said: Judgement | None) -> bool:
    """And where activity gives no place: nobody said, and what was done does not show it either."""
    if result.phase is not None:
        return result.phase.position is None
    return said is None and bool(not result.descriptors or holding_back(result))


def _part_is_unknown(result: CriterionResult) -> bool:
    """Of the form something is known, and of the depth nothing."""
    return result.phase is not None and any(row.state == "too_little" for row in holding_back(result))


def _advice(
    why: Literal["weak", "evidence"],
    rule: Rule,
    result: CriterionResult,
    fact: DescriptorResult | None,
    said: Judgement | None,
) -> Advice:
    step = rule.step_for(fact)
    is_known = why == "weak" or (fact is not None and fact.state == "absent")
    reason = f"advice.{step}" if is_known else f"advice.{step}.evidence"
    return Advice(why, rule.key, step, result.key, reason, fact, said, rule.to_leaders)
