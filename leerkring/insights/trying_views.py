"""*Ik probeer dit*: on which day, and how it went."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leerkring.communities import inbox
from leerkring.communities.access import Here
from leerkring.communities.rooms import room
from leerkring.insights.access import insight_for, trying_for
from leerkring.insights.forms import TellForm, TryForm
from leerkring.ui.forms import refusals_on


@require_http_methods(["GET", "HEAD", "POST"])
@room()
def try_out(request: HttpRequest, here: Here, insight_id: int) -> HttpResponse:
    """On that day; said again, on another."""
    found = insight_for(here, insight_id)
    form = TryForm(request.POST or None, here=here)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            found.try_out(by=here.membership, on=form.cleaned_data["on"])
            messages.success(
                request, _("Afgesproken met jezelf. Na die dag vragen we één keer hoe het ging.")
            )
            return redirect("insights:insight", here.community.pk, found.pk)
    context = {"here": here, "room": "knowledge", "insight": found, "form": form}
    return render(request, "insights/try_out.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@room()
def tell(request: HttpRequest, here: Here, insight_id: int, trying_id: int) -> HttpResponse:
    """How it went; told again it is corrected."""
    trying = trying_for(here, insight_id, trying_id)
    form = TellForm(request.POST or None, initial={"worked": trying.worked, "text": trying.text})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            trying.insight.tell(by=here.membership, trying=trying, **form.cleaned_data)
            messages.success(request, _("Dank je. Wie het inzicht schreef, leest hoe het ging."))
            return redirect("insights:insight", here.community.pk, insight_id)
    inbox.opened(here, "insight", insight_id)
    context = {
        "here": here,
        "room": "knowledge",
        "insight": trying.insight,
        "trying": trying,
        "form": form,
        "later": TryForm(here=here),
    }
    return render(request, "insights/tell.html", context)


@require_POST
@room()
def drop(request: HttpRequest, here: Here, insight_id: int, trying_id: int) -> HttpResponse:
    """Not after all."""
    trying_for(here, insight_id, trying_id).drop(by=here.membership)
    messages.success(request, _("Goed. Je probeert dit nu niet."))
    return redirect("insights:insight", here.community.pk, insight_id)
