"""A goal over time: where it began, what was measured, where it should go and the way there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

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
    holiday_names,
    holidays,
    scale_of,
    span_of,
)
from leerkring.ui.charts.labels import NOTE, VALUE, Box, Room, Spot, around, cut, width_of

#: The picture for a list: no words, no numbers.
OUTLOOK = Shape("outlook", 180, 56)
#: Of a point in the picture.
RADIUS = 6.0
#: Words further than this from their point are led to it.
FAR = 48
#: The share of a picture's width that words beside the target may take; otherwise they stand above it.
ASIDE = 0.22


@dataclass(frozen=True, slots=True)
class Target:
    """The value to reach on a day; `is_at_most` when less is better, as with mistakes."""

    day: date
    value: float
    is_at_most: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """A goal in numbers. `scale` is the lowest and highest value there can be, such as 0 and 100 for a share;
    without it the scale follows the numbers."""

    today: date
    unit: str = ""
    baseline: Reading | None = None
    target: Target | None = None
    readings: Sequence[Reading] = ()
    holidays: Sequence[Holiday] = ()
    scale: tuple[float, float] | None = None

    @property
    def in_order(self) -> list[Reading]:
        """The readings by day; those of one day in the order in which they were given."""
        return sorted(self.readings, key=lambda reading: reading.day)

    @property
    def latest(self) -> Reading | None:
        return self.in_order[-1] if self.readings else None

    @property
    def has_points(self) -> bool:
        return bool(self.baseline or self.target or self.readings)

    @property
    def days(self) -> list[date]:
        """All days that must be in the picture; today if there is none."""
        points = (self.baseline, self.target, *self.readings)
        return [point.day for point in points if point] or [self.today]

    @property
    def counted(self) -> Unit:
        values = [value for reading in (self.baseline, *self.readings) if reading for value in ends(reading)]
        values += [self.target.value] if self.target else []
        is_share = self.unit == "%" and all(0 <= value <= 100 for value in values)
        return Unit(self.unit, scale_of(values, self.scale or ((0, 100) if is_share else None)))

    @property
    def is_reached(self) -> bool:
        """Whether the last reading is where it should go. What should only be kept is never "reached"."""
        if not self.target or not self.latest:
            return False
        if self.baseline and self.baseline.value == self.target.value:
            return False
        lacks = self.target.value - self.latest.value
        return lacks >= 0 if self.target.is_at_most else lacks <= 0

    def expected(self, day: date) -> float | None:
        """Where the way from begin to target is on a day: as far each school day, and still in holidays."""
        begin, target = self.baseline, self.target
        if not begin or not target or not begin.day < target.day or not begin.day <= day <= target.day:
            return None
        passed, total = self._school_days(begin.day, day), self._school_days(begin.day, target.day)
        if not total:
            passed, total = (day - begin.day).days, (target.day - begin.day).days
        return begin.value + (target.value - begin.value) * passed / total

    def _school_days(self, first: date, last: date) -> int:
        """After the first day, up to and including the last."""
        begin, end = first.toordinal(), last.toordinal()
        free = {
            day
            for holiday in self.holidays
            for day in range(
                max(begin + 1, holiday.first.toordinal()), min(end, holiday.last.toordinal()) + 1
            )
            if (day - 1) % 7 < 5
        }
        return _weekdays(end) - _weekdays(begin) - len(free)

    @property
    def way(self) -> list[tuple[date, float]]:
        """The bends of the expected way; nothing without a begin and a later target."""
        if not self.baseline or not self.target:
            return []
        bends = {self.baseline.day, self.target.day}
        for holiday in self.holidays:
            bends |= {holiday.first - timedelta(days=1), holiday.last}
        return [(day, value) for day in sorted(bends) if (value := self.expected(day)) is not None]


def _weekdays(ordinal: int) -> int:
    """From the first day there is, a Monday: a year typed wrong keeps nobody waiting."""
    weeks, rest = divmod(ordinal, 7)
    return weeks * 5 + min(rest, 5)


def progress(key: str, course: Course, *, title: Any, sentence: Any = "") -> SafeString:
    """The picture of a goal. Without a `sentence` it says what the numbers are."""
    unit, said = course.counted, progress_words(course)
    return figure(
        [_picture(key, course, unit, shape, title, said) for shape in SHAPES] if course.has_points else [],
        sentence=sentence or said,
        columns=[_("Wat"), _("Dag"), _("Waarde"), _("Ligt waarschijnlijk"), _("Aantal gemeten")],
        rows=_rows(course, unit),
        caption=title,
    )


def outlook(key: str, course: Course, *, title: Any) -> SafeString:
    """The same goal as a small picture without words, for a list; nothing as long as there is nothing to show."""
    if not course.has_points:
        return SafeString("")
    frame = Frame(
        width=OUTLOOK.width,
        height=OUTLOOK.height,
        left=0,
        right=OUTLOOK.width,
        top=8,
        floor=OUTLOOK.height - 8,
        first=span_of(course.days)[0],
        last=span_of(course.days)[1],
        scale=course.counted.scale,
    )
    parts = [line(0, OUTLOOK.height - 1, OUTLOOK.width, OUTLOOK.height - 1, "floor")]
    parts += [field for field, *_place in holidays(frame, course.holidays)]
    parts += _drawn(course, frame, frame.room(), radius=3.5, has_whiskers=False)
    size = (OUTLOOK.width, OUTLOOK.height)
    return picture(key, OUTLOOK.name, size, title, progress_words(course), parts)


def progress_words(course: Course) -> str:
    """What the picture shows, in sentences."""
    unit, begin, target = course.counted, course.baseline, course.target
    said = [] if unit.is_short else [_("Gemeten in %s.") % unit.words]
    if begin:
        words = {"value": unit.short(begin.value), "day": day_words(begin.day)}
        said.append(_("Begin: %(value)s op %(day)s.") % words)
    if course.latest:
        said += _now_words(course, course.latest, unit)
    else:
        said.append(_("Na het begin is nog niets gemeten.") if begin else _("Er is nog niets gemeten."))
    if target:
        words = {"value": unit.short(target.value), "day": day_words(target.day)}
        at_most = _("Doel: hoogstens %(value)s op %(day)s.")
        said.append((at_most if target.is_at_most else _("Doel: %(value)s op %(day)s.")) % words)
    if course.is_reached:
        said.append(_("Het doel is bereikt."))
    return " ".join(said)


def _now_words(course: Course, latest: Reading, unit: Unit) -> list[str]:
    """The last reading, and what the way to the target says of that day."""
    words = {"value": unit.short(latest.value), "day": day_words(latest.day)}
    if latest.low is None or latest.high is None:
        said = [_("Nu: %(value)s op %(day)s.") % words]
    else:
        said = [_("Nu: %(value)s op %(day)s (%(between)s).") % {**words, "between": between(unit, latest)}]
    expected = course.expected(latest.day)
    if expected is not None:
        said.append(
            _("Volgens de lijn naar het doel zou het dan %(value)s zijn.") % {"value": unit.short(expected)}
        )
    return said


def _rows(course: Course, unit: Unit) -> list[tuple[object, ...]]:
    def row(what: str, reading: Reading) -> tuple[object, ...]:
        count = "–" if reading.n is None else reading.n
        return what, day_words(reading.day), unit(reading.value), between(unit, reading), count

    rows = [row(_("Begin"), course.baseline)] if course.baseline else []
    rows += [row(_("Gemeten"), reading) for reading in course.in_order]
    if course.target:
        what = _("Doel (hoogstens)") if course.target.is_at_most else _("Doel")
        rows.append((what, day_words(course.target.day), unit(course.target.value), "–", "–"))
    return rows


def _picture(
    key: str, course: Course, unit: Unit, shape: Shape, title: Any, description: object
) -> SafeString:
    frame = Frame.of(shape, course.days, unit, margin=_margin(course, unit, shape))
    room = frame.room()
    shaded = holidays(frame, course.holidays)
    named, shown = _dates(course, frame)
    parts = [field for field, *_place in shaded] + grid(frame, unit)
    if course.today in shown and frame.first < course.today < frame.last:
        x = frame.x(course.today)
        parts.append(line(x, frame.top, x, frame.floor, "leader"))
    drawn = _drawn(course, frame, room, radius=RADIUS, has_whiskers=True)
    words = _words(course, unit, frame, room)
    parts += [*drawn, *holiday_names(shaded, frame, room), *words, *named]
    return picture(key, shape.name, (shape.width, shape.height), title, description, parts)


def _margin(course: Course, unit: Unit, shape: Shape) -> float:
    """Room at the right for the target's words, if it is the last thing and they are not too long for that."""
    if course.target and course.target.day == max(course.days):
        length = width_of(_target_words(course.target, unit), VALUE) + 10
        if length <= shape.width * ASIDE:
            return length
    return 8


