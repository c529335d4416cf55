"""How far groups lie apart over time: a line for each, told apart by the shape of its points, named at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leerkring.ui.charts.drawing import element, figure, line, picture, text
from leerkring.ui.charts.frame import (
    SHAPES,
    Frame,
    Holiday,
    Reading,
    Shape,
    Unit,
    between,
    dates,
    day_words,
    ends,
    grid,
    holidays,
    scale_of,
)
from leerkring.ui.charts.labels import NOTE, cut, spread, width_of

#: More lines than this nobody follows; the others are in the table only.
DRAWN = 6
#: The share of a picture's width that names beside the lines may take; otherwise they stand below.
ASIDE = 0.34
#: The height of one name.
PITCH = 18
#: Corners and first angle of each group's points; 0 is a circle. The last three are hollow.
POINTS = ((0, 0.0), (4, pi / 4), (3, -pi / 2), (4, 0.0), (3, pi / 2), (0, 0.0))
SOLID = 3


@dataclass(frozen=True, slots=True)
class Subgroup:
    """A group by name; without readings there was too little to show."""

    name: str
    readings: Sequence[Reading] = ()

    @property
    def in_order(self) -> list[Reading]:
        return sorted(self.readings, key=lambda reading: reading.day)


def subgroups(
    key: str,
    given: Sequence[Subgroup],
    *,
    title: Any,
    sentence: Any = "",
    unit: str = "",
    scale: tuple[float, float] | None = None,
    free: Sequence[Holiday] = (),
) -> SafeString:
    """A line per group. Without a `sentence` it says how far they lay apart first and last; `free` are the
    holidays."""
    values = [value for group in given for reading in group.readings for value in ends(reading)]
    is_share = unit == "%" and all(0 <= value <= 100 for value in values)
    counted = Unit(unit, scale_of(values, scale or ((0, 100) if is_share else None)))
    said = subgroups_words(given, counted)
    shown = [group for group in given if group.readings][:DRAWN]
    drawings = [_picture(key, shown, counted, shape, title, said, free) for shape in SHAPES] if shown else []
    return figure(
        drawings,
        sentence=sentence or said,
        columns=[_("Groep"), _("Dag"), _("Waarde"), _("Ligt waarschijnlijk"), _("Aantal gemeten")],
        rows=_rows(given, counted),
        caption=title,
    )


def subgroups_words(given: Sequence[Subgroup], unit: Unit) -> str:
    """How far the groups lay apart the first and the last time they were measured."""
    shown = [group for group in given if group.readings]
    if not shown:
        return _("Er is nog niets gemeten.")
    said = [] if unit.is_short else [_("Gemeten in %s.") % unit.words]
    said += [_("Eerst: %s.") % _range(shown, unit, 0)]
    if any(len(group.readings) > 1 for group in shown):
        said.append(_("Nu: %s.") % _range(shown, unit, -1))
    if len(shown) > DRAWN:
        count = len(shown) - DRAWN
        said.append(
            ngettext(
                "Nog %d groep staat alleen in de tabel.", "Nog %d groepen staan alleen in de tabel.", count
            )
            % count
        )
    return " ".join(said)


def _range(shown: Sequence[Subgroup], unit: Unit, which: int) -> str:
    """Not which group is the lowest: a group may be somebody's class."""
    values = [group.in_order[which].value for group in shown]
    low, high = unit.short(min(values)), unit.short(max(values))
    return _("van %(low)s tot %(high)s") % {"low": low, "high": high}


def _rows(given: Sequence[Subgroup], unit: Unit) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for group in given:
        if not group.readings:
            rows.append((group.name, "–", _("te weinig gegevens"), "–", "–"))
        for reading in group.in_order:
            count = "–" if reading.n is None else reading.n
            value = unit(reading.value)
            rows.append((group.name, day_words(reading.day), value, between(unit, reading), count))
    return rows


def _picture(
    key: str,
    shown: Sequence[Subgroup],
    unit: Unit,
    shape: Shape,
    title: Any,
    description: object,
    free: Sequence[Holiday],
) -> SafeString:
    longest = max(width_of(group.name, NOTE) for group in shown) + 44
    is_beside = longest <= shape.width * ASIDE
    days = sorted({reading.day for group in shown for reading in group.readings})
    frame = Frame.of(shape, days, unit, margin=longest if is_beside else 8)
    parts = [field for field, *_place in holidays(frame, free)] + grid(frame, unit)
    parts += [part for index, group in enumerate(shown) for part in _line(group, index, len(shown), frame)]
    parts += _beside(shown, frame) if is_beside else _below(shown, shape)
    parts += dates(frame, [(days[0], ""), (days[-1], ""), *((day, "") for day in days[1:-1])])[0]
    height = shape.height + (0 if is_beside else PITCH * len(shown) + 6)
    return picture(key, shape.name, (shape.width, height), title, description, parts)


def _line(group: Subgroup, index: int, count: int, frame: Frame) -> list[SafeString]:
    """Its readings joined; beside those of the other groups, so that no interval covers another."""
    aside = (index - (count - 1) / 2) * 3
    places = [(reading, frame.x(reading.day) + aside, frame.y(reading.value)) for reading in group.in_order]
    class_ = f"series s{index % SOLID}{' dashed' if index >= SOLID else ''}"
    path = " ".join(f"{x:.1f},{y:.1f}" for _reading, x, y in places)
    parts = [element("polyline", points=path, class_=class_)]
    for reading, x, _y in places:
        if reading.low is not None and reading.high is not None:
            low, high = frame.y(reading.low), frame.y(reading.high)
            parts.append(line(x, low, x, high, f"whisker s{index % SOLID}"))
    return parts + [_point(index, x, y) for _reading, x, y in places]


def _point(index: int, x: float, y: float, size: float = 6.5) -> SafeString:
    corners, first = POINTS[index]
    class_ = f"mark s{index % SOLID}{' hollow' if index >= SOLID else ''}"
    if not corners:
        return element("circle", cx=x, cy=y, r=size - 1.2, class_=class_)
    angles = [first + 2 * pi * number / corners for number in range(corners)]
    path = "L".join(f"{x + size * cos(angle):.1f} {y + size * sin(angle):.1f}" for angle in angles)
    return element("path", d=f"M{path}Z", class_=class_)


def _beside(shown: Sequence[Subgroup], frame: Frame) -> list[SafeString]:
    """Each name at the end of its line, moved up or down where they would stand on each other."""
    parts: list[SafeString] = []
    lasts = [group.in_order[-1] for group in shown]
    levels = spread([frame.y(last.value) for last in lasts], PITCH, frame.top, frame.floor)
    for index, (group, last, level) in enumerate(zip(shown, lasts, levels, strict=True)):
        at = frame.right + 20
        leader = line(frame.x(last.day) + 12, frame.y(last.value), at - 9, level, "leader")
        parts += [leader, _point(index, at, level, 5.5), text(at + 12, level + 4.5, group.name, "note")]
    return parts


def _below(shown: Sequence[Subgroup], shape: Shape) -> list[SafeString]:
    """The names under the picture, from the highest to the lowest at the end."""
    parts: list[SafeString] = []
    order = sorted(range(len(shown)), key=lambda index: -shown[index].in_order[-1].value)
    for row, index in enumerate(order):
        level = shape.height + 12 + row * PITCH
        name = cut(shown[index].name, shape.width - 28, NOTE)
        parts += [_point(index, 9, level - 4.5, 5.5), text(22, level, name, "note")]
    return parts
