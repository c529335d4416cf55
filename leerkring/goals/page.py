"""What the pages of the room *Doelen* show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities import thread
from leerkring.communities.access import Here
from leerkring.goals import chart, figures
from leerkring.goals.models import Change, Endorsement, Goal, Measure, Measurement, Statement, Yes
from leerkring.goals.models.goal import MANY
from leerkring.goals.say import may_know_how_many, who_decide
from leerkring.ui.charts import Holiday

_STATES = Goal.State


def has_many(here: Here) -> bool:
    """Whether so many goals run already that one more is better chosen than added."""
    return Goal.objects.active().filter(community=here.community).count() >= MANY


class Room:
    """All goals of a community, by state: one list, read once."""

    def __init__(self, here: Here) -> None:
        self.here = here
        self._all = list(Goal.objects.filter(community=here.community).order_by("until", "pk"))

    def _in(self, *states: Goal.State) -> list[Goal]:
        return [goal for goal in self._all if goal.state in states]

    def __bool__(self) -> bool:
        return bool(self._all)

    @cached_property
    def running(self) -> list[Row]:
        return _with_pictures(self._in(_STATES.ADOPTED))

    @property
    def asked(self) -> list[Goal]:
        return self._in(_STATES.ASKED)

    @property
    def drafts(self) -> list[Goal]:
        return self._in(_STATES.DRAFT)

    @property
    def concluded(self) -> list[Goal]:
        return sorted(
            self._in(_STATES.CONCLUDED), key=lambda goal: goal.ended_at or goal.written_at, reverse=True
        )

    @property
    def dropped(self) -> list[Goal]:
        return self._in(_STATES.DROPPED)

    @property
    def has_many(self) -> bool:
        return len(self._in(_STATES.ADOPTED)) >= MANY


@dataclass(frozen=True)
class Row:
    """A running goal in a list, with what was found by the first of its measures as a small picture."""

    goal: Goal
    found: Sequence[Measurement]

    @cached_property
    def chart(self) -> SafeString | None:
        return chart.small(self.goal, self.found) if self.found else None


def at_work(here: Here) -> tuple[list[Goal], list[Row]]:
    """For *Vandaag*: what asks me whether I can go along, and what we work on."""
    goals = list(Goal.objects.at_work(here.membership))
    running = [goal for goal in goals if goal.state == _STATES.ADOPTED]
    asked = [goal for goal in goals if goal.state == _STATES.ASKED]
    return asked, _with_pictures(running)


def _with_pictures(running: list[Goal]) -> list[Row]:
    found: dict[int, list[Measurement]] = {}
    for each in Measurement.objects.of_first_measure(running) if running else ():
        found.setdefault(each.measure.goal_id, []).append(each)
    return [Row(goal, found.get(goal.pk, [])) for goal in running]


@dataclass(frozen=True)
class PartShown:
    name: str | Promise
    said: Any
    #: Said when it is missing.
    question: str | Promise
    is_there: bool


class Shown:
    """One goal, for one reader."""

    def __init__(self, here: Here, goal: Goal) -> None:
        self.here, self.goal = here, goal

    @property
    def may_act(self) -> bool:
        return self.here.may_decide

    @cached_property
    def measures(self) -> list[Measured]:
        measures = list(self.goal.measures.all())
        free = chart.holidays(self.here) if measures else []
        return [Measured(self.goal, measure, free) for measure in measures]

    @cached_property
    def parts(self) -> list[PartShown]:
        there = self.goal.parts
        measures = list(self.goal.measures.all())
        baselines = [figures.said(m.baseline, m) for m in measures if m.baseline]
        targets = [figures.amount(m.target, m) for m in measures if m.target is not None]
        said: dict[str, tuple[Any, Any, Any]] = {
            "pupils": (
                _("Welke leerlingen"),
                self.goal.pupils,
                _("Welke groep of klas, en hoeveel zijn het er?"),
            ),
            "outcome": (
                _("Wat kunnen ze dan"),
                "",
                _("Wat zie je een leerling straks doen, of hoor je hem zeggen?"),
            ),
            "measure": (
                _("Hoe zie je dat"),
                ", ".join(m.name for m in measures),
                _("Kies een opgave, een rubric of een toets."),
            ),
            "baseline": (_("Begin"), ", ".join(baselines), _("Waar staan ze nu? Meet het voor je begint.")),
            "target": (_("Streefdoel"), ", ".join(targets), _("Waar willen jullie naartoe?")),
            "until": (_("Wanneer"), self.goal.until, _("Wanneer kijken jullie of het gelukt is?")),
            "product": (
                _("Wat maken we samen"),
                self.goal.product,
                _("Een lessenserie, een rubric, een kijkwijzer?"),
            ),
        }
        return [PartShown(name, value, question, there[key]) for key, (name, value, question) in said.items()]

    @property
    def is_whole(self) -> bool:
        return all(self.goal.parts.values())

    # -- Kun je hiermee verder? --

    @cached_property
    def has_said_yes(self) -> bool:
        return Yes.objects.filter(goal=self.goal, member=self.here.membership).exists()

    @cached_property
    def may_say(self) -> bool:
        return who_decide(self.here.community).filter(pk=self.here.membership.pk).exists()

    @cached_property
    def waiting(self) -> int | None:
        """How many others did not say yes yet; None for who is not to know."""
        return _others(self.goal, self.may_say and not self.has_said_yes, self.here)

    @property
    def objection(self) -> str:
        """Where a conversation about an objection begins."""
        return thread.start_address(
            "conversation",
            self.here.community.pk,
            follows=("goal", self.goal.pk),
            soort="dilemma",
            titel=str(_("Mijn bezwaar bij: %(goal)s") % {"goal": self.goal.title})[:160],
        )

    @property
    def talk(self) -> str:
        return thread.start_address("conversation", self.here.community.pk, follows=("goal", self.goal.pk))

    # -- the red thread --

    @cached_property
    def came_from(self) -> list[thread.Thing]:
        return thread.comes_from(self.here.user, "goal", self.goal.pk)

    @cached_property
    def thread(self) -> list[dict[str, Any]]:
        return Thread(self).stations

    @cached_property
    def changes(self) -> list[Change]:
        return list(self.goal.changes.select_related("by__user")[:20])

    @cached_property
    def attainment(self) -> list[Any]:
        return list(self.goal.attainment.prefetch_related("replaced_by"))

    @property
    def may_look_again(self) -> bool:
        goal = self.goal
        due = goal.look_again_on is not None and goal.look_again_on <= clock.today()
        return goal.state == _STATES.CONCLUDED and due and goal.checked_at is None


def _others(asked: Goal | Statement, reader_waits: bool, here: Here) -> int | None:
    return asked.waiting() - reader_waits if may_know_how_many(here.membership) else None


class Thread:
    """Everything for a goal in order of time, and the gap that is next."""

    def __init__(self, shown: Shown) -> None:
        self.shown, self.goal = shown, shown.goal

    @property
    def stations(self) -> list[dict[str, Any]]:
        goal = self.goal
        found = [
            _station(*self._begun(), ""),
            *(_station(_day(at), thing.name, thing.title, thing.address) for at, thing in self._led_to()),
            *(
                _station(
                    m.on, _("Begin") if m == measure.baseline else _("Meting"), figures.said(m, measure), ""
                )
                for measure in goal.measures.all()
                for m in (*([measure.baseline] if measure.baseline else []), *measure.later)
            ),
        ]
        if goal.ended_at:
            name = _("Conclusie") if goal.state == _STATES.CONCLUDED else _("Losgelaten")
            said = goal.get_decision_display() if goal.decision else goal.dropped_because
            found.append(_station(_day(goal.ended_at), name, said, ""))
        found.sort(key=lambda station: station["day"])
        return [*found, *self._next()]

    def _begun(self) -> tuple[date, Any, Any]:
        """The page says the goal itself already, above."""
        if self.goal.adopted_at:
            return _day(self.goal.adopted_at), _("Doel"), _("samen afgesproken")
        return _day(self.goal.written_at), _("Doel"), _("eerste zin")

    def _led_to(self) -> list[tuple[datetime, thread.Thing]]:
        found = thread.led_to(self.shown.here.user, "goal", self.goal.pk)
        return [(thing.at, thing) for thing in found if thing.at]

    def _next(self) -> list[dict[str, Any]]:
        """What the thread asks for now: the first gap."""
        goal, here = self.goal, self.shown.here
        if goal.state != _STATES.ADOPTED:
            return []
        at = [here.community.pk, goal.pk]
        measures = list(goal.measures.all())
        if not any(m.baseline for m in measures):
            begins = reverse("goals:value", args=[*at, measures[0].pk]) if measures else ""
            begins = begins or reverse("goals:new_measure", args=at)
            return [_gap(_("Begin"), _("nog te meten"), begins, None)]
        if not any(m.later for m in measures):
            measure = measures[0]
            address = reverse("goals:value", args=[*at, measure.pk])
            return [_gap(_("Meting"), _("kijk waar ze nu staan"), address, None)]
        is_due = goal.until and goal.until <= clock.today()
        said = _("nu te trekken") if is_due else _("nog te trekken")
        return [_gap(_("Conclusie"), said, reverse("goals:conclude", args=at), goal.until)]


def _day(moment: datetime) -> date:
    return moment.astimezone(clock.AMSTERDAM).date()


def _station(day: date, kind: Any, title: Any, address: str) -> dict[str, Any]:
    return {"day": day, "kind": kind, "title": title, "href": address}


def _gap(kind: Any, title: Any, address: str, day: date | None) -> dict[str, Any]:
    return {"day": day, "kind": kind, "title": title, "href": address, "is_open": True}


class Measured:
    """One measure with its chart and what was found, said with its uncertainty."""

    def __init__(self, goal: Goal, measure: Measure, free: Sequence[Holiday]) -> None:
        self.goal, self.measure, self.free = goal, measure, free

    @cached_property
    def chart(self) -> SafeString:
        return chart.large(self.goal, self.measure, self.free)

    @cached_property
    def subgroups(self) -> list[tuple[str, SafeString]]:
        """What they are divided by, and the picture."""
        return chart.subgroups(self.measure, self.free)

    @cached_property
    def found(self) -> list[figures.Found]:
        return figures.found(self.measure)

    @property
    def said_target(self) -> str:
        return figures.amount(self.measure.target, self.measure) if self.measure.target is not None else ""


class Standing:
    """The version of the vision or the agreements that stands, for one reader."""

    def __init__(self, here: Here, statement: Statement) -> None:
        self.here, self.statement = here, statement
        statement.community = here.community

    @cached_property
    def stands_behind_it(self) -> bool:
        return Endorsement.objects.filter(statement=self.statement, member=self.here.membership).exists()

    @cached_property
    def may_say(self) -> bool:
        return who_decide(self.here.community).filter(pk=self.here.membership.pk).exists()

    @cached_property
    def waiting(self) -> int | None:
        """How many others did not say so yet; None for who is not to know."""
        return _others(self.statement, self.may_say and not self.stands_behind_it, self.here)


def standing(here: Here) -> dict[str, Statement]:
    """By kind; what was never written is not there."""
    return Statement.objects.standing(here.community)
