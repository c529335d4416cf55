"""What is kept of a live room while it is on: everyone in it and every act. When the meeting is closed, what was said
is in its minutes, its insights and its agreements; the acts go after a week (`meetings.jobs`)."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import models

from leerkring.communities.models import Membership
from leerkring.meetings.models.meeting import Meeting
from leerkring.people.models import Session

#: No sign that is mistaken for another on a board across the room.
SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 6
#: A phone that was away may bring what was written on it so long after the end.
LATE = timedelta(days=7)


def new_code() -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(CODE_LENGTH))


class Live(models.Model):
    """The room of one meeting. `steps` is what is played (`live.steps`), `code` lets people in while it is on."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="live")
    steps = models.JSONField()
    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=new_code)
    #: The number of the last act.
    number = models.PositiveIntegerField(default=0)
    #: How often what is kept of it was changed: who has the room in memory reads it anew when it is more.
    rewritten = models.PositiveIntegerField(default=0)
    #: How many seconds a minute takes: sixty, unless somebody tries it out.
    minute = models.FloatField(default=60.0)


class Participant(models.Model):
    """Somebody in the room; `member` is None for who came in by name only."""

    live = models.ForeignKey(Live, models.CASCADE, related_name="participants")
    member = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=80)
    came_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["live", "member"], name="meetings_one_place_a_member"),
        ]

    def __str__(self) -> str:
        return self.name


class Device(models.Model):
    """A screen of somebody in the room; it holds the token of which this is the hash. Of a member it ends with the
    session in which they came in: on a laptop that is shared, the next one is somebody else."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="devices")
    session = models.ForeignKey(Session, models.CASCADE, null=True, blank=True, related_name="+")
    token = models.CharField(max_length=64, unique=True)


class LiveAct(models.Model):
    """One act (`live.acts.Act`), and the key by which the device that sent it knows it."""

    live = models.ForeignKey(Live, models.CASCADE, related_name="acts")
    number = models.PositiveIntegerField()
    by = models.ForeignKey(Participant, models.CASCADE, null=True, blank=True, related_name="+")
    key = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=12)
    data = models.JSONField()
    at = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["live", "number"], name="meetings_act_in_its_place"),
            models.UniqueConstraint(
                fields=["live", "by", "key"], condition=~models.Q(key=""), name="meetings_act_once"
            ),
        ]


def unlinked() -> int:
    """An id that says nothing about when or after what a row was written."""
    return secrets.randbits(62)


class Gave(models.Model):
    """That somebody gave something nobody can tell is theirs: how often, and neither what nor when."""

    id = models.BigIntegerField(primary_key=True, default=unlinked)
    live = models.ForeignKey(Live, models.CASCADE, related_name="gave")
    step = models.CharField(max_length=80)
    by = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    times = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["live", "step", "by"], name="meetings_gave_once")]


class Unsigned(models.Model):
    """What somebody gave; `token` is made by the device, at random, and is no one's."""

    id = models.BigIntegerField(primary_key=True, default=unlinked)
    live = models.ForeignKey(Live, models.CASCADE, related_name="unsigned")
    step = models.CharField(max_length=80)
    token = models.BigIntegerField()
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["live", "step", "token"], name="meetings_unsigned_once")
        ]
