"""An export read: who reached whom, when and where, in codes; and every row that could not be used, by line.

People become dense codes 1..n. The file's own ids live in memory while it is read and go nowhere else.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from leerkring.engine.exports.dates import Ground, Order, read_dates
from leerkring.engine.exports.mapping import Mapping, of_interactions, settled, settled_members, shown
from leerkring.engine.exports.tables import Table, read_table
from leerkring.engine.exports.unreadable import Unreadable

#: More than these and the wrong column was chosen (a title, a message), or the file is a country.
MOST_COMMUNITIES = 1_000
MOST_MEMBERS = 5_000
#: What a computer for one school can hold in memory, a few times over.
MOST_ROWS = 1_000_000


@dataclass(frozen=True, slots=True)
class Contact:
    """One used row. `counterpart` is None for a post that answers nobody. `at` is Dutch wall time, naive."""

    actor: int
    counterpart: int | None
    at: datetime
    community: int


@dataclass
class Rows:
    """What became of one file's rows. read == used + everything in `skipped`."""

    read: int = 0
    used: int = 0
    #: Reason (of SKIPS) → physical line numbers, ascending.
    skipped: dict[str, list[int]] = field(default_factory=dict)

    def skip(self, line: int, reason: str) -> None:
        """Count the row on `line` as not used."""
        self.skipped.setdefault(reason, []).append(line)

    def skipped_in_order(self) -> list[tuple[int, str]]:
        """(line, reason) of every skipped row, by line."""
        return sorted((line, reason) for reason, lines in self.skipped.items() for line in lines)

    @property
    def skipped_count(self) -> int:
        """How many rows were not used."""
        return sum(map(len, self.skipped.values()))


@dataclass(frozen=True)
class Reading:
    """Everything a mirror needs from an export, and everything its owner needs to trust it."""

    mapping: Mapping
    #: How many members; their codes are 1..members.
    members: int
    #: Names of the communities as in the file, in order of first appearance; one "" when there is no column.
    communities: tuple[str, ...]
    #: Code of a member → code of the school, 1 and up; empty when the file does not say.
    schools: dict[int, int]
    contacts: tuple[Contact, ...]
    rows: Rows
    member_rows: Rows | None
    order: Order | None
    ground: Ground
    encoding: str
    delimiter: str


def read_export(
    interactions: bytes,
    members: bytes | None = None,
    mapping: Mapping | None = None,
    order: Order | None = None,
    *,
    most_rows: int | None = None,
) -> Reading:
    """Read an export. `mapping` None is guessed; `order` says whether 4/5/13 has the day or the month first.
    `most_rows` interactions are read: MOST_ROWS when None.

    Raises Unreadable when the file cannot be read or has no usable row.
    """
    table = read_table(interactions, "interactions")
    people = _People()
    member_rows, of_members = None, Mapping()
    if members is not None:
        member_table = read_table(members, "members")
        of_members = settled_members(member_table, mapping)
        member_rows = _read_members(member_table, of_members, people)
        people.close()
    whole = settled(table, mapping)
    whole = replace(whole, member=of_members.member, school=of_members.school)
    return _Interactions(table, whole, people, most_rows or MOST_ROWS).read(order, member_rows)


