"""Jaarritme: eight meetings over the school year, changed as one likes and kept with one click."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from leerkring.communities.access import Here
from leerkring.communities.rooms import room
from leerkring.meetings import yearplan
from leerkring.meetings.yearplan import YearForm
from leerkring.ui.forms import posted_with, refusals_on


@require_http_methods(["GET", "HEAD", "POST"])
@room("lead")
def year(request: HttpRequest, here: Here) -> HttpResponse:
    """The button *Reken de dagen uit* (`dagen`) puts all days on another day of the week, and keeps what was typed."""
    form = YearForm(_posted(request, here), initial=yearplan.days_of(here, 1), here=here)
    if request.method == "POST" and "dagen" not in request.POST and form.is_valid():
        with refusals_on(form):
            count = yearplan.keep(here, form)
            said = ngettext("%(count)s bijeenkomst staat erin.", "%(count)s bijeenkomsten staan erin.", count)
            messages.success(request, said % {"count": count})
            return redirect("meetings:meetings", here.community.pk)
    return render(request, "meetings/year.html", {"here": here, "form": form})


def _posted(request: HttpRequest, here: Here) -> QueryDict | None:
    weekday = request.POST.get("weekday", "")
    if "dagen" in request.POST and weekday in {"0", "1", "2", "3", "4"}:
        return posted_with(request, **yearplan.days_of(here, int(weekday)))
    return request.POST or None
