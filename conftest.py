"""What every test of the project begins with: plain settings, a clean cache, a fixed cast (tests/cast.py)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches

pytest_plugins = ["tests.cast"]
TOLD = "told: "


def pytest_configure() -> None:
    """Passwords that cost nothing, and static files under their own names: no manifest is built for tests."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    # whitenoise warns when the folder is absent, and a warning is an error here.
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A file stays with one worker, and everything that opens a browser with the same one: it cannot open two."""
    for item in items:
        in_browser = item.get_closest_marker("journey") or "tests/journeys/" in item.nodeid
        item.add_marker(pytest.mark.xdist_group("browser" if in_browser else item.nodeid.split("::")[0]))


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Callable[[str, list[str]], None]:
    """`tell(heading, lines)`: figures that belong in the run's output, whichever worker found them."""
    return lambda heading, lines: record_property(TOLD + heading, "\n".join(lines))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, lines in getattr(report, "user_properties", ()):
                if name.startswith(TOLD):
                    terminalreporter.section(name.removeprefix(TOLD))
                    terminalreporter.write_line(lines)


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Rate limits are counted in the cache, and mirrors kept by a community's id, which every test gives anew."""
    from leerkring.effectiveness import kept

    for remembered in caches.all():
        remembered.clear()
    kept.forget_all()
