"""How an indicator is worded: a name, and a sentence that takes its figures."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class IndicatorWords:
    """`name` for tables and lists; `sentence` with %(k)s, %(n)s, %(units)s, %(weeks)s, %(percent)s or %(value)s. Both
    may hold words of `network.words.SectorWords`, such as %(pupils)s."""

    name: str | Promise
    sentence: str | Promise
