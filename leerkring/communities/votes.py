"""What the rooms above have to settle when someone in a community has no say any more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leerkring.communities.models import Community

_settle: list[Callable[[Community, datetime], None]] = []


def when_fewer_vote(settle: Callable[[Community, datetime], None]) -> None:
    """Have `settle(community, at)` called, in the same transaction, when someone left, became a guest or was erased.
    The community's row is locked then."""
    if settle not in _settle:
        _settle.append(settle)


def fewer_vote(community: Community, *, at: datetime) -> None:
    """Someone has no say here any more; what waited for them only, waits no longer."""
    for settle in _settle:
        settle(community, at)
