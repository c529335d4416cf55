"""Makes a backup that was taken out ready to be lived in, in a process whose data folder is that place.

It runs apart, so that everything (the database, the files, what erasing touches) is the restored one, and so that
an older backup meets no table of now. What to do comes as JSON; what came of it goes as JSON.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Any


def main() -> None:
    asked = json.load(sys.stdin)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leerkring.site.settings")
    import django

    django.setup()
    from django.db import connection

    from leerkring.jobs.vanished import BadLine, UnknownKind

    try:
        said: dict[str, Any] = {"again": _ready(asked)}
    except UnknownKind as error:
        said = {"unknown": str(error)}
    except BadLine as error:
        said = {"line": str(error)}
    except Exception as error:  # told by its type only: its text may quote a row
        said = {"failed": type(error).__name__}
    finally:
        connection.close()
    print(json.dumps(said))  # noqa: T201


def _ready(asked: dict[str, Any]) -> int:
    from django.core.management import call_command
    from django.db import connection, transaction

    from leerkring import clock
    from leerkring.communities.models import ExceptionalAct
    from leerkring.jobs import vanished
    from leerkring.jobs.models import Job
    from leerkring.upkeep.models import Note

    if connection.vendor == "postgresql":
        _load(asked)
    call_command("migrate", interactive=False, verbosity=0)
    _drop_files_of_nobody()
    again = vanished.vanish_again(
        datetime.fromisoformat(asked["at"]), *(Path(name) for name in asked["vanished"])
    )
    with transaction.atomic():
        Job.objects.filter(state=Job.State.RUNNING).update(
            state=Job.State.WAITING, lease="", lease_until=None
        )
        if asked["used"]:
            ExceptionalAct.note(ExceptionalAct.Kind.BACKUP_RESTORED, by=None, at=clock.now())
        Note.keep(kind=Note.Kind.RESTORE, outcome="restored", name=asked["token"])
        connection.check_constraints()
    return again


def _drop_files_of_nobody() -> None:
    """A backup takes files before it takes the rows: what was erased in between is in it, a photo or a handout."""
    from django.core.files.storage import default_storage

    from leerkring.meetings import handouts
    from leerkring.people import photos
    from leerkring.people.models import User

    for file in [*photos.of_nobody(User.objects.photos()), *handouts.of_nobody()]:
        default_storage.delete(file)


def _load(asked: dict[str, Any]) -> None:
    """The tables as they were when the backup was made, with its rows."""
    from django.conf import settings
    from django.db import connection, transaction
    from django.db.migrations.executor import MigrationExecutor

    from leerkring.upkeep.copies import columns_of, quoted, read_table

    tables: dict[str, dict[str, Any]] = asked["tables"]
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {quoted(asked['schema'])} CASCADE")
        cursor.execute(f"CREATE SCHEMA {quoted(asked['schema'])}")
    MigrationExecutor(connection).migrate(_last([(app, name) for app, name in asked["migrations"]]))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE " + ", ".join(map(quoted, columns_of(cursor))))
        for table, there in tables.items():
            chosen = ", ".join(map(quoted, there["columns"]))
            with (
                (Path(settings.DATA) / "tables" / table).open("rb") as rows,
                cursor.copy(f"COPY {quoted(table)} ({chosen}) FROM STDIN") as copy,
            ):
                while piece := rows.read(1024 * 1024):
                    copy.write(piece)
        for table, there in tables.items():
            sum_ = hashlib.sha256()
            for row in read_table(cursor, table, there["columns"]):
                sum_.update(row)
            if sum_.hexdigest() != there["sha256"]:
                raise ValueError(table)
            _set_sequences(cursor, table, there["columns"])


def _last(applied: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of each app the migrations that no other one of it leans on."""
    from django.db.migrations.loader import MigrationLoader

    graph = MigrationLoader(None).graph
    return [
        key
        for key in applied
        if not any(child.key in applied and child.key[0] == key[0] for child in graph.node_map[key].children)
    ]


def _set_sequences(cursor: Any, table: str, columns: list[str]) -> None:
    from leerkring.upkeep.copies import quoted

    for column in columns:
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [quoted(table), column])
        if sequence := cursor.fetchone()[0]:
            cursor.execute(
                f"SELECT setval(%s, coalesce(max({quoted(column)}), 1), max({quoted(column)}) IS NOT NULL)"  # noqa: S608
                f" FROM {quoted(table)}",
                [sequence],
            )


if __name__ == "__main__":
    main()
