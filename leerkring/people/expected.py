"""Where somebody is expected, for who says to be away. The rooms that expect people register; nothing here knows
them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from leerkring.people.models import Away, User


@dataclass(frozen=True)
class Expected:
    """`title` with its address, and what one may want to do there."""

    title: str
    address: str
    says: str | Promise


#: Someone and the periods in which they are away → per period, by its id, where they are expected then. All periods
#: at once: who is away every Friday has many.
Finds = Callable[[User, Sequence[Away]], Mapping[int, list[Expected]]]
_finds: list[Finds] = []


def register(finds: Finds) -> None:
    if finds not in _finds:
        _finds.append(finds)


def while_away(user: User, periods: Sequence[Away]) -> list[tuple[Away, list[Expected]]]:
    found = [finds(user, periods) for finds in _finds]
    return [(away, [each for by_period in found for each in by_period.get(away.pk, [])]) for away in periods]
