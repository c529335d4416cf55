"""The next step in words: what it is, why, and how to begin. One step at a time, without blame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


#: Where a step begins that is no meeting: the goals, the insights, the try-outs, the questions that lie there, a
#: conversation or a lesson to open.
Room = Literal["", "goals", "insights", "tryouts", "questions", "question", "sharing", "visit"]


@dataclass(frozen=True)
class StepWords:
    """`title` of the step, and `how` to begin small; both may hold words of `network.words.SectorWords`.

    form: what is done in a meeting is planned at once, with this work form ("" without one) and with `topic`, or else
    the title; None for what begins otherwise.
    room: where it begins for who does not plan meetings, or for everyone.
    """

    title: Text
    how: Text
    form: str | None = None
    topic: Text = ""
    room: Room = ""

    @property
    def begins_somewhere(self) -> bool:
        return self.form is not None or bool(self.room)


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
        room="goals",
    ),
    "work_on_goal": StepWords(
        _("Werk de volgende keer aan een doel"),
        _("Kies bij het plannen het doel erbij, en zet één punt op de agenda dat daarover gaat."),
        form="",
        topic=_("Waar staan we met ons doel?"),
    ),
    "measure_goal": StepWords(
        _("Kijk bij één doel hoe het ervoor staat"),
        _("Eén uitkomst is genoeg: een telling, een exit-ticket of een paar cijfers."),
        room="goals",
    ),
    "vision_dialogue": StepWords(
        _("Praat samen over wat jullie belangrijk vinden"),
        _("Begin met één vraag: wanneer is het voor onze %(pupils)s een goed jaar?"),
        form="visiedialoog",
    ),
    "name_underserved": StepWords(
        _("Noem in een doel %(pupils)s die het nog niet halen"),
        _("Schrijf zonder namen om wie het gaat, en volg hen apart."),
        room="goals",
    ),
    "fixed_slot": StepWords(
        _("Kies een vast moment"),
        _("Begin kort: één vraag, een kwartier, elke keer op dezelfde tijd."),
        form="bordsessie",
        topic=_("Hoe staan we ervoor, en wie doet wat?"),
    ),
    "round": StepWords(
        _("Geef ieder een beurt in een ronde"),
        _("Begin met één vraag: ieder een minuut, en niemand valt in de rede."),
        form="bordsessie",
        topic=_("Hoe staan we ervoor, en wie doet wat?"),
    ),
    "answer_each_other": StepWords(
        _("Geef elkaar antwoord"),
        _("Kies één vraag die nog wacht. Twee zinnen uit je eigen %(group)s zijn genoeg."),
        room="questions",
    ),
    "ask_a_colleague": StepWords(
        _("Vraag een collega om mee te denken"),
        _("Stel één vraag uit je eigen %(group)s, en noem met @ van wie je het graag hoort."),
        room="question",
    ),
    "next_meeting": StepWords(
        _("Plan een volgende bijeenkomst"),
        _(
            "Eén vraag uit de les is genoeg. Met een werkvorm leidt het scherm jullie er stap voor stap doorheen."
        ),
        form="dilemmagesprek",
        topic=_("Eén vraag uit de les"),
    ),
    "work_form": StepWords(
        _("Kies een werkvorm voor de volgende keer"),
        _("Begin met één vraag uit de les; het scherm leidt jullie er stap voor stap doorheen."),
        form="dilemmagesprek",
        topic=_("Eén vraag uit de les"),
    ),
    "more_content": StepWords(
        _("Zet het regelwerk op papier"),
        _("Stuur het vooraf rond, en begin de volgende keer met één vraag uit de les."),
        form="",
        topic=_("Eén vraag uit de les"),
    ),
    "material_at_hand": StepWords(
        _("Leg %(pupils_work)s of cijfers op tafel"),
        _(
            "Schrijf bij het plannen één vraag op, en vink aan dat jullie er iets bij hebben om naar te kijken."
        ),
        form="dataonderzoek",
        topic=_("Eén vraag uit de les, met %(pupils_work)s erbij"),
    ),
    "stimulated_recall": StepWords(
        _("Vertel elkaar hoe je het doet"),
        _("Eén vertelt wat en waarom; een collega vraagt wanneer het niet werkt."),
        form="zo-doe-ik-het",
    ),
    "say_why": StepWords(
        _("Schrijf bij een inzicht waarom het werkt"),
        _("Kies er één, en maak de zin af: dit werkt, omdat…"),
        room="insights",
    ),
    "ask_when_not": StepWords(
        _("Vraag bij een inzicht wanneer het niet werkt"),
        _("Kies er één van een collega, vraag het, en schrijf het antwoord erbij."),
        room="insights",
    ),
    "ten_minute_visit": StepWords(
        _("Open je les voor één collega"),
        _("Begin met tien minuten en één eigen vraag."),
        room="visit",
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
        room="tryouts",
    ),
    "shared_assessment": StepWords(
        _("Geef allemaal dezelfde kleine opdracht"),
        _("Leg het %(pupils_work)s uit ieders %(group)s naast elkaar."),
        form="dataonderzoek",
    ),
    "share_one": StepWords(
        _("Deel één ding dat werkte"),
        _("Een foto of drie zinnen uit je %(group)s: wat deed je, en wat zag je?"),
        room="sharing",
    ),
    "bring_home": StepWords(
        _("Neem één ding mee naar je eigen school"),
        _("Spreek na een bijeenkomst van het netwerk af wie wat thuis laat zien."),
    ),
    "expert_guest": StepWords(
        _("Vraag iemand van buiten"),
        _("Eén gast, één vraag van jullie, één bijeenkomst."),
        form="",
    ),
}

#: In place of *next_meeting* while the next one is planned already.
PREPARE = StepWords(
    _("Bereid de volgende bijeenkomst voor"),
    _("Eén vraag uit de les op de agenda is genoeg. Met een werkvorm leidt het scherm jullie er doorheen."),
)

#: How a step is chosen, in the order of `engine.advice.RULES`; that one rests on the other is what the order says.
ORDER = _(
    "We kijken altijd in dezelfde volgorde, want het een rust op het ander: tijd, vertrouwen, doelen, contact, "
    "waar jullie over praten, inzichten, bij elkaar in de les, samen maken, onderzoeken, delen, en naar buiten kijken. "
    "Een stap waarvoor Leerkring nog geen plek heeft, slaan we over."
)
#: Why it is this one, by `engine.advice.Advice.why`; of a fact that is seen to be absent never that too little is seen.
CHOSEN: Mapping[str, Text] = {
    "weak": _("Dit is het eerste in die rij dat nog niet op gang is."),
    "evidence": _(
        "Waar we genoeg van zien, is nu geen stap nodig. Dit is het eerste in die rij waar we te weinig van zien."
    ),
}

#: Why, by the step; with `.evidence` where too little is known of it yet.
REASONS: Mapping[str, Text] = {
    "advice.request_time": _(
        "Jullie zeggen dat tijd ontbreekt. Dat kan de leiding veranderen, niet jullie zelf."
    ),
    "advice.norms_conversation": _("Leren van elkaar begint bij vertrouwen; daar zien jullie nog ruimte."),
    "advice.goal_session": _("Een doel dat iedereen kan zien, geeft de rest van het werk richting."),
    "advice.work_on_goal": _("Een doel helpt pas als jullie er samen aan werken."),
    "advice.measure_goal": _("Wie onderweg kijkt, kan nog bijsturen."),
    "advice.vision_dialogue": _("Wie weet waarom, kiest makkelijker wat."),
    "advice.name_underserved": _("Wie je noemt, verlies je niet uit het oog."),
    "advice.fixed_slot": _("Wie elkaar vaker spreekt, leert meer van elkaar."),
    "advice.round": _("In een ronde hoor je ook wie anders luistert."),
    "advice.answer_each_other": _("Wie antwoord krijgt, vraagt een volgende keer weer."),
    "advice.ask_a_colleague": _("Een collega denkt graag mee, als die weet dat je het vraagt."),
    "advice.next_meeting": _("Wie elkaar over lessen spreekt, leert van elkaar."),
    "advice.work_form": _("Met een werkvorm gaat een bijeenkomst eerder over de inhoud."),
    "advice.more_content": _("Regelen kan ook zonder elkaar; over je lessen praten niet."),
    "advice.material_at_hand": _(
        "Met iets echts op tafel gaat het over wat er gebeurde, en niet over wat je vindt."
    ),
    "advice.stimulated_recall": _(
        "Wat een collega zonder nadenken goed doet, helpt een ander pas als het verteld is."
    ),
    "advice.say_why": _("Wie weet waarom iets werkt, kan het ook in een andere %(group)s gebruiken."),
    "advice.ask_when_not": _("Wie weet wanneer iets niet werkt, durft het eerder te proberen."),
    "advice.ten_minute_visit": _("Wie bij elkaar kijkt, heeft iets echts om over te praten."),
    "advice.co_design": _("Samen iets maken dwingt om te zeggen wat je bedoelt."),
    "advice.close_an_inquiry": _("Een vraag levert pas iets op als jullie hem afmaken."),
    "advice.shared_assessment": _("Met werk uit ieders %(group)s worden het vragen van jullie samen."),
    "advice.share_one": _("Wat jij al weet, zoekt een collega misschien nog."),
    "advice.bring_home": _("Wat je elders hoort, helpt pas als het thuis landt."),
    "advice.expert_guest": _("Een blik van buiten laat zien wat jullie gewoon zijn gaan vinden."),
    "advice.request_time.evidence": _("We weten nog niet of jullie genoeg tijd hebben."),
    "advice.norms_conversation.evidence": _(
        "We weten nog niet hoe jullie het vertrouwen en het leren van elkaar zien."
    ),
    "advice.goal_session.evidence": _(
        "Jullie richting kan al duidelijk zijn. Een concreet doel, waaraan je ziet of het lukt, staat er nog niet."
    ),
    "advice.vision_dialogue.evidence": _(
        "We zien nog niet of jullie samen bespraken wat jullie belangrijk vinden."
    ),
    "advice.fixed_slot.evidence": _("We zien nog te weinig gesprekken om er iets van te zeggen."),
    "advice.ask_a_colleague.evidence": _("We zien nog te weinig vragen aan elkaar om er iets van te zeggen."),
    "advice.work_form.evidence": _("We zien nog niet of een werkvorm jullie helpt."),
    "advice.next_meeting.evidence": _("We zien nog te weinig bijeenkomsten om er iets van te zeggen."),
    "advice.stimulated_recall.evidence": _("We zien nog te weinig inzichten om er iets van te zeggen."),
    "advice.ten_minute_visit.evidence": _("We zien nog te weinig lesbezoeken om er iets van te zeggen."),
    "advice.co_design.evidence": _("We zien nog geen product dat jullie samen maken."),
    "advice.close_an_inquiry.evidence": _("We zien nog geen vraag die jullie samen uitzoeken."),
    "advice.shared_assessment.evidence": _(
        "We zien nog niet of jullie werk uit ieders %(group)s naast elkaar leggen."
    ),
    "advice.bring_home.evidence": _("We zien nog niet wat jullie van elders meenemen."),
    "advice.expert_guest.evidence": _("We zien nog niet of jullie ook buiten de groep kijken."),
    "advice.sustain": _("Op alle punten zijn jullie op weg. Houd vol, en kijk over vier bijeenkomsten weer."),
}
