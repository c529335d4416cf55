"""The list of what vanished, kept outside every backup, so that a backup brings nobody back.

A backup is older than what was erased after it. The verb that erases notes it here, in its own transaction:

    note_vanished("person", user.uid)                      # in the verb that erases

    @vanishes("person")                                    # in <app>/jobs.py
    def erase_again(reference: str) -> None: ...           # may find nothing, may be called twice

A line holds a kind, an id or uid, and a moment; never a name. The row in the database is the note on its way: it
is there if and only if the erasure is, and `write_down` brings it to the file at the commit, or when that failed
(no space, no power) at the next start, backup or restore. With PostgreSQL there may be several machines: there the
row waits for the one that does the jobs. Why so: docs/decisions/0022-what-vanished.md.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from leerkring import clock
from leerkring.jobs.models import Vanished
from leerkring.jobs.queue import enqueue

log = logging.getLogger(__name__)


class UnknownKind(Exception):
    """The list holds kinds that this version does not know."""


class BadLine(Exception):
    """Nothing can vanish by this line; says which it is."""


Again = Callable[[str], None]
AfterRestore = Callable[[datetime], None]

#: An erasure under way while a backup began has an earlier moment, and is not in it. Doing more again is harmless.
MARGIN = timedelta(hours=1)

#: The job that brings the notes to the list.
WRITE_DOWN = "upkeep.vanished"

#: kind → what makes it vanish again.
kinds: dict[str, Again] = {}
#: Called once after a restore, with the moment of the backup: what must not be done a second time (mail that went
#: out after it, for one) is marked as done here.
after_restore: list[AfterRestore] = []


def vanishes(kind: str) -> Callable[[Again], Again]:
    """Marks the function that makes a thing of this kind vanish again after a restore."""

    def mark(again: Again) -> Again:
        if kind in kinds:
            raise ValueError(f"two ways to vanish for {kind}")
        kinds[kind] = again
        return again

    return mark


def restored(function: AfterRestore) -> AfterRestore:
    """Marks a function to be called after a restore."""
    after_restore.append(function)
    return function


def note_vanished(kind: str, reference: int | str, *, at: datetime | None = None) -> None:
    """Notes, in the transaction of the erasure, that it must be done again after a restore of an older backup."""
    if kind not in kinds:
        raise ValueError(f"nothing makes {kind} vanish again")
    with transaction.atomic():
        Vanished.objects.create(kind=kind, reference=str(reference), at=at or clock.now())
        if connection.vendor == "sqlite":
            transaction.on_commit(try_to_write_down)
        else:  # perhaps not on the machine that keeps the list: the one that does the jobs writes it down
            enqueue(WRITE_DOWN)


def path() -> Path:
    """The list of this instance."""
    return Path(settings.DATA) / "vanished.jsonl"


def try_to_write_down() -> None:
    """The same, later if it cannot be done now."""
    try:
        write_down()
    except (OSError, DatabaseError):
        # The rows are still there; the next start or backup brings them to the list.
        log.exception("vanished.not_written")


def write_down() -> None:
    """Brings the notes in the database to the list on the disk, and there to the platter; then they go."""
    noted = list(Vanished.objects.order_by("pk"))
    if not noted:
        return
    append(path(), ((note.kind, note.reference, note.at) for note in noted))
    Vanished.objects.filter(pk__in=[note.pk for note in noted]).delete()


def append(file: Path, notes: Iterator[tuple[str, str, datetime]]) -> None:
    """Adds lines at the end. A half line that a full disk left behind is closed first."""
    text = "".join(
        json.dumps({"kind": kind, "reference": reference, "at": at.isoformat()}) + "\n"
        for kind, reference, at in notes
    )
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "r+b", buffering=0) as there:
        fcntl.flock(there, fcntl.LOCK_EX)
        size = there.seek(0, os.SEEK_END)
        if size and os.pread(there.fileno(), 1, size - 1) != b"\n":
            text = "\n" + text
        data = memoryview(text.encode())
        while data:
            data = data[there.write(data) :]
        os.fsync(there.fileno())


def noted_since(moment: datetime, *files: Path) -> list[tuple[str, str]]:
    """Kind and reference of all that vanished after `moment`, oldest first, each once; a half line is skipped."""
    found: dict[tuple[str, str], datetime] = {}
    for file in files:
        for kind, reference, at in lines(file):
            if at > moment:
                found[kind, reference] = min(at, found.get((kind, reference), at))
    return sorted(found, key=lambda key: found[key])


def _place_of(kind: str, reference: str, *files: Path) -> str:
    """The list, and the number of the line in it."""
    return next(
        f"{file}, line {number}"
        for file in files
        for number, line in numbered(file)
        if line is not None and line[:2] == (kind, reference)
    )


def lines(file: Path) -> Iterator[tuple[str, str, datetime]]:
    """Kind, reference and moment of every line that is whole."""
    return (line for _, line in numbered(file) if line is not None)


def numbered(file: Path) -> Iterator[tuple[int, tuple[str, str, datetime] | None]]:
    """Every line with its number, from 1; nothing for one that is not whole."""
    if not file.exists():
        return
    for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").split("\n"), 1):
        if line.strip():
            yield number, _read(line)


def _read(line: str) -> tuple[str, str, datetime] | None:
    try:
        said = json.loads(line)
        at = datetime.fromisoformat(said["at"])
        return (str(said["kind"]), str(said["reference"]), at) if at.tzinfo is not None else None
    except (ValueError, TypeError, KeyError):
        return None


def vanish_again(moment: datetime, *files: Path) -> int:
    """Makes everything vanish that did so after `moment`; how many. All of it or nothing.

    Raises:
        UnknownKind: the list holds a kind that this version does not know.
        BadLine: nothing can vanish by a line of it.
    """
    noted = noted_since(moment - MARGIN, *files)
    if unknown := {kind for kind, _ in noted} - set(kinds):
        raise UnknownKind(", ".join(sorted(unknown)))
    with transaction.atomic():
        for kind, reference in noted:
            try:
                kinds[kind](reference)
            except (ValueError, ValidationError) as error:  # no number, no uid
                raise BadLine(_place_of(kind, reference, *files)) from error
        for function in after_restore:
            function(moment)
    return len(noted)
