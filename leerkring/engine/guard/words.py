"""The words by which the guard reads: `first.txt`, `last.txt`, `known.toml` and `nl.toml`.

All keys are in small letters without accents, as `key_of` gives them. Where the facts come from: SOURCE.txt.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

#: Letters that are more than a letter with an accent.
_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ß": "ss", "’": "'", "`": "'"}
)
#: The same sound, written otherwise: for names that are spelt as they are heard.
_SOUNDS = (
    ("ph", "f"), ("ij", "i"), ("ei", "i"), ("ey", "i"), ("ai", "i"), ("ay", "i"), ("ou", "u"), ("oe", "u"),
    ("ie", "i"), ("y", "i"), ("sch", "sj"), ("sh", "sj"), ("ch", "sj"), ("th", "t"), ("h", ""), ("ck", "k"),
    ("c", "k"), ("q", "k"), ("x", "ks"), ("z", "s"), ("v", "f"), ("dj", "j"), ("d", "t"),
)  # fmt: skip
#: Of shorter names too many sound alike.
_HEARD = 5


def key_of(word: str) -> str:
    """A word in small letters without accents."""
    if word.isascii():
        return word.lower().replace("`", "'")
    low = word.lower().translate(_LETTERS)
    if low.isascii():
        return low
    return "".join(
        letter for letter in unicodedata.normalize("NFKD", low) if not unicodedata.combining(letter)
    )


def sound_of(key: str) -> str:
    """How a name is heard, roughly: Soufyane and Sufian are the same."""
    for written, heard in _SOUNDS:
        key = key.replace(written, heard)
    once = "".join(letter for before, letter in zip(" " + key, key, strict=False) if letter != before)
    return once[:-1] if once.endswith(("a", "e")) else once


_NO_NAMES = (
    *(
        "words",
        "times",
        "things",
        "stories",
        "places",
        "persons",
        "roles",
        "turns",
        "titles",
        "kin",
        "pupil",
        "family",
    ),
    *("workplaces", "named", "pronouns", "articles", "acts", "does"),
)


@dataclass(frozen=True, slots=True)
class Words:
    """All that is known. `first` says of a first name whether it is an ordinary word too."""

    first: Mapping[str, bool]
    heard: frozenset[str]
    last: Mapping[str, bool]  # the same of a last name
    kinds: Mapping[str, frozenset[str]]  # the lists of nl.toml and known.toml
    stories: frozenset[tuple[str, ...]]
    known: Mapping[
        str, tuple[tuple[str, ...], ...]
    ]  # by its first word, what more words belong to it; longest first
    ends: Mapping[str, tuple[str, ...]]
    teaching: tuple[str, ...]
    points: Mapping[str, int]

    other: frozenset[str]  # whatever is no name
    alone: frozenset[str]  # what is called by one word that may be a name too: places, methods, persons

    def __getitem__(self, kind: str) -> frozenset[str]:
        return self.kinds[kind]


def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _listed(name: str) -> list[str]:
    return [word for line in _text(name).splitlines() if not line.startswith("#") for word in line.split()]


def _entries(text: str) -> list[tuple[str, ...]]:
    return [tuple(entry.split()) for line in text.splitlines() for entry in line.split("|") if entry.strip()]


def _by_first(entries: Iterable[tuple[str, ...]]) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    known: dict[str, list[tuple[str, ...]]] = {}
    for first, *more in entries:
        known.setdefault(first, []).append(tuple(more))
    return {first: tuple(sorted(more, key=len, reverse=True)) for first, more in known.items()}


@cache
def words() -> Words:
    """All words, read once."""
    data: dict[str, Any] = tomllib.loads(_text("nl.toml"))
    known: dict[str, str] = tomllib.loads(_text("known.toml"))
    first = {word.rstrip("*"): word.endswith("*") for word in _listed("first.txt")}
    several = {kind: _entries(known[kind]) for kind in ("places", "times", "things", "stories", "persons")}
    kinds = {kind: frozenset(key_of(text).split()) for kind, text in data.items() if isinstance(text, str)}
    kinds["words"] = frozenset(known["words"].split())
    for kind, entries in several.items():
        kinds[kind] = frozenset(entry[0] for entry in entries if len(entry) == 1)
    ends = {kind: tuple(text.split()) for kind, text in data.items() if kind.endswith("_ends")}
    alone = frozenset[str]().union(*(kinds[kind] for kind in ("places", "times", "things", "persons")))
    first |= {name: True for name in first if name in alone}
    return Words(
        first=first,
        heard=frozenset(sound_of(name) for name, word in first.items() if len(name) >= _HEARD and not word),
        last={word.rstrip("*"): word.endswith("*") for word in _listed("last.txt")},
        kinds=kinds,
        stories=frozenset(several["stories"]),
        known=_by_first(entry for entries in several.values() for entry in entries if len(entry) > 1),
        ends=ends | {"no_name_ends": ends["word_ends"] + ends["role_ends"]},
        teaching=tuple(data["teaching"]),
        points=data["points"],
        other=frozenset[str]().union(*(kinds[kind] for kind in _NO_NAMES)),
        alone=alone,
    )


def sounds_listed(key: str) -> bool:
    """Whether it is written otherwise than a name that is listed, and sounds the same."""
    return len(key) >= _HEARD and sound_of(key) in words().heard
