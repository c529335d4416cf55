"""Kennis, first room: conversations."""

from __future__ import annotations

from bisect import bisect_left
from math import ceil

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerkring.communities import inbox, thread
from leerkring.communities.access import Here
from leerkring.communities.rooms import room
from leerkring.knowledge.access import contribution_for, conversation_for, is_withdrawn
from leerkring.knowledge.calling import calls_nobody
from leerkring.knowledge.forms import ConversationForm, ReplyForm, RevisionForm
from leerkring.knowledge.happenings import Purpose
from leerkring.knowledge.models import PURPOSES, Contribution, Conversation
from leerkring.knowledge.reading import Sheet
from leerkring.ui.forms import refusals_on

#: As many contributions as one sitting reads.
PAGE = 25


@require_safe
@room()
def conversations(request: HttpRequest, here: Here) -> HttpResponse:
    found = Conversation.objects.in_community(here.community)
    asked = request.GET.get("soort", "")
    chosen = asked if asked in set(Purpose) else ""
    if chosen:
        found = found.filter(purpose=chosen)
    page = Paginator(found, 20).get_page(request.GET.get("bladzijde"))
    context = {"here": here, "page": page, "purposes": PURPOSES, "chosen": chosen}
    return render(request, "knowledge/conversations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@room()
def start(request: HttpRequest, here: Here) -> HttpResponse:
    """Open a conversation; `?from=kind:id` names what it follows from."""
    follows = thread.followed(here.user, here.community, request.GET.get("from", ""))
    form = ConversationForm(request.POST or None, initial=_asked_for(request))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            said = form.cleaned_data
            conversation = Conversation.open(
                by=here.membership,
                title=said["title"],
                purpose=Purpose(said["purpose"]),
                text=said["text"],
                follows=follows,
            )
            _say_who_was_not_reached(request, here, said["text"])
            return redirect("knowledge:conversation", here.community.pk, conversation.pk)
    return render(request, "knowledge/start.html", {"here": here, "form": form, "follows": follows})


def _say_who_was_not_reached(request: HttpRequest, here: Here, text: str) -> None:
    """What was written stands; but who counts on an answer should know that somebody heard nothing."""
    if names := calls_nobody(text, here.membership):
        messages.warning(
            request,
            _(
                "Je tekst staat er. Maar met %(names)s bereikte je niemand: zo heet hier niemand, of er heten "
                "er meer zo. Reageer nog een keer en schrijf @ met de voornaam, of met de hele naam."
            )
            % {"names": ", ".join(names[:5])},
        )


def _asked_for(request: HttpRequest) -> dict[str, str]:
    """What the link that led here already fills in."""
    purpose = request.GET.get("soort", "")
    return {
        "purpose": purpose if purpose in set(Purpose) else Purpose.QUESTION,
        "title": request.GET.get("titel", "")[:160],
        "text": request.GET.get("tekst", "")[:500],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@room()
def conversation(request: HttpRequest, here: Here, conversation_id: int) -> HttpResponse:
    """Read it, and reply (`?op=` names the contribution that is answered)."""
    found = conversation_for(here, conversation_id)
    to = _answered(request, here)
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            reply = found.reply(by=here.membership, text=form.cleaned_data["text"], to=to)
            _say_who_was_not_reached(request, here, form.cleaned_data["text"])
            return redirect(_place(here, reply))
    inbox.opened(here, "conversation", found.pk)
    ids = list(found.contributions.values_list("pk", flat=True))
    page = Paginator(ids, PAGE).get_page(_page_of(request, ids))
    said = Sheet(here.membership, [*ids[:1], *page]).said
    comes_from, led_to = thread.around(here.user, "conversation", found.pk)
    context = {
        "here": here,
        "conversation": found,
        "opening": said[ids[0]] if page.number > 1 else None,
        "page": page,
        "contributions": [said[pk] for pk in page],
        "form": form,
        "to": to,
        "comes_from": comes_from,
        "led_to": led_to,
    }
    return render(request, "knowledge/conversation.html", context)


def _answered(request: HttpRequest, here: Here) -> Contribution | None:
    number = _number(request, "op")
    if number is None or (request.method == "POST" and is_withdrawn(here, number)):
        return None  # taken away while the answer was written: the answer stays, under the conversation
    return contribution_for(here, number)


def _number(request: HttpRequest, name: str) -> int | None:
    """A positive number in the query string that fits the database; None when it is anything else."""
    said = request.GET.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) <= 18 else None


def _page_of(request: HttpRequest, ids: list[int]) -> int:
    """The page asked for, the one that holds the contribution asked for (`?bij=`), else the last."""
    wanted = _number(request, "bij")
    if wanted is not None:
        return bisect_left(ids, wanted) // PAGE + 1
    return _number(request, "bladzijde") or ceil(len(ids) / PAGE)


def _place(here: Here, contribution: Contribution) -> str:
    """The address of one contribution on its conversation's page."""
    page = reverse("knowledge:conversation", args=[here.community.pk, contribution.conversation_id])
    return f"{page}?bij={contribution.pk}#bijdrage-{contribution.pk}"


@require_POST
@room()
def helps(request: HttpRequest, here: Here, contribution_id: int) -> HttpResponse:
    """Say *dit helpt mij*, or take it back."""
    contribution = contribution_for(here, contribution_id)
    if request.POST.get("terug"):
        contribution.unhelp(by=here.membership)
    else:
        contribution.help(by=here.membership)
    # What is kept of it is of the state before this.
    here.community.refresh_from_db(fields=["version", "talked"])
    if request.htmx:  # type: ignore[attr-defined]  # set by django-htmx
        said = Sheet(here.membership, [contribution.pk]).said[contribution.pk]
        return render(request, "knowledge/contribution.html", {"here": here, "said": said})
    return redirect(_place(here, contribution))


@require_http_methods(["GET", "HEAD", "POST"])
@room()
def revise(request: HttpRequest, here: Here, contribution_id: int) -> HttpResponse:
    contribution = contribution_for(here, contribution_id, own=True)
    form = RevisionForm(request.POST or None, initial={"text": contribution.text})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            contribution.revise(by=here.membership, text=form.cleaned_data["text"])
            _say_who_was_not_reached(request, here, form.cleaned_data["text"])
            return redirect(_place(here, contribution))
    context = {"here": here, "contribution": contribution, "form": form}
    return render(request, "knowledge/revise.html", context)


@require_POST
@room()
def withdraw(request: HttpRequest, here: Here, contribution_id: int) -> HttpResponse:
    """Take one's own words away, or put them back."""
    contribution = contribution_for(here, contribution_id, own=True)
    if request.POST.get("terug"):
        contribution.restore(by=here.membership)
    else:
        contribution.withdraw(by=here.membership)
        messages.success(request, _("Je bijdrage is weggehaald. Je kunt hem zelf nog terugzetten."))
    return redirect(_place(here, contribution))
