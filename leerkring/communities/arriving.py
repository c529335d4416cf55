"""When somebody came in, the rooms above may have something for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leerkring.communities.models.community import Membership

Welcome = Callable[["Membership", datetime], None]
_rooms: list[Welcome] = []


def when_someone_comes_in(welcome: Welcome) -> None:
    """Have `welcome(membership, at)` called, in the same transaction, when someone with an account takes part."""
    if welcome not in _rooms:
        _rooms.append(welcome)


def came_in(membership: Membership, *, at: datetime) -> None:
    for welcome in _rooms:
        welcome(membership, at)
