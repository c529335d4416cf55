"""Being the only process that serves, restores or upgrades."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings


class AlreadyServed(Exception):
    """Another process serves this SQLite database."""


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
def locked(name: str, *, wait: bool = False) -> Iterator[None]:
    """Holds the lock of this name in the data folder; the kernel frees it when its holder dies."""
    with open(Path(settings.DATA) / name, "ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyServed(settings.DATA) from error
        yield
