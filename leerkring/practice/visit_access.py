"""The only way to a visit, and to what was noted in it. Of who is not named there it does not exist."""

from __future__ import annotations

from django.http import Http404

from leerkring.communities.access import Here
from leerkring.practice.models import Intention, Note, Visit, Visitor


def visit_for(here: Here, visit_id: int) -> Visit:
    """One that the reader hosts, asked for or goes to, or a lesson that stands open to them; or 404."""
    found = (
        Visit.objects.visible_to(here.user)
        .filter(community=here.community, pk=visit_id)
        .select_related("host__user", "asked_by__user", "goal")
        .first()
    )
    if found is None:
        raise Http404
    found.community = here.community
    return found


def hosted_for(here: Here, visit_id: int) -> Visit:
    """One that the reader hosts, or 404."""
    found = visit_for(here, visit_id)
    if found.host_id != here.membership.pk:
        raise Http404
    return found


def shared_for(here: Here, visit_id: int) -> Visit:
    """One at which the reader is host or visitor, or 404."""
    found = visit_for(here, visit_id)
    if found.host_id != here.membership.pk and not found.visitors.filter(member=here.membership).exists():
        raise Http404
    return found


def visitor_for(here: Here, visit_id: int) -> Visitor:
    """What the reader is as a visitor there, or 404."""
    visit = visit_for(here, visit_id)
    found = Visitor.objects.filter(visit=visit, member=here.membership).first()
    if found is None:
        raise Http404
    found.visit = visit
    return found


def note_for(here: Here, visit_id: int, note_id: int) -> Note:
    """What the reader noted there, or 404."""
    visitor = visitor_for(here, visit_id)
    found = Note.objects.filter(visitor=visitor, pk=note_id).first()
    if found is None:
        raise Http404
    found.visitor = visitor
    return found


def intention_for(here: Here, visit_id: int) -> Intention:
    """What the reader would try after it, or 404."""
    visit = visit_for(here, visit_id)
    found = Intention.objects.filter(visit=visit, member=here.membership).first()
    if found is None:
        raise Http404
    found.visit = visit
    return found
