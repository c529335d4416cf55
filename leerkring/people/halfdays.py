"""The half-days of a school week, as one number: bit 2 × weekday, plus 1 for the afternoon."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

DAYS = (
    (_("maandag"), pgettext_lazy("dag, kort", "ma")),
    (_("dinsdag"), pgettext_lazy("dag, kort", "di")),
    (_("woensdag"), pgettext_lazy("dag, kort", "wo")),
    (_("donderdag"), pgettext_lazy("dag, kort", "do")),
    (_("vrijdag"), pgettext_lazy("dag, kort", "vr")),
)
PARTS = (_("ochtend"), _("middag"))


@dataclass(frozen=True)
class Day:
    """One school day of someone."""

    #: The bits of its morning and its afternoon.
    first: int
    second: int
    name: Any
    short: Any
    morning: bool
    afternoon: bool

    @property
    def any(self) -> bool:
        return self.morning or self.afternoon

    @property
    def all(self) -> bool:
        return self.morning and self.afternoon


def read(half_days: int) -> list[Day]:
    """Monday to Friday, as kept in `half_days`."""
    return [
        Day(
            2 * day,
            2 * day + 1,
            name,
            short,
            bool(half_days >> 2 * day & 1),
            bool(half_days >> 2 * day + 1 & 1),
        )
        for day, (name, short) in enumerate(DAYS)
    ]


def together(bits: Iterable[int]) -> int:
    """One number for all these half-days (0 is Monday morning)."""
    return sum(1 << bit for bit in set(bits))


def sentence(half_days: int) -> str:
    """ "ma, di (ochtend)"; "" when there is none."""
    parts = []
    for day in read(half_days):
        if day.all:
            parts.append(str(day.short))
        elif day.any:
            parts.append(f"{day.short} ({PARTS[day.afternoon]})")
    return ", ".join(parts)


CHOICES = [
    (str(2 * day + part), format_lazy("{} {}", DAYS[day][0], PARTS[part]))
    for day in range(len(DAYS))
    for part in range(len(PARTS))
]
