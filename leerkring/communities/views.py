"""Leden: who is in the community, changing roles, leaving."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerkring.communities import inbox
from leerkring.communities.access import Here, member_for
from leerkring.communities.forms import RoleForm
from leerkring.communities.happenings import Role
from leerkring.communities.models import Admission, Door, ExceptionalAct, Membership
from leerkring.communities.presence import with_away
from leerkring.communities.rooms import room
from leerkring.network.models import Location
from leerkring.ui.templatetags.ui import school_moment


@require_safe
@room()
def members(request: HttpRequest, here: Here) -> HttpResponse:
    inbox.opened(here.user, "members", here.community.pk)
    people = with_away(Membership.objects.people().filter(community=here.community))
    acts = ExceptionalAct.objects.filter(community=here.community)
    context = {
        "here": here,
        "people": people,
        "several": len(here.schools) > 1 or Location.objects.filter(school__in=here.schools).exists(),
        "led": any(person.leads_a_school for person in people),
        "acts": acts.select_related("by", "community")[:20],
        "door": Door.of(here.community),
    }
    if here.may_lead:
        context["invited"] = here.community.invitations.open().count()
    return render(request, "communities/members.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@room("lead")
def member(request: HttpRequest, here: Here, membership_id: int) -> HttpResponse:
    """Change someone's role."""
    person = member_for(here, membership_id)
    form = RoleForm(request.POST or None, initial={"role": person.role, "until": person.until})
    if request.method == "POST" and form.is_valid():
        messages.success(request, _change_role(person, form.cleaned_data))
        return redirect("communities:members", here.community.pk)
    return render(request, "communities/member.html", {"here": here, "person": person, "form": form})


def _change_role(person: Membership, said: dict[str, Any]) -> str:
    """Another role at once; for who leads or appraises people here all members are asked first."""
    role = Role(said["role"])
    if person.user and person.community.asks_everyone(person.user, role):
        question = Admission.ask(person.community, person.user, role=role, until=said["until"])
        day = school_moment(question.closes_at)
        return _("Alle leden krijgen nu de vraag. Op %(day)s hoor je het.") % {"day": day}
    person.become(role, until=said["until"])
    return _("De rol van %(name)s is aangepast.") % {"name": person}


@require_POST
@room("lead")
def remove(request: HttpRequest, here: Here, membership_id: int) -> HttpResponse:
    person = member_for(here, membership_id)
    person.leave()
    messages.success(request, _("%(name)s doet niet meer mee. Het werk blijft staan.") % {"name": person})
    return redirect("communities:members", here.community.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@room()
def leave(request: HttpRequest, here: Here) -> HttpResponse:
    """Leave by oneself, after a page that says what stays."""
    if request.method == "POST":
        here.membership.leave()
        messages.success(request, _("Je doet niet meer mee met %(name)s.") % {"name": here.community.name})
        return redirect("today:home")
    return render(request, "communities/leave.html", {"here": here, "room": "members"})
