"""Leden: who is in the community, changing roles, leaving."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from leerkring.communities import inbox
from leerkring.communities.access import Here, member_for
from leerkring.communities.forms import RoleForm
from leerkring.communities.happenings import Role
from leerkring.communities.models import Admission, Door, ExceptionalAct, Membership
from leerkring.communities.models.admission import AdmissionSet
from leerkring.communities.presence import with_away
from leerkring.communities.rooms import room
from leerkring.network.models import Location
from leerkring.ui.forms import refusals_on
from leerkring.ui.templatetags.ui import school_moment


@require_safe
@room()
def members(request: HttpRequest, here: Here) -> HttpResponse:
    inbox.opened(here, "members", here.community.pk)
    return render(request, "communities/members.html", {"here": here, "shown": Members(here)})


class Members:
    """What the page of members shows; found only when no fragment of it is kept."""

    def __init__(self, here: Here) -> None:
        self.here = here

    @cached_property
    def people(self) -> list[Membership]:
        return with_away(Membership.objects.people().filter(community=self.here.community))

    @property
    def several(self) -> bool:
        """There is more than one place to work at."""
        schools = self.here.schools
        return len(schools) > 1 or Location.objects.filter(school__in=schools).exists()

    @property
    def led(self) -> bool:
        return any(person.leads_a_school for person in self.people)

    @property
    def acts(self) -> QuerySet[ExceptionalAct]:
        acts = ExceptionalAct.objects.filter(community=self.here.community)
        return acts.select_related("by", "community")[:20]

    @property
    def door(self) -> Door | None:
        return Door.of(self.here.community)

    @property
    def asking(self) -> AdmissionSet:
        return Admission.objects.asking(self.here.membership)

    @property
    def invited(self) -> int:
        return self.here.community.invitations.open().count()


@require_http_methods(["GET", "HEAD", "POST"])
@room("lead")
def member(request: HttpRequest, here: Here, membership_id: int) -> HttpResponse:
    """Change someone's role."""
    person = member_for(here, membership_id)
    form = RoleForm(request.POST or None, person=person)
    alone = person.leads_alone
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            messages.success(request, _change_role(person, form.cleaned_data))
            return redirect("communities:members", here.community.pk)
    context = {"here": here, "person": person, "form": form, "alone": alone}
    return render(request, "communities/member.html", context)


def _change_role(person: Membership, said: dict[str, Any]) -> str:
    """Another role at once; for who leads or appraises people here all members are asked first."""
    role = Role(said["role"])
    if person.user and person.community.asks_everyone(person.user, role):
        question = Admission.ask(person.community, person.user, role=role, until=said["until"])
        day = school_moment(question.closes_at)
        return _("Alle leden krijgen nu de vraag. Op %(day)s hoor je het.") % {"day": day}
    person.become(role, until=said["until"])
    return _("De rol van %(name)s is aangepast.") % {"name": person}


@require_http_methods(["GET", "HEAD", "POST"])
@room("lead")
def remove(request: HttpRequest, here: Here, membership_id: int) -> HttpResponse:
    """Out of the group, after a page that names who."""
    person = member_for(here, membership_id)
    alone = person.leads_alone
    if request.method == "POST" and not alone:
        person.leave()
        said = _("%(name)s doet niet meer mee in %(group)s. Wat %(name)s schreef, blijft staan.")
        messages.success(request, said % {"name": person, "group": here.community.name})
        if person.pk == here.membership.pk:
            return redirect("today:home")  # the members' page is not theirs any more
        return redirect("communities:members", here.community.pk)
    return render(request, "communities/remove.html", {"here": here, "person": person, "alone": alone})


@require_http_methods(["GET", "HEAD", "POST"])
@room()
def leave(request: HttpRequest, here: Here) -> HttpResponse:
    """Leave by oneself, after a page that says what stays."""
    alone = here.membership.leads_alone
    if request.method == "POST" and not alone:
        here.membership.leave()
        messages.success(request, _("Je doet niet meer mee met %(name)s.") % {"name": here.community.name})
        return redirect("today:home")
    return render(request, "communities/leave.html", {"here": here, "room": "members", "alone": alone})
