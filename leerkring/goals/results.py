"""Results of pupils from a file or from what was pasted: read with care, and kept by codes that say nobody's name.

The way: `read_sheet`, `suspects` (a column that says who pupils are is refused), `guess`, `read_results`, and `pack`,
in which each code has become one that cannot be turned back without the salt. What cannot be used is told by line; a
file that cannot be used is `Unusable`, with one sentence that says what to do.
"""

from __future__ import annotations

import hmac
import json
import re
import unicodedata
import zlib
from collections import abc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.goals.numbers import Unclear, is_number, numbers
from leerkring.goals.persons import looks_like, plain, these, words_of
from leerkring.goals.sheets import ABSENT, CODE, LONGEST, SCORE, Sheet, Unusable, read_sheet

__all__ = (
    "Mapping",
    "Reading",
    "Results",
    "Sheet",
    "Suspect",
    "Unusable",
    "guess",
    "pack",
    "read_results",
    "read_sheet",
    "spelled_as",
    "suspects",
    "unpack",
)

#: More subgroups than this: the wrong column was chosen.
MOST_GROUPS = 30
#: So many cells, spread over the file, tell what a column is.
ENOUGH = 1_000


@dataclass(frozen=True)
class Suspect:
    """A column that seems to say who pupils are, and why, with what to do."""

    column: str
    why: Promise


@dataclass(frozen=True)
class Mapping:
    """Which column holds the codes, which the scores, and which divide pupils into subgroups."""

    code: str
    value: str
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class Results:
    """One score of each pupil. All are as long as `codes`; a group is "" for who is in none."""

    codes: tuple[str, ...]
    values: tuple[float, ...]
    groups: abc.Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Reading:
    """What could be used, and by line what could not."""

    results: Results
    #: Codes that are there more than once, and where. With the same score they count once.
    doubled: tuple[tuple[str, tuple[int, ...]], ...]
    #: Lines without a score: not there, ill, a dash.
    empty: tuple[int, ...]
    #: Line and cell of what is no number.
    unreadable: tuple[tuple[int, str], ...]
    #: Those of `doubled` with different scores: none of them is used.
    contradicting: tuple[tuple[str, tuple[int, ...]], ...] = ()
    #: Lines with something in them, but no code.
    codeless: tuple[int, ...] = ()


# -- what the columns are -------------------------------------------------------------------------------------


def suspects(sheet: Sheet) -> tuple[Suspect, ...]:
    """The columns that look like names, numbers, dates of birth or addresses of persons."""
    return _suspects(sheet, sheet.header)


def _suspects(sheet: Sheet, columns: Sequence[str]) -> tuple[Suspect, ...]:
    today, step = clock.today(), 1 + len(sheet.rows) // ENOUGH
    found = []
    for name in columns:
        why = looks_like(name if sheet.has_header else "", sheet.column(name)[::step], today)
        found += [Suspect(name, why)] if why is not None else []
    return tuple(found)


def guess(sheet: Sheet) -> Mapping | None:
    """What the columns seem to be; None when no column can be the code, or none the score."""
    suspected = {suspect.column for suspect in suspects(sheet)}
    cells = {name: sheet.column(name) for name in sheet.header if name not in suspected}
    named = [n for n, column in cells.items() if CODE.intersection(words_of(n)) and _own(column, 0.5)]
    code = next(iter(named or [name for name, column in cells.items() if _own(column, 0.9)]), None)
    scored = [name for name, column in cells.items() if name != code and _is_scored(column)]
    named = [name for name in scored if SCORE.intersection(words_of(name))]
    value = next(iter(named or scored[-1:]), None)
    if code is None or value is None:
        return None
    groups = [n for n, column in cells.items() if n not in {code, value, *scored} and _divides(column)]
    return Mapping(code, value, tuple(groups))


def _own(column: Sequence[str], share: float) -> bool:
    """Whether at least that share of pupils has something of their own here, other than a score."""
    filled = [cell.casefold() for cell in column if cell]
    return min(len(filled), len(set(filled))) >= share * len(column) and not _is_fraction(filled)


def _is_fraction(filled: Sequence[str]) -> bool:
    return any(is_number(cell) and re.search(r"[.,%]", cell) for cell in filled)


def _is_scored(column: Sequence[str]) -> bool:
    filled = [cell for cell in column if plain(cell) not in ABSENT]
    return bool(filled) and sum(map(is_number, filled)) >= 0.5 * len(filled)


