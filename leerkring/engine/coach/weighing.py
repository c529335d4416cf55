"""What the words of a goal weigh: how likely each remark is, by goals that were read before.

A rule knows some words, and every new writer has others. So each remark is weighed as well: `weights.txt` says of
words, of ends of words and of how a text is cut up how they went with the remarks in goals that somebody had labelled
(bench/coach_learn makes it). A remark that weighs too little is left out, and one that weighs very much is made.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from leerkring.engine.coach.amounts import Span
from leerkring.engine.coach.text import Text

#: One letter for what has been read: a date, a class, an instrument, an amount; a number of no matter, a loose one.
LETTERS = {"\ue000": "D", "\ue003": "C", "\ue001": "I", "\ue002": "A", "\ue004": "P", "\ue005": "L"}
#: A weight is a letter, `m` for nothing, and each letter further is so much more.
NOTHING, STEP, LARGEST = "m", 0.06, 12
#: Of what a feature adds, so many bits are of one rule: enough for all features of the longest goal.
LANE = 24
#: So long are the ends of words that count.
ENDS = (3, 4, 5)
#: Whether a cut has more other words than these; no count goes above MOST.
SIZES, MOST = (0, 2, 5, 10), 4
#: Of a text of fewer words nothing can be said: what a rule says of it stands.
FEWEST = 8

_READ = {letter: index for index, letter in enumerate(LETTERS.values())}
_MASKED = re.compile("([\ue000-\ue005])\\1*|[^\\W\\d_]+|[^\\w\\s]")
_WORD = re.compile(r"[^\W\d_]+|[^\w\s]")
#: A word of some meaning.
_LONG = re.compile(r"[^\W\d_]{4,}")
_CUT = frozenset(".;:!?,()|–—")


def features(text: Text, language: str) -> set[str]:
    """All that is weighed: words are of one language, how a text is cut up is of both."""
    masked = [LETTERS[found[1]] if found[1] else found[0] for found in _MASKED.finditer(text.masked)]
    words = set(_WORD.findall(text.plain))
    found = {f"{language} {word}" for word in words}
    found.update([f"{language}-{word[-size:]}" for word in words for size in ENDS if len(word) > size])
    found.update([f"{language} {one} {other}" for one, other in pairwise(["^", *masked, "$"])])
    found.update(_of_cuts(masked))
    return found


def _cut(words: list[str]) -> Iterator[list[str]]:
    cut: list[str] = []
    for word in words:
        if word not in _CUT:
            cut.append(word)
        elif cut:
            yield cut
            cut = []
    if cut:
        yield cut


def _of_cuts(words: list[str]) -> Iterator[str]:
    cuts = list(_cut(words))
    for letter in LETTERS.values():
        yield f"#{letter}{min(words.count(letter), MOST)}"
    yield f"#{min(len(words) // 10, 2 * MOST)}"
    yield f"#n{min(len(cuts), 2 * MOST)}"
    for index, cut in enumerate(cuts):
        read = [word for word in cut if word in _READ]
        kinds = "".join(sorted(set(read), key=_READ.__getitem__))
        size = f"{kinds}{bisect_left(SIZES, len(cut) - len(read))}"
        place = "first" if not index else "last" if index == len(cuts) - 1 else ""
        yield from (f"#{kinds}", f"#{size}", f"#{size}{place}")


@dataclass(frozen=True, slots=True)
class Weighed:
    """How heavy the remark of a rule is, above where it is doubted and above where it is sure."""

    undoubted: float
    sure: float


@dataclass(frozen=True, slots=True)
class Rule:
    """Where the weight of a rule starts, below what its remark is doubted and above what it is made."""

    key: str
    start: float
    doubted: float
    sure: float


@dataclass(frozen=True, slots=True)
class Weights:
    """The rules that are weighed; and for each feature the steps that it adds, of all rules in one number.

    Each rule has LANE bits of it, so that Python adds them all at once; what is nothing counts as LARGEST.
    """

    rules: tuple[Rule, ...]
    adds: Mapping[str, int]


def _steps(number: int, index: int) -> int:
    """What is said of one rule."""
    return number >> LANE * index & (1 << LANE) - 1


@cache
def weights() -> Weights:
    """From weights.txt: a line for each rule, an empty line, and a line for each feature with a letter per rule."""
    text = files(__package__).joinpath("weights.txt").read_text(encoding="utf-8")
    head, _, body = text.partition("\n\n")
    rules = tuple(Rule(key, *map(float, numbers)) for key, *numbers in map(str.split, head.splitlines()))
    lines = (line.partition(" ") for line in body.splitlines())
    least = ord(NOTHING) - LARGEST
    return Weights(
        rules,
        {
            feature: sum((ord(letter) - least) << LANE * index for index, letter in enumerate(letters))
            for letters, _, feature in lines
        },
    )


def weigh(text: Text, language: str) -> Mapping[str, Weighed]:
    """How heavy each remark is; nothing for a text of a few words."""
    if text.plain.count(" ") < FEWEST:
        return {}
    known = weights()
    found = features(text, language) & known.adds.keys()
    total, nothing = sum(map(known.adds.__getitem__, found)), LARGEST * len(found)
    heavy = [rule.start + STEP * (_steps(total, index) - nothing) for index, rule in enumerate(known.rules)]
    return {
        rule.key: Weighed(weight - rule.doubted, weight - rule.sure)
        for rule, weight in zip(known.rules, heavy, strict=True)
    }


def heaviest(text: Text, language: str, key: str) -> Span:
    """The word that speaks most for a rule, of what the parts have left."""
    known = weights()
    index = [rule.key for rule in known.rules].index(key)

    def weight(found: re.Match[str]) -> int:
        names = (f" {found[0]}", *(f"-{found[0][-size:]}" for size in ENDS if len(found[0]) > size))
        adds = [known.adds[language + name] for name in names if language + name in known.adds]
        return sum(_steps(number, index) - LARGEST for number in adds)

    words = list(_LONG.finditer(text.masked))
    return max(words, key=weight).span() if words else (0, len(text.plain))
