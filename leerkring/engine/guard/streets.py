"""Where somebody lives: a street with its number, and a postcode."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from leerkring.engine.guard.reading import Token
from leerkring.engine.guard.words import key_of, words

#: As far before a street "woont" may stand; as many words its name may have.
_NEAR, _MOST = 7, 6
#: A shorter word that ends as a street does is none: "weg", "hofje".
_SHORT = 5
_ADDITION = re.compile(
    r"(?:[A-Za-z]{1,2}(?!\w)|-\d{1,4}(?!\w)|[ -]?(?:hs|bis|rood|zwart|hoog|huis|[IVX]{1,4})(?!\w)|-[A-Za-z]{1,3}(?!\w)"
    r"| [A-HK-Z](?!\w)| ?\d hoog(?!\w))"
)
_POSTCODE = re.compile(r"(?<![\w.,-])[1-9]\d{3}(?:[ \u00a0]{0,2}[A-Z]{2}|[a-z]{2})(?![\w-])")
_AFTER_STREET = re.compile(r"[ ,]{1,3}([1-9]\d{3} ?[A-Za-z]{2})(?!\w)")
_ASKED = re.compile(r"postcode(?: is|:)? ([1-9]\d{3} ?[A-Za-z]{2})(?!\w)", re.IGNORECASE)
_WITH_TOWN = re.compile(r"(?<![\w.,-])([1-9]\d{3} ?[a-z]{2}),? ([^\W\d_]{3,})")


def streets(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Streets with their numbers, and postcodes."""
    for at, token in enumerate(tokens):
        if token.kind != "number" or len(token.text) > 4 or not at or (first := _street(tokens, at)) is None:
            continue
        more = _ADDITION.match(text, token.end)
        end = more.end() if more else token.end
        yield tokens[first].start, end
        if code := _AFTER_STREET.match(text, end):
            yield code.span(1)
    yield from (found.span() for found in _POSTCODE.finditer(text) if _is_postcode(found[0]))
    yield from (found.span(1) for found in _ASKED.finditer(text))
    for found in _WITH_TOWN.finditer(text):
        if key_of(found[2]) in words()["places"] and found[1][-2:] not in words()["after_a_year"]:
            yield found.span(1)


def _is_postcode(said: str) -> bool:
    """Not "2025 VO", "2026pm" or "1500km"."""
    letters = said[4:].strip().lower()
    if letters in words()["no_postcode"]:
        return False
    return said[:2] not in ("19", "20") or (letters not in words()["after_a_year"] and said[-1].isupper())


def _street(tokens: Sequence[Token], number: int) -> int | None:
    """The first word of the street that this is a number of, if it is one."""
    if _counts(tokens, number):
        return None
    last = number - 1
    if last and tokens[last].key in words()["numbered"]:
        last -= 1
    sentences = {tokens[last].sentence + (tokens[last].text != "."), tokens[number].sentence}
    if last and tokens[last].text in (",", "."):
        last -= 1
    word = tokens[last]
    if not word.is_word or word.sentence not in sentences:
        return None
    lives = any(token.key in words()["lives"] for token in tokens[max(0, last - _NEAR) : last])
    first = _first(tokens, last)
    if _is_street(word, lives):
        return first
    if not word.capital:
        return None
    return _avenue_of(tokens, last) or (first if lives and _is_told(tokens, first) else None)


def _counts(tokens: Sequence[Token], number: int) -> bool:
    """Whether a number is an amount or the time: "12 leerlingen", "80%", "10:15"."""
    if number + 1 == len(tokens):
        return False
    after = tokens[number + 1]
    return after.key in words()["counted"] or (after.text in ("%", ":") and after.start == tokens[number].end)


def _avenue_of(tokens: Sequence[Token], last: int) -> int | None:
    """Where "Laan van Meerdervoort" begins, that ends here."""
    for at in range(last - 1, max(-1, last - 5), -1):
        if tokens[at].key not in words()["little"]:
            return at if last - at > 1 and tokens[at].capital and tokens[at].key in words()["heads"] else None
    return None


def _is_told(tokens: Sequence[Token], first: int) -> bool:
    """Whether "woont op" or "adres:" stands directly before."""
    before = tokens[first - 1].key if first else ""
    return before == ":" or before in words()["on"] or before in words()["lives"]


def _is_street(word: Token, lives: bool) -> bool:
    key, ends = word.key, words().ends
    if key in words()["no_street"] or (word.begins and key in words()["words"]):
        return False
    sure = key.endswith(ends["street_ends"])
    maybe = len(key) > _SHORT and key.endswith(ends["maybe_street_ends"])
    if word.capital:
        return sure or (maybe and not _is_other(key))
    return (sure and key not in ends["street_ends"]) or (lives and (maybe or key in words()["heads"]))


def _is_other(key: str) -> bool:
    return key in words().first or key in words()["times"] or key in words()["things"]


def _first(tokens: Sequence[Token], last: int) -> int:
    """Where the name of a street begins that ends here: "Burgemeester de Vlugtlaan"."""
    first = at = last
    while at and tokens[at].sentence == tokens[last].sentence and last - at < _MOST:
        at -= 1
        if tokens[at].capital and not (tokens[at].begins and tokens[at].key in words()["words"]):
            first = at
        elif tokens[at].kind != "initials" and tokens[at].key not in words()["little"]:
            break
    return first


def is_street(token: Token) -> bool:
    """Whether it is the name of a street, also without a number: "Prins Hendrikkade"."""
    ends = (*words().ends["street_ends"], *words().ends["way_ends"])
    known = token.key in words()["no_street"] or token.key in words().last
    return token.capital and token.key.endswith(ends) and not known
