"""Is the disk full? Asked of an exception, whichever way it was wrapped."""

from __future__ import annotations

import errno
import sqlite3

_FULL = {errno.ENOSPC, errno.EDQUOT}
#: SQLite on a full disk: the file itself, or what it needs beside it (the log and its index).
_SQLITE = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_SHMSIZE,
}
_POSTGRES = {"53100"}


def is_full(error: BaseException | None) -> bool:
    """Whether this, or what led to it, is a disk without space."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, OSError) and error.errno in _FULL:
            return True
        if getattr(error, "sqlite_errorcode", None) in _SQLITE or getattr(error, "sqlstate", "") in _POSTGRES:
            return True
        error = error.__cause__ or error.__context__
    return False
