"""Jobs are asked for once, done once, and again when their worker dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from datetime import time as wall_time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError, connection, transaction

from leerkring import clock
from leerkring.jobs import queue
from leerkring.jobs.models import Job
from leerkring.jobs.queue import Daily, Every, enqueue, every, handles
from leerkring.jobs.run import FIRST_BACKOFF, LEASE, MAX_ATTEMPTS, LeaseLost, Run
from leerkring.jobs.worker import Worker

ROOT = Path(__file__).resolve().parents[3]
MONDAY = datetime(2026, 9, 7, 12, tzinfo=clock.AMSTERDAM)


@pytest.fixture(autouse=True)
def own_handlers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test starts with no handlers but its own."""
    monkeypatch.setattr(queue, "handlers", {})
    monkeypatch.setattr(queue, "schedule", {})


@pytest.fixture
def done() -> list[dict[str, int]]:
    """The payloads of jobs of the kind `count` that were done."""
    payloads: list[dict[str, int]] = []

    @handles("count")
    def count(run: Run) -> None:
        payloads.append(run.payload)

    return payloads


@pytest.mark.django_db
def test_a_job_is_done_once(done: list[dict[str, int]]) -> None:
    job = enqueue("count", {"upload": 7})
    worker = Worker()
    assert worker.one()
    assert not worker.one()
    job.refresh_from_db()
    assert done == [{"upload": 7}]
    assert (job.state, job.progress) == ("done", 100)


@pytest.mark.django_db(transaction=True)
def test_without_the_commit_there_is_no_job(done: list[dict[str, int]]) -> None:
    with transaction.atomic():
        enqueue("count")
        transaction.set_rollback(True)
    assert not Worker().one()
    assert done == []


@pytest.mark.django_db
def test_a_unique_job_is_asked_for_once_while_it_is_open(done: list[dict[str, int]]) -> None:
    first, second = enqueue("count", unique="a"), enqueue("count", unique="a")
    other = enqueue("count", unique="b")
    assert first.pk == second.pk != other.pk
    worker = Worker()
    while worker.one():
        pass
    assert len(done) == 2
    assert enqueue("count", unique="a").pk != first.pk


@pytest.mark.django_db
def test_a_job_waits_until_it_is_due(done: list[dict[str, int]]) -> None:
    with clock.at(MONDAY):
        enqueue("count", due=MONDAY + timedelta(hours=1))
        assert not Worker().one()
    with clock.at(MONDAY + timedelta(hours=1)):
        assert Worker().one()
    assert len(done) == 1


@pytest.mark.django_db
def test_what_goes_wrong_is_tried_again_ever_later_and_at_last_given_up() -> None:
    @handles("wrong")
    def wrong(run: Run) -> None:
        raise ValueError("a text with a secret")

    moment = MONDAY
    with clock.at(moment):
        job = enqueue("wrong")
    for attempt in range(1, MAX_ATTEMPTS + 1):
        with clock.at(moment):
            assert Worker().one()
            job.refresh_from_db()
            assert (job.attempts, job.error) == (attempt, "ValueError")
            if attempt < MAX_ATTEMPTS:
                assert job.due == moment + FIRST_BACKOFF * 4 ** (attempt - 1)
                assert not Worker().one()
                moment = job.due
    assert job.state == "failed"
    with clock.at(moment + timedelta(days=30)):
        assert not Worker().one()


@pytest.mark.django_db
def test_a_job_left_behind_is_taken_over_and_its_first_worker_writes_nothing_more() -> None:
    with clock.at(MONDAY):
        enqueue("slow")
        first = Run.claim(["slow"])
        assert first is not None
        assert Run.claim(["slow"]) is None
    with clock.at(MONDAY + LEASE + timedelta(seconds=1)):
        second = Run.claim(["slow"])
        assert second is not None
        assert second.job.attempts == 2
        for write in (first.renew, first.complete, lambda: first.progress(50, "Bezig")):
            with pytest.raises(LeaseLost):
                write()
        second.complete()


