"""The only way to a community and its members. What may not be seen does not exist: 404."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Lower
from django.http import Http404
from django.utils.translation import get_language

from leerkring import __version__, clock
from leerkring.communities.happenings import Role
from leerkring.communities.models import Admission, Community, Invitation, Membership, MembershipSet
from leerkring.network.access import administrator
from leerkring.network.models import Board, Leadership, School
from leerkring.network.words import SectorWords, words_of
from leerkring.people import photos
from leerkring.people.models import User

#: see: everyone in it, guests too · mirror, decide: not guests · lead: facilitators
Purpose = Literal["see", "mirror", "decide", "lead"]


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
    def may_decide(self) -> bool:
        """Has a say in what the community wants, and may write it down."""
        return _may(self.membership, "decide")

    @cached_property
    def schools(self) -> list[School]:
        """Every school that takes part, the one whose calendar counts first."""
        home = self.community.school
        return sorted(self.community.schools.all(), key=lambda school: school != home)

    @property
    def is_alone(self) -> bool:
        """Nobody else takes part yet."""
        others = Membership.objects.current().filter(community=self.community)
        return not others.exclude(pk=self.membership.pk).exists()

    @property
    def words(self) -> SectorWords:
        """What this reader calls teachers, groups and pupils: as in the own school, else as in the home school."""
        return words_of((self.membership.school or self.community.school).sector)

    @property
    def state(self) -> str:
        """What anything drawn of this community depends on, apart from the reader: fragments are cached by it."""
        return f"{self.ground}.{self.community.pk}.{self.community.version}"

    @property
    def own_state(self) -> str:
        """With what is the reader's own; a page's tag depends on no more than this, the role and the session."""
        return f"{self.state}.{self.membership.pk}.{self.user.version}"

    @property
    def settled(self) -> str:
        """As `state`, of what does not change when people talk."""
        return f"{self.ground}.{self.community.pk}.{self.community.version - self.community.talked}"

    @property
    def own_settled(self) -> str:
        """As `own_state`, of what does not change when people talk."""
        return f"{self.settled}.{self.membership.pk}.{self.user.version}"

    @cached_property
    def ground(self) -> str:
        """What a fragment depends on that has a version of its own: the community as a whole may have changed."""
        calendar = self.community.school.calendar_version
        return f"{__version__}.{calendar}.{self.words.sector}.{get_language()}.{clock.today()}"


def memberships_for(user: User) -> MembershipSet:
    """The communities `user` is in now, with school."""
    return (
        Membership.objects.current()
        .filter(user=user)
        .select_related("community__school", "school")
        .order_by("community__name", "community_id")
    )


def led_schools(user: User) -> QuerySet[School]:
    """Schools where `user` facilitates a community now."""
    led = memberships_for(user).filter(role=Role.FACILITATOR)
    return School.objects.filter(pk__in=led.order_by().values("community__school"))


def own_schools(user: User) -> QuerySet[School]:
    """Schools where `user`, who facilitates, may found another community: where they work or facilitate now."""
    takes_part = memberships_for(user).exclude(role=Role.GUEST).order_by()
    led = takes_part.filter(role=Role.FACILITATOR)
    if not led.exists():
        return School.objects.none()
    return School.objects.filter(
        Q(pk__in=takes_part.values("school")) | Q(pk__in=led.values("community__school"))
    )


def schools_beside(schools: QuerySet[School]) -> QuerySet[School]:
    """Those, and the schools that share a board or a network with one of them: what may take part together."""
    known = schools.order_by().values("pk")
    return School.objects.filter(
        Q(pk__in=known)
        | Q(board__in=Board.objects.filter(schools__in=known))
        | Q(pk__in=School.objects.filter(networks__schools__in=known).order_by().values("pk"))
    )


def here(user: User, community_id: int, to: Purpose = "see") -> Here:
    """`user` in the community `community_id`, or 404 when they may not do `to` there."""
    # Every page of a community begins here, also one that has not changed: by the two ids that are unique
    # together, and the rules below, because a condition takes longer to put into SQL than to look at.
    found = Membership.objects.select_related("community__school", "school")
    try:
        membership = found.get(user=user, community=community_id)
    except Membership.DoesNotExist:
        raise Http404 from None
    ended = membership.community.ended_at is not None
    if ended or not (membership.is_current and _may(membership, to)):
        raise Http404
    return Here(user, membership.community, membership)


def member_for(place: Here, membership_id: int) -> Membership:
    """Another current member of the same community, or 404."""
    member = Membership.objects.people().filter(community=place.community, pk=membership_id).first()
    if member is None:
        raise Http404
    member.community = place.community
    return member


def invitation_for(place: Here, invitation_id: int) -> Invitation:
    """An open invitation of the same community, or 404."""
    found = Invitation.objects.open().filter(community=place.community, pk=invitation_id)
    invitation = found.select_related("by__user").first()
    if invitation is None:
        raise Http404
    invitation.community = place.community
    return invitation


def admission_for(place: Here, admission_id: int) -> Admission:
    """A question to all members here, or 404: guests are not asked, nor is who it is about."""
    found = Admission.objects.filter(community=place.community, pk=admission_id).exclude(user=place.user)
    admission = found.select_related("user").first()
    if admission is None or place.membership.role == Role.GUEST:
        raise Http404
    admission.community = place.community
    return admission


def own_admission_for(user: User, admission_id: int) -> Admission:
    """What `user` asked, or 404."""
    admission = Admission.objects.filter(user=user, pk=admission_id).select_related("community").first()
    if admission is None:
        raise Http404
    return admission


def accounts_for(user: User) -> QuerySet[User]:
    """Everyone with an account, with what they do at schools: for the administrator."""
    administrator(user)
    functions = Leadership.objects.current().select_related("school").order_by("school__name", "pk")
    return User.objects.order_by(Lower("name"), "pk").prefetch_related(
        Prefetch("leaderships", queryset=functions, to_attr="functions")
    )


def account_for(user: User, user_id: int) -> User:
    """One of those, or 404."""
    account = accounts_for(user).filter(pk=user_id).first()
    if account is None:
        raise Http404
    return account


def portrait_for(viewer: User, name: str, size: int) -> str:
    """Where the photo `name` is kept, or 404 when `viewer` is in no community with who is on it."""
    shared = memberships_for(viewer).order_by().values("community")
    people = Membership.objects.current().filter(community__in=shared).values("user")
    seen = User.objects.filter(Q(pk=viewer.pk) | Q(pk__in=people), photo=name)
    if size not in photos.SIZES or not seen.exists():
        raise Http404
    return photos.path(name, size)


def _may(membership: Membership, to: Purpose) -> bool:
    may = {
        "see": True,
        "mirror": membership.may_see_mirror,
        "decide": membership.role != Role.GUEST,
        "lead": membership.may_lead,
    }
    return may[to]
