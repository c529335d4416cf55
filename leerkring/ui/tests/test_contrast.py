"""Every pair of tokens that meets on a page can be read, by day and in the dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[3] / "frontend" / "css"
TOKEN = re.compile(r"--(?P<name>[a-z-]+): light-dark\(#(?P<light>[0-9a-f]{6}), #(?P<dark>[0-9a-f]{6})\);")

GROUNDS = ("paper", "surface", "tint", "warm")
#: Texts stand on every ground; what is written on a filled button stands on that alone.
TEXTS = [(text, ground) for text in ("ink", "muted", "brand", "accent") for ground in GROUNDS]
TEXTS.append(("on-brand", "brand"))
#: What shows where a control or a mark in a chart ends.
EDGES = [(edge, ground) for edge in ("field", "brand", "accent") for ground in GROUNDS]

#: Asked of us is 4.5 (WCAG 1.4.3) and 3 (1.4.11); for texts this house wants more.
WANTED = 5.9
EDGE = 3.0


def tokens(scheme: str) -> dict[str, str]:
    return {found["name"]: found[scheme] for found in TOKEN.finditer((CSS / "tokens.css").read_text())}


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_measured_as_21() -> None:
    assert round(contrast("000000", "ffffff"), 2) == 21


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_can_be_read_on_its_ground(scheme: str, text: str, ground: str) -> None:
    found = tokens(scheme)
    assert contrast(found[text], found[ground]) >= WANTED


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_the_edge_of_a_control_can_be_seen(scheme: str, edge: str, ground: str) -> None:
    found = tokens(scheme)
    assert contrast(found[edge], found[ground]) >= EDGE


def test_no_stylesheet_has_a_colour_of_its_own() -> None:
    """A colour outside tokens.css would escape the tests above (white paper and a shadow apart)."""
    for sheet in CSS.glob("*.css"):
        if sheet.name == "tokens.css":
            continue
        found = re.findall(r"#[0-9a-f]{3,8}\b(?=[;\s])", sheet.read_text())
        assert set(found) <= {"#fff", "#999"}, sheet.name
