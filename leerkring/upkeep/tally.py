"""Counts and sums of every table of a SQLite file, by a process of its own: the server's threads have other things
to do. Knows no Django.

    python -m leerkring.upkeep.tally FILE
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from leerkring.upkeep.failure import CannotBeDone

_TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
    " AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _table(db: sqlite3.Connection, name: str) -> dict[str, Any]:
    columns = db.execute("SELECT name, pk FROM pragma_table_info(?)", (name,)).fetchall()
    keys = [column for column, place in sorted(columns, key=lambda column: column[1]) if place]
    names = sorted(column for column, _ in columns)
    chosen, order = (", ".join(map(_quoted, some)) for some in (names, keys or names))
    sum_, rows = hashlib.sha256(repr(names).encode()), 0
    for row in db.execute(f"SELECT {chosen} FROM {_quoted(name)} ORDER BY {order}"):  # noqa: S608  # our own names
        sum_.update(repr(row).encode())
        rows += 1
    return {"rows": rows, "sha256": sum_.hexdigest()}


def tally(file: Path) -> dict[str, Any]:
    """`tables` (rows and a sum of each) and `integrity`: what SQLite finds wrong, "ok" when nothing."""
    with closing(sqlite3.connect(file)) as db:
        tables = {name: _table(db, name) for (name,) in db.execute(_TABLES).fetchall()}
        wrong = db.execute("PRAGMA integrity_check(1)").fetchone()[0]
        loose = db.execute("PRAGMA foreign_key_check").fetchone()
    return {"tables": tables, "integrity": "loose ends" if loose else wrong}


def tally_apart(file: Path) -> dict[str, Any]:
    """The same, in a process of its own.

    Raises:
        CannotBeDone: the file cannot be read.
    """
    ran = subprocess.run(  # noqa: S603  # our own module
        [sys.executable, "-P", "-m", "leerkring.upkeep.tally", str(file)],
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        raise CannotBeDone("The database of this backup cannot be read: it is damaged.")
    said: dict[str, Any] = json.loads(ran.stdout)
    return said


if __name__ == "__main__":
    os.nice(10)
    print(json.dumps(tally(Path(sys.argv[1]))))  # noqa: T201
