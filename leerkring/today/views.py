"""Where one begins: the own communities, and what goes on in one of them."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from leerkring.communities.access import Here, memberships_for
from leerkring.communities.ending import KEPT_FOR, ended_for
from leerkring.communities.feed import Line, recent
from leerkring.communities.inbox import KEPT
from leerkring.communities.models import Admission
from leerkring.communities.rooms import room
from leerkring.effectiveness.counting import Switch, switch_of
from leerkring.effectiveness.page import Step, next_step
from leerkring.goals import page as goals
from leerkring.knowledge.models import Contribution, Conversation
from leerkring.network.access import schools_for
from leerkring.people.access import person
from leerkring.today.waiting import groups_of


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
    context = {
        "groups": groups_of(user, memberships),
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
    return render(request, "today/community.html", {"here": here, "today": Today(here)})


class Today:
    """What *Vandaag* shows one member; each part is found only when no fragment of it is kept."""

    def __init__(self, here: Here) -> None:
        self.here = here
        self.goals = goals.AtWork(here)

    @cached_property
    def naming(self) -> list[Contribution]:
        return list(Contribution.objects.naming(self.here.membership)[:3])

    @cached_property
    def waiting(self) -> list[Conversation]:
        """What asks for me by name is not said again."""
        waiting = Conversation.objects.waiting_for(self.here.membership)
        return list(waiting.exclude(pk__in=[each.conversation_id for each in self.naming])[:3])

    @cached_property
    def asking(self) -> list[Admission]:
        """What I answered asks for nothing more; until it closes I can find it at the members."""
        return list(Admission.objects.waiting_for(self.here.membership))

    @cached_property
    def _switch(self) -> Switch:
        """Found anew when more than talk changed; what is read in the log by it is read up to now."""
        fragments, key = caches["template_fragments"], f"switch.{self.here.settled}.{self.here.membership.pk}"
        kept: Switch | None = fragments.get(key)
        if kept is None:
            kept = switch_of(self.here.community, self.here.membership)
            fragments.set(key, kept, KEPT)
        return replace(kept, version=self.here.community.version)

    @cached_property
    def step(self) -> Step | None:
        return next_step(self.here, self._switch) if self.here.may_see_mirror else None

    @property
    def is_alone(self) -> bool:
        return self.here.may_lead and not self.goals and self.here.is_alone

    @property
    def is_asked(self) -> bool:
        """Whether I can go on with what is counted."""
        return self.here.may_see_mirror and self._switch.is_asked

    @property
    def asks_who_i_am(self) -> bool:
        """One ask at a time: a colleague who calls me goes first."""
        return self.here.membership.is_asked_to_introduce and not self.naming

    @property
    def recent(self) -> list[Line]:
        return recent(self.here.user, self.here.community)
