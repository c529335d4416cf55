"""Goals as pictures: what was found, on the way from begin to target."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from leerkring import clock
from leerkring.communities.access import Here
from leerkring.goals.figures import groups_over_time
from leerkring.goals.models import Goal, Measure, Measurement
from leerkring.ui.charts import Course, Holiday, Reading, Subgroup, Target, outlook, progress
from leerkring.ui.charts import subgroups as drawn_subgroups


def course(
    goal: Goal, measure: Measure, found: Iterable[Measurement], holidays: Sequence[Holiday] = ()
) -> Course:
    """One measure of a goal in numbers; `found` in order of time."""
    target = None
    if goal.until and measure.target is not None:
        target = Target(goal.until, measure.target, is_at_most=measure.aims_lower)
    readings: dict[str, list[Reading]] = {}
    for m in found:
        readings.setdefault(m.role, []).append(Reading(m.on, m.value, m.low, m.high, m.n))
    return Course(
        today=clock.today(),
        unit=measure.said_unit,
        baseline=next(iter(readings.get(Measurement.Role.BASELINE, ())), None),
        target=target,
        readings=readings.get(Measurement.Role.LATER, ()),
        holidays=holidays,
        scale=(0, 100) if measure.kind == Measure.Kind.SHARE else None,
    )


def holidays(here: Here) -> list[Holiday]:
    return [Holiday(h.first_day, h.last_day, h.name) for h in here.community.school.holidays.all()]


def large(goal: Goal, measure: Measure, free: Sequence[Holiday]) -> SafeString:
    drawn = course(goal, measure, measure.measurements.all(), free)
    return progress(f"doel-{measure.pk}", drawn, title=measure.name)


def small(goal: Goal, found: Sequence[Measurement]) -> SafeString:
    """For a list, where there is no room for holidays."""
    measure = found[0].measure
    return outlook(f"doel-klein-{measure.pk}", course(goal, measure, found), title=goal.title)


def subgroups(measure: Measure, free: Sequence[Holiday]) -> list[tuple[str, SafeString]]:
    """Each way of grouping pupils, with a picture of what may be shown of it."""
    return [
        (
            dimension,
            drawn_subgroups(
                f"groepen-{measure.pk}-{number}",
                [Subgroup(name, readings) for name, readings in lines.items()],
                title=_("%(name)s, naar %(dimension)s") % {"name": measure.name, "dimension": dimension},
                unit=measure.said_unit,
                free=free,
            ),
        )
        for number, (dimension, lines) in enumerate(groups_over_time(measure).items())
    ]
