"""Goals as pictures: what was found, on the way from begin to target."""

from __future__ import annotations

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from leerkring import clock
from leerkring.communities.access import Here
from leerkring.goals.figures import groups_over_time
from leerkring.goals.models import Goal, Measure, Measurement
from leerkring.ui.charts import Course, Holiday, Reading, Subgroup, Target, outlook, progress
from leerkring.ui.charts import subgroups as drawn_subgroups


def course(here: Here, goal: Goal, measure: Measure) -> Course:
    """One measure of a goal in numbers."""
    target = None
    if goal.until and measure.target is not None:
        target = Target(goal.until, measure.target, is_at_most=measure.lower_is_better)
    return Course(
        today=clock.today(),
        unit=measure.said_unit,
        baseline=_reading(measure.baseline) if measure.baseline else None,
        target=target,
        readings=[_reading(measurement) for measurement in measure.later],
        holidays=_holidays(here),
        scale=(0, 100) if measure.kind == Measure.Kind.SHARE else None,
    )


def _reading(measurement: Measurement) -> Reading:
    return Reading(measurement.on, measurement.value, measurement.low, measurement.high, measurement.n)


def _holidays(here: Here) -> list[Holiday]:
    return [Holiday(h.first_day, h.last_day, h.name) for h in here.community.school.holidays.all()]


def large(here: Here, goal: Goal, measure: Measure) -> SafeString:
    return progress(f"doel-{measure.pk}", course(here, goal, measure), title=measure.name)


def small(here: Here, goal: Goal, measure: Measure) -> SafeString:
    """For a list."""
    return outlook(f"doel-klein-{measure.pk}", course(here, goal, measure), title=goal.title)


def subgroups(here: Here, measure: Measure) -> list[SafeString]:
    """A picture for each way of grouping pupils, of what may be shown of it."""
    return [
        drawn_subgroups(
            f"groepen-{measure.pk}-{number}",
            [Subgroup(name, readings) for name, readings in lines.items()],
            title=_("%(name)s, naar %(dimension)s") % {"name": measure.name, "dimension": dimension},
            unit=measure.said_unit,
            free=_holidays(here),
        )
        for number, (dimension, lines) in enumerate(groups_over_time(measure).items())
    ]
