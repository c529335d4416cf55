"""Who said that they would do something on a day is asked once how it went, the morning after it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from leerkring import clock
from leerkring.communities.models import Community
from leerkring.network.schooldays import SchoolDays
from leerkring.people.models import Away


def ask_once(due: QuerySet[Any], *, place: str, who: str) -> None:
    """`remind` each of `due` of which the day (`on`) is over, on a school day and once (`reminded_at`); who is away is
    asked when they are back, and who left is not. `place` and `who` are the fields that lead to its community and to
    the member."""
    today = clock.today()
    away = Away.objects.on(today).values("user")
    said = {"reminded_at": None, "on__lt": today, f"{place}__ended_at": None, f"{who}__left_at": None}
    waiting = due.filter(**said).exclude(**{f"{who}__user__in": away})
    remind_each(waiting, place=place, known=(f"{who}__user",))


def remind_each(waiting: QuerySet[Any], *, place: str, known: Collection[str] = ()) -> None:
    """`remind` each of these, as far as today is a school day of its community. `known`: what it reads of others."""
    for pk, community in list(waiting.values_list("pk", place)):
        with transaction.atomic():
            held = Community.objects.select_related("school").get(pk=community)
            if clock.today() not in SchoolDays([held.school.holidays.values_list("first_day", "last_day")]):
                continue
            held.touch()
            # Perhaps it was told a moment ago.
            if one := waiting.filter(pk=pk).select_related(place, *known).first():
                one.remind(at=clock.now())
