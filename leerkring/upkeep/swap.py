"""What was made ready takes the place of what is there: whole, or not at all, also when the power goes halfway.

The database changes place in one step: a rename, or one transaction. Files never change and their names are never
used again, so those of the new come beside those of the old before that step, and those of the old go after it. A
note on the disk says what was brought and what has to go; `settle` finishes it after a kill, either way.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from leerkring.ui.space import is_full
from leerkring.upkeep import copies
from leerkring.upkeep.alone import uses_sqlite
from leerkring.upkeep.archive import sync_folder
from leerkring.upkeep.failure import CannotBeDone
from leerkring.upkeep.models import Note


def take_place(staging: Path, token: str, schema: str) -> None:
    """The database and the files of `staging` become those of this instance."""
    new, old = _names(staging / "files"), _names(copies.files())
    _note({"token": token, "added": sorted(new - old), "surplus": sorted(old - new)})
    for name in sorted(new):
        target = copies.files() / name
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        (staging / "files" / name).replace(target)
        sync_folder(target.parent)
    try:
        if uses_sqlite():
            _swap_file(staging / copies.file().name)
        else:
            _swap_tables(schema)
    except (sqlite3.Error, DatabaseError) as error:
        with suppress(DatabaseError):  # a damaged database cannot say; then the next start does it
            settle()
        raise CannotBeDone(
            f"The database could not be replaced ({type(error).__name__}), as something else has it open or it "
            "cannot be written; stop what uses it and restore again. Nothing was changed."
        ) from error
    settle()


def _swap_file(new: Path) -> None:
    connection.close()
    copies.at_rest(new)
    old = copies.file()
    if old.exists():
        _rest(old)
    new.replace(old)
    sync_folder(old.parent)


def _rest(old: Path) -> None:
    """No log beside it. One that is damaged was kept before with its logs, and they go."""
    try:
        copies.at_rest(old)
    except sqlite3.DatabaseError as error:
        if copies.is_busy(error) or is_full(error):
            raise
        for log in copies.logs(old):
            log.unlink(missing_ok=True)


def _swap_tables(schema: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table in copies.columns_of(cursor):
            cursor.execute(f"DROP TABLE {copies.quoted(table)} CASCADE")
        cursor.execute("SELECT current_schema()")
        here = copies.quoted(cursor.fetchone()[0])
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [schema])
        for (table,) in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {copies.quoted(schema)}.{copies.quoted(table)} SET SCHEMA {here}")


def settle() -> None:
    """After the step the files of the old go; when it was never made, those that were brought for the new."""
    note = _path()
    if not note.exists():
        return
    said = json.loads(note.read_text(encoding="utf-8"))
    for name in said["surplus"] if _happened(said["token"]) else said["added"]:
        (copies.files() / name).unlink(missing_ok=True)
    note.unlink()
    sync_folder(note.parent)


def _happened(token: str) -> bool:
    if Note._meta.db_table not in connection.introspection.table_names():
        return False
    return Note.objects.filter(kind=Note.Kind.RESTORE, name=token).exists()


def _path() -> Path:
    return Path(settings.DATA) / "restore.json"


def _note(said: dict[str, Any]) -> None:
    part = _path().with_suffix(".part")
    with part.open("w", encoding="utf-8") as file:
        json.dump(said, file)
        file.flush()
        os.fsync(file.fileno())
    part.replace(_path())
    sync_folder(part.parent)


def _names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
