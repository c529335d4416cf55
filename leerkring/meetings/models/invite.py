"""What someone's calendar was told of a meeting: each word once, or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import models, transaction
from django.db.models import F, Q

from leerkring.communities.models.posted import LEFT_BEHIND, PATIENCE, Posted, PostedSet, wait_after
from leerkring.meetings.models.meeting import Meeting
from leerkring.people.models import User


class Invite(Posted):
    """One meeting in one person's calendar, and how far our last word about it is on its way."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="invites")
    user = models.ForeignKey(User, models.CASCADE, related_name="invites")
    #: The last `Meeting.sequence` that was handed over, and when the meeting was to begin then; None: nothing was.
    told = models.PositiveIntegerField(null=True, blank=True)
    told_start = models.DateTimeField(null=True, blank=True)

    objects = PostedSet["Invite"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "user"], name="meetings_one_invite_a_person"),
            models.CheckConstraint(
                condition=Q(told=None, told_start=None) | Q(told__isnull=False, told_start__isnull=False),
                name="meetings_invite_told_of_a_moment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due"], name="meetings_invite_due", condition=Q(state__in=["waiting", "sending"])
            )
        ]

    @classmethod
    def wait_for(
        cls, meetings: Iterable[Meeting], users: Iterable[int], *, at: datetime, due: datetime
    ) -> None:
        """There is something to tell each of `users` of each of `meetings`, at `due`. What still waited goes along:
        it is told as it stands then."""
        people = list(users)
        rows = [
            Invite(meeting=meeting, user_id=user, made_at=at, due=due)
            for meeting in meetings
            for user in people
        ]
        Invite.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["meeting", "user"],
            update_fields=["state", "made_at", "due", "attempts"],
            batch_size=500,
        )

    @classmethod
    @transaction.atomic
    def start(cls, invites: list[Invite], *, at: datetime) -> bool:
        """Before a byte of their mail leaves: from here on this is not told again unless it surely did not arrive.
        False, and nothing changed, when there was news of one of them meanwhile."""
        for invite in invites:
            as_read = cls.objects.filter(pk=invite.pk, state=cls.State.WAITING, due=invite.due)
            started = as_read.update(
                state=cls.State.SENDING,
                told=invite.meeting.sequence,
                told_start=invite.meeting.starts_at,
                due=at + LEFT_BEHIND,
                attempts=F("attempts") + 1,
            )
            if not started:
                transaction.set_rollback(True)
                return False
        return True

    def end(self, state: Posted.State) -> None:
        """Our word came to its end; not when there is another one by now."""
        mine = Invite.objects.filter(pk=self.pk, state__in=[self.State.SENDING, self.State.WAITING])
        mine.filter(Q(state=self.State.SENDING) | Q(due=self.due)).update(state=state)

    @transaction.atomic
    def again(self, *, at: datetime) -> None:
        """It surely did not arrive (`self` is as it was before): later, ever later, until patience is at an end."""
        mine = Invite.objects.filter(pk=self.pk, told=self.meeting.sequence)
        mine.update(told=self.told, told_start=self.told_start)
        patient = at - self.made_at <= PATIENCE
        Invite.objects.filter(pk=self.pk, state=self.State.SENDING).update(
            state=self.State.WAITING if patient else self.State.GIVEN_UP, due=at + wait_after(self.attempts)
        )

    def postpone(self, *, until: datetime) -> None:
        """Not now: it is quiet. Not when there is news meanwhile, for that has its own moment."""
        Invite.objects.filter(pk=self.pk, state=self.State.WAITING, due=self.due).update(due=until)

    @classmethod
    @transaction.atomic
    def give_up_all(cls) -> None:
        """What waits may have been mailed already, by who knows more than we do."""
        waiting = cls.objects.filter(state__in=[cls.State.WAITING, cls.State.SENDING])
        for invite in waiting.select_related("meeting").exclude(meeting__starts_at=None):
            cls.objects.filter(pk=invite.pk).update(
                told=invite.meeting.sequence, told_start=invite.meeting.starts_at
            )
        waiting.update(state=cls.State.UNSURE)
