"""The only way to an insight, and to what colleagues wrote at it."""

from __future__ import annotations

from django.http import Http404

from leerkring.communities.access import Here
from leerkring.insights.models import Insight, Limit, Trying


def insight_for(here: Here, insight_id: int, *, own: bool = False) -> Insight:
    """An insight of this community (the reader's own when `own`), or 404. Taken away: its author only."""
    found = (
        Insight.objects.filter(community=here.community, pk=insight_id)
        .select_related("author__user", "of__user", "goal")
        .first()
    )
    mine = found is not None and found.author_id == here.membership.pk
    if found is None or (own and not mine) or (found.withdrawn_at and not mine):
        raise Http404
    found.community = here.community
    return found


def limit_for(here: Here, insight_id: int, limit_id: int) -> Limit:
    """What the reader wrote at an insight of this community, or 404."""
    insight = insight_for(here, insight_id)
    found = Limit.objects.filter(insight=insight, by=here.membership, pk=limit_id).first()
    if found is None:
        raise Http404
    found.insight = insight
    return found


def trying_for(here: Here, insight_id: int, trying_id: int) -> Trying:
    """What the reader would try, or tried, of an insight of this community, or 404."""
    insight = insight_for(here, insight_id)
    found = Trying.objects.filter(insight=insight, member=here.membership, pk=trying_id).first()
    if found is None:
        raise Http404
    found.insight = insight
    return found
