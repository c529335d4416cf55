"""Where the words in a picture come to stand: inside it, beside each other, rather not on what they are about.

The server does not know how wide a word is drawn; it guesses, a little too wide rather than too narrow.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import hypot
from statistics import fmean

#: Sizes of letters in pixels, as charts.css has them.
AXIS, NOTE, VALUE, SMALL = 13.0, 13.5, 14.0, 11.0

#: What makes a place worse, in pixels of a line that is covered: covering a point; being later in the list.
POINT, LATER = 24.0, 1.0

_NARROW = frozenset(" \u00a0.,:;'!|()[]-/ijltfrI1")
_BROAD = frozenset("mwMW%@&…–—")


def width_of(words: str, size: float = AXIS) -> float:
    """About how many pixels wide these words are in our letter."""
    return sum(map(_ems, words)) * size


def _ems(sign: str) -> float:
    if sign in _NARROW:
        return 0.4
    if sign in _BROAD:
        return 0.92
    return 0.65 if sign < "\u0370" else 1.05


def cut(words: str, room: float, size: float = AXIS) -> str:
    """The words, or as much of them as fits with "…" behind it."""
    if width_of(words, size) <= room:
        return words
    left, kept = room / size - _ems("…"), 0
    while (left := left - _ems(words[kept])) >= 0:
        kept += 1
    return f"{words[:kept].rstrip()}…"


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def length_of(self, x1: float, y1: float, x2: float, y2: float) -> float:
        """How much of a straight line lies in the box (Liang and Barsky, 1984)."""
        enters, leaves = 0.0, 1.0
        across, down = x2 - x1, y2 - y1
        sides = (
            (-across, x1 - self.left),
            (across, self.right - x1),
            (-down, y1 - self.top),
            (down, self.bottom - y1),
        )
        for pace, room in sides:
            if pace < 0:
                enters = max(enters, room / pace)
            elif pace > 0:
                leaves = min(leaves, room / pace)
            elif room < 0:
                return 0.0
        return max(leaves - enters, 0.0) * hypot(across, down)


def box_of(words: str, x: float, y: float, anchor: str = "start", size: float = AXIS) -> Box:
    """What a text covers whose line stands on `y`."""
    width = width_of(words, size)
    left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    return Box(left, y - size * 0.85, left + width, y + size * 0.3)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place for a text: where its line begins, is in the middle, or ends."""

    x: float
    y: float
    anchor: str = "middle"


def around(
    x: float, y: float, gap: float, *, top: float | None = None, foot: float | None = None
) -> list[Spot]:
    """Places for the words at a point, the nearest first; from `top` to `foot` its interval is drawn."""
    over = (y if top is None else min(top, y)) - gap
    under = (y if foot is None else max(foot, y)) + gap + 10
    near = [
        Spot(x, over),
        Spot(x, under),
        Spot(x - 4, over, "start"),
        Spot(x - 4, under, "start"),
        Spot(x + gap, y + 4.5, "start"),
        Spot(x - gap, y + 4.5, "end"),
    ]
    further = [
        Spot(x + aside, level, anchor)
        for away in (0, 18, 36, 54, 72)
        for level in (over - away, under + away)
        for aside, anchor in ((-gap, "start"), (gap, "end"), (0, "middle"))
    ]
    return near + further


@dataclass(slots=True)
class Room:
    """What is in a picture already. Words never meet words, and meet points and lines as little as can be."""

    bounds: Box
    words: list[Box] = field(default_factory=list)
    points: list[Box] = field(default_factory=list)
    strokes: list[tuple[float, float, float, float]] = field(default_factory=list)

    def is_free(self, box: Box) -> bool:
        return not (
            any(box.meets(other) for other in (*self.words, *self.points))
            or any(box.length_of(*stroke) for stroke in self.strokes)
        )

    def place(self, words: str, spots: Sequence[Spot], size: float = AXIS) -> Spot | None:
        """The best of these spots, moved sideways into the picture where needed; none if all are taken."""
        best: tuple[float, Spot, Box] | None = None
        for number, (spot, box) in enumerate(self._inside(words, spots, size)):
            if best and best[0] <= number * LATER:
                break
            cost = number * LATER + POINT * sum(box.meets(point) for point in self.points)
            cost += sum(box.length_of(*stroke) for stroke in self.strokes)
            if best is None or cost < best[0]:
                best = (cost, spot, box)
        if best is None:
            return None
        self.words.append(best[2])
        return best[1]

    def _inside(self, words: str, spots: Iterable[Spot], size: float) -> Iterable[tuple[Spot, Box]]:
        bounds = self.bounds
        for spot in spots:
            box = box_of(words, spot.x, spot.y, spot.anchor, size)
            aside = max(bounds.left - box.left, 0) or min(bounds.right - box.right, 0)
            box = Box(box.left + aside, box.top, box.right + aside, box.bottom)
            if box.top < bounds.top or box.bottom > bounds.bottom:
                continue
            if not any(box.meets(other) for other in self.words):
                yield Spot(spot.x + aside, spot.y, spot.anchor), box


def spread(levels: Sequence[float], pitch: float, top: float, bottom: float) -> list[float]:
    """These heights, moved as little as can be to stand `pitch` apart between top and bottom, in their order."""
    order = sorted(range(len(levels)), key=lambda index: levels[index])
    runs: list[list[float]] = []
    for number, index in enumerate(order):
        runs.append([levels[index] - number * pitch])
        # Who would stand on each other move together, around where they wanted to be (pooling of neighbours).
        while len(runs) > 1 and fmean(runs[-2]) > fmean(runs[-1]):
            runs[-2:] = [runs[-2] + runs[-1]]
    firsts = [fmean(run) for run in runs for _one in run]
    most = max(bottom - pitch * (len(order) - 1), top)
    placed = {
        index: min(max(first, top), most) + number * pitch
        for number, (index, first) in enumerate(zip(order, firsts, strict=True))
    }
    return [placed[index] for index in range(len(levels))]
