"""Strings that break software, and pages read as a browser reads them."""

from __future__ import annotations

import json
import os
import zlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

#: In a long run, everything goes through every form; else of the many texts that a short field needs, so many. What
#: holds a long text gets all of them in any run.
LONG, SOME = os.environ.get("LEERKRING_LONG") == "1", 12
FILE = Path(__file__).parent / "data/naughty-strings/blns.json"
STRINGS: tuple[str, ...] = tuple(json.loads(FILE.read_text(encoding="utf-8")))


def batches(most: int, between: str) -> list[str]:
    """All strings in order, joined into texts of at most `most` characters; a longer one stands alone."""
    made, batch = [], ""
    for string in STRINGS:
        if batch and len(batch) + len(between) + len(string) > most:
            made.append(batch)
            batch = string
        else:
            batch = f"{batch}{between}{string}" if batch else string
    return [*made, batch]


def some_of(texts: list[str], place: str) -> list[str]:
    """Everything when a run is long; else some, spread over them: at every place, and every day, others."""
    step = 1 if LONG else -(-len(texts) // SOME)
    begin = zlib.crc32(place.encode()) + datetime.now(UTC).toordinal()
    return texts[begin % step :: step]


def squeezed(text: str) -> str:
    """As a browser shows it: a run of spaces and line ends is one space."""
    return " ".join(text.split())


@dataclass
class Field:
    name: str
    kind: str
    most: int | None
    value: str


@dataclass
class Form:
    action: str
    fields: list[Field] = field(default_factory=list)


#: Elements that run, fetch or ask something.
ACTIVE = (
    "script",
    "iframe",
    "object",
    "embed",
    "img",
    "style",
    "form",
    "base",
    "meta",
    "link",
    "video",
    "audio",
)


class Page(HTMLParser):
    """The text of a page, its forms, and what in it could run."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.forms: list[Form] = []
        self.active: Counter[str] = Counter()
        self.runs: list[str] = []
        self._inside: Form | None = None
        self._area: Field | None = None
        self.feed(page)
        self.close()

    @property
    def text(self) -> str:
        return squeezed("".join(self.parts))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag in {"br", "p"}:
            self.parts.append(" ")
        if tag in ACTIVE:
            self.active[tag] += 1
        self.runs += [f"<{tag} {n}={v}>" for n, v in said.items() if n.startswith("on") or n == "style"]
        for name in ("href", "src", "action", "formaction"):
            if said.get(name, "").strip().lower().startswith(("javascript:", "data:", "vbscript:")):
                self.runs.append(f"<{tag} {name}={said[name]}>")
        if tag == "form":
            self._inside = Form(said.get("action", "")) if said.get("method") == "post" else None
            self.forms += [self._inside] if self._inside else []
        elif self._inside and tag in {"input", "textarea", "select"} and said.get("name"):
            self._take_in(tag, said)

    def _take_in(self, tag: str, said: dict[str, str]) -> None:
        assert self._inside is not None
        kind = tag if tag != "input" else said.get("type", "text")
        most = int(said["maxlength"]) if said.get("maxlength", "").isdigit() else None
        found = Field(said["name"], kind, most, said.get("value", ""))
        self._inside.fields.append(found)
        self._area = found if tag == "textarea" else self._area

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = None
        elif tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        self.parts.append(data)
        if self._area is not None:
            self._area.value += data
