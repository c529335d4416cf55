"""The seven parts of a goal as its page shows them: filled in, said in the sentence only, or missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leerkring.communities.access import Here
from leerkring.goals import figures
from leerkring.goals.coaching import in_sentence
from leerkring.goals.models import Goal, Measure


@dataclass(frozen=True)
class PartShown:
    name: str | Promise
    said: Any
    #: Said when it is missing.
    question: str | Promise
    is_there: bool
    #: The words of the sentence that say it, as the coach reads them; it may be said there and not be filled in yet.
    in_sentence: str = ""
    #: Where it is filled in; "" for who only reads.
    fill_in: str = ""


def shown(here: Here, goal: Goal, *, may_fill_in: bool) -> list[PartShown]:
    """`goal` with what was found for it."""
    there, said_in = goal.parts, in_sentence(goal.text, goal.language)
    said_in["until"] = said_in.pop("date", "")
    measures = list(goal.measures.all())
    baselines = [figures.said(m.baseline, m) for m in measures if m.baseline]
    targets = [figures.amount(m.target, m) for m in measures if m.target is not None]
    said: dict[str, tuple[Any, Any, Any]] = {
        "pupils": (
            _("Welke %(pupils)s"),
            goal.pupils,
            _("Welke groep of klas, en hoeveel zijn het er?"),
        ),
        "outcome": (
            _("Wat kunnen ze dan"),
            said_in.get("outcome", ""),
            _("Wat zie je een %(pupil)s straks doen, of hoor je die zeggen?"),
        ),
        "measure": (
            _("Hoe zie je dat"),
            ", ".join(m.name for m in measures),
            _("Kies een opgave, een rubric of een toets."),
        ),
        "baseline": (_("Begin"), ", ".join(baselines), _("Waar staan ze nu? Meet het voor je begint.")),
        "target": (_("Streefdoel"), ", ".join(targets), _("Waar willen jullie naartoe?")),
        "until": (_("Wanneer"), goal.until, _("Wanneer kijken jullie of het gelukt is?")),
        "product": (
            _("Wat maken we samen"),
            goal.product,
            _("Een lessenserie, een rubric, een kijkwijzer?"),
        ),
    }
    fill = here.words.fill
    return [
        PartShown(
            fill(name),
            value,
            fill(question),
            there[key],
            "" if there[key] else said_in.get(key, ""),
            _fills_in(here, goal, key, measures) if may_fill_in else "",
        )
        for key, (name, value, question) in said.items()
    ]


def _fills_in(here: Here, goal: Goal, key: str, measures: Sequence[Measure]) -> str:
    """Where that part is filled in; a first measure begins with what the sentence says."""
    at = [here.community.pk, goal.pk]
    if key not in {"measure", "baseline", "target"}:
        return reverse("goals:edit", args=at)
    if not measures:
        return reverse("goals:new_measure", args=at)
    act = "goals:value" if key == "baseline" else "goals:measure"
    return reverse(act, args=[*at, measures[0].pk])
