"""`leerkring coach`: what is missing or vague in goals, one text a line in, one JSON object a line out."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from leerkring.engine.calendar import Calendar
from leerkring.engine.coach import LANGUAGES, RULES, coach
from leerkring.site.assess import REGIONS, Refused, holidays, language, prepare

#: JSON may hold these as they are, but programs that read lines take them for the end of one.
ENDS_OF_LINES = {ord(end): f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options, for `leerkring coach --help`."""
    parser.description = (
        "One goal a line on standard input, in UTF-8; one JSON object a line on standard output: the text, and "
        "remarks with rule, start, end (in code points) and question. No remarks: the goal is concrete."
    )
    parser.add_argument("--language", choices=LANGUAGES, default="nl", help="of the goals (default: nl)")
    parser.add_argument(
        "--today",
        type=_day,
        metavar="YYYY-MM-DD",
        help="hold dates against this day; else they are not judged",
    )
    parser.add_argument(
        "--holidays",
        metavar="FILE",
        help="school holidays: noord, midden or zuid, or a CSV with a first and a last day per line "
        "(default: the days that are a holiday in all three)",
    )


def _day(text: str) -> date:
    try:
        if len(text) == len(
            "2026-11-29"
        ):  # 20261129 and 2026-W48-7 are dates too, but not as we ask for them
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"{text!r} is not a day, as 2026-11-29 is")


def run(options: argparse.Namespace) -> int:
    """0: done. 1: reading or writing broke off. 2: the holidays cannot be read."""
    try:
        calendar = _calendar(options.holidays)
    except Refused as refused:
        return _refuse(2, str(refused))
    if sys.stdout is None:
        return _refuse(1, "standard output is closed.")
    try:
        for line in _lines():
            said = json.dumps(_remarks(line, options, calendar), ensure_ascii=False)
            sys.stdout.buffer.write(said.translate(ENDS_OF_LINES).encode() + b"\n")
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        os.dup2(
            os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
        )  # what could not be written is not tried again
        return _refuse(1, f"{error.strerror}.")
    return 0


def _refuse(status: int, sentence: str) -> int:
    print(f"leerkring coach: {sentence}", file=sys.stderr)  # noqa: T201
    return status


def _lines() -> Iterator[str]:
    """Each line without its end; what is no UTF-8 shows as �."""
    lines: Iterable[bytes] = sys.stdin.buffer if sys.stdin else ()
    for number, line in enumerate(lines):
        text = line.decode("utf-8-sig" if number == 0 else "utf-8", errors="replace")
        yield text.removesuffix("\n").removesuffix("\r")


def _remarks(text: str, options: argparse.Namespace, calendar: Calendar) -> dict[str, Any]:
    rules = RULES(options.language)
    remarks = coach(text, language=options.language, today=options.today, calendar=calendar)
    return {
        "text": text,
        "remarks": [
            {"rule": said.rule, "start": said.start, "end": said.end, "question": rules[said.rule].question}
            for said in remarks
        ],
    }


def _calendar(given: str | None) -> Calendar:
    if given is None:
        return Calendar(everywhere())
    prepare()
    from django.utils import translation

    with translation.override(language()):
        return Calendar(holidays(given))


def everywhere() -> list[tuple[date, date]]:
    """The days that are a holiday in all three regions, each on its own."""
    by_region = [{day for days in holidays(region) for day in _each(*days)} for region in REGIONS]
    return [(day, day) for day in sorted(set.intersection(*by_region))]


def _each(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=more) for more in range((last - first).days + 1))
