"""The words for data from elsewhere: why a file or a row cannot be used, and what to do."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leerkring.engine.exports import Unreadable

Words = Mapping[str, str | Promise]

FILES: Words = {
    "interactions": _("Het bestand met contacten"),
    "members": _("Het bestand met leden"),
}
ROLES: Words = {
    "actor": _("wie het deed"),
    "counterpart": _("op wie het gericht was"),
    "at": _("wanneer"),
    "community": _("in welke groep"),
    "member": _("het lid"),
    "school": _("de school van het lid"),
    "post": _("het nummer van het bericht"),
    "parent": _("op welk bericht het een antwoord is"),
}
LOOKS_LIKE: Words = {
    "image": _("een afbeelding"),
    "pdf": _("een PDF"),
    "excel": _("een Excelbestand"),
    "spreadsheet": _("een rekenblad"),
    "document": _("een tekstdocument"),
    "archive": _("een ingepakt bestand"),
    "database": _("een database"),
    "web_page": _("een webpagina"),
    "json": _("een JSON-bestand"),
}
SKIPS: Words = {
    "self_tie": _("iemand reageert op zichzelf (apart gezet)"),
    "missing_actor": _("er staat niet wie het deed"),
    "missing_counterpart": _("er staat niet op wie het gericht was"),
    "missing_date": _("de datum ontbreekt"),
    "unreadable_date": _("de datum is niet te lezen"),
    "unlikely_date": _("de datum ligt vóór 1990 of na 2100"),
    "unknown_member": _("iemand staat niet in het bestand met leden"),
    "unknown_parent": _("het bericht waarop dit antwoord geeft, staat er niet bij"),
    "missing_member": _("er staat geen lid op deze rij"),
    "duplicate_member": _("dit lid stond er al"),
    "too_many_columns": _("er staan meer kolommen dan in de kop"),
    "broken_quote": _("een aanhalingsteken sluit niet"),
    "long_line": _("de regel is te lang"),
}
REFUSALS: Words = {
    "empty": _("%(file)s is leeg. Exporteer het opnieuw en kijk of er rijen in staan."),
    "folder": _("%(file)s is een map. Kies het bestand zelf; de naam eindigt op .csv."),
    "not_found": _("%(file)s is er niet. Kijk of de naam en de map kloppen."),
    "not_allowed": _("%(file)s mogen we niet lezen. Geef leesrechten of kies een kopie."),
    "too_large": _("%(file)s is groter dan %(limit)s MB. Exporteer een kortere periode."),
    "not_a_table": _(
        "%(file)s ziet eruit als %(looks_like)s en niet als een tabel. Bewaar de tabel "
        "als CSV en kies dat bestand."
    ),
    "undecodable": _("%(file)s is geen leesbare tekst. Bewaar het opnieuw als CSV met UTF-8."),
    "one_long_line": _(
        "%(file)s is één lange regel van %(characters)s tekens. "
        "Exporteer het opnieuw, met elke rij op een eigen regel."
    ),
    "broken_quotes": _(
        "%(file)s heeft vanaf regel %(line)s aanhalingstekens die niet sluiten. "
        "Herstel die regel of exporteer het opnieuw."
    ),
    "no_rows": _(
        "%(file)s heeft wel een kop (%(there)s) maar geen rijen. "
        "Exporteer het opnieuw of kies een langere periode."
    ),
    "missing_column": _(
        "%(file)s heeft geen kolom ‘%(column)s’. Wel: %(there)s. Kies een van deze kolommen."
    ),
    "no_column_for": _(
        "%(file)s heeft geen kolom waarin we herkennen: %(role)s. Er staat: %(there)s. "
        "Zeg zelf welke kolom het is (%(key)s=…)."
    ),
    "duplicate_column": _(
        "%(file)s heeft de kolom ‘%(column)s’ twee keer. Geef een van de twee een andere naam."
    ),
    "mapped_twice": _("De kolom ‘%(column)s’ is twee keer gekozen. Kies voor elk gegeven een eigen kolom."),
    "role_twice": _("‘%(key)s’ staat er twee keer. Noem het één keer."),
    "unknown_role": _("‘%(key)s’ kennen we niet. Kies uit: %(keys)s."),
    "map_unclear": _(
        "Dit begrijpen we niet: ‘%(text)s’. Schrijf het zo: actor=Van,counterpart=Aan,at=Datum."
    ),
    "no_dates": _(
        "In de kolom ‘%(column)s’ staat geen datum die we herkennen (er staat bijvoorbeeld ‘%(example)s’). "
        "Schrijf datums als 31-1-2024 of 2024-01-31, of kies een andere kolom."
    ),
    "no_usable_row": _(
        "Van de %(read)s rijen is er geen bruikbaar. Meestal is de reden: %(most)s. "
        "Kijk of de kolommen kloppen."
    ),
    "no_members": _("%(file)s noemt in de kolom ‘%(column)s’ geen leden. Kies een andere kolom."),
    "too_many_rows": _(
        "%(file)s heeft meer dan %(limit)s rijen; zoveel lezen we er niet. Exporteer een kortere periode."
    ),
    "too_many_communities": _(
        "In de kolom ‘%(column)s’ staan %(found)s verschillende groepen; we lezen er hooguit %(limit)s. "
        "Kies de kolom met de naam van de groep."
    ),
    "too_many_members": _(
        "In de kolom ‘%(column)s’ staan %(found)s verschillende leden; we lezen er hooguit %(limit)s. "
        "Kies de kolom met de naam of het nummer van het lid."
    ),
}
#: What to do differs where the columns stand below the sentence.
AT_FORM: Words = {
    "no_column_for": _("We herkennen niet welke kolom zegt: %(role)s. Kies die hieronder zelf."),
}
ORDERS: Words = {
    "day": _("Datums als 4/5/2024 lezen we met de dag voorop."),
    "month": _("Datums als 4/5/2024 lezen we met de maand voorop."),
}
GROUNDS: Words = {
    "not_needed": "",
    "seen": _("Dat zagen we aan de andere datums in de kolom."),
    "chosen": _("Dat heb je zo gekozen."),
    "assumed": _("Het bestand laat beide toe; we nemen aan dat het zo is. Klopt het niet, kies dan zelf."),
}


def refusal(unreadable: Unreadable, *, at_form: bool = False) -> str:
    """One clear sentence or two: what is wrong with the file, and what to do; `at_form`: where columns are chosen."""
    figures = dict(unreadable.figures)
    words: dict[str, object] = {
        name: number_format(value, force_grouping=True) if isinstance(value, int) else value
        for name, value in figures.items()
    }
    words["file"] = FILES.get(str(figures.get("file")), "")
    words["looks_like"] = LOOKS_LIKE.get(str(figures.get("looks_like")), "")
    words["most"] = SKIPS.get(str(figures.get("most")), "")
    words["key"] = figures.get("role", "")
    words["role"] = ROLES.get(str(figures.get("role")), "")
    words["keys"] = ", ".join(ROLES)
    there = figures.get("there")
    words["there"] = ", ".join(map(str, there)) if isinstance(there, list) else ""
    said = AT_FORM.get(unreadable.reason) if at_form else None
    return str(said or REFUSALS[unreadable.reason]) % words


def ranges(lines: list[int], most: int = 200) -> str:
    """`3, 5–9, 12`: line numbers, ascending, runs drawn together; after `most` runs how many follow."""
    runs: list[list[int]] = []
    for line in lines:
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    shown = ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs[:most])
    rest = sum(last - first + 1 for first, last in runs[most:])
    return gettext("%(shown)s en nog %(rest)s") % {"shown": shown, "rest": rest} if rest else shown
