"""The days a goal speaks of: from the words of a date to the first and the last day it may be."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from leerkring.engine.coach.language import Language

_ISO = re.compile(r"(20\d\d)-(\d\d)-(\d\d)")
_NUMERIC = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.]((?:20)?\d\d)(?!\d)")
_YEARS = re.compile(r"(?<!\d)(?:20)?(\d\d) ?[-/–] ?(?:20)?(\d\d)(?!\d)")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)|(?<=['’])\d\d(?!\d)")
_DAY = re.compile(r"(?<![\d'’])([0-3]?\d)(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")
_WEEK = re.compile(r"(?<!\d)\d{1,2}(?!\d)")


@dataclass(frozen=True, slots=True)
class Moment:
    """From the first to the last day it may be. `dated`: the year is certain."""

    first: date
    last: date
    dated: bool = True

    @property
    def exact(self) -> bool:
        return self.first == self.last

    @property
    def a_year_later(self) -> Moment:
        """ "1 oktober", said in November: the next one."""
        return Moment(self.first + timedelta(days=365), self.last + timedelta(days=365), self.dated)


def year_of(day: date) -> int:
    """The calendar year in which a day's school year began, on 1 August."""
    return day.year if day.month >= 8 else day.year - 1


def last_day(day: date) -> date:
    """The last day of a day's school year."""
    return date(year_of(day) + 1, 7, 31)


def is_feast(day: date) -> bool:
    """Whether all schools are closed on that one day: Easter and Whit Monday, Ascension, King's Day, Christmas."""
    return (day - _easter(day.year)).days in (1, 39, 40, 50) or (day.month, day.day) in (
        (4, 27),
        (12, 25),
        (12, 26),
    )


def _easter(year: int) -> date:
    """By the rule of Gauss, in its form for these centuries."""
    moon = (19 * (year % 19) + 24) % 30
    week = (2 * (year % 4) + 4 * (year % 7) + 6 * moon + 5) % 7
    days = moon + week - 7 * ((moon, week) == (29, 6) or ((moon, week) == (28, 6) and year % 19 > 10))
    return date(year, 3, 22) + timedelta(days=days)


def moment(words: str, language: Language, anchor: date) -> Moment | None:
    """The days that are meant, seen from `anchor`; None when that cannot be said."""
    for way in (_numeric, _of_month, _school_years, _week, _named, _ahead, _of_year):
        try:
            found = way(words, language, anchor)
        except (ValueError, OverflowError):  # 31 april, week 60: no such day
            return None
        if found:
            return found
    return None


def _numeric(words: str, language: Language, anchor: date) -> Moment | None:
    if found := _ISO.search(words):
        day = date(*map(int, found.groups()))
    elif found := _NUMERIC.search(words):
        day = date(_full(found[3]), int(found[2]), int(found[1]))
    else:
        return None
    return Moment(day, day)


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _of_month(words: str, language: Language, anchor: date) -> Moment | None:
    month = next((n for found in _WORD.finditer(words) if (n := language.months.get(found[0]))), None)
    if month is None:
        return None
    written = _YEAR.search(words)
    year = _full(written[0]) if written else _year_for(month, anchor)
    rest = words[: written.start()] if written else words
    if language.signs["part_of_month"].search(words) is None and (found := _DAY.search(rest)):
        day = date(year, month, int(found[1]))
        return Moment(day, day, dated=bool(written))
    return Moment(date(year, month, 1), date(year, month, monthrange(year, month)[1]), dated=bool(written))


def _year_for(month: int, anchor: date) -> int:
    return year_of(anchor) + (month < 8)


def _school_years(words: str, language: Language, anchor: date) -> Moment | None:
    found = _YEARS.search(words)
    if not found or int(found[2]) != int(found[1]) + 1:
        return None
    begin = 2000 + int(found[1])
    return Moment(date(begin, 8, 1), date(begin + 1, 7, 31))


def _week(words: str, language: Language, anchor: date) -> Moment | None:
    if not language.signs["week"].match(words):
        return None
    week = int(_WEEK.findall(words)[-1])  # "week 5, week 10": the last
    written = _YEAR.search(words)
    year = _full(written[0]) if written else year_of(anchor) + (week < 32)
    monday = date.fromisocalendar(year, week, 1)
    return Moment(monday, monday + timedelta(days=4), dated=bool(written))


def _named(words: str, language: Language, anchor: date) -> Moment | None:
    """A holiday by its name, with its year: only about when, for schools differ."""
    written = _YEAR.search(words)
    if not written:
        return None
    for key, month in (("autumn", 10), ("christmas", 12), ("may", 5), ("spring", 2), ("summer", 7)):
        if language.signs[key].search(words):
            return Moment(date(int(written[0]), month, 1), date(int(written[0]), month, 28))
    return None


def _ahead(words: str, language: Language, anchor: date) -> Moment | None:
    """So many years from now, or the next school year: only whether it is this school year matters."""
    if language.signs["years_ahead"].search(words) or language.signs["after_summer"].search(words):
        begin = year_of(anchor) + 1
        return Moment(date(begin, 8, 1), date(begin + 1, 7, 31))
    return None


def _of_year(words: str, language: Language, anchor: date) -> Moment | None:
    written = _YEAR.search(words)
    if not written:
        return None
    year = _full(written[0])
    return Moment(date(year, 1, 1), date(year, 12, 31))
