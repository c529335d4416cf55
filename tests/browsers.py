"""The browser of this machine for tests that drive one."""

from __future__ import annotations

import os
import shutil

import pytest

#: The first is the quickest; bin/test looks in the same order.
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def chromium() -> str:
    """Where it is. Without one the test is skipped, and fails where it must be there."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        sentence = "The journeys need a browser; on Debian and Ubuntu: apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(sentence)
        pytest.skip(sentence)
    return found


def flags() -> list[str]:
    """Without a graphics card, drawing as if there were one takes a core of its own; root has no sandbox."""
    return [
        "--disable-background-networking",
        "--disable-gpu",
        *(["--no-sandbox"] if os.geteuid() == 0 else []),
    ]
