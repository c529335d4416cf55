"""Names in what is taught, read or quoted: of writers and kings, of people in books, in sums, in practice sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from leerkring.engine.guard.names import Names

_QUOTES = {'"': '"', "“": "”“", "”": "”", "„": "”“", "‘": "’", "’": "’", "'": "'", "«": "»"}
#: The longest that is quoted, in words and signs.
_LONGEST_QUOTE = 60
#: Directly before who is cited.
_REFERS = frozenset(["van", "volgens", "zie", "vgl", "cf", "ook"])
_YEAR = re.compile(r"(?:19|20)\d\d[a-z]?")
_NUMBERED = re.compile(r"I{1,3}|IV|VI{1,3}|IX|X[IVX]+")
#: So many words after "in het boek" somebody in it may be named.
_IN_A_BOOK = 4
#: After these, and so many words further, is named whom a book is about; so many words after the book they stand.
_ABOUT = {"over": 1, "waarin": 3, "genaamd": 1, "met": 1}
_ABOUT_NEAR = 4


#: "Tom en Lisa uit de taalmethode".
def quoted(names: Names) -> Iterator[tuple[int, int]]:
    """Sentences to practise on, titles between quotation marks, and what is no Dutch."""
    foreign = Counter(token.sentence for token in names.tokens if token.key in names.words["foreign"])
    for at, token in enumerate(names.tokens):
        if token.capital and foreign[token.sentence] > 1:
            yield at, at + 1
        if token.is_word and token.key in names.words["sentences"] and (quote := _quote_after(names, at)):
            yield quote
        if token.is_word and token.key in names.words["drills"]:
            last = at + 7 if token.key == "zin" else at + 3
            colon = next((near for near in range(at + 1, last) if names.key(near) == ":"), None)
            if colon and names.tokens[colon].sentence == token.sentence:
                yield colon + 1, names.sentence(colon)[1]


def _quote_after(names: Names, word: int) -> tuple[int, int] | None:
    """What stands between quotation marks shortly after a word."""
    for at in range(word + 1, min(word + 5, len(names.tokens))):
        token = names.tokens[at]
        if close := _QUOTES.get(token.text):
            ends = range(at + 1, min(len(names.tokens), at + _LONGEST_QUOTE))
            return next(((at + 1, end) for end in ends if names.tokens[end].text in close), None)
        if token.sentence != names.tokens[word].sentence or token.text in ",;":
            return None
    return None


def sums(names: Names) -> Iterator[tuple[int, int]]:
    """Sentences that tell a sum: "Lisa heeft 12 knikkers. Hoeveel …", "in opgave 6 fietst Mees"."""
    asked = {token.sentence for token in names.tokens if token.key == "hoeveel"}
    for at, token in enumerate(names.tokens):
        told = at + 2 + names.key(at + 2).isdecimal()
        in_sum = (
            token.key == "in"
            and names.key(at + 1) in ("opgave", "som", "vraag")
            and names.key(told) in names.words["telling"]
        )
        asks = token.key in names.words["sums"] and asked & {
            token.sentence,
            token.sentence + 1,
            token.sentence + 2,
        }
        if in_sum or (token.key == "bereken" and token.begins) or (asks and _counts(names, at)):
            yield names.sentence(at)


def _counts(names: Names, verb: int) -> bool:
    """Whether an amount stands after a verb, and not of something at school."""
    near = names.tokens[verb + 1 : verb + 5]
    if any(token.key in names.words["schooled"] for token in near):
        return False
    return any(token.kind == "number" or token.key in names.words["numerals"] for token in near)


def famous(names: Names) -> Iterator[tuple[int, int]]:
    """Kings and writers: by what stands before them, by their number, or as they are cited."""
    for at, token in enumerate(names.tokens):
        if token.key in names.words["famous"]:
            yield from _after_famous(names, at)
        if token.capital and at + 1 < len(names.tokens) and _NUMBERED.fullmatch(names.tokens[at + 1].text):
            yield at, at + 2
        if _YEAR.fullmatch(token.key) and names.key(at - 1) in ("(", ","):
            first = _first_cited(names, at - 1)
            if (
                at - first != 2 or names.words.first.get(names.key(first)) is not False
            ):  # "Noor (2014)" is born then
                yield first, at - 1
        if _is_cited(names, at):
            yield at, names.after_particles(at) or names.end_of(at)


def _after_famous(names: Names, at: int) -> Iterator[tuple[int, int]]:
    first = at + 1 + (names.key(at + 1) == ".")
    while _opens_name(names, first):
        end = names.end_of(first)
        yield first, end
        if names.key(end) not in ("en", ",", "&"):
            return
        first = end + 1


def _opens_name(names: Names, at: int) -> bool:
    if not names.key(at) or not (names.follows(at) or names.key(at - 1) in (".", ",", "&")):
        return False
    token = names.tokens[at]
    if token.capital:
        return not names.is_something_else(token) or token.key in names.words["particles"]
    return token.kind == "initials" or (names.first_name(token) is False and names.follows(at))


def _is_cited(names: Names, at: int) -> bool:
    """Whether a name begins here of whom a work is, a law, a method, or who is referred to."""
    token, before, second, lists = names.tokens[at], names.key(at - 1), names.key(at - 2), names.words
    if before not in _REFERS:
        return False
    last = token.capital and token.key in lists["particles"] and names.after_particles(at) is not None
    if not last and token.kind != "initials" and not (token.capital and names.standing(at)):
        return False
    whole = last or token.kind == "initials" or names.end_of(at) - at > 1
    if before == "van":
        unlisted = names.standing(at) in ("unlisted", "placed")
        return (
            second in lists["laws"]
            or (whole and second in lists["works"])
            or (unlisted and second in lists["products"])
        )
    if before == "volgens":
        return lists.first.get(token.key) is not False and (whole or names.is_last_name(at))
    referred = before in ("zie", "vgl", "cf") or (before == "ook" and second == "zie")
    return referred and lists.first.get(token.key) is not False


def _first_cited(names: Names, end: int) -> int:
    """Where the names begin of who is cited: "(Van der Veen & Wolbers, 2015)", "Kirschner en Claessens (2018)"."""
    at = end
    while at and names.sentence(at - 1) == names.sentence(end - 1):
        token = names.tokens[at - 1]
        little = (
            token.key in names.words["particles"] or token.text in "&,." or token.key in ("en", "et", "al")
        )
        if not (little or token.capital or token.kind == "initials") or token.key in names.words["words"]:
            break
        at -= 1
    return at


def invented(names: Names) -> Iterator[tuple[int, int]]:
    """People in a book: "het boek over Sam", "in het verhaal gaat Noor", "Tom en Lisa uit de taalmethode"."""
    for at, token in enumerate(names.tokens):
        if token.key in names.words["taught"]:
            yield from _after_book(names, at)
        if token.key == "uit" and names.key(at + 1) in ("de", "het", "een", "ons"):
            book = names.key(at + 2)
            if book in names.words["taught"] or book.endswith(names.words.ends["book_ends"]):
                yield _first_before(names, at), at


def _first_before(names: Names, end: int) -> int:
    at = end
    while at and (names.tokens[at - 1].capital or names.key(at - 1) == "en"):
        at -= 1
    return at


def _after_book(names: Names, book: int) -> Iterator[tuple[int, int]]:
    """Who is named directly after a book, or as whom it is about, or as who does something in it."""
    last = names.sentence(book)[1]
    if names.key(book) in names.words["books"]:
        inside = "in" in (names.key(book - 3), names.key(book - 2), names.key(book - 1))
        near = book + 1 + _IN_A_BOOK if inside and names.key(book + 1) != "van" else book + 2
        yield from _first_named(names, book + 1, min(near, last))
    for at in range(book + 1, min(book + 1 + _ABOUT_NEAR, last)):
        if names.key(at) in _ABOUT and (names.key(at) != "met" or names.key(book) == "context"):
            yield from _first_named(names, at + 1, min(at + 1 + _ABOUT[names.key(at)], last))


def _first_named(names: Names, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The first name from one token up to another, and those that are joined to it."""
    at = next(
        (near for near in range(first, last) if names.tokens[near].capital and names.standing(near)), None
    )
    while at is not None:
        end = names.end_of(at)
        yield at, end
        at = (
            end + 1
            if names.key(end) in ("en", ",") and names.standing(end + 1) and names.tokens[end + 1].capital
            else None
        )


def titled(names: Names) -> Iterator[tuple[int, int]]:
    """Who is in a book by its title: "In Oorlogswinter vindt Michiel", "Jochem uit Spijt"."""
    for at, token in enumerate(names.tokens):
        if not token.capital or (at and names.taken[at - 1]):
            continue
        end = at + 1
        while end < len(names.tokens) and names.taken[at] and names.taken[end]:
            end += 1
        if tuple(names.key(near) for near in range(at, end)) in names.words.stories:
            before = at - 1 - (names.key(at - 1) in _QUOTES)
            if names.key(before) == "in" and names.tokens[before].begins:
                yield names.sentence(at)
            elif names.key(before) == "uit":
                yield _first_before(names, before), before
