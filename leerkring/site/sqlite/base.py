"""Django's SQLite backend, with a file lock held from before BEGIN IMMEDIATE until commit or rollback.

SQLite lets a writer that finds the database busy try again after ever longer naps, so that one that writes a
little can starve behind many that write often: a job waited 7.3 s behind busy pages, with the lock 54 ms. The
kernel wakes who waits for a lock, between threads and between processes, and frees it when its holder dies. But who
asks just then may have it before one that is still waking up; on a busy machine hundreds did. So the lock has a
doorstep, a second one: only who stands on it waits for the first, and nobody comes in past them. Waiting has no
time limit: who holds the lock is writing, and has to end.
"""

from __future__ import annotations

import fcntl
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from weakref import WeakSet

from django.db.backends.sqlite3 import base

_WRITES = re.compile(r"\s*(insert|update|delete|replace|create|drop|alter|vacuum)\b", re.IGNORECASE)


class Row:
    """The row of writers of one database file. Open files of its own per connection make one also wait for
    other threads of the same process."""

    def __init__(self, database: str) -> None:
        self._files: list[int] = []
        self._process = os.getpid()
        try:
            for name in ("lock", "doorstep"):
                self._files.append(os.open(f"{database}.{name}", os.O_RDWR | os.O_CREAT, 0o600))
        except BaseException:
            self.close()
            raise

    def enter(self) -> None:
        """Waits for our turn."""
        if self._files:
            lock, doorstep = self._files
            fcntl.flock(doorstep, fcntl.LOCK_EX)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX)
            finally:
                fcntl.flock(doorstep, fcntl.LOCK_UN)

    def leave(self) -> None:
        """The next one, please."""
        if self._files:
            fcntl.flock(self._files[0], fcntl.LOCK_UN)

    def close(self) -> None:
        """Leaves too, if need be. A lock is that of the open file, which a process that was forked has too: so it is
        let go of expressly by who took it, and by nobody else."""
        while self._files:
            file = self._files.pop()
            try:
                if self._process == os.getpid():
                    fcntl.flock(file, fcntl.LOCK_UN)
            finally:
                os.close(file)

    def __del__(self) -> None:
        # A connection that nobody has any more.
        self.close()


class _Last:
    """Goes with its thread, and closes the connections that this leaves behind: a thread that died without closing
    its own must not keep the others waiting. Django's connection and its parts (`ops`, `features`) point at each
    other, so that by itself it would live on until the collector of cycles happens to run."""

    def __init__(self) -> None:
        self.connections: WeakSet[DatabaseWrapper] = WeakSet()

    def __del__(self) -> None:
        for connection in list(self.connections):
            if connection.allow_thread_sharing:
                continue  # another thread may be using it
            with suppress(Exception):
                connection.close()


_thread = threading.local()


class Cursor(base.SQLiteCursorWrapper):
    """A cursor that lets a single write outside a transaction wait for its turn as well."""

    wrapper: DatabaseWrapper

    def execute(self, query: str, params: Any = None) -> Any:
        with self.wrapper.turn_for(query):
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        with self.wrapper.turn_for(query):
            return super().executemany(query, param_list)


class DatabaseWrapper(base.DatabaseWrapper):
    """See the module."""

    row: Row | None = None
    _our_turn = False

    def get_new_connection(self, conn_params: Any) -> Any:
        if not self.is_in_memory_db():
            self.row = Row(str(self.settings_dict["NAME"]))
            if not hasattr(_thread, "last"):
                _thread.last = _Last()
            _thread.last.connections.add(self)
        connection = super().get_new_connection(conn_params)
        if connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete":
            # Once in the life of a file; two at a time would find it locked.
            self._enter()
            try:
                connection.execute("PRAGMA journal_mode=WAL")
            finally:
                self._leave()
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute(f"PRAGMA journal_size_limit={64 * 1024 * 1024}")
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        cursor = self.connection.cursor(factory=Cursor)
        cursor.wrapper = self
        return cursor

    def _enter(self) -> None:
        if self.row is not None and not self._our_turn:
            self.row.enter()
            self._our_turn = True

    def _leave(self) -> None:
        if self.row is not None and self._our_turn:
            self._our_turn = False
            self.row.leave()

    @contextmanager
    def turn_for(self, query: str) -> Iterator[None]:
        """Our turn while a write of one statement runs; nothing for reads, or inside a transaction."""
        if self._our_turn or self.connection.in_transaction or not _WRITES.match(query):
            yield
            return
        self._enter()
        try:
            yield
        finally:
            self._leave()

    def _start_transaction_under_autocommit(self) -> None:
        self._enter()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # not in the stubs
        except BaseException:
            self._leave()
            raise

    def _commit(self) -> None:
        # When it raises, Django rolls back.
        super()._commit()  # type: ignore[misc]
        self._leave()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            if self.connection is None or not self.connection.in_transaction:
                self._leave()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._our_turn = False
            if self.row is not None:
                self.row.close()
                self.row = None
