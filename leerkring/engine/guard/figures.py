"""What is written in figures: a mail address, a telephone number, a bsn, a pupil's number, a date of birth."""

from __future__ import annotations

import re
from collections.abc import Iterator

Place = tuple[str, int, int]

_MONTH = (
    "(?:jan(?:uari)?|feb(?:ruari)?|maart|mrt|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sept?(?:ember)?"
    r"|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE = re.compile(
    rf"(?<![\w-])(?:(?:19|20)\d\d[-/.]\d\d?[-/.]\d\d?|\d\d?(?: ?[-/.] ?| )\d\d?(?: ?[-/.] ?| )'?(?:\d{{4}}|\d\d)"
    rf"|\d\d?(?:e|ste|de)?[ -]{_MONTH}(?:[ ,-]{{1,2}}'?(?:\d{{4}}|\d\d))?|{_MONTH} \d{{4}}|\d{{8}}|\d{{6}})(?![\w-]|[.,]\d)",
    re.IGNORECASE,
)
_BORN = re.compile(
    r"(?<![^\W_])(?:geb(?:\.|(?=[ :]))(?: ?dat(?:um|\.)?)?|geboren|geboortedat(?:um|a|\.)?|geboorte|geboortedag"
    r"|gebdat(?:um)?|geb\.?datum|verjaardag|jarig|d\.o\.b\.?|dob)(?![^\W_])",
    re.IGNORECASE,
)
_BORN_NEAR, _BORN_AFTER = 45, 30
#: Who was born before is no pupil and no pupil's mother.
_TOO_LONG_AGO = 1940

_MAIL = re.compile(
    r"(?<![\w.+-])[\w+-][\w.+-]{0,63}(?:@| ?[(\[](?:at|apenstaartje)[)\]] ?)[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}",
    re.IGNORECASE,
)

_PHONE = re.compile(r"(?<![\w+])(?<!\d[.,-])(?<![A-Z]{4} )(?:(?:\+|00) ?31|\(?0[1-9])")
_LONGEST_PHONE = 26
_BETWEEN_DIGITS = re.compile(r"(?: ?[-–‑/.] ?|[ \u00a0]{1,2}|\) ?-? ?| ?\()?")
_SHORT_PHONE = re.compile(
    r"(?<![^\W_])(?:tel(?:\.|efoon(?:nummer|nr)?|nr|efonisch)?|mobiel(?:e nummer|nummer)?|mob|gsm|whatsapp|06-?nummer|06(?! ?\d))"
    r"(?![^\W_])[^\d\n.!?]{0,25}?\.?:? ?(?<![\d-])([1-9]\d?[ -]?\d(?:[ -]?\d){4,7})(?![\d%]|[.,-]\d)",
    re.IGNORECASE,
)
_SHORT_MOBILE = re.compile(r"(?<![\w.,-])06[ -]?\d{7}(?![\w-]|[ .]\d)")
_FREE = re.compile(r"(?<![\w.,-])0[89]00[ -]?\d{4}(?:\d{3})?(?!\w)")
_DAY = re.compile(r"\d\d?[-/.]\d\d?[-/.]\d{2,4}(?![-/.]?\d)")

_NINE = re.compile(r"(?<![\w.,+-])\d(?:(?:[ .-]|)\d){7,8}(?![\w-]|[.,]\d)")
_SERVICE = re.compile(
    r"(?<![^\W_])(?:bsn(?:-?nummer|nr)?|burger ?service ?-?(?:nummer|nr)|sofi(?:-?nummer)?|persoonsnummer|duo|tlv\w*|paspoort\w*"
    r"|id-?(?:kaart|bewijs)|identiteits\w+|toelaatbaarheids\w+|digid)(?![^\W_])",
    re.IGNORECASE,
)
_OTHER_NUMBER = re.compile(
    r"isbn|issn|order|bestel|factuur|kenmerk|artikel|rekening|klant|kvk|brin|licentie|serie|ticket|wachtwoord|code|product"
    r"|referentie|zaak|meld|polis|inkoop|pakket|track|barcode|ean|pasnummer|bibliotheekpas",
    re.IGNORECASE,
)
_SERVICE_NEAR, _OTHER_NEAR = 90, 30
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)

_OWN_NUMBER = re.compile(
    r"(?<![^\W_])(?:(?:leerling(?:en)?|student(?:en)?|onderwijs|deelnemers?|stam|kandidaat|kandidaats|cursist|lln|ll|stud|examen)[-. ]{0,2}"
    r"(?:nummers?|nrs?|no|id)|llnr|lnr|pgn|persoonsgebonden nummer|matrikel(?:nummer)?)(?![^\W_])\.?",
    re.IGNORECASE,
)
_VALUE = re.compile(r"(?<![\w,])(?:[A-Za-z]{1,3}-?)?\d[\d.-]{1,12}\d(?![\w%]|[.,]\d)")
_VALUE_NEAR, _VALUE_BEFORE = 50, 25
_MORE = re.compile(r"(?: ?[,/&;]| en| of| \+)+ ?(?:[^\d\n.!?]{0,20}? )?$")
_NOT_A_VALUE = re.compile(
    r"(?:voor|vóór|tot|vanaf|in|sinds|per|om|op|week|lokaal|pagina|blz\.?|groep|klas|jaar) $", re.IGNORECASE
)
_YEAR = re.compile(r"(?:19|20)\d\d")


def in_figures(text: str) -> Iterator[Place]:
    """What is found, most certain first; places may overlap."""
    yield from (("email", *found.span()) for found in _MAIL.finditer(text))
    numbers = list(_numbers(text))
    yield from numbers
    yield from (("bsn", *span) for span in _services(text, [span for _, *span in numbers]))
    yield from _births(text)
    yield from (("phone", *span) for span in _phones(text))


