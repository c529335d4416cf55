"""A list of colleagues, pasted or as a file: which of them can be invited, and why others cannot."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leerkring.communities.happenings import Role
from leerkring.communities.models import Community, Invitation, Membership
from leerkring.engine.exports.tables import Table, bounded, read_table
from leerkring.engine.exports.unreadable import Unreadable
from leerkring.network.models import Location, School

MOST_ROWS = 500
MOST_BYTES = 1024 * 1024
LONGEST_NAME = 120

#: What a column may be headed, without capitals, spaces and signs.
_HEADED = MappingProxyType(
    {
        "email": "email mail emailadres mailadres emailaddress mailaddress",
        "name": "naam name volledigenaam fullname lid deelnemer collega member participant colleague",
        "first": "voornaam roepnaam firstname givenname first",
        "infix": "tussenvoegsel tussenvoegsels infix prefix",
        "last": "achternaam lastname surname familyname last",
        "role": "rol role",
        "school": "school schoolnaam schoolname",
        "location": "locatie vestiging location site branch",
    }
)
_COLUMNS: Mapping[str, str] = {word: key for key, words in _HEADED.items() for word in words.split()}
_ROLES: Mapping[str, Role] = {
    **dict.fromkeys(("", "lid", "member", "docent", "leraar", "leerkracht", "teacher"), Role.MEMBER),
    **dict.fromkeys(("procesbegeleider", "begeleider", "facilitator"), Role.FACILITATOR),
    **dict.fromkeys(("gast", "guest"), Role.GUEST),
}
#: As mail programs write an address: "Noor Smit <noor@school.nl>".
_IN_BRACKETS = re.compile(r"^(?P<name>[^<>]*)<(?P<email>[^<>\s]+@[^<>\s]+)>$")
#: A spreadsheet that opens a cell with one of these calculates it.
_FORMULA = ("=", "+", "@", "-", "|", "%")

_UNREADABLE = MappingProxyType(
    {
        "empty": _("Hier staat nog niets. Plak een lijst of kies een bestand."),
        "too_large": _("Deze lijst is groter dan 1 MB. Neem alleen de kolommen met namen en adressen."),
        "not_a_table": _(
            "Dit is geen lijst. Bewaar je werkblad als CSV en kies dat bestand, of plak de regels hier."
        ),
        "undecodable": _("We kunnen deze tekst niet lezen. Bewaar het bestand als CSV met UTF-8."),
        "broken_quotes": _(
            "Ergens in de lijst sluit een aanhalingsteken niet. Haal aanhalingstekens weg en probeer opnieuw."
        ),
        "one_long_line": _("Dit is één heel lange regel. Zet elke collega op een eigen regel."),
    }
)


class State(StrEnum):
    INVITE = "invite"
    IN = "in"
    INVITED = "invited"
    CANNOT = "cannot"


WORDS: Mapping[State, Promise] = MappingProxyType(
    {
        State.INVITE: _("wordt uitgenodigd"),
        State.IN: _("doet al mee"),
        State.INVITED: _("is al uitgenodigd"),
        State.CANNOT: _("kan niet"),
    }
)


@dataclass(frozen=True)
class Row:
    """One colleague of the list, on the line of the list where it begins."""

    line: int
    email: str = ""
    name: str = ""
    role: Role = Role.MEMBER
    school: School | None = None
    location: Location | None = None
    state: State = State.INVITE
    why: str | Promise = ""

    @property
    def says(self) -> Promise:
        return WORDS[self.state]


class NoList(Exception):
    """Nothing of it can be used; says what to do."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def table_of(data: bytes) -> Table:
    """The list as a table, whatever its encoding and separator. Raises NoList."""
    try:
        return read_table(bounded(data, "members", MOST_BYTES), "members")
    except Unreadable as problem:
        raise NoList(_UNREADABLE.get(problem.reason, _UNREADABLE["not_a_table"])) from None


def read(data: bytes, community: Community) -> list[Row]:
    """Every colleague of the list and what happens on confirming. Raises NoList."""
    table = table_of(data)
    try:
        found = list(_records(table))
    except Unreadable:
        raise NoList(_UNREADABLE["broken_quotes"]) from None
    if not found:
        raise NoList(_UNREADABLE["empty"])
    if len(found) > MOST_ROWS:
        raise NoList(
            _("Dit zijn %(n)s regels; het kan met %(most)s. Knip de lijst in stukken.")
            % {"n": len(found), "most": MOST_ROWS}
        )
    known = _Known(community)
    rows = [known.row(line, cells) for line, cells in found]
    rows += [
        Row(line, state=State.CANNOT, why=_("Deze regel kunnen we niet lezen.")) for line in table.skipped
    ]
    return _once(sorted(rows, key=lambda row: row.line))


def _records(table: Table) -> Iterator[tuple[int, dict[str, str]]]:
    """Each line with what its cells are. A first line without known headings is a colleague too."""
    columns = [_COLUMNS.get(_bare(name), "") for name in table.header]
    headed = "email" in columns
    if not headed:
        yield table.header_ends, _guessed(table.header)
    for line, row in table.rows():
        yield line, _said(columns, row) if headed else _guessed(row)


