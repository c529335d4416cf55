"""Ending a community: put back for a month, and then gone with all that was in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.happenings import Role
from leerkring.communities.holding import hold_first
from leerkring.communities.models import Community, Door, Link, Membership, Notice
from leerkring.jobs.vanished import note_vanished
from leerkring.people.models import User
from leerkring.ui.refusal import Refused

#: How long what was taken away can be put back.
KEPT_FOR = timedelta(days=30)

Clear = Callable[[Community], None]
#: What each room does with its things when a community goes for good; the rooms at the top first.
_rooms: dict[str, Clear] = {}


def register(room: str, clear: Clear) -> None:
    if room in _rooms:
        raise ValueError(f"{room} is cleared twice")
    _rooms[room] = clear


def _lead(community: Community, by: User) -> None:
    led = Membership.objects.not_left().filter(community=community, user=by, role=Role.FACILITATOR)
    if not led.exists():
        raise Refused(_("Dit doet een procesbegeleider van de groep."))


@transaction.atomic
def end(community: Community, *, by: User, at: datetime | None = None) -> None:
    """Nobody comes in any more."""
    _lead(community, by)
    if not shut(community, at=at or clock.now()):
        raise Refused(_("Deze leergemeenschap was al beëindigd."))


@transaction.atomic
def shut(community: Community, *, at: datetime) -> bool:
    """As `end`, whoever does it. What asks all members does not go on, and the door is closed: put back, neither
    is open. False when it was ended already."""
    community.touch()
    if not Community.objects.filter(pk=community.pk, ended_at=None).exists():
        return False
    for admission in community.admissions.open().select_related("user"):
        admission.community = community
        admission.break_off(at=at)
    Door.objects.filter(community=community).delete()
    Community.objects.filter(pk=community.pk).update(ended_at=at)
    _changed(community)
    return True


@transaction.atomic
def put_back(community: Community, *, by: User) -> None:
    """Everything is as it was."""
    _lead(community, by)
    if not Community.objects.filter(pk=community.pk).exclude(ended_at=None).update(ended_at=None):
        raise Refused(_("Deze leergemeenschap is al teruggezet."))
    _changed(community)


def _changed(community: Community) -> None:
    community.touch()
    people = Membership.objects.filter(community=community).exclude(user=None)
    Notice.count_unread(people.values_list("user", flat=True))  # what is ended tells nothing


def ended_for(user: User) -> QuerySet[Membership]:
    """The ended communities of `user` that are still there."""
    return (
        Membership.objects.not_left()
        .filter(user=user)
        .exclude(community__ended_at=None)
        .select_related("community__school")
        .order_by("community__name", "community_id")
    )


@transaction.atomic
def vanish(community: Community) -> None:
    """Gone with all that was in it; a restored backup does not bring it back."""
    for clear in reversed(_rooms.values()):
        clear(community)
    note_vanished("community", community.pk)
    community.delete()


def vanish_outdated() -> None:
    outdated = Community.objects.filter(ended_at__lt=clock.now() - KEPT_FOR)
    for pk in list(outdated.values_list("pk", flat=True)):
        with transaction.atomic():
            hold_first(outdated.filter(pk=pk))
            # Looked at again, and held: it may have been put back since the list was read.
            community = outdated.select_for_update().filter(pk=pk).first()
            if community:
                vanish(community)


def drop_links(kind: str, ids: set[int]) -> None:
    """The threads that begin or end at things that are gone."""
    Link.objects.filter(from_kind=kind, from_id__in=ids).delete()
    Link.objects.filter(to_kind=kind, to_id__in=ids).delete()
