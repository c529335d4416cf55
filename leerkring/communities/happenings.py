"""Happenings: what the log remembers. Typed, documented, and free of text.

A happening is a frozen dataclass whose `kind` never changes once released. Its fields are ids, counts, dates,
booleans and choices only: no free text and nothing about a pupil (a test holds this). `actor` and every field
typed `MemberId` name a membership, so that a person can be lifted out of the log and the counts stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, ClassVar, NewType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MemberId = NewType("MemberId", int)
"""The id of a Membership; None once the person was erased."""
ThingId = NewType("ThingId", int)
"""The id of the thing it is about; which table follows from the kind."""

_kinds: dict[str, type[Happening]] = {}
#: Every kind that exists, by name.
KINDS: Mapping[str, type[Happening]] = MappingProxyType(_kinds)


@dataclass(frozen=True, kw_only=True)
class Happening:
    """Something a community did. Subclasses give `kind`, `sentence` and their own fields."""

    kind: ClassVar[str]
    #: What the feed says, under the thing's title when it has one; never how often someone did it. None: not told.
    sentence: ClassVar[str | Promise | None]
    #: The kind in `communities.thread` that `about` is an id of, when it has a page.
    thing: ClassVar[str | None] = None

    actor: MemberId | None

    def __init_subclass__(cls) -> None:
        if cls.kind in _kinds:
            raise TypeError(f"the kind {cls.kind} exists twice")
        _kinds[cls.kind] = cls

    def data(self) -> dict[str, Any]:
        """The fields but `actor`, as JSON can hold them."""
        return {k: _plain(v) for k, v in asdict(self).items() if k != "actor"}


def is_talk(kind: str) -> bool:
    """Whether what happened is no more than something said in a conversation."""
    return kind.startswith("conversation.")


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


class Role(StrEnum):
    """What someone is in one community."""

    MEMBER = "member"
    FACILITATOR = "facilitator"
    GUEST = "guest"


@dataclass(frozen=True, kw_only=True)
class CommunityFounded(Happening):
    """A community began."""

    kind = "community.founded"
    sentence = _("De leergemeenschap is begonnen.")


@dataclass(frozen=True, kw_only=True)
class MemberJoined(Happening):
    """Someone came in, or came back. `actor` is who came."""

    kind = "member.joined"
    sentence = _("Er is iemand bij gekomen.")
    role: Role


@dataclass(frozen=True, kw_only=True)
class InvitationAccepted(Happening):
    """Someone known by a code until now takes part under their own name."""

    kind = "member.accepted"
    sentence = _("Iemand die alleen als code bekend was, doet nu zelf mee.")


@dataclass(frozen=True, kw_only=True)
class MemberLeft(Happening):
    """Someone left; the work stays. `actor` is who left."""

    kind = "member.left"
    sentence = _("Er is iemand vertrokken. Het werk blijft.")


@dataclass(frozen=True, kw_only=True)
class RoleChanged(Happening):
    """`actor` has another role from now on."""

    kind = "member.role_changed"
    sentence = None
    role: Role


@dataclass(frozen=True, kw_only=True)
class MemberIntroduced(Happening):
    """`actor` wrote the first lines on their card."""

    kind = "member.introduced"
    sentence = _("Iemand vertelde wie hij of zij is. Kijk bij Kennismaken.")


@dataclass(frozen=True, kw_only=True)
class MemberAway(Happening):
    """`actor` is away from now on, set by oneself; why is kept nowhere. They are counted out until they are back."""

    kind = "member.away"
    sentence = None


@dataclass(frozen=True, kw_only=True)
class MemberBack(Happening):
    """`actor` is there again."""

    kind = "member.back"
    sentence = None


@dataclass(frozen=True, kw_only=True)
class ContactReported(Happening):
    """One contact from `actor` to `counterpart`, read from a file that came from elsewhere."""

    kind = "interaction"
    sentence = None
    #: None when the file says that something was written, but not to whom.
    counterpart: MemberId | None


def document() -> str:
    """docs/happenings.md: every kind with what it means, what it keeps, and how colleagues are told of it."""
    lines = [
        "# Happenings",
        "",
        "What the log of a community remembers. Written by `bin/docs`; a test holds it to the code.",
        "Every happening also keeps its community, its moment and `actor`, the membership that did it.",
    ]
    for kind, happening in sorted(KINDS.items()):
        kept = [f"`{f.name}`: {f.type}" for f in fields(happening) if f.name != "actor"]
        lines += [
            "",
            f"## {kind}",
            "",
            " ".join((happening.__doc__ or "").split()),
            "",
            f"* keeps: {', '.join(kept) or 'nothing more'}",
            f"* told as: {happening.sentence or '(not told)'}",
        ]
    return "\n".join(lines) + "\n"