def passes_eleven(digits: str) -> bool:
    """The eleven test of a burgerservicenummer, of nine digits or of eight; all zeros are none.

    Source: the rule of the government's Logisch Ontwerp BSN.
    """
    digits = digits.rjust(9, "0")
    if len(digits) != 9 or not int(digits):
        return False
    return sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11 == 0


def _digits(said: str) -> str:
    return "".join(letter for letter in said if letter.isdecimal() and letter.isascii())


def _numbers(text: str) -> Iterator[Place]:
    for cue in _OWN_NUMBER.finditer(text):
        at, first = cue.end(), True
        while found := _VALUE.search(text, at, at + _VALUE_NEAR):
            between = text[at : found.start()]
            if not _linked(between) if first else not _MORE.fullmatch(between):
                break
            if _is_value(found[0], between):
                yield "number", *found.span()
            at, first = found.end(), False
        before = text[max(0, cue.start() - _VALUE_BEFORE) : cue.start()]
        values = list(_VALUE.finditer(before))
        if (
            first
            and values
            and not set(".!?\n;") & set(before[values[-1].end() :])
            and _is_value(values[-1][0], "")
        ):
            shift = max(0, cue.start() - _VALUE_BEFORE)
            yield "number", values[-1].start() + shift, values[-1].end() + shift


def _linked(between: str) -> bool:
    return (
        not set("!?\n") & set(between) and ". " not in between[1:] and not any(c.isdecimal() for c in between)
    )


def _is_value(said: str, between: str) -> bool:
    digits = _digits(said)
    if len(digits) < 4 or _DAY.fullmatch(said):
        return False
    return not (_YEAR.fullmatch(said) and _NOT_A_VALUE.search(between)) and not _NOT_A_VALUE.search(
        between[-8:]
    )


def _services(text: str, taken: list[list[int]]) -> Iterator[tuple[int, int]]:
    said = [found.span() for found in _SERVICE.finditer(text)]
    for found in _NINE.finditer(text):
        digits = _digits(found[0])
        if not passes_eleven(digits) or any(
            start < found.end() and found.start() < end for start, end in taken
        ):
            continue
        asked = any(
            found.start() - _SERVICE_NEAR <= start <= found.end() + _SERVICE_NEAR for start, _ in said
        )
        before = text[max(0, found.start() - _OTHER_NEAR) : found.start()]
        pieces = re.split(r"[ .-]", found[0])
        if asked or (len(digits) == 9 and not _OTHER_NUMBER.search(before) and max(map(len, pieces)) > 1):
            yield found.span()


def _births(text: str) -> Iterator[Place]:
    cues = [found.span() for found in _BORN.finditer(text)]
    if not cues:
        return
    at = 0
    for found in _DATE.finditer(text):
        start, end = found.span()
        while at + 1 < len(cues) and cues[at + 1][1] <= start:
            at += 1
        near = [cue for cue in cues[at : at + 2] if _is_near(text, cue, start, end)]
        if near and _is_birth(found[0], [text[slice(*cue)].lower() for cue in near]):
            yield "birth", start, end


def _is_near(text: str, cue: tuple[int, int], start: int, end: int) -> bool:
    if cue[1] <= start:
        between = text[cue[1] : start]
        return len(between) <= _BORN_NEAR and not set("!?\n;") & set(between) and ". " not in between[2:]
    between = text[end : cue[0]]
    return (
        len(between) <= _BORN_AFTER
        and not set(".!?\n;") & set(between)
        and not any(map(str.isdecimal, between))
    )


def _is_birth(said: str, cues: list[str]) -> bool:
    year = re.search(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)", said)
    whole = year is not None or len(_digits(said)) >= 5
    if all(cue in ("jarig", "verjaardag") for cue in cues) and not whole:
        return False
    return not year or int(year[0]) >= _TOO_LONG_AGO


def _phones(text: str) -> Iterator[tuple[int, int]]:
    for found in _PHONE.finditer(text):
        if end := _phone_end(text, found.start()):
            yield found.start() + (found[0][0] == "(" and ")" not in text[found.start() : end]), end
    yield from (found.span() for pattern in (_FREE, _SHORT_MOBILE) for found in pattern.finditer(text))
    for found in _SHORT_PHONE.finditer(text):
        if not _YEAR.fullmatch(found[1][:4]) or len(_digits(found[1])) > 8:
            yield found.span(1)


def _phone_end(text: str, start: int) -> int | None:
    """Where the number ends that begins here: ten digits, or nine after the country's; None when it is none."""
    said = text[start : start + _LONGEST_PHONE].replace("(0)", "   ")
    international = not said.startswith(("(", "0")) or said.startswith("00")
    wanted = 10 if not international else 11 + 2 * said.startswith("00")
    groups, at = [""], 1 if said[0] in "(+" else 0
    while at < len(said) and sum(map(len, groups)) < wanted:
        if said[at].isdecimal():
            groups[-1] += said[at]
            at += 1
        elif (between := _BETWEEN_DIGITS.match(said, at)) and between[0]:
            at = between.end()
            groups.append("")
        elif said[at] == " ":
            at += 1
        else:
            return None
    row = (
        len(groups) > 4 and all(len(group) < 3 for group in groups) and said[at : at + 2].strip().isdecimal()
    )
    if sum(map(len, groups)) < wanted or (at < len(said) and said[at].isalnum()) or _DAY.match(said) or row:
        return None
    if not international and (len(groups[0]) < 2 or (len(groups[0]) == 2 and groups[0] != "06")):
        return None
    return start + at if len(groups) <= 7 else None
