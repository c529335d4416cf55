"""The room *Bijeenkomsten*: what is coming and what has been, planning a meeting, one meeting."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerkring.communities import inbox, thread
from leerkring.communities.access import Here
from leerkring.communities.rooms import room
from leerkring.meetings import page, planning, replying, series
from leerkring.meetings.access import meeting_for
from leerkring.meetings.forms import CancelForm, ChangeForm, NewForm
from leerkring.meetings.models import Reply
from leerkring.ui.forms import posted_with, refusals_on
from leerkring.ui.refusal import Overtaken

_PLANNED = gettext_lazy("De bijeenkomst staat erin. Iedereen in de groep hoort het.")
_ASKED = gettext_lazy("Je collega’s horen het, en zeggen wanneer ze kunnen.")


@require_safe
@room()
def meetings(request: HttpRequest, here: Here) -> HttpResponse:
    """The next meeting first, then later ones and polls, then what has been by school year."""
    asked = request.GET.get("bladzijde", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else 1
    return render(request, "meetings/meetings.html", {"here": here, "meetings": page.Room(here, number)})


@require_http_methods(["GET", "HEAD", "POST"])
@room("lead")
def new(request: HttpRequest, here: Here) -> HttpResponse:
    """On a day, several times, or on one of some moments that are put to the group."""
    follows = thread.followed(here.user, here.community, request.GET.get("from", ""))
    items = _items(request, here)
    form = NewForm(request.POST or None, initial=_asked_for(request), here=here)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            if form.is_series:
                said = series.repeat(here, form, items=items, follows=follows)
                messages.success(request, said)
                return redirect("meetings:meetings", here.community.pk)
            planned = planning.plan(
                by=here.membership,
                fields=form.plan(),
                moments=form.moments,
                items=items,
                follows=follows,
            )
            messages.success(request, _PLANNED if planned.starts_at else _ASKED)
            return redirect("meetings:meeting", here.community.pk, planned.pk)
    context = {"here": here, "form": form, "follows": follows, "items": items}
    return render(request, "meetings/new.html", context)


def _asked_for(request: HttpRequest) -> dict[str, Any]:
    """What the link that led here already fills in."""
    goal = request.GET.get("doel", "")
    asked: dict[str, Any] = {"topic": request.GET.get("onderwerp", "")[:200]}
    return asked | ({"goal": goal} if goal.isascii() and goal.isdigit() and len(goal) <= 18 else {})


def _items(request: HttpRequest, here: Here) -> list[planning.Fields]:
    """The work form that led here is the first thing on the agenda, of each when there are several."""
    return series.items_of(here, request.GET.get("werkvorm", ""))


@require_safe
@room()
def meeting(request: HttpRequest, here: Here, meeting_id: int) -> HttpResponse:
    """One meeting: when, what about, the agenda, who does what, who comes."""
    found = meeting_for(here, meeting_id)
    inbox.opened(here, "meeting", found.pk)
    return render(request, "meetings/meeting.html", {"here": here, "shown": page.Shown(here, found)})


@require_http_methods(["GET", "HEAD", "POST"])
@room("lead")
def edit(request: HttpRequest, here: Here, meeting_id: int) -> HttpResponse:
    """Say it better, or move it. Who was overtaken by a colleague keeps what was typed, beside what stands now."""
    found = meeting_for(here, meeting_id)
    if request.method != "POST" and not found.is_ahead:
        return redirect("meetings:meeting", here.community.pk, found.pk)
    form = ChangeForm(request.POST or None, instance=found, here=here)
    overtaken = None
    if request.method == "POST" and form.is_valid():
        try:
            with refusals_on(form):
                _revise(here, meeting_id, form)
                messages.success(request, _("De bijeenkomst is bijgewerkt."))
                return redirect("meetings:meeting", here.community.pk, meeting_id)
        except Overtaken as by_colleague:
            overtaken = by_colleague.standing
            form = ChangeForm(posted_with(request, revision=overtaken.revision), instance=found, here=here)
    context = {"here": here, "meeting": found, "form": form, "overtaken": overtaken}
    return render(request, "meetings/edit.html", context)


def _revise(here: Here, meeting_id: int, form: ChangeForm) -> None:
    """The meeting as it stands: the form put what was typed in the one that was found for it."""
    fields, seen = form.plan(), form.cleaned_data["revision"]
    planning.revise(meeting_for(here, meeting_id), by=here.membership, seen=seen, fields=fields)


@require_http_methods(["GET", "HEAD", "POST"])
@room("lead")
def cancel(request: HttpRequest, here: Here, meeting_id: int) -> HttpResponse:
    """It is not held after all, and why."""
    found = meeting_for(here, meeting_id)
    if request.method != "POST" and not found.is_ahead:
        return redirect("meetings:meeting", here.community.pk, found.pk)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            planning.cancel(found, by=here.membership, because=form.cleaned_data["because"])
            messages.success(request, _("Afgezegd. Iedereen in de groep hoort het."))
            return redirect("meetings:meeting", here.community.pk, found.pk)
    return render(request, "meetings/cancel.html", {"here": here, "meeting": found, "form": form})


@require_POST
@room()
def reply(request: HttpRequest, here: Here, meeting_id: int) -> HttpResponse:
    """Ik kom, misschien, ik kan niet."""
    found, says = meeting_for(here, meeting_id), request.POST.get("zegt", "")
    replying.reply(found, by=here.membership, says=says)
    heard = {
        Reply.Says.YES: _("Genoteerd: je komt."),
        Reply.Says.MAYBE: _("Genoteerd: misschien kom je."),
        Reply.Says.NO: _("Genoteerd: je kunt niet."),
    }
    messages.success(request, heard[Reply.Says(says)])
    return redirect("meetings:meeting", here.community.pk, found.pk)
