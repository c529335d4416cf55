"""The only way to a work form of a community."""

from __future__ import annotations

from django.http import Http404

from leerkring.communities.access import Here
from leerkring.meetings.models import OwnForm
from leerkring.meetings.workform_library import Entry, find


def entry_for(here: Here, key: str) -> Entry:
    """A form of the house, or one of this community's own; or 404."""
    found = find(here.community, key)
    if found is None:
        raise Http404
    return found


def own_form_for(here: Here, key: str) -> OwnForm:
    """One of this community's own, or 404."""
    found = OwnForm.objects.filter(community=here.community, key=key).first()
    if found is None:
        raise Http404
    return found
