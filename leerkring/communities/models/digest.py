"""A mail that tells one person what waits for them: once, or not at all."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction
from django.db.models import Count, F, Q

from leerkring.communities.models.notice import Notice
from leerkring.communities.models.posted import LEFT_BEHIND, PATIENCE, Posted, PostedSet, wait_after
from leerkring.people.models import User


class DigestSet(PostedSet["Digest"]):
    def by_state(self, *, since: datetime) -> dict[str, int]:
        """How many mails came to which end: all that an administrator sees of them. One that waits counts from its
        first try; before that it would tell that someone is away."""
        found = (
            self.filter(made_at__gte=since)
            .exclude(state=Digest.State.WAITING, attempts=0)
            .order_by()
            .values("state")
            .annotate(n=Count("pk"))
        )
        return {row["state"]: row["n"] for row in found}


class Digest(Posted):
    user = models.ForeignKey(User, models.CASCADE, related_name="digests")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = DigestSet.as_manager()

    class Meta:
        constraints = [
            # What is due while a mail still waits for its server goes along in that one.
            models.UniqueConstraint(
                fields=["user"], condition=Q(state="waiting"), name="communities_digest_one_waiting"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "sending"], ended_at=None)
                | (~Q(state__in=["waiting", "sending"]) & Q(ended_at__isnull=False)),
                name="communities_digest_has_ended",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due"], name="communities_digest_due", condition=Q(state__in=["waiting", "sending"])
            )
        ]

    @classmethod
    @transaction.atomic
    def claim(cls, user: User, notices: list[int], *, at: datetime) -> None:
        """These go in one mail to `user`, from now on and for ever: in the one that waits, when there is one."""
        waiting = cls.objects.filter(user=user, state=cls.State.WAITING).first()
        digest = waiting or cls.objects.create(user=user, made_at=at, due=at)
        taken = Notice.objects.unmailed().filter(user=user, pk__in=notices).update(mailed_in=digest)
        if not taken and waiting is None:
            digest.delete()  # read in the meantime, or taken along by another

    @classmethod
    @transaction.atomic
    def give_up_all(cls, *, at: datetime) -> None:
        """What waits may have been mailed already, by who knows more than we do: it is in a mail now, of which
        nobody can say whether it arrived."""
        unmailed: dict[int, list[int]] = {}
        for pk, notice in Notice.objects.unmailed().values_list("user", "pk"):
            unmailed.setdefault(pk, []).append(notice)
        for user in User.objects.filter(pk__in=unmailed):
            cls.claim(user, unmailed[user.pk], at=at)
        under_way = cls.objects.filter(state__in=[cls.State.WAITING, cls.State.SENDING])
        under_way.update(state=cls.State.UNSURE, ended_at=at)

    def start(self, *, at: datetime) -> bool:
        """Before a byte of it leaves: from here on it is not tried again unless it surely did not arrive."""
        held = Digest.objects.filter(pk=self.pk, state=self.State.WAITING)
        self.state, self.due, self.attempts = self.State.SENDING, at + LEFT_BEHIND, self.attempts + 1
        return bool(held.update(state=self.state, due=self.due, attempts=F("attempts") + 1))

    def end(self, state: Posted.State, *, at: datetime) -> None:
        """It came to its end."""
        Digest.objects.filter(pk=self.pk, ended_at=None).update(state=state, ended_at=at)

    @transaction.atomic
    def again(self, *, at: datetime) -> None:
        """It surely did not arrive: later, ever later, until patience is at an end. What became due meanwhile and
        was put in a mail of its own, goes along in this one."""
        if at - self.made_at > PATIENCE:
            self.end(self.State.GIVEN_UP, at=at)
            return
        newer = Digest.objects.filter(user=self.user_id, state=self.State.WAITING).exclude(pk=self.pk)
        Notice.objects.filter(mailed_in__in=newer).update(mailed_in=self)
        newer.delete()
        wait = wait_after(max(self.attempts - 1, 0))
        Digest.objects.filter(pk=self.pk).update(state=self.State.WAITING, due=at + wait)

    def postpone(self, *, until: datetime) -> None:
        """Not now: it is quiet, or the person is away."""
        Digest.objects.filter(pk=self.pk, state=self.State.WAITING).update(due=until)
