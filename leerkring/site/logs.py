"""Logs without people: one JSON object a line, holding only what is on the list below.

A message can hold anything: an address in an exception, a name in a path. So nothing free is written at all:
of our own lines the event (a word such as `job.done`) and the fields named here; of what a library says only
which logger said it, and where; of an exception the types and the places in the code, never the text.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
from contextlib import suppress
from datetime import UTC, datetime
from logging.handlers import WatchedFileHandler
from pathlib import PurePath
from types import TracebackType
from typing import Any

#: What a line may say beside time, level, event and exception; anything else in `extra` is left out.
FIELDS = (
    "method",
    "route",
    "status",
    "ms",
    "queries",
    "kind",
    "job",
    "attempt",
    "step",
    "count",
    "bytes",
)

_EVENT = re.compile(r"[a-z][a-z0-9_.]{0,59}")
_VALUE = re.compile(r"[\w.:/<>*-]{0,120}", re.ASCII)
#: Exceptions in one chain, and frames of each, that are written down.
_CHAIN, _FRAMES = 3, 15


def _place(path: str) -> str:
    """A file without the folders of the machine before it, which may bear somebody's name."""
    parts = PurePath(path).parts
    for root in ("site-packages", "leerkring"):
        if root in parts:
            from_ = len(parts) - 1 - parts[::-1].index(root)
            return "/".join(parts[from_ + (root == "site-packages") :])
    return parts[-1] if parts else ""


def _frames(traceback: TracebackType | None) -> list[str]:
    frames = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if not code.co_filename.startswith("<"):
            frames.append(f"{_place(code.co_filename)}:{traceback.tb_lineno} {code.co_name}")
        traceback = traceback.tb_next
    return frames[-_FRAMES:]


def describe(error: BaseException) -> list[dict[str, Any]]:
    """An exception and what caused it: types and places, no texts and no values."""
    told: list[dict[str, Any]] = []
    current: BaseException | None = error
    while current is not None and len(told) < _CHAIN:
        kind = type(current)
        told.append({"type": f"{kind.__module__}.{kind.__qualname__}", "at": _frames(current.__traceback__)})
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return told


class Lines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": self._event(record),
        }
        for name in FIELDS:
            value = record.__dict__.get(name)
            if isinstance(value, int | float) or (isinstance(value, str) and _VALUE.fullmatch(value)):
                line[name] = value
        if line["event"] == record.name or record.levelno >= logging.WARNING:
            line["at"] = f"{_place(record.pathname)}:{record.lineno}"
        if record.exc_info and record.exc_info[1] is not None:
            line["exception"] = describe(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)

    @staticmethod
    def _event(record: logging.LogRecord) -> str:
        ours = record.name.startswith("leerkring.")
        if ours and isinstance(record.msg, str) and _EVENT.fullmatch(record.msg):
            return record.msg
        return record.name


class ToFile(WatchedFileHandler):
    """A line that cannot be written is lost: a full disk must not stop what the line is about, and nothing of it may
    be printed elsewhere."""

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(OSError):  # opening the file anew, after it was moved away
            super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:
        """Said nowhere: Python would print the whole record."""


class ToStream(logging.StreamHandler[Any]):
    """The same, to standard error."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Said nowhere: Python would print the whole record."""


def _thread_failed(failure: threading.ExceptHookArgs) -> None:
    error = failure.exc_value
    if error is not None and not isinstance(error, SystemExit):
        logging.getLogger(__name__).error("thread.failed", exc_info=(type(error), error, error.__traceback__))


def configure(*, level: str, file: str) -> None:
    """Sends everything logged in this process through `Lines`, to `file` or else to standard error."""
    handler: logging.Handler = ToFile(file, encoding="utf-8") if file else ToStream(sys.stderr)
    handler.setFormatter(Lines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel("WARNING")
    logging.getLogger("leerkring").setLevel(level)
    # RequestLog already tells of every 4xx; Django adds one for each exception, and for each probing robot.
    logging.getLogger("django.request").setLevel("ERROR")
    logging.getLogger("django.security").setLevel("CRITICAL")
    logging.getLogger("uvicorn.error").setLevel("ERROR")
    threading.excepthook = _thread_failed
