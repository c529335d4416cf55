"""The next step in words: what it is, why, and how to begin. One step at a time, without blame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True)
class StepWords:
    """`title` of the step, and `how` to begin small, which may hold words of `network.words.SectorWords`.

    form: what is done in a meeting is planned at once, with this work form ("" without one) and with `topic`, or else
    the title; None for what begins otherwise.
    """

    title: Text
    how: Text
    form: str | None = None
    topic: Text = ""


STEPS: Mapping[str, StepWords] = {
    "request_time": StepWords(
        _("Vraag samen om tijd in het rooster"),
        _("Schrijf op hoeveel tijd jullie nodig hebben en waarvoor. De leiding antwoordt met een datum."),
    ),
    "norms_conversation": StepWords(
        _("Spreek af hoe je met elkaar omgaat"),
        _("Begin met wat ieder nodig heeft om te zeggen dat iets niet lukt."),
    ),
    "goal_session": StepWords(
        _("Maak één doel concreet"),
        _("Kies %(pupils)s, schrijf op wat ze straks kunnen en hoe jullie dat zien."),
        form="doelsessie",
    ),
    "fixed_slot_and_rounds": StepWords(
        _("Kies een vast moment en geef ieder een beurt"),
        _("Begin met één vraag en een ronde: ieder een minuut."),
        form="bordsessie",
        topic=_("Hoe staan we ervoor, en wie doet wat?"),
    ),
    "work_form": StepWords(
        _("Kies een werkvorm voor de volgende keer"),
        _("Zet het regelwerk op papier, en leg één stuk %(pupils_work)s op tafel."),
        form="dilemmagesprek",
        topic=_("Eén vraag uit de les, met %(pupils_work)s erbij"),
    ),
    "stimulated_recall": StepWords(
        _("Vertel elkaar hoe je het doet"),
        _("Eén vertelt wat en waarom; een collega vraagt wanneer het niet werkt."),
        form="zo-doe-ik-het",
    ),
    "ten_minute_visit": StepWords(
        _("Open je les voor één collega"),
        _("Begin met tien minuten en één eigen vraag."),
    ),
    "co_design": StepWords(
        _("Maak samen één les"),
        _("Met twee of drie leden, en kijk er samen nog eens naar."),
        form="samen-een-les-ontwerpen",
    ),
    "close_an_inquiry": StepWords(
        _("Maak één vraag samen af"),
        _("Van vraag en bron naar uitproberen, kijken wat het %(pupils)s bracht, en een besluit."),
        form="nabeschouwing",
    ),
    "shared_assessment": StepWords(
        _("Geef allemaal dezelfde kleine opdracht"),
        _("Leg het %(pupils_work)s uit ieders %(group)s naast elkaar."),
        form="dataonderzoek",
    ),
    "expert_guest": StepWords(
        _("Vraag iemand van buiten"),
        _("Eén gast, één vraag van jullie, één bijeenkomst."),
        form="",
    ),
}

REASONS: Mapping[str, Text] = {
    "advice.time": _("Jullie zeggen dat tijd ontbreekt. Dat kan de leiding veranderen, niet jullie zelf."),
    "advice.trust": _("Leren van elkaar begint bij vertrouwen; daar zien jullie nog ruimte."),
    "advice.goals": _("Een doel dat iedereen kan zien, geeft de rest van het werk richting."),
    "advice.contact": _("Wie elkaar vaker spreekt, leert meer van elkaar."),
    "advice.topic": _("Met een werkvorm en %(pupils_work)s gaat een bijeenkomst eerder over de inhoud."),
    "advice.explicit": _(
        "Wat een collega zonder nadenken goed doet, helpt een ander pas als het verteld is."
    ),
    "advice.practice": _("Wie bij elkaar kijkt, heeft iets echts om over te praten."),
    "advice.products": _("Samen iets maken dwingt om te zeggen wat je bedoelt."),
    "advice.inquiry": _("Een vraag levert pas iets op als jullie hem afmaken."),
    "advice.shared": _("Met werk uit ieders %(group)s worden het vragen van jullie samen."),
    "advice.outward": _("Een blik van buiten laat zien wat jullie gewoon zijn gaan vinden."),
    "advice.time.evidence": _("We weten nog niet of jullie genoeg tijd hebben."),
    "advice.trust.evidence": _("We weten nog niet hoe jullie het vertrouwen en het leren van elkaar zien."),
    "advice.goals.evidence": _(
        "Jullie richting kan al duidelijk zijn. Een concreet doel, waaraan je ziet of het lukt, staat er nog niet."
    ),
    "advice.contact.evidence": _("We zien nog te weinig gesprekken om er iets van te zeggen."),
    "advice.topic.evidence": _("We zien nog te weinig bijeenkomsten om er iets van te zeggen."),
    "advice.explicit.evidence": _("We zien nog te weinig inzichten om er iets van te zeggen."),
    "advice.practice.evidence": _("We zien nog te weinig lesbezoeken om er iets van te zeggen."),
    "advice.products.evidence": _("We zien nog geen product dat jullie samen maken."),
    "advice.inquiry.evidence": _("We zien nog geen vraag die jullie samen uitzoeken."),
    "advice.shared.evidence": _("We zien nog niet of jullie werk uit ieders %(group)s naast elkaar leggen."),
    "advice.outward.evidence": _("We zien nog niet of jullie ook buiten de groep kijken."),
    "advice.sustain": _("Op alle punten zijn jullie op weg. Houd vol, en kijk over vier bijeenkomsten weer."),
}
