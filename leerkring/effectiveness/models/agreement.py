"""What a community agreed on: can everyone go on with what is counted here, and what is not?"""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.happenings import Role
from leerkring.communities.models import Community, Membership, MembershipSet
from leerkring.ui.refusal import Refused


def voters(community: Community) -> MembershipSet:
    """Who answers: everyone with an account, guests not. Also while the group is ended, for it may come back."""
    return Membership.objects.not_left().filter(community=community).voters()


class Agreement(models.Model):
    """The question as it was last put to the group. The figures are on from the moment at which all who were there
    could go on with it, until one of them, or of who came later, objects."""

    community = models.OneToOneField(Community, models.CASCADE, related_name="+")
    put_by = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="+")
    put_at = models.DateTimeField()
    #: None: not everyone answered yet, or someone objects.
    agreed_at = models.DateTimeField(null=True, blank=True)
    #: Someone objects; it stays so when they leave or are erased, for else it would show whose it was.
    is_objected_to = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(agreed_at=None) | models.Q(is_objected_to=False),
                name="effectiveness_no_agreement_over_an_objection",
            )
        ]

    def __str__(self) -> str:
        return f"{self.community} {self.put_at:%Y-%m-%d}"

    @classmethod
    @transaction.atomic
    def put(cls, *, by: Membership, at: datetime | None = None) -> Agreement:
        """A facilitator asks everyone, anew when there was an objection: what was answered before is gone."""
        at = at or clock.now()
        if not by.may_lead:
            raise Refused(_("Dit legt een procesbegeleider de groep voor."))
        by.community.touch()  # who answers at the same moment waits here
        if cls.objects.filter(community=by.community).exclude(agreed_at=None).exists():
            raise Refused(_("De groep is het hier al over eens."))
        cls.objects.filter(community=by.community).delete()
        agreement = cls.objects.create(community=by.community, put_by=by, put_at=at)
        by.community.notify(
            "counting.asked",
            to=voters(by.community).select_related("user"),
            by=by,
            thing=("counting", by.community_id),
            at=at,
        )
        return agreement

    @transaction.atomic
    def answer(self, *, by: Membership, agrees: bool, at: datetime | None = None) -> None:
        """`by` can go on with it, or objects: privately, and to be changed at any time. No moment is kept."""
        if by.role == Role.GUEST or by.community_id != self.community_id:
            raise Refused(_("Hierover gaan de leden van de groep."))
        by.community.touch()  # two who answer at once wait for each other here, and the last one counts both
        standing = Agreement.objects.filter(pk=self.pk).first()
        if standing is None:
            raise Refused(_("De vraag is intussen opnieuw voorgelegd. Lees hem nog eens en antwoord dan."))
        Answer.objects.update_or_create(agreement=self, member=by, defaults={"agrees": agrees})
        self.is_objected_to = Answer.objects.filter(agreement=self, agrees=False).exists()
        self.agreed_at = None if self.is_objected_to else standing.agreed_at
        self.save(update_fields=["agreed_at", "is_objected_to"])
        self.settle(at=at or clock.now())

    def settle(self, *, at: datetime) -> None:
        """It is agreed on when all who are there now can go on with it. Also when who did not answer leaves; the
        community's row is locked then."""
        if self.is_objected_to or self.agreed_at:
            return
        there = voters(self.community)
        missing = there.exclude(pk__in=Answer.objects.filter(agreement=self).values("member"))
        if there.exists() and not missing.exists():
            self.agreed_at = at
            self.save(update_fields=["agreed_at"])


def settle_without(community: Community, at: datetime) -> None:
    """Someone has no say in `community` any more; perhaps only their answer was missing."""
    for agreement in Agreement.objects.filter(community=community):
        agreement.settle(at=at)


class Answer(models.Model):
    """What one member said of it. Nobody but that member reads it."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="answers")
    member = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    agrees = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "member"], name="effectiveness_answer_once")
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}"
