"""The rules of a language: `nl.toml` and `en.toml`, made into patterns.

In those files a pattern is a regular expression of whole words, and `{name}` stands for a piece from `[pieces]`. The
text is in small letters with single spaces. What has been read already stands in it as a run of one private character;
the pieces `{date}`, `{instrument}`, `{group}` and `{amount}` match such a run. `{word}` is a number in letters,
`{verb}` the first form of any verb.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

LANGUAGES = ("nl", "en")

#: What is read, in this order, and the private character that takes its place. A share is an amount too; `plain` is a
#: number that says how large a class is or which page; `loose` one that counts something ("vier vragen").
MASKS = {
    "date": "\ue000",
    "class": "\ue003",
    "instrument": "\ue001",
    "tool": "\ue001",
    "group": "\ue003",
    "share": "\ue002",
    "plain": "\ue004",
    "amount": "\ue002",
    "loose": "\ue005",
}
#: Kinds of which the end of a word is known, and the word may be any: spreektoets, wiskundeklas.
ENDS = {"tool", "class"}
#: Where the end of a word may be: at any letter, but not in what has been read.
_IN_A_WORD = "(?![ \ue000-\ue00f])"
_PIECE = re.compile(r"\{([a-z_]+)\}")
_ATOM = re.compile(r"\\.|\[[^]]*]")  # what looks like a bracket and is none
_PLAIN = re.compile(r"[\w’'-][\w ’'-]*\??")


@dataclass(frozen=True, slots=True)
class Rule:
    """What the coach asks, and what an answer might look like."""

    key: str
    question: str
    example: str


@dataclass(frozen=True, slots=True)
class Language:
    """All that is known of one language."""

    rules: Mapping[str, Rule]
    read: Mapping[str, re.Pattern[str]]  # date, instrument, share, group, amount: in the order of MASKS
    signs: Mapping[str, re.Pattern[str]]  # what is looked for in the text that is left
    verbs: re.Pattern[str]  # what a pupil is seen or heard to do
    forms: re.Pattern[str]  # of verbs in two: "legt"
    parted: Mapping[str, frozenset[str]]  # "legt" → {"uit"}
    particles: re.Pattern[str]  # "uit"
    months: Mapping[str, int]
    numbers: Mapping[str, int]


def _options(pattern: str) -> list[str]:
    """The alternatives of a pattern, as far as they stand at its top."""
    options, depth, last, at = [], 0, 0, 0
    while at < len(pattern):
        if found := _ATOM.match(pattern, at):
            at = found.end()
            continue
        depth += (pattern[at] == "(") - (pattern[at] == ")")
        if pattern[at] == "|" and not depth:
            options.append(pattern[last:at])
            last = at + 1
        at += 1
    options.append(pattern[last:])
    return options


def _flat(patterns: Iterable[str]) -> Iterator[str]:
    for pattern in patterns:
        options = _options(pattern)
        inner = pattern[3:-1]
        if len(options) > 1:
            yield from _flat(options)
        elif pattern.startswith("(?:") and pattern.endswith(")") and _is_whole(inner):
            yield from _flat(_options(inner))
        else:
            yield pattern


def _is_whole(inner: str) -> bool:
    """Whether brackets close in it that it opens: "(?:a)(?:b)" is no group around something."""
    depth = 0
    for letter in _ATOM.sub("", inner):
        depth += (letter == "(") - (letter == ")")
        if depth < 0:
            return False
    return True


def _any(patterns: Iterable[str], pieces: Mapping[str, str]) -> str:
    """One pattern for any of these. Plain words share their beginnings: a quick way through a long list."""
    words: set[str] = set()
    others: list[str] = []
    for option in _flat(patterns):
        if _PLAIN.fullmatch(option):
            words |= {option[:-2], option[:-1]} if option.endswith("?") else {option}
        else:
            others.append(_PIECE.sub(lambda found: f"(?:{_any([pieces[found[1]]], pieces)})", option))
    return "|".join([*([_tree(words)] if words else []), *others]) or "(?!)"


def _compile(
    patterns: Iterable[str], pieces: Mapping[str, str], before: str = "(?<![\\w\ue000-\ue00f])"
) -> re.Pattern[str]:
    """Any of the patterns, as whole words; never from the middle of what has been read."""
    return re.compile(rf"{before}(?:{_any(patterns, pieces)})(?!\w)")


def _words(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_tree(words) or '(?!)'})(?!\w)")


def _tree(words: Iterable[str]) -> str:
    """A pattern that matches exactly these words and shares their beginnings, so that it is quick for many."""
    branches: dict[str, set[str]] = {}
    for word in words:
        branches.setdefault(word[:1], set()).add(word[1:])
    ends = branches.pop("", None) is not None
    parts = [re.escape(first) + _tree(rest) for first, rest in sorted(branches.items())]
    if not parts:
        return ""
    joined = parts[0] if len(parts) == 1 and not ends else f"(?:{'|'.join(parts)})"
    return joined + "?" if ends else joined


def _verbs(lines: Iterable[str]) -> tuple[set[str], dict[str, set[str]]]:
    """From lines as `leggen legt + uit` and `noemen noemt`: the words, and which particle a form waits for."""
    words: set[str] = set()
    parted: dict[str, set[str]] = {}
    for line in lines:
        forms, _, particle = (part.strip() for part in line.partition("+"))
        for form in forms.split():
            words.add(particle + form)
            if particle:
                parted.setdefault(form, set()).add(particle)
    return words, parted


class _Signs(dict[str, re.Pattern[str]]):
    """Made when they are first asked for: most goals need few of them."""

    def __init__(self, patterns: Mapping[str, list[str]], pieces: Mapping[str, str]) -> None:
        super().__init__()
        self._patterns = patterns
        self._pieces = pieces

    def __missing__(self, key: str) -> re.Pattern[str]:
        self[key] = _compile(self._patterns[key], self._pieces)
        return self[key]


def _read(data: Mapping[str, Any]) -> Language:
    pieces = {**data["pieces"], **{name: f"{mask}+" for name, mask in MASKS.items()}}
    pieces |= {"month": "|".join(data["months"]), "word": "|".join(data["numbers"])}
    pieces["verb"] = "|".join(line.split()[0] for line in data["verbs"])
    words, parted = _verbs(data["verbs"])
    return Language(
        rules=MappingProxyType({key: Rule(key, **texts) for key, texts in data["rules"].items()}),
        read={
            kind: _compile(data["read"][kind], pieces, *([_IN_A_WORD] if kind in ENDS else []))
            for kind in MASKS
        },
        signs=_Signs(data["signs"], pieces),
        verbs=_words(words),
        forms=_words(parted),
        particles=_words(set().union(*parted.values())),
        parted={form: frozenset(particles) for form, particles in parted.items()},
        months=data["months"],
        numbers=data["numbers"],
    )


@cache
def language_of(key: str) -> Language:
    """A language by its key; ValueError for one that has no rules."""
    if key not in LANGUAGES:
        raise ValueError(f"the coach knows no {key!r}; it knows {', '.join(LANGUAGES)}")
    return _read(tomllib.loads(files(__package__).joinpath(f"{key}.toml").read_text(encoding="utf-8")))
