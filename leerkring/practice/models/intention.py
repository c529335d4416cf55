"""What somebody would try after a visit: said by each who was there, and read by those only."""

from __future__ import annotations

from datetime import date, datetime

from django.core.validators import MaxLengthValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.happenings import ThingId
from leerkring.communities.models import Membership, Notice, NoticeSet
from leerkring.insights.models import Worked
from leerkring.insights.models.trying import ASKED_FOR
from leerkring.practice.happenings import VisitIntended, VisitTried
from leerkring.practice.models.visit import FURTHEST, Visit
from leerkring.ui.refusal import Refused

LONGEST = 300


class IntentionSet(models.QuerySet["Intention"]):
    def due(self) -> IntentionSet:
        """The day is there, or was not long ago, and nothing was told."""
        since = clock.today() - ASKED_FOR
        return self.filter(told_at=None, on__gt=since, on__lte=clock.today())


class Intention(models.Model):
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="intentions")
    member = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    text = models.CharField(_("wat probeer jij?"), max_length=LONGEST)
    on = models.DateField(_("wanneer?"))
    at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    told_at = models.DateTimeField(null=True, blank=True, editable=False)
    worked = models.CharField(_("werkte het?"), max_length=6, choices=Worked.choices, blank=True)
    how = models.TextField(
        _("hoe ging het?"), max_length=600, blank=True, validators=[MaxLengthValidator(600)]
    )

    objects = IntentionSet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "member"], name="practice_intention_of_each_one"),
            models.CheckConstraint(
                condition=Q(told_at=None, worked="") | Q(told_at__isnull=False, worked__in=Worked.values),
                name="practice_intention_told_is_whether_it_worked",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @classmethod
    @transaction.atomic
    def intend(
        cls, visit: Visit, *, by: Membership, text: str, on: date, at: datetime | None = None
    ) -> Intention:
        """Each one thing; said again it is that instead, until it was told how it went."""
        at = at or clock.now()
        held = visit.hold_after(by)
        today = at.astimezone(clock.AMSTERDAM).date()
        if not today <= on <= today + FURTHEST:
            raise Refused(_("Kies een dag vanaf vandaag, binnen een jaar."))
        intention = cls.objects.filter(visit=held, member=by).first()
        is_new = intention is None
        intention = intention or cls(visit=held, member=by, at=at)
        if intention.told_at:
            raise Refused(_("Hiervan vertelde je al hoe het ging."))
        intention.text, intention.on, intention.reminded_at = text, on, None
        intention.full_clean(exclude=["visit", "member"])
        intention.save()
        Notice.forget(intention._asking())
        if is_new:
            held.community.record(VisitIntended(actor=by.as_actor, about=ThingId(held.pk)), at=at)
        return intention

    @transaction.atomic
    def tell(self, *, by: Membership, worked: Worked, how: str = "", at: datetime | None = None) -> None:
        """How it went; told again it is corrected."""
        at = at or clock.now()
        held = self.visit.hold_after(by)
        if by.pk != self.member_id:
            raise Refused(_("Dit vertelt wie het probeerde."))
        standing = Intention.objects.get(pk=self.pk)
        is_first = standing.told_at is None
        self.worked, self.how, self.told_at = worked, how, standing.told_at or at
        self.full_clean(exclude=["visit", "member"])
        self.save(update_fields=["worked", "how", "told_at"])
        Notice.forget(self._asking())
        if is_first:
            held.community.record(VisitTried(actor=by.as_actor, about=ThingId(held.pk)), at=at)

    def _asking(self) -> NoticeSet:
        waiting = Notice.objects.about("visit", self.visit_id).unread()
        return waiting.filter(kind="intention.due", user__memberships=self.member_id)

    def remind(self, *, at: datetime) -> None:
        """The day was there: how did it go? Whoever calls this locked the community's row."""
        Intention.objects.filter(pk=self.pk).update(reminded_at=at)
        thing = ("visit", self.visit_id)
        self.visit.community.notify("intention.due", to=[self.member], thing=thing, at=at)
