"""What asks for someone: told once, in the inbox and perhaps by mail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models import F

from leerkring.people.models import User

if TYPE_CHECKING:
    from leerkring.communities.models.community import Community, Membership


class Notice(models.Model):
    """One thing told to one person. The words come from its kind (`communities.notices`), never from here."""

    user = models.ForeignKey(User, models.CASCADE, related_name="notices")
    #: Where it happened; None for what is told to someone who is in no community (a leader who asked to join).
    community = models.ForeignKey(
        "communities.Community", models.CASCADE, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=40)
    by = models.ForeignKey("communities.Membership", models.SET_NULL, null=True, blank=True, related_name="+")
    #: What it is about, as a kind and id of `communities.thread`.
    thing_kind = models.CharField(max_length=20, blank=True)
    thing_id = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "-at"], name="communities_notice_of_person")]

    def __str__(self) -> str:
        return f"{self.kind} → {self.user_id}"

    @classmethod
    def tell(
        cls,
        kind: str,
        *,
        to: Iterable[User],
        community: Community | None = None,
        by: Membership | None = None,
        thing: tuple[str, int] | None = None,
        at: datetime,
    ) -> None:
        """Tell each of `to`, once, in the transaction of the change it tells of."""
        if not transaction.get_connection().in_atomic_block:
            raise RuntimeError("people are told in the transaction of the change")
        people = {user.pk for user in to}
        thing_kind, thing_id = thing or ("", None)
        Notice.objects.bulk_create(
            Notice(
                user_id=pk,
                community=community,
                kind=kind,
                by=by,
                thing_kind=thing_kind,
                thing_id=thing_id,
                at=at,
            )
            for pk in sorted(people)
        )
        User.objects.filter(pk__in=people).update(unread=F("unread") + 1, version=F("version") + 1)
