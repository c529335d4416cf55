"""When conversations and contributions go for good: a month after they were taken away, with their community, or
with who wrote them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Count, Q

from leerkring import clock
from leerkring.communities.ending import KEPT_FOR, drop_links
from leerkring.communities.models import Community, Notice
from leerkring.communities.renewing import vanish_each
from leerkring.jobs.vanished import note_vanished
from leerkring.knowledge.models import Contribution, Conversation
from leerkring.people.erasure import TAKEN_AWAY, Leaving
from leerkring.people.models import User


def vanish_outdated() -> None:
    """What lay in the bin for a month."""
    before = clock.now() - KEPT_FOR
    removed = Conversation.objects.filter(removed_at__lt=before)
    withdrawn = Contribution.objects.filter(withdrawn_at__lt=before).exclude(text="")
    vanish_each(removed, "community", vanish_conversation)
    vanish_each(withdrawn, "conversation__community", vanish_contribution)


@transaction.atomic
def vanish_conversation(pk: int) -> None:
    """The conversation and all in it. That it was there goes on counting; as an answered question it does not."""
    found = Conversation.objects.filter(pk=pk).select_related("community").first()
    if found is not None:
        found.community.touch()  # first its row, as every verb does
        note_vanished("conversation", pk)
        _delete({pk})


@transaction.atomic
def vanish_contribution(pk: int) -> None:
    """Its words and whom it called; its place stays, as taken away."""
    found = (
        Contribution.objects.filter(pk=pk).exclude(text="").select_related("conversation__community").first()
    )
    if found is not None:
        found.conversation.community.touch()
        note_vanished("contribution", pk)
        _empty([found])


def _empty(contributions: list[Contribution]) -> None:
    for contribution in contributions:
        contribution.mentioned.clear()
        contribution.helps.clear()
        at = contribution.withdrawn_at or clock.now()
        Contribution.objects.filter(pk=contribution.pk).update(text="", withdrawn_at=at, revised_at=None)


def _delete(ids: set[int]) -> None:
    Conversation.objects.filter(pk__in=ids).delete()
    drop_links("conversation", ids)
    Notice.forget(Notice.objects.filter(thing_kind="conversation", thing_id__in=ids))


def of_community(community: Community) -> None:
    _delete(set(Conversation.objects.filter(community=community).values_list("pk", flat=True)))


# A person


def of_person(leaving: Leaving) -> None:
    """Calls of this person by name, thanks, and, when they chose so, their own words."""
    _uncall(leaving)
    through = Contribution.helps.through
    through.objects.filter(membership__user=leaving.user).delete()
    if leaving.texts_too:
        _with_own_words(leaving)


def _uncall(leaving: Leaving) -> None:
    """Where a colleague called them by their first name, that name goes too."""
    for contribution in Contribution.objects.filter(mentioned__user=leaving.user).select_related(
        "conversation"
    ):
        most = Contribution._meta.get_field("text").max_length
        text = leaving.without(contribution.text, called=True, most=most)
        Contribution.objects.filter(pk=contribution.pk).update(text=text)
        talk = contribution.conversation
        most = Conversation._meta.get_field("title").max_length
        title = leaving.without(talk.title, called=True, most=most)
        Conversation.objects.filter(pk=talk.pk).update(title=title)
    Contribution.mentioned.through.objects.filter(membership__user=leaving.user).delete()


def _with_own_words(leaving: Leaving) -> None:
    _empty(list(Contribution.objects.filter(author__user=leaving.user)))
    opened = Conversation.objects.filter(opened_by__user=leaving.user)
    alone = opened.annotate(
        others=Count("contributions", filter=~Q(contributions__author__user=leaving.user))
    ).filter(others=0)
    _delete(set(alone.values_list("pk", flat=True)))
    opened.update(title=TAKEN_AWAY)
    Conversation.objects.filter(removed_by__user=leaving.user).update(removed_because="")


def own(user: User) -> Mapping[str, Any]:
    """What `user` wrote and marked, for their download."""
    written = Contribution.objects.filter(author__user=user).select_related("conversation__community")
    helped = Contribution.objects.filter(helps__user=user).select_related("conversation__community")
    return {
        "contributions": [
            {
                "community": c.conversation.community.name,
                "conversation": c.conversation.title,
                "at": c.at,
                "revised": c.revised_at,
                "withdrawn": c.withdrawn_at,
                "text": c.text,
            }
            for c in written.order_by("pk")
        ],
        "helped_me": [
            {"community": c.conversation.community.name, "conversation": c.conversation.title, "at": c.at}
            for c in helped.order_by("pk")
        ],
    }
