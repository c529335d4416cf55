"""Whether a column of a file says who pupils are: their names, dates of birth, numbers, addresses.

Judged by its heading and by what is in it. Results need codes only, so such a column is refused; but a subgroup, a
score, a code or the day of a test must pass, or nobody would use it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


def these(words: str) -> frozenset[str]:
    """The words of a text, to look others up in."""
    return frozenset(words.split())


WHY: Mapping[str, Promise] = MappingProxyType(
    {
        "name": _("Hier lijken namen te staan. Haal deze kolom weg en geef iedereen een code."),
        "bsn": _("Hier lijken burgerservicenummers te staan. Haal deze kolom weg en geef iedereen een code."),
        "birth": _("Hier lijken geboortedatums te staan. Haal deze kolom weg."),
        "mail": _("Hier lijken e-mailadressen te staan. Haal deze kolom weg en geef iedereen een code."),
        "phone": _("Hier lijken telefoonnummers te staan. Haal deze kolom weg."),
        "address": _("Hier lijken adressen te staan. Haal deze kolom weg."),
    }
)

#: Words of a heading, without capitals and accents.
_HEADED = MappingProxyType(
    {
        "name": """naam namen voornaam voornamen roepnaam achternaam familienaam tussenvoegsel tussenvoegsels
            tussenv voorvoegsel voorvoegsels voorletters leerlingnaam studentnaam volledigenaam gebruikersnaam
            inlognaam name names firstname lastname surname fullname nickname username initials""",
        "bsn": "bsn burgerservicenummer sofinummer onderwijsnummer persoonsnummer pgn ssn",
        "birth": """geboortedatum geboortedag geboortejaar geboren gebdatum geb verjaardag birthdate birthday dob
            birth born""",
        "mail": "email mail emailadres mailadres emailaddress mailaddress",
        "phone": "telefoon telefoonnummer tel mobiel mobielnummer gsm phone mobile",
        "address": "adres straat huisnummer postcode woonplaats address street zip zipcode postalcode",
    }
)
_KINDS: Mapping[str, str] = {word: kind for kind, words in _HEADED.items() for word in words.split()}
#: A heading that names a thing: "naam toets", "school name".
_THINGS = these(
    """
    toets toetsen test klas klassen groep group class school vak subject onderdeel domein domain cursus
    course niveau level team locatie vestiging location opgave item bestand file
    """
)
_INFIXES = these(
    """
    van de der den het ter ten te in op aan el al bin bint da di du la le dos von abu ait 't 's
    """
)
#: Names that pupils have and that are hardly anything else; enough to know a column by, not to know everyone.
_GIVEN = these(
    """
    aaliyah aaron abdel abdullah abel adam adrian ahmed aisha aicha alex alexander ali alicia alisa
    amber amir amira amy anna anne annelies anouk antonia arda arjen arthur aya ayaan ayoub ayse bart
    bas beau ben benjamin benthe bibi bilal bjorn boaz bram brent britt bryan burak can carmen casper
    cas charlotte chloe chris christiaan claudia coen colin daan damian dana daniel danique dave david
    dean deniz denise dewi dex diana dirk diego dominik duuk dylan eline elif elin elise eliza ella
    emily emir emma emre esmee esra eva evi evy fabian fatih fatima fatma faith fay feline felix fem
    femke fenna fenne feyza fien finn fleur floor floris frank frederik freek gabriel gijs giulia gerrit
    guus hailey hamza hanna hannah hasan hassan hendrik henk hidde hugo hussein ibrahim ilias ilse imane
    imran ines inge isa isabel isabella isabelle ismail ivy jaap jack jacob jade jake jamie jan jana
    janneke jans jasmijn jason jasper jax jayden jelle jens jeroen jesse jet jip jill joep johan
    johannes john jolijn jonas jonathan joost jordy joris jort jose josephine joshua juliette julia
    julian julie jurre justin kaan karim karin katja kay kayleigh kees keano kevin khadija kim klaas
    koen kubilay kyan lana lara lars laura lauren leah leni leon leonie levi lewis lieke liam lily lina
    linde linn lisa lisanne lise liv livia lizzy loek lois lola lotte lotta louise luca lucas luciano
    luka lukas luna luuk lynn maarten maas maartje madelief mads maja manon marc maria mariam marijn
    mark marloes martijn mason mathijs matthijs maud max maryam mehmet mees mehdi mia michael michelle
    mick miguel mila milan milou mina mika mike mirjam mirte mohamed mohammed mohammad morris moussa
    muhammed mustafa myrthe nadia naomi nathan naud neeltje nick niek niels nienke nikki nina noa noah
    noor nora noud nour nova nynke oliver olivia omar oscar otis patrick paul pepijn peter philip pien
    piet pieter pim puck quinn rachel rafael raf rana ravi rayan rens renske rick rik riley robin robert
    roan roel romy ruben ryan saar said salma sam samira samuel sanne sara sarah sem senna senne selma
    siem sien sjoerd sofia sofie sophia sophie stan stef stefan sterre stijn sven tara teun teuntje
    thijmen thijn thijs thomas tibbe tijmen tijn tim timo tobias tom tristan tycho valentina veerle vera
    victor vince vincent wessel wiktoria willem wouter xavi xander yara yasin yasmin yasmine youssef
    yusuf zakaria zara zeynep zoe zoey zofia
    """
)
_SURNAMES = these(
    """
    jansen janssen vries berg bakker dijk visser smit meijer meyer mulder bos vos peters hendriks dekker
    leeuwen brouwer wit dijkstra smits graaf meer kok jacobs haan vermeulen heuvel veen broek schouten
    hoekstra willems bruijn koster prins huisman peeters kuipers veenstra postma kuiper verhoeven kramer
    boer hermans janssens yilmaz kaya demir ozturk celik sahin nguyen wang bakkali amrani idrissi haddad
    khan singh kowalski nowak silva tesfay abdi hassan
    """
)

_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\W\d]{2,}")
_PHONE = re.compile(r"(?:\+31|0031|\(0|0)\(?[0-9)\s./-]{8,16}")
_POSTCODE = re.compile(r"[1-9][0-9]{3} ?(?!S[ADS]$)[A-Z]{2}", re.IGNORECASE)
_ADDRESS = re.compile(
    r"[^\W\d]\D*(?:straat|laan|weg|plein|dreef|hof|kade|gracht|singel|pad|steeg|dijk|street|road|lane) \d+.{0,8}",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.\s?)+")
_BY_NUMBER = re.compile(r"(\d{1,4})([-/. ])(\d{1,2})\2(\d{2,4})(?:[ T].*)?")
_JOINED = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_BY_WORD = re.compile(r"(\d{1,2})[- ]([^\W\d]{3,9})\.?[- ](\d{2,4})")
_MONTHS = ("jan", "feb", "mrt maa mar", "apr", "mei may", "jun", "jul", "aug", "sep", "okt oct", "nov", "dec")
_MONTH_OF = {word: number for number, words in enumerate(_MONTHS, 1) for word in words.split()}
YOUNGEST, OLDEST = 3, 30


def looks_like(heading: str, cells: Sequence[str], today: date) -> Promise | None:
    """Why the column says who somebody is, as a sentence that says what to do; None when it does not."""
    filled = [text for cell in cells if (text := " ".join(cell.split()))]
    if not filled:
        return None
    kind = _by_heading(heading, filled) or _by_contents(heading, filled, today)
    return WHY[kind] if kind else None


def plain(text: str) -> str:
    """Without capitals and accents."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def words_of(heading: str) -> list[str]:
    """Each word of a heading, and two or three together: "E-mail adres" is also emailadres."""
    words = re.findall(r"[^\W_]+", plain(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)))
    together = [words[at : at + size] for size in (1, 2, 3) for at in range(len(words) - size + 1)]
    return ["".join(some) for some in together]


