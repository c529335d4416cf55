"""Many write to one SQLite file at once: nobody is turned away, and what was acknowledged is there."""

from __future__ import annotations

import gc
import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from django.db import OperationalError, transaction
from django.db.utils import ConnectionHandler
from pytest_django import DjangoDbBlocker

from leerkring.site.sqlite.base import Row
from leerkring.site.tests.wire import ROOT

WRITERS, TIMES = 6, 40

#: A process with several threads that write in every way there is; it prints how many it got acknowledged.
WRITER = """
import sys, threading
from django.conf import settings
settings.configure(DATABASES={"default": {"ENGINE": "leerkring.site.sqlite", "NAME": sys.argv[1],
    "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE"}}})
import django
django.setup()
from django.db import connection, transaction
who, times = sys.argv[2], int(sys.argv[3])
acknowledged = []

def write(thread):
    for number in range(times):
        name = f"{who}-{thread}-{number}"
        with connection.cursor() as cursor:
            if number % 4 == 0:
                cursor.execute("INSERT INTO line (name) VALUES (%s) RETURNING id", [name])
                cursor.fetchone()
            elif number % 4 == 1:
                with transaction.atomic():
                    cursor.execute("SELECT count(*) FROM line")
                    cursor.execute("INSERT INTO line (name) VALUES (%s)", [name])
            elif number % 4 == 2:
                with transaction.atomic():
                    try:
                        with transaction.atomic():
                            cursor.execute("INSERT INTO line (name) VALUES (%s)", ["never"])
                            raise KeyError
                    except KeyError:
                        cursor.execute("INSERT INTO line (name) VALUES (%s)", [name])
            else:
                try:
                    with transaction.atomic():
                        cursor.execute("INSERT INTO line (name) VALUES (%s)", ["never"])
                        raise KeyError
                except KeyError:
                    cursor.execute("INSERT INTO line (name) VALUES (%s)", [name])
        acknowledged.append(name)
    connection.close()

threads = [threading.Thread(target=write, args=[n]) for n in range(3)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print("\\n".join(acknowledged))
"""


@pytest.fixture
def file(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Path]:
    path = tmp_path / "shared.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE line (id INTEGER PRIMARY KEY, name TEXT NOT NULL)")
    connection.close()
    with django_db_blocker.unblock():
        yield path


def _handler(file: Path) -> Any:
    """Connections of our own to `file`: one for each thread that asks."""
    options = {"timeout": 20, "transaction_mode": "IMMEDIATE"}
    return ConnectionHandler(
        {"default": {"ENGINE": "leerkring.site.sqlite", "NAME": str(file), "OPTIONS": options}}
    )


def _names(file: Path) -> list[str]:
    connection = sqlite3.connect(file)
    names = [name for (name,) in connection.execute("SELECT name FROM line")]
    connection.close()
    return names


def test_processes_with_threads_write_at_once(file: Path) -> None:
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(file), str(number), str(TIMES)],
            cwd=ROOT,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for number in range(WRITERS)
    ]
    acknowledged: list[str] = []
    for writer in writers:
        said, complained = writer.communicate(timeout=120)
        assert complained == ""
        acknowledged += said.split()
    assert len(acknowledged) == WRITERS * 3 * TIMES
    assert sorted(_names(file)) == sorted(acknowledged)


def test_the_file_keeps_a_write_ahead_log(file: Path) -> None:
    connection = _handler(file)["default"]
    with connection.cursor() as cursor:
        mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]
    connection.close()
    assert (mode, synchronous) == ("wal", 1)


def _waits(connections: Any) -> threading.Event:
    """Set once another thread could write."""
    written = threading.Event()

    def write() -> None:
        connection = connections["default"]
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO line (name) VALUES ('other')")
        connection.close()
        written.set()

    threading.Thread(target=write, daemon=True).start()
    return written