@pytest.mark.django_db
def test_a_sign_of_life_keeps_the_job() -> None:
    with clock.at(MONDAY):
        enqueue("slow")
        run = Run.claim(["slow"])
        assert run is not None
    with clock.at(MONDAY + LEASE / 2):
        run.progress(50, "Regels lezen")
    with clock.at(MONDAY + LEASE + timedelta(seconds=1)):
        assert Run.claim(["slow"]) is None
    run.job.refresh_from_db()
    assert (run.job.progress, run.job.sentence) == (50, "Regels lezen")


@pytest.mark.django_db(transaction=True)
def test_a_result_and_being_done_are_one() -> None:
    @handles("result")
    def result(run: Run) -> None:
        with transaction.atomic():
            enqueue("follows")
            run.complete()
            if run.job.attempts == 1:
                raise OSError("the power went")

    with clock.at(MONDAY):
        job = enqueue("result")
        Worker().one()
        job.refresh_from_db()
        assert job.state == "waiting"
        assert not Job.objects.filter(kind="follows").exists()
    with clock.at(MONDAY + FIRST_BACKOFF):
        Worker().one()
    job.refresh_from_db()
    assert job.state == "done"
    assert Job.objects.filter(kind="follows").count() == 1


@pytest.mark.django_db
def test_something_daily_has_one_row_that_comes_back() -> None:
    nights: list[datetime] = []

    @queue.daily("night", at=wall_time(3, 10))
    def night(run: Run) -> None:
        nights.append(clock.now())

    with clock.at(MONDAY):
        Worker().plan()
        Worker().plan()
    job = Job.objects.get()
    assert job.due == datetime(2026, 9, 8, 3, 10, tzinfo=clock.AMSTERDAM)
    with clock.at(job.due):
        assert Worker().one()
        assert not Worker().one()
    job.refresh_from_db()
    assert job.due == datetime(2026, 9, 9, 3, 10, tzinfo=clock.AMSTERDAM)
    assert len(nights) == 1


@pytest.mark.django_db
def test_something_daily_that_went_wrong_too_often_is_tried_again_the_next_night() -> None:
    nights: list[datetime] = []

    @queue.daily("night", at=wall_time(3, 10))
    def night(run: Run) -> None:
        nights.append(clock.now())
        if len(nights) <= MAX_ATTEMPTS:
            raise OSError("the disk was full")

    with clock.at(MONDAY):
        Worker().plan()
    job = Job.objects.get()
    while len(nights) < MAX_ATTEMPTS:
        with clock.at(job.due):
            assert Worker().one()
        job.refresh_from_db()
    assert (job.state, job.attempts, job.error) == ("waiting", 0, "OSError")
    assert job.due == datetime(2026, 9, 9, 3, 10, tzinfo=clock.AMSTERDAM)
    with clock.at(job.due):
        assert Worker().one()
    job.refresh_from_db()
    assert (job.error, job.due) == ("", datetime(2026, 9, 10, 3, 10, tzinfo=clock.AMSTERDAM))


@pytest.mark.django_db
def test_something_daily_whose_workers_all_died_comes_back_the_next_night() -> None:
    @queue.daily("night", at=wall_time(3, 10))
    def night(run: Run) -> None:
        raise AssertionError("not a sixth time")

    with clock.at(MONDAY):
        Worker().plan()
        Job.objects.update(attempts=MAX_ATTEMPTS, due=MONDAY)
        assert Worker().one()
    job = Job.objects.get()
    assert (job.state, job.attempts) == ("waiting", 0)
    assert job.due == datetime(2026, 9, 8, 3, 10, tzinfo=clock.AMSTERDAM)


def test_a_night_keeps_its_hour_when_the_clock_is_put_back() -> None:
    daily = Daily("night", wall_time(3, 10))
    before = datetime(2026, 10, 24, 12, tzinfo=clock.AMSTERDAM)
    assert daily.after(before) == datetime(2026, 10, 25, 3, 10, tzinfo=clock.AMSTERDAM)
    assert daily.after(daily.after(before)) == datetime(2026, 10, 26, 3, 10, tzinfo=clock.AMSTERDAM)


