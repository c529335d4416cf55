"""The lock files hold what pyproject asks for, name no places, and the licence is whole."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ASKED = {
    "requirements.lock": PROJECT["project"]["dependencies"],
    "requirements-dev.lock": [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]],
    "requirements-build.lock": PROJECT["build-system"]["requires"],
    "requirements-tools.lock": ["uv"],
}


def _name(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found
    return found[0].lower().replace("_", "-")


@pytest.mark.parametrize("lock", ASKED)
def test_everything_asked_for_is_locked_with_its_sum(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    pinned = dict(re.findall(r"^([\w.-]+)==(\S+).*\\\n\s+--hash=sha256:", text, re.MULTILINE))
    assert [name for name in map(_name, ASKED[lock]) if name not in pinned] == []
    assert "://" not in text


def test_developers_run_what_people_run() -> None:
    pins = {}
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        pins[lock] = set(re.findall(r"^[\w.-]+==\S+", text, re.MULTILINE))
    assert pins["requirements.lock"] <= pins["requirements-dev.lock"]


def test_every_direct_dependency_has_its_reason() -> None:
    reasons = (ROOT / "docs" / "decisions" / "0002-dependencies.md").read_text(encoding="utf-8").lower()
    extras = [name for group in PROJECT["project"]["optional-dependencies"].values() for name in group]
    asked = {_name(name) for names in [*ASKED.values(), extras] for name in names}
    assert [name for name in sorted(asked) if f"`{name}`" not in reasons] == []


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.lstrip().startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert [number for number in range(1, 16) if f"\n{number}. " not in text] == []
    assert "Appendix" in text
    assert text.rstrip().endswith("EUPL version.")
