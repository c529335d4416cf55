"""Nightly work of goals; and what is done again after a restore."""

from __future__ import annotations

from datetime import time

from django.db import transaction

from leerkring import clock
from leerkring.communities.models import Community
from leerkring.goals.measuring import remove
from leerkring.goals.models import Goal, Measurement, Statement
from leerkring.goals.outcomes import forget_results
from leerkring.goals.vanishing import settle_without
from leerkring.jobs.queue import daily
from leerkring.jobs.run import Run
from leerkring.jobs.vanished import vanishes


@daily("goals.settle", at=time(5, 10))
def settle(run: Run) -> None:
    """Nobody waits for who is away: perhaps only their yes was missing."""
    asked = Goal.objects.filter(state=Goal.State.ASKED).values("community")
    written = Statement.objects.filter(endorsed_at=None).values("community")
    for pk in sorted({row["community"] for row in (*asked, *written)}):
        with transaction.atomic():
            community = Community.objects.filter(pk=pk, ended_at=None).first()
            if community:
                community.touch()
                settle_without(community, clock.now())


@daily("goals.look_again", at=time(5, 15))
def look_again(run: Run) -> None:
    """The day has come that was chosen to see whether it is still done this way. Each goal is told of once."""
    due = Goal.objects.to_look_at().filter(reminded_at=None, community__ended_at=None)
    for pk, community in due.values_list("pk", "community"):
        with transaction.atomic():
            Community.objects.get(pk=community).touch()
            goal = due.filter(pk=pk).select_related("community").first()  # perhaps a colleague just looked
            if goal:
                goal.remind(at=clock.now())


@vanishes("pupil_results")
def results_again(reference: str) -> None:
    forget_results(int(reference))


@vanishes("measurement")
def measurement_again(reference: str) -> None:
    for measurement in Measurement.objects.filter(pk=int(reference)).select_related("measure"):
        remove(measurement)
