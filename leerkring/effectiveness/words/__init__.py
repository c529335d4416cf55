"""Everything the mirror says, in teachers' words. The keys are the engine's; a test holds them together.

words.CRITERIA["G2d"].title          Bij elkaar in de les kijken
words.fact(result)                   3 van 12 leden openden een les
words.facts(criterion)               its figures in a line, or what would show it
words.headline(assessment)           Nog onzeker: jullie werken doelgericht, en de klasdeur mag vaker open
words.basis("attendance", 36, 3)     gemiddeld 12 leden, bij 3 bijeenkomsten
words.counts("replies")              what of the list behind a figure the figure counts
words.reason(advice, assessment)     why this step, with the figures it quotes
words.network(description)           what the picture of a file says: bridges and members without a line
words.pairs(description)             what that of a group at work says: pairs, and nothing of who has none
words.refusal(unreadable)            what is wrong with a file, and what to do

What is about teachers, pupils or classes takes the words of a sector (`said`); without, the general ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from leerkring.effectiveness.words.counts import basis, counts
from leerkring.effectiveness.words.criteria import (
    CHANCES,
    CHANGES,
    CRITERIA,
    LEVELS,
    PHASES,
    CriterionWords,
)
from leerkring.effectiveness.words.exports import (
    FILES,
    GROUNDS,
    LOOKS_LIKE,
    ORDERS,
    REFUSALS,
    ROLES,
    SKIPS,
    ranges,
    refusal,
)
from leerkring.effectiveness.words.indicators import INDICATORS, fact, number
from leerkring.effectiveness.words.sentence import IndicatorWords
from leerkring.effectiveness.words.sources import SOURCES
from leerkring.effectiveness.words.steps import CHOSEN, ORDER, PREPARE, REASONS, STEPS, StepWords
from leerkring.engine.advice import Advice, holding_back
from leerkring.engine.assessment import Assessment, CriterionResult, Phase
from leerkring.engine.network import Description
from leerkring.network.words import GENERAL, SectorWords

__all__ = [
    "CHANGES",
    "CHOSEN",
    "CRITERIA",
    "FILES",
    "GROUNDS",
    "INDICATORS",
    "LEVELS",
    "LOOKS_LIKE",
    "NETWORK",
    "ORDER",
    "ORDERS",
    "PHASES",
    "PREPARE",
    "REASONS",
    "REFUSALS",
    "ROLES",
    "SKIPS",
    "SOURCES",
    "STEPS",
    "CriterionWords",
    "IndicatorWords",
    "StepWords",
    "basis",
    "counts",
    "fact",
    "facts",
    "headline",
    "network",
    "number",
    "pairs",
    "ranges",
    "reason",
    "refusal",
]

#: Definitions of the figures of a network: name and how it is counted.
NETWORK: Mapping[str, tuple[str | Promise, str | Promise]] = {
    "members": (_("Leden"), _("Iedereen in het bestand, ook wie niets schreef.")),
    "isolates": (_("Nog geen contact"), _("Leden zonder lijn van of naar een ander lid.")),
    "ties": (
        _("Lijnen"),
        _(
            "Wie zich minstens één keer tot wie richtte. Vaker geeft dezelfde lijn; "
            "jezelf antwoorden telt niet."
        ),
    ),
    "mutual": (
        _("Paren met lijnen heen en terug"),
        _("Paren van leden die zich allebei tot de ander richtten."),
    ),
    "asymmetric": (
        _("Paren met een lijn één kant op"),
        _("Paren waarin één van de twee zich tot de ander richtte."),
    ),
    "density": (_("Dichtheid"), _("Lijnen gedeeld door alle mogelijke lijnen: leden × (leden − 1).")),
    "reciprocity": (_("Wederkerigheid"), _("Het deel van de lijnen waar een lijn terug bij hoort.")),
    "centralisation": (
        _("Centralisatie"),
        _(
            "Naar Freeman: 0 als ieder evenveel lijnen heeft, 1 als alles via één lid loopt "
            "(lijnen in en uit samen)."
        ),
    ),
    "max_in_degree": (_("Meeste lijnen naar één lid"), _("Van zoveel verschillende leden.")),
    "max_out_degree": (_("Meeste lijnen van één lid"), _("Naar zoveel verschillende leden.")),
    "external": (
        _("E–I-index"),
        _(
            "Lijnen tussen scholen min lijnen binnen een school, gedeeld door beide "
            "samen (Krackhardt en Stern)."
        ),
    ),
}


def headline(assessment: Assessment, said: SectorWords = GENERAL) -> str:
    """What goes furthest and, where something holds one back, what asks for the next step, of the criteria that have a
    place on the ruler; and how sure that is."""
    phases = {key: result.phase for key, result in assessment.criteria.items() if result.phase is not None}
    placed = {key: phase.position for key, phase in phases.items() if phase.position is not None}
    if not placed:
        return gettext("Er is nog te weinig te zien; dat is een begin")
    best = max(placed, key=lambda key: placed[key])
    held = [key for key in placed if any(r.state == "absent" for r in holding_back(assessment.criteria[key]))]
    least = min(held, key=lambda key: placed[key], default=best)
    strength, chance = said.fill(CRITERIA[best].strength), said.fill(_chance(assessment.criteria[least]))
    if placed[best] < 1:
        return _sure([phases[least]]) % {"what": chance}
    if placed[best] == placed[least]:
        return _sure([phases[best]]) % {"what": strength}
    both = gettext("%(strength)s, en %(chance)s") % {"strength": strength, "chance": chance}
    return _sure([phases[best], phases[least]]) % {"what": both}


def _chance(result: CriterionResult) -> str | Promise:
    """What asks for the next step: the fact that holds the criterion back, when that has words of its own."""
    own = [CHANCES[row.key] for row in holding_back(result)[:1] if row.key in CHANCES]
    return own[0] if own else CRITERIA[result.key].chance


def _sure(phases: Iterable[Phase]) -> str:
    """How sure a title about these is: by how far they may lie from where they were put."""
    widest = max((phase.high or 0) - (phase.low or 0) for phase in phases)
    if widest < 0.5:
        return gettext("Vrij zeker: %(what)s")
    if widest <= 1:
        return gettext("Waarschijnlijk: %(what)s")
    return gettext("Nog onzeker: %(what)s")


def reason(advice: Advice, assessment: Assessment, said: SectorWords = GENERAL) -> str:
    """Why this step: the figure that it is about, then the reason."""
    sentences = []
    if advice.criterion and advice.fact and advice.fact.state == "absent":
        key = advice.fact.key
        told = next(row for row in assessment.criteria[advice.criterion].indicators if row.key == key)
        sentences.append(_capital(fact(told, said)) + ".")
    if advice.judgement:
        sentences.append(
            gettext("Jullie geven dit een %(mean)s van 5 (%(n)s antwoorden).")
            % {"mean": number(advice.judgement.mean, 1), "n": advice.judgement.n}
        )
    return " ".join([*sentences, said.fill(REASONS[advice.reason])])


def facts(result: CriterionResult, said: SectorWords = GENERAL, most: int = 2) -> str:
    """A criterion's figures in a line, its checklist first and among these what holds it back; where there are none,
    what would show it."""
    known = [row for row in result.indicators if row.enough]
    if not known:
        return said.fill(CRITERIA[result.key].shows)
    known.sort(key=lambda row: row.level == "fact")
    back = [row.key for row in holding_back(result)[:1]]
    shown = [row for row in known if row.key in back] + [row for row in known if row.key not in back]
    return _capital("; ".join(fact(row, said) for row in sorted(shown[:most], key=known.index)))


def network(description: Description) -> str:
    """What the picture shows, by count: members without a line, and members who connect. Never a name."""
    if not description.ties:
        return gettext("Er zijn nog geen lijnen tussen leden.")
    alone, bridges = description.isolates, len(description.bridges)
    first = (
        ngettext(
            "%(count)s lid heeft nog met niemand contact.",
            "%(count)s leden hebben nog met niemand contact.",
            alone,
        )
        % {"count": number(alone)}
        if alone
        else gettext("Iedereen heeft met minstens één ander contact.")
    )
    second = (
        ngettext(
            "%(count)s lid is een brug: zonder dit lid raken anderen los van elkaar.",
            "%(count)s leden zijn een brug: zonder zo’n lid raken anderen los van elkaar.",
            bridges,
        )
        % {"count": number(bridges)}
        if bridges
        else gettext("Geen enkel lid is de enige schakel tussen anderen.")
    )
    return f"{first} {second}"


def pairs(description: Description) -> str:
    """What the picture of a group at work shows. Nothing of who has no line, or of one on whom others depend:
    its members would know who that is."""
    return gettext("%(pairs)s paren van leden waren in gesprek. Bij %(mutual)s ging het twee kanten op.") % {
        "pairs": number(description.mutual + description.asymmetric),
        "mutual": number(description.mutual),
    }


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