def _said(columns: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for column, cell in zip(columns, row, strict=False):
        if column and cell.strip():
            cells.setdefault(column, clean(cell))
    return cells


def _guessed(row: Sequence[str]) -> dict[str, str]:
    """Without headings: what has an @ is the address; of the rest, in this order, what it can only be."""
    cells: dict[str, str] = {}
    for cell in filter(None, map(clean, row)):
        if "@" in cell and "email" not in cells:
            cells["email"] = cell
        elif cell.casefold() in _ROLES and "role" not in cells:
            cells["role"] = cell
        else:
            cells["rest"] = f"{cells['rest']}\n{cell}" if "rest" in cells else cell
    return cells


def clean(cell: str) -> str:
    """Without what nobody sees: control characters, marks that turn the direction of writing, double spaces."""
    seen = "".join(
        " " if unicodedata.category(letter) in {"Cc", "Zl", "Zp", "Cs"} or letter in _TURNS else letter
        for letter in cell
    )
    return re.sub(r"\s+", " ", seen).strip()


_TURNS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


@transaction.atomic
def invite(data: bytes, community: Community, *, by: Membership, language: str, mailed: bool) -> int:
    """Ask in everyone of the list who can be; how many that are. All of them, or when it fails none."""
    community.touch()  # whoever else confirms a list here waits, and then reads who is asked already
    asked = [
        Invitation(
            community=community,
            email=row.email,
            name=row.name,
            role=row.role,
            school=row.school,
            location=row.location,
            language=language,
            by=by,
        )
        for row in read(data, community)
        if row.state == State.INVITE
    ]
    Invitation.make_many(asked, community=community, mailed=mailed)
    return len(asked)


class _Known:
    """Who is in and who is asked already, and the places of this community: each asked once."""

    def __init__(self, community: Community) -> None:
        people = Membership.objects.current().filter(community=community).exclude(user=None)
        self.inside = set(people.values_list("user__email", flat=True))
        self.asked = set(
            Invitation.objects.open().filter(community=community).values_list("email", flat=True)
        )
        self.home = community.school_id
        self.schools = {_bare(school.name): school for school in community.schools.all()}
        here = Location.objects.filter(school__in=self.schools.values())
        self.locations = {(place.school_id, _bare(place.name)): place for place in here}

    def row(self, line: int, cells: dict[str, str]) -> Row:
        cells = self._placed(cells)
        address = cells.get("email", "")
        name = cells.get("name") or " ".join(filter(None, map(cells.get, ("first", "infix", "last"))))
        if bracketed := _IN_BRACKETS.match(address):
            address, name = bracketed["email"], name or bracketed["name"].strip(" \"'")
        row = Row(line, address.lower(), name)
        if why := self._wrong(row, cells):
            return replace(row, state=State.CANNOT, why=why)
        school = self.schools.get(_bare(cells.get("school", "")))
        place = (school.pk if school else self.home, _bare(cells.get("location", "")))
        row = replace(
            row,
            role=_ROLES[cells.get("role", "").casefold()],
            school=school,
            location=self.locations.get(place),
        )
        if row.email in self.inside:
            return replace(row, state=State.IN)
        return replace(row, state=State.INVITED) if row.email in self.asked else row

    def _placed(self, cells: dict[str, str]) -> dict[str, str]:
        """What stood without a heading: a school or location of here, else a part of the name."""
        name = []
        for cell in cells.pop("rest", "").split("\n"):
            if _bare(cell) in self.schools and cell:
                cells.setdefault("school", cell)
            elif cell and any(_bare(cell) == place for _school, place in self.locations):
                cells.setdefault("location", cell)
            else:
                name.append(cell)
        return {**cells, "name": " ".join(name)} if any(name) else cells

    def _wrong(self, row: Row, cells: dict[str, str]) -> str | Promise:
        if not row.email:
            return _("Hier staat geen e-mailadres.")
        if row.email.startswith(_FORMULA) or row.name.startswith(_FORMULA):
            return _("Hier staat een formule.")
        if len(row.email) > 254 or not _is_address(row.email):
            return _("Dit is geen e-mailadres.")
        if len(row.name) > LONGEST_NAME:
            return _("Deze naam is te lang.")
        role = cells.get("role", "").casefold()
        if role not in _ROLES:
            return _("Deze rol kennen we niet. Kies lid of procesbegeleider.")
        if _ROLES[role] == Role.GUEST:
            return _("Een gast doet mee tot een datum. Nodig die apart uit.")
        school = _bare(cells.get("school", ""))
        if school and school not in self.schools:
            return _("Deze school doet niet mee in deze leergemeenschap.")
        at = self.schools[school].pk if school else self.home
        location = _bare(cells.get("location", ""))
        if location and (at, location) not in self.locations:
            return _("Deze locatie kennen we niet bij deze school.")
        return ""


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _once(rows: list[Row]) -> list[Row]:
    """Each address once; the same again says on which line it stands already."""
    first: dict[str, int] = {}
    for at, row in enumerate(rows):
        if row.email and row.state != State.CANNOT and first.setdefault(row.email, row.line) != row.line:
            again = _("Dit adres staat ook op regel %(line)s.") % {"line": first[row.email]}
            rows[at] = replace(row, state=State.CANNOT, why=again)
    return rows