def _by_heading(heading: str, filled: Sequence[str]) -> str:
    words = words_of(heading)
    kind = next((_KINDS[word] for word in words if word in _KINDS), "")
    if not kind or (kind == "name" and _THINGS.intersection(words)):
        return ""
    # Who put codes in the place of names and left the heading has done what we ask.
    coded = kind in {"name", "mail"} and _share(filled, _is_code) > 0.9
    return "" if coded else kind


def _by_contents(heading: str, filled: Sequence[str], today: date) -> str:
    if _share(filled, _MAIL.fullmatch) >= 0.05:
        return "mail"
    if _are_bsn(filled):
        return "bsn"
    if _share(filled, lambda cell: _is_birth(cell, today)) >= 0.5 and _differ(filled, 0.25):
        return "birth"
    if _share(filled, _is_phone) >= 0.5:
        return "phone"
    if max(_share(filled, _POSTCODE.fullmatch), _share(filled, _ADDRESS.fullmatch)) >= 0.5:
        return "address"
    return "name" if _are_names(heading, filled) else ""


def _share(cells: Sequence[str], holds: Callable[[str], object]) -> float:
    return sum(1 for cell in cells if holds(cell)) / len(cells)


def _differ(cells: Sequence[str], share: float) -> bool:
    """Most people have their own; many share a subgroup."""
    different = len({plain(cell) for cell in cells})
    return different > 1 and different >= share * len(cells)


