"""What became of an insight that its author said better."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leerkring.communities.models import Membership
from leerkring.insights.scaffolds import SCAFFOLDS

if TYPE_CHECKING:
    from leerkring.insights.models.insight import Insight

#: What a revision is of, as colleagues read it.
REVISED: dict[str, str | Promise] = {
    "kind": _("Soort"),
    "what": _("Wat"),
    "why": _("Waarom"),
    "noticed": _("Waaraan je het merkt"),
    "practice": _("Uit welke les"),
    "goal": _("Doel"),
}


class Revision(models.Model):
    """One part, before and after."""

    insight = models.ForeignKey("insights.Insight", models.CASCADE, related_name="revisions")
    part = models.CharField(max_length=10)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.part} {self.at:%Y-%m-%d}"

    @staticmethod
    def keep(before: Insight, after: Insight, parts: Iterable[str], *, by: Membership, at: datetime) -> None:
        """How these parts were, beside what they became."""
        Revision.objects.bulk_create(
            Revision(
                insight=after, part=part, before=_said(before, part), after=_said(after, part), by=by, at=at
            )
            for part in parts
        )

    @property
    def name(self) -> str | Promise:
        return REVISED[self.part]

    @property
    def shown_before(self) -> str | Promise:
        return self._shown(self.before)

    @property
    def shown_after(self) -> str | Promise:
        return self._shown(self.after)

    def _shown(self, said: str) -> str | Promise:
        return SCAFFOLDS[said].name if self.part == "kind" else said


def _said(insight: Insight, part: str) -> str:
    """A part as it is kept."""
    value = getattr(insight, part)
    return "" if value is None else str(value)
