"""Makes the house ready to serve: tables, static files, the demo. Everything already done is skipped."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection

from leerkring import demo
from leerkring.upkeep import tables


def _fingerprint() -> str:
    """Names, sizes and times of all static files there are to collect."""
    sum_ = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            at = Path(storage.path(name)).stat()
            sum_.update(f"{name}\0{at.st_size}\0{at.st_mtime_ns}\n".encode())
    return sum_.hexdigest()


def collect_static() -> None:
    """Collects, names by content and compresses the static files, when one has changed."""
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    now = _fingerprint()
    if stamp.exists() and stamp.read_text(encoding="ascii") == now:
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(now, encoding="ascii")


def everything(say: Callable[[str], None]) -> None:
    """All of it, telling `say` what is being done."""
    try:
        tables.up_to_date(say)
        say("static files")
        collect_static()
        if settings.DEMO:
            tables.refuse_a_demo_among_people()
            say("demo")
            demo.make()
    finally:
        connection.close()
