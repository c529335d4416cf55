"""Founding a community, for oneself or for another who will facilitate it; and changing what it says of itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.accounts import account_of
from leerkring.communities.models import Community, ExceptionalAct, Membership, Notice
from leerkring.network.models import Leadership, Network, School
from leerkring.people.models import User
from leerkring.ui.refusal import Refused


@transaction.atomic
def open_for(
    *,
    email: str,
    person: str,
    school: School,
    name: str,
    aim: str,
    schools: Iterable[School],
    network: Network | None,
    by: User,
    at: datetime | None = None,
) -> tuple[Community, User]:
    """A community with whoever has the address `email` as its facilitator. Who opens it is not in it and sees
    nothing of it; those who are can read that it was opened for them, and by whom."""
    at = at or clock.now()
    facilitator = account_of(email, person)
    community = Community.found(
        school=school, name=name, aim=aim, schools=schools, network=network, by=facilitator, at=at
    )
    ExceptionalAct.note(ExceptionalAct.Kind.COMMUNITY_OPENED, by=by, at=at, community=community, told=False)
    Notice.tell("community.opened", to=[facilitator], community=community, at=at)
    return community, facilitator


@transaction.atomic
def revise(
    community: Community, *, name: str, aim: str, schools: Iterable[School], network: Network | None
) -> None:
    """Another name, aim, network or other schools beside the home school, which stays: its calendar is what all
    that was counted so far was counted by."""
    before = set(community.schools.all())
    after = {community.school, *schools}
    _nobody_left_behind(community, before - after)
    _nobody_leads(community, after - before)
    community.name, community.aim, community.network = name, aim, network
    community.full_clean()
    community.save(update_fields=["name", "aim", "network"])
    community.schools.set(after)
    community.touch()


def _nobody_left_behind(community: Community, gone: set[School]) -> None:
    there = Membership.objects.current().filter(community=community, school__in=gone)
    if one := there.select_related("school").first():
        raise Refused(
            _("Er doen nog mensen van %(school)s mee. Geef hun eerst een andere school.")
            % {"school": one.school}
        )


def _nobody_leads(community: Community, new: set[School]) -> None:
    """A school comes in: who leads there and is here already would read along without having been asked about."""
    here = Membership.objects.current().filter(community=community).exclude(user=None)
    leads = Leadership.objects.current().of(new).filter(user__in=here.values("user"))
    if one := leads.select_related("school", "user").first():
        raise Refused(
            _("%(name)s leidt of beoordeelt bij %(school)s en doet hier mee. Die school kan er nu niet bij.")
            % {"name": one.user.name, "school": one.school.name}
        )
