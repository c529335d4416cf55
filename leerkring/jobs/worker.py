"""The loop that does what is due: a thread of the server, or `leerkring work` apart."""

from __future__ import annotations

import logging
import threading
from datetime import datetime, timedelta

from django.db import Error, connection

from leerkring import clock
from leerkring.jobs import queue
from leerkring.jobs.models import Job
from leerkring.jobs.run import LEASE, MAX_ATTEMPTS, LeaseLost, Run

log = logging.getLogger(__name__)

#: Seconds between two looks when there is nothing to do.
LOOK_EVERY = 1.0
#: Seconds to let go of a job in: someone else may be writing for longer than that.
LET_GO = 1.0


class Worker:
    """Does jobs until told to stop."""

    def __init__(self, *, lease: timedelta = LEASE, look_every: float = LOOK_EVERY) -> None:
        self._lease = lease
        self._look_every = look_every
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._run: Run | None = None

    def start(self) -> None:
        """Works in a thread of its own."""
        self._thread = threading.Thread(target=self.work, name="work", daemon=True)
        self._thread.start()

    def stop(self, *, wait: float = 2.0) -> None:
        """Starts nothing more. What is not done within `wait` seconds is left for the next worker: at once, or when
        it could not be let go of in time, when its lease expires."""
        self._stopping.set()
        queue.asked.set()
        if self._thread is not None:
            self._thread.join(wait)
        run = self._run
        if run is not None:
            letting_go = threading.Thread(target=self._let_go, args=(run,), name="let go", daemon=True)
            letting_go.start()
            letting_go.join(LET_GO)

    @staticmethod
    def _let_go(run: Run) -> None:
        try:
            run.let_go()
        except LeaseLost:
            pass  # it was just done
        except Error:
            log.exception("job.not_let_go")
        finally:
            connection.close()

    def work(self) -> None:
        """Works in this thread, until `stop`."""
        try:
            planned = False
            while not self._stopping.is_set():
                try:
                    if not planned:
                        self.plan()
                        planned = True
                    busy = self.one()
                except Error:
                    log.exception("job.database")
                    connection.close()
                    busy = False
                if not busy:
                    queue.asked.wait(self._look_every)
                    queue.asked.clear()
        finally:
            connection.close()

    def plan(self) -> None:
        """Sees to it that everything that comes back has its row."""
        for timed in queue.schedule.values():
            queue.enqueue(timed.kind, unique="daily", due=timed.after(clock.now()))

    def one(self) -> bool:
        """Does the one job that is due longest; False when none is."""
        run = Run.claim(list(queue.handlers), lease=self._lease)
        if run is None:
            return False
        self._run = run
        try:
            self._do(run)
        except LeaseLost:
            log.warning("job.lease_lost", extra={"kind": run.job.kind, "job": run.job.pk})
        finally:
            self._run = None
        return True

    def _do(self, run: Run) -> None:
        job = run.job
        if job.attempts > MAX_ATTEMPTS:
            run.failed(LeaseLost(), again=self._next(job))
            return
        beating = threading.Event()
        heart = threading.Thread(target=self._beat, args=(run, beating), name="heartbeat", daemon=True)
        heart.start()
        try:
            queue.handlers[job.kind](run)
        except LeaseLost:
            raise
        except Exception as error:
            log.exception("job.failed", extra={"kind": job.kind, "job": job.pk, "attempt": job.attempts})
            run.failed(error, again=self._next(job))
        else:
            if not run.completed:
                run.complete(again=self._next(job))
            log.info("job.done", extra={"kind": job.kind, "job": job.pk, "attempt": job.attempts})
        finally:
            beating.set()
            heart.join()

    def _next(self, job: Job) -> datetime | None:
        """When it is due again, if it is something that comes back."""
        timed = queue.schedule.get(job.kind)
        return timed.after(clock.now()) if timed else None

    def _beat(self, run: Run, stop: threading.Event) -> None:
        try:
            while not stop.wait(self._lease.total_seconds() / 4):
                run.renew()
        except LeaseLost:
            return  # the handler finds out at its next step
        except Error:
            log.exception("job.heartbeat")
        finally:
            connection.close()
