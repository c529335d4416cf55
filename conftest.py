"""What every test of the project begins with: plain settings, a clean cache, a fixed cast (tests/cast.py)."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache

pytest_plugins = ["tests.cast"]


def pytest_configure() -> None:
    """Passwords that cost nothing, and static files under their own names: no manifest is built for tests."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    # whitenoise warns when the folder is absent, and a warning is an error here.
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Rate limits are counted in the cache, and mirrors kept by a community's id, which every test gives anew."""
    from leerkring.effectiveness import kept

    cache.clear()
    kept.forget_all()
