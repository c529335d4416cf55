"""Columns of a download, and how the page says what stands in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _now

from leerkring.communities.notices import KINDS
from leerkring.ui.templatetags.ui import school_date, school_moment

Say = Callable[[Any], str]
NOTHING = "–"


@dataclass(frozen=True)
class Column:
    label: str | Promise
    say: Say | None = None


@dataclass(frozen=True)
class Part:
    """One list of the download. `columns`: every key that its rows have."""

    title: str | Promise
    columns: Mapping[str, Column]

    def shown(self, rows: Iterable[Mapping[str, Any]]) -> list[list[tuple[str, str]]]:
        """Each row as label and words."""
        return [
            [
                (str(self.columns[key].label), plain(value, self.columns[key].say))
                for key, value in row.items()
            ]
            for row in rows
        ]


def plain(value: Any, say: Say | None = None) -> str:
    """A value as one would say it: a moment as on the clock on the wall here."""
    if say is not None:
        return say(value) or NOTHING
    if isinstance(value, bool):
        return _now("Ja") if value else _now("Nee")
    if isinstance(value, datetime):
        return school_moment(value)
    if isinstance(value, date):
        return school_date(value)
    return NOTHING if value in (None, "") else str(value)


def one_of(words: Iterable[tuple[Any, Any]]) -> Say:
    """From what is kept to what it is called; what went out of use keeps the name it had."""
    known = {str(key): word for key, word in words}
    return lambda value: str(known.get(str(value), value or ""))


def several_of(words: Mapping[str, str | Promise]) -> Say:
    """As `one_of`, of a list."""
    return lambda values: ", ".join(str(words.get(value, value)) for value in values)


def told(kind: str) -> str:
    """What a notice was about."""
    return str(KINDS[kind].label) if kind in KINDS else _now("Iets wat we nu niet meer melden")


def device(device: str) -> str:
    """A browser and a system, as a session keeps them."""
    browser, _slash, system = device.partition("/")
    if system:
        return _now("%(browser)s op %(system)s") % {"browser": browser, "system": system}
    return browser or _now("Een ander apparaat")
