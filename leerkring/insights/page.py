"""What the pages of insights show."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.utils.http import urlencode

from leerkring.communities import thread
from leerkring.communities.access import Here
from leerkring.goals.models import Goal
from leerkring.insights.beside import Beside, said_at
from leerkring.insights.forms import SearchForm
from leerkring.insights.happenings import Tacit
from leerkring.insights.models import Insight, Limit, Revision, Trying
from leerkring.insights.scaffolds import KINDS, reason

PAGE = 20


class Listed:
    """The insights of a community, newest first: all, of one kind, at one goal, or with some words in them."""

    kinds = KINDS

    def __init__(self, here: Here, *, kind: str, goal: str, text: str, number: str | None) -> None:
        """As it was asked for; what cannot be is not asked."""
        self.here, self._number = here, number
        self.chosen = kind if kind in set(Tacit) else ""
        self.form = SearchForm({"zoek": text, "doel": goal}, here=here)
        if not self.form.is_valid():
            self.form = SearchForm({}, here=here)
            self.form.is_valid()
        self.text: str = self.form.cleaned_data["zoek"].strip()
        self.goal: Goal | None = self.form.cleaned_data["doel"]

    @property
    def is_searched(self) -> bool:
        return bool(self.text or self.goal)

    @cached_property
    def page(self) -> Page[Insight]:
        found = Insight.objects.in_community(self.here.community)
        if self.chosen:
            found = found.filter(kind=self.chosen)
        if self.goal:
            found = found.filter(goal=self.goal)
        if self.text:
            found = found.saying(self.text)
        return Paginator(found, PAGE).get_page(self._number)

    @cached_property
    def is_empty(self) -> bool:
        """There is none at all, whatever was asked."""
        return not (self.page.paginator.count or self.chosen or self.is_searched)

    @property
    def query(self) -> str:
        """For the address of another page of the same."""
        return urlencode(self._asked(soort=self.chosen))

    @property
    def of_each_kind(self) -> list[tuple[str, object, str]]:
        """Kind, name and address: what was looked for stays when one chooses another kind."""
        return [(kind, name, f"?{urlencode(self._asked(soort=kind))}") for kind, name in KINDS]

    @property
    def of_all(self) -> str:
        return f"?{urlencode(self._asked())}"

    def _asked(self, **more: str) -> Mapping[str, str]:
        goal = str(self.goal.pk) if self.goal else ""
        asked = {"zoek": self.text, "doel": goal, **more}
        return {name: said for name, said in asked.items() if said}

    @cached_property
    def taken_away(self) -> list[Insight]:
        """What the reader can put back."""
        return list(Insight.objects.taken_away_by(self.here.membership)[:PAGE])


class Shown:
    """One insight, for one reader."""

    def __init__(self, here: Here, insight: Insight) -> None:
        self.here, self.insight = here, insight

    @property
    def sentence(self) -> str:
        """What is done, to be read by itself."""
        return self.insight.scaffold.whole(self.insight.what)

    @property
    def reason(self) -> str:
        """Why, to be read after the word that ties it to what."""
        return reason(self.insight.why)

    @property
    def is_mine(self) -> bool:
        return self.insight.author_id == self.here.membership.pk

    @property
    def is_gone(self) -> bool:
        return self.insight.withdrawn_at is not None

    @property
    def is_of_me(self) -> bool:
        """A colleague wrote down what I do; whether I am named, I say."""
        return self.insight.of_id == self.here.membership.pk

    @property
    def asks_my_name(self) -> bool:
        return self.is_of_me and self.insight.named_at is None

    @property
    def i_do_this(self) -> bool:
        return self.is_mine or (self.is_of_me and not self.asks_my_name)

    @cached_property
    def _limits(self) -> list[Limit]:
        return list(self.insight.limits.select_related("by__user"))

    @property
    def limits(self) -> list[Limit]:
        return [limit for limit in self._limits if limit.withdrawn_at is None]

    @cached_property
    def beside(self) -> list[Beside]:
        """What guests without an account said of it."""
        return said_at(self.here.community.pk, self.insight.pk)

    @property
    def own_gone_limits(self) -> list[Limit]:
        """What the reader took away, and can put back."""
        own = self.here.membership.pk
        return [limit for limit in self._limits if limit.withdrawn_at and limit.by_id == own]

    @cached_property
    def _tryings(self) -> list[Trying]:
        shown = Trying.objects.shown_to(self.here.membership).filter(insight=self.insight)
        return list(shown.select_related("member__user"))

    @property
    def told(self) -> list[Trying]:
        return [trying for trying in self._tryings if trying.told_at]

    @property
    def planned(self) -> list[Trying]:
        """What colleagues said they would do; the reader's own stands apart."""
        own = self.here.membership.pk
        return [trying for trying in self._tryings if not trying.told_at and trying.member_id != own]

    @property
    def own_plan(self) -> Trying | None:
        own = self.here.membership.pk
        mine = (trying for trying in self._tryings if not trying.told_at and trying.member_id == own)
        return next(mine, None)

    @property
    def asks_for_a_limit(self) -> bool:
        """What helps most now is a colleague who asks when it does not work."""
        return not (self.i_do_this or self.limits)

    @cached_property
    def revisions(self) -> list[Revision]:
        """All by its author."""
        return list(self.insight.revisions.all()[:20])

    # -- the red thread --

    @cached_property
    def _around(self) -> tuple[list[thread.Thing], list[thread.Thing]]:
        return thread.around(self.here.user, "insight", self.insight.pk)

    @property
    def came_from(self) -> list[thread.Thing]:
        """Its goal is said apart."""
        goal = ("goal", self.insight.goal_id)
        return [thing for thing in self._around[0] if (thing.kind, thing.id) != goal]

    @property
    def led_to(self) -> list[thread.Thing]:
        return self._around[1]

    @property
    def talk(self) -> str:
        follows = ("insight", self.insight.pk)
        return thread.start_address("conversation", self.here.community.pk, follows=follows)

    @property
    def tryout(self) -> str:
        """Where one tries it with an expectation, and tells what pupils did."""
        return thread.start_address("tryout", self.here.community.pk, follows=("insight", self.insight.pk))


def goal_behind(here: Here, follows: thread.Thing | None) -> int | None:
    """The goal that a new insight is at: what it follows from, or what that follows from."""
    if follows is None:
        return None
    if follows.kind == "goal":
        return follows.id
    before, _after = thread.around(here.user, follows.kind, follows.id)
    return next((thing.id for thing in before if thing.kind == "goal"), None)
