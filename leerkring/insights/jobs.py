"""Nightly work of insights; and what is done again after a restore."""

from __future__ import annotations

from datetime import time

from django.db import transaction

from leerkring import clock
from leerkring.communities.models import Community
from leerkring.insights.models import Trying
from leerkring.insights.models.insight import NAME_OFF
from leerkring.insights.vanishing import take_name_off, vanish_insight, vanish_limit, vanish_outdated
from leerkring.jobs.queue import daily
from leerkring.jobs.run import Run
from leerkring.jobs.vanished import vanishes
from leerkring.network.schooldays import SchoolDays
from leerkring.people.models import Away


@daily("insights.vanish", at=time(3, 45))
def vanish(run: Run) -> None:
    """What was taken away a month ago goes for good."""
    vanish_outdated()


@daily("insights.ask", at=time(5, 20))
def ask(run: Run) -> None:
    """How did it go? The morning after the day that somebody chose, on a school day and once; who is away is asked
    when they are back."""
    away = Away.objects.on(clock.today()).values("user")
    due = Trying.objects.due().filter(
        reminded_at=None, on__lt=clock.today(), insight__community__ended_at=None, member__left_at=None
    )
    waiting = due.exclude(member__user__in=away)
    for pk, community in list(waiting.values_list("pk", "insight__community")):
        with transaction.atomic():
            place = Community.objects.select_related("school").get(pk=community)
            if clock.today() not in SchoolDays([place.school.holidays.values_list("first_day", "last_day")]):
                continue
            place.touch()
            # Perhaps it was told a moment ago.
            trying = due.filter(pk=pk).select_related("insight__community", "member__user").first()
            if trying:
                trying.remind(at=clock.now())


@vanishes("insight")
def insight_again(reference: str) -> None:
    vanish_insight(int(reference))


@vanishes("insight_limit")
def limit_again(reference: str) -> None:
    vanish_limit(int(reference))


@vanishes(NAME_OFF)
def name_off_again(reference: str) -> None:
    insight, member = reference.split(":")
    take_name_off(int(insight), int(member))
