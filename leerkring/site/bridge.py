"""The way from asyncio to Django's threads.

Django runs in a few threads. Were one of those to wait for a slow phone, a handful of phones would stop the
house. So the whole request is read before a thread is taken, and the whole answer is taken from the thread
before it is sent. Why not Django's own ASGI handler: docs/decisions/0003-server.md.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

from a2wsgi import WSGIMiddleware

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]
WSGIApplication = Callable[[Any, Any], Iterable[bytes]]

#: The largest request body, in bytes; larger things come in pieces.
BODY_LIMIT = 12 * 1024 * 1024
#: What is still read (and thrown away) of a body that is too large, so that the browser gets to see why.
DRAIN_LIMIT = 100 * 1024 * 1024
#: All bodies under way together, in bytes; above it newcomers are asked to come back.
HELD_LIMIT = 256 * 1024 * 1024
#: Seconds for a whole request to arrive, and for a whole answer to be taken: 12 MB at 40 kB/s.
PATIENCE = 300.0
#: An answer is handed to the socket in pieces of this many bytes, so that a stalled reader is noticed.
PIECE = 64 * 1024

_NOT_PRINTABLE = re.compile(rb"[^\x21-\x7e]")
_NUL = re.compile(rb"%00|\\000")

_REFUSALS = {
    400: ("Dit verzoek is niet te lezen.", "This request cannot be read."),
    408: (
        "Het versturen duurde te lang. Probeer het opnieuw.",
        "Sending took too long. Please try again.",
    ),
    413: (
        "Dit is te groot om te versturen: hoogstens 12 MB. Maak het kleiner en probeer het opnieuw.",
        "This is too large to send: at most 12 MB. Make it smaller and try again.",
    ),
    503: ("Het is nu erg druk. Probeer het zo opnieuw.", "It is very busy now. Please try again soon."),
}


class Cut(Exception):
    """The client went away midway: nothing may come of what it sent."""


class Refuse(Exception):
    """The request is answered here, with this status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def _length_announced(scope: Scope) -> int | None:
    given = [value for name, value in scope["headers"] if name == b"content-length"]
    if not given:
        return None
    if len(set(given)) > 1 or not given[0].isdigit():
        raise Refuse(400)
    return int(given[0])


def _plain(scope: Scope, length: int) -> Scope:
    """The scope as WSGI can carry it: an ASCII query, one true length, no header twins (`a_b`, `a-b`)."""
    kept = [
        (name, value)
        for name, value in scope["headers"]
        if b"_" not in name and name not in {b"content-length", b"transfer-encoding"}
    ]
    query = _NOT_PRINTABLE.sub(lambda found: b"%%%02X" % found[0][0], scope["query_string"])
    return {
        **scope,
        "query_string": query,
        "headers": [*kept, (b"content-length", str(length).encode("ascii"))],
    }


def _refuse_nul(scope: Scope) -> None:
    """No text of ours holds a NUL, and PostgreSQL refuses one with an error: 400 rather than 500."""
    cookies = b"".join(value for name, value in scope["headers"] if name == b"cookie")
    if "\0" in scope["path"] or _NUL.search(scope["query_string"]) or _NUL.search(cookies):
        raise Refuse(400)


async def _drain(receive: Receive, already: int) -> None:
    more = True
    while more and already <= DRAIN_LIMIT:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Cut
        already += len(message.get("body", b""))
        more = message.get("more_body", False)


async def answer(send: Send, status: int) -> None:
    """A small page in two languages, closing the connection: for what Django never gets to see."""
    dutch, english = _REFUSALS[status]
    page = (
        f'<!doctype html><html lang="nl"><meta charset="utf-8"><title>Leerkring</title>'
        f'<h1>{dutch}</h1><p lang="en">{english}</p></html>'
    ).encode()
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(page)).encode("ascii")),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": page})


class Bridge:
    """An ASGI application (http only) around a WSGI one; see the module."""

    def __init__(self, application: WSGIApplication, *, workers: int = 4) -> None:
        self._inner: Any = WSGIMiddleware(application, workers=workers)
        self._held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        held = 0
        try:
            announced = _length_announced(scope)
            _refuse_nul(scope)
            async with asyncio.timeout(PATIENCE):
                body = await self._whole_body(receive, announced)
            held = len(body)
            response = await self._ask_django(_plain(scope, held), body)
        except Cut:
            return
        except TimeoutError:
            await answer(send, 408)
            return
        except Refuse as refused:
            await answer(send, refused.status)
            return
        finally:
            self._held -= held
        await _deliver(response, send)

    async def _whole_body(self, receive: Receive, announced: int | None) -> bytes:
        """The body. What it weighs counts in `_held` until the caller takes it off."""
        if announced is not None and announced > BODY_LIMIT:
            await _drain(receive, 0)
            raise Refuse(413)
        body = bytearray()
        kept = False
        try:
            more = True
            while more:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise Cut
                piece = message.get("body", b"")
                body += piece
                self._held += len(piece)
                more = message.get("more_body", False)
                if len(body) > BODY_LIMIT:
                    await _drain(receive, len(body))
                    raise Refuse(413)
                if self._held > HELD_LIMIT:
                    raise Refuse(503)
            if announced is not None and len(body) != announced:
                raise Refuse(400)
            kept = True
        finally:
            if not kept:
                self._held -= len(body)
        return bytes(body)

    async def _ask_django(self, scope: Scope, body: bytes) -> list[Message]:
        response: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def collect(message: Message) -> None:
            response.append(message)

        await self._inner(scope, receive, collect)
        return response

    def close(self) -> None:
        """Takes no more work; threads end when theirs is done."""
        self._inner.executor.shutdown(wait=False, cancel_futures=True)


async def _deliver(response: list[Message], send: Send) -> None:
    start, *parts = response
    body = b"".join(part.get("body", b"") for part in parts)
    try:
        async with asyncio.timeout(PATIENCE):
            await send(start)
            for at in range(0, len(body), PIECE):
                await send({"type": "http.response.body", "body": body[at : at + PIECE], "more_body": True})
            await send({"type": "http.response.body", "body": b""})
    except TimeoutError:
        return  # the reader stalled; the server closes what is left of the connection
