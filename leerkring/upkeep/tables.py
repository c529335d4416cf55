"""Are the tables those of this version? Bringing them up to it, and back when that fails."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from leerkring import __version__
from leerkring.jobs import vanished
from leerkring.people.models import User
from leerkring.upkeep import backup, copies, swap
from leerkring.upkeep.alone import locked, uses_sqlite
from leerkring.upkeep.archive import sync_folder
from leerkring.upkeep.failure import CannotBeDone

#: A number of ours among PostgreSQL's advisory locks.
_UPGRADE = 0x6C6B7570


def pending_migrations() -> bool:
    """Whether the tables are behind the code."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def has_people() -> bool:
    """Whether anyone lives here: with an account, in tables of this version or an older one."""
    table = User._meta.db_table
    if table not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1')  # noqa: S608  # our own name
        return cursor.fetchone() is not None


def up_to_date(say: Callable[[str], None] = lambda reason: None) -> None:
    """Finishes what a restore or an upgrade that was killed left half done; then brings the tables up to the code.
    With people in them only after a backup, and back to what they were when it fails.

    Raises:
        CannotBeDone: a migration failed; everything is as it was.
    """
    with _alone():
        swap.settle()
        _put_back()
        if pending_migrations():
            if has_people():
                say("backup before the upgrade")
                _upgrade(_back_up(), say)
            else:
                say("migrating")
                call_command("migrate", interactive=False, verbosity=0)
        vanished.try_to_write_down()


@contextmanager
def _alone() -> Iterator[None]:
    """One at a time, also when several processes start together."""
    if uses_sqlite():
        with locked("upgrade.lock", wait=True):
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_UPGRADE])
        try:
            yield
        finally:
            with suppress(DatabaseError):
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_UPGRADE])


def _back_up() -> Path | None:
    if settings.BACKUPS is None:
        return None
    path = backup.place(f"before-upgrade-{__version__}")
    backup.make(path)
    return path


def _upgrade(kept: Path | None, say: Callable[[str], None]) -> None:
    say("migrating")
    where = f"A backup from before it: {kept}." if kept else "Backups are switched off; none was made."
    try:
        if uses_sqlite():
            _with_a_copy()
        else:
            with transaction.atomic():
                call_command("migrate", interactive=False, verbosity=0)
    except Exception as error:
        raise CannotBeDone(
            f"The upgrade to {__version__} failed ({type(error).__name__}). Everything is as it was before: install "
            f"the version that you had, and it works as it did. {where}"
        ) from error


# SQLite changes tables by making them anew, each in its own transaction: only a copy brings back what was.


def _copy() -> Path:
    return Path(settings.DATA) / "before-upgrade.sqlite3"


def _with_a_copy() -> None:
    part = _copy().with_suffix(".part")
    part.unlink(missing_ok=True)
    copies.copy_file(copies.file(), part)
    os.chmod(part, 0o600)
    part.replace(_copy())
    sync_folder(part.parent)
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except BaseException:
        _put_back()
        raise
    _copy().unlink()


def _put_back() -> None:
    """The copy in its place again, if there is one: an upgrade failed, or was killed before it was whole."""
    if not uses_sqlite() or not _copy().exists():
        return
    connection.close()
    copies.at_rest(copies.file())
    _copy().replace(copies.file())
    sync_folder(copies.file().parent)
