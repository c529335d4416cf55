"""What people can be told, and in which words. Rooms register their kinds in their AppConfig.ready."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.functional import Promise

if TYPE_CHECKING:
    from leerkring.communities.models.notice import Notice
    from leerkring.people.models import User


class Rhythm(StrEnum):
    """How often mail tells it."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


class Told(StrEnum):
    """Who in a group can be told something of a kind."""

    EVERYONE = "everyone"
    NOT_GUESTS = "not_guests"
    WHO_LEADS = "who_leads"
    #: It is of no group, or comes once, before one can choose.
    NOBODY = "nobody"


@dataclass(frozen=True)
class NoticeKind:
    """One kind: what it is called where one chooses, and the sentence that tells it."""

    key: str
    #: In the list of choices: "Iemand noemt mij".
    label: str | Promise
    #: In inbox and mail; may hold %(who)s, who did it: one or several, so the sentence has no verb that depends on it.
    sentence: str | Promise
    #: When nobody chose otherwise. What is never mailed usually, is mailed only to who chose so for this very kind.
    usual: Rhythm = Rhythm.WEEKLY
    #: Where it leads, for what is not about a thing of `communities.thread`.
    address: Callable[[Notice], str] | None = None
    #: The rhythms one can choose from, when not every one makes sense; none: all of them.
    among: tuple[Rhythm, ...] = ()
    #: Whom it can be told in a group, so that one chooses of what can come: everyone, who leads, or no member of it.
    to: Told = Told.EVERYONE
    #: The things that still ask someone what it says, when there may come an end to that without anybody's doing.
    asks: Callable[[User], QuerySet[Any]] | None = None
    #: Who did it or would do it has no account: the ids of things -> by which names they are known.
    names: Callable[[Iterable[int]], Mapping[int, str]] | None = None
    #: What is told along in a sentence of its own: who is told it, and the ids of things -> that sentence by thing.
    more: Callable[[User, Iterable[int]], Mapping[int, str]] | None = None


_kinds: dict[str, NoticeKind] = {}
KINDS: Mapping[str, NoticeKind] = MappingProxyType(_kinds)


def register(kind: NoticeKind) -> None:
    if kind.key in _kinds:
        raise ValueError(f"the kind of notice {kind.key} is registered twice")
    _kinds[kind.key] = kind
