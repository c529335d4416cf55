"""Where one begins: the own communities, and what goes on in one of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from leerkring.communities.access import Here, memberships_for
from leerkring.communities.ending import KEPT_FOR, ended_for
from leerkring.communities.feed import recent
from leerkring.communities.rooms import room
from leerkring.effectiveness.counting import is_asked
from leerkring.effectiveness.page import next_step
from leerkring.knowledge.models import Contribution, Conversation
from leerkring.network.access import schools_for
from leerkring.people.access import person


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Straight into the only community, else a choice; who keeps schools goes to those."""
    user = person(request)
    memberships = list(memberships_for(user))
    ended = [(m, m.community.ended_at + KEPT_FOR) for m in ended_for(user) if m.community.ended_at]
    if len(memberships) == 1 and not memberships[0].may_lead and not ended:
        return redirect("today:community", memberships[0].community_id)
    if not memberships and not ended and (user.is_administrator or schools_for(user).exists()):
        return redirect("network:schools")
    may_lead = any(m.may_lead for m in memberships)
    context = {"memberships": memberships, "may_lead": may_lead, "ended": ended}
    return render(request, "today/home.html", context)


@require_safe
@room()
def community(request: HttpRequest, here: Here) -> HttpResponse:
    """Vandaag: the next step, open questions, what happened."""
    conversations = Conversation.objects.in_community(here.community)
    context = {
        "here": here,
        "naming": Contribution.objects.naming(here.membership)[:3],
        "waiting": conversations.waiting_for(here.membership)[:3],
        "recent": lambda: recent(here.user, here.community),
        "step": next_step(here) if here.may_see_mirror else None,
        "is_asked": here.may_see_mirror and is_asked(here.membership),
    }
    return render(request, "today/community.html", context)
