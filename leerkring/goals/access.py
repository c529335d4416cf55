"""The only way to a goal and what is in it."""

from __future__ import annotations

from django.http import Http404

from leerkring.communities.access import Here
from leerkring.goals.models import Goal, Measure, Measurement, Statement


def goal_for(here: Here, goal_id: int) -> Goal:
    """A goal of this community, or 404."""
    found = Goal.objects.filter(community=here.community, pk=goal_id).select_related("kept_by__user").first()
    if found is None:
        raise Http404
    found.community = here.community
    return found


def measure_for(here: Here, goal_id: int, measure_id: int) -> Measure:
    """One of the measures of a goal of this community, or 404."""
    goal = goal_for(here, goal_id)
    found = goal.measures.filter(pk=measure_id).first()
    if found is None:
        raise Http404
    found.goal = goal
    return found


def measurement_for(here: Here, goal_id: int, measurement_id: int) -> Measurement:
    """One of the measurements of a goal of this community, or 404."""
    goal = goal_for(here, goal_id)
    measurements = Measurement.objects.filter(measure__goal=goal).select_related("measure")
    found = measurements.filter(pk=measurement_id).first()
    if found is None:
        raise Http404
    found.measure.goal = goal
    return found


def statement_for(here: Here, statement_id: int) -> Statement:
    """A version of the vision or the agreements of this community, or 404."""
    found = Statement.objects.filter(community=here.community, pk=statement_id)
    statement = found.select_related("written_by__user").first()
    if statement is None:
        raise Http404
    statement.community = here.community
    return statement
