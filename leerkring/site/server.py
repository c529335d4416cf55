"""uvicorn, set up for this house: one process, patient with slow networks (not for ever)."""

from __future__ import annotations

import asyncio
import signal
import socket
from typing import Any

import httptools
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from leerkring.site.asgi import Router

#: Bytes of request line and headers together.
HEADER_LIMIT = 64 * 1024
#: Seconds a client gets to send its headers.
HEADER_PATIENCE = 20.0
#: Milliseconds after which the kernel gives up on a client that takes nothing.
STALL_MS = 120_000
#: Connections at once; beyond it 503.
CONNECTIONS = 1_000


class PortTaken(Exception):
    """Something else listens at that port."""


class PatientProtocol(HttpToolsProtocol):
    """uvicorn's HTTP protocol, which by itself waits for ever for headers, of any size."""

    _deadline: asyncio.TimerHandle | None = None
    _in_headers = True
    _header_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait_for_headers()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._in_headers and not self.transport.is_closing():
            self._header_bytes += len(data)
            if self._header_bytes > HEADER_LIMIT:
                self.send_400_response("Invalid HTTP request received.")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._in_headers = True
        if self._deadline is None:
            self._wait_for_headers()

    def on_headers_complete(self) -> None:
        self._stop_waiting()
        self._in_headers = False
        self._header_bytes = 0
        if not httptools.parse_url(self.url).path:
            raise ValueError("no path")
        super().on_headers_complete()

    def shutdown(self) -> None:
        """The server stops: answers under way are finished, a form that is still coming is not waited for."""
        super().shutdown()
        if self.cycle is not None and self.cycle.more_body and not self.transport.is_closing():
            self.transport.close()

    def _wait_for_headers(self) -> None:
        self._deadline = self.loop.call_later(HEADER_PATIENCE, self._give_up)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _give_up(self) -> None:
        if not self.transport.is_closing():
            self.transport.close()


def listen(host: str, port: int) -> socket.socket:
    """A listening socket, taken before anything slow happens, so that a taken port is known at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        taken.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, STALL_MS)
    try:
        taken.bind((host, port))
        taken.listen(1024)
    except OSError as error:
        taken.close()
        raise PortTaken(error.strerror) from error
    return taken


def config(router: Router) -> uvicorn.Config:
    """Everything said to uvicorn."""
    protocol: Any = PatientProtocol
    return uvicorn.Config(
        router,
        http=protocol,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=2,
    )


class Server(uvicorn.Server):
    """uvicorn's server, which by itself does not tell who came in at the last moment that it stops."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stops taking connections, and lets those that were just taken become known to `super`."""
        for each in self.servers:
            each.close()
        await asyncio.sleep(0.1)
        await super().shutdown(sockets)


def run(router: Router, listening: socket.socket) -> None:
    """Serves until SIGINT or SIGTERM, then returns; uvicorn by itself lets the signal end the process."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, frame: None)
    Server(config(router)).run(sockets=[listening])
