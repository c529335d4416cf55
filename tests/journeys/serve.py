"""`leerkring`, on an ordinary Tuesday: half past ten on 10 November 2026, and from there the clock runs on.

The engine counts in school weeks; without this the journeys would find an empty week in every holiday. A journey of
weeks moves the clock: `House.turn_clock` writes a file beside the data folder, and all processes of that house read it.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from leerkring import clock

BEGAN = datetime.now(UTC)
TUESDAY = datetime(2026, 11, 10, 9, 30, tzinfo=UTC)
#: Two moments: what the clock of the house was set to, and what the clock of this machine said then.
TURNED = Path(os.environ.get("LEERKRING_DATA", ".data")).parent / "clock"


def now() -> datetime:
    try:
        told, then = map(datetime.fromisoformat, TURNED.read_text(encoding="ascii").split())
    except FileNotFoundError:
        told, then = TUESDAY, BEGAN
    return told + (datetime.now(UTC) - then)


if __name__ == "__main__":
    clock.now = now  # before any model takes it as a default
    from leerkring.site.cli import main

    raise SystemExit(main())
