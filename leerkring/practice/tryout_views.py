"""Praktijk, the room of try-outs: what somebody will try, what they expect, how it went, and who tries it too."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerkring.communities import inbox, thread
from leerkring.communities.access import Here
from leerkring.communities.rooms import room
from leerkring.insights.page import goal_behind
from leerkring.practice import tryout_page
from leerkring.practice.models import Tryout
from leerkring.practice.tryout_access import tryout_for
from leerkring.practice.tryout_forms import ConclusionForm, TryoutForm, TryoutRevisionForm
from leerkring.ui.forms import posted_with, refusals_on
from leerkring.ui.refusal import Overtaken


@require_safe
@room()
def tryouts(request: HttpRequest, here: Here) -> HttpResponse:
    """All of them, newest first; those that run, or of which it was told how it went (`?stand=`)."""
    state, number = request.GET.get("stand", ""), request.GET.get("bladzijde")
    listed = tryout_page.Listed(here, state=state, number=number)
    return render(request, "practice/tryouts.html", _context(here, listed=listed))


@require_http_methods(["GET", "HEAD", "POST"])
@room()
def new(request: HttpRequest, here: Here) -> HttpResponse:
    """`?from=kind:id` names what it follows from; from a try-out it repeats that one, with its own expectation."""
    follows = thread.followed(here.user, here.community, request.GET.get("from", ""))
    repeated = tryout_for(here, follows.id) if follows and follows.kind == "tryout" else None
    initial: dict[str, Any] = {"goal": goal_behind(here, follows)}
    if repeated:
        initial |= {"idea": repeated.idea, "goal": repeated.goal_id}
    elif follows and follows.kind == "insight":
        initial["idea"] = follows.title
    form = TryoutForm(request.POST or None, initial=initial, here=here)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            begun = Tryout.begin(by=here.membership, **form.parts(), follows=follows)
            messages.success(
                request, _("Je probeersel staat er. Na die dag vragen we één keer hoe het ging.")
            )
            return redirect("practice:tryout", here.community.pk, begun.pk)
    context = _context(here, form=form, follows=follows, repeated=repeated)
    return render(request, "practice/tryout_new.html", context)


@require_safe
@room()
def tryout(request: HttpRequest, here: Here, tryout_id: int) -> HttpResponse:
    found = tryout_for(here, tryout_id)
    inbox.opened(here, "tryout", found.pk)
    return render(request, "practice/tryout.html", _context(here, shown=tryout_page.Shown(here, found)))


@require_http_methods(["GET", "HEAD", "POST"])
@room()
def revise(request: HttpRequest, here: Here, tryout_id: int) -> HttpResponse:
    """Say it better, or choose another day. What was changed meanwhile, on another screen, is laid beside what was
    typed."""
    found = tryout_for(here, tryout_id, own=True)
    form = TryoutRevisionForm(request.POST or None, instance=found, here=here)
    overtaken = None
    if request.method == "POST" and form.is_valid():
        try:
            with refusals_on(form):
                seen, parts = form.cleaned_data["seen"], form.parts()
                tryout_for(here, tryout_id, own=True).revise(by=here.membership, seen=seen, parts=parts)
                return redirect("practice:tryout", here.community.pk, found.pk)
        except Overtaken as elsewhere:
            overtaken = elsewhere.standing
            again = posted_with(request, seen=overtaken.revision)
            form = TryoutRevisionForm(again, instance=found, here=here)
    context = _context(here, tryout=found, form=form, overtaken=overtaken)
    return render(request, "practice/tryout_revise.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@room()
def conclude(request: HttpRequest, here: Here, tryout_id: int) -> HttpResponse:
    """How it went, and how one goes on; told again it is corrected."""
    found = tryout_for(here, tryout_id, own=True)
    form = ConclusionForm(request.POST or None, here=here, tryout=found)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            found.conclude(by=here.membership, **form.cleaned_data)
            messages.success(request, _("Dank je. Een collega weet nu waar het werkte, en waar niet."))
            return redirect("practice:tryout", here.community.pk, found.pk)
    inbox.opened(here, "tryout", found.pk)
    return render(request, "practice/tryout_conclude.html", _context(here, tryout=found, form=form))


@require_POST
@room()
def withdraw(request: HttpRequest, here: Here, tryout_id: int) -> HttpResponse:
    """Take one's own try-out away, or put it back (`terug`)."""
    found = tryout_for(here, tryout_id, own=True)
    if request.POST.get("terug"):
        found.restore(by=here.membership)
        messages.success(request, _("Je probeersel staat er weer."))
    else:
        found.withdraw(by=here.membership)
        messages.success(request, _("Je probeersel is weggehaald. Dertig dagen lang kun je het terugzetten."))
    return redirect("practice:tryout", here.community.pk, found.pk)


def _context(here: Here, **more: Any) -> dict[str, Any]:
    return {"here": here, "room": "practice", **more}
