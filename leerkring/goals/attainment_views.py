"""National attainment targets: searched, and tied to a goal."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from leerkring.communities.access import Here
from leerkring.communities.rooms import room
from leerkring.goals.access import goal_for
from leerkring.goals.deciding_views import is_too_late
from leerkring.goals.forms import SearchForm
from leerkring.goals.models import AttainmentTarget

MOST = 25


@require_http_methods(["GET", "HEAD", "POST"])
@room("decide")
def attainment(request: HttpRequest, here: Here, goal_id: int) -> HttpResponse:
    """Search (`?zoek=`), tie one to the goal (`kies`) or untie it (`los`)."""
    goal = goal_for(here, goal_id)
    if is_too_late(request, goal):
        return redirect("goals:goal", here.community.pk, goal_id)
    form = SearchForm(request.GET or None)
    asked = form.cleaned_data["zoek"] if form.is_valid() else ""
    if request.method == "POST":
        _tie(request, here, goal_id)
        query = f"?{urlencode({'zoek': asked})}" if asked else ""
        return redirect(reverse("goals:attainment", args=[here.community.pk, goal_id]) + query)
    found = list(AttainmentTarget.objects.search(asked)[: MOST + 1]) if asked.strip() else []
    tied = list(goal.attainment.prefetch_related("replaced_by"))
    context = {
        "here": here,
        "goal": goal,
        "form": form,
        "asked": asked,
        "found": [each for each in found[:MOST] if each not in tied],
        "more": len(found) > MOST,
        "tied": tied,
        "is_empty": not AttainmentTarget.objects.exists(),
    }
    return render(request, "goals/attainment.html", context)


def _tie(request: HttpRequest, here: Here, goal_id: int) -> None:
    goal = goal_for(here, goal_id)
    for name, act in (("kies", goal.tie), ("los", goal.untie)):
        number = request.POST.get(name, "")
        if number.isascii() and number.isdigit() and len(number) <= 18:
            target = AttainmentTarget.objects.filter(pk=int(number)).first()
            if target:
                act(target, by=here.membership)
