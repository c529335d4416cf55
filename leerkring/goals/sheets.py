"""From a file, or what was pasted, to a sheet: rows of cells with the line where each stands."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leerkring.engine.exports.tables import MEGABYTE, Table, read_table
from leerkring.engine.exports.unreadable import Unreadable
from leerkring.goals.numbers import is_number
from leerkring.goals.persons import plain, these, words_of

LIMIT = 2 * MEGABYTE
MOST_ROWS = 50_000
MOST_COLUMNS = 100
#: The name of a column or a subgroup is kept; a longer one is a text.
LONGEST = 60

_SAVE_AS_CSV = _(
    "Dit bestand is geen CSV. Open het in je rekenprogramma, kies Opslaan als en dan CSV, en neem dat bestand."
)
_UNREADABLE = MappingProxyType(
    {
        "empty": _("Hier staat nog niets. Plak de resultaten of kies een bestand."),
        "undecodable": _("We kunnen dit bestand niet lezen. Bewaar het als CSV met UTF-8."),
        "broken_quotes": _(
            "Ergens sluit een aanhalingsteken niet. Haal de aanhalingstekens weg en probeer opnieuw."
        ),
        "one_long_line": _("Dit is één heel lange regel. Zet elke code op een eigen regel."),
    }
)


class Unusable(Exception):
    """Nothing of it can be used. `message` is one sentence that says what is wrong and what to do."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Sheet:
    """A file as rows of as many cells as the header has, each with the line where it stands (from 1)."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    has_header: bool
    #: Lines at the end that tell of all: "totaal", "gemiddelde". They are nobody's and are not in `rows`.
    apart: tuple[int, ...] = ()

    def column(self, name: str) -> list[str]:
        """Its cells. Raises Unusable when there is no such column."""
        if name not in self.header:
            raise Unusable(gettext("De kolom “%(column)s” is er niet. Kies een andere.") % {"column": name})
        at = self.header.index(name)
        return [row[at] for row in self.rows]


def read_sheet(raw: bytes | str) -> Sheet:
    """The rows of a file, or of what was pasted. Raises Unusable."""
    data = raw.replace("\0", "").encode("utf-8", "replace") if isinstance(raw, str) else raw
    if len(data) > LIMIT:
        raise Unusable(_("Dit is meer dan 2 MB. Neem alleen de kolommen met codes, scores en groepen."))
    try:
        return _sheet(*_table(data))
    except Unreadable as problem:
        raise Unusable(_UNREADABLE.get(problem.reason, _SAVE_AS_CSV)) from None


def _table(data: bytes) -> tuple[Table, int]:
    """The table, and how many lines were put before it."""
    table = read_table(data, "members")
    if table.delimiter == ",":
        # Without a header, "L01;6,5" is as well two columns by its commas. A stronger separator on most lines wins.
        lines = [line for line in table.text.splitlines()[:40] if line.strip()]
        for stronger in ("\t", ";"):
            if sum(stronger in line for line in lines) >= 0.6 * len(lines):
                return read_table(f"sep={stronger}\n{table.text}".encode(), "members"), 1
    return table, 0


def _sheet(table: Table, before: int) -> Sheet:
    width = len(table.header)
    if width > MOST_COLUMNS:
        raise Unusable(
            gettext("Dit zijn meer dan %(most)s kolommen. Neem alleen codes, scores en groepen.")
            % {"most": MOST_COLUMNS}
        )
    numbered = []
    for line, row in table.rows():
        numbered.append((line - before, tuple(_seen(cell) for cell in [*row, *[""] * width][:width])))
        if len(numbered) > MOST_ROWS:
            raise Unusable(
                gettext("Dit zijn meer dan %(most)s regels. Knip het bestand in stukken.")
                % {"most": MOST_ROWS}
            )
    _refuse_ragged(table.skipped, before)
    if width < 2:
        raise Unusable(
            _(
                "We zien maar één kolom. Er is een kolom met codes nodig en een met scores, met ; of een tab ertussen."
            )
        )
    header = tuple(_seen(cell) for cell in table.header)
    has_header = _is_header(header, [row for _line, row in numbered[:200]])
    if not has_header:
        numbered.insert(0, (table.header_ends - before, header))
        header = ("",) * width
    rows, apart = _without_totals(numbered)
    if not rows:
        raise Unusable(_("Er staat alleen een kopregel. Zet onder de kopregel elke code op een eigen regel."))
    return Sheet(
        _named(header),
        tuple(row for _line, row in rows),
        tuple(line for line, _row in rows),
        has_header,
        apart,
    )


def _refuse_ragged(skipped: Mapping[int, str], before: int) -> None:
    if not skipped:
        return
    line, reason = min(skipped.items())
    if reason == "too_many_columns":
        raise Unusable(
            gettext(
                "Regel %(line)s heeft meer kolommen dan de eerste regel. Zet boven elke kolom een kop, met niets"
                " erboven, en bewaar als CSV met puntkomma's."
            )
            % {"line": line - before}
        )
    raise Unusable(
        gettext("Regel %(line)s kunnen we niet lezen. Haal daar de aanhalingstekens weg.")
        % {"line": line - before}
    )


def _seen(cell: str) -> str:
    """Without what nobody sees, and without the ="007" by which a spreadsheet keeps zeros."""
    text = cell.strip()
    if not (text.isascii() and text.isprintable()):
        text = " ".join("".join(" " if unicodedata.category(c) in _UNSEEN else c for c in text).split())
    return text[2:-1] if text.startswith('="') and text.endswith('"') and text.count('"') == 2 else text


_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})


def _named(header: Sequence[str]) -> tuple[str, ...]:
    """Each column its own name, short enough to be kept."""
    names: list[str] = []
    for number, cell in enumerate(header, 1):
        first = name = cell[:LONGEST].strip() or gettext("kolom %(number)s") % {"number": number}
        again = 1
        while name in names:
            again += 1
            name = f"{first[: LONGEST - 6]} ({again})"
        names.append(name)
    return tuple(names)


#: Words of a heading.
CODE = these(
    """
    code leerling leerlingcode leerlingnummer student studentnummer studentcode nummer nr id pupil
    """
)
SCORE = these(
    """
    score scores cijfer punten resultaat resultaten waarde vaardigheidsscore totaalscore toetsscore
    percentage goed fouten mark grade points result value
    """
)
#: No score: was not there, or made no test.
ABSENT = these(
    """
    - -- – — . x / ? afwezig abs absent afw ziek sick nvt n.v.t. n.v.t na n/a n.a. #n/b #n/a #nb null
    none nan vrijstelling vrij inhalen missing onbekend unknown
    """
) | {"", "niet gemaakt", "nog niet", "niet aanwezig"}
_TOTALS = these(
    """
    totaal totalen total totals gemiddelde gemiddeld gem average mean avg som sum aantal count mediaan
    median maximum minimum max min sd std stdev standaarddeviatie standaardafwijking hoogste laagste
    klassengemiddelde groepsgemiddelde eindtotaal
    """
)


def _is_header(first: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first line names columns: by a word we know, or because what is below it looks otherwise."""
    if any((CODE | SCORE).intersection(words_of(cell)) for cell in first if not is_number(cell)):
        return True
    if any(plain(cell) in ABSENT for cell in first if cell):
        return False
    alike = [
        _shape(cell) == Counter(_shape(row[at]) for row in rows if row[at]).most_common(1)[0][0]
        for at, cell in enumerate(first)
        if cell and re.search(r"\d", cell) and any(row[at] for row in rows)
    ]
    if not rows:
        return not any(map(is_number, first))
    return not any(alike)


def _shape(cell: str) -> str:
    """L07 is like L12 and 6,5 like 10."""
    if is_number(cell):
        return "0"
    return re.sub(r"\d+", "0", re.sub(r"[^\W\d_]+", "a", cell))


def _without_totals(
    numbered: Sequence[tuple[int, tuple[str, ...]]],
) -> tuple[list[tuple[int, tuple[str, ...]]], tuple[int, ...]]:
    """The rows that are somebody's, and the lines at the end that tell of all."""
    rows, apart = list(numbered), []
    while rows and _tells_of_all(rows[-1][1]):
        apart.append(rows.pop()[0])
    return rows, tuple(sorted(apart))


def _tells_of_all(row: Sequence[str]) -> bool:
    first = next(filter(None, row), "")
    words = re.findall(r"[^\W\d_]+", plain(first)) if len(first) <= LONGEST else []
    return bool(words) and (words[0] in _TOTALS or words[-1] in _TOTALS)
