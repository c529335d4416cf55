"""A page stays light: what a phone on a school's wifi has to fetch before it can show anything."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

BUILT = Path(__file__).resolve().parents[1] / "static" / "ui" / "built"


@pytest.mark.parametrize(("name", "most"), [("app.js", 20_000), ("app.css", 10_000)])
def test_the_bundle_stays_within_its_weight(name: str, most: int) -> None:
    assert 0 < len(gzip.compress((BUILT / name).read_bytes(), 9)) <= most


def test_fonts_are_latin_only() -> None:
    fonts = [font.name for font in (BUILT / "fonts").iterdir()]
    assert fonts
    assert all("latin" in font for font in fonts)


def test_the_licences_of_what_is_bundled_come_along() -> None:
    texts = (BUILT / "LICENSES.txt").read_text()
    assert "htmx.org" in texts
    assert texts.count("SIL OPEN FONT LICENSE") >= 2


def test_the_bundle_runs_under_a_strict_policy() -> None:
    """No eval, no scripts in swapped parts, no style element made at run time."""
    source = (BUILT / "app.js").read_text()
    for setting in ("allowEval=!1", "allowScriptTags=!1", "includeIndicatorStyles=!1"):
        assert setting in source
