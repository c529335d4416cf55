"""One try at one job, held by a lease."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from leerkring import clock
from leerkring.jobs.models import Job

#: How long a job stays with a worker that gives no sign of life.
LEASE = timedelta(seconds=60)
#: After this many tries a job has failed.
MAX_ATTEMPTS = 5
#: The wait before the second try; every next one is four times as long.
FIRST_BACKOFF = timedelta(seconds=30)


class LeaseLost(Exception):
    """Another worker has this job now: stop, and write nothing more."""


class Run:
    """What a handler gets: its payload, and ways to tell how far it is."""

    def __init__(self, job: Job, *, lease: timedelta = LEASE) -> None:
        self.job = job
        self.payload: dict[str, int] = job.payload
        self.length = lease
        self.completed = False

    @classmethod
    def claim(cls, kinds: list[str], *, lease: timedelta = LEASE) -> Run | None:
        """The job that has been due longest, now ours; None when there is none."""
        while True:
            now = clock.now()
            found = Job.objects.due(now).filter(kind__in=kinds).order_by("due", "pk").first()
            if found is None:
                return None
            token = uuid.uuid4().hex
            taken = (
                Job.objects.due(now)
                .filter(pk=found.pk)
                .update(
                    state=Job.State.RUNNING,
                    lease=token,
                    lease_until=now + lease,
                    attempts=F("attempts") + 1,
                )
            )
            if taken:
                found.refresh_from_db()
                return cls(found, lease=lease)

    def _change(self, **fields: object) -> None:
        held = Job.objects.filter(pk=self.job.pk, state=Job.State.RUNNING, lease=self.job.lease)
        if not held.update(**fields):
            raise LeaseLost

    def renew(self) -> None:
        """A sign of life."""
        self._change(lease_until=clock.now() + self.length)

    def progress(self, percent: int, sentence: str) -> None:
        """Tells how far it is: 0 to 100, and a sentence (a msgid without anything filled in)."""
        self._change(progress=percent, sentence=sentence, lease_until=clock.now() + self.length)

    def complete(self, *, again: datetime | None = None) -> None:
        """It is done. Inside the transaction of the result: result and being done are one. With `again` it
        waits for its next time."""
        now = clock.now()
        if again is None:
            self._change(state=Job.State.DONE, progress=100, sentence="", error="", ended=now)
        else:
            self._change(
                state=Job.State.WAITING, due=again, attempts=0, progress=0, sentence="", error="", ended=now
            )
        if transaction.get_connection().in_atomic_block:
            transaction.on_commit(self._note_completed)
        else:
            self._note_completed()

    def _note_completed(self) -> None:
        self.completed = True

    def failed(self, error: BaseException, *, again: datetime | None = None) -> None:
        """It went wrong: again later. When it went wrong too often: at its next time `again`, or never."""
        fields: dict[str, object] = {"error": type(error).__name__[:100], "lease": "", "lease_until": None}
        if self.job.attempts >= MAX_ATTEMPTS and again:
            self._change(state=Job.State.WAITING, due=again, attempts=0, ended=clock.now(), **fields)
        elif self.job.attempts >= MAX_ATTEMPTS:
            self._change(state=Job.State.FAILED, ended=clock.now(), **fields)
        else:
            wait = FIRST_BACKOFF * 4 ** (self.job.attempts - 1)
            self._change(state=Job.State.WAITING, due=clock.now() + wait, **fields)

    def let_go(self) -> None:
        """We stop before it is done: another worker may take it at once."""
        self._change(lease_until=clock.now() - timedelta(seconds=1))
