"""Who has a say in what a community agrees on."""

from __future__ import annotations

from django.db import models

from leerkring import clock
from leerkring.communities.models import Community, Membership, MembershipSet
from leerkring.network.models import Leadership
from leerkring.people.models import Away


def who_decide(community: Community) -> MembershipSet:
    """Everyone with an account, guests not, and nobody waits for who is away."""
    away = Away.objects.on(clock.today()).values("user")
    return Membership.objects.current().filter(community=community).voters().exclude(user__in=away)


def leading_here(member: Membership) -> models.QuerySet[Leadership]:
    """What `member` leads, or whom they appraise, at a school here: who does so is not told how many did not say
    yes yet."""
    leading = Leadership.objects.current().filter(user=member.user_id)
    return leading.filter(school__shared_communities=member.community_id)
