"""What changed between two texts, in words."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s*(?:\w+|[^\w\s])|\s+")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
#: How many pairs of equal parts are looked at: enough for two pages of prose. The same word a thousand times over would
#: take minutes.
MOST_PAIRS = 20_000


@dataclass(frozen=True)
class Piece:
    """`kind`: same, gone or new."""

    kind: str
    text: str


def difference(old: str, new: str) -> list[Piece]:
    """`new` with what is gone from `old` in between. Put together, same and new are `new`; same and gone are `old`."""
    for parts in (_WORDS, _LINES):
        before, after = parts.findall(old), parts.findall(new)
        if _pairs(before, after) <= MOST_PAIRS:
            return _compared(before, after)
    return [Piece("gone", old), Piece("new", new)]


def _pairs(before: list[str], after: list[str]) -> int:
    there = Counter(before)
    return sum(there[part] * times for part, times in Counter(after).items())


def _compared(before: list[str], after: list[str]) -> list[Piece]:
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(after[c:d])))
            continue
        pieces += [Piece("gone", "".join(before[a:b])), Piece("new", "".join(after[c:d]))]
    return [piece for piece in pieces if piece.text]
