"""What becomes of a goal: put to the group, adopted, concluded, let go, looked at again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leerkring.communities.access import Here
from leerkring.communities.rooms import room
from leerkring.goals import ending
from leerkring.goals.access import goal_for
from leerkring.goals.forms import ConclusionForm, DropForm
from leerkring.goals.models import Goal, Measurement
from leerkring.ui.forms import refusals_on


def _back(here: Here, goal: Goal) -> HttpResponse:
    return redirect("goals:goal", here.community.pk, goal.pk)


def is_too_late(request: HttpRequest, goal: Goal) -> bool:
    """Whether a form need not be shown any more, because the goal ended; then that is said. What is sent goes on to
    the verb, which refuses it with what was typed still there."""
    if request.method == "POST" or goal.is_open:
        return False
    messages.info(request, str(goal.why_closed))
    return True


@require_POST
@room("decide")
def ask(request: HttpRequest, here: Here, goal_id: int) -> HttpResponse:
    """Kun je hiermee verder?"""
    goal = goal_for(here, goal_id)
    goal.ask(by=here.membership)
    _tell_if_adopted(request, goal)
    return _back(here, goal)


@require_POST
@room("decide")
def agree(request: HttpRequest, here: Here, goal_id: int) -> HttpResponse:
    """Ja, to the revision that was read; or take that back (`terug`)."""
    goal = goal_for(here, goal_id)
    if request.POST.get("terug"):
        goal.take_back(by=here.membership)
    else:
        read = request.POST.get("ja", "")
        seen = int(read) if read.isascii() and read.isdigit() and len(read) < 10 else None
        goal.agree(by=here.membership, seen=seen)
        _tell_if_adopted(request, goal)
    return _back(here, goal)


def _tell_if_adopted(request: HttpRequest, goal: Goal) -> None:
    if goal.state == Goal.State.ADOPTED:
        messages.success(request, _("Iedereen kan hiermee verder. Dit doel is nu van jullie allemaal."))


@require_POST
@room("decide")
def back_to_draft(request: HttpRequest, here: Here, goal_id: int) -> HttpResponse:
    goal = goal_for(here, goal_id)
    goal.back_to_draft(by=here.membership)
    messages.success(request, _("Het doel is weer een concept. Wat gezegd was, is weg."))
    return _back(here, goal)


@require_http_methods(["GET", "HEAD", "POST"])
@room("decide")
def conclude(request: HttpRequest, here: Here, goal_id: int) -> HttpResponse:
    """What it yielded, how it goes on, and how that is kept."""
    goal = goal_for(here, goal_id)
    if is_too_late(request, goal):
        return _back(here, goal)
    if request.method != "POST" and goal.state != Goal.State.ADOPTED:
        messages.info(request, _("Spreek het doel eerst samen af: dan kun je het later afronden."))
        return _back(here, goal)
    form = ConclusionForm(request.POST or None, instance=goal, here=here)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            ending.conclude(goal_for(here, goal_id), by=here.membership, **form.cleaned_data)
            messages.success(request, _("Het doel is afgerond. Wat het opleverde, blijft hier staan."))
            return _back(here, goal)
    later = Measurement.objects.filter(measure__goal=goal, role=Measurement.Role.LATER)
    context = {"here": here, "goal": goal, "form": form, "has_later": later.exists()}
    return render(request, "goals/conclude.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@room("decide")
def drop(request: HttpRequest, here: Here, goal_id: int) -> HttpResponse:
    """Let go, with a reason."""
    goal = goal_for(here, goal_id)
    if is_too_late(request, goal):
        return _back(here, goal)
    form = DropForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            ending.drop(goal, by=here.membership, because=form.cleaned_data["because"])
            messages.success(request, _("Jullie lieten dit doel los. Je kunt het hier weer oppakken."))
            return _back(here, goal)
    return render(request, "goals/drop.html", {"here": here, "goal": goal, "form": form})


@require_POST
@room("decide")
def take_up(request: HttpRequest, here: Here, goal_id: int) -> HttpResponse:
    goal = goal_for(here, goal_id)
    ending.take_up(goal, by=here.membership)
    messages.success(request, _("Het doel is weer een concept."))
    return _back(here, goal)


@require_POST
@room("decide")
def check(request: HttpRequest, here: Here, goal_id: int) -> HttpResponse:
    """Do we still do it this way? `nog` is ja or nee."""
    goal = goal_for(here, goal_id)
    if request.POST.get("nog") not in {"ja", "nee"}:
        return _back(here, goal)
    ending.look_again(goal, by=here.membership, in_use=request.POST["nog"] == "ja")
    messages.success(request, _("Genoteerd."))
    return _back(here, goal)
