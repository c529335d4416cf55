"""The table of jobs."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.db import IntegrityError, models, transaction
from django.db.models import Q

from leerkring import clock


class JobQuerySet(models.QuerySet["Job"]):
    """Reads by name."""

    def due(self, now: datetime) -> JobQuerySet:
        """What may be started: waiting and due, or left behind by a worker that died."""
        waiting = Q(state=Job.State.WAITING, due__lte=now)
        left_behind = Q(state=Job.State.RUNNING, lease_until__lt=now)
        return self.filter(waiting | left_behind)

    def open(self) -> JobQuerySet:
        """What is still to be done or being done."""
        return self.filter(state__in=[Job.State.WAITING, Job.State.RUNNING])


class Job(models.Model):
    """One piece of work. `payload` holds ids only; `error` the type of the last exception, never its text."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    kind = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    unique = models.CharField(max_length=120, default="", blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    due = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    lease = models.CharField(max_length=32, default="", blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    #: 0 to 100.
    progress = models.PositiveSmallIntegerField(default=0)
    #: What is being done now, as a msgid: translated where it is shown.
    sentence = models.CharField(max_length=200, default="", blank=True)
    error = models.CharField(max_length=100, default="", blank=True)
    created = models.DateTimeField()
    ended = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "unique"],
                condition=Q(state__in=["waiting", "running"]) & ~Q(unique=""),
                name="job_open_once",
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="job_progress_is_a_percentage"),
        ]
        indexes = [models.Index(fields=["state", "due"], name="job_state_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} ({self.state})"

    def try_again(self, *, at: datetime | None = None) -> None:
        """One that was given up is due once more; nothing when it is open under another row by now."""
        given_up = Job.objects.filter(pk=self.pk, state=Job.State.FAILED)
        with suppress(IntegrityError), transaction.atomic():
            given_up.update(
                state=Job.State.WAITING, due=at or clock.now(), attempts=0, progress=0, ended=None
            )


class Vanished(models.Model):
    """A note on its way to the list outside the database (`leerkring.jobs.vanished`)."""

    kind = models.CharField(max_length=60)
    #: An id or uid, never a name.
    reference = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"
