"""The log of what a community did, and the links between its things."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Record(models.Model):
    """One line of the log: a happening as it is kept. Read with `happening`; never changed, only stripped."""

    community = models.ForeignKey("communities.Community", models.CASCADE, related_name="records")
    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    #: A Membership's id without a foreign key: the line outlives the person.
    actor = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["community", "at"], name="communities_record_by_time")]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"


class Link(models.Model):
    """The red thread: one thing followed from, answers or belongs to another (kinds: communities.thread)."""

    class Relation(models.TextChoices):
        FOLLOWS = "follows", _("komt voort uit")

    from_kind = models.CharField(max_length=20)
    from_id = models.BigIntegerField()
    to_kind = models.CharField(max_length=20)
    to_id = models.BigIntegerField()
    relation = models.CharField(max_length=12, choices=Relation.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["from_kind", "from_id", "to_kind", "to_id", "relation"], name="communities_link_once"
            )
        ]
        indexes = [models.Index(fields=["to_kind", "to_id"], name="communities_link_backwards")]

    def __str__(self) -> str:
        return f"{self.from_kind}:{self.from_id} → {self.to_kind}:{self.to_id}"
