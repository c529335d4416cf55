"""How often someone wants mail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.models.community import Community
from leerkring.communities.models.notice import Notice
from leerkring.communities.notices import Rhythm
from leerkring.people.models import User

#: As each kind usually goes.
USUAL = "usual"
RHYTHMS: list[tuple[str, str | Promise]] = [
    (USUAL, _("Zoals gebruikelijk")),
    (Rhythm.AT_ONCE, _("Meteen")),
    (Rhythm.DAILY, _("Elke schooldag")),
    (Rhythm.WEEKLY, _("Elke week")),
    (Rhythm.NEVER, _("Nooit")),
]


class NoticePreference(models.Model):
    """One choice: for everything (neither community nor kind), for a community, or for a kind in a community."""

    user = models.ForeignKey(User, models.CASCADE, related_name="notice_preferences")
    community = models.ForeignKey(Community, models.CASCADE, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=40, blank=True)
    rhythm = models.CharField(max_length=8, choices=RHYTHMS)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "community", "kind"], name="communities_preference_once_a_kind"
            ),
            models.UniqueConstraint(
                fields=["user"], condition=Q(community=None), name="communities_preference_one_for_everything"
            ),
            models.CheckConstraint(
                condition=Q(community__isnull=False) | Q(kind=""),
                name="communities_preference_of_a_kind_is_of_a_community",
            ),
            models.CheckConstraint(
                condition=Q(rhythm__in=[rhythm for rhythm, _label in RHYTHMS]),
                name="communities_preference_is_a_rhythm",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.rhythm}"

    @classmethod
    @transaction.atomic
    def choose(
        cls,
        user: User,
        rhythm: str,
        *,
        community: Community | None = None,
        kind: str = "",
        at: datetime | None = None,
    ) -> None:
        """From now on mail goes so; "" takes the choice back, so that the wider one holds."""
        place: dict[str, Any] = {"user": user, "community": community, "kind": kind}
        if rhythm:
            cls.objects.update_or_create(**place, defaults={"rhythm": rhythm})
        else:
            cls.objects.filter(**place).delete()
        cls._look_again(user, at or clock.now())

    @classmethod
    @transaction.atomic
    def stop(cls, user: User, *, community: Community | None = None, at: datetime | None = None) -> None:
        """No mail any more, of this community or of anything; finer choices go, because off means off."""
        # Who presses twice waits here: the second time it is off already.
        list(User.objects.select_for_update(no_key=True).filter(pk=user.pk).values_list("pk"))
        own = cls.objects.filter(user=user)
        chosen = own.filter(community=community) if community else own
        if list(chosen.values_list("kind", "rhythm")) == [("", Rhythm.NEVER)]:
            return
        chosen.delete()
        cls.objects.create(user=user, community=community, rhythm=Rhythm.NEVER)
        cls._look_again(user, at or clock.now())

    @classmethod
    def of_communities(
        cls, user: User, communities: Iterable[Community]
    ) -> list[tuple[Community, str | Promise]]:
        """Each with what `user` chose for it, in words; "" when that is nothing of its own."""
        own = cls.objects.filter(user=user, kind="", community__isnull=False)
        chosen = dict(own.values_list("community", "rhythm"))
        words = dict(RHYTHMS)
        return [(community, words.get(chosen.get(community.pk, ""), "")) for community in communities]

    @staticmethod
    def _look_again(user: User, at: datetime) -> None:
        """What waits for its mail is planned anew."""
        Notice.objects.unmailed().filter(user=user).update(mail_at=at)
        user.touch()
