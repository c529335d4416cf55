"""Are the tables those of this version? Bringing them up to it, whole or not at all."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from leerkring import __version__, demo
from leerkring.jobs import vanished
from leerkring.people.models import User
from leerkring.upkeep import backup, copies, swap
from leerkring.upkeep.alone import locked, uses_sqlite
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


def refuse_a_demo_among_people() -> None:
    """The demo's people, whose password everybody knows, do not come among others.

    Raises:
        CannotBeDone: people live here, and no demo.
    """
    if has_people() and not demo.is_complete():
        raise CannotBeDone(
            "There are people in this instance who are not of the demo; the demo is not made among them. Choose "
            "another LEERKRING_DATA for it."
        )


def up_to_date(say: Callable[[str], None] = lambda reason: None) -> None:
    """Finishes what a restore that was killed left half done, and brings the tables up to the code. With people in
    them only after a backup, and when it fails they are what they were.

    Raises:
        CannotBeDone: a migration failed, or someone else has the database; everything is as it was.
    """
    with _alone():
        swap.settle()
        if uses_sqlite():
            _away_with_the_copy()
        backup.clear_left_over()
        if pending_migrations():
            if has_people():
                if uses_sqlite():
                    _nobody_else()
                say("backup before the upgrade")
                _upgrade(_back_up(), say)
            else:
                say("migrating")
                call_command("migrate", interactive=False, verbosity=0)
        if uses_sqlite():
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
            _on_a_copy()
        else:
            with transaction.atomic():
                call_command("migrate", interactive=False, verbosity=0)
    except CannotBeDone:
        raise
    except Exception as error:
        raise CannotBeDone(
            f"The upgrade to {__version__} failed ({type(error).__name__}). Everything is as it was before: install "
            f"the version that you had, and it works as it did. {where}"
        ) from error


# SQLite changes tables by making them anew, each in its own transaction. So a copy is migrated, while nobody can read
# or write the database itself, and then written into it in one transaction: it is what it was until that step.


def _copy() -> Path:
    return Path(settings.DATA) / "upgrade.sqlite3"


def _away_with_the_copy() -> None:
    for left in _copy().parent.glob(f"{_copy().name}*"):
        left.unlink(missing_ok=True)


def _on_a_copy() -> None:
    connection.close()
    try:
        with _database_alone() as database:
            database.execute("VACUUM INTO ?", (str(_copy()),))
            os.chmod(_copy(), 0o600)
            with _working_in(_copy()):
                call_command("migrate", interactive=False, verbosity=0)
            copies.at_rest(_copy())
            with closing(sqlite3.connect(_copy())) as made:
                made.backup(database)
    finally:
        _away_with_the_copy()


def _nobody_else() -> None:
    connection.close()
    with _database_alone():
        pass


@contextmanager
def _database_alone() -> Iterator[sqlite3.Connection]:
    with ExitStack() as stack:
        try:
            database = stack.enter_context(copies.ours_alone(copies.file()))
        except sqlite3.OperationalError as error:
            if not copies.is_busy(error):
                raise
            raise CannotBeDone(
                "The tables have to change, but something else has the database open (a command of Leerkring, or a "
                "program that looks into it). Stop that and start again; nothing was changed."
            ) from None
        yield database


@contextmanager
def _working_in(file: Path) -> Iterator[None]:
    """Django's own connection works in this file for a while."""
    before = connection.settings_dict
    connection.settings_dict = {**before, "NAME": str(file)}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = before
