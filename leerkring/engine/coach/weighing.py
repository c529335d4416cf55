"""What the words of a goal weigh: how likely each remark is, by goals that were read before.

A rule knows some words, and every new writer has others. So each remark is weighed as well: `weights.txt` says of words,
of ends of words and of how a text is cut up how they went with the remarks in goals that somebody had labelled
(bench/coach_learn makes it). A remark that weighs too little is left out, and one that weighs very much is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from leerkring.engine.coach.amounts import Span
from leerkring.engine.coach.text import Text

#: One letter for what has been read: a date, a class, an instrument, an amount; a number of no matter, a loose one.
LETTERS = {"\ue000": "D", "\ue003": "C", "\ue001": "I", "\ue002": "A", "\ue004": "P", "\ue005": "L"}
#: A weight is a letter, `m` for nothing, and each letter further is so much more.
NOTHING, STEP, LARGEST = "m", 0.06, 12
#: So long are the ends of words that count.
ENDS = (3, 4, 5)
#: Whether a cut has more other words than these; no count goes above MOST.
SIZES, MOST = (0, 2, 5, 10), 4
#: Of a text of fewer words nothing can be said: what a rule says of it stands.
FEWEST = 8

_MASKED = re.compile("([\ue000-\ue005])\\1*|[^\\W\\d_]+|[^\\w\\s]")
_WORD = re.compile(r"[^\W\d_]+|[^\w\s]")
_CUT = re.compile(r"[.;:!?](?= |$)|[,()|–—]")

#: A feature, and the words it stands at when it stands at some.
Feature = tuple[str, Span | None]


def features(text: Text, language: str) -> Iterator[Feature]:
    """All that is weighed: words are of one language, how a text is cut up is of both."""
    for feature, span in _of_words(text):
        yield language + feature, span
    yield from ((feature, None) for feature in _of_cuts(text))


def _of_words(text: Text) -> Iterator[Feature]:
    for found in _WORD.finditer(text.plain):
        word = found[0]
        yield f" {word}", found.span()
        yield from ((f"-{word[-size:]}", found.span()) for size in ENDS if len(word) > size)
    before, start = "^", 0
    for found in _MASKED.finditer(text.masked):
        word = _letter(found)
        yield f" {before} {word}", (start, found.end())
        before, start = word, found.start()
    yield f" {before} $", None


def _letter(found: re.Match[str]) -> str:
    return LETTERS[found[1]] if found[1] else found[0]


def _of_cuts(text: Text) -> Iterator[str]:
    cuts = [[_letter(found) for found in _MASKED.finditer(cut)] for cut in _CUT.split(text.masked)]
    cuts = [cut for cut in cuts if cut]
    for letter in LETTERS.values():
        yield f"#{letter}{min(sum(cut.count(letter) for cut in cuts), MOST)}"
    yield f"#{min(sum(map(len, cuts)) // 10, 2 * MOST)}"
    yield f"#n{min(len(cuts), 2 * MOST)}"
    for index, cut in enumerate(cuts):
        kinds = "".join(letter for letter in LETTERS.values() if letter in cut)
        others = sum(word not in kinds for word in cut)
        size = f"{kinds}{sum(others > least for least in SIZES)}"
        place = "first" if not index else "last" if index == len(cuts) - 1 else ""
        yield from (f"#{kinds}", f"#{size}", f"#{size}{place}")


@dataclass(frozen=True, slots=True)
class Weighed:
    """A rule: how heavy its remark is, above where it is doubted and above where it is sure; and its heaviest words."""

    undoubted: float
    sure: float
    words: Span | None


@dataclass(frozen=True, slots=True)
class Rule:
    """Where the weight of a rule starts, below what its remark is doubted and above what it is made."""

    key: str
    start: float
    doubted: float
    sure: float


@dataclass(frozen=True, slots=True)
class Weights:
    """The rules that are weighed; and for each feature, which of them it weighs for and how much."""

    rules: tuple[Rule, ...]
    adds: Mapping[str, tuple[tuple[int, float], ...]]


@cache
def weights() -> Weights:
    """From weights.txt: a line for each rule, an empty line, and a line for each feature with a letter per rule."""
    text = files(__package__).joinpath("weights.txt").read_text(encoding="utf-8")
    head, _, body = text.partition("\n\n")
    rules = tuple(Rule(key, *map(float, numbers)) for key, *numbers in map(str.split, head.splitlines()))
    adds: dict[str, tuple[tuple[int, float], ...]] = {}
    for line in body.splitlines():
        letters, _, feature = line.partition(" ")
        steps = [(index, ord(letter) - ord(NOTHING)) for index, letter in enumerate(letters)]
        adds[feature] = tuple((index, step * STEP) for index, step in steps if step)
    return Weights(rules, adds)


def weigh(text: Text, language: str) -> Mapping[str, Weighed]:
    """How heavy each remark is; nothing for a text of a few words."""
    if text.plain.count(" ") < FEWEST:
        return {}
    known = weights()
    seen: dict[str, Span | None] = {}
    for feature, span in features(text, language):
        if feature in known.adds:
            seen.setdefault(feature, span)
    heavy = [rule.start for rule in known.rules]
    most = [0.0] * len(heavy)
    words: list[Span | None] = [None] * len(heavy)
    for feature, span in seen.items():
        for index, adds in known.adds[feature]:
            heavy[index] += adds
            if span and adds > most[index]:
                most[index], words[index] = adds, span
    return {
        rule.key: Weighed(weight - rule.doubted, weight - rule.sure, place)
        for rule, weight, place in zip(known.rules, heavy, words, strict=True)
    }
