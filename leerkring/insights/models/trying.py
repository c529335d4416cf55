"""Somebody who would try an insight, on a day, and how that went. A promise of one person: said, and never counted
for anybody."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.validators import MaxLengthValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.models import Membership, Notice
from leerkring.ui.refusal import Refused

if TYPE_CHECKING:
    from leerkring.communities.models import NoticeSet

#: So long after its day it is asked how it went; who said nothing by then is left in peace.
ASKED_FOR = timedelta(days=30)


class Worked(models.TextChoices):
    YES = "yes", _("Ja, het werkte")
    PARTLY = "partly", _("Deels")
    NO = "no", _("Nee, nu niet")


def _for_all() -> Q:
    """What was told, and what is to come: nobody reads that a colleague did not come to it."""
    return ~Q(told_at=None) | Q(on__gte=clock.today())


class TryingSet(models.QuerySet["Trying"]):
    def planned(self) -> TryingSet:
        return self.filter(told_at=None)

    def told(self) -> TryingSet:
        return self.exclude(told_at=None)

    def shown_to(self, reader: Membership) -> TryingSet:
        """One's own, and what all may read."""
        return self.filter(Q(member=reader) | _for_all())

    def shown_to_all(self) -> TryingSet:
        return self.filter(_for_all())

    def to_tell(self) -> TryingSet:
        """Of which nothing was told, and the day is to come or was not too long ago; the first one first."""
        since = clock.today() - ASKED_FOR
        return self.planned().filter(insight__withdrawn_at=None, on__gt=since).order_by("on", "pk")

    def due(self) -> TryingSet:
        """Of these the day has come."""
        return self.to_tell().filter(on__lte=clock.today())


class Trying(models.Model):
    insight = models.ForeignKey("insights.Insight", models.CASCADE, related_name="tryings")
    member = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    on = models.DateField(_("wanneer?"))
    at = models.DateTimeField()
    #: When it was asked how it went: it is asked once.
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    told_at = models.DateTimeField(null=True, blank=True, editable=False)
    worked = models.CharField(_("werkte het?"), max_length=6, choices=Worked.choices, blank=True)
    text = models.TextField(
        _("hoe ging het?"), max_length=600, blank=True, validators=[MaxLengthValidator(600)]
    )

    objects = TryingSet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(told_at=None, worked="") | Q(told_at__isnull=False, worked__in=Worked.values),
                name="insights_trying_told_is_whether_it_worked",
            ),
            models.UniqueConstraint(
                fields=["insight", "member"], condition=Q(told_at=None), name="insights_trying_one_planned"
            ),
        ]
        indexes = [
            models.Index(fields=["member", "on"], condition=Q(told_at=None), name="insights_trying_to_tell")
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.on:%Y-%m-%d}"

    @property
    def is_due(self) -> bool:
        return self.told_at is None and self.on <= clock.today()

    @transaction.atomic
    def drop(self, *, by: Membership) -> None:
        """Not after all. A promise is taken back without a trace."""
        if by.pk != self.member_id:
            raise Refused(_("Dit zegt wie het zou proberen."))
        by.community.touch()
        if not Trying.objects.planned().filter(pk=self.pk).delete()[0]:
            raise Refused(_("Hiervan vertelde je al hoe het ging."))
        Notice.forget(self.asking())

    def asking(self) -> NoticeSet:
        """What asks how it went."""
        waiting = Notice.objects.about("insight", self.insight_id).unread()
        return waiting.filter(kind="insight.due", user__memberships=self.member_id)

    def remind(self, *, at: datetime) -> None:
        """The day was there: how did it go? Whoever calls this locked the community's row."""
        Trying.objects.filter(pk=self.pk).update(reminded_at=at)
        thing = ("insight", self.insight_id)
        self.insight.community.notify("insight.due", to=[self.member], thing=thing, at=at)
