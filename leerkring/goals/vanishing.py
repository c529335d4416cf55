"""When what is in goals goes for good: with its community, with a person, or because it was a pupil's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import F, Q

from leerkring.communities.ending import drop_links
from leerkring.communities.models import Community, Notice
from leerkring.communities.renewing import touch_all
from leerkring.goals.models import (
    Change,
    Endorsement,
    Goal,
    Measure,
    Measurement,
    PupilResults,
    Statement,
    Summary,
    Yes,
)
from leerkring.goals.outcomes import forget_results
from leerkring.goals.results import regrouped
from leerkring.people.erasure import Leaving, Replaced
from leerkring.people.models import User

_STAYS = "stays, or *een oud-lid*"
_NATIONAL = "of SLO's public list: about nobody"
_GOAL = Replaced("community")
_MEASURE = Replaced("goal__community")
_MEASUREMENT = Replaced("measure__goal__community")
_SUMMARY = Replaced("measurement__measure__goal__community")

COVERS: Mapping[str, str | Replaced] = {
    "goals.AttainmentTarget.code": _NATIONAL,
    "goals.AttainmentTarget.label": _NATIONAL,
    "goals.AttainmentTarget.title": _NATIONAL,
    "goals.AttainmentTarget.subject": _NATIONAL,
    "goals.AttainmentTarget.domain": _NATIONAL,
    "goals.AttainmentTarget.levels": _NATIONAL,
    "goals.Statement.text": _GOAL,
    "goals.Statement.written_by": _STAYS,
    "goals.Endorsement.member": "goes",
    "goals.Goal.text": _GOAL,
    "goals.Goal.language": "nl or en",
    "goals.Goal.pupils": _GOAL,
    "goals.Goal.not_yet": _GOAL,
    "goals.Goal.product": _GOAL,
    "goals.Goal.yielded": _GOAL,
    "goals.Goal.kept_where": _GOAL,
    "goals.Goal.dropped_because": _GOAL,
    "goals.Goal.salt": "random",
    "goals.Goal.owners": "goes",
    "goals.Goal.written_by": _STAYS,
    "goals.Goal.kept_by": "goes",
    "goals.Yes.member": "goes",
    "goals.Change.part": "the name of a part",
    "goals.Change.before": _MEASURE,
    "goals.Change.after": _MEASURE,
    "goals.Change.by": _STAYS,
    "goals.Measure.name": _MEASURE,
    "goals.Measure.unit": _MEASURE,
    "goals.Measurement.label": _MEASUREMENT,
    "goals.Measurement.note": _MEASUREMENT,
    "goals.Measurement.by": _STAYS,
    "goals.Summary.dimension": _SUMMARY,
    "goals.Summary.group": _SUMMARY,
}


def settle_without(community: Community, at: datetime) -> None:
    """Someone has no say in `community` any more, or is away; perhaps only their yes was missing."""
    for goal in Goal.objects.filter(community=community, state=Goal.State.ASKED):
        goal.community = community
        goal.settle(at=at)
    for statement in Statement.objects.standing(community).values():
        statement.community = community
        statement.settle(at=at)


def of_community(community: Community) -> None:
    """All of it; the results of pupils first."""
    goals = list(Goal.objects.filter(community=community).values_list("pk", flat=True))
    statements = list(Statement.objects.filter(community=community).values_list("pk", flat=True))
    PupilResults.objects.filter(measurement__measure__goal__in=goals).delete()
    Summary.objects.filter(measurement__measure__goal__in=goals).delete()
    Measurement.objects.filter(measure__goal__in=goals).delete()
    Measure.objects.filter(goal__in=goals).delete()
    Goal.objects.filter(pk__in=goals).delete()
    Statement.objects.filter(pk__in=statements).delete()
    for kind, ids in (("goal", goals), ("statement", statements)):
        drop_links(kind, set(ids))
        Notice.forget(Notice.objects.filter(thing_kind=kind, thing_id__in=ids))


def of_person(leaving: Leaving) -> None:
    """What only they said of something, and what they would have minded. A goal that nobody but they worked on goes
    when they chose that their texts go; what lay before the group is the group's."""
    Endorsement.objects.filter(member__user=leaving.user).delete()
    Yes.objects.filter(member__user=leaving.user).delete()
    Goal.owners.through.objects.filter(membership__user=leaving.user).delete()
    Goal.objects.filter(kept_by__user=leaving.user).update(kept_by=None)
    _in_results(leaving)
    # A picture may have had their name in it. The communities first, as every verb does.
    there = {*leaving.places, *(community for community in leaving.changed if community)}
    touch_all(Community.objects.filter(pk__in=there))
    Goal.objects.filter(community__in=there).update(version=F("version") + 1)
    if leaving.texts_too:
        _with_own_words(leaving)


def _in_results(leaving: Leaving) -> None:
    """A subgroup may be called after a teacher; results are weighed anew from what is packed."""
    kept = PupilResults.objects.values_list("pk", "packed", "measurement__measure__goal__community")
    for pk, packed, community in kept.iterator(500):

        def without(name: str, at_home: bool = community in leaving.places) -> str:
            return leaving.without(name, own_place=at_home)

        renamed = regrouped(bytes(packed), without)
        if renamed != bytes(packed):
            PupilResults.objects.filter(pk=pk).update(packed=renamed)


def _with_own_words(leaving: Leaving) -> None:
    Measurement.objects.filter(by__user=leaving.user).update(note="")
    alone = Goal.objects.filter(written_by__user=leaving.user, revision=0)
    alone = alone.filter(Q(state=Goal.State.DRAFT) | Q(state=Goal.State.DROPPED, asked_at=None))
    ids = set(alone.values_list("pk", flat=True))
    for goal in ids:
        forget_results(goal)
    Goal.objects.filter(pk__in=ids).delete()
    drop_links("goal", ids)
    Notice.forget(Notice.objects.filter(thing_kind="goal", thing_id__in=ids))


def own(user: User) -> Mapping[str, Any]:
    """What `user` wrote and said, for their download."""
    goals = Goal.objects.filter(written_by__user=user).select_related("community")
    statements = Statement.objects.filter(written_by__user=user).select_related("community")
    measurements = Measurement.objects.filter(by__user=user).select_related("measure__goal__community")
    changes = Change.objects.filter(by__user=user).select_related("goal__community")
    said_yes = Yes.objects.filter(member__user=user).select_related("goal__community")
    endorsed = Endorsement.objects.filter(member__user=user).select_related("statement__community")
    return {
        "goals": [
            {"community": g.community.name, "at": g.written_at, "text": g.text} for g in goals.order_by("pk")
        ],
        "statements": [
            {"community": s.community.name, "title": s.title, "at": s.written_at, "text": s.text}
            for s in statements.order_by("pk")
        ],
        "measurements": [
            {
                "community": m.measure.goal.community.name,
                "goal": m.measure.goal.title,
                "on": m.on,
                "text": m.note,
            }
            for m in measurements.order_by("pk")
        ],
        "goal_changes": [
            {
                "community": c.goal.community.name,
                "goal": c.goal.title,
                "at": c.at,
                "before": c.before,
                "text": c.after,
            }
            for c in changes.order_by("pk")
        ],
        "agreed_goals": [
            {"community": y.goal.community.name, "goal": y.goal.title} for y in said_yes.order_by("pk")
        ],
        "endorsed": [
            {"community": e.statement.community.name, "title": e.statement.title}
            for e in endorsed.order_by("pk")
        ],
    }