def _is_code(cell: str) -> bool:
    return bool(re.search(r"\d", cell)) or len(cell) == 1


def _are_bsn(filled: Sequence[str]) -> bool:
    """One number of nine digits in eleven passes the test by chance; a whole column of them does not."""
    nine = [
        digits
        for cell in filled
        if len(digits := re.sub(r"[ .]", "", cell).zfill(9)) == 9 and digits.isdecimal()
    ]
    nine = [digits for digits in nine if not digits.startswith("00")]
    passed = sum(1 for digits in nine if _passes_eleven(digits))
    return passed >= 2 and passed > 0.6 * len(filled)


def _passes_eleven(digits: str) -> bool:
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True)) % 11 == 0


def _is_phone(cell: str) -> bool:
    digits = re.sub(r"\D", "", cell)
    if not _PHONE.fullmatch(cell) or digits.startswith("00") != cell.startswith("0031"):
        return False
    # Ten digits on end may be a code, unless they begin as a mobile number does.
    return digits.startswith(("06", "31", "0031")) or (len(digits) == 10 and digits != cell)


def _is_birth(cell: str, today: date) -> bool:
    born = _date(cell, today)
    return born is not None and YOUNGEST <= (today - born).days / 365.25 <= OLDEST


def _date(cell: str, today: date) -> date | None:
    if found := _BY_WORD.fullmatch(cell):
        year, month, day = found[3], str(_MONTH_OF.get(plain(found[2])[:3], 0)), found[1]
    elif found := _BY_NUMBER.fullmatch(cell):
        year, month, day = found[1], found[3], found[4]
        if len(year) != 4:
            year, day = day, year
    elif found := _JOINED.fullmatch(cell):
        year, month, day = found.groups()
    else:
        return None
    whole = int(year)
    if len(year) == 2:
        whole += 2000 if 2000 + whole <= today.year else 1900
    for month_of, day_of in ((month, day), (day, month)):
        with suppress(ValueError):
            return date(whole, int(month_of), int(day_of))
    return None


def _are_names(heading: str, filled: Sequence[str]) -> bool:
    marks = [_mark(cell) for cell in filled]
    certain, known, alike = (sum(mark >= least for mark in marks) / len(marks) for least in (3, 2, 1))
    own, many = _differ(filled, 0.5), len({plain(cell) for cell in filled}) >= 12
    if certain >= 0.5:
        return own or not _THINGS.intersection(words_of(heading))
    if _THINGS.intersection(words_of(heading)):
        return False
    if known >= 0.4:
        return own or many
    # Not everyone's name is on a list: when all have a word of their own, some known names say what it is.
    return (alike >= 0.8 or known >= 0.2) and _differ(filled, 0.8) and len(filled) >= 4


def _mark(cell: str) -> int:
    """3: Noor de Vries, J. Smit, Smit, Noor. 2: a given name or surname by itself. 1: two words with capitals."""
    if len(cell) > 60:
        return 0
    text = re.sub(r"[\d()\[\]\"#]+", " ", cell).strip(" -_.,;:")
    if not text or re.search(r"[=<>{}/\\@|%&+*]", text):
        return 0
    words = [word for word in re.split(r"[\s,.]+", text) if word]
    bare = [plain(word).split("-")[0] for word in words]
    given = [word in _GIVEN for word in bare]
    rest = [word for word, low in zip(words, bare, strict=True) if low not in _INFIXES]
    capitals = [word[:1].isupper() for word in rest]
    letters = all(re.fullmatch(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", word.strip("'’")) for word in words)
    if not letters or not rest or len(words) > 6:
        return 0
    if len(words) == 1:
        return 2 if given[0] or bare[0] in _SURNAMES else 0
    if _INITIALS.match(text) and len(rest[-1]) > 2 and rest[-1][:1].isupper():
        return 3
    if any(given) and (all(capitals) or bare[-1] in _SURNAMES):
        return 3
    if given[0] or (bare[-1] in _SURNAMES and rest[-1:] == words[-1:] and capitals[-1]):
        return 2
    return 1 if all(capitals) and len(rest) <= 3 and all(len(word) > 1 for word in rest) else 0
