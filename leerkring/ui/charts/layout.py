"""Where the points of a small network come to lie: a force layout, the same every time."""

from __future__ import annotations

from cmath import rect
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import pi, sqrt

#: Enough for sixty points to come to rest, few enough to draw a page with (a tenth of a second).
ROUNDS = 90
#: The least distance between two points in the unit square, so that none covers another.
LEAST = 0.06


def places(keys: Sequence[str], ties: Mapping[tuple[str, str], int]) -> dict[str, complex]:
    """A place in the unit square (real and imaginary part from 0 to 1) for each key.

    Points push each other away, ties pull, heavier ties a little more (Fruchterman and Reingold, 1991, with a
    weak pull to the middle so that loose parts stay in sight). Starts from a circle: no chance in it.
    """
    number = {key: index for index, key in enumerate(keys)}
    springs = ((number[a], number[b], 1 + min(weight, 6) / 6) for (a, b), weight in ties.items())
    return dict(zip(keys, _laid_out(len(keys), tuple(springs)), strict=True))


@lru_cache(maxsize=300)
def _laid_out(count: int, springs: tuple[tuple[int, int, float], ...]) -> list[complex]:
    """The slowest part of a picture, and the same for every reader, until somebody has a contact more."""
    if count < 2:
        return [0.5 + 0.5j] * count
    at = [rect(0.4, 2 * pi * index / count) for index in range(count)]
    ideal = 0.9 / sqrt(count)
    for turn in range(ROUNDS):
        _step(at, springs, ideal, reach=0.12 * (1 - turn / ROUNDS) + 0.002)
    at = _fitted(at)
    for _turn in range(12):
        _part(at, LEAST)
    return _fitted(at)


def _part(at: list[complex], least: float) -> None:
    """Moves points that cover each other half of what they lack."""
    for index in range(len(at)):
        for other in range(index):
            apart = at[index] - at[other] or complex(1e-4, 1e-4 * index)
            lack = least - abs(apart)
            if lack > 0:
                move = apart * (lack / abs(apart) / 2)
                at[index] += move
                at[other] -= move


def _step(at: list[complex], springs: Sequence[tuple[int, int, float]], ideal: float, reach: float) -> None:
    moves = [-0.6 * place for place in at]
    for index, place in enumerate(at):
        for other in range(index):
            apart = place - at[other] or complex(1e-3, 1e-3 * (index + 1))
            push = apart * (ideal * ideal / (apart.real**2 + apart.imag**2))
            moves[index] += push
            moves[other] -= push
    for one, two, strength in springs:
        apart = at[one] - at[two]
        pull = apart * (strength * abs(apart) / ideal)
        moves[one] -= pull
        moves[two] += pull
    for index, move in enumerate(moves):
        length = abs(move)
        at[index] += move if length <= reach else move * (reach / length)


def _fitted(at: list[complex]) -> list[complex]:
    """Stretched so that the outermost points touch the sides of the square."""
    left, right = min(p.real for p in at), max(p.real for p in at)
    top, bottom = min(p.imag for p in at), max(p.imag for p in at)
    width, height = max(right - left, 1e-9), max(bottom - top, 1e-9)
    return [complex((p.real - left) / width, (p.imag - top) / height) for p in at]
