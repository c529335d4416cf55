"""What the pages of the mirror show: the engine's answer joined with its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leerkring.communities.access import Here
from leerkring.effectiveness import pictures, words
from leerkring.effectiveness.counting import CountingOff, Switch
from leerkring.effectiveness.mirror import Behind, Mirror, Network, advice_for
from leerkring.engine.advice import Advice
from leerkring.engine.assessment import (
    Assessment,
    CriterionResult,
    DescriptorResult,
    IndicatorResult,
    Phase,
)
from leerkring.engine.evidence import rests_on_meetings
from leerkring.engine.formulas import Since, Total
from leerkring.engine.indicators import CRITERIA, HIDING, INDICATORS, PHASES, of_criterion
from leerkring.meetings.access import next_of
from leerkring.meetings.models import Meeting
from leerkring.network.words import GENERAL, SectorWords
from leerkring.ui import charts
from leerkring.ui.percent import percent

Text = str | Promise


#: Units of which a mean of few carries an interval that goes below what there can be.
_NEVER_BELOW_0 = {"count", "members", "minutes"}


#: Per room of a step: the page, the kind of conversation there, and what the button says.
_ROOMS: Mapping[str, tuple[str, str, Text]] = {
    "goals": ("goals:goals", "", _("Naar jullie doelen")),
    "insights": ("insights:insights", "", _("Naar jullie inzichten")),
    "tryouts": ("practice:tryouts", "", _("Naar jullie probeersels")),
    "questions": ("knowledge:conversations", "question", _("Naar jullie vragen")),
    "question": ("knowledge:start", "question", _("Stel je vraag")),
    "sharing": ("knowledge:start", "sharing", _("Deel het")),
    "visit": ("practice:open_lesson", "", _("Zet je les open")),
}


@dataclass(frozen=True)
class Fact:
    """One figure as a sentence, with what makes it honest."""

    result: IndicatorResult
    said: SectorWords
    #: How many members were there in the period.
    members: int

    @property
    def key(self) -> str:
        return self.result.key

    @property
    def is_hidden(self) -> bool:
        """About members, in a period in which there were too few to hide among."""
        return INDICATORS[self.key].of_members and self.members < HIDING

    @property
    def name(self) -> Text:
        return self.said.fill(words.INDICATORS[self.result.key].name)

    @property
    def sentence(self) -> str:
        return words.fact(self.result, self.said)

    @property
    def known(self) -> bool:
        return self.result.enough and self.result.value is not None

    @property
    def interval(self) -> str:
        """The figure's 95 % interval, as the figure itself is written; "" where it has none."""
        low, high = self.result.low, self.result.high
        if low is None or high is None:
            return ""
        if self.result.unit == "share":
            return percent(f"{words.number(100 * low)}–{words.number(100 * high)}")
        if self.result.unit in _NEVER_BELOW_0:
            low = max(low, 0)
        return f"{words.number(low)}–{words.number(high)}"

    @property
    def basis(self) -> str:
        """What the figure is of: its n, in words when the same is counted again, or the weeks in which things were
        counted; "" for a count that is not known."""
        counts = isinstance(INDICATORS[self.key].formula, Total | Since)
        if self.is_hidden or (counts and not self.known):
            return ""
        return words.basis(self.key, self.result.n, self.result.units)

    @property
    def trend(self) -> str:
        """The figure in the period before, and what may be said of the difference."""
        before, change = self.result.previous, self.result.change
        if before is None or change is None:
            return ""
        share = self.result.unit == "share"
        return gettext("ervoor %(before)s: %(change)s") % {
            "before": percent(words.number(100 * before)) if share else words.number(before),
            "change": words.CHANGES[change],
        }

    @property
    def is_weak_sign(self) -> bool:
        return self.result.weak


@dataclass(frozen=True)
class Line:
    """A line of the checklist of a criterion."""

    result: DescriptorResult
    said: SectorWords

    @property
    def name(self) -> Text:
        return self.said.fill(words.INDICATORS[self.result.key].name)

    @property
    def level(self) -> Text:
        return words.LEVELS[self.result.level]

    @property
    def state(self) -> str:
        return self.result.state


