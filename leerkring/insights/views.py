"""Kennis, the room of insights: how colleagues do it, when that does not work, and who tries it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerkring.communities import inbox, thread
from leerkring.communities.access import Here
from leerkring.communities.rooms import room
from leerkring.insights import page
from leerkring.insights.access import insight_for, limit_for
from leerkring.insights.forms import InsightForm, LimitForm, RevisionForm, TryForm
from leerkring.insights.happenings import Tacit
from leerkring.insights.models import Insight
from leerkring.ui.forms import posted_with, refusals_on
from leerkring.ui.refusal import Overtaken


@require_safe
@room()
def insights(request: HttpRequest, here: Here) -> HttpResponse:
    """All of them, newest first; of one kind (`?soort=`), at one goal (`?doel=`), or with some words (`?zoek=`)."""
    listed = page.Listed(
        here,
        kind=request.GET.get("soort", ""),
        goal=request.GET.get("doel", ""),
        text=request.GET.get("zoek", ""),
        number=request.GET.get("bladzijde"),
    )
    context = {"here": here, "room": "knowledge", "listed": listed}
    return render(request, "insights/insights.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@room()
def new(request: HttpRequest, here: Here) -> HttpResponse:
    """One scaffold of three; `?from=kind:id` names what it follows from."""
    follows = thread.followed(here.user, here.community, request.GET.get("from", ""))
    initial = {"goal": page.goal_behind(here, follows)}
    form = InsightForm(request.POST or None, initial=initial, here=here)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            said = form.parts()
            captured = Insight.capture(
                by=here.membership, **{**said, "kind": Tacit(said["kind"])}, follows=follows
            )
            messages.success(
                request, _("Je inzicht staat er. Een collega kan nu vragen wanneer het niet werkt.")
            )
            return redirect("insights:insight", here.community.pk, captured.pk)
    context = {"here": here, "room": "knowledge", "form": form, "follows": follows}
    return render(request, "insights/new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@room()
def insight(request: HttpRequest, here: Here, insight_id: int) -> HttpResponse:
    """The card; and a colleague writes when it does not work."""
    found = insight_for(here, insight_id)
    form = LimitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            found.limit(by=here.membership, text=form.cleaned_data["text"])
            messages.success(request, _("Het staat erbij. Wie het inzicht schreef, leest het."))
            return redirect("insights:insight", here.community.pk, found.pk)
    inbox.opened(here, "insight", found.pk)
    context = {
        "here": here,
        "room": "knowledge",
        "shown": page.Shown(here, found),
        "form": form,
        "try_form": TryForm(here=here),
    }
    return render(request, "insights/insight.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@room()
def revise(request: HttpRequest, here: Here, insight_id: int) -> HttpResponse:
    """Say it better. What was changed meanwhile, on another screen, is laid beside what was typed."""
    found = insight_for(here, insight_id, own=True)
    form = RevisionForm(request.POST or None, instance=found, here=here)
    overtaken = None
    if request.method == "POST" and form.is_valid():
        try:
            with refusals_on(form):
                seen, parts = form.cleaned_data["seen"], form.parts()
                insight_for(here, insight_id, own=True).revise(by=here.membership, seen=seen, parts=parts)
                return redirect("insights:insight", here.community.pk, found.pk)
        except Overtaken as elsewhere:
            overtaken = elsewhere.standing
            form = RevisionForm(posted_with(request, seen=overtaken.revision), instance=found, here=here)
    context = {"here": here, "room": "knowledge", "insight": found, "form": form, "overtaken": overtaken}
    return render(request, "insights/revise.html", context)


@require_POST
@room()
def name(request: HttpRequest, here: Here, insight_id: int) -> HttpResponse:
    """A colleague named me: my name may stand there (`ja`: at the revision that I read), or goes."""
    found = insight_for(here, insight_id)
    if read := request.POST.get("ja"):
        try:
            seen = int(read) if read.isascii() and read.isdigit() and len(read) < 10 else -1
            found.name(by=here.membership, seen=seen)
            messages.success(request, _("Je naam staat erbij. Je kunt hem er altijd weer af halen."))
        except Overtaken:
            messages.warning(request, _("Dit inzicht is intussen veranderd. Lees het nog eens."))
    else:
        found.unname(by=here.membership)
        messages.success(request, _("Je naam staat er niet bij."))
    return redirect("insights:insight", here.community.pk, found.pk)


@require_POST
@room()
def withdraw(request: HttpRequest, here: Here, insight_id: int) -> HttpResponse:
    """Take one's own insight away, or put it back (`terug`)."""
    found = insight_for(here, insight_id, own=True)
    if request.POST.get("terug"):
        found.restore(by=here.membership)
        messages.success(request, _("Je inzicht staat er weer."))
    else:
        found.withdraw(by=here.membership)
        messages.success(request, _("Je inzicht is weggehaald. Dertig dagen lang kun je het terugzetten."))
    return redirect("insights:insight", here.community.pk, found.pk)


@require_POST
@room()
def withdraw_limit(request: HttpRequest, here: Here, insight_id: int, limit_id: int) -> HttpResponse:
    """Take away what one wrote at a colleague's insight, or put it back (`terug`)."""
    limit = limit_for(here, insight_id, limit_id)
    if request.POST.get("terug"):
        limit.restore(by=here.membership)
    else:
        limit.withdraw(by=here.membership)
        messages.success(request, _("Wat je schreef is weggehaald. Je kunt het zelf nog terugzetten."))
    return redirect("insights:insight", here.community.pk, insight_id)
