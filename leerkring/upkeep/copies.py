"""A copy of the whole database as it is at one moment, while people go on writing.

Left out are the sessions (who is signed in where), what waits to be imported (its file is not in the backup either,
and both are gone after a day), and what people gave without a name in a meeting that is on: nobody may lay two backups
side by side to see who gave what. docs/decisions/0021-backups.md says why it is made so.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import connection, connections
from django.db.models import Model

from leerkring.effectiveness.models import Upload
from leerkring.meetings.models import Gave, Unsigned
from leerkring.upkeep.alone import SCHEMAS, AlreadyServed, advisory, uses_sqlite
from leerkring.upkeep.tally import tally_apart

DATABASE = "database.sqlite3"
_LEFT_OUT = (Upload, Gave, Unsigned)


def left_out() -> list[str]:
    """Tables whose rows stay out of a backup, those that lean on another first."""
    chosen: list[type[Model]] = [
        m for m in apps.get_models() if issubclass(m, AbstractBaseSession) or m in _LEFT_OUT
    ]
    for model in chosen:
        leaning = [relation.related_model for relation in model._meta.related_objects]
        chosen += [m for m in leaning if isinstance(m, type) and m not in chosen]
    return [model._meta.db_table for model in reversed(chosen)]


def copy_database(folder: Path) -> dict[str, Any]:
    """Writes the copy into `folder`; says what is in it, by table: rows, sum, and with PostgreSQL the columns."""
    if uses_sqlite():
        return _copy_sqlite(folder / DATABASE)
    return _copy_postgres(folder / "tables")


# SQLite


def file() -> Path:
    """The database file in use."""
    return Path(str(connection.settings_dict["NAME"]))


def logs(file: Path) -> list[Path]:
    """What SQLite keeps beside it, and reads it with."""
    return [Path(f"{file}{end}") for end in ("-wal", "-shm", "-journal")]


def _copy_sqlite(target: Path) -> dict[str, Any]:
    copy_file(file(), target)
    with closing(sqlite3.connect(target, isolation_level=None)) as db:
        # No journal on the disk and zeros over what is deleted: it is a copy, and nothing else may stay in it.
        db.execute("PRAGMA journal_mode=MEMORY")
        db.execute("PRAGMA secure_delete=ON")
        there = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for table in left_out():
            if table in there:
                db.execute(f'DELETE FROM "{table}"')  # noqa: S608  # our own names
    said: dict[str, Any] = tally_apart(target)["tables"]
    return said


def copy_file(source: Path, target: Path) -> None:
    """The whole file as it is at one moment. Written anew, so without a trace of what was deleted before; writers
    do not wait for it, as it reads one version of the write-ahead log."""
    with closing(sqlite3.connect(source, isolation_level=None, timeout=20)) as db:
        db.execute("VACUUM INTO ?", (str(target),))


def is_busy(error: Exception) -> bool:
    """Whether it says that someone else has the file."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


@contextmanager
def ours_alone(file: Path) -> Iterator[sqlite3.Connection]:
    """A connection beside which nobody can read or write the file, until it is closed.

    Raises:
        sqlite3.OperationalError: another process has it open.
    """
    with closing(sqlite3.connect(file, timeout=2, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode=DELETE")
        db.execute("PRAGMA locking_mode=EXCLUSIVE")
        db.execute("BEGIN EXCLUSIVE")
        db.execute("COMMIT")  # in this mode the lock stays
        yield db


def at_rest(file: Path) -> None:
    """All of the database in its one file: no log beside it that another file would be read with.

    Raises:
        sqlite3.OperationalError: another process has it open.
    """
    with closing(sqlite3.connect(file, timeout=2, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode=DELETE")


# PostgreSQL


def quoted(name: str) -> str:
    """As an identifier in SQL."""
    return '"' + name.replace('"', '""') + '"'


def columns_of(cursor: Any) -> dict[str, list[str]]:
    """The columns of every table in the current schema, in order."""
    cursor.execute(
        "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
        " WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace"
        " AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY c.relname, a.attname"
    )
    found: dict[str, list[str]] = {}
    for table, column in cursor.fetchall():
        found.setdefault(table, []).append(column)
    return found


def _keys_of(cursor: Any, table: str) -> list[str]:
    cursor.execute(
        "SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid"
        " AND a.attnum = ANY(i.indkey) WHERE i.indisprimary AND i.indrelid = to_regclass(%s)",
        [quoted(table)],
    )
    return [name for (name,) in cursor.fetchall()]


def read_table(cursor: Any, table: str, columns: list[str]) -> Iterator[bytes]:
    """The rows in the form of COPY, in the order of their key."""
    chosen = ", ".join(map(quoted, columns))
    order = ", ".join(map(quoted, _keys_of(cursor, table) or columns))
    with cursor.copy(f"COPY (SELECT {chosen} FROM {quoted(table)} ORDER BY {order}) TO STDOUT") as rows:  # noqa: S608
        yield from (bytes(row) for row in rows)


_RESTORED = re.compile(r"restore_[0-9a-f]{32}")


def clear_schemas() -> None:
    """Away with schemas that killed restores and drills left, each a copy of everything. What someone is filling
    stays."""
    with suppress(AlreadyServed), advisory(SCHEMAS), connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace")
        for (name,) in cursor.fetchall():
            if _RESTORED.fullmatch(name):
                cursor.execute(f"DROP SCHEMA {quoted(name)} CASCADE")


@contextmanager
def apart() -> Iterator[Any]:
    """A cursor on a connection of its own."""
    own = connections.create_connection("default")
    try:
        own.ensure_connection()
        with own.connection.cursor() as cursor:
            yield cursor
    finally:
        own.close()


def _copy_postgres(folder: Path) -> dict[str, Any]:
    folder.mkdir()
    said: dict[str, Any] = {}
    skipped = set(left_out())
    with apart() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for table, columns in columns_of(cursor).items():
            sum_, rows = hashlib.sha256(), 0
            with (folder / table).open("wb") as written:
                for row in () if table in skipped else read_table(cursor, table, columns):
                    written.write(row)
                    sum_.update(row)
                    rows += row.count(b"\n")
            said[table] = {"rows": rows, "sha256": sum_.hexdigest(), "columns": columns}
        cursor.execute("COMMIT")
    return said


def files() -> Path:
    """The folder of what people uploaded."""
    storages: Any = settings.STORAGES
    return Path(storages["default"]["OPTIONS"]["location"])
