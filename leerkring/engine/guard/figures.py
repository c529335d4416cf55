"""What is written in figures: a mail address, a telephone number, a bsn, a pupil's number, a date of birth."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from leerkring.engine.guard.phones import phones

Place = tuple[str, int, int]
Span = tuple[int, int]

_MONTH = (
    "(?:jan(?:uari)?|feb(?:ruari)?|maart|mrt|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sept?(?:ember)?"
    r"|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_BETWEEN = "(?: ?[-/.] ?| )"
_DATES = (
    r"(?:19|20)\d\d[-/.]\d\d?[-/.]\d\d?",
    rf"\d\d?{_BETWEEN}\d\d?{_BETWEEN}'?(?:\d{{4}}|\d\d)",
    rf"\d\d?(?:e|ste|de)?[ -]{_MONTH}(?:[ ,-]{{1,2}}'?(?:\d{{4}}|\d\d))?",
    rf"{_MONTH} \d{{4}}",
    r"\d{8}",
    r"\d{6}",
)
_DATE = re.compile(rf"(?<![\w-])(?:{'|'.join(_DATES)})(?![\w-]|[.,]\d)", re.IGNORECASE)
_BORN = re.compile(
    r"(?<![^\W_])(?:geb(?:\.|(?=[ :]))(?: ?dat(?:um|\.)?)?|geboren|geboortedat(?:um|a|\.)?|geboorte|geboortedag"
    r"|gebdat(?:um)?|geb\.?datum|verjaardag|jarig|d\.o\.b\.?|dob)(?![^\W_])",
    re.IGNORECASE,
)
#: So many letters after "geboren" a date may stand, and so many before it.
_BORN_NEAR, _BORN_AFTER = 45, 30
#: Who was born before is no pupil and no pupil's mother.
_TOO_LONG_AGO = 1940
_LONG_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")

_MAIL = re.compile(
    r"(?<![\w.+-])[\w+-][\w.+-]{0,63}(?:@| ?[(\[](?:at|apenstaartje)[)\]] ?)[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}",
    re.IGNORECASE,
)

_NINE = re.compile(r"(?<![\w.,+-])\d(?:[ .-]?\d){7,8}(?![\w-]|[.,]\d)")
_SERVICE = re.compile(
    r"(?<![^\W_])(?:bsn(?:-?nummer|nr)?|burger ?service ?-?(?:nummer|nr)|sofi(?:-?nummer)?|persoonsnummer|duo|tlv\w*"
    r"|paspoort\w*|id-?(?:kaart|bewijs)|identiteits\w+|toelaatbaarheids\w+|digid)(?![^\W_])",
    re.IGNORECASE,
)
_OTHER_NUMBER = re.compile(
    r"isbn|issn|order|bestel|factuur|kenmerk|artikel|rekening|klant|kvk|brin|licentie|serie|ticket|wachtwoord|code"
    r"|product|referentie|zaak|meld|polis|inkoop|pakket|track|ean|pasnummer|bibliotheekpas",
    re.IGNORECASE,
)
#: So many letters before or after a number "bsn" may stand; so many before it what it is else.
_SERVICE_NEAR, _OTHER_NEAR = 90, 30
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)

_OWN_NUMBER = re.compile(
    r"(?<![^\W_])(?:(?:leerling(?:en)?|student(?:en)?|onderwijs|deelnemers?|stam|kandidaats?|cursist|lln|ll|stud|examen)"
    r"[-. ]{0,2}(?:nummers?|nrs?|no|id)|llnr|lnr|pgn|persoonsgebonden nummer|matrikel(?:nummer)?)(?![^\W_])\.?",
    re.IGNORECASE,
)
_VALUE = re.compile(r"(?<![\w,])(?:[A-Za-z]{1,3}-?)?\d[\d.-]{1,12}\d(?![\w%]|[.,]\d)")
#: So many letters after "leerlingnummer" it may stand; so many before.
_VALUE_NEAR, _VALUE_BEFORE = 50, 25
_LEAST_DIGITS = 4
_MORE = re.compile(r"(?: ?[,/&;]| en| of| \+)+ ?(?:[^\d\n.!?]{0,20}? )?$")
_NO_VALUE = re.compile(
    r"(?:voor|vóór|tot|vanaf|in|sinds|per|om|op|week|lokaal|pagina|blz\.?|groep|klas|jaar) $", re.IGNORECASE
)
_DAY = re.compile(r"\d\d?[-/.]\d\d?[-/.]\d{2,4}")


def in_figures(text: str) -> Iterator[Place]:
    """What is found, most certain first; places may overlap."""
    yield from (("email", *found.span()) for found in _MAIL.finditer(text))
    numbers = sorted({*_numbers(text)})
    yield from (("number", *span) for span in numbers)
    yield from (("bsn", *span) for span in _services(text, numbers))
    yield from (("birth", *span) for span in _births(text))
    yield from (("phone", *span) for span in phones(text))


def passes_eleven(digits: str) -> bool:
    """The eleven test of a burgerservicenummer, of nine digits or of eight; all zeros are none.

    Source: the rule of the government's Logisch Ontwerp BSN.
    """
    digits = digits.rjust(9, "0")
    if len(digits) != 9 or not int(digits):
        return False
    return sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11 == 0


def _digits(said: str) -> str:
    return "".join(letter for letter in said if letter.isdecimal())


def _numbers(text: str) -> Iterator[Span]:
    """Pupils' numbers: after what says that they are, several of them too; or directly before it."""
    for cue in _OWN_NUMBER.finditer(text):
        at = cue.end()
        while found := _VALUE.search(text, at, at + _VALUE_NEAR):
            between = text[at : found.start()]
            if not (_is_linked(between) if at == cue.end() else _MORE.fullmatch(between)):
                break
            if _is_value(found[0], between):
                yield found.span()
            at = found.end()
        if at == cue.end():
            yield from _number_before(text, cue.start())


