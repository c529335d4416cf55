"""A list of colleagues, pasted or as a file: which of them can be invited, and why others cannot."""

from __future__ import annotations

import csv
import io
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

_ADDRESS = re.compile(r"^[^\s@,;<>]+@[^\s@,;<>]+$")
_SEPARATORS = ("\t", ";", ",")

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
    heading = _parted(table, table.header)
    columns = [_COLUMNS.get(_bare(name), "") for name in heading]
    headed = "email" in columns
    if not headed:
        yield from _without_headings(table.header_ends, heading)
    for line, row in table.rows():
        cells = _parted(table, row)
        if headed:
            yield line, _said(columns, cells)
        else:
            yield from _without_headings(line, cells)
    # More cells than the first line has: nothing to set a line apart for when it holds an address.
    wide = [line for line, reason in table.skipped.items() if reason == "too_many_columns"]
    lines = _lines(table) if wide else []
    for line in wide:
        cells = _own_parts(lines[line - 1])
        if cells:
            del table.skipped[line]
            yield from _without_headings(line, cells)


def _lines(table: Table) -> list[str]:
    """The text as the lines that rows are numbered by."""
    return list(io.StringIO(table.text, newline=""))


def _without_headings(line: int, cells: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """A colleague; or several, when a line is nothing but addresses, as from the head of a mail."""
    said = [cell for cell in map(clean, cells) if cell]
    if len(said) > 1 and all(map(_looks_like_address, said)):
        yield from ((line, {"email": cell}) for cell in said)
    else:
        yield line, _guessed(cells)


def _parted(table: Table, row: Sequence[str]) -> Sequence[str]:
    """The cells of one line. Who pastes from several places has a comma here and a tab there: a line in which no
    cell is an address, or the heading of addresses, by the separator of the table, is parted by its own."""
    if _tells_an_address(row):
        return row
    return _own_parts(table.delimiter.join(row)) or row


def _own_parts(line: str) -> Sequence[str]:
    """The cells by the separator by which one of them is an address; none when there is no such one."""
    line = " ".join(line.splitlines())  # a cell went on over several lines; its quotes are off by now
    for separator in _SEPARATORS:
        cells = next(csv.reader([line], delimiter=separator), [])
        if len(cells) > 1 and _tells_an_address(cells):
            return cells
    return ()


def _tells_an_address(cells: Sequence[str]) -> bool:
    return any(
        _looks_like_address(cell) or _COLUMNS.get(_bare(cell)) == "email" for cell in map(clean, cells)
    )


def _looks_like_address(cell: str) -> bool:
    """One address and nothing more; whether it can be one is judged later."""
    return bool(_ADDRESS.match(cell) or _IN_BRACKETS.match(cell))


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


def to_mend(rows: Sequence[Row]) -> list[Row]:
    """Those that cannot be used as they are; an address that is said twice is no mistake to mend."""
    usable = {row.email for row in rows if row.state != State.CANNOT}
    return [row for row in rows if row.state == State.CANNOT and row.email not in usable]


def still_to_mend(data: bytes, rows: Sequence[Row]) -> str:
    """The lines of the list that those are on, with its headings: to be mended and sent again."""
    table = table_of(data)
    lines = _lines(table)
    begins = sorted({row.line for row in rows} | {len(lines) + 1})
    faulty = dict.fromkeys(row.line for row in to_mend(rows))
    kept = [line for at in faulty for line in lines[at - 1 : begins[begins.index(at) + 1] - 1]]
    heading = lines[: table.header_ends] if table.header_ends < begins[0] else []
    return "".join([*heading, *kept]) if kept else ""


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
        if "@" in row.name:  # else one is asked under the address of another, who is not
            return _("Hier staan meer adressen. Zet elke collega op een eigen regel.")
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
