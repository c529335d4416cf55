"""The pictures of the mirror, the same on the page and in the report of data from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from leerkring.effectiveness import words
from leerkring.engine.assessment import Assessment, CriterionResult
from leerkring.engine.calendar import Calendar, monday_of
from leerkring.engine.indicators import CRITERIA
from leerkring.network.words import GENERAL, SectorWords
from leerkring.ui import charts

#: The six guidelines, in the order of the source text.
GUIDELINES = tuple(key for key in CRITERIA if key.startswith("G"))


def _nowhere(_key: str) -> str:
    """A report on paper leads nowhere."""
    return ""


def ruler(
    assessment: Assessment, evidence: Callable[[str], str] = _nowhere, said: SectorWords = GENERAL
) -> SafeString:
    """The six guidelines on the ruler, each with its facts or with what would show it; `evidence` gives the
    address of what a criterion rests on."""
    return charts.mirror(
        [
            charts.MirrorRow(
                key=key,
                title=words.CRITERIA[key].title,
                facts=words.facts(assessment.criteria[key], said),
                did=mark(assessment.criteria[key]),
                evidence=evidence(key),
            )
            for key in GUIDELINES
        ]
    )


def mark(result: CriterionResult) -> charts.Mark | None:
    """■ with its interval; None where there is too little evidence, or no place to give."""
    phase = result.phase
    if phase is None or phase.position is None:
        return None
    low = phase.position if phase.low is None else phase.low
    high = phase.position if phase.high is None else phase.high
    return charts.Mark(phase.position, low, high)


def weeks(title: str, shown: Iterable[int], acts: Mapping[int, int], calendar: Calendar) -> SafeString:
    """How much was done in each calendar week of `shown`; a week without school is a gap, not a zero."""
    given = [
        charts.Week(monday_of(week), acts.get(week, 0))
        if calendar.is_school_week(week)
        else charts.Week(monday_of(week), None, gettext("vakantie"))
        for week in shown
    ]
    school = [week for week in given if not week.holiday]
    lively = sum(1 for week in school if week.value)
    sentence = ngettext(
        "In %(lively)s van de %(school)s schoolweek gebeurde er iets.",
        "In %(lively)s van de %(school)s schoolweken gebeurde er iets.",
        len(school),
    ) % {"lively": lively, "school": len(school)}
    return charts.weeks("weken", given, title=title, sentence=sentence)
