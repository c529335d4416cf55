"""The mirror's rows: what a community did (■) and where its members place it (○), on one ruler."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leerkring.ui.charts.drawing import element, group, line, picture, text

PHASES: tuple[Any, ...] = (
    gettext_lazy("nog niet"),
    gettext_lazy("eerste stappen"),
    gettext_lazy("steeds vaker"),
    gettext_lazy("met diepgang"),
    gettext_lazy("vanzelfsprekend"),
)
LAST = len(PHASES) - 1


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the ruler, 0 (nog niet) to 4 (vanzelfsprekend), with its interval; clipped to the ruler."""

    value: float
    low: float
    high: float

    def overlaps(self, other: Mark) -> bool:
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True, slots=True)
class MirrorRow:
    """One criterion. `did` is None when there is too little evidence, `placed` when nobody was asked (yet).

    `facts` is the short sentence under the title, `note` the talking point, `evidence` the address behind
    "Waar zien we dit aan?".
    """

    key: str
    title: Any
    facts: Any = ""
    did: Mark | None = None
    placed: Mark | None = None
    note: Any = ""
    evidence: str = ""

    @property
    def is_gap(self) -> bool:
        """The two sources differ by more than their intervals: something to talk about."""
        return bool(self.did and self.placed and not self.did.overlaps(self.placed))


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a ruler lies in its picture: where phase 0 is, how far the next, and the height of each lane."""

    name: str
    width: int
    height: int
    start: float
    step: float
    middle: float

    def x(self, value: float) -> float:
        return self.start + min(max(value, 0), LAST) * self.step


WIDE = _Shape("wide", width=540, height=56, start=50, step=109, middle=28)
NARROW = _Shape("narrow", width=300, height=84, start=12, step=69, middle=26)


def mirror(rows: Sequence[MirrorRow], *, level: int = 3) -> SafeString:
    """The figure of the mirror page: the scale once, a row per criterion, and all of it as a table.

    `level` is that of the rows' headings: one below the heading above the figure.
    """
    context = {
        "scale": _scale(),
        "rows": [(row, _picture(row, WIDE), _picture(row, NARROW)) for row in rows],
        "table": [(row.title, placed_words(row.did), _asked(row.placed), row.facts) for row in rows],
        "level": level,
        "is_judged": any(row.placed for row in rows),
    }
    return render_to_string("ui/charts/mirror.html", context)


def placed_words(mark: Mark | None) -> str:
    """A mark in words: "eerste stappen (tussen nog niet en steeds vaker)"; None is too little evidence."""
    if mark is None:
        return _("te weinig gegevens")
    here, low, high = (PHASES[round(min(max(v, 0), LAST))] for v in (mark.value, mark.low, mark.high))
    if low == high:
        return str(here)
    return _("%(phase)s (tussen %(low)s en %(high)s)") % {"phase": here, "low": low, "high": high}


def _asked(mark: Mark | None) -> str:
    return placed_words(mark) if mark else _("nog niet gevraagd")


def _description(row: MirrorRow) -> str:
    said = [_("Wat we deden: %s.") % placed_words(row.did)]
    if row.placed:
        said.append(_("Waar wij onszelf plaatsen: %s.") % placed_words(row.placed))
    if row.is_gap:
        said.append(_("Die twee liggen uit elkaar."))
    return " ".join(said)


def _picture(row: MirrorRow, shape: _Shape) -> SafeString:
    both = row.placed is not None
    upper, lower = (shape.middle - 9, shape.middle + 9) if both else (shape.middle, shape.middle)
    parts = [_track(shape, is_known=row.did is not None)]
    if row.is_gap and row.did and row.placed:
        parts.append(
            element(
                "path",
                d=f"M{shape.x(row.did.value):.1f} {upper:.1f}L{shape.x(row.placed.value):.1f} {lower:.1f}",
                class_="apart",
            )
        )
    parts.append(_did(row.did, shape, upper) if row.did else _too_little(row, shape, upper))
    if row.placed:
        parts.append(_placed(row.placed, shape, lower))
    if shape.name == "narrow":
        parts += _names(shape)
    return picture(
        f"{row.key}-ruler", shape.name, (shape.width, shape.height), row.title, _description(row), parts
    )


def _track(shape: _Shape, *, is_known: bool) -> SafeString:
    ticks = [
        line(shape.x(i), shape.middle - 17, shape.x(i), shape.middle + 17, "tick") for i in range(LAST + 1)
    ]
    return group(
        [
            line(
                shape.x(0), shape.middle, shape.x(LAST), shape.middle, "track" if is_known else "track open"
            ),
            *ticks,
        ]
    )


def _interval(mark: Mark, shape: _Shape, y: float, class_: str) -> SafeString:
    return line(shape.x(mark.low), y, shape.x(mark.high), y, class_)


def _did(mark: Mark, shape: _Shape, y: float) -> SafeString:
    x = shape.x(mark.value)
    square = element("rect", x=x - 7, y=y - 7, width=14, height=14, rx=2, class_="did")
    return group([_interval(mark, shape, y, "interval did-line"), square])


def _placed(mark: Mark, shape: _Shape, y: float) -> SafeString:
    ring = element("circle", cx=shape.x(mark.value), cy=y, r=7, class_="placed")
    return group([_interval(mark, shape, y, "interval placed-line"), ring])


def _too_little(row: MirrorRow, shape: _Shape, y: float) -> SafeString:
    """Said on the ruler itself, on the side where the members' ring is not."""
    at_end = row.placed is not None and row.placed.value < LAST / 2
    x, anchor = (shape.x(LAST) + 2, "end") if at_end else (shape.x(0) - 2, "start")
    return text(x, y + (0 if row.placed else 4.5), _("te weinig gegevens"), "too-little", anchor)


def _names(shape: _Shape) -> list[SafeString]:
    """All phases under a narrow ruler, by turns on two lines, for side by side they do not fit."""
    upper, lower = shape.height - 24, shape.height - 6
    between = [
        text(shape.x(i), lower if i % 2 else upper, PHASES[i], anchor="middle") for i in range(1, LAST)
    ]
    return [text(0, upper, PHASES[0]), *between, text(shape.width, upper, PHASES[LAST], anchor="end")]


def _scale() -> SafeString:
    """The names of the phases, drawn to the measure of the rows so that they stand above their ticks."""
    names = [text(WIDE.x(i), 15, phase, "phase", "middle") for i, phase in enumerate(PHASES)]
    return element(
        "svg",
        *names,
        class_="drawing",
        viewBox=f"0 0 {WIDE.width} 22",
        width=WIDE.width,
        height=22,
        aria_hidden="true",
    )