def _dates(course: Course, frame: Frame) -> tuple[list[SafeString], set[date]]:
    wanted = [(point.day, "") for point in (course.baseline, course.target, course.latest) if point]
    wanted += [(course.today, _("vandaag"))]
    return dates(frame, wanted)


def _drawn(
    course: Course, frame: Frame, room: Room, *, radius: float, has_whiskers: bool
) -> list[SafeString]:
    """The way, the target and the readings; what they cover is told to the room."""
    way = [(frame.x(day), frame.y(value)) for day, value in course.way]
    places = _places(course, frame, radius)
    joined = [(x, y) for _reading, x, y in places]
    parts = [_joined(points, class_, room) for points, class_ in ((way, "way"), (joined, "course"))]
    if has_whiskers:
        parts += [_whisker(reading, x, frame, room) for reading, x, _y in places]
    if course.target:
        x, y, half = frame.x(course.target.day), frame.y(course.target.value), radius * 1.9
        room.points.append(Box(x - 4, y - half, x + 4, y + half))
        parts.append(line(x, y - half, x, y + half, "goal"))
    for reading, x, y in places:
        room.points.append(Box(x - radius - 2, y - radius - 2, x + radius + 2, y + radius + 2))
        parts.append(_point(reading, x, y, radius, frame))
    return [part for part in parts if part]


