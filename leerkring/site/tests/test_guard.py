"""`leerkring guard`: one text a line in, one JSON object a line out; nothing of what cannot be read."""

from __future__ import annotations

import io
import json
import sys
from typing import Any

import pytest

from leerkring.site.cli import main


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfdbinary: Any) -> Any:
    def run(given: bytes | str) -> tuple[int, list[dict[str, Any]], str]:
        data = given if isinstance(given, bytes) else given.encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        status = main(["guard"])
        out, err = capfdbinary.readouterr()
        return status, [json.loads(line) for line in out.decode().split("\n")[:-1]], err.decode()

    return run


def test_what_may_identify_a_pupil_is_said_with_its_place(run: Any) -> None:
    assert run("Bel de moeder van Sem: 06-12345678\n") == (
        0,
        [
            {
                "text": "Bel de moeder van Sem: 06-12345678",
                "findings": [
                    {"kind": "name", "start": 18, "end": 21},
                    {"kind": "phone", "start": 23, "end": 34},
                ],
            }
        ],
        "",
    )


def test_every_line_gets_a_line(run: Any) -> None:
    lines = ["\ufeffeen", "", "nul\0byte", "twee\rregels", "😀 Sem\u2028", "x" * 100_000, "zonder einde"]
    status, said, _ = run("\r\n".join(lines))
    assert status == 0
    assert [line["text"] for line in said] == ["een", *lines[1:]]
    assert said[4]["findings"] == [{"kind": "name", "start": 2, "end": 5}]
    assert run("") == (0, [], "")


def test_bytes_that_are_no_utf8_give_one_sentence_and_status_2(run: Any) -> None:
    status, said, err = run(b"een\nSem\xff\xfe\ndrie\n")
    assert status == 2
    assert [line["text"] for line in said] == ["een"]
    assert err == "leerkring guard: line 2 is not in UTF-8; nothing is said of it and of what follows.\n"
