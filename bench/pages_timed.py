"""What a page costs: CPU time through the whole WSGI application, queries, and bytes as they are served.

Three ways of asking, each the median of several over a few rounds. *Uncached* is the first view after a change:
before each a colleague answers somewhere in the community and says of a contribution that it helps, through the
same verbs as the pages use, so that whatever is kept by version is found out of date. *Cached*: asked again with
nothing changed, as another browser would. *Unchanged*: with the tag of the page that the browser has, answered
with 304.

CPU time is not quite a page's own: who shares a core with us stretches it, up to twice. So beside each request a
fixed piece of work is timed, and the request counts as it would have at the quietest moment of the run.
"""

from __future__ import annotations

import gc
import io
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from statistics import median
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Max
from django.template import Context, Template

from leerkring.communities.models import Community, Membership, Notice, Record
from leerkring.effectiveness import kept
from leerkring.knowledge.models import Contribution, Conversation
from leerkring.people.models import User
from leerkring.people.sessions import SessionStore

WARM_UPS = 3
_ASSET = re.compile(rb"""(?:src|href)="(/static/[^"]+)\"""")
_FONT = re.compile(rb"""url\(["']?([^)"']+latin-wght-normal[^)"']*)["']?\)""")
_numbers = count(1)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def tag(self) -> str:
        return dict(self.headers).get("ETag", "")

    @property
    def size(self) -> int:
        """Bytes on the way: the lines of the head, and the body."""
        head = sum(len(name) + len(value) + 4 for name, value in self.headers)
        return len(f"HTTP/1.1 {self.status} OK\r\n\r\n") + head + len(self.body)


class Visitor:
    """A browser of one person. The session is made directly: no password has to be hashed slowly."""

    def __init__(self, application: Any, user: User | None) -> None:
        self.application = application
        self.cookies: dict[str, str] = {}
        if user is not None:
            session = SessionStore()
            session[SESSION_KEY] = str(user.pk)
            session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
            session[HASH_SESSION_KEY] = user.get_session_auth_hash()
            session.save()
            assert session.session_key is not None
            self.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
            self.get("/")  # for the cookie that guards forms

    def get(self, address: str, tag: str = "") -> Answer:
        given: list[Any] = []
        environ = self.environ(address, tag)
        result = self.application(
            environ, lambda status, headers, error=None: given.extend((status, headers))
        )
        body = b"".join(result)
        if hasattr(result, "close"):
            result.close()
        status, headers = given
        for name, value in headers:
            if name == "Set-Cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return Answer(int(status.split()[0]), headers, body)

    def environ(self, address: str, tag: str) -> dict[str, Any]:
        parts = urlsplit(address)
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote(parts.path),
            "QUERY_STRING": parts.query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_LENGTH": "0",
            "HTTP_HOST": "localhost:8000",
            "HTTP_ACCEPT": "text/html,application/xhtml+xml",
            "HTTP_ACCEPT_ENCODING": "gzip, deflate, br",
            "HTTP_ACCEPT_LANGUAGE": "nl-NL,nl;q=0.9,en;q=0.8",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        return {**environ, "HTTP_IF_NONE_MATCH": tag} if tag else environ


@dataclass(frozen=True)
class Page:
    name: str
    role: str
    address: str
    visitor: Visitor
    #: Where something changes before the page is asked for anew.
    community: int


#: CPU nanoseconds of a request, and of the fixed piece of work just before it.
Run = tuple[int, int]


