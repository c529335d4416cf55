"""What one page costs: CPU time through the whole WSGI application, queries, and bytes as they are served.

Three ways of asking, each the median of several. *Uncached* is the first view after a change: before each a
colleague answers somewhere in the community and says of a contribution that it helps, through the same verbs as the
pages use, so that whatever is kept by version is found out of date. *Cached*: asked again with nothing changed, as
another browser would. *Unchanged*: with the tag of the page that the browser has, answered with 304.
"""

from __future__ import annotations

import gc
import io
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from statistics import median
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from leerkring.communities.models import Community, Membership
from leerkring.knowledge.models import Contribution, Conversation
from leerkring.people.models import User

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


class Timer:
    """Takes the time of one page after another, each so many runs."""

    def __init__(self, runs: int) -> None:
        self.runs = runs
        self.references: list[int] = []

    def cost(self, page: Page) -> dict[str, Any]:
        """The figures of one page."""
        changes = _changes(page)

        def anew() -> Answer:
            return page.visitor.get(page.address)

        for _turn in range(WARM_UPS):
            next(changes)
            first = anew()
        uncached = self._milliseconds(anew, self.runs, before=lambda: next(changes))
        cached = self._milliseconds(anew, self.runs * 2)
        tag, unchanged = anew().tag, None
        if tag:
            again = page.visitor.get(page.address, tag)
            assert again.status == 304, page
            unchanged = self._milliseconds(lambda: page.visitor.get(page.address, tag), self.runs * 2)
        next(changes)
        return {
            "uncached_ms": uncached,
            "cached_ms": cached,
            "unchanged_ms": unchanged,
            "queries": _queries(anew),
            "first_bytes": first.size + sum(_assets(page.visitor, first.body).values()),
            "repeat_bytes": (again if tag else first).size,
        }

    def reference_ms(self) -> float:
        """The median of a fixed piece of work, done in between: how busy the machine was, to compare runs by."""
        return round(median(self.references) / 1e6, 2)

    def _milliseconds(
        self, ask: Callable[[], Answer], runs: int, before: Callable[[], object] = int
    ) -> float:
        """The median CPU time of this process."""
        spent = []
        gc.collect()
        for _run in range(runs):
            before()
            start = time.process_time_ns()
            answer = ask()
            spent.append(time.process_time_ns() - start)
            assert answer.status in {200, 304}
        start = time.process_time_ns()
        "".join(sorted(str(n * n % 7919) for n in range(5_000)))
        self.references.append(time.process_time_ns() - start)
        return round(median(spent) / 1e6, 2)


def _queries(ask: Callable[[], Answer]) -> int:
    asked: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        ask()
    return len(asked)


def _changes(page: Page) -> Iterator[None]:
    """Something that a colleague does in the community, each time `next` is called: an answer in one of the
    conversations that are not looked at, and thanks for what is."""
    community = Community.objects.select_related("school").get(pk=page.community)
    shown = re.search(r"/gesprekken/(\d+)/", page.address)
    looked_at = Conversation.objects.filter(community=community, pk=shown[1] if shown else 0)
    seen = Contribution.objects.filter(conversation__community=community, withdrawn_at=None).order_by("pk")
    thanked = (seen.filter(conversation__in=looked_at).last() if shown else seen.last()) or seen.get()
    elsewhere = list(Conversation.objects.filter(community=community).exclude(pk__in=looked_at)[:10])
    colleague = Membership.objects.current().filter(community=community).exclude(pk=thanked.author_id).last()
    assert colleague is not None
    colleague.community = community
    while True:
        number = next(_numbers)
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
