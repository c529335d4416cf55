"""What of a person, or of a community, is in the mirror."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db import transaction

from leerkring.communities.models import Community
from leerkring.effectiveness import kept
from leerkring.effectiveness.models import Agreement, Answer, Upload
from leerkring.people.erasure import Leaving
from leerkring.people.models import User


def of_person(leaving: Leaving) -> None:
    """Files that wait, answers, and what is kept in memory of the groups. An objection stays, of nobody: when it went,
    the figures would come back, and show whose it was."""
    for upload in Upload.objects.filter(user=leaving.user):
        upload.discard()
    Answer.objects.filter(member__user=leaving.user, agrees=True).delete()
    for place in leaving.places:
        transaction.on_commit(partial(kept.forget, place))


def of_community(community: Community) -> None:
    for upload in Upload.objects.filter(community=community):
        upload.discard()
    Agreement.objects.filter(community=community).delete()
    transaction.on_commit(lambda: kept.forget(community.pk))


def own(user: User) -> Mapping[str, Any]:
    """What waits to be read, and what this person answered."""
    answers = Answer.objects.filter(member__user=user).select_related("agreement__community")
    return {
        "files": list(Upload.objects.filter(user=user).order_by("pk").values("name", "created_at")),
        "agreements": [
            {"community": a.agreement.community.name, "agrees": a.agrees} for a in answers.order_by("pk")
        ],
    }
