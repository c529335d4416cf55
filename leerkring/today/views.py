"""Where one begins: the own communities, and what goes on in one of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from leerkring.communities.access import Here, memberships_for
from leerkring.communities.ending import KEPT_FOR, ended_for
from leerkring.communities.feed import recent
from leerkring.communities.models import Admission
from leerkring.communities.rooms import room
from leerkring.effectiveness.counting import switch_of
from leerkring.effectiveness.page import next_step
from leerkring.goals import page as goals
from leerkring.knowledge.models import Contribution, Conversation
from leerkring.network.access import schools_for
from leerkring.people.access import person
from leerkring.today.waiting import what_waits


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Straight into the only community, else a choice; who keeps schools goes to those."""
    user = person(request)
    memberships = list(memberships_for(user).prefetch_related("community__schools"))
    ended = [(m, m.community.ended_at + KEPT_FOR) for m in ended_for(user) if m.community.ended_at]
    asks = user.admissions.exists()
    begun = bool(memberships or ended or asks)
    keeps = list(schools_for(user)) if begun or not user.is_administrator else []
    if not begun and (user.is_administrator or keeps):
        return redirect("network:schools")
    if len(memberships) == 1 and not (keeps or ended or memberships[0].may_lead):
        return redirect("today:community", memberships[0].community_id)
    waits = what_waits(memberships)
    context = {
        "groups": [(membership, waits.get(membership.community_id, [])) for membership in memberships],
        "may_lead": any(m.may_lead for m in memberships),
        "keeps": keeps,
        "asks": asks,
        "ended": ended,
    }
    return render(request, "today/home.html", context)


@require_safe
@room()
def community(request: HttpRequest, here: Here) -> HttpResponse:
    """Vandaag: the next step, open questions, what happened."""
    naming = list(Contribution.objects.naming(here.membership)[:3])
    waiting = Conversation.objects.waiting_for(here.membership)
    # What asks for me by name is not said again.
    waiting = waiting.exclude(pk__in=[each.conversation_id for each in naming])[:3]
    asked, running, kept = goals.at_work(here)
    switch = switch_of(here.community, here.membership)
    context = {
        "here": here,
        "goals_asked": asked,
        "goals_running": running,
        "goals_kept": kept,
        # What I answered asks for nothing more; until it closes I can find it at the members.
        "asking": Admission.objects.waiting_for(here.membership),
        "naming": naming,
        "waiting": waiting,
        "is_alone": here.may_lead and not (naming or waiting or asked or running or kept) and here.is_alone,
        # Found only when the page has no cached fragment of them.
        "recent": lambda: recent(here.user, here.community),
        "step": lambda: next_step(here, switch),
        "is_asked": here.may_see_mirror and switch.is_asked,
    }
    return render(request, "today/community.html", context)