def _number_before(text: str, end: int) -> Iterator[Span]:
    values = list(_VALUE.finditer(text, max(0, end - _VALUE_BEFORE), end))
    if values and not set(".!?\n;") & set(text[values[-1].end() : end]) and _is_value(values[-1][0], ""):
        yield values[-1].span()


def _is_linked(between: str) -> bool:
    return not set("!?\n0123456789") & set(between) and ". " not in between[1:]


def _is_value(said: str, between: str) -> bool:
    return len(_digits(said)) >= _LEAST_DIGITS and not _DAY.fullmatch(said) and not _NO_VALUE.search(between)


def _services(text: str, numbers: Sequence[Span]) -> Iterator[Span]:
    """Numbers that pass the eleven test: nine digits that are said to be nothing else, eight that are said to be it."""
    said = [found.start() for found in _SERVICE.finditer(text)]
    for found in _NINE.finditer(text):
        digits, (start, end) = _digits(found[0]), found.span()
        at = bisect_left(numbers, (end, end)) - 1
        if not passes_eleven(digits) or (at >= 0 and numbers[at][1] > start):
            continue
        near = bisect_left(said, start - _SERVICE_NEAR)
        asked = near < len(said) and said[near] <= end + _SERVICE_NEAR
        other = _OTHER_NUMBER.search(text, max(0, start - _OTHER_NEAR), start)
        in_groups = max(map(len, re.split(r"[ .-]", found[0]))) > 1
        if asked or (len(digits) == 9 and in_groups and not other):
            yield start, end


def _births(text: str) -> Iterator[Span]:
    """Dates with "geboren" before them or directly after."""
    cues = [found.span() for found in _BORN.finditer(text)]
    at = 0
    for found in _DATE.finditer(text) if cues else ():
        while at + 1 < len(cues) and cues[at + 1][1] <= found.start():
            at += 1
        near = [cue for cue in cues[at : at + 2] if _is_near(text, cue, found.span())]
        if near and _is_birth(found[0], {text[slice(*cue)].lower() for cue in near}):
            yield found.span()


def _is_near(text: str, cue: Span, date: Span) -> bool:
    if cue[1] <= date[0]:
        between = text[cue[1] : date[0]]
        return len(between) <= _BORN_NEAR and not set("!?\n;") & set(between) and ". " not in between[2:]
    between = text[date[1] : cue[0]]
    return len(between) <= _BORN_AFTER and not set(".!?\n;0123456789") & set(between)


def _is_birth(said: str, cues: set[str]) -> bool:
    """Not a birthday without its year, and nobody of long ago."""
    year = _LONG_YEAR.search(said)
    if not year and cues <= {"jarig", "verjaardag"} and len(_digits(said)) < 5:
        return False
    return not year or int(year[0]) >= _TOO_LONG_AGO
