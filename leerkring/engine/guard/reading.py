"""A text as the guard reads it: cut in words, numbers and signs, in one pass."""

from __future__ import annotations

import re
from typing import NamedTuple

from leerkring.engine.guard.words import key_of

_PIECE = re.compile(
    r"""(?P<initials>(?:[^\W\d_a-z]h?\.-?)+(?!\w))
    |(?P<word>[^\W\d_][^\W\d_\u0300-\u036f]*(?:[\u0300-\u036f]+[^\W\d_]*)*
        (?:['’`-][^\W\d_][^\W\d_\u0300-\u036f]*(?:[\u0300-\u036f]+[^\W\d_]*)*)*)
    |(?P<number>\d+)
    |(?P<line>\n)
    |(?P<sign>[^\s\w])""",
    re.VERBOSE,
)
_GENITIVE = re.compile(r"['’`](?:s|tje|tjes)$", re.IGNORECASE)
#: After these a sentence begins; what else stands before its first word does not end that.
_ENDS = frozenset(".!?:…\n|")
_OPENS = frozenset("\"'“”‘’„«(-–—•*>#[")


class Token(NamedTuple):
    """A word, a number or a sign, from `start` up to `end`. A genitive `'s` is no part of a word."""

    kind: str  # initials, word, number, line, sign
    start: int
    end: int
    text: str
    key: str
    begins: bool  # the first word of a sentence
    sentence: int
    capital: bool  # a word that begins with one

    @property
    def is_word(self) -> bool:
        return self.kind == "word"


def tokens_of(text: str) -> list[Token]:
    """The pieces of a text, in order."""
    tokens: list[Token] = []
    begins, sentence = True, 0
    for found in _PIECE.finditer(text):
        kind = str(found.lastgroup)
        start, end = found.span()
        if kind == "word" and not found[0].isalpha() and (genitive := _GENITIVE.search(found[0])):
            end -= len(genitive[0])
        said = text[start:end]
        key = said if kind == "sign" else key_of(said)
        capital = kind == "word" and said[0].isupper()
        tokens.append(Token(kind, start, end, said, key, begins, sentence, capital))
        if kind in ("sign", "line"):
            sentence += said in ".!?…\n"
            begins = said in _ENDS or (begins and said in _OPENS)
        else:
            begins = False
    return tokens
