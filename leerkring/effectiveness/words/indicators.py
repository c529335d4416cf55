"""One sentence per figure, with its numbers as the language writes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from django.utils.formats import number_format
from django.utils.translation import ngettext

from leerkring.effectiveness.words.characteristics import CHARACTERISTICS
from leerkring.effectiveness.words.guidelines import GUIDELINES
from leerkring.effectiveness.words.sentence import IndicatorWords
from leerkring.network.words import GENERAL, SectorWords


class Counted(Protocol):
    """What a sentence needs of a figure; `engine.assessment.IndicatorResult` has it."""

    @property
    def key(self) -> str: ...
    @property
    def successes(self) -> int: ...
    @property
    def n(self) -> int: ...
    @property
    def units(self) -> int: ...
    @property
    def value(self) -> float | None: ...


INDICATORS: Mapping[str, IndicatorWords] = {**GUIDELINES, **CHARACTERISTICS}


def fact(result: Counted, said: SectorWords = GENERAL) -> str:
    """The sentence of one figure, with its numbers as the language writes them."""
    value = result.value
    return INDICATORS[result.key].sentence % {
        **said.fields,
        "k": _Count(result.successes),
        "n": _Count(result.n),
        "units": _Count(result.units),
        "weeks": ngettext("%(n)s schoolweek", "%(n)s schoolweken", result.n) % {"n": _Count(result.n)},
        "percent": "–" if value is None else number(100 * value),
        "value": "–" if value is None else number(value, 2 if abs(value) <= 1 else 0),
    }


def number(value: float, decimals: int | None = None) -> str:
    """A figure for a sentence: one decimal below ten, none above, unless told."""
    places = (1 if abs(value) < 10 else 0) if decimals is None else decimals
    return number_format(round(value, places), places if value % 1 else 0, force_grouping=True)


class _Count(int):
    """A whole number that chooses the plural and is written with thousands apart."""

    def __str__(self) -> str:
        return number_format(int(self), force_grouping=True)
