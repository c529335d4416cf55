"""A goal's line: where it began, the way it was expected to go, where it should end, what was measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from leerkring.ui.charts.drawing import element, figure, line, picture, text
from leerkring.ui.charts.weeks import steps


@dataclass(frozen=True, slots=True)
class Measured:
    """One measurement, in the goal's own unit."""

    on: date
    value: float


@dataclass(frozen=True, slots=True)
class GoalLine:
    """`measured` in order of date, the first being the baseline; `unit` stands behind each number ("%")."""

    measured: Sequence[Measured]
    target: Measured
    unit: str = ""


@dataclass(frozen=True, slots=True)
class _Frame:
    """From dates and values to places in the picture."""

    name: str
    width: int
    height: int
    right: int
    first: date
    days: int
    top_value: float
    left: int = 38

    def x(self, on: date) -> float:
        return self.left + (on - self.first).days / self.days * (self.width - self.left - self.right)

    def y(self, value: float) -> float:
        return self.height - 30 - value / self.top_value * (self.height - 50)


def goal_line(key: str, goal: GoalLine, *, title: Any, sentence: Any) -> SafeString:
    """The chart of one goal. Needs at least one measurement: the baseline.

    Raises:
        ValueError: nothing was measured.
    """
    if not goal.measured:
        raise ValueError("a goal line begins with a baseline")
    first = min(goal.measured[0].on, goal.target.on)
    last = max(goal.measured[-1].on, goal.target.on)
    highest = max([m.value for m in goal.measured] + [goal.target.value])
    grid = [0, 25, 50, 75, 100] if goal.unit == "%" else steps(max(1, round(highest)))
    days, top = max((last - first).days, 1), float(grid[-1])
    frames = (
        _Frame("narrow", 290, 200, 36, first, days, top),
        _Frame("medium", 470, 220, 86, first, days, top),
        _Frame("wide", 700, 240, 92, first, days, top),
    )
    drawings = [
        picture(key, frame.name, (frame.width, frame.height), title, sentence, _parts(goal, frame, grid))
        for frame in frames
    ]
    rows = [(date_format(m.on, "j F Y"), _said(m.value, goal.unit)) for m in goal.measured]
    rows.append((date_format(goal.target.on, "j F Y"), _("doel %s") % _said(goal.target.value, goal.unit)))
    return figure(drawings, sentence=sentence, columns=[_("Datum"), _("Gemeten")], rows=rows, caption=title)


def _said(value: float, unit: str) -> str:
    number = number_format(round(value, 1), decimal_pos=0 if float(value).is_integer() else 1)
    return f"{number} {unit}".strip()


def _parts(goal: GoalLine, frame: _Frame, grid: Sequence[int]) -> list[SafeString]:
    begin, now = goal.measured[0], goal.measured[-1]
    end = frame.width - frame.right
    parts = []
    for value in grid:
        y = frame.y(value)
        parts += [
            line(frame.left, y, end, y, "grid" if value else "floor"),
            text(frame.left - 8, y + 4, value, anchor="end"),
        ]
    target_x, target_y = frame.x(goal.target.on), frame.y(goal.target.value)
    parts.append(line(frame.x(begin.on), frame.y(begin.value), target_x, target_y, "expected"))
    parts.append(element("rect", x=target_x - 3, y=target_y - 10, width=6, height=20, rx=1, class_="target"))
    path = "L".join(f"{frame.x(m.on):.1f} {frame.y(m.value):.1f}" for m in goal.measured)
    parts.append(element("path", d=f"M{path}", class_="measured"))
    parts += [
        element("circle", cx=frame.x(m.on), cy=frame.y(m.value), r=5.5, class_="point") for m in goal.measured
    ]
    return parts + _labels(goal, frame, begin, now)


def _labels(goal: GoalLine, frame: _Frame, begin: Measured, now: Measured) -> list[SafeString]:
    """Begin under its point, now above its point, the target behind its mark, or above it on a phone."""
    target_x, target_y = frame.x(goal.target.on), frame.y(goal.target.value)
    words = _("doel %s") % _said(goal.target.value, goal.unit)
    target = (
        text(min(target_x + 8, frame.width), target_y - 16, words, "value", "end")
        if frame.name == "narrow"
        else text(target_x + 10, target_y + 5, words, "value")
    )
    low = frame.height - 8
    parts = [
        target,
        text(
            frame.x(begin.on) + 4,
            frame.y(begin.value) + 22,
            _("begin %s") % _said(begin.value, goal.unit),
            "note",
        ),
        text(frame.left - 6, low, date_format(goal.measured[0].on, "j b")),
        text(target_x, low, date_format(goal.target.on, "j b"), anchor="middle"),
    ]
    if now is not begin:
        x = frame.x(now.on)
        parts.append(
            text(x, frame.y(now.value) - 14, _("nu %s") % _said(now.value, goal.unit), "value", "middle")
        )
        if frame.x(begin.on) + 60 < x < target_x - 60:
            parts.append(text(x, low, date_format(now.on, "j b"), anchor="middle"))
    return parts
