"""Numbers as people write them, with a comma or a point. What a sign means is decided over the whole column."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: More digits are no score but a number of something, and would not survive as a float.
MOST_DIGITS = 15
_NUMBER = re.compile(r"([-+]?)([0-9]+(?:[.,][0-9]+)*|[.,][0-9]+)( ?%| / [0-9]+|)")
_SPACED = re.compile(r"(?<=[0-9])[ \u00a0\u202f\u2009](?=[0-9]{3}(?![0-9]))")
#: Groups of three with one sign between them; a thousand does not begin with a zero.
_BY_THREE = re.compile(r"[1-9][0-9]{0,2}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*")


def _match(cell: str) -> re.Match[str] | None:
    """Its sign, its figures, and of what they are a share; 1 234 is 1234."""
    if cell[:1] in {"−", "–"}:
        cell = f"-{cell[1:]}"
    return _NUMBER.fullmatch(_SPACED.sub("", cell) if not cell.isascii() or " " in cell else cell)


def is_number(cell: str) -> bool:
    """Whether it is written as one: 10, 6,5, 1.234,5, 75%. What it is worth, its column says."""
    return _match(cell) is not None


class Unclear(Exception):
    """What a column means cannot be told: `why` is "thousands" or "unlike", with one or two cells as example."""

    def __init__(self, why: str, cell: str, other: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.cell = cell
        self.other = other


def numbers(cells: Sequence[str]) -> list[float | None]:
    """Each cell as a number; None for what is none. Raises Unclear rather than guess between 1,234 and 1234."""
    found = [_match(cell) for cell in cells]
    written = [(cell, match[2], match[3]) for cell, match in zip(cells, found, strict=True) if match]
    # "12 / 20" is how a form says 12; a share of 20 and one of 30, or 75% and 0,8, cannot be laid side by side.
    like = {of.strip(): cell for cell, _text, of in written}
    if len(like) > 1:
        raise Unclear("unlike", *list(like.values())[:2])
    thousands = _thousands([(cell, text) for cell, text, _of in written])
    return [_value(match[1], match[2], thousands) if match else None for match in found]


def _thousands(written: Sequence[tuple[str, str]]) -> str:
    """The sign that separates thousands in this column: a point, a comma, or neither."""
    decimal: set[str] = set()
    grouping: set[str] = set()
    unclear: dict[str, str] = {}
    for cell, text in written:
        signs = re.findall(r"[.,]", text)
        if len(signs) > 1 and (signs[-1] != signs[0] or _BY_THREE.fullmatch(text)):
            grouping.add(signs[0])
            decimal.update(signs[-1] if signs[-1] != signs[0] else "")
        elif len(signs) == 1 and _BY_THREE.fullmatch(text):
            unclear.setdefault(signs[0], cell)
        elif len(signs) == 1:
            decimal.add(signs[0])
    for sign, cell in unclear.items():
        other = "," if sign == "." else "."
        # 6,5 and 1.234: the point is for thousands. 6.5 and 6.125: it is for decimals. By itself nobody can tell.
        if sign in decimal and sign not in grouping:
            continue
        if sign in decimal or not (sign in grouping or other in decimal):
            raise Unclear("thousands", cell)
        grouping.add(sign)
    if both := grouping & decimal:
        raise Unclear("thousands", next(cell for cell, text in written if both.intersection(text)))
    return next(iter(sorted(grouping)), "") if len(grouping) < 2 else _raise(written)


def _raise(written: Sequence[tuple[str, str]]) -> str:
    raise Unclear("thousands", next(cell for cell, text in written if re.search(r"[.,]", text)))


def _value(sign: str, text: str, thousands: str) -> float | None:
    """None for 1.2.3, and for more digits than a score has."""
    bare = text.replace(thousands, "") if thousands else text
    if len(bare) > MOST_DIGITS + 1 or len(re.findall(r"[.,]", bare)) > 1:
        return None
    return float(sign + bare.replace(",", ".")) + 0.0
