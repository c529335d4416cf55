"""Dates as they come out of Moodle, Teams, Excel and a Dutch secretary's hands.

Whether 4/5/13 is 4 May or April 5 cannot be seen in one value: it is decided over the whole column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Literal
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

#: Which of the first two numbers is the month in dates like 4/5/13.
Order = Literal["day", "month"]
#: How the order was found: not needed, seen in the column (a number above 12), chosen, or assumed.
Ground = Literal["not_needed", "seen", "chosen", "assumed"]

#: Years outside these are placeholders (1900, 1970, 9999), no activity.
YEARS = range(1990, 2101)

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february feb febr",
            "maart march mrt mar",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "augustus august aug",
            "september sep sept",
            "oktober october okt oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAY = re.compile(
    r"(?:ma|di|wo|do|vr|za|zo|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|"
    r"mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\.?,?\s+"
)
_TIME = (
    r"(?:(?:,|t|\s|om|at|-)*(?P<hour>\d{1,2})[:.u](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?(?:\s*uur)?\s*(?P<zone>z|utc|gmt|[+-]\d{2}:?\d{2})?)?"
)
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})" + _TIME)
_COMPACT = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})" + _TIME)
_NUMBERS = re.compile(r"(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})[-/.](?P<year>\d{4}|\d{2})" + _TIME)
_DAY_NAME = re.compile(r"(?P<day>\d{1,2})[\s.-]+(?P<name>[a-z]{3,9})\.?[\s,-]*(?P<year>\d{4}|\d{2})" + _TIME)
_NAME_DAY = re.compile(
    r"(?P<name>[a-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})" + _TIME
)
_SECONDS = re.compile(r"\d{9,10}|\d{13}")
_LONGEST = 60


@dataclass(frozen=True)
class Dates:
    """A column read: per value a moment on a Dutch wall clock (naive), or the reason there is none."""

    at: list[datetime | str]
    order: Order | None
    ground: Ground


def read_dates(values: Sequence[str], order: Order | None = None) -> Dates:
    """The column's moments. `order` chooses for dates like 4/5/13; without it the column decides.

    Reasons in place of a moment: missing_date, unreadable_date, unlikely_date (outside 1990-2100).
    """
    found, ground = column_order(values, order)
    known: dict[str, datetime | str] = {}
    at = []
    for value in values:
        if value not in known:
            known[value] = read_date(value, found or "day")
        at.append(known[value])
    return Dates(at, found, ground)


def column_order(values: Iterable[str], chosen: Order | None = None) -> tuple[Order | None, Ground]:
    """Day or month first, and why. Undecidable columns are taken day first, as the Dutch write."""
    day = month = either = 0
    for value in values:
        match = _NUMBERS.fullmatch(_plain(value))
        if match is None:
            continue
        a, b = int(match["a"]), int(match["b"])
        day += a > 12 >= b
        month += b > 12 >= a
        either += 1
    if not either:
        return None, "not_needed"
    if chosen:
        return chosen, "chosen"
    if day == month:
        return "day", "assumed"
    return ("day" if day > month else "month"), "seen"


def read_date(value: str, order: Order) -> datetime | str:
    """One moment on a Dutch wall clock, or the reason there is none."""
    text = _plain(value)
    if not text:
        return "missing_date"
    try:
        moment = _moment(text, order)
    except (ValueError, OverflowError):  # 31 February, 25:00
        return "unreadable_date"
    if moment is None:
        return "unreadable_date"
    return moment if moment.year in YEARS else "unlikely_date"


def _plain(value: str) -> str:
    if len(value) > _LONGEST:
        return "?" if value.strip() else ""
    text = " ".join(value.split()).lower()
    return _WEEKDAY.sub("", text, count=1) if _WEEKDAY.match(text) else text


def _moment(text: str, order: Order) -> datetime | None:
    if match := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        return _at(match, int(match["month"]), int(match["day"]))
    if match := _NUMBERS.fullmatch(text):
        a, b = int(match["a"]), int(match["b"])
        return _at(match, b, a) if order == "day" else _at(match, a, b)
    if match := _DAY_NAME.fullmatch(text) or _NAME_DAY.fullmatch(text):
        month = _MONTHS.get(match["name"])
        return _at(match, month, int(match["day"])) if month else None
    if _SECONDS.fullmatch(text):
        seconds = int(text) if len(text) < 13 else int(text) / 1000
        return _on_the_wall(datetime.fromtimestamp(seconds, UTC))
    return None


def _at(match: re.Match[str], month: int, day: int) -> datetime:
    year = int(match["year"])
    if len(match["year"]) == 2:
        year += 2000 if year < 69 else 1900
    hour = int(match["hour"] or 0)
    if half := match["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(hour)
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    moment = datetime(year, month, day, hour, int(match["minute"] or 0), int(match["second"] or 0))  # noqa: DTZ001
    zone = match["zone"]
    return _on_the_wall(moment.replace(tzinfo=_zone(zone))) if zone else moment


def _zone(text: str) -> timezone:
    if text[0] not in "+-":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=minutes if text[0] == "+" else -minutes))


def _on_the_wall(moment: datetime) -> datetime:
    return moment.astimezone(AMSTERDAM).replace(tzinfo=None)
