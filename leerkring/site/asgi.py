"""The router: what reaches Django, what is answered here, and what happens before Django is there.

The server listens from its first moment. Until the house is ready (`leerkring.site.prepare`) every page says
that it is being made ready, and /healthz says why it is not healthy yet.
"""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

from leerkring.site.bridge import Bridge, Message, Receive, Scope, Send, WSGIApplication

log = logging.getLogger(__name__)
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

#: The close code of a websocket to an address that does not exist.
NO_SUCH_SOCKET = 4404

_WAIT = (
    b'<!doctype html><html lang="nl"><meta charset="utf-8"><meta http-equiv="refresh" content="2">'
    b'<meta name="viewport" content="width=device-width"><title>Leerkring</title>'
    b"<h1>Leerkring wordt klaargezet.</h1><p>Deze bladzijde ververst zichzelf.</p>"
    b'<p lang="en">Leerkring is being made ready. This page refreshes by itself.</p></html>'
)


class Router:
    """The ASGI application. `prepare(say)` makes the house ready, in a thread of its own, and returns the
    WSGI application; `say(reason)` tells what it is doing. `leave()` is called at shutdown; `failed(error)`
    when `prepare` raised. `apart`: what is answered without Django, by how its path begins."""

    def __init__(
        self,
        prepare: Callable[[Callable[[str], None]], WSGIApplication],
        *,
        leave: Callable[[], None] = lambda: None,
        failed: Callable[[BaseException], None] = lambda error: None,
        apart: Mapping[str, Application] = MappingProxyType({}),
        workers: int = 4,
    ) -> None:
        self._apart = apart
        self._prepare = prepare
        self._leave = leave
        self._failed = failed
        self._workers = workers
        self._django: Bridge | None = None
        self.reason = "starting"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": NO_SUCH_SOCKET})
        elif self._django is not None:
            await self._at(scope["path"])(scope, receive, send)
        else:
            await self._not_yet(scope, send)

    def _at(self, path: str) -> Application:
        assert self._django is not None
        apart = (application for begin, application in self._apart.items() if path.startswith(begin))
        return next(apart, self._django)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        threading.Thread(target=self._make_ready, name="prepare", daemon=True).start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        if self._django is not None:
            self._django.close()
        await asyncio.to_thread(self._leave)
        await send({"type": "lifespan.shutdown.complete"})

    def _make_ready(self) -> None:
        try:
            self._django = Bridge(self._prepare(self._say), workers=self._workers)
        except BaseException as error:
            self.reason = "failed"
            log.exception("prepare.failed")
            self._failed(error)

    def _say(self, reason: str) -> None:
        self.reason = reason

    async def _not_yet(self, scope: Scope, send: Send) -> None:
        if scope["path"] == "/healthz":
            kind, body = b"application/json", json.dumps({"ready": False, "reason": self.reason}).encode()
        else:
            kind, body = b"text/html; charset=utf-8", _WAIT
        start: Message = {
            "type": "http.response.start",
            "status": 503,
            "headers": [
                (b"content-type", kind),
                (b"content-length", str(len(body)).encode("ascii")),
                (b"retry-after", b"2"),
                (b"cache-control", b"no-store"),
                (b"x-content-type-options", b"nosniff"),
                (b"connection", b"close"),
            ],
        }
        await send(start)
        await send({"type": "http.response.body", "body": body})
