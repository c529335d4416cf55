"""One file with everything: a tar with a manifest that holds the sum of every member."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from leerkring.ui.space import is_full
from leerkring.upkeep.failure import CannotBeDone

MANIFEST = "manifest.json"
FORMAT = 1
PIECE = 1024 * 1024
#: What a file is called until it is whole, hidden beside its place.
HALF = re.compile(r"\.(?P<name>.+)\.[a-z0-9_]{8}\.half")
_MEMBER = re.compile(r"database\.sqlite3|tables/\w+|files/.+")
#: A name that no file can have: too long, or a folder as well as a file.
_NO_NAME = {errno.ENAMETOOLONG, errno.ENOTDIR, errno.EISDIR, errno.EEXIST}


@dataclass(frozen=True)
class Manifest:
    """What the archive says of itself."""

    version: str
    at: datetime
    engine: str
    #: App and name of every migration that was applied.
    migrations: list[tuple[str, str]]
    #: table → rows and sum (and, from PostgreSQL, columns).
    tables: dict[str, dict[str, Any]]
    #: name → bytes and sum, of all but the manifest itself.
    members: dict[str, dict[str, Any]] = field(default_factory=dict)

    def as_json(self) -> bytes:
        return json.dumps(
            {"format": FORMAT, **asdict(self), "at": self.at.isoformat()}, indent=1, sort_keys=True
        ).encode()

    @classmethod
    def read(cls, data: bytes) -> Manifest:
        said = json.loads(data)
        if not isinstance(said, dict):
            raise ValueError(MANIFEST)
        if said.pop("format") != FORMAT:
            raise CannotBeDone("This backup was made by a newer Leerkring; install that version first.")
        said["at"] = datetime.fromisoformat(said["at"])
        said["migrations"] = [(str(app), str(name)) for app, name in said["migrations"]]
        return cls(**said)


class _Summing:
    """Reads on, and sums what was read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.sum = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.sum.update(data)
        return data


def write(folder: Path, target: IO[bytes], manifest: Manifest) -> None:
    """Everything in `folder`, then the manifest."""
    with tarfile.open(fileobj=target, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            name = path.relative_to(folder).as_posix()
            with path.open("rb") as file:
                info = _info(name, os.fstat(file.fileno()).st_size, manifest.at)
                summing = _Summing(file)
                tar.addfile(info, summing)
            manifest.members[name] = {"bytes": info.size, "sha256": summing.sum.hexdigest()}
        said = manifest.as_json()
        with tempfile.TemporaryFile() as file:
            file.write(said)
            file.seek(0)
            tar.addfile(_info(MANIFEST, len(said), manifest.at), file)


def _info(name: str, size: int, at: datetime) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = size, 0o600, int(at.timestamp())
    return info


def unpack(file: Path, folder: Path | None) -> Manifest:
    """Holds every sum against the manifest; into `folder` when there is one. What is not as it should be in the
    least is refused as a whole.

    Raises:
        CannotBeDone: it is no backup, a damaged one, or cannot be read.
    """
    try:
        with tarfile.open(file, mode="r:") as tar:
            return _unpack(tar, folder)
    except FileNotFoundError:
        raise CannotBeDone(f"There is no file {file}.") from None
    except OSError as error:
        if is_full(error):
            raise
        raise CannotBeDone(f"{file} cannot be read ({error.strerror}); nothing was changed.") from None
    except (tarfile.TarError, EOFError, ValueError, KeyError, TypeError, RecursionError):
        raise CannotBeDone(f"{file} is damaged or is no backup of Leerkring; nothing was changed.") from None


def _unpack(tar: tarfile.TarFile, folder: Path | None) -> Manifest:
    seen: dict[str, dict[str, Any]] = {}
    manifest: Manifest | None = None
    for info in tar:
        name = info.name
        parts = Path(name).parts
        if not info.isreg() or name in seen or manifest or ".." in parts or name.startswith("/"):
            raise tarfile.TarError(name)
        data = tar.extractfile(info)
        assert data is not None  # a regular file has one
        if name == MANIFEST:
            manifest = Manifest.read(data.read())
        elif _MEMBER.fullmatch(name):
            with _a_name(name):
                seen[name] = _take_out(data, folder / name if folder else None)
        else:
            raise tarfile.TarError(name)
    if manifest is None or seen != manifest.members:
        raise tarfile.TarError(MANIFEST)
    return manifest


@contextmanager
def _a_name(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _NO_NAME:
            raise tarfile.TarError(name) from None
        raise


def _take_out(data: IO[bytes], target: Path | None) -> dict[str, Any]:
    sum_, size = hashlib.sha256(), 0
    if target is not None:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(target or os.devnull, "wb") as written:
        while piece := data.read(PIECE):
            written.write(piece)
            sum_.update(piece)
            size += len(piece)
        if target is not None:
            written.flush()
            os.fsync(written.fileno())
    return {"bytes": size, "sha256": sum_.hexdigest()}


@contextmanager
def beside(target: Path, *, force: bool) -> Iterator[IO[bytes]]:
    """A file that appears at its place when it is whole and on the platter; on any failure nothing of it is left."""
    if target.is_dir() or (target.exists() and not force):
        raise CannotBeDone(f"{target} is there already; choose another name, or add --force.")
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".half", dir=target.parent)
    except FileNotFoundError:
        raise CannotBeDone(f"There is no folder {target.parent}.") from None
    made = Path(name)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _place(made, target, force=force)
        sync_folder(target.parent)
    finally:
        made.unlink(missing_ok=True)


def _place(made: Path, target: Path, *, force: bool) -> None:
    if force:
        made.replace(target)
        return
    try:
        os.link(made, target)
    except FileExistsError:
        raise CannotBeDone(f"{target} is there already; choose another name, or add --force.") from None
    except OSError:  # a file system without links
        made.replace(target)


def sync_folder(folder: Path) -> None:
    """Makes a rename in it last through a loss of power, where the file system can."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