@pytest.mark.django_db
def test_a_kind_has_one_handler(done: list[dict[str, int]]) -> None:
    with pytest.raises(ValueError, match="count"):
        handles("count")(lambda run: None)


def _eventually(what: Callable[[], bool]) -> bool:
    for _ in range(1200):
        if what():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_told_to_stop_does_not_wait_for_who_writes() -> None:
    begun, end = threading.Event(), threading.Event()

    @handles("long")
    def write_long(run: Run) -> None:
        with transaction.atomic():
            Job.objects.filter(pk=run.job.pk).update(progress=1)
            begun.set()
            end.wait(60)

    worker = Worker()
    enqueue("long")
    worker.start()
    assert begun.wait(60)
    began = time.monotonic()
    worker.stop(wait=0.1)
    took = time.monotonic() - began
    end.set()
    assert took < 30
    assert _eventually(lambda: not [t for t in threading.enumerate() if t.name in {"work", "let go"}])


@pytest.mark.django_db(transaction=True)
def test_a_worker_in_a_thread_starts_at_once_and_stops_when_told(done: list[dict[str, int]]) -> None:
    worker = Worker(look_every=60)
    worker.start()
    enqueue("count")
    assert _eventually(lambda: len(done) == 1)
    worker.stop()
    enqueue("count")
    assert len(done) == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_cannot_plan_tries_again(
    done: list[dict[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    plans: list[str] = []

    def plan(worker: Worker) -> None:
        plans.append("tried")
        if len(plans) == 1:
            raise OperationalError("database is locked")

    monkeypatch.setattr(Worker, "plan", plan)
    worker = Worker(look_every=0.05)
    enqueue("count")
    worker.start()
    assert _eventually(lambda: len(done) == 1)
    worker.stop()
    assert len(plans) == 2


WORKER = """
import sys, time, django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from datetime import timedelta
from leerkring.jobs import queue
from leerkring.jobs.worker import Worker

def slow(run):
    print("begun", flush=True)
    time.sleep(float(sys.argv[2]))

queue.handlers.clear()
queue.schedule.clear()
queue.handles("slow")(slow)
worker = Worker(lease=timedelta(seconds=1), look_every=0.05)
while not worker.one():
    time.sleep(0.05)
"""


def _worker(seconds: float) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, str(connection.settings_dict["NAME"]), str(seconds)],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": str(settings.SETTINGS_MODULE)},
        text=True,
        stdout=subprocess.PIPE,
    )


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_worker_is_killed_is_done_by_another() -> None:
    job = enqueue("slow")
    killed = _worker(60)
    assert killed.stdout is not None
    assert killed.stdout.readline() == "begun\n"
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    job.refresh_from_db()
    assert job.state == "running"

    said, _ = _worker(0).communicate(timeout=120)
    job.refresh_from_db()
    assert said == "begun\n"
    assert (job.state, job.attempts) == ("done", 2)


@pytest.mark.parametrize(
    ("moment", "expected"), [("12:00", "12:05"), ("12:04", "12:05"), ("12:05", "12:10"), ("23:58", "00:00")]
)
def test_what_is_done_every_five_minutes_keeps_to_the_clock(moment: str, expected: str) -> None:
    hour, minute = map(int, moment.split(":"))
    after = Every("count", 5).after(
        MONDAY.replace(hour=hour, minute=minute, second=0 if minute % 5 == 0 else 30)
    )
    assert f"{after:%H:%M}" == expected


@pytest.mark.django_db
def test_what_is_done_every_few_minutes_comes_back() -> None:
    times = []

    @every("round", minutes=5)
    def round_(run: Run) -> None:
        times.append(clock.now())

    worker = Worker()
    with clock.at(MONDAY):
        worker.plan()
        worker.plan()
        assert Job.objects.count() == 1
        assert not worker.one()
    for minutes in (5, 7, 10, 60):
        with clock.at(MONDAY + timedelta(minutes=minutes)):
            worker.one()
            assert not worker.one()
    # At seven nothing was due; after an hour without a worker it is done once, not eleven times.
    assert [round((at - MONDAY).total_seconds() / 60) for at in times] == [5, 10, 60]
