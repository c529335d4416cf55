"""When what is in insights goes for good: a month after it was taken away, with its community, or with a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from leerkring import clock
from leerkring.communities.ending import KEPT_FOR, drop_links
from leerkring.communities.models import Community, Notice
from leerkring.communities.renewing import vanish_each
from leerkring.insights.models import Insight, Limit, Revision, Trying
from leerkring.insights.models.trying import ASKED_FOR
from leerkring.jobs.vanished import note_vanished
from leerkring.people.erasure import TAKEN_AWAY, Leaving, Replaced
from leerkring.people.models import User

_STAYS = "stays, or *een oud-lid*"
_INSIGHT = Replaced("community")
_AT_INSIGHT = Replaced("insight__community")

COVERS: Mapping[str, str | Replaced] = {
    "insights.Insight.author": f"{_STAYS}; the text too unless it must go",
    "insights.Insight.of": "goes",
    "insights.Insight.what": _INSIGHT,
    "insights.Insight.why": _INSIGHT,
    "insights.Insight.noticed": _INSIGHT,
    "insights.Insight.practice": _INSIGHT,
    "insights.Limit.by": f"{_STAYS}; the text too unless it must go",
    "insights.Limit.text": _AT_INSIGHT,
    "insights.Trying.member": f"a promise goes; what was told {_STAYS}",
    "insights.Trying.text": _AT_INSIGHT,
    "insights.Revision.part": "the name of a part",
    "insights.Revision.before": _AT_INSIGHT,
    "insights.Revision.after": _AT_INSIGHT,
    "insights.Revision.by": _STAYS,
}


def vanish_outdated() -> None:
    """What was taken away a month ago; and promises of which nothing was told, that nobody is asked for any more."""
    before = clock.now() - KEPT_FOR
    vanish_each(Insight.objects.filter(withdrawn_at__lt=before), "community", vanish_insight)
    vanish_each(Limit.objects.filter(withdrawn_at__lt=before), "insight__community", vanish_limit)
    Trying.objects.planned().filter(on__lte=clock.today() - ASKED_FOR).delete()
    # A guest's last day passes without a verb.
    vanish_each(Insight.objects.of_who_left(), "community", _forget_of)


def _forget_of(pk: int) -> None:
    Insight.objects.get(pk=pk).forget_of()


def settle_without(community: Community, at: datetime) -> None:
    """Who left cannot take their name off any more, nor say that it may stand there."""
    for insight in Insight.objects.of_who_left().filter(community=community):
        insight.forget_of()


@transaction.atomic
def vanish_insight(pk: int) -> None:
    """With all that colleagues wrote at it. That it was said goes on counting; as a thing that was used it does not."""
    found = Insight.objects.filter(pk=pk).select_related("community").first()
    if found is not None:
        found.community.touch()
        note_vanished("insight", pk)
        _delete({pk})


@transaction.atomic
def vanish_limit(pk: int) -> None:
    found = Limit.objects.filter(pk=pk).select_related("insight__community").first()
    if found is not None:
        found.insight.community.touch()
        note_vanished("insight_limit", pk)
        Notice.forget(Notice.objects.about("insight", found.insight_id).filter(part=pk))
        found.delete()


@transaction.atomic
def take_name_off(pk: int, member: int) -> None:
    found = Insight.objects.filter(pk=pk, of=member).select_related("community").first()
    if found is not None:
        found.community.touch()
        found.forget_of()


def _delete(ids: set[int]) -> None:
    Insight.objects.filter(pk__in=ids).delete()
    drop_links("insight", ids)
    Notice.forget(Notice.objects.filter(thing_kind="insight", thing_id__in=ids))


def of_community(community: Community) -> None:
    _delete(set(Insight.objects.filter(community=community).values_list("pk", flat=True)))


# A person


def of_person(leaving: Leaving) -> None:
    """What they would have tried, and that something is out of their practice; and, when they chose so, their words."""
    Trying.objects.planned().filter(member__user=leaving.user).delete()
    Insight.objects.filter(of__user=leaving.user).update(of=None, named_at=None)
    if leaving.texts_too:
        _with_own_words(leaving)


def _with_own_words(leaving: Leaving) -> None:
    """What colleagues wrote at an insight stays; one at which nobody did anything goes whole."""
    Limit.objects.filter(by__user=leaving.user).delete()
    Trying.objects.filter(member__user=leaving.user).update(text="")
    written = Insight.objects.filter(author__user=leaving.user)
    alone = written.filter(limits=None).exclude(tryings__told_at__isnull=False)
    _delete(set(alone.values_list("pk", flat=True)))
    Revision.objects.filter(insight__in=written).delete()
    written.update(what=TAKEN_AWAY, why="", noticed="", practice="")


def own(user: User) -> Mapping[str, Any]:
    """What `user` wrote and tried, and what is out of their practice, for their download. Of what another took away,
    nobody but that other reads the words."""

    def title(insight: Insight) -> str:
        return insight.title if insight.withdrawn_at is None else ""

    written = Insight.objects.filter(author__user=user).select_related("community")
    limits = Limit.objects.filter(by__user=user).select_related("insight__community")
    tryings = Trying.objects.filter(member__user=user).select_related("insight__community")
    revisions = Revision.objects.filter(by__user=user).select_related("insight__community")
    named = Insight.objects.there().filter(of__user=user).select_related("community")
    return {
        "insights": [
            {
                "community": i.community.name,
                "kind": i.kind,
                "at": i.at,
                "revised": i.revised_at,
                "withdrawn": i.withdrawn_at,
                "what": i.what,
                "why": i.why,
                "noticed": i.noticed,
                "practice": i.practice,
            }
            for i in written.order_by("pk")
        ],
        "insight_changes": [
            {
                "community": r.insight.community.name,
                "insight": r.insight.title,
                "at": r.at,
                "before": str(r.shown_before),
                "text": str(r.shown_after),
            }
            for r in revisions.order_by("pk")
        ],
        "insights_of_mine": [
            {"community": i.community.name, "insight": i.title, "at": i.at, "named": i.named_at}
            for i in named.order_by("pk")
        ],
        "insight_limits": [
            {
                "community": limit.insight.community.name,
                "insight": title(limit.insight),
                "at": limit.at,
                "withdrawn": limit.withdrawn_at,
                "text": limit.text,
            }
            for limit in limits.order_by("pk")
        ],
        "insight_tryings": [
            {
                "community": t.insight.community.name,
                "insight": title(t.insight),
                "on": t.on,
                "told": t.told_at,
                "worked": t.worked,
                "text": t.text,
            }
            for t in tryings.order_by("pk")
        ],
    }
