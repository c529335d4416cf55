"""What is kept of the pages of communities goes out of date when a person or a school in them changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from leerkring.communities.models import Community, Membership
from leerkring.people.models import User


def renew_communities_of(user: User) -> None:
    """Something of `user` changed that colleagues see, also where they said something once and left."""
    there = Membership.objects.filter(user=user).values("community")
    touch_all(Community.objects.filter(pk__in=there))


def renew_communities_at(schools: Iterable[int]) -> None:
    """Something of these schools changed that who learns there sees: a name, a building, whom they can learn with."""
    there = Community.schools.through.objects.filter(school__in=schools).values("community")
    touch_all(Community.objects.filter(pk__in=there))


def touch_all(found: QuerySet[Community]) -> None:
    """As `Community.touch`, for several, in one order for everyone: who does so at the same moment waits, and does
    not block."""
    locked = found.order_by("pk").select_for_update(no_key=True)
    ids = list(locked.values_list("pk", flat=True))
    Community.objects.filter(pk__in=ids).update(version=F("version") + 1)


def vanish_each(outdated: QuerySet[Any], place: str, vanish: Callable[[int], None]) -> None:
    """`vanish` for each of `outdated` (a key), each in a transaction of its own. Its community (`place`: the field that
    leads there) is held first, as in every verb; then it is looked at again, as it may have been put back since."""
    for pk, community in list(outdated.values_list("pk", place)):
        with transaction.atomic():
            touch_all(Community.objects.filter(pk=community))
            if outdated.filter(pk=pk).exists():
                vanish(pk)
