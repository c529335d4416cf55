"""The product's own server, with its demo or empty, in a process and a folder of its own."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
#: Seconds that making the demo may take on a busy machine.
PATIENCE = 120


class House:
    """One server. `data` is its LEERKRING_DATA; killed and started again, it finds there what it had.

    Without `demo` it is a real instance, begun with `run("init", …)`. `settings` are more LEERKRING_… by their names.
    """

    def __init__(self, data: Path, *, demo: bool = True, **settings: str) -> None:
        self.data = data
        self.demo = demo
        self.settings = settings
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def _env(self) -> dict[str, str]:
        ours = {name: value for name, value in os.environ.items() if not name.startswith("LEERKRING_")}
        own = {"DATA": str(self.data), "BASE_URL": self.url, **self.settings}
        return {**ours, **{f"LEERKRING_{name}": value for name, value in own.items()}}

    def run(self, *arguments: str) -> str:
        """What `leerkring …` says here."""
        command = [sys.executable, "-m", "tests.journeys.serve", *arguments]
        ran = subprocess.run(command, cwd=ROOT, env=self._env(), text=True, capture_output=True, check=True)
        return ran.stdout

    def start(self) -> None:
        """Serve, and return when all is ready."""
        demo = ["--demo"] if self.demo else []
        with (self.data.parent / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.journeys.serve", "serve", *demo, "--port", str(self.port)],
                cwd=ROOT,
                env=self._env(),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._wait_until_ready()

    def _wait_until_ready(self) -> None:
        assert self._process is not None
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self._process.poll() is None:
            if self._is_ready():
                return
            time.sleep(0.1)
        raise AssertionError(f"the server did not become ready:\n{self.log()}")

    def _is_ready(self) -> bool:
        try:
            with urlopen(f"{self.url}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False

    def turn_clock(self, to: datetime) -> None:
        """It is `to` now, in all processes of this house, and from there time goes on. Return when the work loop, if
        one is at work, has done what became due."""
        told = self.data.parent / "clock"
        fresh = told.with_suffix(".new")
        fresh.write_text(f"{to.isoformat()} {datetime.now(UTC).isoformat()}", encoding="ascii")
        fresh.replace(told)
        if self._process:
            self.until_idle(to)

    def until_idle(self, now: datetime) -> None:
        """Return when nothing that is due at `now` waits or is being done."""
        due = f"{now.astimezone(UTC):%Y-%m-%d %H:%M:%S}"
        until = time.monotonic() + PATIENCE
        while self.count("jobs_job", f"state = 'running' or (state = 'waiting' and due <= '{due}')"):
            assert time.monotonic() < until, f"the work is not done:\n{self.log()}"
            time.sleep(0.1)

    def log(self) -> str:
        return (self.data.parent / "log").read_text(encoding="utf-8", errors="replace")[-4000:]

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """As when the power goes."""
        self._end(signal.SIGKILL)

    def pause(self) -> None:
        """Requests arrive and wait."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(30)
            self._process = None

    def count(self, table: str, where: str = "1") -> int:
        """Rows of a table, as they are on disk now."""
        with closing(sqlite3.connect(f"file:{self.data / 'leerkring.sqlite3'}?mode=ro", uri=True)) as there:
            return int(there.execute(f"select count(*) from {table} where {where}").fetchone()[0])

    def write(self, statement: str, *values: object) -> int:
        """Change a row behind the server's back; the id of the row that was inserted."""
        with closing(sqlite3.connect(self.data / "leerkring.sqlite3", timeout=20)) as there, there:
            return there.execute(statement, values).lastrowid or 0

    def mail(self) -> str:
        """The newest mail that went out."""
        sent = sorted((self.data / "mail").iterdir(), key=lambda file: file.stat().st_mtime_ns)
        return message_from_bytes(sent[-1].read_bytes(), policy=policy.default).get_content()  # type: ignore[no-any-return]

    def uploads(self) -> list[Path]:
        """The files that wait to be read."""
        return sorted((self.data / "uploads").glob("*"))
