"""Values over days: the two scales, the grid, the holidays and the dates that such pictures share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor, log10

from django.utils.formats import date_format, number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from leerkring.ui.charts.drawing import element, line, text
from leerkring.ui.charts.labels import SMALL, Box, Room, box_of, cut, width_of
from leerkring.ui.percent import percent

#: Within these many characters a unit stands behind each number; a longer one stands once, above the picture.
SHORT_UNIT = 9
#: A scale whose lowest value is at most this share of its highest begins at nought.
NEAR_NOUGHT = 2 / 3
#: A point's half width, and so how far the first and last day stay from the sides.
INSET = 10
#: So wide a holiday can carry its name, upright.
NAMEABLE = 13


@dataclass(frozen=True, slots=True)
class Reading:
    """A value on a day, with its interval and the number it is about, where they are known."""

    day: date
    value: float
    low: float | None = None
    high: float | None = None
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Holiday:
    """Days without school, both ends included."""

    first: date
    last: date
    name: str


@dataclass(frozen=True, slots=True)
class Scale:
    """From `low` to `high`, with round numbers in between, `step` apart."""

    low: float
    high: float
    step: float

    @property
    def ticks(self) -> list[float]:
        first, last = ceil(self.low / self.step - 1e-9), floor(self.high / self.step + 1e-9)
        return [number * self.step for number in range(first, last + 1)]

    @property
    def places(self) -> int:
        """Decimals that matter on this scale."""
        return max(1, 1 - floor(log10(self.step)))


def scale_of(values: Sequence[float], given: tuple[float, float] | None = None) -> Scale:
    """The scale that was given, or else round numbers around the values, from nought where that is near."""
    if given and given[0] != given[1]:
        low, high = sorted(given)
        return Scale(low, high, _step(high - low))
    low, high = min(values, default=0.0), max(values, default=0.0)
    if low == high:
        low, high = min(low, 0.0), max(high, 0.0) or (1.0 if low >= 0 else 0.0)
    elif 0 < low <= high * NEAR_NOUGHT:
        low = 0.0
    elif low * NEAR_NOUGHT <= high < 0:
        high = 0.0
    step = _step(high - low)
    return Scale(floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step, step)


def _step(span: float) -> float:
    """A round number that goes about four times, at most nearly five, into the span."""
    least = span / 4.7
    magnitude = 10.0 ** floor(log10(least))
    return next(n * magnitude for n in (1, 2, 2.5, 5, 10) if n * magnitude >= least)


@dataclass(frozen=True, slots=True)
class Unit:
    """How a number of this picture is written."""

    words: str
    scale: Scale

    @property
    def is_short(self) -> bool:
        return len(self.words) <= SHORT_UNIT

    def number(self, value: float) -> str:
        """In the reader's language, without decimals that say nothing."""
        places = 0 if self.words == "%" else self.scale.places
        while places and round(value, places) == round(value, places - 1):
            places -= 1
        return str(number_format(round(value, places) + 0.0, places, force_grouping=True))

    def __call__(self, value: float) -> str:
        """The number with its unit."""
        number = self.number(value)
        if self.words == "%":
            return percent(number)
        return f"{number}\u00a0{self.words}" if self.words else number

    def short(self, value: float) -> str:
        """The number, with its unit if there is room for that in a picture."""
        return self(value) if self.is_short else self.number(value)


def between(unit: Unit, reading: Reading) -> str:
    """A reading's interval, or "–"."""
    if reading.low is None or reading.high is None:
        return "–"
    return _("tussen %(low)s en %(high)s") % {
        "low": unit.number(reading.low),
        "high": unit.short(reading.high),
    }


def ends(reading: Reading) -> list[float]:
    """All values of a reading that a scale must hold."""
    return [value for value in (reading.value, reading.low, reading.high) if value is not None]


def day_words(day: date) -> str:
    return date_format(day, "j F Y")


@dataclass(frozen=True, slots=True)
class Shape:
    name: str
    width: int
    height: int


SHAPES = (Shape("narrow", 290, 220), Shape("medium", 470, 240), Shape("wide", 760, 280))


