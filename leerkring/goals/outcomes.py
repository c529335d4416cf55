"""What measurements say at the end of a goal, and what of them goes then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps

from leerkring.goals.models.measure import Measure, Measurement, PupilResults, Summary
from leerkring.jobs.vanished import note_vanished

if TYPE_CHECKING:
    from leerkring.goals.models.goal import Goal

#: What says of which pupils a summary is.
_WHICH = frozenset({"id", "measurement", "dimension", "group", "is_shown"})


@dataclass(frozen=True)
class Outcome:
    """For the log: flags only."""

    evidence: bool
    reached: bool
    subgroups: bool
    lowest_rose: bool


def outcome_of(goal: Goal) -> Outcome:
    """What the measurements of `goal` say now."""
    measures = list(goal.measures.prefetch_related("measurements__summaries"))
    aimed = [measure for measure in measures if measure.target is not None]
    followed = [levels for measure in measures if (levels := _levels(measure))]
    return Outcome(
        evidence=any(measure.later for measure in measures),
        reached=bool(aimed) and all(measure.is_reached for measure in aimed),
        subgroups=bool(followed),
        lowest_rose=bool(followed) and all(map(_lowest_rose, followed)),
    )


def _levels(measure: Measure) -> list[tuple[float, float]]:
    """Of each subgroup that was there at the begin and at the last measurement: where it was, and is; higher is
    better."""
    if measure.baseline is None or measure.last is None:
        return []
    before, after = _by_group(measure.baseline), _by_group(measure.last)
    sign = -1 if measure.lower_is_better and measure.threshold is None else 1
    return [(sign * before[key], sign * after[key]) for key in before if key in after]


def _by_group(measurement: Measurement) -> dict[tuple[str, str], float]:
    return {
        (s.dimension, s.group): s.mean if s.at_target is None else s.at_target / s.n
        for s in measurement.summaries.all()
        if s.dimension and s.is_shown
    }


def _lowest_rose(levels: list[tuple[float, float]]) -> bool:
    lowest = min(before for before, _ in levels)
    return all(after > before if before == lowest else after >= before for before, after in levels)


def forget_results(goal_id: int) -> None:
    """The results of single pupils go, with the salt of their codes, and what was found of groups too small to show
    (that there was such a group stays: a picture leaves it out at every moment); a restored backup does not bring them
    back. Nothing happens when there are none."""
    results = PupilResults.objects.filter(measurement__measure__goal=goal_id)
    if not results.exists():
        return
    note_vanished("pupil_results", goal_id)
    results.delete()
    found = [field for field in Summary._meta.fields if field.name not in _WHICH]
    Summary.objects.filter(measurement__measure__goal=goal_id, is_shown=False).update(
        **{field.name: None if field.null else 0 for field in found}
    )
    apps.get_model("goals.Goal").objects.filter(pk=goal_id).update(salt="")
