"""A few people walking through the demo as it is really served: one server process, connections kept alive.

Each goes round their own pages; the first round they come with nothing, the next with the tags of the pages they
have, and so on. Requests per second and waiting times depend on the machine and on what else it does; the server's
CPU time per request and its memory hardly do.
"""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from tests.ports import free_port

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60
#: The file in an instance that keeps which addresses were found.
ADDRESSES = "bench-pages.json"
#: So many of each who walks.
CLIENTS = 2
_TICKS = os.sysconf("SC_CLK_TCK")


def walked(data: Path, walkers: list[dict[str, Any]], seconds: float) -> dict[str, Any]:
    """What a server of the instance in `data` does for `walkers`, and what it weighs after."""
    with _server(data) as (server, port):
        waits: list[float] = []
        people = [walker for walker in walkers for _ in range(CLIENTS)]
        until = time.monotonic() + seconds
        threads = [threading.Thread(target=_walk, args=(port, walker, until, waits)) for walker in people]
        spent, began = _cpu_seconds(server.pid), time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        took, spent = time.monotonic() - began, _cpu_seconds(server.pid) - spent
        waits.sort()
        return {
            "clients": len(people),
            "requests": len(waits),
            "requests_per_second": round(len(waits) / took, 1),
            "p50_ms": round(waits[len(waits) // 2] * 1000, 1),
            "p95_ms": round(waits[int(len(waits) * 0.95)] * 1000, 1),
            "cpu_ms_per_request": round(spent / len(waits) * 1000, 2),
            **_memory(server.pid),
        }


@contextmanager
def _server(data: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    port = free_port()
    ours = {name: value for name, value in os.environ.items() if not name.startswith("LEERKRING_")}
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.serve", "serve", "--demo", "--port", str(port)],
        cwd=ROOT,
        env={**ours, "LEERKRING_DATA": str(data), "LEERKRING_LOG": str(data / "log")},
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait(server, port)
        yield server, port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with closing(http.client.HTTPConnection("localhost", port, timeout=5)) as asking:
                asking.request("GET", "/healthz")
                if asking.getresponse().status == 200:
                    return
        except OSError:
            pass
        time.sleep(0.1)
    raise RuntimeError("the server did not become ready")


def _walk(port: int, walker: dict[str, Any], until: float, waits: list[float]) -> None:
    cookies = "; ".join(f"{name}={value}" for name, value in walker["cookies"].items())
    headers = {"Cookie": cookies, "Accept-Language": "nl", "Accept-Encoding": "gzip"}
    tags: dict[str, str] = {}
    with closing(http.client.HTTPConnection("localhost", port, timeout=30)) as connection:
        while True:
            for address in walker["addresses"]:
                if time.monotonic() > until:
                    return
                tag = tags.pop(address, "")
                begun = time.perf_counter()
                connection.request(
                    "GET", address, headers={**headers, "If-None-Match": tag} if tag else headers
                )
                answer = connection.getresponse()
                answer.read()
                waits.append(time.perf_counter() - begun)
                if answer.status not in {200, 304}:
                    raise RuntimeError(f"{address} answers {answer.status}")
                if answer.status == 200:
                    tags[address] = answer.headers.get("ETag", "")


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _memory(pid: int) -> dict[str, float]:
    """In MB: resident, and with what is shared divided over those who share it."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    size = {line.split(":")[0]: int(line.split()[1]) for line in lines}
    return {"rss_mb": round(size["Rss"] / 1024, 1), "pss_mb": round(size["Pss"] / 1024, 1)}
