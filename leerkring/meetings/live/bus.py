"""How the hubs of several processes hear of each other: who writes in a room says so in the transaction in which it
writes (NOTIFY), so it is heard when that is kept, and never when it is not. Only on PostgreSQL: with SQLite there is
one process.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable

from django.db import connection

log = logging.getLogger(__name__)

CHANNEL = "leerkring_live"
#: Seconds after which who listens looks whether it is to stop; and until it listens again after trouble.
LOOK, PAUSE = 0.5, 2.0


def tell(live: int, *, by: str, anew: bool = False) -> None:
    """Something was written in this room. `by`: the hub that need not hear it; `anew`: also what was there before is no
    longer so."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, json.dumps([live, anew, by])])


class Listener:
    """A thread that hears what others than `name` write. `heard`: (room, anew); `missed`: from now on it hears all, and
    what was written before may be new."""

    def __init__(self, name: str, *, heard: Callable[[int, bool], None], missed: Callable[[], None]) -> None:
        self._name, self._heard, self._missed = name, heard, missed
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="live bus", daemon=True)
        if connection.vendor == "postgresql":
            self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                self._listen()
            except Exception:  # the connection broke, or the database is away for a while
                log.exception("live.not_heard")
                self._stopped.wait(PAUSE)
            finally:
                connection.close()

    def _listen(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")
        self._missed()
        while not self._stopped.is_set():
            for said in connection.connection.notifies(timeout=LOOK):
                live, anew, by = json.loads(said.payload)
                if by != self._name:
                    self._heard(live, anew)
