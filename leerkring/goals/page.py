"""What the pages of the room *Doelen* show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities import thread
from leerkring.communities.access import Here
from leerkring.communities.models import Membership
from leerkring.engine.coach import MANY
from leerkring.goals import chart, figures, parts
from leerkring.goals.models import Change, Goal, Measure, Measurement, Yes
from leerkring.goals.standing import Saying
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
        return _rows(self._in(_STATES.ADOPTED))

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
    pictured: Pictured

    @property
    def chart(self) -> SafeString | None:
        found = self.pictured.found.get(self.goal.pk)
        return chart.small(self.goal, found) if found else None


class Pictured:
    """What was found for several goals, read once and only when a picture is not kept."""

    def __init__(self, goals: Sequence[Goal]) -> None:
        self.goals = goals

    @cached_property
    def found(self) -> dict[int, list[Measurement]]:
        """By goal, of the first of its measures."""
        found: dict[int, list[Measurement]] = {}
        for each in Measurement.objects.of_first_measure(self.goals):
            found.setdefault(each.measure.goal_id, []).append(each)
        return found


def _rows(running: list[Goal]) -> list[Row]:
    pictured = Pictured(running)
    return [Row(goal, pictured) for goal in running]


class AtWork:
    """For *Vandaag*: what asks me whether I can go along, what we work on, and what I am to look at again."""

    def __init__(self, here: Here) -> None:
        self.here = here

    @cached_property
    def _all(self) -> list[Goal]:
        return Goal.objects.at_work(self.here.membership)

    def __bool__(self) -> bool:
        return bool(self._all)

    def _in(self, state: Goal.State) -> list[Goal]:
        return [goal for goal in self._all if goal.state == state]

    @property
    def asked(self) -> list[Goal]:
        return self._in(_STATES.ASKED)

    @cached_property
    def running(self) -> list[Row]:
        return _rows(self._in(_STATES.ADOPTED))

    @property
    def kept(self) -> list[Goal]:
        return self._in(_STATES.CONCLUDED)


class Shown:
    """One goal, for one reader."""

    def __init__(self, here: Here, goal: Goal) -> None:
        self.here, self.goal = here, goal

    @cached_property
    def with_measurements(self) -> Goal:
        """The goal with what was found for it, without the pupils behind that: read when no fragment is kept."""
        prefetch_related_objects([self.goal], "measures__measurements")
        return self.goal

    @property
    def may_act(self) -> bool:
        return self.here.may_decide

    @cached_property
    def measures(self) -> list[Measured]:
        measures = self.goal.measures.prefetch_related("measurements__summaries")
        return [Measured(self, measure) for measure in measures]

    @cached_property
    def owners(self) -> list[Membership]:
        return list(self.goal.owners.select_related("user"))

    @cached_property
    def free(self) -> list[Holiday]:
        """The holidays in its pictures."""
        return chart.holidays(self.here)

    @cached_property
    def parts(self) -> list[parts.PartShown]:
        return parts.shown(self.here, self.with_measurements, may_fill_in=self.may_act and self.goal.is_open)

    @property
    def is_whole(self) -> bool:
        return all(self.with_measurements.parts.values())

    # -- Kun je hiermee verder? --

    @cached_property
    def saying(self) -> Saying:
        return Saying(self.here, Yes.objects.filter(goal=self.goal))

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
    def meet(self) -> str:
        """Where a meeting about it is planned."""
        goal = self.goal.pk
        return thread.start_address("meeting", self.here.community.pk, follows=("goal", goal), doel=str(goal))

    @property
    def talk(self) -> str:
        return thread.start_address("conversation", self.here.community.pk, follows=("goal", self.goal.pk))

    @property
    def insight(self) -> str:
        """Where somebody writes down what they learnt at it."""
        return thread.start_address("insight", self.here.community.pk, follows=("goal", self.goal.pk))

    @property
    def tryout(self) -> str:
        """Where somebody tries something in class for it."""
        return thread.start_address("tryout", self.here.community.pk, follows=("goal", self.goal.pk))

    # -- the red thread --

    @cached_property
    def _around(self) -> tuple[list[thread.Thing], list[thread.Thing]]:
        return thread.around(self.here.user, "goal", self.goal.pk)

    @property
    def came_from(self) -> list[thread.Thing]:
        return self._around[0]

    @property
    def standing(self) -> list[str]:
        """What was written down of where pupils stand, where the goal came from."""
        return [said for thing in self.came_from for said in thing.standing]

    @property
    def led_to(self) -> list[thread.Thing]:
        return self._around[1]

    @property
    def talks(self) -> list[thread.Thing]:
        """Conversations that follow from it: an objection is one."""
        return [thing for thing in self.led_to if thing.kind == "conversation"]

    @cached_property
    def thread(self) -> list[dict[str, Any]]:
        return Thread(self).stations

    @cached_property
    def changes(self) -> list[Change]:
        """What became of it since it was adopted, or since it lies before the group."""
        since = self.goal.adopted_at or self.goal.asked_at
        return list(self.goal.changes.filter(at__gte=since).select_related("by__user")[:20]) if since else []

    @cached_property
    def attainment(self) -> list[Any]:
        return list(self.goal.attainment.prefetch_related("replaced_by"))

    @property
    def may_look_again(self) -> bool:
        goal = self.goal
        due = goal.look_again_on is not None and goal.look_again_on <= clock.today()
        return goal.state == _STATES.CONCLUDED and due and goal.checked_at is None


class Thread:
    """Everything for a goal in order of time, and the gap that is next."""

    def __init__(self, shown: Shown) -> None:
        self.shown, self.goal = shown, shown.with_measurements

    @property
    def stations(self) -> list[dict[str, Any]]:
        goal = self.goal
        found = [
            *self._around(self.shown.came_from),
            _station(*self._begun(), ""),
            *self._around(self.shown.led_to),
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

    def _around(self, things: Sequence[thread.Thing]) -> list[dict[str, Any]]:
        return [_station(_day(it.at), it.name, it.title, it.address) for it in things if it.at]

    def _next(self) -> list[dict[str, Any]]:
        """What the thread asks for now: the first gap."""
        goal = self.goal
        if goal.state != _STATES.ADOPTED:
            return []
        measures = list(goal.measures.all())
        if not any(m.baseline for m in measures):
            begins = self._way("value", measures[0].pk) if measures else self._way("new_measure")
            return [_gap(_("Begin"), _("nog te meten"), begins, None)]
        if not any(m.later for m in measures):
            return [_gap(_("Meting"), _("kijk waar ze nu staan"), self._way("value", measures[0].pk), None)]
        is_due = goal.until and goal.until <= clock.today()
        said = _("nu te trekken") if is_due else _("nog te trekken")
        return [_gap(_("Conclusie"), said, self._way("conclude"), goal.until)]

    def _way(self, act: str, *measure: int) -> str:
        """Where the gap is filled; for who only reads it is a gap and no more."""
        if not self.shown.may_act:
            return ""
        return reverse(f"goals:{act}", args=[self.shown.here.community.pk, self.goal.pk, *measure])


def _day(moment: datetime) -> date:
    return moment.astimezone(clock.AMSTERDAM).date()


def _station(day: date, kind: Any, title: Any, address: str) -> dict[str, Any]:
    return {"day": day, "kind": kind, "title": title, "href": address}


def _gap(kind: Any, title: Any, address: str, day: date | None) -> dict[str, Any]:
    return {"day": day, "kind": kind, "title": title, "href": address, "is_open": True}


class Measured:
    """One measure with its chart and what was found, said with its uncertainty."""

    def __init__(self, shown: Shown, measure: Measure) -> None:
        self.shown, self.measure = shown, measure

    @cached_property
    def chart(self) -> SafeString:
        return chart.large(self.shown.goal, self.measure, self.shown.free)

    @cached_property
    def subgroups(self) -> list[tuple[str, SafeString]]:
        """What they are divided by, and the picture."""
        return chart.subgroups(self.measure, self.shown.free)

    @cached_property
    def found(self) -> list[figures.Found]:
        return figures.found(self.measure)
