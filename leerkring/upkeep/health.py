"""Is this instance well? The same judgement for /healthz and for the administrator's page."""

from __future__ import annotations

import shutil
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction

from leerkring import demo
from leerkring.jobs.models import Job
from leerkring.ui.space import is_full
from leerkring.upkeep import backup, copies, tables
from leerkring.upkeep.alone import uses_sqlite

#: Set once the tables are known to be up to date: that takes a while to find out, and stays so.
_up_to_date = threading.Event()
#: Bytes that are written and taken away again, to see whether anything can be written at all.
PROBE = 256 * 1024
#: Below this much free space the administrator is told, before it is too late.
LOW = 1024**3
FULL = "the disk is full"
_SIZE = "upkeep.files"


def illness() -> str:
    """Why this instance is not well, or nothing."""
    try:
        if not _up_to_date.is_set():
            if tables.pending_migrations():
                return "migrations are pending"
            _up_to_date.set()
        if settings.DEMO and not demo.is_complete():
            return "the demo is not complete"
        with transaction.atomic():
            Job.objects.filter(pk=0).update(progress=0)
        _write_something()
    except (DatabaseError, OSError) as error:
        return FULL if is_full(error) else "the database cannot be written"
    finally:
        if connection.needs_rollback:
            connection.close()
    return ""


def _write_something() -> None:
    """An update of nothing costs no space: only a write tells of a full disk."""
    probe = Path(settings.DATA) / f".space-{threading.get_ident()}"
    try:
        probe.write_bytes(bytes(PROBE))
    finally:
        probe.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Disk:
    """Bytes: what is free, and what of it is ours."""

    free: int
    total: int
    database: int
    files: int
    backups: int

    @property
    def is_low(self) -> bool:
        """Another backup would not fit, or soon nothing will."""
        return self.free < max(LOW, 2 * (self.database + self.files))


def disk() -> Disk:
    usage = shutil.disk_usage(settings.DATA)
    return Disk(
        free=usage.free,
        total=usage.total,
        database=_database(),
        files=_size(copies.files()),
        backups=sum(one.size for one in backup.kept()),
    )


def _database() -> int:
    if uses_sqlite():
        beside = [Path(f"{copies.file()}{end}") for end in ("", "-wal")]
        return sum(path.stat().st_size for path in beside if path.exists())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def _size(folder: Path) -> int:
    """Bytes of all files in it; counted anew after some minutes, as there may be very many."""
    found: int | None = cache.get(_SIZE)
    if found is None:
        found = 0
        for path in folder.rglob("*"):
            with suppress(FileNotFoundError):  # deleted at this very moment
                found += path.lstat().st_size
        cache.set(_SIZE, found, 300)
    return found
