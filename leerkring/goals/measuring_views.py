"""How a goal is seen, and what was found: by hand, or from a file with results by code."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leerkring.communities.access import Here
from leerkring.communities.rooms import room
from leerkring.goals import measuring, page
from leerkring.goals.access import goal_for, measure_for, measurement_for
from leerkring.goals.coaching import measure_hints
from leerkring.goals.deciding_views import is_too_late
from leerkring.goals.forms import MeasureForm, MeasurementForm
from leerkring.goals.importing import Import
from leerkring.goals.models import Goal, Measure, Measurement
from leerkring.ui.forms import posted_with, refusals_on


def _to(here: Here, goal: Goal) -> HttpResponse:
    return redirect("goals:goal", here.community.pk, goal.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@room("decide")
def new_measure(request: HttpRequest, here: Here, goal_id: int) -> HttpResponse:
    """Name how the goal is seen; what the sentence says of it is filled in."""
    goal = goal_for(here, goal_id)
    if is_too_late(request, goal):
        return _to(here, goal)
    return _measure(
        request, here, goal, Measure(goal=goal), {} if goal.measures.all() else measure_hints(goal)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@room("decide")
def measure(request: HttpRequest, here: Here, goal_id: int, measure_id: int) -> HttpResponse:
    found = measure_for(here, goal_id, measure_id)
    if is_too_late(request, found.goal):
        return _to(here, found.goal)
    return _measure(request, here, found.goal, found, {})


def _measure(
    request: HttpRequest, here: Here, goal: Goal, found: Measure, hints: dict[str, object]
) -> HttpResponse:
    form = MeasureForm(request.POST or None, instance=found, initial=hints, here=here)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            measuring.begin(
                goal_for(here, goal.pk),
                by=here.membership,
                measure=found if found.pk else None,
                fields=form.measure_fields(),
                seen=form.cleaned_data["seen"] or None,
                baseline=form.cleaned_data.get("baseline"),
                baseline_on=form.cleaned_data.get("baseline_on"),
            )
            messages.success(request, _("Zo kijken jullie of het lukt. Dat staat nu bij het doel."))
            return _to(here, goal)
    if form.non_field_errors():  # refused by the verb: who read what a colleague made of it may go on
        stands = (measure for measure in goal_for(here, goal.pk).measures.all() if measure.pk == found.pk)
        form.data = posted_with(request, seen=next((measure.mark for measure in stands), ""))
    standing = page.Shown(here, goal).standing
    context = {"here": here, "goal": goal, "measure": found, "form": form, "standing": standing}
    return render(request, "goals/measure.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@room("decide")
def drop_measure(request: HttpRequest, here: Here, goal_id: int, measure_id: int) -> HttpResponse:
    """Asked by name: what was found by it goes too, for good."""
    found = measure_for(here, goal_id, measure_id)
    if request.method == "POST":
        measuring.drop_measure(found, by=here.membership)
        messages.success(request, _("‘%(name)s’ is weg.") % {"name": found.name})
        return _to(here, found.goal)
    return render(request, "goals/drop_measure.html", {"here": here, "goal": found.goal, "measure": found})


@require_http_methods(["GET", "HEAD", "POST"])
@room("decide")
def value(request: HttpRequest, here: Here, goal_id: int, measure_id: int) -> HttpResponse:
    """One outcome, said. `?rol=` chooses which one it is."""
    found = measure_for(here, goal_id, measure_id)
    if is_too_late(request, found.goal):
        return _to(here, found.goal)
    role = request.GET.get("rol", "")
    form = MeasurementForm(
        request.POST or None,
        measure=found,
        here=here,
        initial={"role": role} if role in Measurement.Role else {},
    )
    if request.method == "POST" and form.is_valid():
        said = {**form.cleaned_data, "role": Measurement.Role(form.cleaned_data["role"])}
        with refusals_on(form):
            measuring.set_down(found, by=here.membership, **said)
            messages.success(request, _("De uitkomst staat erbij."))
            return _to(here, found.goal)
    context = {"here": here, "goal": found.goal, "measure": found, "form": form}
    return render(request, "goals/value.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@room("decide")
def file(request: HttpRequest, here: Here, goal_id: int, measure_id: int) -> HttpResponse:
    """Results of pupils: choose or paste, see how we read it, and only then keep it."""
    found = measure_for(here, goal_id, measure_id)
    if is_too_late(request, found.goal):
        return _to(here, found.goal)
    importing = Import(request, here, found)
    if importing.is_confirmed:
        with refusals_on(importing.columns):
            importing.keep(by=here.membership)
            messages.success(request, _("De uitkomsten staan erbij. Codes bewaren we alleen versleuteld."))
            return _to(here, found.goal)
    context = {"here": here, "goal": found.goal, "measure": found, "importing": importing}
    return render(request, "goals/file.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@room("decide")
def take_away(request: HttpRequest, here: Here, goal_id: int, measurement_id: int) -> HttpResponse:
    """A mistake: asked first, because the results of pupils in it go for good."""
    found = measurement_for(here, goal_id, measurement_id)
    goal = found.measure.goal
    if request.method == "POST":
        measuring.take_away(found, by=here.membership)
        messages.success(request, _("De meting is weg, met alle uitkomsten erin."))
        return _to(here, goal)
    return render(request, "goals/take_away.html", {"here": here, "goal": goal, "measurement": found})
