"""Being away, as the communities of someone know it: it began, it is over. Why, nobody knows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet

from leerkring import clock
from leerkring.communities.access import memberships_for
from leerkring.communities.happenings import MemberAway, MemberBack
from leerkring.communities.models import Community, Membership
from leerkring.people.models import Away, User


@transaction.atomic
def note_away(user: User, *, at: datetime) -> None:
    """In the log of every community of `user`: away from `at` on, and so counted out."""
    for membership in memberships_for(user).order_by("community_id"):
        moment = max(at, membership.joined_at)
        membership.community.record(MemberAway(actor=membership.as_actor), at=moment)


@transaction.atomic
def note_back(user: User, *, at: datetime) -> None:
    """In the log of every community of `user`: there again from `at` on."""
    for membership in memberships_for(user).order_by("community_id"):
        moment = max(at, membership.joined_at)
        membership.community.record(MemberBack(actor=membership.as_actor), at=moment)


def touch_all(found: QuerySet[Community]) -> None:
    """As `Community.touch`, for several, in one order for everyone: who does so at the same moment waits, and does
    not block."""
    locked = found.order_by("pk").select_for_update(no_key=True)
    ids = list(locked.values_list("pk", flat=True))
    Community.objects.filter(pk__in=ids).update(version=F("version") + 1)


def renew_communities_of(user: User) -> None:
    """What is kept of the pages of every community of `user` is out of date."""
    there = Membership.objects.current().filter(user=user).values("community")
    touch_all(Community.objects.filter(pk__in=there))


def with_away(members: Iterable[Membership]) -> list[Membership]:
    """The same members, each knowing whether they are away today: one query for all."""
    found = list(members)
    away = {
        each.user_id: each
        for each in Away.objects.on(clock.today()).filter(user__in=[m.user_id for m in found])
    }
    for member in found:
        member.away = away.get(member.user_id) if member.user_id else None
    return found
