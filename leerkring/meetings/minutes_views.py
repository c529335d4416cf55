"""The minutes of a meeting: they wrote themselves. Who was there can add what was otherwise, and what does not belong
in them can be taken out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from leerkring.communities import inbox
from leerkring.communities.access import Here
from leerkring.communities.rooms import room
from leerkring.meetings import taking_out
from leerkring.meetings.access import meeting_for, text_for
from leerkring.meetings.live_forms import CorrectionForm
from leerkring.meetings.minutes import Minutes, correct
from leerkring.ui.forms import refusals_on


@require_http_methods(["GET", "HEAD", "POST"])
@room()
def minutes(request: HttpRequest, here: Here, meeting_id: int) -> HttpResponse:
    meeting = meeting_for(here, meeting_id)
    inbox.opened(here, "meeting", meeting.pk)
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            correct(meeting, by=here.membership, text=form.cleaned_data["text"])
            messages.success(request, _("Je aanvulling staat bij de notulen."))
            return redirect("meetings:minutes", here.community.pk, meeting.pk)
    context = {"here": here, "meeting": meeting, "minutes": Minutes(here, meeting), "form": form}
    return render(request, "meetings/minutes.html", context)


@require_safe
@room()
def texts(request: HttpRequest, here: Here, meeting_id: int) -> HttpResponse:
    """What the reader may take out: their own words, or all of it for who led."""
    meeting = meeting_for(here, meeting_id)
    found = taking_out.texts(meeting, here.membership)
    return render(request, "meetings/texts.html", {"here": here, "meeting": meeting, "texts": found})


@require_http_methods(["GET", "HEAD", "POST"])
@room()
def take_out(request: HttpRequest, here: Here, meeting_id: int, what: str, number: int) -> HttpResponse:
    """It cannot be taken back: first it is said what will happen."""
    meeting, text = text_for(here, meeting_id, what, number)
    if request.method == "POST":
        taking_out.take_out(meeting, text)
        messages.success(
            request, _("Het is eruit. De notulen zeggen dat er iets uit is gehaald, en niet wat.")
        )
        return redirect("meetings:minutes", here.community.pk, meeting.pk)
    return render(request, "meetings/take_out.html", {"here": here, "meeting": meeting, "text": text})
