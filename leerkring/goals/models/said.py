"""What members said of a goal, and what became of its parts after it was adopted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leerkring.communities.models import Membership

if TYPE_CHECKING:
    from leerkring.goals.models.goal import Goal

#: What a change is of, as colleagues read it.
CHANGED: dict[str, str | Promise] = {
    "text": _("Wat kunnen ze dan"),
    "pupils": _("Om wie het gaat"),
    "not_yet": _("Wie leert nog niet mee"),
    "until": _("Wanneer"),
    "product": _("Wat maken we samen"),
    "owners": _("Wie trekt het"),
    "measure": _("Hoe zien we het"),
    "baseline": _("Begin"),
    "measurement": _("Een meting weggehaald"),
    "attainment": _("Kerndoelen"),
}


class Yes(models.Model):
    """One member can go along with a goal that lies before the group. Shown to that member only."""

    goal = models.ForeignKey("goals.Goal", models.CASCADE, related_name="yes")
    member = models.ForeignKey(Membership, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["goal", "member"], name="goals_yes_once")]

    def __str__(self) -> str:
        return f"{self.goal_id}"


class Change(models.Model):
    """What became of one part after the goal was adopted."""

    goal = models.ForeignKey("goals.Goal", models.CASCADE, related_name="changes")
    part = models.CharField(max_length=20)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.part} {self.at:%Y-%m-%d}"

    @property
    def name(self) -> str | Promise:
        return CHANGED[self.part]

    @property
    def shown_before(self) -> str:
        return self._shown(self.before)

    @property
    def shown_after(self) -> str:
        return self._shown(self.after)

    def _shown(self, said: str) -> str:
        return date_format(date.fromisoformat(said), "j F Y") if self.part == "until" and said else said


def said_of(goal: Goal, part: str) -> str:
    """A part as it is shown beside what it became."""
    if part == "owners":
        return ", ".join(str(m) for m in goal.owners.select_related("user"))
    value = getattr(goal, part)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