@dataclass(frozen=True)
class Row:
    """One criterion on the mirror, in the words of the reader's school."""

    result: CriterionResult
    said: SectorWords
    members: int

    @property
    def key(self) -> str:
        return self.result.key

    @property
    def title(self) -> Text:
        return words.CRITERIA[self.result.key].title

    @property
    def shows(self) -> Text:
        return self.said.fill(words.CRITERIA[self.result.key].shows)

    @property
    def phase(self) -> Phase | None:
        return self.result.phase

    @property
    def phase_name(self) -> Text:
        """The phase that the criterion has reached; "" when that cannot be said."""
        phase = self.result.phase
        if phase is None or phase.position is None:
            return ""
        return words.PHASES[PHASES[int(phase.position)]]

    @property
    def facts(self) -> list[Fact]:
        return [Fact(r, self.said, self.members) for r in self.result.indicators]

    @property
    def known_facts(self) -> list[Fact]:
        return [fact for fact in self.facts if fact.known]

    @property
    def checklist(self) -> list[Line]:
        return [Line(r, self.said) for r in self.result.descriptors]


@dataclass(frozen=True)
class Step:
    """The one next step, and where it starts; `act` is what the button there says."""

    title: Text
    how: Text
    reason: str
    criterion: str | None
    address: str
    act: str


#: The next meeting; a page that knows it already does not ask the database again.
Ahead = Callable[[], Meeting | None]


def step(here: Here, advice: Advice, assessment: Assessment, ahead: Ahead | None = None) -> Step | None:
    """The step in words; None when nothing is weak and everything is known. `ahead` finds the next meeting: when there
    is one, nobody is told to plan it, and it is prepared instead."""
    if advice.step is None:
        return None
    chosen, meeting = words.STEPS[advice.step], None
    prepares = advice.step == "next_meeting"
    if prepares or chosen.form is not None:
        meeting = ahead() if ahead else next_of(here)
    if meeting and prepares:
        chosen = words.PREPARE
    title, how = here.words.fill(chosen.title), here.words.fill(chosen.how)
    reason = words.reason(advice, assessment, here.words)
    where = _in_meeting(here, meeting, chosen) if meeting else None
    address, act = where or _begins(here, advice.step, title, how)
    return Step(title[:1].lower() + title[1:], how, reason, advice.criterion, address, act)


def _in_meeting(here: Here, meeting: Meeting, chosen: words.StepWords) -> tuple[str, str] | None:
    """Where it is prepared, when that is the step or it stands on the agenda already. For who leads, where it is put
    there, or is on now; None for who does not."""
    at, topic = [here.community.pk, meeting.pk], here.words.fill(chosen.topic or chosen.title)
    named = {"workform": chosen.form} if chosen.form else {"title": topic}
    is_on = here.may_lead and not meeting.is_ahead
    if chosen is words.PREPARE or is_on or meeting.items.filter(**named).exists():
        return reverse("meetings:meeting", args=at), gettext("Naar de bijeenkomst")
    if not here.may_lead:
        return None
    asked = urlencode({"werkvorm": chosen.form} if chosen.form else {"onderwerp": topic})
    return f"{reverse('meetings:add_item', args=at)}?{asked}", gettext("Zet het op de agenda")


def _begins(here: Here, key: str, title: str, how: str) -> tuple[str, str]:
    """Where the step begins, and what its button says: for who leads with a meeting, when it is done in one; in its
    room; or with a proposal to the group."""
    at, step = [here.community.pk], words.STEPS[key]
    if here.may_lead and step.form is not None:
        planned = {"onderwerp": here.words.fill(step.topic) if step.topic else title, "werkvorm": step.form}
        return f"{reverse('meetings:new', args=at)}?{urlencode(planned)}", gettext(
            "Plan het in een bijeenkomst"
        )
    if step.room in _ROOMS:
        name, purpose, said = _ROOMS[step.room]
        asked = f"?{urlencode({'soort': purpose})}" if purpose else ""
        return f"{reverse(name, args=at)}{asked}", str(said)
    asked = urlencode({"soort": "proposal", "titel": title, "tekst": how})
    return f"{reverse('knowledge:start', args=at)}?{asked}", gettext("Leg het de groep voor")


