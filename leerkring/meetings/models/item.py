"""What is on the agenda of a meeting."""

from __future__ import annotations

import hashlib

from django.db import models
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.models import Membership
from leerkring.meetings.models.meeting import Meeting, in_minutes


class Item(models.Model):
    """One thing on the agenda; `workform` is the key of the form that steers it ("" for a talk)."""

    class Kind(models.TextChoices):
        CONTENT = "content", _("inhoud")
        ORGANISATION = "organisation", _("organisatie")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("wat?"), max_length=200)
    minutes = models.PositiveSmallIntegerField(_("minuten"), validators=in_minutes())
    kind = models.CharField(_("soort"), max_length=12, choices=Kind.choices, default=Kind.CONTENT)
    workform = models.SlugField(_("werkvorm"), max_length=60, blank=True)
    #: Who proposed it, and may change it too; None for what came with the plan.
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField(default=clock.now, editable=False)

    #: What it says, as a form changes it.
    SAID = ("title", "minutes", "kind", "workform")

    class Meta:
        ordering = ["meeting", "position"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="meetings_one_item_a_place"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def mark(self) -> str:
        """Another one as soon as it says another thing: by it a form knows that a colleague was here."""
        said = repr([getattr(self, name) for name in self.SAID])
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    def may_change(self, member: Membership) -> bool:
        return member.may_lead or (self.by_id is not None and self.by_id == member.pk)
