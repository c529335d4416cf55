"""Names and sentences of the indicators of the six guidelines. Neutral: told, and nobody blamed."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leerkring.effectiveness.words.sentence import IndicatorWords


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
            _("Gemeten"), _("bij %(k)s van %(n)s doelen is al gemeten, binnen 60 schooldagen")
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
            _("Meedoen"),
            ngettext_lazy(
                "in %(units)s periode van vier schoolweken deed %(percent)s%% van de leden mee",
                "in %(units)s perioden van vier schoolweken deed gemiddeld %(percent)s%% van de leden mee",
                "units",
            ),
        ),
        "attendance": IndicatorWords(
            _("Aanwezig"),
            ngettext_lazy(
                "bij %(units)s bijeenkomst was %(percent)s%% van de leden",
                "bij %(units)s bijeenkomsten was gemiddeld %(percent)s%% van de leden",
                "units",
            ),
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
            ngettext_lazy("%(k)s minuut samen in %(weeks)s", "%(k)s minuten samen in %(weeks)s", "k"),
        ),
        "conversations": IndicatorWords(
            _("Gesprekken"), ngettext_lazy("%(k)s gesprek geopend", "%(k)s gesprekken geopend", "k")
        ),
        "replies": IndicatorWords(_("Reacties"), ngettext_lazy("%(k)s reactie", "%(k)s reacties", "k")),
        "interactions": IndicatorWords(
            _("Contacten"),
            ngettext_lazy("%(k)s contact in %(weeks)s", "%(k)s contacten in %(weeks)s", "k"),
        ),
        "density": IndicatorWords(
            _("Dichtheid"),
            _("%(k)s van %(n)s mogelijke lijnen tussen leden zijn er (%(percent)s%%)"),
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
            _(
                "in %(k)s van %(n)s bijeenkomsten ging minstens de helft van de tijd, "
                "en minstens tien minuten, over de inhoud, volgens de klok"
            ),
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
            _("Vraag en %(pupils_work)s"),
            _(
                "in %(k)s van %(n)s bijeenkomsten lag een vraag op tafel, met %(pupils_work)s of cijfers erbij"
            ),
        ),
        "meetings_with_yield": IndicatorWords(
            _("Wat het opleverde"),
            _(
                "%(k)s van %(n)s keer kwam er een inzicht, een afspraak of een beter "
                "product uit de bijeenkomst"
            ),
        ),
        "content_minutes": IndicatorWords(
            _("Tijd voor de inhoud"),
            ngettext_lazy(
                "in %(units)s bijeenkomst was %(percent)s%% van de tijd voor de inhoud, volgens de klok",
                "in %(units)s bijeenkomsten was %(percent)s%% van de tijd voor de inhoud, volgens de klok",
                "units",
            ),
        ),
        "meeting_length": IndicatorWords(
            _("Lengte van een bijeenkomst"),
            ngettext_lazy(
                "%(n)s bijeenkomst duurde %(value)s minuten",
                "%(n)s bijeenkomsten duurden gemiddeld %(value)s minuten",
                "n",
            ),
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
                "%(k)s van %(n)s inzichten werd een aanpak",
                "%(k)s van %(n)s inzichten werden een aanpak",
                "k",
            ),
        ),
        "insights": IndicatorWords(
            _("Inzichten"), ngettext_lazy("%(k)s inzicht opgeschreven", "%(k)s inzichten opgeschreven", "k")
        ),
    }


def _practice() -> dict[str, IndicatorWords]:
    return {
        "hosts": IndicatorWords(
            _("Een les geopend"),
            ngettext_lazy(
                "%(k)s van %(n)s leden opende een les", "%(k)s van %(n)s leden openden een les", "k"
            ),
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
        "visits": IndicatorWords(
            _("Lesbezoeken"), ngettext_lazy("%(k)s lesbezoek", "%(k)s lesbezoeken", "k")
        ),
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
            _("Met %(pupils_work)s"), _("bij %(k)s van %(n)s producten ligt bewijs van %(pupils)s")
        ),
        "evenness": IndicatorWords(
            _("Verdeling van het werk"),
            _("het werk aan producten was voor %(value)s%% gelijk verdeeld"),
        ),
    }


GUIDELINES: Mapping[str, IndicatorWords] = {
    **_goals(),
    **_interaction(),
    **_meetings(),
    **_explicit(),
    **_practice(),
    **_products(),
}
