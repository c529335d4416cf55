"""Who leads a school or appraises people there: the administrator appoints them."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leerkring.communities import leading, mails
from leerkring.communities.accounts import account_of
from leerkring.communities.models.invitation import count_invitations
from leerkring.communities.places_forms import AppointmentForm, FunctionForm
from leerkring.network.access import administrator, leadership_for, school_for
from leerkring.network.models import Leadership
from leerkring.people.access import person
from leerkring.people.models import User
from leerkring.ui.forms import refusals_on


@require_http_methods(["GET", "HEAD", "POST"])
def appoint(request: HttpRequest, school_id: int) -> HttpResponse:
    """By address and name; whoever is new gets an account, and a mail that says how to come in."""
    by = administrator(person(request))
    school = school_for(by, school_id)
    form = AppointmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            count_invitations(by, 1)
            said = form.cleaned_data
            with transaction.atomic():
                user = account_of(said["email"], said["person"])
                leadership = leading.appoint(
                    user, school, function=Leadership.Function(said["function"]), until=said["until"], by=by
                )
            _tell(request, leadership, by)
            return redirect("network:school", school.pk)
    return render(request, "communities/appoint.html", {"school": school, "form": form})


def _tell(request: HttpRequest, leadership: Leadership, by: User) -> None:
    """The appointed by mail; who appointed on the next page."""
    said = {"name": leadership.user.name, "function": leadership.get_function_display()}
    if mails.tell(leadership.user, "appointed", leadership=leadership, by=by):
        messages.success(request, _("%(name)s is nu %(function)s, en krijgt daar een mail over.") % said)
        return
    messages.success(request, _("%(name)s is nu %(function)s.") % said)
    messages.warning(request, mails.untold(leadership.user))


@require_http_methods(["GET", "HEAD", "POST"])
def leader(request: HttpRequest, school_id: int, leadership_id: int) -> HttpResponse:
    """Another function, or until another day."""
    by = person(request)
    leadership = leadership_for(by, school_id, leadership_id)
    known = {"function": leadership.function, "until": leadership.until}
    form = FunctionForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        function = Leadership.Function(form.cleaned_data["function"])
        until = form.cleaned_data["until"]
        with refusals_on(form):
            leading.appoint(leadership.user, leadership.school, function=function, until=until, by=by)
            messages.success(
                request, _("De functie van %(name)s is aangepast.") % {"name": leadership.user.name}
            )
            return redirect("network:school", school_id)
    return render(request, "communities/leader.html", {"leadership": leadership, "form": form})


@require_POST
def dismiss(request: HttpRequest, school_id: int, leadership_id: int) -> HttpResponse:
    leadership = leadership_for(person(request), school_id, leadership_id)
    leading.dismiss(leadership, by=person(request))
    said = {"name": leadership.user.name, "function": leadership.get_function_display()}
    messages.success(request, _("%(name)s is hier geen %(function)s meer.") % said)
    return redirect("network:school", school_id)
