"""What the pages of lesson visits show."""

from __future__ import annotations

from functools import cached_property

from django.db.models import Prefetch, QuerySet

from leerkring.communities import thread
from leerkring.communities.access import Here
from leerkring.practice.models import Intention, Note, Visit, Visitor

#: So many of what was.
MOST = 15


class Listed:
    """Lessons of colleagues that stand open, and one's own visits."""

    def __init__(self, here: Here) -> None:
        self.here = here

    @cached_property
    def _own(self) -> list[Visit]:
        own = Visit.objects.of(self.here.user).filter(community=self.here.community)
        there = own.exclude(state=Visit.State.CANCELLED).select_related("host__user")
        return list(there.order_by("-starts_at", "-pk")[: 2 * MOST])

    @cached_property
    def open(self) -> list[Visit]:
        """Of colleagues, to which one does not go yet."""
        found = Visit.objects.open_to(self.here.user).filter(community=self.here.community)
        mine = [visit.pk for visit in self._own]
        return list(found.exclude(pk__in=mine).select_related("host__user")[:MOST])

    @property
    def asked(self) -> list[Visit]:
        """A colleague asks whether they may come."""
        me = self.here.membership.pk
        return [v for v in self._own if v.state == Visit.State.ASKED and v.host_id == me and v.is_ahead]

    @property
    def to_come(self) -> list[Visit]:
        ahead = [v for v in self._own if v.is_ahead and v not in self.asked]
        return sorted(ahead, key=lambda visit: visit.starts_at)

    @property
    def waiting(self) -> list[Visit]:
        """Its hour came: did it go on?"""
        return [visit for visit in self._own if visit.is_waiting]

    @property
    def held(self) -> list[Visit]:
        return [visit for visit in self._own if visit.state == Visit.State.HELD][:MOST]

    @property
    def is_empty(self) -> bool:
        return not (self._own or self.open)

    @cached_property
    def released(self) -> bool:
        return Released(self.here).exist


class Released:
    """What was noted in visits of which the host let the group read it: without a name, a class or a day."""

    def __init__(self, here: Here) -> None:
        self.here = here

    @property
    def _visits(self) -> QuerySet[Visit]:
        found = Visit.objects.filter(community=self.here.community, released_at__isnull=False)
        return found.filter(visitors__handed_at__isnull=False).distinct()

    @property
    def exist(self) -> bool:
        return self._visits.exists()

    @cached_property
    def questions(self) -> list[tuple[str, list[Note]]]:
        """By question; in an order that tells nothing of when it was."""
        given = Visitor.objects.filter(handed_at__isnull=False).prefetch_related("notes")
        visits = self._visits.prefetch_related(Prefetch("visitors", given))
        by_question: dict[str, list[Note]] = {}
        for visit in visits.order_by("question", "pk")[: 3 * MOST]:
            notes = [note for visitor in visit.visitors.all() for note in visitor.notes.all()]
            by_question.setdefault(visit.question, []).extend(notes)
        return [(question, sorted(notes, key=lambda n: n.text)) for question, notes in by_question.items()]


class Shown:
    """One visit, for one reader."""

    def __init__(self, here: Here, visit: Visit) -> None:
        self.here, self.visit = here, visit

    @property
    def hosts(self) -> bool:
        return self.visit.host_id == self.here.membership.pk

    @cached_property
    def visitors(self) -> list[Visitor]:
        """For who is named; to others it is only open."""
        found = self.visit.visitors.select_related("member__user").prefetch_related("notes")
        return list(found)

    @cached_property
    def own(self) -> Visitor | None:
        me = self.here.membership.pk
        return next((visitor for visitor in self.visitors if visitor.member_id == me), None)

    @property
    def is_named(self) -> bool:
        return self.hosts or self.own is not None or self.visit.asked_by_id == self.here.membership.pk

    @property
    def is_asked(self) -> bool:
        """A colleague asks to come, and has no answer."""
        return self.visit.state == Visit.State.ASKED and self.visit.is_ahead

    @property
    def may_come(self) -> bool:
        return not self.is_named

    @property
    def is_held(self) -> bool:
        return self.visit.state == Visit.State.HELD

    @property
    def is_cancelled(self) -> bool:
        return self.visit.state == Visit.State.CANCELLED

    @property
    def was_not_answered(self) -> bool:
        return self.visit.state == Visit.State.ASKED and not self.visit.is_ahead

    @property
    def nobody_came(self) -> bool:
        return self.visit.is_waiting and not self.visitors

    @property
    def may_watch(self) -> bool:
        """One notes on the day itself, and afterwards what is still in mind."""
        return self.own is not None and (self.is_held or self.visit.state == Visit.State.OPEN)

    @property
    def given(self) -> list[Visitor]:
        """Whose notes the reader may read: the own ones, and for the host those that were given."""
        return [
            visitor
            for visitor in self.visitors
            if visitor.notes.all() and (visitor == self.own or (self.hosts and visitor.handed_at))
        ]

    @property
    def may_release(self) -> bool:
        return self.hosts and any(visitor.handed_at for visitor in self.visitors)

    @cached_property
    def intentions(self) -> list[Intention]:
        return list(self.visit.intentions.select_related("member__user"))

    @property
    def own_intention(self) -> Intention | None:
        me = self.here.membership.pk
        return next((each for each in self.intentions if each.member_id == me), None)

    # -- the red thread --

    @cached_property
    def _around(self) -> tuple[list[thread.Thing], list[thread.Thing]]:
        return thread.around(self.here.user, "visit", self.visit.pk)

    @property
    def came_from(self) -> list[thread.Thing]:
        """Its goal is said apart."""
        return [thing for thing in self._around[0] if thing.kind != "goal"]

    @property
    def led_to(self) -> list[thread.Thing]:
        return self._around[1]

    @property
    def insight(self) -> str:
        follows = ("visit", self.visit.pk)
        return thread.start_address("insight", self.here.community.pk, follows=follows)
