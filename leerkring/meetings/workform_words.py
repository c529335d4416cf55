"""What is in a work form, in the words of who reads it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from leerkring.meetings.workform import Purpose, Role, Step, StepKind, Who, Workform, Yield
from leerkring.network.words import SectorWords
from leerkring.ui.languages import language

Said = str | Promise

PURPOSES: Mapping[Purpose, Said] = {
    Purpose.KNOWLEDGE: _("Elkaar vertellen hoe je het doet"),
    Purpose.PRACTICE: _("Naar lessen kijken, en naar hoe %(pupils)s leren"),
    Purpose.CASE: _("Een situatie van een van ons"),
    Purpose.PRODUCT: _("Samen iets maken of beter maken"),
    Purpose.DATA: _("Naar resultaten van %(pupils)s kijken"),
    Purpose.DIRECTION: _("Afspreken wat we willen"),
    Purpose.REVIEW: _("Terugkijken op wat we deden"),
    Purpose.ACQUAINTANCE: _("Elkaars werk leren kennen"),
}

ROLES: Mapping[Role, Said] = {
    Role.FACILITATOR: _("gespreksleider"),
    Role.TIMEKEEPER: _("tijdbewaker"),
    Role.PRESENTER: _("inbrenger"),
    Role.SCRIBE: _("notulist"),
    Role.OBSERVER: _("waarnemer"),
}
#: What each of them does, in a line.
TASKS: Mapping[Role, Said] = {
    Role.FACILITATOR: _("leest de vraag voor en let op ieders beurt"),
    Role.TIMEKEEPER: _("zegt wanneer een stap bijna om is"),
    Role.PRESENTER: _("brengt iets in van het eigen werk"),
    Role.SCRIBE: _("schrijft op wat jullie leerden en afspreken"),
    Role.OBSERVER: _("kijkt hoe jullie praten en zegt dat aan het eind"),
}

YIELDS: Mapping[Yield, Said] = {
    Yield.ACTION: _("iets wat iemand gaat doen"),
    Yield.QUESTION: _("een betere vraag"),
    Yield.PRODUCT: _("een ontwerp, of een betere versie ervan"),
    Yield.PLAN: _("een plan"),
    Yield.FINDING: _("iets wat jullie nu weten, met waaraan je dat zag"),
    Yield.RULE: _("een manier van doen, met het waarom"),
    Yield.CHOICE: _("een keuze van jullie allemaal"),
    Yield.CARD: _("een kaartje van ieder"),
}

KINDS: Mapping[StepKind, Said] = {
    StepKind.TALK: _("praten"),
    StepKind.WRITE: _("stil schrijven"),
    StepKind.ROUND: _("om de beurt"),
    StepKind.ORDER: _("kaartjes samen leggen"),
    StepKind.DOTS: _("stippen geven"),
    StepKind.CONSENT: _("kun je hiermee verder?"),
    StepKind.INSIGHT: _("opschrijven wat je nu weet"),
    StepKind.AGREE: _("afspreken"),
    StepKind.EXIT: _("twee vragen aan het eind"),
}


def filled(text: str, words: SectorWords) -> str:
    """A text of a form with the words of the sector in it."""
    return words.fill(text) if "%" in text else text


def title(form: Workform, words: SectorWords) -> str:
    return filled(form.text[language()].title, words)


def bring(form: Workform, words: SectorWords) -> str:
    return filled(form.text[language()].bring, words)


def how(form: Workform, step: Step) -> str:
    """What people do in a step, in a sentence or two."""
    number = next((at for at, each in enumerate(form.steps, 1) if each.key == step.of), 0)
    return " ".join(filter(None, (_doing(step, number), _writing(step), _beside(step, number))))


def _doing(step: Step, number: int) -> str:
    match step.kind:
        case StepKind.ORDER:
            said = gettext("Leg de kaartjes van stap %(number)s bij elkaar en geef elk groepje een naam.")
        case StepKind.DOTS:
            said = ngettext(
                "Ieder geeft %(dots)s stip aan de kaartjes van stap %(number)s.",
                "Ieder geeft %(dots)s stippen aan de kaartjes van stap %(number)s.",
                step.dots,
            )
        case StepKind.CONSENT:
            said = gettext("Ieder zegt ja, of noemt een bezwaar. Het gaat over stap %(number)s.")
        case StepKind.WRITE:
            return gettext("Iedereen is stil.")
        case StepKind.ROUND if step.speaks == Who.OTHERS:
            return gettext("Om de beurt, ieder even lang. De inbrenger luistert.")
        case StepKind.ROUND:
            return gettext("Om de beurt, ieder even lang.")
        case _:
            return str(_SPEAKS[step.speaks])
    return said % {"number": number, "dots": step.dots}


_SPEAKS: Mapping[Who, Said] = {
    Who.EVERYONE: _("Iedereen praat mee."),
    Who.PRESENTER: _("De inbrenger praat."),
    Who.OTHERS: _("De anderen praten, de inbrenger luistert."),
    Who.SCRIBE: _("De notulist praat."),
    Who.NOBODY: _("Iedereen is stil."),
}


def _writing(step: Step) -> str:
    if step.writes == Who.NOBODY:
        return ""
    if not step.cards:
        return str(_WRITES[step.writes])
    said = ngettext(
        "%(who)s schrijft %(cards)s kaartje.", "%(who)s schrijft hooguit %(cards)s kaartjes.", step.cards
    )
    said %= {"who": _WRITER[step.writes], "cards": step.cards}
    return f"{said} {_NAMELESS}" if step.anonymous else said


_NAMELESS = _("Er komt geen naam bij te staan.")
_WRITER: Mapping[Who, Said] = {
    Who.EVERYONE: _("Ieder"),
    Who.PRESENTER: _("De inbrenger"),
    Who.OTHERS: _("Ieder behalve de inbrenger"),
    Who.SCRIBE: _("De notulist"),
}
_WRITES: Mapping[Who, Said] = {
    Who.EVERYONE: _("Iedereen kan meeschrijven."),
    Who.PRESENTER: _("De inbrenger schrijft."),
    Who.OTHERS: _("Een ander dan de inbrenger schrijft."),
    Who.SCRIBE: _("De notulist schrijft."),
}


def _beside(step: Step, number: int) -> str:
    if not step.of or step.kind in {StepKind.ORDER, StepKind.DOTS, StepKind.CONSENT}:
        return ""
    return gettext("De kaartjes van stap %(number)s liggen erbij.") % {"number": number}
