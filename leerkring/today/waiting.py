"""What waits in each of someone's communities, in a few words: never how many people, never one beside another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from leerkring.communities.access import Here
from leerkring.communities.models import Admission, Invitation, Membership
from leerkring.goals.models import Goal
from leerkring.knowledge.models import Conversation
from leerkring.meetings.models import Meeting
from leerkring.people.models import User

#: Of a community so many questions are named; the rest stands on its own Vandaag.
MOST = 3


@dataclass(frozen=True)
class Waiting:
    """One thing, and where it is done."""

    says: str
    address: str


class Waits:
    """What waits in several communities: read for all at once, and only when a fragment of one is not kept."""

    def __init__(self, memberships: Sequence[Membership]) -> None:
        self.memberships = memberships

    @cached_property
    def by_community(self) -> Mapping[int, Sequence[Waiting]]:
        return what_waits(self.memberships)

    @cached_property
    def meetings(self) -> Mapping[int, Meeting]:
        """The next one, by community."""
        communities = [membership.community_id for membership in self.memberships]
        found = Meeting.objects.next_ones().first_of_each(communities)
        return {meeting.community_id: meeting for meeting in found}


@dataclass(frozen=True)
class Group:
    """One of someone's communities."""

    here: Here
    all: Waits

    @property
    def waits(self) -> Sequence[Waiting]:
        return self.all.by_community[self.here.community.pk]

    @property
    def meeting(self) -> Meeting | None:
        """The next one."""
        return self.all.meetings.get(self.here.community.pk)


def groups_of(user: User, memberships: Sequence[Membership]) -> list[Group]:
    waits = Waits(memberships)
    return [Group(Here(user, membership.community, membership), waits) for membership in memberships]


def what_waits(memberships: Sequence[Membership]) -> dict[int, list[Waiting]]:
    """By community: who asks to come in, goals that ask for a yes, questions nobody answered, invitations that nobody
    took up. The number of queries does not depend on the number of communities."""
    waits: dict[int, list[Waiting]] = {membership.community_id: [] for membership in memberships}
    for admission in Admission.objects.waiting_for_any(memberships):
        says = _("%(name)s vraagt om mee te doen. Geef antwoord.") % {"name": admission.user}
        address = reverse("communities:admission", args=[admission.community_id, admission.pk])
        waits[admission.community_id].append(Waiting(says, address))
    for goal in Goal.objects.asking(memberships):
        says = _("Kun je verder met dit doel? %(title)s") % {"title": goal.title}
        address = reverse("goals:goal", args=[goal.community_id, goal.pk])
        waits[goal.community_id].append(Waiting(says, address))
    _questions(memberships, waits)
    _invitations(memberships, waits)
    return waits


def _questions(memberships: Iterable[Membership], waits: dict[int, list[Waiting]]) -> None:
    for question in Conversation.objects.waiting_for_each(memberships, most=MOST):
        says = _("Nog geen antwoord: %(title)s") % {"title": question.title}
        address = reverse("knowledge:conversation", args=[question.community_id, question.pk])
        waits[question.community_id].append(Waiting(says, address))


def _invitations(memberships: Iterable[Membership], waits: dict[int, list[Waiting]]) -> None:
    led = [membership.community_id for membership in memberships if membership.may_lead]
    asked = Invitation.objects.open().filter(community__in=led).order_by("community")
    for community in asked.values_list("community", flat=True).distinct():
        says = _("Er staan nog uitnodigingen open.")
        waits[community].append(Waiting(says, reverse("communities:invitations", args=[community])))
