"""Putting a backup back, and proving that it can be."""

from __future__ import annotations

import json
import os
import secrets
import sqlite3
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from leerkring.jobs import vanished
from leerkring.jobs.models import Vanished
from leerkring.ui.space import is_full
from leerkring.upkeep import archive, backup, copies, swap, tables
from leerkring.upkeep.alone import (
    HOUSE,
    SCHEMAS,
    AlreadyServed,
    advisory,
    locked,
    nobody_home,
    only_one,
    uses_sqlite,
)
from leerkring.upkeep.archive import Manifest
from leerkring.upkeep.failure import CannotBeDone
from leerkring.upkeep.tally import tally_apart

_RUNS = "Leerkring is running on this data; stop serve and work first, then restore."


@dataclass(frozen=True)
class Restored:
    manifest: Manifest
    #: How many erasures were done again.
    again: int
    #: The backup of what was there.
    before: Path | None


def restore(file: Path, *, replace: bool, lists: list[Path]) -> Restored:
    """What is in `file` becomes this instance, without what vanished after it was made (by our own list and `lists`).

    Raises:
        CannotBeDone: nothing was changed.
    """
    try:
        with only_one(), nobody_home(), locked("restore.lock", wait=True), _sentences():
            _nobody_else()
            swap_left_over()
            with backup.scratch("restore") as staging:
                manifest = take_out(file, staging)
                used = _is_used()
                if used and not replace:
                    raise CannotBeDone(
                        "There are people in this instance already; add --replace to replace all of it."
                    )
                before = _keep_what_is_there() if used else None
                token = secrets.token_hex(16)
                with made_ready(staging, manifest, token, [vanished.path(), *lists], used=used) as (
                    again,
                    schema,
                ):
                    _remember(staging / "vanished.jsonl", *lists)
                    _nobody_else()
                    swap.take_place(staging, token, schema)
            return Restored(manifest, again, before)
    except AlreadyServed:
        raise CannotBeDone(_RUNS) from None


def swap_left_over() -> None:
    """What a restore before this one left half done. A database that is damaged cannot say; that is why we are here."""
    with suppress(DatabaseError):
        swap.settle()


def take_out(file: Path, staging: Path) -> Manifest:
    """Everything in `file` under `staging`, held against its sums and counts.

    Raises:
        CannotBeDone: it is damaged, of another kind of database, or of a newer version.
    """
    manifest = archive.unpack(file, staging)
    if manifest.engine != ("sqlite" if uses_sqlite() else "postgresql"):
        raise CannotBeDone(
            f"This backup is of another kind of database ({manifest.engine}) than this instance has."
        )
    known = MigrationLoader(None).disk_migrations
    if [name for name in manifest.migrations if name not in known]:
        raise CannotBeDone(
            f"This backup was made by a newer Leerkring ({manifest.version}); install that version first."
        )
    if uses_sqlite():
        found = tally_apart(staging / copies.DATABASE)
        if found["integrity"] != "ok" or found["tables"] != manifest.tables:
            raise CannotBeDone(
                "The database in this backup is not what its manifest says; nothing was changed."
            )
        (staging / copies.DATABASE).rename(staging / copies.file().name)
    return manifest


@contextmanager
def made_ready(
    staging: Path, manifest: Manifest, token: str, lists: list[Path], *, used: bool = False
) -> Iterator[tuple[int, str]]:
    """Up to this version and without what vanished; how much that was, and the schema it is in (PostgreSQL).
    `used`: it takes the place of what people were working in, and they read that."""
    schema = f"restore_{token}"
    asked = {
        "at": manifest.at.isoformat(),
        "migrations": manifest.migrations,
        "tables": manifest.tables,
        "token": token,
        "schema": schema,
        "used": used,
        "vanished": [str(file.resolve()) for file in lists],
    }
    with _in_use(schema):
        ran = subprocess.run(
            [sys.executable, "-P", "-m", "leerkring.upkeep.ready"],
            input=json.dumps(asked),
            env=_env(staging, schema),
            capture_output=True,
            text=True,
            check=False,
        )
        yield _read(ran), schema


@contextmanager
def _in_use(schema: str) -> Iterator[None]:
    """PostgreSQL: nobody tidies it away as left over, and it goes afterwards."""
    if uses_sqlite():
        yield
        return
    with advisory(SCHEMAS, shared=True):
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute(f"DROP SCHEMA IF EXISTS {copies.quoted(schema)} CASCADE")


