"""The command `leerkring`: what it says when it is asked badly."""

from __future__ import annotations

import argparse
import subprocess
import sys

import pytest

from leerkring.site import cli
from leerkring.site.tests.wire import ROOT

LIGHT = "import sys; import leerkring.site.cli; print('django' in sys.modules, 'numpy' in sys.modules)"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["serve", "--port", "0"],
        ["serve", "--port", "http"],
        ["demo", "extra"],
        ["--verbose"],
    ],
    ids=" ".join,
)
def test_a_bad_question_gets_one_sentence(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    said = capsys.readouterr()
    assert ended.value.code == 2
    assert said.out == ""
    assert said.err.count("\n") == 1


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--help"])
    said = capsys.readouterr().out
    assert ended.value.code == 0
    assert [name for name in cli.COMMANDS if name not in said] == []


def test_the_status_of_a_command_is_that_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def add(parser: argparse.ArgumentParser) -> cli.Run:
        parser.add_argument("--status", type=int)
        return lambda options: int(options.status)

    monkeypatch.setitem(cli.COMMANDS, "say", ("say a number", add))
    assert cli.main(["say", "--status", "7"]) == 7


def test_it_starts_without_django() -> None:
    said = subprocess.run([sys.executable, "-c", LIGHT], cwd=ROOT, text=True, capture_output=True, check=True)
    assert said.stdout == "False False\n"
