"""How a goal ends: concluded with what it yielded and how that is kept, or let go with a reason; and looked back on."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.happenings import ThingId
from leerkring.communities.models import Membership, Notice
from leerkring.goals.happenings import Decision, GoalChecked, GoalConcluded, GoalDropped
from leerkring.goals.models import Goal, Yes
from leerkring.goals.outcomes import forget_results, outcome_of
from leerkring.ui.refusal import Refused


@transaction.atomic
def conclude(
    goal: Goal,
    *,
    by: Membership,
    decision: Decision,
    yielded: str,
    kept_where: str = "",
    kept_by: Membership | None = None,
    look_again_on: date | None = None,
    at: datetime | None = None,
) -> None:
    """What it yielded, and how it goes on. Results of single pupils go; what was found of them together stays."""
    at = at or clock.now()
    goal.hold()
    if goal.state != Goal.State.ADOPTED:
        raise Refused(goal.why_closed or _("Alleen een doel dat loopt, kun je afronden."))
    goal.kept_where, goal.kept_by, goal.look_again_on = kept_where, kept_by, look_again_on
    goal.decision, goal.yielded = decision, yielded
    outcome = outcome_of(goal)
    goal.become(
        Goal.State.CONCLUDED,
        ended_at=at,
        also=["decision", "yielded", "kept_where", "kept_by", "look_again_on"],
    )
    goal.community.record(
        GoalConcluded(
            actor=by.as_actor,
            about=ThingId(goal.pk),
            decision=decision,
            evidence=outcome.evidence,
            reached=outcome.reached,
            subgroups=outcome.subgroups,
            lowest_rose=outcome.lowest_rose,
        ),
        at=at,
    )
    forget_results(goal.pk)


@transaction.atomic
def drop(goal: Goal, *, by: Membership, because: str, at: datetime | None = None) -> None:
    """Let it go, with a reason. A draft can be taken up again."""
    at = at or clock.now()
    goal.hold_open()
    adopted = goal.state == Goal.State.ADOPTED
    goal.dropped_because = because
    Yes.objects.filter(goal=goal).delete()
    goal.become(Goal.State.DROPPED, ended_at=at, also=["dropped_because"])
    if adopted:
        goal.community.record(GoalDropped(actor=by.as_actor, about=ThingId(goal.pk)), at=at)
    forget_results(goal.pk)


@transaction.atomic
def take_up(goal: Goal, *, by: Membership) -> None:
    """What was let go becomes a draft again, to be agreed on anew."""
    goal.hold()
    if goal.state != Goal.State.DROPPED:
        raise Refused(_("Dit doel is niet losgelaten."))
    goal.dropped_because = ""
    goal.become(Goal.State.DRAFT, ended_at=None, asked_at=None, adopted_at=None, also=["dropped_because"])


@transaction.atomic
def look_again(goal: Goal, *, by: Membership, in_use: bool, at: datetime | None = None) -> None:
    """Looked again at what was kept: is it still done that way?"""
    at = at or clock.now()
    goal.hold()
    if not Goal.objects.to_look_at().filter(pk=goal.pk).exists():
        raise Refused(_("Bij dit doel valt nu niet terug te kijken."))
    goal.in_use = in_use
    goal.become(Goal.State.CONCLUDED, checked_at=at, also=["in_use"])
    happened = GoalChecked(actor=by.as_actor, about=ThingId(goal.pk), in_use=in_use)
    goal.community.record(happened, at=at)
    # Nobody is asked any more for what a colleague did.
    Notice.forget(Notice.objects.about("goal", goal.pk).filter(kind="goal.look_again").unread())
