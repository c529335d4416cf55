"""The registry through which rooms refer to each other's things, and the links between those things.

Each room registers its kinds. Nobody imports upward or sideways: a link names a kind and an id, and this registry
says what it is called, where it lives and who may see it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db import models
from django.db.models.expressions import Expression
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.http import urlencode

from leerkring.communities.models import Community, Link
from leerkring.people.models import User
from leerkring.ui.audience import Audience


@dataclass(frozen=True)
class Columns:
    """A kind of which a line can be told from its table's columns: however many such kinds a page names, the database
    is asked once."""

    title: str | Expression
    #: When it came to be, or was.
    at: str | Expression
    #: The ids of its community and its own -> where it lives.
    address: Callable[[int, int], str]
    #: What the column holds -> what it is called.
    titled: Callable[[str], str] = str


@dataclass(frozen=True)
class Objects:
    """A kind that only the thing itself can tell of."""

    title: Callable[[Any], str]
    address: Callable[[Any], str]
    #: The id of the community it belongs to; 0 when it is of none.
    community: Callable[[Any], int]


@dataclass(frozen=True)
class Kind:
    """One kind of thing: what it is called, where it lives, who may see it."""

    key: str
    name: str | Promise
    told: Columns | Objects
    visible_to: Callable[[User], models.QuerySet[Any]]
    #: Its address and a part of it -> where on its page that part is, for what has parts.
    part: Callable[[str, int], str] | None = None
    #: Its id -> what a goal that begins from it could say, in the words of who were there; "" when nothing.
    sentence: Callable[[int], str] = lambda _: ""
    #: Its id -> where pupils stood, as it was written down there.
    standing: Callable[[int], Sequence[str]] = lambda _: ()
    #: Who can see it, in words; `visible_to` is what really lets them in.
    audience: Callable[[Any], Audience] = lambda _: Audience.COMMUNITY


_kinds: dict[str, Kind] = {}
KINDS: Mapping[str, Kind] = MappingProxyType(_kinds)


def register(kind: Kind) -> None:
    if kind.key in _kinds:
        raise ValueError(f"the kind {kind.key} is registered twice")
    _kinds[kind.key] = kind


@dataclass(frozen=True)
class Thing:
    """A thing as another room may show it."""

    kind: str
    id: int
    name: str | Promise
    title: str
    address: str
    community: int
    at: datetime | None = None

    @property
    def sentence(self) -> str:
        """What a goal that begins from it could say."""
        return KINDS[self.kind].sentence(self.id)

    @property
    def standing(self) -> Sequence[str]:
        """Where pupils stood, for a goal that begins from it."""
        return KINDS[self.kind].standing(self.id)

    def place(self, part: int | None) -> str:
        """Where `part` of it is; without one, or when it has none, its page."""
        find = KINDS[self.kind].part
        return find(self.address, part) if find and part else self.address


def find(user: User, reference: str) -> Thing | None:
    """The thing that `kind:id` refers to, or None when it is malformed, gone, or not for `user`."""
    key, _, number = reference.partition(":")
    if key not in KINDS or not (number.isascii() and number.isdigit() and len(number) <= 18):
        return None
    return find_all(user, [(key, int(number))]).get((key, int(number)))


#: A kind and an id.
Reference = tuple[str, int]


def find_all(user: User, references: Iterable[Reference]) -> dict[Reference, Thing]:
    """Those of `references` that `user` may see: in one query for all kinds that are told from columns, and one for
    each other kind."""
    wanted = _by_kind(references)
    found: dict[Reference, Thing] = {}
    in_columns = []
    for key, ids in wanted.items():
        kind, things = KINDS[key], KINDS[key].visible_to(user).filter(pk__in=ids)
        if isinstance(kind.told, Columns):
            in_columns.append(_lines(kind, kind.told, things))
        else:
            found |= {(key, it.pk): _of_object(kind, kind.told, it) for it in things}
    if in_columns:
        first, *rest = in_columns
        found |= {(row[0], row[1]): _of_columns(*row) for row in first.union(*rest, all=True)}
    return found


def _lines(kind: Kind, told: Columns, things: models.QuerySet[Any]) -> models.QuerySet[Any]:
    title = models.F(told.title) if isinstance(told.title, str) else told.title
    at = models.F(told.at) if isinstance(told.at, str) else told.at
    named: models.QuerySet[Any] = things.order_by().annotate(
        its_kind=models.Value(kind.key, output_field=models.CharField()),
        its_title=Cast(title, models.TextField()),
        its_at=at,
    )
    return named.values_list("its_kind", "pk", "its_title", "community_id", "its_at")


def _of_columns(key: str, number: int, title: str, community: int, at: datetime) -> Thing:
    kind = KINDS[key]
    assert isinstance(kind.told, Columns)
    address = kind.told.address(community, number)
    return Thing(key, number, kind.name, kind.told.titled(title), address, community, at)


def _of_object(kind: Kind, told: Objects, it: Any) -> Thing:
    return Thing(kind.key, it.pk, kind.name, told.title(it), told.address(it), told.community(it))


def visible(user: User, references: Iterable[Reference]) -> set[Reference]:
    """As `find_all`, when only that is asked."""
    wanted = _by_kind(references).items()
    shown = {
        key: KINDS[key].visible_to(user).filter(pk__in=ids).values_list("pk", flat=True)
        for key, ids in wanted
    }
    return {(key, number) for key, numbers in shown.items() for number in numbers}


def _by_kind(references: Iterable[Reference]) -> dict[str, set[int]]:
    ids: dict[str, set[int]] = {}
    for key, number in references:
        ids.setdefault(key, set()).add(number)
    return ids


#: Kind → where a new one begins, in a community.
_starts: dict[str, Callable[[int], str]] = {}


def register_start(kind: str, address: Callable[[int], str]) -> None:
    """Say where one begins a thing of this kind, so that rooms below can lead there. Its page takes `?from=`."""
    _starts[kind] = address


def start_address(kind: str, community: int, *, follows: Reference, **asked: str) -> str:
    """Where a `kind` begins that follows from `follows`; `asked`: what the page fills in."""
    query = {"from": f"{follows[0]}:{follows[1]}", **asked}
    return f"{_starts[kind](community)}?{urlencode(query)}"


def followed(user: User, community: Community, reference: str) -> Thing | None:
    """What `?from=` names, when it is of this community: another group's work is not brought in by a link."""
    found = find(user, reference)
    return found if found and found.community == community.pk else None


