"""When what is in lesson visits goes for good: a year after, with its community, or with a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from leerkring import clock
from leerkring.communities.ending import drop_links
from leerkring.communities.models import Community, Membership, Notice
from leerkring.communities.renewing import vanish_each
from leerkring.people.erasure import TAKEN_AWAY, Leaving, Replaced
from leerkring.people.models import User
from leerkring.practice.models import Intention, Note, Visit, Visitor

#: What was seen in a lesson is of use for a year; that it was held goes on counting.
KEPT = timedelta(days=365)

_STAYS = "stays, or *een oud-lid*"
_VISIT, _AT_VISIT = Replaced("community"), Replaced("visit__community")
_OF_VISITOR = Replaced("visitor__visit__community")

COVERS: Mapping[str, str | Replaced] = {
    "practice.Visit.host": _STAYS,
    "practice.Visit.asked_by": _STAYS,
    "practice.Visit.question": _VISIT,
    "practice.Visit.lesson": _VISIT,
    "practice.Visit.place": _VISIT,
    "practice.Visitor.member": f"goes, from what was not held; else {_STAYS}",
    "practice.Note.text": _OF_VISITOR,
    "practice.Note.key": "random",
    "practice.Intention.member": f"goes when nothing was told; else {_STAYS}",
    "practice.Intention.text": _AT_VISIT,
    "practice.Intention.how": _AT_VISIT,
}


def vanish_outdated() -> None:
    before = clock.now() - KEPT
    vanish_each(Visit.objects.filter(starts_at__lt=before), "community", vanish_visit)


@transaction.atomic
def vanish_visit(pk: int) -> None:
    visit = Visit.objects.filter(pk=pk).select_related("community").first()
    if visit is not None:
        visit.community.touch()
        visit.vanish()


def settle_without(community: Community, at: datetime) -> None:
    """Who is in the group no more receives nobody, and comes to nobody."""
    inside = Membership.objects.not_left().filter(community=community).order_by().values("pk")
    ahead = Visit.objects.filter(
        community=community, state__in=[Visit.State.ASKED, Visit.State.OPEN]
    ).select_related("host")
    gone = Visitor.objects.filter(visit__in=ahead.values("pk")).exclude(member__in=inside)
    left = set(gone.values_list("visit", flat=True))
    gone.delete()
    for visit in ahead.filter(pk__in=left):
        visit.count_visitors()
    asked_by_who_left = Q(asked_by__isnull=False) & ~Q(asked_by__in=inside) & Q(state=Visit.State.ASKED)
    for visit in ahead.filter(~Q(host__in=inside) | asked_by_who_left):
        visit.community = community
        visit.end_without(at=at)


def of_community(community: Community) -> None:
    ids = set(Visit.objects.filter(community=community).values_list("pk", flat=True))
    Visit.objects.filter(pk__in=ids).delete()
    drop_links("visit", ids)
    Notice.forget(Notice.objects.filter(thing_kind="visit", thing_id__in=ids))


def of_person(leaving: Leaving) -> None:
    """What they would still do goes; and, when they chose so, their words."""
    Intention.objects.filter(member__user=leaving.user, told_at=None).delete()
    if leaving.texts_too:
        Note.objects.filter(visitor__member__user=leaving.user).delete()
        Intention.objects.filter(member__user=leaving.user).update(text=TAKEN_AWAY, how="")
        hosted = Visit.objects.filter(host__user=leaving.user)
        hosted.update(question="", lesson=TAKEN_AWAY, place="", released_at=None)


def own(user: User) -> Mapping[str, Any]:
    """What `user` opened, saw and would try, for their download. What others noted in their lessons they read there."""
    hosted = Visit.objects.filter(host__user=user).select_related("community")
    notes = Note.objects.filter(visitor__member__user=user).select_related("visitor__visit__community")
    intentions = Intention.objects.filter(member__user=user).select_related("visit__community")
    came = Visitor.objects.filter(member__user=user).select_related("visit__community")
    return {
        "lessons_opened": [
            {
                "community": v.community.name,
                "at": v.starts_at,
                "question": v.question,
                "lesson": v.lesson,
                "place": v.place,
            }
            for v in hosted.order_by("pk")
        ],
        "lessons_visited": [
            {"community": v.visit.community.name, "at": v.visit.starts_at, "question": v.visit.question}
            for v in came.order_by("pk")
        ],
        "lesson_notes": [
            {
                "community": n.visitor.visit.community.name,
                "question": n.visitor.visit.question,
                "at": n.at,
                "kind": n.kind,
                "text": n.text,
            }
            for n in notes.order_by("pk")
        ],
        "intentions": [
            {
                "community": i.visit.community.name,
                "on": i.on,
                "text": i.text,
                "told": i.told_at,
                "worked": i.worked,
                "how": i.how,
            }
            for i in intentions.order_by("pk")
        ],
    }
