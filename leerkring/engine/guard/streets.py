"""Where somebody lives: a street with its number, and a postcode."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from leerkring.engine.guard.reading import Token
from leerkring.engine.guard.words import key_of, words

#: A street's name ends so. In small letters only the first are enough; the others need "woont" or "adres" before them.
_SURE = ("straat", "laan", "gracht", "kade", "singel", "dreef", "steeg", "plantsoen", "straatje")
_MAYBE = (
    "weg", "plein", "hof", "pad", "dijk", "park", "markt", "wal", "ring", "baan", "oord", "veld", "akker", "kamp", "erf",
    "donk", "weide", "hout", "haven", "burg", "poort", "brink", "hoek", "es", "horst", "berg", "dam", "kant", "straat.", "str",
    "ln", "boulevard", "allee", "dries", "meent", "gaarde", "schans", "stede", "rade", "vaart", "waard", "land", "tuin",
    "tuinen", "wijk", "kwartier", "zijde", "diep", "vliet", "sloot", "loop", "beek", "spoor", "horn", "terp", "hoven", "heuvel", "zoom", "kolk", "werf", "burcht",
    "gors", "velden", "akkers", "rak", "gang", "passage", "vijver", "bocht", "eind", "einde", "hoeve", "heide", "bos", "wei", "steijn", "stein",
)  # fmt: skip
_WAYS = ("weg", "plein", "dijk", "park", "brug", "kerk", "markt", "toren")
_NO_STREET = frozenset(
    "leerweg leerwegen onderweg omweg vanweg halverwege leerpad tijdpad stappenpad voetpad fietspad schoolplein leerplein"
    " leerpleinen snelweg uitweg tussenweg klankpad leeshoek rekenhoek bouwhoek poppenhoek huishoek hoek opmerking"
    " kring leerling leerlingen oefening ring tekening meting les lesbos landkaart speelveld werkveld toepassing".split()
)
_LIVES = frozenset(
    "woont wonen woonde woonden wonende woonachtig adres huisadres thuisadres postadres woonadres verhuisd verhuist verhuisde"
    " verhuizen verhuizing adresgegevens huis thuis bezoekadres opvang staat logeert".split()
)
_ON = frozenset("op aan in te naar de het".split())
_HEADS = frozenset(
    "laan plein weg singel kade hof park straat markt dijk pad gracht dreef rue boulevard".split()
)
_LITTLE = frozenset("t ' van de der den ten ter het 't op aan la in en".split())
_COUNTED = frozenset(
    "leerlingen lln kinderen keer uur minuten meter km winkels huizen leden lessen weken dagen jaar euro graden procent vragen groepen"
    " studenten auto's bomen".split()
)
#: As far before a street as "woont" may stand.
_NEAR = 7
_NUMBERED = frozenset("nr nummer no huisnummer".split())
_ADDITION = re.compile(
    r"(?:[A-Za-z]{1,2}(?!\w)|-\d{1,4}(?!\w)|[ -]?(?:hs|bis|rood|zwart|hoog|huis|[IVX]{1,4})(?!\w)|-[A-Za-z]{1,3}(?!\w)"
    r"| [A-HK-Z](?!\w)| ?\d hoog(?!\w))"
)
_POSTCODE = re.compile(r"(?<![\w.,-])[1-9]\d{3}(?:[ \u00a0]{0,2}[A-Z]{2}|[a-z]{2})(?![\w-])")
_SMALL_POSTCODE = re.compile(r"[ ,]{1,3}[1-9]\d{3} ?[A-Za-z]{2}(?!\w)")
_ASKED_POSTCODE = re.compile(r"postcode(?: is|:)? ([1-9]\d{3} ?[A-Za-z]{2})(?!\w)", re.IGNORECASE)
_WITH_TOWN = re.compile(r"(?<![\w.,-])([1-9]\d{3} ?[a-z]{2}),? ([^\W\d_]{3,})")
#: What is no postcode: these never are, and these stand after a year.
_NEVER = frozenset("sa sd ss km cm mm kg gr ml dl kb gb mb".split())
_AFTER_A_YEAR = frozenset(
    "po vo so ib mr or en is in tl kb bb gl mt lo nt er de ce se nb vs ok gs jr".split()
)


def streets(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Streets with their numbers, and postcodes."""
    for at, token in enumerate(tokens):
        if (
            token.kind == "number"
            and at
            and len(token.text) <= 4
            and (first := _street(tokens, at)) is not None
        ):
            end = token.end
            if more := _ADDITION.match(text, end):
                end = more.end()
            yield tokens[first].start, end
            if code := _SMALL_POSTCODE.match(text, end):
                yield code.start() + len(code[0]) - len(code[0].lstrip(" ,")), code.end()
    for found in _POSTCODE.finditer(text):
        letters, year = found[0][4:].strip().lower(), found[0][:2] in ("19", "20")
        if letters not in _NEVER and not (year and (letters in _AFTER_A_YEAR or found[0][-1].islower())):
            yield found.span()
    yield from (found.span(1) for found in _ASKED_POSTCODE.finditer(text))
    for found in _WITH_TOWN.finditer(text):
        if key_of(found[2]) in words()["places"] and found[1][-2:] not in _AFTER_A_YEAR:
            yield found.span(1)


