"""Where a name may stand in a text, and how far it goes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property

from leerkring.engine.guard.reading import Token
from leerkring.engine.guard.words import Words, sounds_listed, words

#: A capital and small letters; "DeShawn" and "El-Amrani" too.
_PART = r"(?:(?:De|La|Le|Da|Mc|Mac|O['’]|D['’])?[^\W\d_a-z][^\W\d_A-Z]+)"
_NAME_SHAPE = re.compile(rf"{_PART}(?:[-’'`]{_PART})*")
#: So far outside the text is looked at most.
_AROUND = 100
#: As many words as a name may have.
_MOST = 7
#: What is longer and ends as a word does, is one.
_LONG = 6
#: With these a last name seldom begins: "op de Beek", but "op de Veluwe".
_PLACED = frozenset(["op", "in", "aan", "uit", "onder", "over"])


class Names:
    """The words of a text that may be a name. What `taken` says is something else."""

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.words: Words = words()
        self.taken = bytearray(len(tokens))
        #: The key of a token; nothing outside the text, before it and after it.
        self.key: Callable[[int], str] = [*(token.key for token in tokens), *[""] * _AROUND].__getitem__
        self._firsts: dict[str, bool | None] = {}
        self._sentences: dict[int, tuple[int, int]] = {}
        for at, token in enumerate(tokens):
            self._sentences[token.sentence] = (self._sentences.get(token.sentence, (at, at))[0], at + 1)

    @cached_property
    def roles(self) -> frozenset[str]:
        """The words of the text that are a role of a colleague: "juf", "taalcoördinator"."""
        roles, ends = self.words["roles"], self.words.ends["role_ends"]
        none = self.words["no_role"] | self.words["turns"]
        keys = {token.key for token in self.tokens if token.is_word} - none
        return frozenset(key for key in keys if key in roles or (len(key) > 4 and key.endswith(ends)))

    def sentence(self, at: int) -> tuple[int, int]:
        """The tokens of the sentence in which a token is."""
        return self._sentences[self.tokens[at].sentence]

    def has_genitive(self, at: int) -> bool:
        """Whether an apostrophe and an s follow: Noa's, collega's."""
        end = self.tokens[at].end
        return self.text[end : end + 2].lower() in ("'s", "’s", "`s")

    def take(self, first: int, end: int) -> None:
        """These words are no name of a pupil."""
        end = min(end, len(self.tokens))
        self.taken[first:end] = bytes([1]) * (end - first)

    def first_name(self, token: Token) -> bool | None:
        """None: no first name that is listed. Else whether it is an ordinary word too."""
        if (
            token.text not in self._firsts
        ):  # most words stand in a text more than once, and are asked for often
            self._firsts[token.text] = self._first_name(token)
        return self._firsts[token.text]

    def _first_name(self, token: Token) -> bool | None:
        listed, key = self.words.first, token.key
        if (found := listed.get(key)) is not None:
            return found
        if "-" in key and len(key) > 4:
            parts = key.split("-")
            capitals = sum(part[:1].isupper() for part in token.text.split("-"))
            known = [part in listed for part in parts]
            return False if all(known) or (any(known) and capitals == len(parts)) else None
        if key in self.words["words"]:
            return None
        if key.endswith("s") and len(key) > 3 and key[:-1] in listed:  # Sems moeder
            return listed[key[:-1]] or not token.capital
        for end in self.words.ends["little_ends"]:
            if key.endswith(end) and len(key) > len(end) + 2 and key.removesuffix(end) in listed:
                return listed[key.removesuffix(end)] or not token.capital
        return None

    def standing(self, at: int) -> str | None:
        """What a word is by itself, as the points know it; None when it cannot be a name."""
        if not 0 <= at < len(self.tokens) or self.taken[at]:
            return None
        token = self.tokens[at]
        if token.kind != "word" or len(token.text) < 2:
            return None
        word = self.first_name(token)
        if not token.capital:
            return self._small(token, word)
        if word is not None:
            return self._listed(token, word)
        return self._unlisted(token)

    def _small(self, token: Token, word: bool | None) -> str | None:
        if token.key in self.words["never_small"]:
            return None
        if word is None:
            known = self.words.last.get(token.key) is False and token.key not in self.words.other
            return "last_small" if known else None
        if not word:
            return "listed_small"
        return "word_small_at_start" if token.begins else "word_small"

    def _listed(self, token: Token, word: bool) -> str:
        shout = len(token.text) < 5 and token.text.isupper()
        if token.key in self.words.alone or (shout and word):
            return "placed"
        if shout:
            return "like_listed"
        if word:
            return "word_at_start" if token.begins else "word"
        return "listed_at_start" if token.begins else "listed"

    def _unlisted(self, token: Token) -> str | None:
        if token.key in self.words["particles"] or self.is_something_else(token):
            return None
        word_ends = (*self.words.ends["word_ends"], *self.words.ends["role_ends"])
        if not _NAME_SHAPE.fullmatch(token.text) or (
            len(token.key) > _LONG and token.key.endswith(word_ends)
        ):
            return None
        if sounds_listed(token.key):
            return "like_listed_at_start" if token.begins else "like_listed"
        return "unlisted_at_start" if token.begins else "unlisted"

    def is_something_else(self, token: Token) -> bool:
        """Whether it is known to be a place, a method, a role or a plain word."""
        return token.key in self.words.other or token.key.removesuffix("s") in self.words.other

    def end_of_words(self, first: int, said: tuple[str, ...]) -> int | None:
        """Up to where these words go that begin here; None when they do not stand here."""
        at = first
        for word in said:
            read = ""
            while at < len(self.tokens) and len(read) < len(word):
                read += self.tokens[at].key
                at += 1
            if read != word:
                return None
        return at

    def follows(self, at: int) -> bool:
        """Whether a word stands directly after the one before it, in the same line."""
        if not 0 < at < len(self.tokens):
            return False
        between = self.text[self.tokens[at - 1].end : self.tokens[at].start]
        return len(between) <= 2 and not between.strip(" \u00a0-")

    def end_of(self, first: int) -> int:
        """Up to where the name goes that begins here."""
        end = first + 1
        while end < len(self.tokens) and end - first < _MOST and self.follows(end):
            token = self.tokens[end]
            if (token.kind == "initials" and len(token.text) == 2) or self.is_last(end):
                end += 1
            elif token.key in self.words["particles"] and (more := self.after_particles(end)):
                end = more
            else:
                break
        return end

    def is_last(self, at: int) -> bool:
        """Whether a word may be a last name, or a second first name, by its capital."""
        token = self.tokens[at]
        if not token.capital or token.begins or self.taken[at] or len(token.text) < 2:
            return False
        if token.key in self.words.last or token.key in self.words.first:
            return True
        something = self.is_something_else(token) or token.key in self.words["particles"]
        return not something and _NAME_SHAPE.fullmatch(token.text) is not None

    def after_particles(self, at: int) -> int | None:
        """Up to where a last name goes that begins with "van de"; None when none follows."""
        end = at
        while end < at + 3 and self.key(end) in self.words["particles"] and (end == at or self.follows(end)):
            end += 1
        if end == at or end >= len(self.tokens) or not self.follows(end):
            return None
        token = self.tokens[end]
        if self.taken[end] or not token.is_word:
            return None
        if self.tokens[at].key in _PLACED and not (end - at == 2 and self.is_last_name(end)):
            return None
        small = (
            not token.capital
            and token.key in self.words.last
            and self.key(at) not in ("de", "la", "le", *_PLACED)
        )
        return end + 1 if self.is_last(end) or small else None

    def is_last_name(self, at: int, at_start: bool = False) -> bool:
        """Whether a word is known as a last name, or ends as one; where a sentence begins it must be no plain word."""
        token = self.tokens[at]
        if not token.capital:
            return False
        for key in (token.key, token.key.removesuffix("s")):
            if (plain := self.words.last.get(key)) is not None:
                return not (plain and at_start)
        return len(token.key) > 5 and token.key.endswith(self.words.ends["last_ends"])