def tie(new: Reference, *, follows: Thing | Reference) -> None:
    """Write that `new` followed from a thing; call it in the transaction that makes `new`."""
    kind, number = (follows.kind, follows.id) if isinstance(follows, Thing) else follows
    Link.objects.get_or_create(
        from_kind=new[0], from_id=new[1], to_kind=kind, to_id=number, relation=Link.Relation.FOLLOWS
    )


def untie(new: Reference, *, follows: Reference) -> None:
    """It turned out not to."""
    Link.objects.filter(
        from_kind=new[0], from_id=new[1], to_kind=follows[0], to_id=follows[1], relation=Link.Relation.FOLLOWS
    ).delete()


def around(user: User, kind: str, id: int) -> tuple[list[Thing], list[Thing]]:  # noqa: A002
    """What this thing followed from and what followed from it, as far as `user` may see them."""
    before, after = [], []
    for link in Link.objects.filter(models.Q(from_kind=kind, from_id=id) | models.Q(to_kind=kind, to_id=id)):
        if (link.from_kind, link.from_id) == (kind, id):
            before.append((link.to_kind, link.to_id))
        else:
            after.append((link.from_kind, link.from_id))
    found = find_all(user, (*before, *after))
    return [found[it] for it in before if it in found], [found[it] for it in after if it in found]
