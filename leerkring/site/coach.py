"""`leerkring coach`: what is missing or vague in goals, one text a line in, one JSON object a line out."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from leerkring.engine.calendar import Calendar
from leerkring.engine.coach import LANGUAGES, RULES, coach
from leerkring.site.assess import REGIONS, Refused, holidays, language, prepare
from leerkring.site.lines import answer, refuse


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
        return refuse("coach", 2, str(refused))
    return answer("coach", lambda line: _remarks(line, options, calendar))


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
