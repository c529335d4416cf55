"""Which column says what. Told by the user, or guessed from Dutch and English headers and from the values."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime

from leerkring.engine.exports.dates import Order, read_date
from leerkring.engine.exports.tables import Table
from leerkring.engine.exports.unreadable import Unreadable


@dataclass(frozen=True)
class Mapping:
    """Column names per role. `post` and `parent` stand in for `counterpart` in an export of posts.

    `member` and `school` are columns of the members file, every other role one of the interactions file.
    """

    actor: str = ""
    counterpart: str = ""
    at: str = ""
    community: str = ""
    member: str = ""
    school: str = ""
    post: str = ""
    parent: str = ""

    def named(self) -> dict[str, str]:
        """Role → column, for the roles that have one."""
        return {role: column for role in ROLES if (column := getattr(self, role))}


ROLES = tuple(field.name for field in fields(Mapping))
OF_MEMBERS = ("member", "school")
_NEEDED = ("actor", "at")
#: A guess looks at so many columns; further ones have to be named.
MOST_GUESSED = 500
_ORDERS: tuple[Order, ...] = ("day", "month")

#: Headers, most telling first, without spaces and marks. A word is looked for whole, then inside a header.
_HEADERS: dict[str, str] = {
    "actor": """
        sender afzender author auteur actor from van fromuser fromname postedby geplaatstdoor user
        userid gebruiker gebruikerid gebruikersnaam username userfullname deelnemer participant
        student lid member source bron wie person persoon naam name""",
    "counterpart": """
        receiver recipient ontvanger counterpart addressee geadresseerde target doel to aan naar
        touser toname replyto replytouser inreplyto antwoordop antwoordaan reactieop reactieaan
        aanwie repliedto destination""",
    "at": """
        timestamp datumtijd datetime datum tijd tijdstip date time created createdat aangemaakt
        timecreated geplaatstop sentat sent verzonden postedat posted moment when wanneer""",
    "community": """
        community leergemeenschap plg discussioncategory groep group groupname groepsnaam forum
        forumname team teamname kanaal channel category categorie course cursus netwerk network
        subgroep""",
    "member": """
        uid id lid lidnummer member memberid userid user gebruiker deelnemer nummer number code
        email emailadres username gebruikersnaam naam name""",
    "school": "school schoolnaam schoolid vestiging locatie organisatie organisation organization brin",
    "post": "id postid berichtid messageid commentid post bericht",
    "parent": """
        parent parentid parentpostid ouder replytoid inreplytoid parentmessageid bovenliggendbericht
        antwoordopid""",
}
#: Parts of a header that are telling enough when no header is exactly one of the words above.
_PARTS: dict[str, str] = {
    "actor": "sender afzender author auteur geplaatstdoor",
    "counterpart": "receiver recipient ontvanger replyto antwoordop reactieop geadresseerde",
    "at": "timestamp datum tijdstip datetime date created aangemaakt",
    "community": "community leergemeenschap groep group forum categor kanaal channel",
    "member": "lidnummer memberid userid email",
}
_ITEM = re.compile(r'\s*([^=,"]+?)\s*=\s*("(?:[^"]|"")*"|[^,]*?)\s*(?:,|$)')


def parse_mapping(text: str) -> Mapping:
    """The mapping in `actor=Sender,at=Timestamp,community="Discussion Category"`.

    Raises Unreadable: map_unclear, unknown_role, role_twice, mapped_twice.
    """
    named: dict[str, str] = {}
    position = 0
    while position < len(text.rstrip()):
        item = _ITEM.match(text, position)
        if item is None:
            raise Unreadable("map_unclear", text=text[position : position + 40])
        role, column = item[1].lower(), item[2]
        if role not in ROLES:
            raise Unreadable("unknown_role", role=role[:40])
        if role in named:
            raise Unreadable("role_twice", role=role)
        if column.startswith('"'):
            column = column[1:-1].replace('""', '"')
        if not column.strip():
            raise Unreadable("map_unclear", text=item[0].strip()[:40])
        named[role] = column.strip()
        position = item.end()
    if not named:
        raise Unreadable("map_unclear", text="")
    mapping = Mapping(**named)
    _refuse_column_twice(mapping)
    return mapping


def guess_mapping(
    header: Sequence[str], sample: Sequence[Sequence[str]], given: Mapping | None = None
) -> Mapping:
    """The roles of an interactions file's columns: `given` ones stay, needed ones are guessed.

    Without `given` the community is guessed too. No column is used twice. What cannot be guessed stays "".
    """
    guess = _Guess(header, sample, given or Mapping())
    guess.moment()
    guess.take("counterpart", _exact)
    if not guess.mapping.counterpart and not guess.posts():
        guess.take("counterpart", _part)
    guess.take("actor", _exact, _part)
    if given is None:
        guess.take("community", _exact, _part)
    return guess.mapping


class _Guess:
    """A mapping being guessed: each column is used once."""

    def __init__(self, header: Sequence[str], sample: Sequence[Sequence[str]], mapping: Mapping) -> None:
        self.mapping = mapping
        self._columns = {
            name: [row[index].strip() for row in sample if index < len(row) and row[index].strip()]
            for index, name in enumerate(header[:MOST_GUESSED])
            if name
        }

    def take(self, role: str, *ways: Callable[[str, Sequence[str]], str], dated: bool = False) -> None:
        """Fill `role`, unless it has a column, with the first free one that a way finds."""
        if getattr(self.mapping, role):
            return
        used = self.mapping.named().values()
        free = [
            name
            for name, values in self._columns.items()
            if name not in used and (not dated or _are_dates(values))
        ]
        for way in ways:
            if found := way(role, free):
                self.mapping = replace(self.mapping, **{role: found})
                return

    def moment(self) -> None:
        """By header and values; then by values that cannot be numbers; then by header alone."""
        self.take("at", _exact, _part, dated=True)
        self.take("at", lambda _role, free: next(filter(self._written, free), ""), dated=True)
        self.take("at", _exact, _part)

    def posts(self) -> bool:
        """Both columns of an export in which each row is a post that names the post it answers."""
        before = self.mapping
        self.take("parent", _exact)
        self.take("post", _exact)
        if self.mapping.parent and self.mapping.post:
            return True
        self.mapping = before
        return False

    def _written(self, name: str) -> bool:
        return not all(value.isdigit() for value in self._columns[name])


def settled_members(table: Table, mapping: Mapping | None) -> Mapping:
    """The mapping of a members file: `member` by its header, else the first column; `school` only when seen.

    Raises Unreadable: missing_column, duplicate_column, mapped_twice.
    """
    names = [name for name in table.header if name]
    given = mapping or Mapping()
    member = given.member or _exact("member", names) or _part("member", names) or names[0]
    school = given.school or ("" if mapping else _exact("school", names))
    member, school = present(table, member), school and present(table, school)
    if member == school:
        raise Unreadable("mapped_twice", column=member[:80])
    return Mapping(member=member, school=school)


def of_interactions(mapping: Mapping) -> dict[str, str]:
    """Role → column, for the columns of the interactions file."""
    return {role: column for role, column in mapping.named().items() if role not in OF_MEMBERS}


def settled(table: Table, mapping: Mapping | None) -> Mapping:
    """The mapping to read `table` with: complete, every column there, none used twice.

    Raises Unreadable: missing_column, duplicate_column, mapped_twice, no_column_for.
    """
    given = None
    if mapping is not None:
        given = Mapping(**{role: present(table, name) for role, name in of_interactions(mapping).items()})
        _refuse_column_twice(given)
    whole = guess_mapping(table.header, table.sample(), given)
    missing = [role for role in _NEEDED if not getattr(whole, role)]
    if not whole.counterpart and not (whole.post and whole.parent):
        missing.append("counterpart")
    if missing:
        for column in filter(None, table.header):
            present(table, column)  # a name that stands there twice may be why
        raise Unreadable("no_column_for", file=table.file, role=missing[0], there=shown(table.header))
    for column in whole.named().values():
        present(table, column)
    return whole


def present(table: Table, name: str) -> str:
    """The header's own spelling of column `name`. Raises Unreadable: missing_column, duplicate_column."""
    wanted = _same(name)
    exact = [column for column in table.header if column == name]
    alike = exact or [column for column in table.header if column and _same(column) == wanted]
    if not alike:
        raise Unreadable("missing_column", file=table.file, column=name[:80], there=shown(table.header))
    if len(alike) > 1:
        raise Unreadable("duplicate_column", file=table.file, column=alike[0][:80])
    return alike[0]


def shown(header: Sequence[str]) -> list[str]:
    """The columns that are there, short enough for a sentence: a dozen, of 40 characters each."""
    return [name[:40] for name in header if name][:12]


def _refuse_column_twice(mapping: Mapping) -> None:
    used: set[str] = set()
    for column in of_interactions(mapping).values():
        if _same(column) in used:
            raise Unreadable("mapped_twice", column=column[:80])
        used.add(_same(column))


def _same(name: str) -> str:
    return " ".join(name.split()).casefold()


def _bare(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())


def _exact(role: str, names: Sequence[str]) -> str:
    bare = {_bare(name): name for name in reversed(names)}
    return next((bare[word] for word in _HEADERS[role].split() if word in bare), "")


def _part(role: str, names: Sequence[str]) -> str:
    parts = _PARTS.get(role, "").split()
    return next((name for part in parts for name in names if part in _bare(name)), "")


def _are_dates(values: Sequence[str]) -> bool:
    good = sum(any(isinstance(read_date(value, order), datetime) for order in _ORDERS) for value in values)
    return 0 < len(values) <= 2 * good
