"""Erased rows leave their bytes behind in the file of a database; this takes those away too."""

from __future__ import annotations

from django.apps import apps
from django.db import connection


class StillRead(Exception):
    """Someone reads an older state of the database, so that its log cannot be emptied yet; the job tries again."""


def wipe() -> None:
    """Write the database anew, without what was freed. Takes seconds; others wait for it."""
    if connection.vendor == "sqlite":
        _sqlite()
    else:
        _postgresql()


def _sqlite() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete = ON")
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy = cursor.fetchone()[0]
    if busy:
        raise StillRead


def _postgresql() -> None:
    """Every table of the house, for a name may have stood in any."""
    tables = [m._meta.db_table for m in apps.get_models(include_auto_created=True)]
    with connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f"VACUUM FULL {connection.ops.quote_name(table)}")
