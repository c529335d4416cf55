"""Making backups: one file with the database and what people uploaded, while the house goes on."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from leerkring import __version__, clock
from leerkring.ui.space import is_full
from leerkring.upkeep import archive, copies
from leerkring.upkeep.alone import AlreadyServed, locked, uses_sqlite
from leerkring.upkeep.archive import Manifest
from leerkring.upkeep.failure import CannotBeDone

#: What is kept of the nightly ones: the last of each of seven days and of each of four weeks.
DAYS, WEEKS = 7, 4
#: After this nothing is kept, so that what was erased is then out of all backups.
OLDEST = timedelta(days=35)
NIGHTLY = "leerkring"
_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(
    r"(?P<what>leerkring|before-restore|before-upgrade-[\w.+-]+)-(?P<at>\d{8}T\d{6}Z)\.(tar|damaged)"
)


def make(
    target: Path,
    *,
    force: bool = False,
    progress: Callable[[int], None] = lambda percent: None,
) -> Manifest:
    """The whole instance in the file `target`. Every file that the copy of the database refers to is in it: files
    are taken before and after, and never change.

    Raises:
        CannotBeDone: there is no space, or `target` cannot be written; nothing is left of it.
    """
    with locked("backup.lock", wait=True), _sentences(target):
        _clear_halves(target)
        with archive.beside(target, force=force) as file, scratch("backup") as folder:
            at = clock.now()
            _take_files(folder / "files")
            progress(20)
            tables = copies.copy_database(folder)
            progress(50)
            _take_files(folder / "files")
            applied = sorted(MigrationRecorder(connection).applied_migrations())
            engine = "sqlite" if uses_sqlite() else "postgresql"
            manifest = Manifest(__version__, at, engine, applied, tables)
            archive.write(folder, file, manifest)
            progress(90)
        return manifest


def _clear_halves(target: Path) -> None:
    """Away with halves that a killed process left beside `target`: of the same name, or of a name of ours."""
    for left in target.parent.glob(".*"):
        said = archive.HALF.fullmatch(left.name)
        if said and (said["name"] == target.name or _NAME.fullmatch(said["name"])):
            left.unlink(missing_ok=True)


def clear_left_over() -> None:
    """Away with what killed backups, drills and restores left beside the data: whole copies of it. What someone
    is filling stays."""
    for what in ("backup", "drill", "restore"):
        with suppress(AlreadyServed), locked(f"{what}.lock"):
            _clear_scratch(what)
    if not uses_sqlite():
        copies.clear_schemas()


def _clear_scratch(what: str) -> None:
    for left in Path(settings.DATA).glob(f".{what}-*"):
        shutil.rmtree(left, ignore_errors=True)


@contextmanager
def scratch(what: str) -> Iterator[Path]:
    """An empty folder beside the data, so that a file can be in both at once. It goes afterwards; what a killed
    process left goes with the next one, or at the next start."""
    _clear_scratch(what)
    folder = Path(tempfile.mkdtemp(prefix=f".{what}-", dir=settings.DATA))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _sentences(target: Path) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        if is_full(error):
            raise CannotBeDone(
                "There is not enough space on the disk for a backup; nothing was written. Make space, or choose "
                "another disk."
            ) from error
        if isinstance(error, OSError):
            raise CannotBeDone(f"{target} cannot be written ({error.strerror}).") from error
        raise


def _take_files(target: Path) -> None:
    """Every uploaded file once more under `target`: the same file, or a copy where that cannot be."""
    source = copies.files()
    for path in source.rglob("*") if source.exists() else ():
        taken = target / path.relative_to(source)
        if path.is_symlink() or not path.is_file() or taken.exists():
            continue
        taken.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(path, taken)
        except FileNotFoundError:
            continue  # deleted at this very moment
        except OSError:
            shutil.copyfile(path, taken)


# The folder of backups


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup in the folder."""

    path: Path
    what: str
    at: datetime
    size: int

    @property
    def name(self) -> str:
        return self.path.name


def folder() -> Path:
    """Where backups are kept.

    Raises:
        CannotBeDone: they are switched off.
    """
    if settings.BACKUPS is None:
        raise CannotBeDone("Backups are switched off (LEERKRING_BACKUPS); name a file yourself.")
    there = Path(settings.BACKUPS)
    there.mkdir(parents=True, exist_ok=True, mode=0o700)
    return there


def place(what: str) -> Path:
    """The name of a new one, in that folder."""
    return folder() / name_for(what)


def name_for(what: str) -> str:
    """The name of a backup made now."""
    return f"{what}-{clock.now().astimezone(UTC).strftime(_STAMP)}.tar"


def kept() -> list[Kept]:
    """All that are there, newest first."""
    return [] if settings.BACKUPS is None else _kept_in(Path(settings.BACKUPS))


def _kept_in(there: Path) -> list[Kept]:
    found = []
    for path in there.iterdir() if there.is_dir() else ():
        if said := _NAME.fullmatch(path.name):
            # A day that is none: not one of ours. Not there: tidied away at this very moment.
            with suppress(ValueError, FileNotFoundError):
                at = datetime.strptime(said["at"], _STAMP).replace(tzinfo=UTC)
                found.append(Kept(path, said["what"], at, path.stat().st_size))
    return sorted(found, key=lambda one: (one.at, one.name), reverse=True)


def default_folder() -> Path:
    """Where a restore keeps what was there when backups are switched off."""
    return Path(settings.DATA) / "backups"


def tidy() -> None:
    """Away with what is too many or too old, also when backups were switched off since."""
    now = clock.now()
    for there in {default_folder(), Path(settings.BACKUPS or default_folder())}:
        all_ = _kept_in(there)
        keep = {one.name for one in staying(all_, now)}
        for one in all_:
            if one.name not in keep:
                one.path.unlink(missing_ok=True)


def staying(all_: list[Kept], now: datetime) -> list[Kept]:
    """What is kept of `all_`, newest first: of the nightly ones the last of a day and of a week; of the others,
    made before something dangerous, all until they are too old."""
    days: dict[date, Kept] = {}
    weeks: dict[tuple[int, int], Kept] = {}
    keep = []
    for one in all_:
        if now - one.at > OLDEST:
            continue
        if one.what != NIGHTLY:
            keep.append(one)
            continue
        day = one.at.astimezone(clock.AMSTERDAM).date()
        days.setdefault(day, one)
        weeks.setdefault(day.isocalendar()[:2], one)
    chosen = [*list(days.values())[:DAYS], *list(weeks.values())[:WEEKS]]
    return [one for one in all_ if one in keep or one in chosen]
