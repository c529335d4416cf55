"""Asking for work, and saying who does it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction

from leerkring import clock
from leerkring.jobs.models import Job
from leerkring.jobs.run import Run

Handler = Callable[[Run], None]

#: kind → the function that does it.
handlers: dict[str, Handler] = {}


@dataclass(frozen=True, slots=True)
class Daily:
    """Something done every night at a time on a Dutch wall."""

    kind: str
    at: time

    def after(self, moment: datetime) -> datetime:
        """The first time it is due after `moment`."""
        local = moment.astimezone(clock.AMSTERDAM)
        due = datetime.combine(local.date(), self.at, clock.AMSTERDAM)
        if due <= local:
            due = datetime.combine(local.date() + timedelta(days=1), self.at, clock.AMSTERDAM)
        return due


@dataclass(frozen=True, slots=True)
class Every:
    """Something done every so many minutes, day and night."""

    kind: str
    minutes: int

    def after(self, moment: datetime) -> datetime:
        """The first whole step of the hour, or of the day, that lies after `moment`."""
        midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
        step = timedelta(minutes=self.minutes)
        return midnight + ((moment - midnight) // step + 1) * step


#: kind → when it is done.
schedule: dict[str, Daily | Every] = {}

#: Set when a job was enqueued in this process, so that its worker need not wait for its next look.
asked = threading.Event()


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Marks the function that does this kind of job."""

    def mark(handler: Handler) -> Handler:
        if kind in handlers:
            raise ValueError(f"two handlers for {kind}")
        handlers[kind] = handler
        return handler

    return mark


def daily(kind: str, *, at: time) -> Callable[[Handler], Handler]:
    """Marks the function that does this every night at `at`, Dutch time."""

    def mark(handler: Handler) -> Handler:
        handles(kind)(handler)
        schedule[kind] = Daily(kind, at)
        return handler

    return mark


def every(kind: str, *, minutes: int) -> Callable[[Handler], Handler]:
    """Marks the function that does this every so many minutes. It must cost next to nothing when there is nothing
    to do."""

    def mark(handler: Handler) -> Handler:
        handles(kind)(handler)
        schedule[kind] = Every(kind, minutes)
        return handler

    return mark


def enqueue(
    kind: str,
    payload: Mapping[str, int] | None = None,
    *,
    unique: str = "",
    due: datetime | None = None,
) -> Job:
    """Asks for a job, in the caller's transaction: no commit, no job. With `unique` there is at most one such
    job waiting or running, and that one is returned."""
    now = clock.now()
    new = {"payload": dict(payload or {}), "due": due or now, "created": now}
    with transaction.atomic():
        if unique:
            job, _ = Job.objects.open().get_or_create(kind=kind, unique=unique, defaults=new)
        else:
            job = Job.objects.create(kind=kind, **new)
    transaction.on_commit(asked.set)
    return job
