"""Who has a say in what a community agrees on."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext as _

from leerkring import clock
from leerkring.communities.models import Community, Membership, MembershipSet
from leerkring.network.models import Leadership
from leerkring.people.models import Away
from leerkring.ui.refusal import Refused


def who_decide(community: Community) -> MembershipSet:
    """Everyone with an account, guests not, and nobody waits for who is away."""
    away = Away.objects.on(clock.today()).values("user")
    return Membership.objects.current().filter(community=community).voters().exclude(user__in=away)


def has_a_say(member: Membership) -> bool:
    return who_decide(member.community).filter(pk=member.pk).exists()


def refuse_without_say(member: Membership) -> None:
    """Raises Refused when it is not for `member` to say yes here, with why."""
    if has_a_say(member):
        return
    if Away.objects.on(clock.today()).filter(user=member.user_id).exists():
        raise Refused(_("Je staat op afwezig: de groep wacht nu niet op jou. Zeg eerst dat je er weer bent."))
    raise Refused(_("Hierover gaan de leden van de groep."))


def leading_here(member: Membership) -> models.QuerySet[Leadership]:
    """What `member` leads, or whom they appraise, at a school here: who does so is not told how many did not say
    yes yet."""
    leading = Leadership.objects.current().filter(user=member.user_id)
    return leading.filter(school__shared_communities=member.community_id)
