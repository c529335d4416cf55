"""What the pages of try-outs show."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from leerkring.communities import thread
from leerkring.communities.access import Here
from leerkring.practice.models import Tryout

PAGE = 20
#: What one can look for in the list.
STATES: dict[str, str | Promise] = {"loopt": _("Loopt nog"), "verteld": _("Hoe het ging")}


class Listed:
    """The try-outs of a community, newest first: all, or those that run, or of which it was told how it went."""

    states = STATES

    def __init__(self, here: Here, *, state: str, number: str | None) -> None:
        self.here, self._number = here, number
        self.chosen = state if state in STATES else ""

    @cached_property
    def page(self) -> Page[Tryout]:
        found = Tryout.objects.in_community(self.here.community)
        if self.chosen == "loopt":
            found = found.running()
        elif self.chosen:
            found = found.concluded()
        return Paginator(found, PAGE).get_page(self._number)

    @cached_property
    def is_empty(self) -> bool:
        """There is none at all, whatever was asked."""
        return not (self.page.paginator.count or self.chosen)

    @property
    def query(self) -> str:
        """For the address of another page of the same."""
        return urlencode({"stand": self.chosen}) if self.chosen else ""

    @cached_property
    def taken_away(self) -> list[Tryout]:
        """What the reader can put back."""
        return list(Tryout.objects.taken_away_by(self.here.membership)[:PAGE])


class Shown:
    """One try-out, for one reader."""

    def __init__(self, here: Here, tryout: Tryout) -> None:
        self.here, self.tryout = here, tryout

    @property
    def is_mine(self) -> bool:
        return self.tryout.owner_id == self.here.membership.pk

    @property
    def is_gone(self) -> bool:
        return self.tryout.withdrawn_at is not None

    @property
    def day(self) -> Any:
        return self.tryout.on if self.is_mine else self.tryout.day_shown_to_all

    @cached_property
    def others(self) -> list[Tryout]:
        """The first one and all that repeat it, but this; in the order in which they were begun."""
        first = self.tryout.first_id or self.tryout.pk
        of_thread = Tryout.objects.there().filter(Q(pk=first) | Q(first=first))
        found = of_thread.exclude(pk=self.tryout.pk).select_related("owner__user")
        return list(found.order_by("at", "pk")[:PAGE])

    # -- the red thread --

    @cached_property
    def _around(self) -> tuple[list[thread.Thing], list[thread.Thing]]:
        return thread.around(self.here.user, "tryout", self.tryout.pk)

    @property
    def came_from(self) -> list[thread.Thing]:
        """Its goal is said apart."""
        goal = ("goal", self.tryout.goal_id)
        return [thing for thing in self._around[0] if (thing.kind, thing.id) != goal]

    @property
    def led_to(self) -> list[thread.Thing]:
        return self._around[1]

    @property
    def again(self) -> str:
        """Where one begins to try it too."""
        return self._start("tryout")

    @property
    def insight(self) -> str:
        return self._start("insight")

    @property
    def talk(self) -> str:
        return self._start("conversation")

    def _start(self, kind: str) -> str:
        return thread.start_address(kind, self.here.community.pk, follows=("tryout", self.tryout.pk))
