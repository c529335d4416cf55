"""What came of the keeping of this instance, for the administrator's page."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from leerkring import clock


class Note(models.Model):
    """One outcome, as a word: the page has the sentence for it."""

    class Kind(models.TextChoices):
        BACKUP = "backup"
        DRILL = "drill"
        MAIL = "mail"
        RESTORE = "restore"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    outcome = models.CharField(max_length=40)
    #: The file it is about; or what marks this one.
    name = models.CharField(max_length=120, blank=True)
    #: What another server answered, without addresses.
    detail = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "name"], name="upkeep_note_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.outcome}"

    @classmethod
    def keep(
        cls, *, kind: str, outcome: str, name: str = "", detail: str = "", at: datetime | None = None
    ) -> Note:
        """This outcome, in place of the one before of the same kind and name."""
        fields = {"outcome": outcome, "detail": detail[:300], "at": at or clock.now()}
        note, _ = cls.objects.update_or_create(kind=kind, name=name[:120], defaults=fields)
        return note

    @classmethod
    def forget(cls, *, kind: str, except_for: list[str]) -> None:
        """Notes about files that are gone; the one without a name (the last failure) too."""
        cls.objects.filter(kind=kind).exclude(name__in=except_for).delete()