@dataclass(frozen=True, slots=True)
class Frame:
    """A plot in a picture: which day lies where, and how high a value is."""

    width: float
    height: float
    left: float
    right: float
    top: float
    floor: float
    first: date
    last: date
    scale: Scale

    @classmethod
    def of(cls, shape: Shape, days: Sequence[date], unit: Unit, *, margin: float) -> Frame:
        """With room at the left for the numbers and at the right for `margin`."""
        left = max(width_of(unit.number(tick)) for tick in unit.scale.ticks) + 8
        first, last = span_of(days)
        return cls(
            width=shape.width,
            height=shape.height,
            left=max(24.0, min(left, shape.width * 0.3)),
            right=shape.width - margin,
            top=16 if unit.is_short else 34,
            floor=shape.height - 28,
            first=first,
            last=last,
            scale=unit.scale,
        )

    def x(self, day: date) -> float:
        inner = self.right - self.left - 2 * INSET
        return self.left + INSET + inner * (day - self.first).days / (self.last - self.first).days

    def y(self, value: float) -> float:
        """Clipped: what lies outside the scale is drawn at its edge."""
        inside = min(max(value, self.scale.low), self.scale.high)
        unit = (self.floor - self.top) / (self.scale.high - self.scale.low)
        return self.floor - (inside - self.scale.low) * unit

    def room(self) -> Room:
        """For words in the plot; the dates below it and the numbers beside it keep their place."""
        top = self.top - 15
        levels = [self.y(tick) for tick in self.scale.ticks]
        numbers = [Box(0, level - 7, self.left - 5, level + 9) for level in levels]
        return Room(Box(2, top, self.width - 2, self.floor - 1), words=numbers)


def span_of(days: Sequence[date]) -> tuple[date, date]:
    """From the first to the last of these, and at least four weeks; also at the end of time."""
    least = timedelta(weeks=4)
    first, last = min(*days, date.max - least), max(days)
    return first, max(last, first + least)


def grid(frame: Frame, unit: Unit) -> list[SafeString]:
    """Lines with their numbers, and above them the unit if it is long."""
    parts = []
    for tick in frame.scale.ticks:
        y = frame.y(tick)
        parts += [
            line(frame.left, y, frame.right, y, "grid" if y < frame.floor else "floor"),
            text(frame.left - 6, y + 4.5, cut(unit.number(tick), frame.left - 7), anchor="end"),
        ]
    if not unit.is_short:
        parts.append(text(2, 14, cut(unit.words, frame.width - 4)))
    return parts


def holidays(frame: Frame, given: Iterable[Holiday]) -> list[tuple[SafeString, float, float, str]]:
    """Each holiday that can be seen as a shaded field, with its left, its width and its name."""
    found = []
    for holiday in given:
        first, last = max(holiday.first, frame.first), min(holiday.last, frame.last)
        if first > last:
            continue
        x, until = frame.x(first), min(frame.x(last + timedelta(days=1)), frame.right)
        field = element(
            "rect",
            element("title", holiday.name),
            x=x,
            y=frame.top,
            width=until - x,
            height=frame.floor - frame.top,
            class_="holiday",
        )
        found.append((field, x, until - x, holiday.name))
    return found


def holiday_names(
    shaded: Iterable[tuple[SafeString, float, float, str]], frame: Frame, room: Room
) -> list[SafeString]:
    """Upright in their field, at the foot or at the top, where nothing else stands."""
    parts = []
    for _field, left, width, name in shaded:
        length, x = width_of(name, SMALL), left + width / 2 + 4
        if width < NAMEABLE or not name:
            continue
        for foot in (frame.floor - 8, frame.top + 8 + length):
            box = Box(x - 10, foot - length, x + 3, foot)
            if box.top >= frame.top and room.is_free(box):
                room.words.append(box)
                turn = f"rotate(-90 {x:.1f} {foot:.1f})"
                parts.append(element("text", name, x=x, y=foot, class_="holiday-name", transform=turn))
                break
    return parts


def dates(frame: Frame, days: Sequence[tuple[date, str]]) -> tuple[list[SafeString], set[date]]:
    """Under the plot the days (with words of their own, or ""), the first the most important: which do not fit
    are left out. Also which days are named."""
    parts, taken, named = [], list[Box](), set[date]()
    pattern = pgettext("datumnotatie van Django", "j b")
    if frame.last - frame.first > timedelta(days=366):
        pattern += " Y"
    level = frame.height - 8
    for day, own in days:
        if day in named or not frame.first <= day <= frame.last:
            continue
        words = own or date_format(day, pattern)
        half = width_of(words) / 2
        x = min(max(frame.x(day), half + 2), frame.width - half - 2)
        box = box_of(words, x, level, "middle")
        if any(box.meets(Box(b.left - 8, b.top, b.right + 8, b.bottom)) for b in taken):
            continue
        taken.append(box)
        named.add(day)
        parts += [
            line(frame.x(day), frame.floor, frame.x(day), frame.floor + 5, "floor"),
            text(x, level, words, anchor="middle"),
        ]
    return parts, named
