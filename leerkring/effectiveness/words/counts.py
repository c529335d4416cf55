"""What of the list behind a figure the figure counts: several figures rest on the same list."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leerkring.effectiveness.words.indicators import number
from leerkring.engine.formulas import (
    AtEnd,
    BothWays,
    Formula,
    Mean,
    MemberPeriods,
    Members,
    Network,
    Periods,
    Settled,
    Share,
    Since,
    Total,
)
from leerkring.engine.indicators import INDICATORS

_FOUND = _(
    "Dit getal telt wat hier staat. Wat er niet bij staat, hoort ook bij de n; dat laten we niet zien."
)
_EACH = _("Dit getal telt elke keer dat hier iets gebeurde.")
_MEMBER = _("Dit getal telt elk lid één keer, hoe vaak het hier ook iets deed.")
#: How a formula counts, in words.
_BY_FORMULA: Mapping[type[Formula], str | Promise] = {
    Total: _EACH,
    Since: _EACH,
    Share: _FOUND,
    Settled: _FOUND,
    AtEnd: _FOUND,
    Mean: _("Dit getal is het gemiddelde van wat hier staat."),
    Members: _MEMBER,
    MemberPeriods: _(
        "Dit getal telt per vier schoolweken elk lid één keer, hoe vaak het hier ook iets deed."
    ),
    BothWays: _(
        "Dit getal telt elk lid één keer dat zich tot een ander richtte en tot wie een ander zich richtte."
    ),
    Periods: _("Dit getal telt elke vier schoolweken waarin hier iets begon, één keer."),
    Network: _("Dit getal telt lijnen: dat een lid zich tot een ander richtte, hoe vaak ook, is één lijn."),
}
#: Where conversations are the list, more exactly: it is the same list for all of these.
_OWN: Mapping[str, str | Promise] = {
    "conversations": _(
        "Dit getal telt elk gesprek dat in deze periode begon, één keer. Reacties tellen niet mee."
    ),
    "replies": _("Dit getal telt elke reactie in deze gesprekken, ook als er meer van hetzelfde lid zijn."),
    "questions": _("Dit getal telt elke vraag en elk dilemma één keer."),
    "questions_answered": _(
        "Dit getal telt elke vraag en elk dilemma hier één keer: een ander lid antwoordde binnen 10 schooldagen. "
        "Wat in de laatste drie schoolweken gevraagd is en nog niet zo’n antwoord kreeg, telt nog niet mee."
    ),
    "questions_helped": _(
        "Dit getal telt elke vraag en elk dilemma hier één keer: een ander lid antwoordde, hoe laat ook. "
        "Wat in de laatste drie schoolweken gevraagd is en nog geen antwoord kreeg, telt nog niet mee."
    ),
    "sharing": _("Dit getal telt elk gesprek om iets te delen één keer."),
    "reciprocity": _("Dit getal telt lijnen van een lid naar een ander waar een lijn terug bij hoort."),
    "isolates": _(
        "Dit getal telt de leden zonder lijn: in deze lijst richtten zij zich tot niemand, en niemand tot hen."
    ),
    "centralisation": _(
        "Dit getal telt lijnen per lid: hoe ver het lid met de meeste boven de anderen uitkomt."
    ),
    "external": _("Dit getal telt lijnen tussen leden van wie we de school weten."),
}


def counts(key: str) -> str | Promise:
    """What of its list the figure `key` counts."""
    return _OWN.get(key) or _BY_FORMULA[type(INDICATORS[key].formula)]


def basis(key: str, n: int, units: int) -> str:
    """What n counts; `units` as in `engine.formulas.Figure`. Who was counted in three meetings is one person, so there
    the people are named, and not how often they were counted."""
    said = {"n": number(n), "units": units, "each": number(n / max(1, units))}
    return _of_what(INDICATORS[key].formula, n, units) % said


def _of_what(formula: Formula, n: int, units: int) -> str:
    if isinstance(formula, Total):
        return ngettext("over %(n)s schoolweek", "over %(n)s schoolweken", n)
    if isinstance(formula, Since):
        return ngettext("over %(n)s week", "over %(n)s weken", n)
    if isinstance(formula, MemberPeriods):
        return ngettext(
            "%(each)s leden, in %(units)s periode van vier schoolweken",
            "gemiddeld %(each)s leden, in %(units)s perioden van vier schoolweken",
            units,
        )
    if isinstance(formula, Share) and formula.within:
        return ngettext(
            "%(n)s minuten, in %(units)s bijeenkomst", "%(n)s minuten, in %(units)s bijeenkomsten", units
        )
    if isinstance(formula, Share) and formula.units:
        return ngettext(
            "%(each)s leden, bij %(units)s bijeenkomst",
            "gemiddeld %(each)s leden, bij %(units)s bijeenkomsten",
            units,
        )
    return "n = %(n)s"