def _divides(column: Sequence[str]) -> bool:
    filled = [cell.casefold() for cell in column if cell]
    return 2 <= len(set(filled)) <= min(12, len(filled) // 2) and max(map(len, filled)) <= LONGEST


# -- the results ----------------------------------------------------------------------------------------------


def read_results(sheet: Sheet, mapping: Mapping) -> Reading:
    """The score of each code, and of every line that is not used why. Raises Unusable."""
    chosen = (mapping.code, mapping.value, *mapping.groups)
    if len(set(chosen)) < len(chosen):
        raise Unusable(
            _("Eén kolom is twee keer gekozen. Kies voor code, score en groep elk een andere kolom.")
        )
    if found_out := _suspects(sheet, chosen):
        raise Unusable(found_out[0].why)
    written, cells = sheet.column(mapping.code), sheet.column(mapping.value)
    codes = [_same(code) for code in written]
    scored = [plain(cell) not in ABSENT for cell in cells]
    values = _values(
        mapping.value, [cell if there else "" for cell, there in zip(cells, scored, strict=True)]
    )
    groups = {name: _groups(name, sheet.column(name)) for name in mapping.groups}

    places: dict[str, list[int]] = {}
    for at, code in enumerate(codes):
        if code:
            places.setdefault(code, []).append(at)
    doubled, contradicting, used = [], [], []
    for code, found in places.items():
        with_score = [at for at in found if values[at] is not None]
        told = (written[found[0]], tuple(sheet.lines[at] for at in found))
        doubled += [told] if len(found) > 1 else []
        if len({values[at] for at in with_score}) > 1:
            contradicting.append(told)
        elif with_score:
            used.append((code, with_score))
    results = Results(
        tuple(code for code, _at in used),
        tuple(value for _code, at in used if (value := values[at[0]]) is not None),
        {
            name: tuple(_agreed([said[each] for each in at]) for _code, at in used)
            for name, said in groups.items()
        },
    )
    by_line = list(zip(sheet.lines, codes, cells, scored, values, strict=True))
    return Reading(
        results,
        tuple(doubled),
        tuple(line for line, code, _cell, there, _value in by_line if code and not there),
        tuple((line, cell) for line, code, cell, there, value in by_line if code and there and value is None),
        tuple(contradicting),
        tuple(line for line, code, *_rest in by_line if not code),
    )


def _same(code: str) -> str:
    """Codes are the same without capitals and spaces around them; 007 is not 7."""
    return unicodedata.normalize("NFC", code).casefold()


def _values(column: str, cells: Sequence[str]) -> list[float | None]:
    try:
        values = numbers(cells)
    except Unclear as problem:
        examples = {"column": column, "cell": problem.cell, "other": problem.other}
        raise Unusable(gettext(_UNCLEAR[problem.why]) % examples) from None
    if all(value is None for value in values):
        raise Unusable(
            gettext("In de kolom “%(column)s” staan geen getallen. Kies de kolom met de scores.")
            % {"column": column}
        )
    return values


_UNCLEAR = MappingProxyType(
    {
        "thousands": gettext_noop(
            "In de kolom “%(column)s” staat %(cell)s. We zien niet of dat meer dan duizend is. Schrijf duizend als"
            " 1000, en rond andere getallen af op twee cijfers achter de komma."
        ),
        "unlike": gettext_noop(
            "In de kolom “%(column)s” staan scores die je niet kunt vergelijken, zoals %(cell)s en %(other)s. Schrijf"
            " ze allemaal op dezelfde manier."
        ),
    }
)


#: In no group. "Geen" and "nee" are groups.
_UNSAID = frozenset({"", *these("- -- – — . ? onbekend unknown nvt n.v.t. n.v.t n/a #n/b #n/a")})


def _groups(column: str, cells: Sequence[str]) -> list[str]:
    """Each in one spelling, the first. "" for who is in none."""
    first: dict[str, str] = {}
    known = {
        cell: "" if plain(cell) in _UNSAID else first.setdefault(plain(cell), cell)
        for cell in dict.fromkeys(cells)
    }
    if len(first) > MOST_GROUPS:
        raise Unusable(
            gettext("In de kolom “%(column)s” staan %(n)s groepen. Het kan met %(most)s; kies een andere.")
            % {"column": column, "n": len(first), "most": MOST_GROUPS}
        )
    if any(len(name) > LONGEST for name in first.values()):
        raise Unusable(
            gettext(
                "In de kolom “%(column)s” staan lange teksten. Kies een kolom met korte namen van groepen."
            )
            % {"column": column}
        )
    return [known[cell] for cell in cells]


def _agreed(said: Sequence[str]) -> str:
    """The group of who is there twice; "" when the lines differ."""
    return said[0] if len(set(said)) == 1 else ""


def spelled_as(results: Results, known: Results) -> Results:
    """With columns and groups called as in `known`: who is in "ja" now was in "Ja" then."""
    ways = {plain(way): way for way in known.groups}
    groups: dict[str, tuple[str, ...]] = {}
    for way, said in results.groups.items():
        name = ways.get(plain(way), way)
        if name in groups or (name != way and name in results.groups):
            name = way
        names = {plain(group): group for group in known.groups.get(name, ()) if group}
        groups[name] = tuple(names.get(plain(group), group) for group in said)
    return Results(results.codes, results.values, groups)


# -- as they are kept -----------------------------------------------------------------------------------------


def pack(results: Results, salt: str) -> bytes:
    """To be kept: codes hashed with `salt`, and in their order, so that neither a code nor the place in the list of a
    class tells who it is. With the same salt the same pupil is found again; without it nobody is."""
    key = salt.encode()
    hashed = [hmac.digest(key, code.encode(), "sha256").hex()[:24] for code in results.codes]
    order = sorted(range(len(hashed)), key=hashed.__getitem__)
    packed = {
        "codes": [hashed[at] for at in order],
        "values": [results.values[at] for at in order],
        "groups": {name: [said[at] for at in order] for name, said in results.groups.items()},
    }
    return _packed(packed)


def _packed(kept: dict[str, Any]) -> bytes:
    return zlib.compress(json.dumps(kept, separators=(",", ":")).encode())


def regrouped(data: bytes, rename: Callable[[str], str]) -> bytes:
    """What `pack` made, with other names of columns and subgroups: a class may be called after its teacher."""
    kept = json.loads(zlib.decompress(data))
    names = {name for column, said in kept["groups"].items() for name in {column, *said}}
    called = {name: new for name in names if (new := rename(name)) != name}
    if not called:
        return data
    groups: dict[str, list[str]] = {}
    for column, said in kept["groups"].items():
        new = called.get(column, column)
        while new in groups:
            new += "·"
        groups[new] = [called.get(name, name) for name in said]
    return _packed({**kept, "groups": groups})


def unpack(data: bytes) -> Results:
    """What `pack` made of results; its codes stay hashed."""
    kept = json.loads(zlib.decompress(data))
    groups = {name: tuple(said) for name, said in kept["groups"].items()}
    return Results(tuple(kept["codes"]), tuple(kept["values"]), groups)
