"""What was said at an insight by who has no account. It is kept where it was said, by the app that registers it here:
the insight shows it, and owns nothing of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Beside:
    """When it does not work, as a guest said it; `name` is "" when nobody can tell. `where` it was said, and its
    address."""

    text: str
    name: str
    where: str
    address: str


#: By the ids of the community and of the insight.
Find = Callable[[int, int], Iterable[Beside]]
_sources: list[Find] = []


def register(find: Find) -> None:
    if find not in _sources:
        _sources.append(find)


def said_at(community: int, insight: int) -> list[Beside]:
    return [said for find in _sources for said in find(community, insight)]
