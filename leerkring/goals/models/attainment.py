"""National attainment targets (kerndoelen), as SLO publishes them: read by `leerkring import kerndoelen`."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class AttainmentSet(models.QuerySet["AttainmentTarget"]):
    def standing(self) -> AttainmentSet:
        """Not replaced, and not taken away."""
        return self.filter(is_withdrawn=False)

    def search(self, asked: str) -> AttainmentSet:
        """Those that hold every word of `asked` in their text, code, subject or domain."""
        found = self.standing()
        for word in asked.split()[:8]:
            found = found.filter(
                Q(code__icontains=word)
                | Q(title__icontains=word)
                | Q(label__icontains=word)
                | Q(subject__icontains=word)
                | Q(domain__icontains=word)
                | Q(levels__icontains=word)
            )
        return found


class AttainmentTarget(models.Model):
    """One target. Its uid never changes; what is replaced stays, and says by what."""

    uid = models.UUIDField(unique=True)
    #: "PO Kerndoel 24"; empty when the list gives none.
    code = models.CharField(max_length=120, blank=True)
    label = models.CharField(max_length=300, blank=True)
    title = models.TextField()
    subject = models.CharField(max_length=300, blank=True)
    domain = models.CharField(max_length=300, blank=True)
    #: "po, vo": for which sectors and years.
    levels = models.CharField(max_length=300, blank=True)
    is_withdrawn = models.BooleanField(default=False)
    replaced_by = models.ManyToManyField("self", symmetrical=False, related_name="replaces", blank=True)

    objects = AttainmentSet.as_manager()

    class Meta:
        ordering = ["code", "pk"]

    def __str__(self) -> str:
        return self.label or self.title[:80]
