"""A mail on its way to one person, told once or not at all: what every such mail has in common."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self, TypeVar
from uuid import uuid4

from django.db import models

#: The first wait after a mail that surely did not arrive; every next one is twice as long.
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=4)
#: After so long a server that takes nothing is given up for this mail; the inbox has it all.
PATIENCE = timedelta(days=7)
#: No mail takes longer to hand over: one that is still being sent was left behind by a process that died.
LEFT_BEHIND = timedelta(minutes=15)

_Mail = TypeVar("_Mail", bound="Posted")


def wait_after(tries: int) -> timedelta:
    """How long until it is tried again, when it surely did not arrive and had been tried so often before."""
    times: int = 2 ** min(tries, 8)
    return min(FIRST_WAIT * times, LONGEST_WAIT)


class PostedSet(models.QuerySet[_Mail]):
    def due(self, now: datetime) -> Self:
        """To be sent, or left behind while it was."""
        return self.filter(state__in=[Posted.State.WAITING, Posted.State.SENDING], due__lte=now)

    def stuck(self, now: datetime) -> bool:
        """Whether one was tried, and not taken for a day."""
        tried = self.filter(state=Posted.State.WAITING, attempts__gt=0)
        return tried.filter(made_at__lt=now - timedelta(days=1)).exists()


class Posted(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting"
        SENDING = "sending"
        SENT = "sent"
        #: The connection broke when it may have been taken already; telling twice is worse than not at all.
        UNSURE = "unsure"
        #: The server says that this person gets no mail, or not this one.
        REFUSED = "refused"
        #: Nothing to tell any more when it was its turn: read, taken away, over, or not for them.
        NOTHING_LEFT = "nothing_left"
        GIVEN_UP = "given_up"

    #: Makes the Message-ID, which stays the same however often the same is tried.
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    #: Since when there is something to tell.
    made_at = models.DateTimeField()
    due = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.uid} ({self.state})"
