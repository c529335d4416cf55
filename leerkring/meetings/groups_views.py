"""Mijn groepen: for who facilitates more than one community, what to prepare in each."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leerkring.communities.rooms import unless_known
from leerkring.meetings.groups import Groups
from leerkring.people.access import person


@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """In the order of their names; nothing in it can be laid beside another group."""
    found = Groups(person(request))
    if not found.led:
        raise Http404
    state = found.state
    return unless_known(
        request, found.user, state, lambda: render(request, "meetings/groups.html", {"groups": found})
    )
