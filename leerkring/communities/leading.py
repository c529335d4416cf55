"""Who leads a school, or appraises people there, and what that means for where they take part."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from leerkring import clock
from leerkring.communities.happenings import Role
from leerkring.communities.models import Community, ExceptionalAct, Membership, Notice
from leerkring.communities.renewing import renew_communities_of
from leerkring.network.models import Leadership, School
from leerkring.people.models import User


@transaction.atomic
def appoint(
    user: User,
    school: School,
    *,
    function: Leadership.Function,
    until: date | None,
    by: User,
    at: datetime | None = None,
) -> Leadership:
    """`user` leads `school` or appraises people there, until a day or until it is ended. Whoever takes part in a
    community of this school in a way that its members would now have to agree to, stops."""
    at = at or clock.now()
    leadership = school.appoint(user, function=function, until=until)
    end_memberships_without_consent(user, among=school.shared_communities.all(), at=at)
    Notice.tell("leading.appointed", to=[user], at=at)
    ExceptionalAct.note(ExceptionalAct.Kind.APPOINTED, by=by, at=at, user=user, told=False)
    return leadership


@transaction.atomic
def dismiss(leadership: Leadership, *, by: User, at: datetime | None = None) -> None:
    """Leads or appraises here no longer; nothing else changes."""
    leadership.end()
    leadership.user.show_anew()
    ExceptionalAct.note(
        ExceptionalAct.Kind.APPOINTMENT_ENDED, by=by, at=at or clock.now(), user=leadership.user
    )


@transaction.atomic
def end_memberships_without_consent(user: User, *, among: QuerySet[Community], at: datetime) -> None:
    """`user` now has a function for which the members of `among` would have to agree, and was never asked about:
    wherever they take part in such a way there, it ends; for who keeps the accounts everywhere. They may ask to join
    again. Nobody else is told why."""
    renew_communities_of(user)  # where they go on taking part, everyone reads what they are
    # Also where it is ended: put back, it is as it was.
    present = Membership.objects.not_left().filter(user=user, community__in=among)
    ended = [
        m
        for m in present.select_related("community")
        if user.is_administrator or m.community.asks_everyone(user, Role(m.role))
    ]
    for membership in ended:
        membership.end(at=at)
        hand_over(membership.community, at=at)
    if ended:
        Notice.tell("leading.stepped_out", to=[user], at=at)


def hand_over(community: Community, *, at: datetime) -> bool:
    """Where nobody facilitates any more, the member who is in it longest does, and can choose another. Whether
    anyone facilitates now."""
    present = Membership.objects.not_left().filter(community=community).exclude(user=None)
    if present.filter(role=Role.FACILITATOR).exists():
        return True
    members = present.filter(role=Role.MEMBER, user__is_active=True, user__is_administrator=False)
    leaders = Leadership.objects.current().of(community.schools.all())
    heir = members.exclude(user__in=leaders.values("user")).order_by("joined_at", "pk").first()
    if heir is not None:
        heir.become(Role.FACILITATOR, at=at)
        community.notify("community.handed_over", to=[heir], at=at)
    return heir is not None
