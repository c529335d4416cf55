"""The only way to a community and its members. What may not be seen does not exist: 404."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import get_language

from leerkring import __version__, clock
from leerkring.communities.happenings import Role
from leerkring.communities.models import Community, Membership, MembershipSet
from leerkring.network.models import School
from leerkring.people import photos
from leerkring.people.models import User

#: see: everyone in it, guests too · mirror: not guests · lead: facilitators
Purpose = Literal["see", "mirror", "lead"]


@dataclass(frozen=True)
class Here:
    """Someone in a community: what a view is given instead of an id."""

    user: User
    community: Community
    membership: Membership

    @property
    def may_lead(self) -> bool:
        return self.membership.may_lead

    @property
    def may_see_mirror(self) -> bool:
        return self.membership.may_see_mirror

    @property
    def state(self) -> str:
        """What anything drawn of this community depends on, apart from the reader: fragments are cached by it."""
        community = self.community
        return ".".join(
            map(
                str,
                (
                    __version__,
                    community.pk,
                    community.version,
                    community.school.calendar_version,
                    get_language(),
                    clock.today(),
                ),
            )
        )


def memberships_for(user: User) -> MembershipSet:
    """The communities `user` is in now, with school."""
    return (
        Membership.objects.current()
        .filter(user=user)
        .select_related("community__school")
        .order_by("community__name", "community_id")
    )


def led_schools(user: User) -> QuerySet[School]:
    """Schools where `user` facilitates a community now."""
    led = memberships_for(user).filter(role=Role.FACILITATOR)
    return School.objects.filter(pk__in=led.order_by().values("community__school"))


def here(user: User, community_id: int, to: Purpose = "see") -> Here:
    """`user` in the community `community_id`, or 404 when they may not do `to` there."""
    membership = memberships_for(user).filter(_may(to), community_id=community_id).first()
    if membership is None:
        raise Http404
    return Here(user, membership.community, membership)


def member_for(place: Here, membership_id: int) -> Membership:
    """Another current member of the same community, or 404."""
    member = Membership.objects.people().filter(community=place.community, pk=membership_id).first()
    if member is None:
        raise Http404
    member.community = place.community
    return member


def portrait_for(viewer: User, name: str, size: int) -> str:
    """Where the photo `name` is kept, or 404 when `viewer` is in no community with who is on it."""
    shared = memberships_for(viewer).order_by().values("community")
    people = Membership.objects.current().filter(community__in=shared).values("user")
    seen = User.objects.filter(Q(pk=viewer.pk) | Q(pk__in=people), photo=name)
    if size not in photos.SIZES or not seen.exists():
        raise Http404
    return photos.path(name, size)


def _may(to: Purpose) -> Q:
    if to == "lead":
        return Q(role=Role.FACILITATOR)
    if to == "mirror":
        return ~Q(role=Role.GUEST)
    return Q()
