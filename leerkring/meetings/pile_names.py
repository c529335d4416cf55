"""What the house calls a pile in the minutes, which know it by its name: one that nobody gave a name is numbered, one
of which the name was taken out is called that. It is kept in Dutch, and read in the language of the reader."""

from __future__ import annotations

import re
from collections.abc import Collection

from django.utils.translation import gettext as _

_NUMBERED = re.compile(r"stapel (\d+)")
#: What a pile is called of which the name was taken out; a second one is (2).
NO_NAME = "naam eruit gehaald"
_TAKEN_OUT = re.compile(rf"{NO_NAME}(| \(\d+\))")


def numbered(place: int) -> str:
    return f"stapel {place}"


def without_name(taken: Collection[str]) -> str:
    """One that no pile has yet."""
    name, number = NO_NAME, 1
    while name in taken:
        number += 1
        name = f"{NO_NAME} ({number})"
    return name


def is_given(name: str) -> bool:
    """Whether somebody gave it."""
    return bool(name) and not (_NUMBERED.fullmatch(name) or _TAKEN_OUT.fullmatch(name))


def shown(name: str) -> str:
    if found := _NUMBERED.fullmatch(name):
        return _("stapel %(number)s") % {"number": found[1]}
    if found := _TAKEN_OUT.fullmatch(name):
        return _("naam eruit gehaald") + found[1]
    return name
