"""`leerkring`, on an ordinary Tuesday: half past ten on 10 November 2026, and from there the clock runs on.

The engine counts in school weeks; without this the journeys would find an empty week in every holiday.
"""

from __future__ import annotations

from datetime import UTC, datetime

from leerkring import clock

BEGAN = datetime.now(UTC)
TUESDAY = datetime(2026, 11, 10, 9, 30, tzinfo=UTC)


def now() -> datetime:
    return TUESDAY + (datetime.now(UTC) - BEGAN)


if __name__ == "__main__":
    clock.now = now  # before any model takes it as a default
    from leerkring.site.cli import main

    raise SystemExit(main())
