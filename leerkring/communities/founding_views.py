"""A community begins, says what it is about, and knows which schools its people come from."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leerkring.communities import founding, mails
from leerkring.communities.access import Here, member_for, own_schools, schools_beside
from leerkring.communities.models import Community
from leerkring.communities.models.invitation import count_invitations
from leerkring.communities.places_forms import (
    CommunityForm,
    FoundingForm,
    OpeningForm,
    PlaceForm,
    offered,
)
from leerkring.communities.rooms import room
from leerkring.network.access import school_for
from leerkring.network.models import School
from leerkring.network.words import words_of
from leerkring.people.access import person
from leerkring.ui.forms import refusals_on


@require_http_methods(["GET", "HEAD", "POST"])
def found(request: HttpRequest) -> HttpResponse:
    """Another community, by who facilitates one already."""
    user = person(request)
    own = School.objects.filter(pk__in=list(own_schools(user).order_by().values_list("pk", flat=True)))
    if not own:
        raise Http404
    form = FoundingForm(request.POST or None, own=own, beside=schools_beside(own))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            community = Community.found(by=user, **form.cleaned_data)
            messages.success(request, _("%(name)s is er. Nodig nu collega's uit.") % {"name": community.name})
            return redirect("communities:members", community.pk)
    return render(request, "communities/found.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def open_for_another(request: HttpRequest, school_id: int) -> HttpResponse:
    """By an administrator, or a leader for the own school: they name it and who facilitates, and are not in it."""
    by = person(request)
    school = school_for(by, school_id)
    beside = (
        School.objects.all() if by.is_administrator else schools_beside(School.objects.filter(pk=school.pk))
    )
    form = OpeningForm(request.POST or None, by=by, home=school, beside=beside, words=words_of(school.sector))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            count_invitations(by, 1)
            community, facilitator = founding.open_for(school=school, by=by, **form.cleaned_data)
            sent = mails.tell(facilitator, "opened", community=community, by=by)
            messages.success(
                request, _("%(name)s is geopend. Je ziet er verder niets van.") % {"name": community.name}
            )
            if not sent:
                messages.warning(request, mails.untold(facilitator))
            return redirect("network:school", school.pk)
    return render(request, "communities/open.html", {"school": school, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@room()
def about(request: HttpRequest, here: Here) -> HttpResponse:
    """What the community is about and who takes part; changing it is for who facilitates."""
    community = here.community
    form = _about_form(request, here) if here.may_lead else None
    if request.method == "POST" and form is None:
        raise Http404
    if request.method == "POST" and form and form.is_valid():
        with refusals_on(form):
            founding.revise(community, **form.cleaned_data)
            messages.success(request, _("Bewaard."))
            return redirect("communities:members", community.pk)
    return render(request, "communities/about.html", {"here": here, "form": form, "room": "members"})


def _about_form(request: HttpRequest, here: Here) -> CommunityForm:
    community = here.community
    own = own_schools(here.user).order_by().values_list("pk", flat=True)
    beside = schools_beside(School.objects.filter(pk__in={*own, *(school.pk for school in here.schools)}))
    known = {
        "name": community.name,
        "aim": community.aim,
        "schools": offered(here.schools, community.school),
        "network": community.network_id,
    }
    return CommunityForm(
        request.POST or None, initial=known, home=community.school, beside=beside, words=here.words
    )


@require_http_methods(["GET", "HEAD", "POST"])
@room()
def place(request: HttpRequest, here: Here, membership_id: int) -> HttpResponse:
    """Where someone works: said by themselves, or by who facilitates."""
    if membership_id != here.membership.pk and not here.may_lead:
        raise Http404
    member = member_for(here, membership_id)
    form = PlaceForm(request.POST or None, community=here.community, member=member)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            school, location = form.chosen
            member.come_from(school, location)
            messages.success(request, _("Bewaard."))
            return redirect("communities:members", here.community.pk)
    context = {"here": here, "person": member, "form": form, "own": member.pk == here.membership.pk}
    return render(request, "communities/place.html", context)