def _places(course: Course, frame: Frame, radius: float) -> list[tuple[Reading, float, float]]:
    """Where the begin and the readings lie; those of one day a little beside each other."""
    points = [course.baseline, *course.in_order] if course.baseline else course.in_order
    points.sort(key=lambda point: point.day)
    total, before = Counter(point.day for point in points), Counter[date]()
    places = []
    for point in points:
        aside = before[point.day] * min(radius, 24 / total[point.day])
        # On the last day they go to the left: at the right is the end of the picture.
        places.append((point, frame.x(point.day) + (-aside if point.day == frame.last else aside)))
        before[point.day] += 1
    return [(point, x, frame.y(point.value)) for point, x in places]


def _joined(points: Sequence[tuple[float, float]], class_: str, room: Room) -> SafeString | None:
    if len(points) < 2:
        return None
    for (x1, y1), (x2, y2) in pairwise(points):
        room.strokes.append((x1, y1, x2, y2))
    return element("polyline", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points), class_=class_)


def _whisker(reading: Reading, x: float, frame: Frame, room: Room) -> SafeString | None:
    if reading.low is None or reading.high is None:
        return None
    low, high = frame.y(reading.low), frame.y(reading.high)
    room.strokes.append((x, low, x, high))
    return line(x, low, x, high, "whisker")


def _point(reading: Reading, x: float, y: float, radius: float, frame: Frame) -> SafeString:
    """A ring; of a value outside the scale an arrow that points to where it is."""
    if frame.scale.low <= reading.value <= frame.scale.high:
        return element("circle", cx=x, cy=y, r=radius, class_="point")
    away = -1 if reading.value > frame.scale.high else 1
    top, foot = y + away * radius, y - away * radius
    return element(
        "path",
        d=f"M{x:.1f} {top:.1f}L{x + radius:.1f} {foot:.1f}L{x - radius:.1f} {foot:.1f}Z",
        class_="point",
    )


def _target_words(target: Target, unit: Unit) -> str:
    return _("doel %(value)s") % {"value": unit.short(target.value)}


def _words(course: Course, unit: Unit, frame: Frame, room: Room) -> list[SafeString]:
    """The words at the target, at the last reading and at the begin, each where it covers least."""
    parts: list[SafeString] = []
    places = {id(reading): (x, y) for reading, x, y in _places(course, frame, RADIUS)}
    if course.target:
        x, y = frame.x(course.target.day), frame.y(course.target.value)
        beside = [Spot(x + 10, y + 5, "start")] if course.target.day == frame.last else []
        parts += _placed(_target_words(course.target, unit), [*beside, *around(x, y, 16)], (x, y), room)
    if course.latest:
        words = _("nu %(value)s") % {"value": unit.short(course.latest.value)}
        x, y = places[id(course.latest)]
        parts += _placed(words, _at(course.latest, x, y, frame), (x, y), room)
    if course.baseline:
        words = _("begin %(value)s") % {"value": unit.short(course.baseline.value)}
        x, y = places[id(course.baseline)]
        spots = _at(course.baseline, x, y, frame)
        is_falling = course.target is not None and course.target.value < course.baseline.value
        # On the side where the lines do not go, and from there to the right.
        over, under = spots[2:4]
        parts += _placed(words, [over if is_falling else under, *spots], (x, y), room, is_strong=False)
    return parts


def _at(reading: Reading, x: float, y: float, frame: Frame) -> list[Spot]:
    """Places for the words at a reading, clear of its interval."""
    if reading.low is None or reading.high is None:
        return around(x, y, 13)
    return around(
        x, y, 13, top=min(frame.y(reading.high), y - 7) + 7, foot=max(frame.y(reading.low), y + 7) - 7
    )


def _placed(
    words: str, spots: Sequence[Spot], point: tuple[float, float], room: Room, *, is_strong: bool = True
) -> list[SafeString]:
    """The words about a point; a thin line leads there when they had to stand far from it."""
    size = VALUE if is_strong else NOTE
    words = cut(words, room.bounds.right - room.bounds.left, size)
    spot = room.place(words, spots, size)
    if spot is None:
        return []
    parts = [text(spot.x, spot.y, words, "said value" if is_strong else "said note", spot.anchor)]
    x, y = point
    if spot.y > y + FAR:
        parts.append(line(x, y + RADIUS + 2, x, spot.y - size, "open"))
    elif spot.y < y - FAR:
        parts.append(line(x, y - RADIUS - 2, x, spot.y + 5, "open"))
    return parts
