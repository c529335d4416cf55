"""A file to prepare with: work of pupils, a text, results. Private, and gone for real when it goes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from leerkring.communities.models import Membership
from leerkring.meetings.models.meeting import Meeting


class Handout(models.Model):
    """The name is as its owner has it; the file lies under a random one (`meetings.handouts`)."""

    class Kind(models.TextChoices):
        PDF = "pdf", _("pdf")
        DOCX = "docx", _("Word-bestand")
        ODT = "odt", _("tekstbestand (odt)")
        XLSX = "xlsx", _("rekenblad")
        PPTX = "pptx", _("presentatie")
        PNG = "png", _("afbeelding")
        JPEG = "jpeg", _("afbeelding")
        WEBP = "webp", _("afbeelding")
        TXT = "txt", _("tekst")

    PICTURES = (Kind.PNG, Kind.JPEG, Kind.WEBP)

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="handouts")
    name = models.CharField(_("naam van het bestand"), max_length=255)
    kind = models.CharField(max_length=4, choices=Kind.choices)
    size = models.PositiveIntegerField()
    token = models.CharField(max_length=32, unique=True)
    by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    #: Of a photo of paper cards: the place of the step in which they were written, as `Stage.position`.
    step = models.PositiveSmallIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=["pdf", "docx", "odt", "xlsx", "pptx", "png", "jpeg", "webp", "txt"]
                ),
                name="meetings_handout_kind",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.kind in Handout.PICTURES

    def may_go_by(self, member: Membership) -> bool:
        """Whoever put it there takes it away, or who leads."""
        return member.may_lead or self.by_id == member.pk
