"""The room *Doelen*: what a community works on, a new goal, one goal, and the coach that looks along."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerkring.communities import inbox, thread
from leerkring.communities.access import Here
from leerkring.communities.rooms import room
from leerkring.goals import page
from leerkring.goals.access import goal_for
from leerkring.goals.coaching import Coached
from leerkring.goals.deciding_views import is_too_late
from leerkring.goals.forms import PartsForm, SentenceForm
from leerkring.goals.models import Goal, Statement
from leerkring.goals.standing import standing
from leerkring.ui.forms import posted_with, refusals_on
from leerkring.ui.languages import language
from leerkring.ui.refusal import Overtaken


@require_safe
@room()
def goals(request: HttpRequest, here: Here) -> HttpResponse:
    """All goals: those that run with their charts, the others by state; and what the community stands for."""
    context = {
        "here": here,
        "goals": lambda: page.Room(here),
        "statements": lambda: standing(here),
        "kinds": Statement.Kind,
    }
    return render(request, "goals/goals.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@room("decide")
def new(request: HttpRequest, here: Here) -> HttpResponse:
    """One sentence; the coach looks along. Without scripts the button *Kijk mee* does. What was said already where it
    comes from is filled in."""
    follows = thread.followed(here.user, here.community, request.GET.get("from", ""))
    said = request.GET.get("tekst", "") or (follows.sentence if follows else "")
    form = SentenceForm(request.POST or None, initial={"text": said[:1000]})
    if request.method == "POST" and form.is_valid() and "kijk" not in request.POST:
        text = form.cleaned_data["text"]
        with refusals_on(form):
            drafted = Goal.draft(by=here.membership, text=text, language=language(), follows=follows)
            return redirect("goals:goal", here.community.pk, drafted.pk)
    context = {
        "here": here,
        "form": form,
        "follows": follows,
        "standing": follows.standing if follows else (),
        "coached": Coached.of(here, form["text"].value() or "", language()),
        "many": page.has_many(here),
    }
    return render(request, "goals/new.html", context)


@require_POST
@room("decide")
def look_along(request: HttpRequest, here: Here) -> HttpResponse:
    """What the coach says of a sentence that is being typed. Nothing is kept."""
    coached = Coached.of(here, request.POST.get("text", "")[:2000], language())
    return render(request, "goals/coached.html", {"here": here, "coached": coached})


@require_safe
@room()
def goal(request: HttpRequest, here: Here, goal_id: int) -> HttpResponse:
    """One goal: its parts, its chart, what happened for it, and what comes next."""
    found = goal_for(here, goal_id)
    inbox.opened(here, "goal", found.pk)
    return render(request, "goals/goal.html", {"here": here, "shown": page.Shown(here, found)})


def _revise(here: Here, goal_id: int, form: PartsForm) -> None:
    """The goal as it stands: the form put what was typed in the one that was found for it."""
    goal_for(here, goal_id).revise(
        by=here.membership,
        seen=form.cleaned_data["revision"],
        parts=form.parts(),
        owners=form.cleaned_data["owners"],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@room("decide")
def edit(request: HttpRequest, here: Here, goal_id: int) -> HttpResponse:
    """Say it better. Who was overtaken by a colleague keeps what was typed, beside what stands now."""
    found = goal_for(here, goal_id)
    if is_too_late(request, found):
        return redirect("goals:goal", here.community.pk, found.pk)
    form = PartsForm(request.POST or None, instance=found, here=here)
    overtaken = None
    if request.method == "POST" and form.is_valid() and "kijk" not in request.POST:
        try:
            with refusals_on(form):
                _revise(here, goal_id, form)
                messages.success(request, _("Het doel is bijgewerkt."))
                return redirect("goals:goal", here.community.pk, found.pk)
        except Overtaken as by_colleague:
            overtaken = by_colleague.standing
            form = PartsForm(posted_with(request, revision=overtaken.revision), instance=found, here=here)
    context = {
        "here": here,
        "goal": found,
        "form": form,
        # It reads the text only when no fragment of the fields is kept.
        "coached": SimpleLazyObject(lambda: Coached.of(here, form["text"].value() or "", found.language)),
        "overtaken": overtaken,
    }
    return render(request, "goals/edit.html", context)