def _read(ran: subprocess.CompletedProcess[str]) -> int:
    said = json.loads(ran.stdout) if ran.returncode == 0 and ran.stdout else {"failed": "no answer"}
    if "unknown" in said:
        raise CannotBeDone(
            f"The list of what vanished names what this version does not know ({said['unknown']}); "
            "install the version that wrote it."
        )
    if "line" in said:
        raise CannotBeDone(
            f"The list of what vanished has a line that means nothing ({said['line']}); mend or take away that line. "
            "Nothing was changed."
        )
    if "failed" in said:
        raise CannotBeDone(f"This backup could not be made ready ({said['failed']}); nothing was changed.")
    return int(said["again"])


def _env(staging: Path, schema: str) -> dict[str, str]:
    ours = {
        "LEERKRING_DATA": str(staging),
        "LEERKRING_SECRET_KEY": settings.SECRET_KEY,
        "LEERKRING_BACKUPS": "off",
        "LEERKRING_LOG": "",
        "LEERKRING_DATABASE_URL": "" if uses_sqlite() else _url(schema),
    }
    return {**os.environ, **ours}


def _url(schema: str) -> str:
    said = connection.settings_dict
    who = f"{quote(said['USER'], safe='')}:{quote(said['PASSWORD'], safe='')}"
    port = f":{said['PORT']}" if said["PORT"] else ""
    asked = {"schema": schema, **({"host": said["HOST"]} if said["HOST"].startswith("/") else {})}
    host = "" if "host" in asked else said["HOST"]
    return f"postgresql://{who}@{host}{port}/{quote(said['NAME'], safe='')}?{urlencode(asked)}"


def _is_used() -> bool:
    """Whether there is anything to lose. What cannot be read counts."""
    try:
        if Vanished._meta.db_table in connection.introspection.table_names():
            vanished.write_down()
        return tables.has_people()
    except DatabaseError:
        return True
    finally:
        connection.close()


def _nobody_else() -> None:
    if uses_sqlite():
        connection.close()
        try:
            if copies.file().exists():
                copies.at_rest(copies.file())
        except sqlite3.DatabaseError as error:
            if copies.is_busy(error):
                raise CannotBeDone(_RUNS) from None
        return
    with connection.cursor() as cursor:
        for _ in range(40):  # one that has just ended is seen for a moment
            cursor.execute(
                "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                " AND backend_type = 'client backend'"
                " AND pid NOT IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid IN (%s, %s))",
                [HOUSE, SCHEMAS],
            )
            if not cursor.fetchone():
                return
            time.sleep(0.05)
    raise CannotBeDone(_RUNS)


def _keep_what_is_there() -> Path:
    place = Path(settings.BACKUPS or backup.default_folder())
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = place / backup.name_for("before-restore")
    try:
        backup.make(path)
    except (DatabaseError, sqlite3.DatabaseError) as error:
        if not uses_sqlite() or is_full(error):
            raise
        path = _keep_damaged(path.with_suffix(".damaged"))
    return path


def _keep_damaged(path: Path) -> Path:
    """A database that cannot be read is kept as it lies there."""
    connection.close()
    beside = [copies.file(), *copies.logs(copies.file())]
    with archive.beside(path, force=False) as file, tarfile.open(fileobj=file, mode="w") as tar:
        for one in filter(Path.exists, beside):
            tar.add(one, one.name)
    return path


def _remember(*lists: Path) -> None:
    """Lines of other lists come into our own: the next restore needs them too."""
    there = set(vanished.lines(vanished.path()))
    new = [line for file in lists for line in vanished.lines(file) if line not in there]
    if new:
        vanished.append(vanished.path(), iter(new))


@contextmanager
def _sentences() -> Iterator[None]:
    try:
        yield
    except Exception as error:
        if is_full(error):
            raise CannotBeDone("There is not enough space on the disk; nothing was changed.") from error
        raise


def drill(file: Path | None, *, progress: Callable[[int], None] = lambda percent: None) -> Manifest:
    """Takes a backup (a new one without `file`) out in a place of its own and makes it ready there, to see that it
    can be done.

    Raises:
        CannotBeDone: it cannot.
    """
    with locked("drill.lock", wait=True), _sentences(), backup.scratch("drill") as folder:
        if file is None:
            file = folder / "drill.tar"
            backup.make(file)
        progress(40)
        staging = folder / "restored"
        staging.mkdir()
        manifest = take_out(file, staging)
        progress(70)
        with made_ready(staging, manifest, secrets.token_hex(16), [vanished.path()]):
            progress(95)
    return manifest
