"""The only way to a try-out."""

from __future__ import annotations

from django.http import Http404

from leerkring.communities.access import Here
from leerkring.practice.models import Tryout


def tryout_for(here: Here, tryout_id: int, *, own: bool = False) -> Tryout:
    """A try-out of this community (the reader's own when `own`), or 404. Taken away: its owner only."""
    found = (
        Tryout.objects.filter(community=here.community, pk=tryout_id)
        .select_related("owner__user", "first__owner__user", "goal")
        .first()
    )
    mine = found is not None and found.owner_id == here.membership.pk
    if found is None or (own and not mine) or (found.withdrawn_at and not mine):
        raise Http404
    found.community = here.community
    return found
