"""Kennismaken: a card per person, and the photo on it."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerkring.communities.access import Here, portrait_for
from leerkring.communities.forms import IntroductionForm
from leerkring.communities.models import Membership
from leerkring.communities.presence import with_away
from leerkring.communities.rooms import room
from leerkring.people import photos
from leerkring.people.access import person


@require_safe
@room()
def acquaint(request: HttpRequest, here: Here) -> HttpResponse:
    """Who told something first; who did not yet is there too, for it is a circle of people and not of cards."""
    people = sorted(with_away(Membership.objects.with_card(here.community)), key=lambda who: not who.lines)
    return render(request, "communities/acquaint.html", {"here": here, "people": people})


@require_safe
@room()
def cards(request: HttpRequest, here: Here) -> HttpResponse:
    """Everyone's card on paper, and how a round of ten minutes goes."""
    people = Membership.objects.with_card(here.community)
    return render(request, "communities/cards.html", {"here": here, "people": people})


@require_http_methods(["GET", "HEAD", "POST"])
@room()
def introduce(request: HttpRequest, here: Here) -> HttpResponse:
    """The own three lines, filled in beforehand with those from another community."""
    filled_in, known = here.membership.lines_to_begin_with()
    form = IntroductionForm(request.POST or None, initial=filled_in)
    if request.method == "POST" and form.is_valid():
        here.membership.introduce(**form.cleaned_data)
        messages.success(request, _("Je kaartje is bewaard."))
        return redirect("communities:acquaint", here.community.pk)
    return render(request, "communities/introduce.html", {"here": here, "form": form, "known": known})


@require_POST
@room()
def decline(request: HttpRequest, here: Here) -> HttpResponse:
    here.membership.decline_to_introduce()
    return redirect("today:community", here.community.pk)


@require_safe
def portrait(request: HttpRequest, name: str, size: int) -> HttpResponse:
    """A photo, for who shares a community with who is on it. Its name is new with every photo, so a browser may
    keep it for as long as it likes."""
    path = portrait_for(person(request), name, size)
    try:
        with default_storage.open(path) as file:
            response = HttpResponse(file.read(), content_type=photos.CONTENT_TYPE)
    except FileNotFoundError:
        raise Http404 from None
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    response.headers["Content-Disposition"] = "inline"
    return response
