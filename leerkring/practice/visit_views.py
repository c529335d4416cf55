"""Lesbezoek: a lesson stands open, a colleague comes to watch, and both try something."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerkring.communities import inbox, thread
from leerkring.communities.access import Here
from leerkring.communities.rooms import room
from leerkring.insights.forms import a_week_from_now
from leerkring.practice import visit_page
from leerkring.practice.models import Intention, Note, Visit
from leerkring.practice.visit_access import (
    hosted_for,
    intention_for,
    note_for,
    shared_for,
    visit_for,
    visitor_for,
)
from leerkring.practice.visit_forms import (
    AgreeForm,
    AskForm,
    ChangeForm,
    IntentionForm,
    NoteForm,
    OpenForm,
    ToldForm,
)
from leerkring.ui.forms import posted_with, refusals_on
from leerkring.ui.refusal import Overtaken


@require_safe
@room("decide")
def visits(request: HttpRequest, here: Here) -> HttpResponse:
    context = {"here": here, "room": "practice", "listed": visit_page.Listed(here)}
    return render(request, "practice/visits.html", context)


@require_safe
@room("decide")
def released(request: HttpRequest, here: Here) -> HttpResponse:
    """*Wat we zagen*: notes that hosts let go, without names."""
    context = {"here": here, "room": "practice", "released": visit_page.Released(here)}
    return render(request, "practice/released.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@room("decide")
def open_lesson(request: HttpRequest, here: Here) -> HttpResponse:
    """*Zet je les open*; `?from=kind:id` names what it follows from."""
    follows = thread.followed(here.user, here.community, request.GET.get("from", ""))
    goal = follows.id if follows and follows.kind == "goal" else None
    form = OpenForm(request.POST or None, here=here, initial={"goal": goal})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = Visit.open_lesson(by=here.membership, fields=form.lesson(), follows=follows)
            messages.success(request, _("Je les staat open. Je collega's zien het, en wie komt zegt het."))
            return _to(here, made)
    return render(request, "practice/visit_open.html", {"here": here, "room": "practice", "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@room("decide")
def ask(request: HttpRequest, here: Here) -> HttpResponse:
    """*Vraag of je mag komen kijken*; `?bij=` is the colleague who is thought of."""
    form = AskForm(request.POST or None, here=here, initial={"host": request.GET.get("bij", "")[:18]})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            host = form.cleaned_data["host"]
            made = Visit.ask(by=here.membership, host=host, fields=form.lesson())
            messages.success(request, _("Gevraagd. Alleen je collega ziet dit, en zegt of het uitkomt."))
            return _to(here, made)
    return render(request, "practice/visit_ask.html", {"here": here, "room": "practice", "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@room("decide")
def visit(request: HttpRequest, here: Here, visit_id: int) -> HttpResponse:
    """The page; and who was asked says yes, with what to look for."""
    found = visit_for(here, visit_id)
    shown = visit_page.Shown(here, found)
    form = None
    if shown.hosts and shown.is_asked:
        form = AgreeForm(request.POST or None, here=here, instance=found)
        if request.method == "POST" and form.is_valid():
            with refusals_on(form):
                standing = hosted_for(here, visit_id)
                standing.agree(by=here.membership, question=form.cleaned_data["question"])
                messages.success(request, _("Afgesproken. Je collega leest het, met jouw vraag."))
                return _to(here, found)
    inbox.opened(here, "visit", found.pk)
    intention = IntentionForm(initial={"on": a_week_from_now(here)}) if shown.is_held else None
    context = {"here": here, "room": "practice", "shown": shown, "form": form, "intention": intention}
    return render(request, "practice/visit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@room("decide")
def revise(request: HttpRequest, here: Here, visit_id: int) -> HttpResponse:
    found = hosted_for(here, visit_id)
    if request.method != "POST" and not (found.is_ahead and found.state == Visit.State.OPEN):
        return _to(here, found)
    form, overtaken = ChangeForm(request.POST or None, here=here, instance=found), None
    if request.method == "POST" and form.is_valid():
        try:
            with refusals_on(form):
                standing = hosted_for(here, visit_id)
                standing.revise(by=here.membership, seen=form.cleaned_data["seen"], fields=form.lesson())
                messages.success(request, _("Aangepast. Wie komt, krijgt bericht."))
                return _to(here, found)
        except Overtaken as elsewhere:
            overtaken = elsewhere.standing
            form = ChangeForm(posted_with(request, seen=overtaken.revision), here=here, instance=found)
    context = {"here": here, "room": "practice", "form": form, "visit": found, "overtaken": overtaken}
    return render(request, "practice/visit_revise.html", context)


@require_POST
@room("decide")
def come(request: HttpRequest, here: Here, visit_id: int) -> HttpResponse:
    """*Ik kom*, or not after all (`niet`)."""
    found = visit_for(here, visit_id)
    if request.POST.get("niet"):
        found.stay_away(by=here.membership)
        messages.success(request, _("Genoteerd: je komt niet."))
        return redirect("practice:visits", here.community.pk)
    found.come(by=here.membership)
    messages.success(request, _("Genoteerd: je komt kijken. Je collega weet het."))
    return _to(here, found)


@require_http_methods(["GET", "HEAD", "POST"])
@room("decide")
def call_off(request: HttpRequest, here: Here, visit_id: int) -> HttpResponse:
    """It does not go on: asked once."""
    found = shared_for(here, visit_id)
    if request.method == "POST":
        found.call_off(by=here.membership)
        messages.success(request, _("Het gaat niet door. Wie zou komen, krijgt bericht."))
        return _to(here, found)
    return render(request, "practice/visit_call_off.html", {"here": here, "room": "practice", "visit": found})


@require_POST
@room("decide")
def was(request: HttpRequest, here: Here, visit_id: int) -> HttpResponse:
    """It went on; and `gesproken`: they talked about it."""
    found = shared_for(here, visit_id)
    if request.POST.get("gesproken"):
        found.talk(by=here.membership)
        messages.success(request, _("Mooi. Kies nu elk één ding om te proberen."))
    else:
        found.hold_lesson(by=here.membership)
        messages.success(request, _("Genoteerd. Praat even na: één minuut elk is genoeg."))
    return _to(here, found)


@require_http_methods(["GET", "HEAD", "POST"])
@room("decide")
def watch(request: HttpRequest, here: Here, visit_id: int) -> HttpResponse:
    """In the lesson: the question on top, one field, three buttons."""
    visitor = visitor_for(here, visit_id)
    form = NoteForm(request.POST or None, initial={"key": secrets.token_urlsafe(12)})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            said = form.cleaned_data
            visitor.note(by=here.membership, kind=Note.Kind(said["kind"]), text=said["text"], key=said["key"])
            return redirect("practice:watch", here.community.pk, visit_id)
    notes = list(visitor.notes.order_by("-at", "-pk"))
    context = {"here": here, "room": "practice", "visit": visitor.visit, "form": form, "notes": notes}
    return render(request, "practice/watch.html", {**context, "visitor": visitor, "kinds": Note.Kind.choices})


@require_POST
@room("decide")
def drop_note(request: HttpRequest, here: Here, visit_id: int, note_id: int) -> HttpResponse:
    note_for(here, visit_id, note_id).drop(by=here.membership)
    return redirect("practice:watch", here.community.pk, visit_id)


@require_POST
@room("decide")
def hand_over(request: HttpRequest, here: Here, visit_id: int) -> HttpResponse:
    visitor = visitor_for(here, visit_id)
    visitor.hand_over(by=here.membership)
    messages.success(request, _("Gegeven. Je collega leest nu wat je zag, en niemand anders."))
    return _to(here, visitor.visit)


@require_POST
@room("decide")
def release(request: HttpRequest, here: Here, visit_id: int) -> HttpResponse:
    """The host lets the group read what was noted, without names; or takes that back (`terug`)."""
    found = hosted_for(here, visit_id)
    on = not request.POST.get("terug")
    found.release(by=here.membership, on=on)
    messages.success(
        request,
        _("De groep leest wat er gezien is, zonder namen.") if on else _("Alleen jullie lezen het weer."),
    )
    return _to(here, found)


@require_POST
@room("decide")
def intend(request: HttpRequest, here: Here, visit_id: int) -> HttpResponse:
    """*Dinsdag probeer ik …*"""
    found = shared_for(here, visit_id)
    form = IntentionForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            Intention.intend(found, by=here.membership, **form.cleaned_data)
            messages.success(
                request, _("Afgesproken met jezelf. Na die dag vragen we één keer hoe het ging.")
            )
            return _to(here, found)
    context = {"here": here, "room": "practice", "shown": visit_page.Shown(here, found), "intention": form}
    return render(request, "practice/visit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@room("decide")
def tell(request: HttpRequest, here: Here, visit_id: int) -> HttpResponse:
    """How it went."""
    found = intention_for(here, visit_id)
    form = ToldForm(request.POST or None, initial={"worked": found.worked, "how": found.how})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            found.tell(by=here.membership, **form.cleaned_data)
            messages.success(request, _("Dank je. Wie bij het lesbezoek was, leest het."))
            return _to(here, found.visit)
    inbox.opened(here, "visit", visit_id)
    context = {"here": here, "room": "practice", "intention": found, "visit": found.visit, "form": form}
    return render(request, "practice/intention.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@room("decide")
def take_away(request: HttpRequest, here: Here, visit_id: int) -> HttpResponse:
    """For good, after one question."""
    found = hosted_for(here, visit_id)
    if request.method == "POST":
        found.take_away(by=here.membership)
        messages.success(request, _("Het lesbezoek is weg, met wat er genoteerd was."))
        return redirect("practice:visits", here.community.pk)
    return render(
        request, "practice/visit_take_away.html", {"here": here, "room": "practice", "visit": found}
    )


def _to(here: Here, found: Visit) -> HttpResponse:
    return redirect("practice:visit", here.community.pk, found.pk)
