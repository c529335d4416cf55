"""Nightly work of try-outs; and what is done again after a restore."""

from __future__ import annotations

from datetime import time

from django.db import transaction

from leerkring import clock
from leerkring.communities.models import Community
from leerkring.jobs.queue import daily
from leerkring.jobs.run import Run
from leerkring.jobs.vanished import vanishes
from leerkring.network.schooldays import SchoolDays
from leerkring.people.models import Away
from leerkring.practice.models import Tryout
from leerkring.practice.tryout_vanishing import vanish_outdated, vanish_tryout


@daily("practice.vanish_tryouts", at=time(3, 50))
def vanish(run: Run) -> None:
    """What was taken away a month ago goes for good."""
    vanish_outdated()


@daily("practice.ask_tryouts", at=time(5, 25))
def ask(run: Run) -> None:
    """How did it go? The morning after its day, on a school day and once; who is away is asked when they are back."""
    away = Away.objects.on(clock.today()).values("user")
    due = Tryout.objects.due().filter(
        reminded_at=None, on__lt=clock.today(), community__ended_at=None, owner__left_at=None
    )
    waiting = due.exclude(owner__user__in=away)
    for pk, community in list(waiting.values_list("pk", "community")):
        with transaction.atomic():
            place = Community.objects.select_related("school").get(pk=community)
            if clock.today() not in SchoolDays([place.school.holidays.values_list("first_day", "last_day")]):
                continue
            place.touch()
            # Perhaps it was told a moment ago.
            tryout = due.filter(pk=pk).select_related("community", "owner__user").first()
            if tryout:
                tryout.remind(at=clock.now())


@vanishes("tryout")
def tryout_again(reference: str) -> None:
    vanish_tryout(int(reference))
