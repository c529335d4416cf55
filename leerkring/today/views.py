"""Where one begins: the own communities, and what goes on in one of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import Any, TypeVar

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from leerkring.communities.access import Here, memberships_for
from leerkring.communities.ending import KEPT_FOR, ended_for
from leerkring.communities.feed import Line, recent
from leerkring.communities.inbox import KEPT
from leerkring.communities.models import Admission, Membership
from leerkring.communities.rooms import room
from leerkring.effectiveness.counting import Switch, switch_of
from leerkring.effectiveness.page import Step, next_step
from leerkring.goals import page as goals
from leerkring.meetings.at_hand import AtHand
from leerkring.meetings.groups import SEVERAL
from leerkring.network.access import schools_for
from leerkring.people.access import person
from leerkring.today.asking import Promised, Talk, both_for, promised_by, talk_for
from leerkring.today.waiting import groups_of

T = TypeVar("T")


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
        "leads_several": sum(m.may_lead for m in memberships) >= SEVERAL,
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
        self.meetings = AtHand(here)

    @cached_property
    def talk(self) -> Talk:
        """What I promised comes along in the same question when it is not kept."""
        if self._find("promised"):
            return talk_for(self.here.membership)
        talk, promised = both_for(self.here.membership)
        self._keep("promised", promised)
        return talk

    @cached_property
    def promised(self) -> Promised:
        return self._kept("promised", promised_by)

    @cached_property
    def asking(self) -> list[Admission]:
        """What I answered asks for nothing more; until it closes I can find it at the members."""
        return list(Admission.objects.waiting_for(self.here.membership))

    @cached_property
    def _switch(self) -> Switch:
        """What is read in the log by it is read up to now."""
        kept = self._kept("switch", lambda member: switch_of(self.here.community, member))
        return replace(kept, version=self.here.community.version)

    def _kept(self, name: str, find: Callable[[Membership], T]) -> T:
        """Found anew when more than talk changed."""
        kept: tuple[T] | None = self._find(name)
        return kept[0] if kept else self._keep(name, find(self.here.membership))

    def _find(self, name: str) -> Any:
        """In a tuple: what is kept may be nothing."""
        return caches["template_fragments"].get(self._key(name))

    def _keep(self, name: str, found: T) -> T:
        caches["template_fragments"].set(self._key(name), (found,), KEPT)
        return found

    def _key(self, name: str) -> str:
        return f"{name}.{self.here.settled}.{self.here.membership.pk}"

    @cached_property
    def step(self) -> Step | None:
        if not self.here.may_see_mirror:
            return None
        return next_step(self.here, self._switch, ahead=lambda: self.meetings.next)

    @property
    def is_alone(self) -> bool:
        return self.here.may_lead and not self.goals and self.here.is_alone

    @property
    def is_asked(self) -> bool:
        """Whether I can go on with what is counted."""
        return self.here.may_see_mirror and self._switch.is_asked

    @property
    def asks_who_i_am(self) -> bool:
        """One ask at a time: a colleague who calls me goes first, and then what I would try or do."""
        return self.here.membership.is_asked_to_introduce and not (self.promised or self.talk.naming)

    @property
    def recent(self) -> list[Line]:
        return recent(self.here)
