"""What the network can do to the house, over real sockets to a real server."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from leerkring.site.asgi import NO_SUCH_SOCKET, Router
from leerkring.site.bridge import BODY_LIMIT, Bridge
from leerkring.site.tests.wire import Wire, running, status
from tests.ports import free_port

STALLED = 20
FORM = "Content-Type: application/x-www-form-urlencoded\r\n"


GET = b"GET /page/ HTTP/1.1\r\nHost: localhost\r\n"
POST = b"POST /write/ HTTP/1.1\r\nHost: localhost\r\n"
UPGRADE = b"Connection: Upgrade\r\nUpgrade: websocket\r\n"


def _get(path: bytes, *, method: bytes = b"GET") -> bytes:
    return method + b" " + path + b" HTTP/1.1\r\nHost: localhost\r\n\r\n"


def _form(body: bytes, kind: bytes = b"application/x-www-form-urlencoded", more: int = 0) -> bytes:
    length = str(len(body) + more).encode()
    return POST + b"Content-Type: " + kind + b"\r\nContent-Length: " + length + b"\r\n\r\n" + body


class StandIn(Wire):
    def __init__(self, port: int, folder: Path) -> None:
        super().__init__(port)
        self._folder = folder

    def written(self) -> list[str]:
        file = self._folder / "written"
        return file.read_text(encoding="utf-8").splitlines() if file.exists() else []

    def log(self) -> str:
        return (self._folder / "log").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    folder, port = tmp_path_factory.mktemp("stand-in"), free_port()
    with running(["-m", "leerkring.site.tests.stand_in", str(folder), str(port)], port=port):
        yield StandIn(port, folder)


def test_a_page_is_served(site: StandIn) -> None:
    answer = site.ask("/page/")
    assert status(answer) == 200
    assert b"a page" in answer


def test_one_connection_carries_several_requests(site: StandIn) -> None:
    head = b"HEAD /page/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
    last = b"GET /page/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    answers = site.say(head + _form(b"text=piped") + last)
    assert answers.count(b"HTTP/1.1 200 OK") == 3
    assert answers.count(b"a page") == 1
    assert site.written()[-1] == "5 ['text'] 0"


def test_slow_uploads_keep_nobody_waiting(site: StandIn) -> None:
    with ExitStack() as stack:
        for _ in range(STALLED):
            upload = stack.enter_context(site.connect())
            upload.sendall(_form(b"text=only+the+beginning", more=100_000))
        assert status(site.ask("/page/")) == 200


def test_slow_readers_keep_nobody_waiting(site: StandIn) -> None:
    with ExitStack() as stack:
        for _ in range(STALLED):
            reader = stack.enter_context(site.connect(receive_buffer=4096))
            reader.sendall(b"GET /large/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
        time.sleep(0.5)  # let all of them reach Django
        assert status(site.ask("/page/")) == 200


def test_a_form_cut_midway_changes_nothing(site: StandIn) -> None:
    before = site.written()
    with site.connect() as connection:
        connection.sendall(_form(b"text=half", more=500))
    assert status(site.ask("/page/")) == 200
    assert site.written() == before


def test_a_whole_form_arrives_whole(site: StandIn) -> None:
    assert status(site.ask("/write/", method="POST", headers=FORM, body=b"text=whole&other=1")) == 200
    assert site.written()[-1] == "5 ['other', 'text'] 0"


def test_a_form_in_chunks_arrives_whole(site: StandIn) -> None:
    answer = site.say(
        b"POST /write/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n"
        + FORM.encode()
        + b"\r\n5\r\ntext=\r\n4\r\nabcd\r\n0\r\n\r\n"
    )
    assert status(answer) == 200
    assert site.written()[-1] == "4 ['text'] 0"


def test_the_largest_form_is_taken(site: StandIn) -> None:
    body = b"text=" + b"a" * (BODY_LIMIT - 5)
    assert status(site.ask("/write/", method="POST", headers=FORM, body=body)) == 200
    assert site.written()[-1].startswith(f"{BODY_LIMIT - 5} ")


def test_a_form_that_is_too_large_is_told_so(site: StandIn) -> None:
    before = site.written()
    answer = site.ask("/write/", method="POST", headers=FORM, body=b"a" * (BODY_LIMIT + 1))
    assert status(answer) == 413
    assert "hoogstens 12 MB" in answer.decode()
    assert site.written() == before


def test_a_body_that_grows_too_large_in_chunks_is_told_so(site: StandIn) -> None:
    before = site.written()
    chunk = b"100000\r\n" + b"a" * 0x100000 + b"\r\n"
    head = b"POST /write/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert status(site.say(head + chunk * 13 + b"0\r\n\r\n")) == 413
    assert site.written() == before


NONSENSE = {
    "no HTTP at all": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)) + b"\r\n\r\n",
    "no host": b"GET /page/ HTTP/1.1\r\n\r\n",
    "a host of somebody else": b"GET /page/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    "a host of garbage": b"GET /page/ HTTP/1.1\r\nHost: \xff\xfe@@::\r\n\r\n",
    "a path of raw bytes": _get(b"/\xff\xfe/"),
    "a path of encoded invalid UTF-8": _get(b"/%ff%fe/"),
    "a NUL in the path": _get(b"/page/%00"),
    "a bare NUL": _get(b"/pa\0ge/"),
    "a NUL in the query": _get(b"/page/?q=%00"),
    "raw bytes in the query": _get(b"/page/?q=\xc3\xa9\xff"),
    "an unfinished escape": _get(b"/page/?q=%zz%&&&=;;%"),
    "two thousand fields": _get(b"/page/?" + b"a=1&" * 2000),
    "a whole address": _get(b"http://localhost"),
    "an asterisk": _get(b"*", method=b"OPTIONS"),
    "a tunnel": _get(b"localhost:80", method=b"CONNECT"),
    "an unknown method": _get(b"/page/", method=b"FROB"),
    "HTTP/9": b"GET /page/ HTTP/9.9\r\nHost: localhost\r\n\r\n",
    "a negative length": POST + b"Content-Length: -5\r\n\r\n",
    "two lengths": POST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    "an odd chunk": POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    "cookies of garbage": GET + b'Cookie: sessionid="\\000\\777";;=;\xff\r\n\r\n',
    "a header of a megabyte": GET + b"X: " + b"x" * 1_000_000 + b"\r\n\r\n",
    "a header without end": GET + b"X: " + b"x" * 1_000_000,
    "an endless path": _get(b"/" + b"a" * 200_000),
    "an upgrade": GET + UPGRADE + b"\r\n",
    "an upgrade with a form": POST + UPGRADE + b"Content-Length: 3\r\n\r\na=b",
    "a form of bytes": _form(b"text=\xff\xfe\xfd%ff%"),
    "a form with a NUL": _form(b"text=%00"),
    "a form in no charset": _form(b"text=a", b"application/x-www-form-urlencoded; charset=nonsense"),
    "parts without boundary": _form(b"text=a", b"multipart/form-data"),
    "parts cut short": _form(
        b"--b\r\nContent-Disposition: form-data; nam", b"multipart/form-data; boundary=b"
    ),
}


@pytest.mark.parametrize("words", NONSENSE.values(), ids=NONSENSE.keys())
def test_nonsense_is_never_our_fault(site: StandIn, words: bytes) -> None:
    with site.connect() as connection:
        connection.settimeout(2)
        try:
            connection.sendall(words)
            answer = connection.recv(65536)
        except (ConnectionError, TimeoutError):
            answer = b""
    assert status(answer) < 500
    assert status(site.ask("/page/")) == 200


def test_a_header_cannot_pass_for_another(site: StandIn) -> None:
    """`Content_Length` and `Content-Length` are one to WSGI; only the true one arrives."""
    body = b"text=abc"
    answer = site.ask("/write/", method="POST", headers=FORM + "Content_Length: 1\r\n", body=body)
    assert status(answer) == 200
    assert site.written()[-1] == "3 ['text'] 0"


def test_the_server_does_not_say_what_it_is(site: StandIn) -> None:
    assert b"\r\nserver:" not in site.ask("/page/").lower()


def test_the_log_holds_nothing_of_people(site: StandIn) -> None:
    canaries = ["jan.jansen", "geheim-wachtwoord", "in-de-vraag", "in-het-pad", "127.0.0.1", "in-de-kop"]
    site.ask(
        "/fail/in-het-pad/?q=in-de-vraag",
        method="POST",
        headers=FORM + "X-Forwarded-For: in-de-kop\r\nCookie: sessionid=in-de-kop\r\n",
        body=b"email=jan.jansen%40school.example&password=geheim-wachtwoord",
    )
    site.ask("/in-het-pad/in-het-pad/?in-de-vraag", headers="Host: in-de-kop\r\n")
    log = site.log()
    lines = [json.loads(line) for line in log.splitlines()]
    failed = next(line for line in lines if "exception" in line)
    assert failed["exception"][0]["type"] == "builtins.RuntimeError"
    assert any(
        place.startswith("leerkring/site/tests/stand_in.py:") for place in failed["exception"][0]["at"]
    )
    assert {"event": "request", "method": "POST", "route": "fail", "status": 500}.items() <= next(
        line for line in lines if line.get("route") == "fail"
    ).items()
    assert [canary for canary in canaries if canary in log] == []


def _played(app: Any, scope: dict[str, Any], *received: dict[str, Any]) -> list[dict[str, Any]]:
    """What an ASGI application sends when it receives these messages."""
    sent: list[dict[str, Any]] = []
    waiting = list(received)

    async def receive() -> dict[str, Any]:
        return waiting.pop(0)

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    return sent


def _post(length: int) -> dict[str, Any]:
    return {
        "type": "http",
        "method": "POST",
        "path": "/",
        "query_string": b"",
        "headers": [(b"content-length", str(length).encode())],
        "http_version": "1.1",
    }


def _never(environ: Any, start_response: Any) -> list[bytes]:
    raise AssertionError("this reached Django")


def test_a_websocket_to_nowhere_is_closed_politely() -> None:
    router = Router(lambda say: _never)
    sent = _played(router, {"type": "websocket", "path": "/live"}, {"type": "websocket.connect"})
    assert sent == [{"type": "websocket.close", "code": NO_SUCH_SOCKET}]


def test_a_client_that_leaves_midway_gets_no_answer() -> None:
    sent = _played(
        Bridge(_never),
        _post(10),
        {"type": "http.request", "body": b"12345", "more_body": True},
        {"type": "http.disconnect"},
    )
    assert sent == []


def test_a_body_shorter_than_announced_is_refused() -> None:
    sent = _played(Bridge(_never), _post(10), {"type": "http.request", "body": b"12345", "more_body": False})
    assert sent[0]["status"] == 400


def test_until_the_house_is_ready_it_says_so() -> None:
    router = Router(lambda say: _never)
    scope = {**_post(0), "method": "GET"}
    assert _played(router, scope)[0]["status"] == 503
    health = _played(router, {**scope, "path": "/healthz"})
    assert health[0]["status"] == 503
    assert json.loads(health[1]["body"]) == {"ready": False, "reason": "starting"}
