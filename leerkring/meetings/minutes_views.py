"""The minutes of a meeting: they wrote themselves. Who was there can add what was otherwise."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leerkring.communities import inbox
from leerkring.communities.access import Here
from leerkring.communities.rooms import room
from leerkring.meetings.access import meeting_for
from leerkring.meetings.live_forms import CorrectionForm
from leerkring.meetings.minutes import Minutes, correct
from leerkring.ui.forms import refusals_on


@require_http_methods(["GET", "HEAD", "POST"])
@room()
def minutes(request: HttpRequest, here: Here, meeting_id: int) -> HttpResponse:
    meeting = meeting_for(here, meeting_id)
    inbox.opened(here.user, "meeting", meeting.pk)
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            correct(meeting, by=here.membership, text=form.cleaned_data["text"])
            messages.success(request, _("Je aanvulling staat bij de notulen."))
            return redirect("meetings:minutes", here.community.pk, meeting.pk)
    context = {"here": here, "meeting": meeting, "minutes": Minutes(here, meeting), "form": form}
    return render(request, "meetings/minutes.html", context)
