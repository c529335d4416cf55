"""`leerkring assess`: a mirror from another place's export, without a database and without an account."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from leerkring.engine.calendar import Calendar
from leerkring.engine.exports import (
    COMMAND_LINE_LIMIT,
    Order,
    Reading,
    Unreadable,
    parse_mapping,
    read_bounded,
    read_export,
)
from leerkring.engine.exports.dates import read_date

if TYPE_CHECKING:
    from leerkring.effectiveness.elsewhere import Elsewhere

PACKAGE = Path(__file__).resolve().parent.parent
REGIONS = ("noord", "midden", "zuid")
#: A list of holidays longer than this is something else.
HOLIDAYS_LIMIT = 1024 * 1024


class Refused(Exception):
    """It cannot be done; the sentence says what and what to do."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options, for `leerkring assess --help`."""
    parser.add_argument(
        "--interactions", required=True, metavar="FILE", help="who reached whom, and when (CSV)"
    )
    parser.add_argument("--members", metavar="FILE", help="who belongs, those who never acted too (CSV)")
    parser.add_argument(
        "--map",
        metavar="ROLE=COLUMN,…",
        help="which column says what; roles: actor, counterpart, at, community, "
        "member, school; for posts that "
        "name the post they answer: post, parent. Guessed when left out",
    )
    parser.add_argument("--json", metavar="FILE", help="write the figures here")
    parser.add_argument("--html", metavar="FILE", help="write the report here, one file on its own")
    parser.add_argument("--language", choices=("nl", "en"), help="default: from LC_ALL or LANG, else nl")
    order = parser.add_mutually_exclusive_group()
    order.add_argument("--day-first", action="store_const", const="day", dest="order", help="4/5 is 4 May")
    order.add_argument(
        "--month-first", action="store_const", const="month", dest="order", help="4/5 is April 5"
    )
    parser.add_argument(
        "--holidays",
        metavar="FILE",
        help="school holidays: noord, midden or zuid, or a CSV with a first and a last day per line",
    )


def run(options: argparse.Namespace) -> int:
    """0: done. 2: it cannot be done; one sentence on stderr, and nothing written."""
    prepare()
    from django.utils import translation

    from leerkring.effectiveness import words

    with translation.override(options.language or language()):
        try:
            _assess(options)
        except Unreadable as unreadable:
            return _refuse(words.refusal(unreadable))
        except Refused as refused:
            return _refuse(str(refused))
    return 0


def _refuse(sentence: str) -> int:
    print(f"leerkring assess: {sentence}", file=sys.stderr)  # noqa: T201
    return 2


def language() -> str:
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "en" if spoken.lower().startswith("en") else "nl"


def prepare() -> None:
    """Words and templates, without the house around them: no data folder, no database, no apps."""
    from django.apps import apps
    from django.conf import settings

    if settings.configured:
        return
    settings.configure(
        LANGUAGE_CODE="nl",
        LANGUAGES=[("nl", "Nederlands"), ("en", "English")],
        LOCALE_PATHS=[PACKAGE / "locale"],
        TIME_ZONE="Europe/Amsterdam",
        USE_TZ=True,
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [PACKAGE / "effectiveness/templates", PACKAGE / "ui/templates"],
            }
        ],
    )
    apps.populate(settings.INSTALLED_APPS)  # all that translation asks for; django.setup() also loads the web


def _assess(options: argparse.Namespace) -> None:
    from leerkring.effectiveness.elsewhere import Elsewhere, as_json
    from leerkring.effectiveness.report import as_html, summary

    _check_outputs(options)
    calendar = Calendar(holidays(options.holidays))
    elsewhere = Elsewhere(_read(options, options.order), calendar)
    written: dict[str, str] = {}
    if options.json:
        written[options.json] = json.dumps(as_json(elsewhere), ensure_ascii=False) + "\n"
    if options.html:
        written[options.html] = as_html(elsewhere)
    _write(written)
    for line in _said(options, elsewhere) if written else summary(elsewhere, guessed=not options.map):
        print(line)  # noqa: T201


def _said(options: argparse.Namespace, elsewhere: Elsewhere) -> list[str]:
    from leerkring.effectiveness.report import guess

    return [] if options.map else [guess(elsewhere.reading)]


def _read(options: argparse.Namespace, order: Order | None) -> Reading:
    mapping = None if options.map is None else parse_mapping(options.map)
    interactions = read_bounded(options.interactions, "interactions", COMMAND_LINE_LIMIT)
    members = None
    if options.members:
        members = read_bounded(options.members, "members", COMMAND_LINE_LIMIT)
    return read_export(interactions, members, mapping, order)


def holidays(given: str | None) -> list[tuple[date, date]]:
    """First and last days, from our own list by region or from a file of the user."""
    if not given:
        return []
    if given in REGIONS:
        text = files("leerkring.network").joinpath("data/holidays.csv").read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if f",{given}," in line or ",all," in line]
    else:
        lines = _own_holidays(given)
    found = [days for line in lines if (days := _days(line))]
    if not found:
        raise Refused(_sentence("holidays") % {"file": given})
    return found


def _own_holidays(given: str) -> list[str]:
    try:
        return read_bounded(given, "interactions", HOLIDAYS_LIMIT).decode("utf-8-sig").splitlines()
    except (Unreadable, UnicodeDecodeError):
        raise Refused(_sentence("holidays") % {"file": given}) from None


def _days(line: str) -> tuple[date, date] | None:
    """The two days in a line of a list of holidays; None for a line that has no two, in order."""
    cells = line.replace(";", ",").replace("\t", ",").split(",")
    moments = [moment for cell in cells if isinstance(moment := read_date(cell.strip('" '), "day"), datetime)]
    if len(moments) != 2 or moments[1] < moments[0]:
        return None
    return moments[0].date(), moments[1].date()


def _check_outputs(options: argparse.Namespace) -> None:
    inputs = {
        Path(name).resolve() for name in (options.interactions, options.members) if name and "\0" not in name
    }
    outputs = [Path(name).resolve() for name in (options.json, options.html) if name]
    if len(set(outputs)) < len(outputs) or inputs.intersection(outputs):
        raise Refused(_sentence("same"))


def _write(written: dict[str, str]) -> None:
    """All of it or nothing: beside its place first, then renamed."""
    with _temporary() as temporary:
        for name, text in written.items():
            try:
                temporary.append((_beside(Path(name), text), Path(name)))
            except OSError:
                raise Refused(_sentence("write") % {"file": name}) from None
        for made, path in temporary:
            made.replace(path)


def _beside(path: Path, text: str) -> Path:
    if path.is_dir():
        raise IsADirectoryError(path)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
        made = Path(file.name)
        try:
            file.write(text)
        except OSError:
            made.unlink()
            raise
    made.chmod(0o666 & ~_umask())
    return made


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


@contextmanager
def _temporary() -> Iterator[list[tuple[Path, Path]]]:
    made: list[tuple[Path, Path]] = []
    try:
        yield made
    finally:
        for path, _final in made:
            path.unlink(missing_ok=True)


def _sentence(key: str) -> str:
    from django.utils.translation import gettext

    return {
        "holidays": gettext(
            "In ‘%(file)s’ lezen we geen vakanties. Geef noord, midden of zuid, of een CSV met per regel een "
            "eerste en een laatste dag."
        ),
        "same": gettext(
            "Een uitvoerbestand heeft dezelfde naam als een ander bestand. Kies een andere naam."
        ),
        "write": gettext("We kunnen ‘%(file)s’ niet schrijven. Kies een andere map of een andere naam."),
    }[key]
