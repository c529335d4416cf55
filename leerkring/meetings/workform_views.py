"""The library of work forms: choose one, read it, take it along, and take in one from elsewhere."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from leerkring.communities.access import Here
from leerkring.communities.rooms import room
from leerkring.meetings import workform_file, workform_page
from leerkring.meetings.models import OwnForm
from leerkring.meetings.workform_access import entry_for, own_form_for
from leerkring.meetings.workform_forms import TakeForm, WishForm
from leerkring.meetings.workform_library import Wish
from leerkring.meetings.workform_words import title
from leerkring.ui.forms import refusals_on


@require_safe
@room()
def workforms(request: HttpRequest, here: Here) -> HttpResponse:
    """All of them, or those that fit what the group wants, with how many, in how much time."""
    said = {
        "waarvoor": request.GET.get("waarvoor", ""),
        "personen": request.GET.get("personen", ""),
        "minuten": request.GET.get("minuten", ""),
    }
    wish = Wish.said(*said.values())
    kept = {"waarvoor": wish.purpose or "", "personen": wish.people, "minuten": wish.minutes or ""}
    context = {
        "here": here,
        "room": "meetings",
        "form": WishForm(initial=kept, here=here),
        "wish": wish,
        "found": workform_page.choose(here, wish),
    }
    return render(request, "meetings/workforms.html", context)


@require_safe
@room()
def workform(request: HttpRequest, here: Here, key: str) -> HttpResponse:
    """One form, step by step; also on paper."""
    shown = workform_page.Shown(here, entry_for(here, key))
    return render(request, "meetings/workform.html", {"here": here, "room": "meetings", "shown": shown})


@require_safe
@room("decide")
def take_along(request: HttpRequest, here: Here, key: str) -> HttpResponse:
    """The form as a signed file."""
    form = entry_for(here, key).form
    answer = HttpResponse(workform_file.written(form), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{form.key}{workform_file.ENDING}"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@room("decide")
def take_in(request: HttpRequest, here: Here) -> HttpResponse:
    """Choose a file, see what it is and who signed it, and only then keep it."""
    form = TakeForm(request.POST or None, request.FILES or None)
    opened = None
    if request.method == "POST" and form.is_valid():
        opened = workform_file.opened(form.raw)
        if opened.form and "bewaar" in request.POST:
            with refusals_on(form):
                own = OwnForm.keep(by=here.membership, form=opened.form)
                messages.success(request, _("De werkvorm staat bij jullie eigen werkvormen."))
                return redirect("meetings:workform", here.community.pk, own.key)
    context = {"here": here, "room": "meetings", "form": form, "opened": opened}
    if opened and opened.form:
        context |= {"shown": workform_page.preview(here, opened.form), "carried": form.raw_text}
    return render(request, "meetings/take_in.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@room("decide")
def remove(request: HttpRequest, here: Here, key: str) -> HttpResponse:
    """One of their own, asked by name: it goes for good."""
    own = own_form_for(here, key)
    name = title(own.form, here.words) if own.form else own.key
    if request.method == "POST":
        own.remove(by=here.membership)
        messages.success(request, _("‘%(name)s’ is weg.") % {"name": name})
        return redirect("meetings:workforms", here.community.pk)
    return render(
        request, "meetings/remove_workform.html", {"here": here, "room": "meetings", "own": own, "name": name}
    )
