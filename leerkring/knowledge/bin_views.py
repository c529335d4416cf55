"""The bin of the conversations: taking away, looking what is there, putting back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerkring.communities.access import Here
from leerkring.communities.ending import KEPT_FOR
from leerkring.communities.rooms import room
from leerkring.knowledge.access import binned_for, removable_for
from leerkring.knowledge.forms import RemovalForm
from leerkring.knowledge.models import Conversation
from leerkring.ui.forms import refusals_on

#: The bin is looked at for one thing, the last of which someone is sorry.
MOST = 50


@require_safe
@room()
def bin_(request: HttpRequest, here: Here) -> HttpResponse:
    """What the reader can put back, and what a facilitator took away of theirs, with the reason."""
    found = [
        {
            "conversation": conversation,
            "until": conversation.removed_at + KEPT_FOR if conversation.removed_at else None,
            "may_put_back": conversation.may_be_put_back(here.membership),
        }
        for conversation in Conversation.objects.in_bin_of(here.membership)[:MOST]
    ]
    return render(request, "knowledge/bin.html", {"here": here, "found": found})


@require_http_methods(["GET", "HEAD", "POST"])
@room()
def remove(request: HttpRequest, here: Here, conversation_id: int) -> HttpResponse:
    """Into the bin, after a page that says what goes along; a facilitator says why."""
    found = removable_for(here, conversation_id)
    own = found.opened_by_id == here.membership.pk
    form = None if own else RemovalForm(request.POST or None)
    if request.method == "POST" and (form is None or form.is_valid()):
        with refusals_on(form):
            found.remove(by=here.membership, because=form.cleaned_data["because"] if form else "")
            messages.success(
                request, _("Het gesprek is weggehaald. Dertig dagen lang kun je het terugzetten.")
            )
            return redirect("knowledge:bin", here.community.pk)
    return render(request, "knowledge/remove.html", {"here": here, "conversation": found, "form": form})


@require_POST
@room()
def put_back(request: HttpRequest, here: Here, conversation_id: int) -> HttpResponse:
    found = binned_for(here, conversation_id)
    found.put_back(by=here.membership)
    messages.success(request, _("Het gesprek staat er weer."))
    return redirect("knowledge:conversation", here.community.pk, found.pk)