def next_step(here: Here, switch: Switch | None = None, ahead: Ahead | None = None) -> Step | None:
    """The one step that would help this community most now; None too when nothing is counted here."""
    try:
        return step(here, *advice_for(here.community, switch), ahead)
    except CountingOff:
        return None


def mirror(here: Here, seen: Mirror, period: str) -> dict[str, Any]:
    """`period` is the key of the one that was asked for: what a line rests on opens over the same weeks."""
    assessed = seen.assessment
    rest = [key for key in CRITERIA if key not in pictures.GUIDELINES]

    def evidence(key: str) -> str:
        return f"{reverse('effectiveness:criterion', args=[here.community.pk, key])}?{urlencode({'over': period})}"

    return {
        "assessment": assessed,
        "headline": words.headline(assessed, here.words),
        "step": step(here, seen.advice, assessed),
        # The figure that the step quotes is in sight, also of a criterion that is folded away otherwise.
        "step_is_of_rest": seen.advice.criterion in rest,
        # Drawn only when the page has no cached fragment of them.
        "ruler": lambda: pictures.ruler(assessed, evidence, here.words),
        "others": lambda: [Row(assessed.criteria[key], here.words, assessed.members) for key in rest],
        "weeks": lambda: pictures.weeks(
            gettext("Activiteit per schoolweek"), seen.weeks, seen.acts, seen.calendar
        ),
        "network": seen.network,
        "sociogram": lambda: _sociogram(here, seen.network) if seen.network else "",
    }


def _sociogram(here: Here, network: Network) -> SafeString:
    """The picture of who was in contact; only the reader's own place has a name."""
    own = here.membership.pk
    members = [
        charts.Member(str(m), here.user.first_name if m == own else "", is_self=m == own)
        for m in network.members
    ]
    ties = [charts.Tie(str(a), str(b)) for a, b in network.ties]
    return charts.sociogram(
        "netwerk",
        members,
        ties,
        title=gettext("Wie met wie in gesprek was"),
        sentence=words.network(network.figures) if network.is_whole else words.pairs(network.figures),
        is_whole=network.is_whole,
    )


@dataclass(frozen=True)
class Chosen:
    """Why the next step is the one that it is."""

    step: Step
    #: The fact that it goes with; "" when it goes with all of a criterion.
    fact: Text
    why: Text
    order: Text = words.ORDER


def _chosen(here: Here, seen: Mirror) -> Chosen | None:
    advice = seen.advice
    found = step(here, advice, seen.assessment)
    if found is None:
        return None
    name = here.words.fill(words.INDICATORS[advice.fact.key].name) if advice.fact else ""
    is_seen = advice.fact is not None and advice.fact.state == "absent"
    return Chosen(found, name, words.CHOSEN["weak" if is_seen else advice.why])


def criterion(here: Here, seen: Mirror, key: str) -> dict[str, Any]:
    assessed = seen.assessment
    on_meetings = any(rests_on_meetings(row.key) for row in of_criterion(key))
    return {
        "assessment": assessed,
        "row": Row(assessed.criteria[key], here.words, assessed.members),
        "too_short": seen.too_short if on_meetings else 0,
        "chosen": _chosen(here, seen) if seen.advice.criterion == key else None,
    }


def figure(here: Here, seen: Behind, key: str) -> dict[str, Any]:
    """One figure of those the group gets; 404 for another."""
    assessed = seen.assessment
    row = Row(assessed.criteria[INDICATORS[key].criterion], here.words, assessed.members)
    fact = next((fact for fact in row.facts if fact.key == key), None)
    if fact is None:
        raise Http404
    return {
        "assessment": assessed,
        "indicator": INDICATORS[key],
        "fact": fact,
        "row": row,
        "counts": words.counts(key),
        "too_short": seen.too_short,
    }


def counted() -> dict[str, Any]:
    """The whole table, criterion by criterion."""
    return {
        "criteria": [
            {
                "key": key,
                "title": words.CRITERIA[key].title,
                "phased": criterion.phased,
                "indicators": [
                    {
                        "row": row,
                        "name": GENERAL.fill(words.INDICATORS[row.key].name),
                        "level": words.LEVELS[row.level],
                        "source": words.SOURCES[row.source],
                    }
                    for row in of_criterion(key)
                ],
            }
            for key, criterion in CRITERIA.items()
        ]
    }
