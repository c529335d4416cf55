"""The only way to a conversation and what was said in it."""

from __future__ import annotations

from django.http import Http404

from leerkring.communities.access import Here
from leerkring.knowledge.models import Contribution, Conversation


def conversation_for(here: Here, conversation_id: int) -> Conversation:
    """A conversation of this community, or 404."""
    found = (
        Conversation.objects.there()
        .filter(community=here.community, pk=conversation_id)
        .select_related("opened_by__user")
        .first()
    )
    if found is None:
        raise Http404
    return found


def contribution_for(here: Here, contribution_id: int, *, own: bool = False) -> Contribution:
    """A contribution in this community (the reader's own when `own`), or 404. Withdrawn: its author only."""
    found = (
        Contribution.objects.filter(
            conversation__community=here.community, conversation__removed_at=None, pk=contribution_id
        )
        .select_related("author__user", "conversation")
        .first()
    )
    mine = found is not None and found.author_id == here.membership.pk
    if found is None or (own and not mine) or (found.withdrawn_at and not mine):
        raise Http404
    return found


def removable_for(here: Here, conversation_id: int) -> Conversation:
    """A conversation that the reader may take away, or 404."""
    found = conversation_for(here, conversation_id)
    if found.opened_by_id != here.membership.pk and not here.may_lead:
        raise Http404
    return found


def binned_for(here: Here, conversation_id: int) -> Conversation:
    """A conversation in the reader's bin, or 404."""
    found = Conversation.objects.in_bin_of(here.membership).filter(pk=conversation_id).first()
    if found is None:
        raise Http404
    return found


def is_withdrawn(here: Here, contribution_id: int) -> bool:
    """Whether it is a contribution of this community that its author took away."""
    found = Contribution.objects.filter(conversation__community=here.community, pk=contribution_id)
    return found.exclude(withdrawn_at=None).exists()
