"""When try-outs go for good: a month after one was taken away, with its community, or with a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from leerkring import clock
from leerkring.communities.ending import KEPT_FOR, drop_links
from leerkring.communities.models import Community, Notice
from leerkring.communities.renewing import vanish_each
from leerkring.jobs.vanished import note_vanished
from leerkring.people.erasure import TAKEN_AWAY, Leaving, Replaced
from leerkring.people.models import User
from leerkring.practice.models import Tryout

_TEXT = Replaced("community")
#: What its owner wrote.
WORDS = ("idea", "expected", "where", "adapted", "evidence", "reason")

COVERS: Mapping[str, str | Replaced] = {
    "practice.Tryout.owner": "stays, or *een oud-lid*; the text too unless it must go",
    **{f"practice.Tryout.{word}": _TEXT for word in WORDS},
}


def vanish_outdated() -> None:
    """What was taken away a month ago."""
    before = clock.now() - KEPT_FOR
    vanish_each(Tryout.objects.filter(withdrawn_at__lt=before), "community", vanish_tryout)


@transaction.atomic
def vanish_tryout(pk: int) -> None:
    """That it was tried goes on counting; as a thing that was repeated it does not."""
    found = Tryout.objects.filter(pk=pk).select_related("community").first()
    if found is not None:
        found.community.touch()
        note_vanished("tryout", pk)
        _keep_thread(found)
        _delete({pk})


def _keep_thread(going: Tryout) -> None:
    """Those that repeated it go on belonging together: the oldest of them comes first."""
    heir = going.repetitions.order_by("at", "pk").first()
    if heir:
        going.repetitions.update(first=heir)
        Tryout.objects.filter(pk=heir.pk).update(first=None)


def _delete(ids: set[int]) -> None:
    Tryout.objects.filter(pk__in=ids).delete()
    drop_links("tryout", ids)
    Notice.forget(Notice.objects.filter(thing_kind="tryout", thing_id__in=ids))


def of_community(community: Community) -> None:
    _delete(set(Tryout.objects.filter(community=community).values_list("pk", flat=True)))


# A person


def of_person(leaving: Leaving) -> None:
    """When they chose so, their words. What a colleague repeated stays as a thing without words: the thread hangs on
    it."""
    if not leaving.texts_too:
        return
    written = Tryout.objects.filter(owner__user=leaving.user)
    repeated = Tryout.objects.exclude(first=None).exclude(owner__user=leaving.user).values("first")
    alone = written.exclude(pk__in=repeated)
    _delete(set(alone.values_list("pk", flat=True)))
    written.update(**dict.fromkeys(WORDS, "") | {"idea": TAKEN_AWAY})


def own(user: User) -> Mapping[str, Any]:
    """What `user` tried, for their download."""
    mine = Tryout.objects.filter(owner__user=user).select_related("community")
    return {
        "tryouts": [
            {
                "community": t.community.name,
                "at": t.at,
                "on": t.on,
                "concluded": t.concluded_at,
                "withdrawn": t.withdrawn_at,
                "worked": t.worked,
                "decision": t.decision,
                **{word: getattr(t, word) for word in WORDS},
            }
            for t in mine.order_by("pk")
        ]
    }