class _People:
    """The file's ids and their codes. Closed once a members file has said who belongs."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}
        #: Code of a member → code of the school.
        self.schools: dict[int, int] = {}
        self._open = True

    def __len__(self) -> int:
        return len(self._codes)

    def __contains__(self, name: str) -> bool:
        return name in self._codes

    def close(self) -> None:
        self._open = False

    def code(self, name: str) -> int | None:
        """The code of `name`; a new one while open, None for someone unknown."""
        if self._open:
            return self._codes.setdefault(name, len(self._codes) + 1)
        return self._codes.get(name)


def _identity(value: str) -> str:
    """The same person written twice is one person: spaces, case and composed letters do not count."""
    return unicodedata.normalize("NFC", " ".join(value.split())).casefold()


def _cell(row: list[str], index: int | None) -> str:
    return row[index].strip() if index is not None and index < len(row) else ""


def _read_members(table: Table, mapping: Mapping, people: _People) -> Rows:
    rows = Rows()
    column, index = mapping.member[:80], table.header.index(mapping.member)
    school = table.header.index(mapping.school) if mapping.school else None
    schools: dict[str, int] = {}
    for line, row in table.rows():
        rows.read += 1
        name = _identity(_cell(row, index))
        if not name:
            rows.skip(line, "missing_member")
        elif name in people:
            rows.skip(line, "duplicate_member")
        else:
            code = people.code(name)
            rows.used += 1
            if code and (place := _identity(_cell(row, school))):
                people.schools[code] = schools.setdefault(place, len(schools) + 1)
    _add_broken(rows, table)
    if not rows.used:
        raise Unreadable("no_members", file=table.file, column=column)
    if len(people) > MOST_MEMBERS:
        raise Unreadable("too_many_members", column=column, found=len(people), limit=MOST_MEMBERS)
    return rows


def _add_broken(rows: Rows, table: Table) -> None:
    """Rows that never became cells count as read and skipped too."""
    for line, reason in table.skipped.items():
        rows.read += 1
        rows.skip(line, reason)
    for lines in rows.skipped.values():
        lines.sort()


@dataclass(slots=True)
class _Raw:
    line: int
    actor: str
    counterpart: str
    at: str
    community: str
    post: str
    parent: str


class _Interactions:
    """The interactions file on its way to contacts."""

    def __init__(self, table: Table, mapping: Mapping, people: _People, most_rows: int) -> None:
        self._table = table
        self._most_rows = most_rows
        self._mapping = mapping
        self._people = people
        self._rows = Rows()
        self._communities: dict[str, int] = {}
        self._authors: dict[str, str] = {}

    def read(self, order: Order | None, member_rows: Rows | None) -> Reading:
        raw = list(self._raw())
        dates = read_dates([row.at for row in raw], order)
        if raw and all(isinstance(at, str) for at in dates.at):
            example = next((row.at for row in raw if row.at), "")
            raise Unreadable("no_dates", column=self._mapping.at[:80], example=example[:40])
        contacts = tuple(self._contacts(zip(raw, dates.at, strict=True)))
        _add_broken(self._rows, self._table)
        self._refuse_unusable()
        return Reading(
            mapping=self._mapping,
            members=len(self._people),
            communities=tuple(self._communities),
            schools=self._people.schools,
            contacts=contacts,
            rows=self._rows,
            member_rows=member_rows,
            order=dates.order,
            ground=dates.ground,
            encoding=self._table.encoding,
            delimiter=self._table.delimiter,
        )

    def _raw(self) -> Iterator[_Raw]:
        """Every row, people already by identity; each identity is one string, however often it occurs."""
        known: dict[str, str] = {}

        def identity(value: str) -> str:
            if value not in known:
                known[value] = _identity(value)
            return known[value]

        header = self._table.header
        at = {role: header.index(name) for role, name in of_interactions(self._mapping).items()}
        columns = [at.get(role) for role in ("actor", "counterpart", "at", "community", "post", "parent")]
        for number, (line, row) in enumerate(self._table.rows()):
            if number >= self._most_rows:
                raise Unreadable("too_many_rows", file=self._table.file, limit=self._most_rows)
            actor, counterpart, moment, community, post, parent = (_cell(row, index) for index in columns)
            raw = _Raw(line, identity(actor), identity(counterpart), moment, community, post, parent)
            if raw.post and raw.actor:
                self._authors.setdefault(raw.post, raw.actor)
            yield raw

    def _contacts(self, rows: Iterable[tuple[_Raw, datetime | str]]) -> Iterator[Contact]:
        for raw, at in rows:
            self._rows.read += 1
            found = self._contact(raw, at)
            if isinstance(found, str):
                self._rows.skip(raw.line, found)
            else:
                self._rows.used += 1
                yield found

    def _contact(self, raw: _Raw, at: datetime | str) -> Contact | str:
        """The row as a contact, or the reason to skip it. Nobody gets a code for a row that is skipped."""
        counterpart, problem = self._counterpart(raw)
        if not raw.actor:
            return "missing_actor"
        if problem:
            return problem
        if isinstance(at, str):
            return at
        if raw.actor == counterpart:
            return self._self_tie(raw.actor)
        actor = self._people.code(raw.actor)
        other = self._people.code(counterpart) if counterpart else None
        if actor is None or (counterpart and other is None):
            return "unknown_member"
        return Contact(actor, other, at, self._communities.setdefault(raw.community, len(self._communities)))

    def _self_tie(self, actor: str) -> str:
        """Set apart; the member who wrote it is a member all the same."""
        return "self_tie" if self._people.code(actor) is not None else "unknown_member"

    def _counterpart(self, raw: _Raw) -> tuple[str, str]:
        """Who was addressed, or the reason why that cannot be said."""
        if self._mapping.counterpart:
            return raw.counterpart, "" if raw.counterpart else "missing_counterpart"
        if raw.parent in {"", "0"}:
            return "", ""
        author = self._authors.get(raw.parent, "")
        return author, "" if author else "unknown_parent"

    def _refuse_unusable(self) -> None:
        rows, mapping = self._rows, self._mapping
        if not rows.read:
            raise Unreadable("no_rows", file=self._table.file, there=shown(self._table.header))
        if not rows.used:
            most = max(rows.skipped, key=lambda reason: len(rows.skipped[reason]))
            raise Unreadable("no_usable_row", read=rows.read, most=most)
        if len(self._communities) > MOST_COMMUNITIES:
            found = len(self._communities)
            raise Unreadable(
                "too_many_communities", column=mapping.community[:80], found=found, limit=MOST_COMMUNITIES
            )
        if len(self._people) > MOST_MEMBERS:
            raise Unreadable(
                "too_many_members", column=mapping.actor[:80], found=len(self._people), limit=MOST_MEMBERS
            )
