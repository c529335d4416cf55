"""The only reader of time. Everything else asks here, so that a test or the demo can set the clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

#: Schools keep Dutch time; weeks, school days and quiet hours are counted in it.
AMSTERDAM = ZoneInfo("Europe/Amsterdam")

_set_to: ContextVar[datetime | None] = ContextVar("clock_set_to", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _set_to.get() or datetime.now(UTC)


def today() -> date:
    """Today's date on a Dutch wall."""
    return now().astimezone(AMSTERDAM).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Within the block it is `moment` (aware). Used by the demo and by tests, never by a view."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    token = _set_to.set(moment)
    try:
        yield
    finally:
        _set_to.reset(token)
