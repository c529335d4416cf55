"""When an insight does not work: asked for and written by a colleague."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.validators import MaxLengthValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.models import Membership, Notice
from leerkring.ui.refusal import Refused


class LimitSet(models.QuerySet["Limit"]):
    def there(self) -> LimitSet:
        """Not taken away, of an insight that is not."""
        return self.filter(withdrawn_at=None, insight__withdrawn_at=None)

    def just_said(self, by: Membership, text: str, at: datetime) -> LimitSet:
        """The same words by the same person within the hour: a button pressed twice, or a page sent again."""
        since = at - timedelta(hours=1)
        return self.filter(by=by, text=text, withdrawn_at=None, at__gt=since, at__lte=at)


class Limit(models.Model):
    """What one colleague wrote; several may."""

    insight = models.ForeignKey("insights.Insight", models.CASCADE, related_name="limits")
    by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    text = models.TextField(
        _("wanneer werkt dit niet?"), max_length=600, validators=[MaxLengthValidator(600)]
    )
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = LimitSet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.by}: {self.text[:40]}"

    @transaction.atomic
    def withdraw(self, *, by: Membership, at: datetime | None = None) -> None:
        """Who wrote it takes it away; it stays theirs to put back."""
        self._own(by)
        by.community.touch()
        Limit.objects.filter(pk=self.pk, withdrawn_at=None).update(withdrawn_at=at or clock.now())
        Notice.forget(Notice.objects.about("insight", self.insight_id).filter(part=self.pk))

    @transaction.atomic
    def restore(self, *, by: Membership) -> None:
        self._own(by)
        by.community.touch()
        Limit.objects.filter(pk=self.pk).update(withdrawn_at=None)

    def _own(self, by: Membership) -> None:
        if by.pk != self.by_id:
            raise Refused(_("Alleen wie het schreef, kan dit veranderen."))
