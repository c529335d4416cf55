"""Names and sentences of the indicators of the eight characteristics. Neutral: told, and nobody blamed."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leerkring.effectiveness.words.sentence import IndicatorWords

CHARACTERISTICS: Mapping[str, IndicatorWords] = {
    "vision_recent": IndicatorWords(
        _("Visie besproken"), _("de visie is het afgelopen jaar %(k)s keer samen bekeken")
    ),
    "goals_underserved": IndicatorWords(
        _("Doelen voor alle %(pupils)s"),
        ngettext_lazy(
            "%(k)s van %(n)s doelen noemt %(pupils)s die het nog niet halen",
            "%(k)s van %(n)s doelen noemen %(pupils)s die het nog niet halen",
            "k",
        ),
    ),
    "lowest_rose": IndicatorWords(
        _("De laagste groep vooruit"),
        _("bij %(k)s van %(n)s doelen ging de laagste groep vooruit en geen andere achteruit"),
    ),
    "bringers": IndicatorWords(
        _("Uit de eigen %(group)s"),
        ngettext_lazy(
            "%(k)s van %(n)s leden bracht gegevens uit de eigen %(group)s mee",
            "%(k)s van %(n)s leden brachten gegevens uit de eigen %(group)s mee",
            "k",
        ),
    ),
    "questions_helped": IndicatorWords(
        _("Hulp van een collega"), _("bij %(k)s van %(n)s vragen en dilemma’s hielp een ander lid mee")
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
    "experimenting": IndicatorWords(_("Uitproberen"), _("%(k)s keer iets uitgeprobeerd in de %(group)s")),
    "designing": IndicatorWords(_("Ontwerpen"), _("%(k)s keer samen iets ontworpen")),
    "towards_designing": IndicatorWords(
        _("Naar samen ontwerpen"), _("%(k)s van %(n)s keer samenwerken was samen ontwerpen")
    ),
    "agreements_kept": IndicatorWords(
        _("Afspraken nagekomen"),
        ngettext_lazy(
            "%(k)s van %(n)s afgeronde afspraken is gedaan",
            "%(k)s van %(n)s afgeronde afspraken zijn gedaan",
            "k",
        ),
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
            "%(k)s van %(n)s leden deelde een leervraag",
            "%(k)s van %(n)s leden deelden een leervraag",
            "k",
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
    "guests": IndicatorWords(
        _("Gasten"),
        ngettext_lazy(
            "%(k)s gast was bij een bijeenkomst van tien minuten of langer",
            "%(k)s gasten waren bij een bijeenkomst van tien minuten of langer",
            "k",
        ),
    ),
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
