"""The inbox: what waits for someone, a row for each thing. Mail tells the same rows (`communities.mail`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, cast

from django.core.cache import caches
from django.core.cache.utils import make_template_fragment_key
from django.core.paginator import Paginator
from django.db.models import Case, Max, When
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leerkring import __version__, clock
from leerkring.communities import thread
from leerkring.communities.access import Here, memberships_for
from leerkring.communities.models import Community, Notice, NoticeSet
from leerkring.communities.notices import KINDS
from leerkring.people.models import User

PAGE = 20
#: Seconds that what was drawn is kept, of one state.
KEPT = 86_400
UNREAD = "ongelezen"


@dataclass(frozen=True)
class Row:
    """Everything that was told about one thing."""

    #: The notice that it is opened by: the first one unread, so that one reads on where one was.
    first: Notice
    community: Community | None
    thing: thread.Thing | None
    #: "Reactie van Bram en 2 anderen", newest first.
    sentences: list[str]
    at: datetime
    is_unread: bool

    @property
    def title(self) -> str:
        return self.thing.title if self.thing else str(KINDS[self.first.kind].label)

    @property
    def name(self) -> str | Promise:
        """What kind of thing it is."""
        return self.thing.name if self.thing else ""

    @property
    def address(self) -> str:
        """Where it leads, at the right place."""
        find = KINDS[self.first.kind].address
        if self.thing:
            return self.thing.place(self.first.part)
        return find(self.first) if find else reverse("communities:inbox")


@dataclass(frozen=True)
class Choice:
    """What someone wants to see of their inbox."""

    user: User
    communities: list[Community]
    #: Only what was told in this one.
    chosen: Community | None
    only_unread: bool
    number: int

    @classmethod
    def of(cls, user: User, *, group: str, which: str, page: str) -> Choice:
        """As the address says."""
        communities = [m.community for m in memberships_for(user)]
        chosen = next((c for c in communities if str(c.pk) == group), None)
        number = int(page) if page.isdecimal() and len(page) < 6 else 1
        return cls(user, communities, chosen, which == UNREAD, number)

    @cached_property
    def state(self) -> str:
        """What the inbox depends on: what was told and read, and how the communities are of which it tells."""
        versions = (f"{community.pk}-{community.version}" for community in self.communities)
        parts = (__version__, self.user.pk, self.user.version, get_language(), clock.today(), *versions)
        return ".".join(map(str, parts))

    @property
    def shown(self) -> dict[str, Any]:
        return {"communities": self.communities, "chosen": self.chosen, "only_unread": self.only_unread}

    def told(self) -> str:
        """The rows as they are drawn, kept until something changes."""
        chosen = self.chosen and self.chosen.pk
        key = make_template_fragment_key("told", [self.state, chosen, self.only_unread, self.number])
        return cast(str, caches["template_fragments"].get_or_set(key, self._draw, KEPT))

    def _draw(self) -> str:
        lines = threads(Notice.objects.seen_by(self.user))
        keep_count(self.user, lines)
        page = Paginator([line for line in lines if self._wants(line)], PAGE).get_page(self.number)
        rows = rows_of(self.user, [line["thread"] for line in page])
        return render_to_string("communities/told.html", {**self.shown, "rows": rows, "page": page})

    def _wants(self, line: Mapping[str, Any]) -> bool:
        here = self.chosen is None or line["community"] == self.chosen.pk
        return here and bool(line["unread"] or not self.only_unread)


def threads(found: NoticeSet) -> list[dict[str, Any]]:
    """A line for each row: first what is unread, then what was read; newest first."""
    lines = (
        found.order_by()
        .values("thread", "community")
        .annotate(unread=Max(Case(When(read_at=None, then=1), default=0)), newest=Max("at"), last=Max("pk"))
    )
    return [dict(line) for line in lines.order_by("-unread", "-newest", "-last")]


def rows_of(user: User, wanted: list[str]) -> list[Row]:
    """The rows of these threads, which `user` may see, in their order."""
    told = Notice.objects.filter(user=user, kind__in=KINDS, thread__in=wanted).asking(user)
    made = {row.first.thread: row for row in rows(user, told.select_related("by__user", "community"))}
    return [made[name] for name in wanted if name in made]


def rows(user: User, found: Iterable[Notice]) -> list[Row]:
    """Notices by what they are about, newest first. Of what has something unread only that is told."""
    by_thread: dict[str, list[Notice]] = {}
    told = sorted(found, key=lambda n: (n.at, n.pk), reverse=True)
    for notice in told:
        by_thread.setdefault(notice.thread, []).append(notice)
    things = thread.find_all(user, filter(None, (_about(some[0]) for some in by_thread.values())))
    named, more = _named(told), _more(user, told)
    made = [_row(some, things, named, more) for some in by_thread.values()]
    return [row for row in made if row.thing or row.first.thing_kind not in thread.KINDS]


def _about(notice: Notice) -> thread.Reference | None:
    """The thing of the thread that it is about, when it is about one."""
    if notice.thing_kind not in thread.KINDS or notice.thing_id is None:
        return None
    return notice.thing_kind, notice.thing_id


def _named(told: list[Notice]) -> dict[int, str]:
    """By notice, whom it names that has no account: in one question for each kind of notice that names so."""
    named: dict[int, str] = {}
    for key, names in [(key, kind.names) for key, kind in KINDS.items() if kind.names]:
        things = {n.pk: n.thing_id for n in told if n.kind == key and n.thing_id is not None}
        known = names(things.values()) if things else {}
        named |= {pk: known[thing] for pk, thing in things.items() if thing in known}
    return named


def _more(user: User, told: list[Notice]) -> dict[tuple[str, int | None], str]:
    """By kind and thing, what is told along: in one question for each kind of notice that tells so."""
    found: dict[tuple[str, int | None], str] = {}
    for key, more in [(key, kind.more) for key, kind in KINDS.items() if kind.more]:
        if things := {n.thing_id for n in told if n.kind == key and n.thing_id is not None}:
            found |= {(key, thing): said for thing, said in more(user, things).items()}
    return found


def _row(
    told: list[Notice],
    things: dict[thread.Reference, thread.Thing],
    named: Mapping[int, str],
    more: Mapping[tuple[str, int | None], str],
) -> Row:
    unread = [notice for notice in told if notice.read_at is None]
    shown = unread or told
    people: dict[str, list[str]] = {}
    for notice in shown:
        names = people.setdefault(notice.kind, [])
        name = named.get(notice.pk) or (str(notice.by) if notice.by else _("een collega"))
        if name not in names:
            names.append(name)
    newest = shown[0]
    sentences = []
    for kind, names in people.items():
        sentences.append(str(KINDS[kind].sentence) % {"who": _joined(names)})
        if along := more.get((kind, newest.thing_id)):
            sentences.append(along)
    return Row(
        first=shown[-1] if unread else newest,
        community=newest.community,
        thing=things.get(about) if (about := _about(newest)) else None,
        sentences=sentences,
        at=newest.at,
        is_unread=bool(unread),
    )


def _joined(names: list[str]) -> str:
    """`Bram`, `Bram en Anna`, `Bram en 2 anderen`."""
    if len(names) == 1:
        return names[0]
    if len(names) == 2:
        return _("%(one)s en %(other)s") % {"one": names[0], "other": names[1]}
    return _("%(one)s en %(count)s anderen") % {"one": names[0], "count": len(names) - 1}


def opened(here: Here, kind: str, id: int) -> None:  # noqa: A002
    """Somebody looks at this thing: what was told of it is read. Without a write, or even a question, when nothing
    waits; and found by its row, however much waits."""
    if here.user.unread:
        row = Notice.thread_of(here.community, "", (kind, id))
        read(here.user, Notice.objects.filter(user=here.user, thread=row))


def said_here(user: User, *kinds: str, community: Community | None = None) -> None:
    """`user` looks at the page that says what notices of these kinds tell: those are read."""
    if user.unread:
        read(user, Notice.objects.filter(user=user, kind__in=kinds, community=community))


def read(user: User, found: NoticeSet) -> None:
    """Put away what is unread in `found`."""
    waiting = list(found.unread().values_list("pk", flat=True))
    if waiting:
        Notice.put_away(user, waiting, at=clock.now())


def keep_count(user: User, lines: Iterable[dict[str, Any]]) -> None:
    """The number in the top bar is made right, when it counts what may no longer be seen. `lines` is all that `user`
    may see; nothing is put away, for what is hidden may come back."""
    if user.unread != sum(line["unread"] for line in lines):
        Notice.recount(user)
