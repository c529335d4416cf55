"""How the weights of the goal coach are learnt from goals that somebody labelled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import exp

from bench.coach_figures import TODAY, Goal
from leerkring.engine.coach.language import language_of
from leerkring.engine.coach.reading import Reading
from leerkring.engine.coach.weighing import LARGEST, NOTHING, STEP, features

#: Below what a remark of the rule is doubted, above what it is made: chosen once, so that together they were most often
#: right on sets that were left out, each with the rules as they were before those sets were read (docs/performance.md).
DOUBTED_AND_SURE = {
    "pupils": (-2.16, -0.43),
    "outcome": (-2.76, -1.22),
    "vague": (-2.8, -0.58),
    "activity": (-2.92, -0.32),
    "measure": (-2.65, -0.17),
    "unmeasurable": (-3.63, 0.14),
    "baseline": (-2.76, -0.11),
    "target": (-2.12, 0.66),
    "date": (-2.52, 0.31),
}
#: A feature of fewer goals says nothing.
LEAST_GOALS = 4
#: How much the weights may say: less, and they follow the goals less closely.
STRENGTH, ROUNDS = 0.1, 60


def learnt(rows: Sequence[Sequence[int]], is_so: Sequence[bool], size: int) -> list[float]:
    """Logistic regression with its weights held small, one goal at a time in its dual form: no chance in it."""
    weights, alphas = [0.0] * size, [0.0] * len(rows)
    for _ in range(ROUNDS):
        for index, row in enumerate(rows):
            sign = 1.0 if is_so[index] else -1.0
            margin = sign * sum([weights[at] for at in row])
            step = (1.0 / (1.0 + exp(min(margin, 50.0))) - alphas[index]) / max(
                1.0, 0.25 + STRENGTH * len(row)
            )
            alphas[index] += step
            add = sign * step * STRENGTH
            for at in row:
                weights[at] += add
    return weights


def letters(weights: Sequence[float]) -> str:
    """A weight as a letter."""
    return "".join(
        chr(ord(NOTHING) + max(-LARGEST, min(LARGEST, round(weight / STEP)))) for weight in weights
    )


def made(of: Sequence[Goal]) -> str:
    """The file."""
    found = [features(Reading(goal.text, language_of(goal.language), TODAY), goal.language) for goal in of]
    often = Counter(feature for one in found for feature in one)
    names = sorted(feature for feature, count in often.items() if count >= LEAST_GOALS)
    places = {feature: index for index, feature in enumerate(names)}
    rows = [[*sorted(places[feature] for feature in one if feature in places), len(names)] for one in found]
    columns = [
        learnt(rows, [rule in goal.faults for goal in of], len(names) + 1) for rule in DOUBTED_AND_SURE
    ]
    head = [
        f"{rule} {column[-1]:.2f} {doubted} {sure}"
        for (rule, (doubted, sure)), column in zip(DOUBTED_AND_SURE.items(), columns, strict=True)
    ]
    lines = [
        f"{said} {name}"
        for index, name in enumerate(names)
        if (said := letters([column[index] for column in columns])).strip(NOTHING)
    ]
    return "\n".join([*head, "", *lines, ""])
