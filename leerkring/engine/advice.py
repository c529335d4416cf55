"""The one next step: the first weak precondition, in the order in which one rests on the other.

Rules are data. What there is too little evidence on does not count as weak; when nothing is weak, the step is
the first that would give evidence where there is none: who has goals is not asked to make one because nothing is
known of their vision. A step that only leaders can take is a request to them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from leerkring.engine.assessment import Assessment, CriterionResult, DescriptorResult

# Below "steeds vaker" (form without depth) on the ruler 0–4; below the middle of the survey's 1–5.
WEAK_POSITION = 2.0
WEAK_JUDGEMENT = 3.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A precondition: the criteria it looks at, and the step it advises when one of them is weak."""

    key: str
    criteria: tuple[str, ...]
    step: str
    to_leaders: bool = False

    @property
    def reason(self) -> str:
        return f"advice.{self.key}"


RULES: tuple[Rule, ...] = (
    Rule("time", ("C7",), "request_time", to_leaders=True),
    Rule("trust", ("C6", "C5"), "norms_conversation"),
    Rule("goals", ("G1", "C1"), "goal_session"),
    Rule("contact", ("G2a",), "fixed_slot_and_rounds"),
    Rule("topic", ("G2b",), "work_form"),
    Rule("explicit", ("G2c",), "stimulated_recall"),
    Rule("practice", ("G2d",), "ten_minute_visit"),
    Rule("products", ("G2e",), "co_design"),
    Rule("inquiry", ("C3",), "close_an_inquiry"),
    Rule("shared", ("C2", "C4"), "shared_assessment"),
    Rule("outward", ("C8",), "expert_guest"),
)


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
    reason     text key; `figures`: the descriptors it quotes, those that are absent (or too little) first
    judgement  the members' judgement it quotes, when that decided
    """

    why: Literal["weak", "evidence", "sustain"]
    rule: str | None
    step: str | None
    criterion: str | None
    reason: str
    figures: tuple[DescriptorResult, ...] = ()
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
    rules = [rule for rule in RULES if possible is None or rule.step in possible]
    for rule in rules:
        for criterion in rule.criteria:
            if _is_weak(assessment.criteria[criterion], said.get(criterion)):
                return _advice("weak", rule, assessment.criteria[criterion], said.get(criterion))
    for rule in rules:
        if all(_is_unknown(assessment.criteria[key], said.get(key)) for key in rule.criteria):
            return _advice("evidence", rule, assessment.criteria[rule.criteria[0]], None)
    return Advice("sustain", None, None, None, "advice.sustain")


def _is_weak(result: CriterionResult, said: Judgement | None) -> bool:
    """By what was done; where activity gives no place, by what members say."""
    if result.phase is not None:
        return result.phase.position is not None and result.phase.position < WEAK_POSITION
    return said is not None and said.mean < WEAK_JUDGEMENT


def _is_unknown(result: CriterionResult, said: Judgement | None) -> bool:
    if result.phase is not None:
        return result.phase.position is None
    return said is None


def _advice(
    why: Literal["weak", "evidence"], rule: Rule, result: CriterionResult, said: Judgement | None
) -> Advice:
    order = {"absent": 0, "too_little": 1, "present": 2}
    figures = tuple(sorted(result.descriptors, key=lambda row: order[row.state]))
    reason = rule.reason if why == "weak" else f"advice.{rule.key}.evidence"
    return Advice(why, rule.key, rule.step, result.key, reason, figures, said, rule.to_leaders)