class Timer:
    """Takes the time of pages, in several rounds over all of them."""

    def __init__(self, pages: Sequence[Page], rounds: int, runs: int) -> None:
        self.pages = pages
        self.rounds = rounds
        self.runs = runs
        self.references: list[int] = []

    def costs(self) -> dict[str, dict[str, Any]]:
        """The figures of each page."""
        timed: dict[str, dict[str, list[Run]]] = {page.name: {} for page in self.pages}
        counted: dict[str, dict[str, int]] = {}
        for _round in range(self.rounds):
            for page in self.pages:
                with _undone(page.community):
                    counted[page.name] = self._cost(page, timed[page.name])
        quiet = self.quiet
        return {
            page.name: {
                figure: _milliseconds(timed[page.name].get(figure), quiet)
                for figure in ("uncached_ms", "cached_ms", "unchanged_ms")
            }
            | counted[page.name]
            for page in self.pages
        }

    @property
    def quiet(self) -> int:
        """What the fixed piece of work takes when nothing is in its way."""
        return sorted(self.references)[len(self.references) // 50]

    def stretched(self) -> float:
        """How many times as long as that it took, as a rule: how busy the machine was."""
        return round(median(self.references) / self.quiet, 2)

    def _cost(self, page: Page, timed: dict[str, list[Run]]) -> dict[str, int]:
        """Adds this round's runs to `timed`; queries and bytes are the same in any round."""
        changes = _changes(page)

        def anew() -> Answer:
            return page.visitor.get(page.address)

        def unchanged() -> Answer:
            return page.visitor.get(page.address, tag)

        for _turn in range(min(WARM_UPS, self.runs)):
            next(changes)
            first = anew()
        gc.collect()
        timed.setdefault("uncached_ms", []).extend(
            self._run(anew, lambda: next(changes)) for _ in range(self.runs)
        )
        timed.setdefault("cached_ms", []).extend(self._run(anew) for _ in range(self.runs))
        tag = anew().tag
        again = unchanged() if tag else first
        if tag:
            assert again.status == 304, page
            timed.setdefault("unchanged_ms", []).extend(self._run(unchanged) for _ in range(self.runs))
        next(changes)
        return {
            "queries": _queries(anew),
            "first_bytes": first.size + sum(_assets(page.visitor, first.body).values()),
            "repeat_bytes": again.size,
        }

    def _run(self, ask: Callable[[], Answer], before: Callable[[], object] = int) -> Run:
        before()
        start = time.process_time_ns()
        _fixed_work()
        between = time.process_time_ns()
        answer = ask()
        spent = time.process_time_ns() - between
        assert answer.status in {200, 304}
        self.references.append(between - start)
        return spent, between - start


def _fixed_work() -> None:
    """Some of what a request is made of, and nothing of our own."""
    _TEMPLATE.render(Context({"rows": range(12)}))
    for number in range(3):
        str(ContentType.objects.filter(model=str(number)).order_by("app_label").query)


_TEMPLATE = Template(
    '{% load i18n %}{% for row in rows %}<li class="{% if row %}some{% endif %}">{{ row|add:"1" }}'
    ' {% translate "Nee" %}</li>{% endfor %}'
)


def _milliseconds(runs: list[Run] | None, quiet: int) -> float | None:
    """The median, each run as long as it would have been in quiet."""
    return round(median(spent * quiet / reference for spent, reference in runs) / 1e6, 2) if runs else None


def _queries(ask: Callable[[], Answer]) -> int:
    asked: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        ask()
    return len(asked)


@contextmanager
def _undone(community: int) -> Iterator[None]:
    """What colleagues added meanwhile is taken away again, so that no page is measured on more than another."""
    marks = {
        model: model._base_manager.aggregate(last=Max("pk"))["last"] or 0
        for model in (Contribution, Record, Notice)
    }
    yield
    Notice.forget(Notice.objects.filter(pk__gt=marks.pop(Notice)))
    for model, last in marks.items():
        model._base_manager.filter(pk__gt=last).delete()
    Community.objects.get(pk=community).touch()
    kept.forget_all()


def _changes(page: Page) -> Iterator[None]:
    """Something that a colleague does in the community, each time `next` is called: an answer in one of the
    conversations that are not looked at, and thanks for what is."""
    community = Community.objects.select_related("school").get(pk=page.community)
    shown = re.search(r"/gesprekken/(\d+)/", page.address)
    all_said = Contribution.objects.filter(conversation__community=community, withdrawn_at=None).order_by(
        "pk"
    )
    looked_at = all_said.filter(conversation=int(shown[1])) if shown else all_said
    thanked = looked_at.last()
    others = Conversation.objects.filter(community=community).exclude(pk=int(shown[1]) if shown else 0)
    elsewhere = list(others[:10])
    people = Membership.objects.current().filter(community=community).exclude(user=None)
    colleague = people.exclude(pk=thanked.author_id if thanked else 0).last()
    while True:
        number = next(_numbers)
        if not (thanked and elsewhere and colleague):
            community.touch()
            yield
            continue
        colleague.community = community
        elsewhere[number % len(elsewhere)].reply(
            by=colleague, text=f"Antwoord {number}, na een dag proberen."
        )
        if thanked.helps.filter(pk=colleague.pk).exists():
            thanked.unhelp(by=colleague)
        else:
            thanked.help(by=colleague)
        yield


def _assets(visitor: Visitor, page: bytes) -> dict[str, int]:
    """What a browser fetches with the page the first time: bytes of each, compressed as served."""
    found: dict[str, int] = {}
    for name in dict.fromkeys(match.decode() for match in _ASSET.findall(page)):
        answer = visitor.get(name)
        assert answer.status == 200, name
        found[name] = answer.size
        if name.endswith(".css"):
            for font in _FONT.findall(_plain(answer)):
                address = f"{name.rpartition('/')[0]}/{font.decode().removeprefix('./')}"
                found[address] = visitor.get(address).size
    return found


def _plain(answer: Answer) -> bytes:
    encoding = dict(answer.headers).get("Content-Encoding")
    if encoding == "gzip":
        import gzip

        return gzip.decompress(answer.body)
    assert encoding is None, encoding
    return answer.body


def bundle(application: Any) -> dict[str, int]:
    """Script and stylesheet of any page, compressed as served."""
    visitor = Visitor(application, None)
    found = _assets(visitor, visitor.get("/").body)
    return {
        "script_bytes": sum(size for name, size in found.items() if name.endswith(".js")),
        "style_bytes": sum(size for name, size in found.items() if name.endswith(".css")),
        "font_bytes": sum(size for name, size in found.items() if name.endswith(".woff2")),
    }
