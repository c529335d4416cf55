"""Who is here: the only process that serves or restores, and those that may be here together."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connections

from leerkring.upkeep.failure import CannotBeDone

#: Numbers of ours among PostgreSQL's advisory locks.
HOUSE, SCHEMAS = 0x6C6B686F, 0x6C6B7363


class AlreadyServed(Exception):
    """Another process serves this SQLite database, or holds what we asked for."""


def uses_sqlite() -> bool:
    """Whether the database is a file of ours."""
    return "sqlite" in settings.DATABASES["default"]["ENGINE"]


@contextmanager
def only_one() -> Iterator[None]:
    """Exactly one live process for a SQLite database: live rooms and caches are in its memory."""
    if not uses_sqlite():
        yield
        return
    with locked("serve.lock"):
        yield


@contextmanager
def at_home() -> Iterator[None]:
    """One of all that read and write here: the server, the worker, a command. Meanwhile nothing is restored.

    Raises:
        CannotBeDone: a backup is being put back.
    """
    house = locked("house.lock", shared=True) if uses_sqlite() else advisory(HOUSE, shared=True)
    with ExitStack() as held:
        try:
            held.enter_context(house)
        except AlreadyServed:
            raise CannotBeDone("A backup is being put back here; do it again when that is done.") from None
        yield


@contextmanager
def nobody_home() -> Iterator[None]:
    """None of those, until we are done."""
    with locked("house.lock") if uses_sqlite() else advisory(HOUSE):
        yield


@contextmanager
def locked(name: str, *, wait: bool = False, shared: bool = False) -> Iterator[None]:
    """Holds the lock of this name in the data folder; the kernel frees it when its holder dies."""
    how = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    with open(Path(settings.DATA) / name, "ab") as file:
        try:
            fcntl.flock(file, how if wait else how | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyServed(settings.DATA) from error
        yield


@contextmanager
def advisory(number: int, *, shared: bool = False) -> Iterator[None]:
    """Holds PostgreSQL's lock of this number, for all machines, on a connection of its own; the server frees it
    when its holder dies."""
    own = connections.create_connection("default")
    try:
        own.ensure_connection()
        with own.connection.cursor() as cursor:  # the driver's own: `serve` asks before Django is ready
            cursor.execute(f"SELECT pg_try_advisory_lock{'_shared' if shared else ''}(%s)", [number])
            if not cursor.fetchone()[0]:
                raise AlreadyServed(settings.DATA)
        yield
    finally:
        own.close()
