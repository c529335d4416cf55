"""`leerkring coach`: one goal a line in, one JSON object a line out, whatever comes in."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from leerkring.site.cli import main
from leerkring.site.coach import everywhere
from leerkring.site.tests.wire import ROOT

GOAL = "Op {} legt 80 % van klas 2b uit waarom de noemers gelijk moeten zijn, nu 42 %, rubric."


class Ran:
    """What the command gave: its status, its lines, and what it said when it could not."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status = status
        self.said = [json.loads(line) for line in out.split("\n")[:-1]]
        self.out = out
        self.err = err

    def rules(self, line: int = 0) -> list[str]:
        return [remark["rule"] for remark in self.said[line]["remarks"]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfdbinary: Any) -> Any:
    def run(given: bytes | str, *arguments: str) -> Ran:
        data = given if isinstance(given, bytes) else given.encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        try:
            status = main(["coach", *arguments])
        except SystemExit as ended:
            status = int(ended.code or 0)
        out, err = capfdbinary.readouterr()
        return Ran(status, out.decode(), err.decode())

    return run


def test_a_vague_goal_gets_its_questions_at_its_words(run: Any) -> None:
    ran = run("We gaan het lezen in groep 5 verbeteren.\n")
    assert ran.status == 0
    (said,) = ran.said
    assert said["text"] == "We gaan het lezen in groep 5 verbeteren."
    assert said["remarks"][0] == {
        "rule": "vague",
        "start": 29,
        "end": 39,
        "question": "Waaraan merk je dat? Noem wat je een leerling dan ziet doen of hoort zeggen.",
    }
    assert ran.rules() == ["vague", "measure", "baseline", "target", "date"]


def test_english_goals_are_asked_about_in_english(run: Any) -> None:
    ran = run("Year 5 pupils improve their reading.", "--language", "en")
    assert ran.rules() == ["vague", "measure", "baseline", "target", "date"]
    assert ran.said[0]["remarks"][1]["question"].startswith("What do you measure it with?")


def test_every_line_gets_a_line(run: Any) -> None:
    lines = [
        b"een",
        b"",
        b"\xff\xfe",
        b"nul\0byte",
        b"twee\rregels",
        b"x" * 1_000_000,
        "İ\u2028\x85é".encode(),
        b"zonder einde",
    ]
    ran = run(b"\r\n".join(lines))
    assert ran.status == 0
    assert len(ran.said) == len(lines) == len(ran.out.splitlines())
    assert [said["text"] for said in ran.said[:5]] == ["een", "", "\ufffd\ufffd", "nul\0byte", "twee\rregels"]
    assert ran.said[6]["text"] == "İ\u2028\x85é"


def test_nothing_in_gives_nothing_out(run: Any) -> None:
    assert run("").said == []


def test_a_byte_order_mark_is_no_part_of_the_goal(run: Any) -> None:
    assert run("\ufeffgroep 7").said[0]["text"] == "groep 7"


def test_dates_are_judged_from_today_on(run: Any) -> None:
    goals = "\n".join(
        GOAL.format(day) for day in ("1 juni 2026", "23 december 2026", "1 juni 2027", "1 juni 2028")
    )
    ran = run(goals, "--today", "2026-11-29")
    assert [ran.rules(line) for line in range(4)] == [["past"], ["holiday"], [], ["next_year"]]
    assert run(GOAL.format("1 juni 2026")).rules() == []


def test_without_holidays_only_those_of_all_regions_count(run: Any, tmp_path: Path) -> None:
    goal = GOAL.format("16 februari 2027")  # a holiday in zuid only
    own = tmp_path / "eigen.csv"
    own.write_text("studieweek;2027-02-15;2027-02-19\n")
    assert run(goal, "--today", "2026-11-29").rules() == []
    assert run(goal, "--today", "2026-11-29", "--holidays", "noord").rules() == []
    assert run(goal, "--today", "2026-11-29", "--holidays", "zuid").rules() == ["holiday"]
    assert run(goal, "--today", "2026-11-29", "--holidays", str(own)).rules() == ["holiday"]
    days = [first for first, _ in everywhere()]
    assert date(2026, 12, 25) in days
    assert date(2027, 2, 16) not in days


@pytest.mark.parametrize(
    "arguments",
    [
        ["--today", "2026-02-30"],
        ["--today", "morgen"],
        ["--today", "20261129"],
        ["--language", "de"],
        ["--holidays", "nergens.csv"],
    ],
    ids=" ".join,
)
def test_a_bad_option_gets_one_sentence(run: Any, arguments: list[str]) -> None:
    ran = run("x", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    assert ran.err.startswith("leerkring coach: ")


def started(command: str) -> subprocess.CompletedProcess[str]:
    """The command in a shell, as `$COACH`."""
    coach = f"{sys.executable} -c 'import sys; from leerkring.site.cli import main; sys.exit(main())' coach"
    return subprocess.run(
        ["sh", "-c", command.replace("$COACH", coach)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("yes groep | $COACH | head -n 1 >/dev/null", ""),
        ("echo groep | $COACH >/dev/full", "leerkring coach: No space left on device.\n"),
        ("echo groep | $COACH >&-", "leerkring coach: standard output is closed.\n"),
        ("$COACH <&-", ""),
    ],
)
def test_a_pipe_that_breaks_or_is_not_there_gives_no_traceback(command: str, said: str) -> None:
    assert started(command).stderr == said


def test_a_line_is_answered_before_the_next_one_comes() -> None:
    code = "import sys; from leerkring.site.cli import main; sys.exit(main())"
    with subprocess.Popen(
        [sys.executable, "-c", code, "coach"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as coach:
        assert coach.stdin
        assert coach.stdout
        for text in ("een", "twee"):
            coach.stdin.write(text + "\n")
            coach.stdin.flush()
            assert json.loads(coach.stdout.readline())["text"] == text
        coach.stdin.close()
        assert coach.wait(timeout=30) == 0
