"""What the rooms above lock before the row of any community is: who writes there holds that first as well, and two who
lock in another order wait for each other for ever."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from leerkring.communities.models import Community

Hold = Callable[["QuerySet[Community]"], None]
_first: list[Hold] = []


def held_first(hold: Hold) -> None:
    """Have `hold(communities)` called, in the same transaction, before communities are locked by who also changes, in
    all of their rooms, what `hold` locks."""
    if hold not in _first:
        _first.append(hold)


def hold_first(communities: QuerySet[Community]) -> None:
    for hold in _first:
        hold(communities)
