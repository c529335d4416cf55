"""The words of the criteria and of the ruler."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True)
class CriterionWords:
    """`title` as teachers say it; `shows`: what would give evidence, said where there is too little.

    `strength` and `chance` are the two halves of a title: what goes well, what asks for the next step. All but
    the title may hold words of `network.words.SectorWords`, such as %(pupils)s.
    """

    title: Text
    shows: Text
    strength: Text
    chance: Text


CRITERIA: Mapping[str, CriterionWords] = {
    "G1": CriterionWords(
        _("Doelen in concrete opbrengsten"),
        _("Een doel dat zegt wat %(pupils)s straks kunnen en hoe jullie dat zien, laat dit zien."),
        _("jullie werken doelgericht"),
        _("een doel mag concreter"),
    ),
    "G2a": CriterionWords(
        _("Samen in gesprek"),
        _("Gesprekken met antwoorden, en bijeenkomsten waarin ieder een beurt krijgt, laten dit zien."),
        _("jullie zijn met elkaar in gesprek"),
        _("het gesprek mag vaker"),
    ),
    "G2b": CriterionWords(
        _("Inhoudelijke bijeenkomsten"),
        _("Een paar bijeenkomsten met een werkvorm en %(pupils_work)s, met de klok erbij, laten dit zien."),
        _("jullie bijeenkomsten gaan over de inhoud"),
        _("er mag meer tijd naar de inhoud"),
    ),
    "G2c": CriterionWords(
        _("Vertellen hoe je het doet"),
        _(
            "Een inzicht dat iemand opschrijft, met wat en waarom en van een collega "
            "wanneer niet, laat dit zien."
        ),
        _("jullie vertellen elkaar hoe jullie het doen"),
        _("vertellen hoe je het doet mag vaker"),
    ),
    "G2d": CriterionWords(
        _("Bij elkaar in de les kijken"),
        _("Een paar lesbezoeken van tien minuten, met een vraag vooraf, laten dit zien."),
        _("jullie kijken bij elkaar in de les"),
        _("de klasdeur mag vaker open"),
    ),
    "G2e": CriterionWords(
        _("Samen aan producten"),
        _("Een les, toets of leerlijn die twee of meer leden samen maken, laat dit zien."),
        _("jullie maken dingen samen"),
        _("samen iets maken is de volgende kans"),
    ),
    "C1": CriterionWords(
        _("Wat we belangrijk vinden"),
        _(
            "Een visie die jullie samen bekijken, en doelen voor %(pupils)s die het nog "
            "niet halen, laten dit zien."
        ),
        _("jullie weten wat jullie belangrijk vinden"),
        _("praat samen over wat jullie belangrijk vinden"),
    ),
    "C2": CriterionWords(
        _("Samen verantwoordelijk"),
        _("Gegevens uit ieders eigen %(group)s, en hulp over de %(groups)s heen, laten dit zien."),
        _("jullie voelen je samen verantwoordelijk"),
        _("%(pupils_work)s uit ieders %(group)s mag naast elkaar"),
    ),
    "C3": CriterionWords(
        _("Samen uitzoeken"),
        _(
            "Een vraag die jullie uitzoeken tot en met een besluit, of een casus waarop jullie "
            "terugkomen, laat dit zien."
        ),
        _("jullie zoeken het samen uit"),
        _("maak één vraag samen af"),
    ),
    "C4": CriterionWords(
        _("Samenwerken"),
        _("Iets delen, iets uitproberen en iets samen ontwerpen laten dit zien."),
        _("jullie werken samen"),
        _("van delen naar samen ontwerpen is de volgende kans"),
    ),
    "C5": CriterionWords(
        _("Leren van elkaar"),
        _("Leervragen die leden zelf willen delen, laten dit zien."),
        _("jullie leren van elkaar"),
        _("een eigen leervraag helpt verder"),
    ),
    "C6": CriterionWords(
        _("Vertrouwen"),
        _("Alleen jullie eigen oordeel laat dit zien."),
        _("jullie vertrouwen elkaar"),
        _("spreek af hoe je met elkaar omgaat"),
    ),
    "C7": CriterionWords(
        _("Tijd en ruimte"),
        _("Verzoeken aan de leiding, en het antwoord daarop, laten dit zien."),
        _("jullie krijgen tijd en ruimte"),
        _("er is meer tijd nodig"),
    ),
    "C8": CriterionWords(
        _("Naar buiten kijken"),
        _("Een bron, een gast of een bezoek van buiten de groep laat dit zien."),
        _("jullie kijken ook naar buiten"),
        _("kijk eens over de eigen muur"),
    ),
}

#: What asks for the next step where it is this that holds a criterion back, and not the criterion as a whole.
CHANCES: Mapping[str, Text] = {
    "acts_for_goal": _("jullie mogen vaker aan een doel werken"),
    "goals_measured": _("een doel mag vaker gemeten worden"),
    "attendance": _("jullie mogen vaker met meer bij elkaar zijn"),
    "rounds": _("een ronde waarin ieder een beurt krijgt, mag vaker"),
    "questions_answered": _("een vraag mag eerder antwoord krijgen"),
    "both_ways": _("het gesprek mag vaker twee kanten op"),
    "meetings_with_form": _("een werkvorm mag vaker"),
    "meetings_with_material": _("een vraag met %(pupils_work)s of cijfers erbij mag vaker op tafel"),
    "harvest": _("een bijeenkomst mag vaker een inzicht opleveren"),
    "insights_explained": _("bij een inzicht mag vaker staan waarom het werkt"),
    "insights_limited": _("bij een inzicht mag vaker staan wanneer het niet werkt"),
}

#: Positions 0–4 of the ruler, by the engine's keys.
PHASES: Mapping[str, Text] = {
    "not_yet": _("nog niet"),
    "first_steps": _("eerste stappen"),
    "more_often": _("steeds vaker"),
    "in_depth": _("met diepgang"),
    "second_nature": _("vanzelfsprekend"),
}
LEVELS: Mapping[str, Text] = {
    "form": _("het gebeurt"),
    "depth": _("het gaat diep"),
    "yield": _("het levert iets op"),
    "lasting": _("het houdt stand"),
    "fact": _("om over te praten"),
}
#: What may be said of the difference with the equally long window before.
CHANGES: Mapping[str, Text] = {
    "more": _("meer dan in de periode ervoor"),
    "less": _("minder dan in de periode ervoor"),
    "same": _("ongeveer als in de periode ervoor"),
    "too_early": _("te vroeg om van verandering te spreken"),
}
