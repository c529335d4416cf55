"""The one switch that every figure passes: is the group large enough to hide in, is there consent of staff, and did
the group agree?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models

from leerkring.communities.happenings import Role
from leerkring.communities.models import Community, Membership
from leerkring.effectiveness.models import Agreement, Answer
from leerkring.network.models import School, StaffConsent

#: In a smaller group every figure is about somebody.
SMALLEST = 3


@dataclass(frozen=True)
class Switch:
    """What is there, and what is missing."""

    community: Community
    agreement: Agreement | None
    #: Schools of the community whose council of staff did not consent, or no longer.
    without_consent: tuple[School, ...]
    #: Who is counted: guests not, who is known by a code from a file only too.
    members: int
    #: Who ever took part with an account, also who left since or was erased.
    accounts: int
    #: Of the community, read before anything that is told of it.
    version: int
    #: How many of its changes were more than talk, read together with that.
    settled: int
    #: The question lies before the group, and the member who looks did not answer it yet.
    is_asked: bool

    @property
    def is_on(self) -> bool:
        return self.is_large_enough and not self.without_consent and self.is_agreed

    @property
    def is_large_enough(self) -> bool:
        # Who brought in a file is no member of what is told about it.
        return self.members - (self.accounts if self.is_of_a_file else 0) >= SMALLEST

    @property
    def is_of_a_file(self) -> bool:
        """Codes from a file, which nobody looks at yet but who brought it in: no group at work."""
        return self.accounts < 2 and self.members > self.accounts

    @property
    def is_agreed(self) -> bool:
        return self.agreement is not None and self.agreement.agreed_at is not None

    @cached_property
    def schools(self) -> list[School]:
        """Every school whose consent is needed."""
        return list(_schools(self.community))

    def answer_of(self, member: Membership) -> Answer | None:
        return Answer.objects.filter(agreement=self.agreement, member=member).first()


class CountingOff(Exception):
    """Nothing is counted here now."""

    def __init__(self, switch: Switch) -> None:
        super().__init__(switch.community.pk)
        self.switch = switch


def switch_of(community: Community, reader: Membership | None = None) -> Switch:
    """As it stands now; `reader`: whether this member was asked."""
    consented = StaffConsent.objects.standing().values("school")
    missing = _schools(community).exclude(pk__in=consented)
    found = Agreement.objects.filter(community=community).annotate(
        version=models.F("community__version"),
        settled=models.F("community__version") - models.F("community__talked"),
        lacks_consent=models.Exists(missing),
        answered=models.Exists(Answer.objects.filter(agreement=models.OuterRef("pk"), member=reader)),
        **_counted("community"),
    )
    agreement = found.first()
    anyhow = Community.objects.annotate(settled=models.F("version") - models.F("talked"), **_counted("pk"))
    numbers: Any = agreement or anyhow.get(pk=community.pk)
    return Switch(
        community,
        agreement,
        # Most often there is an agreement, because all consented: that is known already.
        () if agreement and not numbers.lacks_consent else tuple(missing),
        numbers.members or 0,
        numbers.accounts or 0,
        numbers.version,
        numbers.settled,
        is_asked=bool(agreement and reader and not numbers.answered),
    )


def _counted(community: str) -> dict[str, models.Subquery]:
    """How many people are counted, and how many of these have an account; `community` names its id in a row."""
    here = {"community": models.OuterRef(community)}
    people = Membership.objects.not_left().filter(**here).exclude(role=Role.GUEST)
    ever = Membership.objects.filter(**here).exclude(user=None, erased_at=None).exclude(role=Role.GUEST)
    return {name: _number(found) for name, found in (("members", people), ("accounts", ever))}


def _number(found: models.QuerySet[Membership]) -> models.Subquery:
    return models.Subquery(found.order_by().values("community").annotate(n=models.Count("pk")).values("n"))


def _schools(community: Community) -> models.QuerySet[School]:
    taking_part = community.schools.through.objects.filter(community=community).values("school")
    return School.objects.filter(models.Q(pk__in=taking_part) | models.Q(pk=community.school_id))
