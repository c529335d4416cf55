"""What must hold of any page: axe finds nothing, nothing sticks out, everything can be hit with a thumb."""

from __future__ import annotations

import gzip
import os
from dataclasses import dataclass
from functools import cache

import pytest
from playwright.sync_api import Page, Response

from tests.journeys.house import ROOT

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: What the dark and a small screen can change; all other rules look at the same elements again.
COLOURS = ["color-contrast", "link-in-text-block"]
SIZES = ["target-size", "scrollable-region-focusable", "meta-viewport", "region", "heading-order", "bypass"]
DESK, PHONE, SMALLEST = 1280, 390, 320
#: Bytes, gzipped.
MOST_SCRIPT, MOST_STYLE = 20_000, 10_000
#: Of a page with a script of its own besides the one of every page: an island.
MOST_WITH_ISLAND = 60_000

#: By address, what files weigh that are the same for every page.
FILES: dict[str, int] = {}

_OPEN = "() => document.querySelectorAll('details:not(.menu)').forEach(d => d.open = true)"
# How a page is built, whatever its texts say: of siblings that are alike one, of a text that there is one.
_SHAPE = """() => {
  const told = new Set(["class", "type", "role", "hidden", "open", "disabled", "aria-current", "aria-live"]);
  const shape = e => {
    if (e.localName === "svg") return "<svg>";
    const attributes = [...e.attributes].map(a => told.has(a.name) ? `${a.name}=${a.value}` : a.name).sort();
    const inside = [...e.childNodes].map(n =>
      n.nodeType === 1 ? shape(n) : n.nodeType === 3 && n.data.trim() ? "…" : "").filter(Boolean);
    return `<${[e.localName, ...attributes].join(" ")}>${[...new Set(inside)].join("")}</>`;
  };
  return [...document.body.children].map(part => shape(part));
}"""
_RUN = """async (only) => {
  const found = await axe.run(document, {runOnly: only, resultTypes: ["violations"], preload: false});
  return found.violations.map(v => `${v.id}: ${v.nodes.map(n => n.target.join(" ")).slice(0, 3).join(" | ")}`
    + ` (${v.nodes[0].failureSummary.replace(/\\s+/g, " ")})`);
}"""
_WIDER = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const out = [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > room + 1
    && !e.closest(".scroll, .tabs, .sr, .skip"));
  return [`${document.documentElement.scrollWidth} px wide`, ...out.slice(0, 4).map(e => e.outerHTML.slice(0, 90))];
}"""
# A link in a sentence may be as high as its line; that is the one exception of WCAG 2.5.8 that we use.
_SMALL = """() => {
  const visible = e => e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length;
  const small = [];
  for (const e of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
    if (!visible(e) || e.matches(".skip") || e.closest(".sr")) continue;
    const own = e.matches("input[type=checkbox], input[type=radio]") && e.labels.length ? e.labels[0] : e;
    const box = own.getBoundingClientRect();
    const inSentence = e.matches("a") && getComputedStyle(e).display === "inline";
    const least = e.matches("button, .btn") ? 44 : 24;
    if (inSentence || (box.height > least - .5 && box.width > 23.5)) continue;
    small.push(`${Math.round(box.width)}x${Math.round(box.height)}: ${e.outerHTML.slice(0, 90)}`);
  }
  return small;
}"""


@cache
def _axe() -> str:
    if AXE.is_file():
        return AXE.read_text(encoding="utf-8")
    sentence = "axe-core is not there; `python hatch_build.py` installs it in frontend/node_modules"
    if os.environ.get("CI") == "true":
        pytest.fail(sentence)
    pytest.skip(sentence)


def shapes(page: Page) -> set[str]:
    """Of each part of a page; the same where the same can be wrong: a role sees much that another saw already."""
    return set(page.evaluate(_SHAPE))


def inspect(page: Page) -> list[str]:
    """Everything that is wrong with this page, wide and narrow, light and dark, its details opened."""
    page.evaluate(_OPEN)
    page.evaluate(_axe())
    wrong = []
    for width, scheme, only in (
        (DESK, "light", {"type": "tag", "values": TAGS}),
        (PHONE, "dark", {"type": "rule", "values": COLOURS + SIZES}),
    ):
        _narrow(page, width)
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two words
        wrong += [f"{width} {scheme}: {found}" for found in page.evaluate(_RUN, only)]
    wrong += [f"small at {PHONE}: {found}" for found in page.evaluate(_SMALL)]
    return wrong + stick_out(page)


def stick_out(page: Page) -> list[str]:
    """What is wider than a phone: that hangs on the words too."""
    wrong = []
    for width in (PHONE, SMALLEST):
        _narrow(page, width)
        wrong += [f"sticks out at {width}: {found}" for found in page.evaluate(_WIDER)]
    _narrow(page, DESK)
    return wrong


def _narrow(page: Page, width: int) -> None:
    if page.viewport_size != (size := {"width": width, "height": 900}):
        page.set_viewport_size(size)  # type: ignore[arg-type]  # a dictionary of these two


@dataclass
class Weight:
    """Bytes of one page, gzipped."""

    html: int = 0
    script: int = 0
    style: int = 0
    scripts: int = 0

    def take_in(self, response: Response) -> None:
        kind = response.request.resource_type
        if kind not in {"document", "script", "stylesheet"} or 300 <= response.status < 400:
            return
        size = FILES.get(response.url) or len(gzip.compress(response.body(), 6))
        if kind != "document":
            FILES[response.url] = size
        if kind == "document":
            self.html = size
        elif kind == "script":
            self.script += size
            self.scripts += 1
        else:
            self.style += size

    def too_heavy(self) -> list[str]:
        most_script = MOST_SCRIPT if self.scripts == 1 else MOST_WITH_ISLAND
        limits = (("script", self.script, most_script), ("style", self.style, MOST_STYLE))
        return [f"{kind} of {size} bytes" for kind, size, most in limits if size > most]
