"""Where somebody is expected, for who says to be away. The rooms that expect people register; nothing here knows
them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from leerkring.people.models import Away, User


@dataclass(frozen=True)
class Expected:
    """`title` with its address, and what one may want to do there."""

    title: str
    address: str
    says: str | Promise


#: Someone and a period in which they are away → where they are expected then.
Finds = Callable[[User, Away], list[Expected]]
_finds: list[Finds] = []


def register(finds: Finds) -> None:
    if finds not in _finds:
        _finds.append(finds)


def while_away(user: User, away: Away) -> list[Expected]:
    return [each for finds in _finds for each in finds(user, away)]
