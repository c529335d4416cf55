"""Who works with whom: members as points, contacts as lines; only the own place is named without consent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, cos, pi, sin
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leerkring.ui.charts.drawing import element, figure, group, line, picture, text
from leerkring.ui.charts.layout import places

#: More points than this are a ball of wool: then rings by number of contacts are drawn instead.
DRAWN = 60
#: Lower bounds of the rings, from the middle out.
RINGS = (11, 6, 3, 1, 0)


@dataclass(frozen=True, slots=True)
class Member:
    """A point. Without a `name` (no consent) it is "lid"."""

    key: str
    name: str = ""
    is_self: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """Contact between two members, in either direction; `weight` is how often."""

    one: str
    two: str
    weight: int = 1


Pairs = dict[tuple[str, str], int]


def sociogram(
    key: str,
    members: Sequence[Member],
    ties: Sequence[Tie],
    *,
    title: Any,
    sentence: Any,
    is_whole: bool = True,
) -> SafeString:
    """The picture of a network with its `sentence`.

    Ties to who is not a member, and to oneself, are left out. Above 60 members: rings by number of contacts.
    Not `is_whole`: without what is said of few members, who has no contacts or how many have how many.
    """
    pairs = _pairs(members, ties)
    contacts = Counter(end for pair in pairs for end in pair)
    if not is_whole:
        members = [member for member in members if contacts[member.key]]
        drawings = _network(key, members, pairs, contacts, title, sentence) if len(members) <= DRAWN else []
        return figure(drawings, sentence=sentence)
    draw = _network if len(members) <= DRAWN else _rings
    drawings = draw(key, members, pairs, contacts, title, sentence)
    return figure(
        drawings,
        sentence=sentence,
        columns=[_("Aantal contacten"), _("Aantal leden")],
        rows=[(_ring_words(low, high), number) for low, high, number in _ring_counts(members, contacts)],
        caption=title,
    )


def _pairs(members: Sequence[Member], ties: Sequence[Tie]) -> Pairs:
    known = {member.key for member in members}
    pairs: Pairs = {}
    for tie in ties:
        if tie.one != tie.two and tie.one in known and tie.two in known:
            pair = (min(tie.one, tie.two), max(tie.one, tie.two))
            pairs[pair] = pairs.get(pair, 0) + tie.weight
    return dict(sorted(pairs.items()))


def _network(
    key: str, members: Sequence[Member], pairs: Pairs, contacts: Mapping[str, int], title: Any, sentence: Any
) -> list[SafeString]:
    tied = [member for member in members if contacts.get(member.key)]
    alone = [member for member in members if not contacts.get(member.key)]
    at = places([member.key for member in tied], pairs)
    return [
        picture(
            key,
            name,
            (width, height + (66 if alone else 0)),
            title,
            sentence,
            [*_drawn(tied, pairs, at, width, height), *_apart(alone, width, height)],
        )
        for name, width, height in (("narrow", 290, 320), ("medium", 470, 360), ("wide", 760, 430))
    ]


def _drawn(
    tied: Sequence[Member], pairs: Pairs, at: Mapping[str, complex], width: int, height: int
) -> list[SafeString]:
    side, edge = 46, 26

    def place(key: str) -> tuple[float, float]:
        return side + at[key].real * (width - 2 * side), edge + at[key].imag * (height - 2 * edge - 10)

    lines = [
        line(*place(one), *place(two), f"tie tie-{1 if weight < 3 else 2 if weight < 8 else 3}")
        for (one, two), weight in pairs.items()
    ]
    spots = {member.key: place(member.key) for member in tied}
    taken = list(spots.values())
    points = [_point(member, *spots[member.key]) for member in tied]
    names = [name for member in tied if (name := _name(member, *spots[member.key], taken))]
    return [group(lines), *points, *names]


def _apart(alone: Sequence[Member], width: int, height: int) -> list[SafeString]:
    """Who has no contacts yet, on a shelf under the network: seen, and not blamed."""
    if not alone:
        return []
    words = ngettext("%d lid nog zonder contact", "%d leden nog zonder contact", len(alone)) % len(alone)
    parts = [line(0, height + 4, width, height + 4, "grid"), text(4, height + 24, words, "note")]
    pitch = min(46.0, (width - 30) / len(alone))
    return parts + [_point(member, 18 + index * pitch, height + 46) for index, member in enumerate(alone)]


def _point(member: Member, x: float, y: float) -> SafeString:
    parts = [element("circle", cx=x, cy=y, r=9.0 if member.is_self else 7.0, class_="node")]
    if member.is_self:
        parts.insert(0, element("circle", cx=x, cy=y, r=15, class_="halo"))
    words = _("jij") if member.is_self else member.name
    parts.insert(0, element("title", words or _("lid")))
    return group(parts)


def _name(member: Member, x: float, y: float, taken: list[tuple[float, float]]) -> SafeString | None:
    """The name on the side where it covers the fewest points and names; its own place joins `taken`."""
    words = _("jij") if member.is_self else member.name
    if not words:
        return None
    half, off = len(words) * 3.6, 18 if member.is_self else 12
    sides = (
        ("middle", x, y + off + 11, x),
        ("middle", x, y - off, x),
        ("start", x + off, y + 4, x + off + half),
        ("end", x - off, y + 4, x - off - half),
    )

    def covered(side: tuple[str, float, float, float]) -> int:
        middle, level = side[3], side[2] - 4
        return sum(
            abs(px - middle) < half + 9 and abs(py - level) < 16 for px, py in taken if (px, py) != (x, y)
        )

    anchor, at_x, at_y, middle = min(sides, key=covered)
    taken += [(middle, at_y - 4), (middle - half * 0.7, at_y - 4), (middle + half * 0.7, at_y - 4)]
    return text(at_x, at_y, words, "name value" if member.is_self else "name", anchor)


def _ring_of(contacts: int) -> int:
    return next(index for index, low in enumerate(RINGS) if contacts >= low)


def _ring_counts(members: Sequence[Member], contacts: Mapping[str, int]) -> list[tuple[int, int | None, int]]:
    """(lowest, highest or None, members) per ring, from the middle out."""
    counted = Counter(_ring_of(contacts.get(member.key, 0)) for member in members)
    highest = (None, *(low - 1 for low in RINGS))
    return [(low, highest[index], counted[index]) for index, low in enumerate(RINGS)]


def _ring_words(low: int, high: int | None) -> str:
    if high is None:
        return _("%d of meer contacten") % low
    if high == 0:
        return _("nog zonder contact")
    return _("%(low)d tot %(high)d contacten") % {"low": low, "high": high}


def _rings(
    key: str, members: Sequence[Member], pairs: Pairs, contacts: Mapping[str, int], title: Any, sentence: Any
) -> list[SafeString]:
    rings: list[list[Member]] = [[] for _low in RINGS]
    for member in members:
        rings[_ring_of(contacts.get(member.key, 0))].append(member)
    counts = _ring_counts(members, contacts)
    drawings = []
    for name, width, height, radius in (
        ("narrow", 290, 460, 140.0),
        ("medium", 470, 560, 205.0),
        ("wide", 760, 460, 220.0),
    ):
        parts = [part for index, ring in enumerate(rings) for part in _ring(index, ring, radius)]
        parts += _ring_labels(counts, radius, is_beside=name == "wide")
        drawings.append(picture(key, name, (width, height), title, sentence, parts))
    return drawings


def _ring(index: int, ring: Sequence[Member], radius: float) -> list[SafeString]:
    """One ring's points along its circle, in as many rows as they need."""
    band = radius / len(RINGS)
    outer, size, middle = band * (index + 0.5), radius / 68, radius + 6
    parts = [element("circle", cx=middle, cy=middle, r=outer, class_="ring")]
    rows = max(1, min(5, ceil(len(ring) * 2.5 * size / (2 * pi * outer))))
    for number, member in enumerate(ring):
        away = outer + (number % rows - (rows - 1) / 2) * band / 5.4
        angle = 2 * pi * number / len(ring) - pi / 2 + index * 0.35
        x, y = middle + away * cos(angle), middle + away * sin(angle)
        if member.is_self:
            parts += [_point(member, x, y), text(x, y - 19, _("jij"), "name value", "middle")]
        else:
            parts.append(element("circle", cx=x, cy=y, r=size, class_="node dot"))
    return parts


def _ring_labels(
    counts: Sequence[tuple[int, int | None, int]], radius: float, *, is_beside: bool
) -> list[SafeString]:
    """From the middle out, beside the rings with a line to each, or under them."""
    parts = []
    middle = radius + 6
    for index, (low, high, number) in enumerate(counts):
        members = ngettext("%d lid", "%d leden", number) % number
        words = f"{_ring_words(low, high)}: {members}"
        if is_beside:
            away = radius * (index + 0.5) / len(RINGS)
            angle = -0.15 - 0.13 * (len(RINGS) - index)
            x, y = middle + away * cos(angle), middle + away * sin(angle)
            level = 70.0 + index * 40
            parts += [
                line(x, y, 2 * radius + 44, level, "leader"),
                text(2 * radius + 50, level + 4, words, "note"),
            ]
        else:
            parts.append(text(4, 2 * radius + 38 + index * 24, words, "note"))
    return parts
