"""Activity by school week: bars, with holidays as gaps that carry their name. There are no weekends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import ceil
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from leerkring.ui.charts.drawing import element, figure, line, picture, text


@dataclass(frozen=True, slots=True)
class Week:
    """The week from `monday`; `value` is None where nothing was counted, `holiday` its name if free."""

    monday: date
    value: int | None = None
    holiday: str = ""


@dataclass(frozen=True, slots=True)
class _Shape:
    name: str
    width: int
    height: int
    left: int
    top: int = 12
    bottom: int = 26

    @property
    def floor(self) -> int:
        return self.height - self.bottom


SHAPES = (
    _Shape("narrow", width=290, height=180, left=24),
    _Shape("medium", width=470, height=190, left=30),
    _Shape("wide", width=760, height=220, left=34),
)


def weeks(key: str, given: Sequence[Week], *, title: Any, sentence: Any) -> SafeString:
    """A bar per school week, in the order given; `sentence` says what there is to see."""
    drawings = [_picture(key, given, shape, title, sentence) for shape in SHAPES]
    rows = [
        (
            date_format(week.monday, "j F Y"),
            week.holiday or (_("geen gegevens") if week.value is None else week.value),
        )
        for week in given
    ]
    return figure(drawings, sentence=sentence, columns=[_("Week van"), _("Aantal")], rows=rows, caption=title)


def steps(most: int) -> list[int]:
    """At most four round grid lines, the last at or above `most`."""
    size = max(1, ceil(most / 3))
    magnitude = 10 ** (len(str(size)) - 1)
    rounded = next(n * magnitude for n in (1, 2, 5, 10) if n * magnitude >= size)
    return [rounded * i for i in range(ceil(max(most, 1) / rounded) + 1)]


def _picture(key: str, given: Sequence[Week], shape: _Shape, title: Any, sentence: Any) -> SafeString:
    lines = steps(max((week.value or 0 for week in given), default=0))
    pitch = (shape.width - shape.left - 4) / max(len(given), 1)
    unit = (shape.floor - shape.top) / lines[-1]
    parts = []
    for number in lines:
        y = shape.floor - number * unit
        parts += [
            line(shape.left, y, shape.width, y, "grid" if number else "floor"),
            text(shape.left - 6, y + 4, number, anchor="end"),
        ]
    parts += _holidays(given, shape, pitch)
    for index, week in enumerate(given):
        if week.holiday or week.value is None:
            continue
        x = shape.left + index * pitch
        parts.append(_bar(x, pitch, shape.floor, week.value * unit))
    parts += _months(given, shape, pitch)
    return picture(key, shape.name, (shape.width, shape.height), title, sentence, parts)


def _bar(x: float, pitch: float, floor: float, height: float) -> SafeString:
    if not height:
        return element("circle", cx=x + pitch / 2, cy=floor - 3, r=1.8, class_="none")
    width = min(pitch * 0.72, 26)
    return element(
        "rect", x=x + (pitch - width) / 2, y=floor - height, width=width, height=height, rx=2, class_="bar"
    )


def _holidays(given: Sequence[Week], shape: _Shape, pitch: float) -> list[SafeString]:
    parts = []
    for name, run in groupby(enumerate(given), key=lambda pair: pair[1].holiday):
        indexes = [index for index, _week in run]
        if not name:
            continue
        x, width = shape.left + indexes[0] * pitch, len(indexes) * pitch
        parts.append(
            element("rect", x=x, y=shape.top, width=width, height=shape.floor - shape.top, class_="holiday")
        )
        if width >= 9:
            middle, low = x + width / 2 + 4, shape.floor - 8
            parts.append(
                element(
                    "text",
                    name,
                    x=middle,
                    y=low,
                    class_="holiday-name",
                    transform=f"rotate(-90 {middle:.1f} {low})",
                )
            )
    return parts


def _months(given: Sequence[Week], shape: _Shape, pitch: float) -> list[SafeString]:
    """The month's name under its first week, where the last name leaves room."""
    parts, free_from = [], 0.0
    for index, week in enumerate(given):
        if index and week.monday.month == given[index - 1].monday.month:
            continue
        x = shape.left + index * pitch
        if x >= free_from and x + 24 <= shape.width:
            parts.append(text(x, shape.height - 8, date_format(week.monday, "b")))
            free_from = x + 32
    return parts
