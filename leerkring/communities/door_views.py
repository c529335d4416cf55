"""De deur: opened on the board, entered by who stands before it."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from leerkring.communities.access import Here, memberships_for
from leerkring.communities.coming_in import arrival_of, forget, limit, wait_for_code, welcome
from leerkring.communities.forms import ArrivalForm, CodeForm, DoorForm, EntryForm
from leerkring.communities.happenings import Role
from leerkring.communities.models import Arrival, Door
from leerkring.communities.rooms import room
from leerkring.people.models import User
from leerkring.ui.charts.code import code
from leerkring.ui.forms import refusals_on


@require_http_methods(["GET", "HEAD", "POST"])
@room("lead")
def door(request: HttpRequest, here: Here) -> HttpResponse:
    """What hangs on the classroom's screen; or, while it is closed, opening it."""
    form = DoorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            Door.open(here.community, days=form.cleaned_data["days"], by=here.membership)
            return redirect("communities:door", here.community.pk)
    opened = Door.of(here.community)
    if opened is None or request.method == "POST":
        return render(request, "communities/door.html", {"here": here, "form": form})
    address = settings.BASE_URL + opened.address
    place = address.removesuffix(f"/{opened}/")
    context = {"here": here, "door": opened, "place": place, "code": code(address)}
    return render(request, "communities/board.html", context)


@require_POST
@room("lead")
def close_door(request: HttpRequest, here: Here) -> HttpResponse:
    opened = Door.of(here.community)
    if opened:
        opened.close()
    messages.success(request, _("De deur is dicht. Het adres en de code op het bord werken niet meer."))
    return redirect("communities:members", here.community.pk)


@never_cache
@login_not_required
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Before the door. The same answer to every address, whether it has an account or not."""
    limit("find_door", request)
    opened = Door.find(token)
    if isinstance(request.user, User):
        return _enter_as(request, opened, request.user)
    form = ArrivalForm(request.POST or None, community=opened.community)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with refusals_on(form):
            limit("come_in", request, said["email"].lower())
            arrival = opened.ask(
                email=said["email"], name=said["name"], language=get_language(), **form.school_and_location
            )
            return wait_for_code(request, arrival)
    return render(request, "communities/enter.html", {"door": opened, "form": form})


def _enter_as(request: HttpRequest, opened: Door, user: User) -> HttpResponse:
    """Someone with an account joins by one button; all members are asked first when they lead here."""
    if memberships_for(user).filter(community=opened.community).exists():
        return redirect("today:community", opened.community_id)
    opened.community.refuse_administrator(user)
    form = EntryForm(request.POST or None, community=opened.community)
    # A form without fields is never bound by an empty POST: then the button is all there is.
    if request.method == "POST" and (not form.fields or form.is_valid()):
        limit("come_in", request, user.email)
        place = form.school_and_location if form.fields else {}
        return welcome(request, opened.let_in(user, **place))
    asks = opened.community.asks_everyone(user, Role.MEMBER)
    return render(request, "communities/enter.html", {"door": opened, "form": form, "asks_everyone": asks})


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: HttpRequest) -> HttpResponse:
    """The code from the mail. Nobody is in, and no account is made, before it is given."""
    arrival = arrival_of(request)
    if arrival is None:
        return redirect("/")
    if "again" in request.POST:
        arrival.ask_code()
        messages.success(request, _("We sturen een nieuwe code. De vorige werkt niet meer."))
        return redirect("communities:prove")
    form = CodeForm(request.POST or None, arrival=arrival)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            return _proven(request, arrival)
    return render(request, "communities/prove.html", {"arrival": arrival, "form": form})


def _proven(request: HttpRequest, arrival: Arrival) -> HttpResponse:
    account = arrival.account()
    if account:
        # Signed in the way of the house, with a second factor when there is one; then back to the door.
        way_back = arrival.door.address if arrival.door else "/"
        arrival.delete()
        forget(request)
        signed_in: HttpResponse = perform_login(request, account, redirect_url=way_back, email=account.email)
        return signed_in
    user, came = arrival.come_in()
    forget(request)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return welcome(request, came)