def _street(tokens: Sequence[Token], number: int) -> int | None:
    """The first word of the street that this is a number of, if it is one."""
    after = tokens[number + 1] if number + 1 < len(tokens) else None
    if after and (after.key in _COUNTED or (after.text in "%:" and after.start == tokens[number].end)):
        return None
    last = number - 1
    if tokens[last].key in _NUMBERED and last:
        last -= 1
    if tokens[last].text in ",." and last:
        last -= 1
    word = tokens[last]
    if not word.is_word or word.sentence != tokens[number].sentence - (tokens[number - 1].text == "."):
        return None
    lives = any(token.key in _LIVES for token in tokens[max(0, last - _NEAR) : last])
    if _is_street(word, lives):
        return _first(tokens, last)
    if not word.capital:
        return None
    head = next((at for at in range(last - 1, max(-1, last - 5), -1) if tokens[at].key not in _LITTLE), last)
    if last - head > 1 and tokens[head].key in _HEADS and tokens[head].capital:  # Laan van Meerdervoort 12
        return head
    first = _first(tokens, last)
    return first if lives and first and tokens[first - 1].key in _ON | _LIVES | {":"} else None


def _is_street(word: Token, lives: bool) -> bool:
    key = word.key
    if key in _NO_STREET or (word.begins and key in words()["words"]):
        return False
    if word.capital:
        return key.endswith(_SURE) or (key.endswith(_MAYBE) and len(key) > 5 and not _is_person(key))
    known = key.endswith(_SURE) and key not in _SURE
    return known or (lives and ((key.endswith(_MAYBE) and len(key) > 5) or key in _HEADS))


def _is_person(key: str) -> bool:
    return key in words().first or key in words()["times"] or key in words()["things"]


def _first(tokens: Sequence[Token], last: int) -> int:
    """Where the name of a street begins that ends here: "Burgemeester de Vlugtlaan"."""
    first = at = last
    while at and tokens[at].sentence == tokens[last].sentence and last - at < 6:
        at -= 1
        if tokens[at].capital and not (tokens[at].begins and tokens[at].key in words()["words"]):
            first = at
        elif tokens[at].kind != "initials" and tokens[at].key not in _LITTLE:
            break
    return first


def is_street(token: Token) -> bool:
    """Whether it is the name of a street, also without a number: "Prins Hendrikkade"."""
    key = token.key
    return (
        token.capital and key.endswith((*_SURE, *_WAYS)) and key not in _NO_STREET and key not in words().last
    )
