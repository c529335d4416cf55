"""A line of the log holds what is on the list, and nothing of people."""

from __future__ import annotations

import json
import logging
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from leerkring.site.logs import Lines, ToFile, ToStream

SECRETS = ["jan@school.example", "Jan Jansen", "geheim", "/home/jan"]


def _line(name: str, message: Any, **kinds: Any) -> dict[str, Any]:
    record = logging.getLogger(name).makeRecord(
        name, kinds.pop("level", logging.INFO), "/home/jan/leerkring/x.py", 7, message, (), **kinds
    )
    line: dict[str, Any] = json.loads(Lines().format(record))
    return line


def test_our_own_event_keeps_its_name_and_its_fields() -> None:
    line = _line("leerkring.jobs.worker", "job.done", exc_info=None, extra={"kind": "a.b", "attempt": 2})
    assert {"event": "job.done", "level": "info", "kind": "a.b", "attempt": 2}.items() <= line.items()
    assert set(line) == {"time", "event", "level", "kind", "attempt"}


@pytest.mark.parametrize("name", ["leerkring.people", "allauth.account", "root"])
def test_a_free_text_is_never_written(name: str) -> None:
    line = _line(name, f"mail to {SECRETS[0]}", exc_info=None)
    assert line["event"] == name
    assert SECRETS[0] not in json.dumps(line)


def test_a_field_that_is_not_on_the_list_is_left_out() -> None:
    line = _line("leerkring.people", "signed_in", exc_info=None, extra={"email": SECRETS[0], "person": 12})
    assert set(line) == {"time", "event", "level"}


def test_a_listed_field_with_something_else_in_it_is_left_out() -> None:
    extra = {"route": SECRETS[0], "kind": SECRETS[1], "status": ["geheim"]}
    assert set(_line("leerkring.x", "request", exc_info=None, extra=extra)) == {"time", "event", "level"}


def _chain() -> BaseException:
    geheim = SECRETS[1]
    try:
        try:
            raise KeyError(SECRETS[0])
        except KeyError as cause:
            raise ValueError(f"no such person: {geheim}") from cause
    except ValueError as error:
        return error


def test_an_exception_tells_types_and_places_only() -> None:
    error = _chain()
    info = (type(error), error, error.__traceback__)
    line = _line("django.request", "Internal Server Error: %s", level=logging.ERROR, exc_info=info)
    assert [told["type"] for told in line["exception"]] == ["builtins.ValueError", "builtins.KeyError"]
    assert line["exception"][0]["at"][0].startswith("leerkring/site/tests/test_logs.py:")
    assert line["at"] == "leerkring/x.py:7"
    assert [secret for secret in SECRETS if secret in json.dumps(line)] == []


def test_a_line_that_cannot_be_written_stops_nothing_and_says_nothing(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    record = logging.getLogger("leerkring.x").makeRecord(
        "leerkring.x", logging.INFO, "x.py", 1, SECRETS[0], (), None
    )
    with open("/dev/full", "w", buffering=1) as full:
        ToStream(full).handle(record)
        with suppress(OSError):
            full.close()
    (tmp_path / "logs").mkdir()
    moved = ToFile(str(tmp_path / "logs" / "log"), encoding="utf-8")
    shutil.rmtree(tmp_path / "logs")
    moved.handle(record)
    moved.close()
    assert capfd.readouterr() == ("", "")
