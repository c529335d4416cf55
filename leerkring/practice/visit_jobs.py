"""What is asked after a visit, once; and what goes."""

from __future__ import annotations

from datetime import time

from django.db import transaction

from leerkring import clock
from leerkring.communities.models import Community
from leerkring.jobs.queue import daily
from leerkring.jobs.run import Run
from leerkring.network.schooldays import SchoolDays
from leerkring.people.models import Away
from leerkring.practice.models import Intention, Visit
from leerkring.practice.visit_vanishing import vanish_outdated


@daily("practice.ask", at=time(5, 25))
def ask(run: Run) -> None:
    """The morning after, on a school day: did it go on? And after the day that somebody chose: how did it go? Who is
    away is asked when they are back."""
    _ask_of_visits()
    _ask_of_intentions()


def _ask_of_visits() -> None:
    waiting = Visit.objects.waiting().filter(reminded_at=None, community__ended_at=None)
    for pk, community in list(waiting.values_list("pk", "community")):
        with transaction.atomic():
            if not _is_school_day(community):
                continue
            visit = waiting.filter(pk=pk).select_related("community", "host__user").first()
            if visit and visit.starts_at.astimezone(clock.AMSTERDAM).date() < clock.today():
                visit.remind(at=clock.now())


def _ask_of_intentions() -> None:
    away = Away.objects.on(clock.today()).values("user")
    due = Intention.objects.due().filter(
        reminded_at=None, on__lt=clock.today(), visit__community__ended_at=None, member__left_at=None
    )
    waiting = due.exclude(member__user__in=away)
    for pk, community in list(waiting.values_list("pk", "visit__community")):
        with transaction.atomic():
            if not _is_school_day(community):
                continue
            # Perhaps it was told a moment ago.
            intention = due.filter(pk=pk).select_related("visit__community", "member__user").first()
            if intention:
                intention.remind(at=clock.now())


def _is_school_day(community: int) -> bool:
    """Whether people are asked something there today; then its row is locked."""
    place = Community.objects.select_related("school").get(pk=community)
    if clock.today() not in SchoolDays([place.school.holidays.values_list("first_day", "last_day")]):
        return False
    place.touch()
    return True


@daily("practice.vanish", at=time(3, 50))
def vanish(run: Run) -> None:
    """What was long ago goes for good."""
    vanish_outdated()
