"""What every test of the project begins with: plain settings, a clean cache, a fixed cast (tests/cast.py)."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import caches
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

pytest_plugins = ["tests.cast", "tests.letterbox"]
JOURNEYS = "tests/journeys/"
TOGETHER = (JOURNEYS, "leerkring/upkeep/")
#: What takes long goes first, so that no worker is left with it at the end.
LONG = (*TOGETHER, "tests/architecture/", "leerkring/demo/", "leerkring/site/")
TOLD = "told: "


# Nobody times in a unit test: a slow machine is no fault of what is tested.
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("house")


def pytest_configure() -> None:
    """Passwords that cost nothing, and static files under their own names: no manifest is built for tests."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    # whitenoise warns when the folder is absent, and a warning is an error here.
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: next((n for n, part in enumerate(LONG) if part in item.nodeid), len(LONG)))


def pytest_collection_finish() -> None:
    """What was collected stays to the end: without this the collector goes through all of it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


class ByFile(LoadScopeScheduling):
    """A file stays with one worker, and so do all journeys, which share a server and a browser, and all tests of whole
    instances, which are copies of one."""

    def _split_scope(self, nodeid: str) -> str:
        return next((part for part in TOGETHER if nodeid.startswith(part)), nodeid.split("::")[0])


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile:
    # xdist's own groups are written into an item's name, which pytest 9 no longer lets it change.
    return ByFile(config, log)


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
    """Rate limits are counted in the cache, mirrors kept by a community's id, which every test gives anew, and the
    language of the last request stays with the worker."""
    from django.utils import translation

    from leerkring.effectiveness import kept

    for remembered in caches.all():
        remembered.clear()
    kept.forget_all()
    translation.deactivate()
