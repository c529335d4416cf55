"""Per indicator its name and one sentence with its figures. Neutral: things are told, nobody is blamed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


class Counted(Protocol):
    """What a sentence needs of a figure; `engine.assessment.IndicatorResult` has it."""

    @property
    def key(self) -> str: ...
    @property
    def successes(self) -> int: ...
    @property
    def n(self) -> int: ...
    @property
    def value(self) -> float | None: ...


@dataclass(frozen=True)
class IndicatorWords:
    """`name` for tables and lists, `sentence` with %(k)s of %(n)s, %(percent)s or %(value)s."""

    name: str | Promise
    sentence: str | Promise


def _goals() -> dict[str, IndicatorWords]:
    return {
        "goals_complete": IndicatorWords(
            _("Complete doelen"),
            ngettext_lazy("%(k)s van %(n)s doelen is compleet", "%(k)s van %(n)s doelen zijn compleet", "k"),
        ),
        "acts_for_goal": IndicatorWords(
            _("Werk aan een doel"),
            ngettext_lazy(
                "%(k)s van %(n)s bijeenkomsten, lesbezoeken en probeersels hoort bij een doel",
                "%(k)s van %(n)s bijeenkomsten, lesbezoeken en probeersels horen bij een doel",
                "k",
            ),
        ),
        "goals_measured": IndicatorWords(
            _("Op tijd gemeten"), _("bij %(k)s van %(n)s doelen is op tijd gemeten")
        ),
        "goals_evidenced": IndicatorWords(
            _("Afgerond met bewijs"), _("bij %(k)s van %(n)s afgeronde doelen ligt bewijs, gehaald of niet")
        ),
        "goals_in_use": IndicatorWords(
            _("Nog in gebruik"),
            ngettext_lazy(
                "%(k)s van %(n)s aanpakken is op de afgesproken dag nog in gebruik",
                "%(k)s van %(n)s aanpakken zijn op de afgesproken dag nog in gebruik",
                "k",
            ),
        ),
        "goals_reached": IndicatorWords(
            _("Gehaald"),
            ngettext_lazy(
                "%(k)s van %(n)s afgeronde doelen is gehaald",
                "%(k)s van %(n)s afgeronde doelen zijn gehaald",
                "k",
            ),
        ),
    }


def _interaction() -> dict[str, IndicatorWords]:
    return {
        "took_part": IndicatorWords(
            _("Meedoen"), _("gemiddeld deed %(percent)s %% van de leden mee per vier schoolweken")
        ),
        "attendance": IndicatorWords(
            _("Aanwezig"), _("gemiddeld was %(percent)s %% van de leden bij een bijeenkomst")
        ),
        "rounds": IndicatorWords(
            _("Rondes"), _("in %(k)s van %(n)s bijeenkomsten kreeg ieder een beurt in een ronde")
        ),
        "questions_answered": IndicatorWords(
            _("Antwoord op vragen"),
            ngettext_lazy(
                "%(k)s van %(n)s vragen kreeg binnen 10 schooldagen antwoord",
                "%(k)s van %(n)s vragen kregen binnen 10 schooldagen antwoord",
                "k",
            ),
        ),
        "both_ways": IndicatorWords(
            _("Twee kanten op"),
            _("bij %(k)s van %(n)s leden die meededen, ging het gesprek twee kanten op"),
        ),
        "contact_minutes": IndicatorWords(
            _("Tijd samen"),
            ngettext_lazy(
                "%(k)s minuut samen in %(n)s schoolweken", "%(k)s minuten samen in %(n)s schoolweken", "k"
            ),
        ),
        "conversations": IndicatorWords(
            _("Gesprekken"), ngettext_lazy("%(k)s gesprek geopend", "%(k)s gesprekken geopend", "k")
        ),
        "replies": IndicatorWords(_("Reacties"), ngettext_lazy("%(k)s reactie", "%(k)s reacties", "k")),
        "interactions": IndicatorWords(
            _("Contacten"),
            ngettext_lazy(
                "%(k)s contact in %(n)s schoolweken", "%(k)s contacten in %(n)s schoolweken", "k"
            ),
        ),
        "density": IndicatorWords(
            _("Dichtheid"),
            _("%(k)s van %(n)s mogelijke lijnen tussen leden zijn er (%(percent)s %%)"),
        ),
        "reciprocity": IndicatorWords(
            _("Wederkerigheid"),
            ngettext_lazy(
                "%(k)s van %(n)s lijnen wordt beantwoord", "%(k)s van %(n)s lijnen worden beantwoord", "k"
            ),
        ),
        "centralisation": IndicatorWords(
            _("Centralisatie"),
            _("centralisatie %(value)s: bij 0 heeft ieder evenveel contacten, bij 1 loopt alles via één lid"),
        ),
        "isolates": IndicatorWords(
            _("Nog geen contact"),
            ngettext_lazy(
                "%(k)s van %(n)s leden heeft nog geen lijn met een ander",
                "%(k)s van %(n)s leden hebben nog geen lijn met een ander",
                "k",
            ),
        ),
    }


def _meetings() -> dict[str, IndicatorWords]:
    return {
        "meetings_on_content": IndicatorWords(
            _("Over de inhoud"),
            _("in %(k)s van %(n)s bijeenkomsten ging minstens de helft van de tijd over de inhoud, volgens de klok"),
        ),
        "meetings_with_form": IndicatorWords(
            _("Met een werkvorm"),
            ngettext_lazy(
                "%(k)s van %(n)s bijeenkomsten had een werkvorm",
                "%(k)s van %(n)s bijeenkomsten hadden een werkvorm",
                "k",
            ),
        ),
        "meetings_with_material": IndicatorWords(
            _("Vraag en leerlingwerk"),
            _("in %(k)s van %(n)s bijeenkomsten lag een vraag op tafel, met leerlingwerk of cijfers erbij"),
        ),
        "meetings_with_yield": IndicatorWords(
            _("Wat het opleverde"),
            _("%(k)s van %(n)s keer kwam er een inzicht, een afspraak of een beter product uit de bijeenkomst"),
        ),
        "content_minutes": IndicatorWords(
            _("Tijd voor de inhoud"), _("%(percent)s %% van de tijd was voor de inhoud, volgens de klok")
        ),
        "meeting_length": IndicatorWords(
            _("Lengte van een bijeenkomst"), _("een bijeenkomst duurde gemiddeld %(value)s minuten")
        ),
    }


def _explicit() -> dict[str, IndicatorWords]:
    return {
        "harvest": IndicatorWords(
            _("Oogst"),
            ngettext_lazy(
                "%(k)s van %(n)s bijeenkomsten, lesbezoeken en casussen gaf een inzicht",
                "%(k)s van %(n)s bijeenkomsten, lesbezoeken en casussen gaven een inzicht",
                "k",
            ),
        ),
        "insights_explained": IndicatorWords(
            _("Wat en waarom"), _("bij %(k)s van %(n)s inzichten staat wat en waarom")
        ),
        "insights_limited": IndicatorWords(
            _("Wanneer niet"), _("bij %(k)s van %(n)s inzichten schreef een collega wanneer het niet werkt")
        ),
        "insights_used": IndicatorWords(
            _("Door een ander gebruikt"),
            _("%(k)s van %(n)s inzichten zijn door een ander lid uitgeprobeerd of aangevuld"),
        ),
        "insights_raised": IndicatorWords(
            _("Aanpak geworden"),
            ngettext_lazy(
                "%(k)s van %(n)s inzichten werd een aanpak", "%(k)s van %(n)s inzichten werden een aanpak", "k"
            ),
        ),
        "insights": IndicatorWords(
            _("Inzichten"), ngettext_lazy("%(k)s inzicht opgeschreven", "%(k)s inzichten opgeschreven", "k")
        ),
        "helped": IndicatorWords(_("Dit helpt mij"), _("%(k)s keer ‘dit helpt mij’")),
    }


def _practice() -> dict[str, IndicatorWords]:
    return {
        "hosts": IndicatorWords(
            _("Een les geopend"),
            ngettext_lazy("%(k)s van %(n)s leden opende een les", "%(k)s van %(n)s leden openden een les", "k"),
        ),
        "visitors": IndicatorWords(
            _("Bij een collega gekeken"),
            ngettext_lazy(
                "%(k)s van %(n)s leden keek bij een collega in de les",
                "%(k)s van %(n)s leden keken bij een collega in de les",
                "k",
            ),
        ),
        "visits_with_question": IndicatorWords(
            _("Vraag vooraf"), _("bij %(k)s van %(n)s lesbezoeken was er een vraag vooraf")
        ),
        "visits_with_talk": IndicatorWords(
            _("Gesprek achteraf"), _("na %(k)s van %(n)s lesbezoeken was er een gesprek")
        ),
        "both_roles": IndicatorWords(
            _("Kijken en laten kijken"),
            ngettext_lazy(
                "%(k)s van %(n)s leden die meededen, keek en liet kijken",
                "%(k)s van %(n)s leden die meededen, keken en lieten kijken",
                "k",
            ),
        ),
        "intentions_tried": IndicatorWords(
            _("Voornemens uitgeprobeerd"),
            ngettext_lazy(
                "%(k)s van %(n)s voornemens is uitgeprobeerd",
                "%(k)s van %(n)s voornemens zijn uitgeprobeerd",
                "k",
            ),
        ),
        "findings": IndicatorWords(
            _("Bevindingen"),
            ngettext_lazy("%(k)s bevinding uit lesbezoeken", "%(k)s bevindingen uit lesbezoeken", "k"),
        ),
        "visits": IndicatorWords(_("Lesbezoeken"), ngettext_lazy("%(k)s lesbezoek", "%(k)s lesbezoeken", "k")),
    }


def _products() -> dict[str, IndicatorWords]:
    return {
        "products_joint": IndicatorWords(
            _("Samen gemaakt"),
            ngettext_lazy(
                "%(k)s van %(n)s producten is door twee of meer leden gemaakt",
                "%(k)s van %(n)s producten zijn door twee of meer leden gemaakt",
                "k",
            ),
        ),
        "products_reviewed": IndicatorWords(
            _("Samen bekeken"),
            ngettext_lazy(
                "%(k)s van %(n)s producten kreeg een feedbackronde",
                "%(k)s van %(n)s producten kregen een feedbackronde",
                "k",
            ),
        ),
        "products_adopted": IndicatorWords(
            _("Elders gebruikt"),
            ngettext_lazy(
                "%(k)s van %(n)s producten wordt ook elders gebruikt",
                "%(k)s van %(n)s producten worden ook elders gebruikt",
                "k",
            ),
        ),
        "products_evidenced": IndicatorWords(
            _("Met leerlingwerk"), _("bij %(k)s van %(n)s producten ligt bewijs van leerlingen")
        ),
        "evenness": IndicatorWords(
            _("Verdeling van het werk"),
            _("het werk aan producten was voor %(value)s %% gelijk verdeeld"),
        ),
    }


def _characteristics() -> dict[str, IndicatorWords]:
    return {
        "vision_recent": IndicatorWords(
            _("Visie besproken"), _("de visie is het afgelopen jaar %(k)s keer samen bekeken")
        ),
        "goals_underserved": IndicatorWords(
            _("Doelen voor alle leerlingen"),
            ngettext_lazy(
                "%(k)s van %(n)s doelen noemt leerlingen die het nog niet halen",
                "%(k)s van %(n)s doelen noemen leerlingen die het nog niet halen",
                "k",
            ),
        ),
        "lowest_rose": IndicatorWords(
            _("De laagste groep vooruit"),
            _("bij %(k)s van %(n)s doelen ging de laagste groep vooruit en geen andere achteruit"),
        ),
        "bringers": IndicatorWords(
            _("Uit de eigen klas"),
            ngettext_lazy(
                "%(k)s van %(n)s leden bracht gegevens uit de eigen klas mee",
                "%(k)s van %(n)s leden brachten gegevens uit de eigen klas mee",
                "k",
            ),
        ),
        "questions_helped": IndicatorWords(
            _("Vraag geholpen"), _("bij %(k)s van %(n)s vragen hielp een antwoord")
        ),
        "goals_shared": IndicatorWords(
            _("Doelen van meer mensen"),
            ngettext_lazy(
                "%(k)s van %(n)s doelen is van twee of meer leden",
                "%(k)s van %(n)s doelen zijn van twee of meer leden",
                "k",
            ),
        ),
        "inquiries_begun": IndicatorWords(
            _("Samen uitzoeken"),
            _("in %(k)s van %(n)s perioden van vier weken begon een onderzoek of kwam een casus op tafel"),
        ),
        "inquiries_complete": IndicatorWords(
            _("Van vraag tot besluit"),
            ngettext_lazy(
                "%(k)s van %(n)s onderzoeken ging van vraag tot besluit",
                "%(k)s van %(n)s onderzoeken gingen van vraag tot besluit",
                "k",
            ),
        ),
        "cases_followed": IndicatorWords(
            _("Terug naar de casus"), _("op %(k)s van %(n)s casussen kwamen jullie terug")
        ),
        "tryouts_decided": IndicatorWords(
            _("Uitgeprobeerd en besloten"),
            ngettext_lazy(
                "%(k)s van %(n)s probeersels eindigde met bewijs en een besluit",
                "%(k)s van %(n)s probeersels eindigden met bewijs en een besluit",
                "k",
            ),
        ),
        "tryouts_repeated": IndicatorWords(
            _("Door een collega herhaald"),
            ngettext_lazy(
                "%(k)s van %(n)s probeersels is door een collega herhaald",
                "%(k)s van %(n)s probeersels zijn door een collega herhaald",
                "k",
            ),
        ),
        "sharing": IndicatorWords(_("Delen"), _("%(k)s keer iets gedeeld")),
        "experimenting": IndicatorWords(_("Uitproberen"), _("%(k)s keer iets uitgeprobeerd in de klas")),
        "designing": IndicatorWords(_("Ontwerpen"), _("%(k)s keer samen iets ontworpen")),
        "towards_designing": IndicatorWords(
            _("Naar samen ontwerpen"), _("%(k)s van %(n)s keer samenwerken was samen ontwerpen")
        ),
        "learning_for_goal": IndicatorWords(
            _("Leervragen bij een doel"),
            ngettext_lazy(
                "%(k)s van %(n)s leervragen hoort bij een doel",
                "%(k)s van %(n)s leervragen horen bij een doel",
                "k",
            ),
        ),
        "learners": IndicatorWords(
            _("Leervragen"),
            ngettext_lazy(
                "%(k)s van %(n)s leden deelde een leervraag", "%(k)s van %(n)s leden deelden een leervraag", "k"
            ),
        ),
        "learning_used": IndicatorWords(
            _("Leren van elkaar"),
            ngettext_lazy(
                "%(k)s van %(n)s leervragen hielp ook een ander",
                "%(k)s van %(n)s leervragen hielpen ook een ander",
                "k",
            ),
        ),
        "failures_shared": IndicatorWords(_("Wat niet lukte"), _("%(k)s keer gedeeld wat niet lukte")),
        "questions": IndicatorWords(
            _("Vragen"), ngettext_lazy("%(k)s vraag gesteld", "%(k)s vragen gesteld", "k")
        ),
        "conditions_answered": IndicatorWords(
            _("Antwoord van de leiding"),
            ngettext_lazy(
                "%(k)s van %(n)s verzoeken aan de leiding kreeg antwoord",
                "%(k)s van %(n)s verzoeken aan de leiding kregen antwoord",
                "k",
            ),
        ),
        "used_outside": IndicatorWords(
            _("Buiten de groep gebruikt"), _("%(k)s keer is iets van jullie buiten de groep gebruikt")
        ),
        "sources": IndicatorWords(
            _("Bronnen van buiten"), ngettext_lazy("%(k)s bron van buiten", "%(k)s bronnen van buiten", "k")
        ),
        "guests": IndicatorWords(_("Gasten"), ngettext_lazy("%(k)s gast", "%(k)s gasten", "k")),
        "elsewhere": IndicatorWords(_("Elders gekeken"), _("%(k)s keer elders gekeken")),
        "external": IndicatorWords(
            _("Binnen en tussen scholen"),
            _("E–I-index %(value)s: bij −1 blijven lijnen binnen de eigen school, bij 1 gaan ze naar een andere"),
        ),
        "transfers": IndicatorWords(
            _("Meegenomen naar school"),
            _("%(k)s keer iets meegenomen naar de eigen school, na %(n)s netwerkbijeenkomsten"),
        ),
        "adopted_both_ways": IndicatorWords(
            _("Van en voor anderen"), _("%(k)s keer iets overgenomen, van anderen of door anderen")
        ),
    }


INDICATORS: Mapping[str, IndicatorWords] = {
    **_goals(),
    **_interaction(),
    **_meetings(),
    **_explicit(),
    **_practice(),
    **_products(),
    **_characteristics(),
}


def fact(result: Counted) -> str:
    """The sentence of one figure, with its numbers as the language writes them."""
    value = result.value
    return INDICATORS[result.key].sentence % {
        "k": _Count(result.successes),
        "n": _Count(result.n),
        "percent": "–" if value is None else number(100 * value),
        "value": "–" if value is None else number(value, 2 if abs(value) <= 1 else 0),
    }


def number(value: float, decimals: int | None = None) -> str:
    """A figure for a sentence: one decimal below ten, none above, unless told."""
    places = (1 if abs(value) < 10 else 0) if decimals is None else decimals
    return number_format(round(value, places), places if value % 1 else 0, force_grouping=True)


class _Count(int):
    """A whole number that chooses the plural and is written with thousands apart."""

    def __str__(self) -> str:
        return number_format(int(self), force_grouping=True)