def test_who_is_inside_keeps_the_others_out_until_commit(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connections = _handler(file)
    monkeypatch.setattr(transaction, "get_connection", lambda using=None: connections["default"])
    ours = connections["default"]
    with transaction.atomic():
        with transaction.atomic(), ours.cursor() as cursor:
            cursor.execute("INSERT INTO line (name) VALUES ('ours')")
        written = _waits(connections)
        assert not written.wait(0.3)
    assert written.wait(60)
    ours.close()
    assert _names(file) == ["ours", "other"]


def _write_all_the_time(connection: Any, turns: list[int], stop: threading.Event) -> None:
    connection.ensure_connection()
    while not stop.is_set():
        connection._start_transaction_under_autocommit()
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO line (name) VALUES ('busy')")
        time.sleep(0.002)
        connection._commit()
        turns.append(1)
    connection.close()


def test_who_writes_now_and_then_is_not_passed_over_by_who_writes_all_the_time(file: Path) -> None:
    """Counted in turns of the others, not in seconds. SQLite's own way of waiting lets hundreds go first, and on a busy
    machine a lock alone does too."""
    connections, turns, stop = _handler(file), list[int](), threading.Event()
    busy = [
        threading.Thread(target=lambda: _write_all_the_time(connections["default"], turns, stop))
        for _ in range(4)
    ]
    for thread in busy:
        thread.start()
    ours, waited = connections["default"], []
    for _ in range(15):
        time.sleep(0.02)
        before = len(turns)
        with ours.cursor() as cursor:
            cursor.execute("INSERT INTO line (name) VALUES ('ours')")
        waited.append(len(turns) - before)
    stop.set()
    for thread in busy:
        thread.join()
    ours.close()
    # The middle one: on a busy machine a thread may be left standing now and then, lock or no lock.
    assert median(waited) < 10 * len(busy)


def test_a_failed_statement_lets_the_next_one_in(file: Path) -> None:
    connections = _handler(file)
    ours = connections["default"]
    with pytest.raises(OperationalError), ours.cursor() as cursor:
        cursor.execute("INSERT INTO no_such_table VALUES (1)")
    assert _waits(connections).wait(60)
    ours.close()


def test_closing_in_the_middle_lets_the_next_one_in(file: Path) -> None:
    connections = _handler(file)
    ours = connections["default"]
    ours.ensure_connection()
    ours._start_transaction_under_autocommit()
    ours.close()
    assert _waits(connections).wait(60)


def test_a_thread_that_dies_inside_lets_the_next_one_in(file: Path) -> None:
    connections = _handler(file)

    def die() -> None:
        connections["default"].ensure_connection()
        connections["default"]._start_transaction_under_autocommit()

    gc.disable()  # its connection is part of a cycle, and must not wait until that is found
    try:
        dying = threading.Thread(target=die)
        dying.start()
        dying.join()
        assert _waits(connections).wait(60)
    finally:
        gc.enable()


def test_a_row_that_cannot_be_opened_leaves_no_file_open(file: Path) -> None:
    Path(f"{file}.doorstep").mkdir()
    before = _next_file()
    with pytest.raises(IsADirectoryError):
        Row(str(file))
    assert _next_file() == before


def _next_file() -> int:
    """The number that the next open file gets: the lowest that is free."""
    number = os.open(os.devnull, os.O_RDONLY)
    os.close(number)
    return number


#: A process that stands in the row and forks; its child does nothing, or closes what it has of the row.
FORKS = """
import fcntl, os, signal, sys, time
from leerkring.site.sqlite.base import Row
row = Row(sys.argv[1])
row.enter()
child = os.fork()
if not child:
    if sys.argv[2] == "closes":
        row.close()
        os._exit(0)
    time.sleep(60)
    os._exit(0)
if sys.argv[2] == "closes":
    os.waitpid(child, 0)
else:
    row.close()
try:
    with open(sys.argv[1] + ".lock") as other:
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    print("free")
except BlockingIOError:
    print("taken")
finally:
    if sys.argv[2] != "closes":
        os.kill(child, signal.SIGKILL)
"""


@pytest.mark.parametrize(("child", "lock"), [("sleeps", "free"), ("closes", "taken")])
def test_a_forked_process_neither_keeps_the_row_nor_gives_it_away(file: Path, child: str, lock: str) -> None:
    said = subprocess.check_output([sys.executable, "-c", FORKS, str(file), child], cwd=ROOT, text=True)
    assert said == f"{lock}\n"


def test_a_process_that_is_killed_inside_lets_the_next_one_in(file: Path) -> None:
    hold = WRITER.split("who, times")[0] + (
        "connection.ensure_connection()\n"
        "connection._start_transaction_under_autocommit()\n"
        "print('inside', flush=True)\nimport time\ntime.sleep(60)\n"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", hold, str(file)], cwd=ROOT, text=True, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "inside\n"
    written = _waits(_handler(file))
    assert not written.wait(0.3)
    holder.kill()
    assert written.wait(60)
    holder.communicate()
