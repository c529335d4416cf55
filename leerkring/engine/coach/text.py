"""A goal as it is read: white space made one, what was found set aside, and cut in sentences and clauses."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate, islice

from leerkring.engine.coach.amounts import Span
from leerkring.engine.coach.language import ENDS, MASKS, Language

#: A goal is a few sentences. What comes after so many characters is not read, so that a page never waits.
LONGEST = 1000

_WORD = re.compile(r"\S+")
_PRIVATE = re.compile("[\ue000-\ue00f]")
_HARD = re.compile(r"[.!?;](?= |$)")
_SOFT = re.compile(r"[,:()—–\"|]| [-*•] ")


def _small(text: str) -> str:
    """In small letters, with every letter at its own place."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c if len(c.lower()) > 1 else c.lower() for c in text)


class Text:
    """One text, read once, with every run of white space as one space. `place` gives offsets in the text itself."""

    def __init__(self, text: str, language: Language) -> None:
        self.language = language
        self._text = text
        self._words = text.split(None, LONGEST // 2)[: LONGEST // 2]
        body = " ".join(self._words)[:LONGEST]
        named = [found.span() for found in language.signs["named"].finditer(body)]
        self.brands = [found.span() for found in language.signs["brand"].finditer(body)]
        self.plain = _small(body)
        self.spans: dict[str, list[Span]] = {}
        self._signs: dict[str, list[Span]] = {}
        masked = _PRIVATE.sub("?", self.plain)
        for kind, mask in MASKS.items():
            places = [found.span() for found in language.read[kind].finditer(masked)]
            if kind in ENDS:
                places = _whole_words(masked, places)
            if kind == "group":
                places = _joined(masked, places, named)
            self.spans[kind] = places
            masked = _filled(masked, places, mask)
        self.masked = masked
        short = language.signs["short"]
        self._hard = [
            at
            for found in _HARD.finditer(masked)
            if not short.search(self.plain, max(0, (at := found.start()) - 8), at + 1)
        ]
        self._soft = [found.start() for found in _SOFT.finditer(masked)]

    def place(self, span: Span) -> Span:
        """The offsets in the text as it was given."""
        return self._place(span[0]), self._place(span[1] - 1) + 1

    def _place(self, at: int) -> int:
        word = bisect_right(self._begins, at) - 1
        return self._given[word] + at - self._begins[word]

    @cached_property
    def _given(self) -> list[int]:
        """Where each word begins in the text as it was given."""
        return [found.start() for found in islice(_WORD.finditer(self._text), len(self._words))]

    @cached_property
    def _begins(self) -> list[int]:
        """Where each word begins here."""
        return list(accumulate((len(word) + 1 for word in self._words), initial=0))

    def signs(self, key: str) -> list[Span]:
        """Where something of a kind stands in what the parts have left."""
        if key not in self._signs:
            self._signs[key] = [found.span() for found in self.language.signs[key].finditer(self.masked)]
        return self._signs[key]

    def sentence(self, at: int) -> Span:
        """The sentence a place lies in."""
        index = bisect_right(self._hard, at)
        begin = self._hard[index - 1] + 1 if index else 0
        return begin, self._hard[index] if index < len(self._hard) else len(self.masked)

    @cached_property
    def _turns(self) -> list[int]:
        """Where another subject may begin: commas, brackets, dat, zodat."""
        return sorted({*self._hard, *self._soft, *(start for start, _ in self.signs("turn"))})

    def clause(self, at: int) -> Span:
        """From one turn to the next."""
        index = bisect_right(self._turns, at)
        begin = self._turns[index - 1] if index else 0
        return begin, self._turns[index] if index < len(self._turns) else len(self.masked)


def _whole_words(text: str, ends: list[Span]) -> list[Span]:
    places: list[Span] = []
    for start, end in ends:
        least = places[-1][1] if places else 0
        while start > least and (text[start - 1].isalnum() or text[start - 1] == "-"):
            start -= 1
        places.append((start, end))
    return places


def _joined(text: str, places: list[Span], more: list[Span]) -> list[Span]:
    """With those that do not touch what has been read."""
    taken = _filled(text, places, MASKS["class"])
    free = [(start, end) for start, end in more if not _PRIVATE.search(taken, start, end)]
    return sorted({*places, *free})


def _filled(text: str, places: list[Span], mask: str) -> str:
    """The text with every place filled with a mask, as long as it was."""
    parts, at = [], 0
    for start, end in places:
        parts += [text[at:start], mask * (end - start)]
        at = end
    return "".join([*parts, text[at:]])
