"""A lesson at which a colleague comes to watch, with the question of who teaches it. It is of those two: nobody else
sees more of it than that a lesson stands open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities import thread
from leerkring.communities.happenings import Role, ThingId
from leerkring.communities.models import Community, Membership, Notice
from leerkring.goals.models import Goal
from leerkring.jobs.vanished import note_vanished
from leerkring.practice.happenings import VisitHeld, VisitOpened, VisitTalked
from leerkring.practice.models.visit_set import State, VisitSet
from leerkring.practice.models.visitor import Visitor
from leerkring.ui.refusal import Overtaken, Refused
from leerkring.ui.titles import as_title

#: Minutes: a look from the door, and the longest lesson.
SHORTEST, LONGEST = 3, 240
#: How many colleagues a class can bear at the back of the room.
MOST_VISITORS = 4
#: The same by the same person within this time is a button pressed twice.
AGAIN = timedelta(hours=1)
#: Further ahead nobody knows their timetable.
FURTHEST = timedelta(days=365)


class Visit(models.Model):
    State = State

    community = models.ForeignKey(Community, models.CASCADE, related_name="visits")
    #: Who teaches.
    host = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    #: Who asked whether they may come, when it did not begin with the host.
    asked_by = models.ForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    #: What the host wants to know; "" as long as only the visitor spoke.
    question = models.CharField(_("waar wil je dat je collega op let?"), max_length=300, blank=True)
    lesson = models.CharField(_("welke groep of klas, welke les?"), max_length=120)
    place = models.CharField(_("waar?"), max_length=80, blank=True)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(
        _("hoeveel minuten?"),
        default=10,
        validators=[MinValueValidator(SHORTEST), MaxValueValidator(LONGEST)],
    )
    room_for = models.PositiveSmallIntegerField(
        _("voor hoeveel collega's is er plek?"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_VISITORS)],
    )
    #: As many come as there is room for.
    is_full = models.BooleanField(default=False, editable=False)
    goal = models.ForeignKey(
        Goal, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("bij welk doel?")
    )
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN, editable=False)
    at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0, editable=False)
    held_at = models.DateTimeField(null=True, blank=True, editable=False)
    talked_at = models.DateTimeField(null=True, blank=True, editable=False)
    #: What was noted stands among what the group saw, without names.
    released_at = models.DateTimeField(null=True, blank=True, editable=False)
    #: When it was asked how it went: it is asked once.
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = VisitSet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["community", "-starts_at", "-id"], name="practice_visit_newest")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="held") | Q(held_at__isnull=False), name="practice_visit_held_some_time"
            ),
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(state="held"), name="practice_visit_released_when_held"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return as_title(self.question or self.lesson)

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_ahead(self) -> bool:
        return self._ahead(clock.now())

    @property
    def is_waiting(self) -> bool:
        """Its hour came, and nobody said yet whether it went on."""
        return self._waits(clock.now())

    def _ahead(self, at: datetime) -> bool:
        return self.state in {self.State.ASKED, self.State.OPEN} and self.starts_at > at

    def _waits(self, at: datetime) -> bool:
        return self.state == self.State.OPEN and self.starts_at <= at

    # -- verbs -----------------------------------------------------------------------------------------

    @classmethod
    @transaction.atomic
    def open_lesson(
        cls,
        *,
        by: Membership,
        fields: Mapping[str, Any],
        follows: thread.Thing | None = None,
        at: datetime | None = None,
    ) -> Visit:
        """`by` teaches and asks a colleague in; the group is told."""
        at = at or clock.now()
        if not fields["question"].strip():
            raise Refused(_("Zeg waar je collega op let. Eén vraag is genoeg."))
        visit, is_new = cls._begin(by.community, cls.State.OPEN, {**fields, "host": by}, at)
        if is_new:
            if follows:
                thread.tie(("visit", visit.pk), follows=follows)
            by.community.record(VisitOpened(actor=by.as_actor, about=ThingId(visit.pk)), at=at)
            members = Membership.objects.people().filter(community=by.community).exclude(role=Role.GUEST)
            visit._tell("visit.open", to=members, by=by, at=at)
        return visit

    @classmethod
    @transaction.atomic
    def ask(
        cls,
        *,
        by: Membership,
        host: Membership,
        fields: Mapping[str, Any],
        at: datetime | None = None,
    ) -> Visit:
        """`by` would like to watch a lesson of `host`, who alone is asked."""
        at = at or clock.now()
        if host.pk == by.pk:
            raise Refused(_("Kies een collega. Je eigen les zet je open."))
        asked = {**fields, "host": host, "asked_by": by}
        visit, is_new = cls._begin(by.community, cls.State.ASKED, asked, at)
        if is_new:
            visit._tell("visit.asked", to=[host], by=by, at=at)
        return visit

    @classmethod
    def _begin(
        cls, community: Community, state: str, fields: Mapping[str, Any], at: datetime
    ) -> tuple[Visit, bool]:
        """Whether it is new too: a button pressed twice finds the first."""
        _refuse_outside(fields["starts_at"], at)
        community.touch()
        just = cls.objects.filter(community=community, state=state, at__gt=at - AGAIN, at__lte=at)
        if before := just.filter(**fields).first():
            before.community = community
            return before, False
        visit = cls(community=community, state=state, at=at, **fields)
        visit.full_clean(exclude=["host", "asked_by", "community"])
        visit.save()
        visit._serve()
        return visit, True

    @transaction.atomic
    def agree(self, *, by: Membership, question: str = "", at: datetime | None = None) -> None:
        """The host says yes to who asked, and what to look for."""
        at = at or clock.now()
        held = self._hold_ahead(by, self.State.ASKED, at=at)
        assert held.asked_by is not None
        held.state, held.question, held.revision = self.State.OPEN, question, held.revision + 1
        held.full_clean(exclude=["host", "asked_by", "community"])
        held.save(update_fields=["state", "question", "revision"])
        Visitor.objects.create(visit=held, member=held.asked_by, at=at)
        held.count_visitors()
        Notice.forget(Notice.objects.about("visit", self.pk).filter(kind="visit.asked"))
        held._tell("visit.answered", to=[held.asked_by], by=by, at=at)

    @transaction.atomic
    def come(self, *, by: Membership, at: datetime | None = None) -> None:
        """`by` comes to watch, as long as there is room."""
        at = at or clock.now()
        held = self.hold()
        if held.host_id == by.pk:
            raise Refused(_("Dit is je eigen les."))
        if by.role == Role.GUEST:
            raise Refused(_("Komen kijken doen de leden van de groep."))
        if Visitor.objects.filter(visit=held, member=by).exists():
            return
        if held.is_full or held.state != self.State.OPEN or not held._ahead(at):
            raise Refused(_("Dit lesbezoek is vol, voorbij of afgezegd."))
        Visitor.objects.create(visit=held, member=by, at=at)
        held.count_visitors()
        held._tell("visit.coming", to=[held.host], by=by, at=at)

    @transaction.atomic
    def stay_away(self, *, by: Membership, at: datetime | None = None) -> None:
        """`by` does not come after all; who asked for it takes it back."""
        at = at or clock.now()
        held = self.hold()
        if not held._ahead(at):
            raise Refused(_("Dit lesbezoek is al geweest, of gaat niet door."))
        gone, _each = Visitor.objects.filter(visit=held, member=by).delete()
        held.count_visitors()
        if held.state == self.State.ASKED and held.asked_by_id == by.pk:
            held._call_off(to=[], by=by, at=at)
        elif gone:
            held._tell("visit.changed", to=[held.host], by=by, at=at)

    @transaction.atomic
    def revise(
        self, *, by: Membership, seen: int, fields: Mapping[str, Any], at: datetime | None = None
    ) -> None:
        """The host says it better, or moves it: who comes is told. `seen` is the revision that was read."""
        at = at or clock.now()
        held = self._hold_ahead(by, self.State.OPEN, seen=seen, at=at)
        changed = [name for name, value in fields.items() if getattr(held, name) != value]
        if not changed:
            return
        if "starts_at" in changed:
            _refuse_outside(fields["starts_at"], at)
        if "question" in changed and not fields["question"].strip():
            raise Refused(_("Zeg waar je collega op let. Eén vraag is genoeg."))
        if fields.get("room_for", held.room_for) < held.visitors.count():
            raise Refused(_("Er komen al meer collega's dan er dan plek is."))
        if "goal" in changed:
            thread.untie(("visit", held.pk), follows=("goal", held.goal_id or 0))
        for name in changed:
            setattr(held, name, fields[name])
        held.revision += 1
        held.full_clean(exclude=["host", "asked_by", "community"])
        held.save(update_fields=[*changed, "revision"])
        held.count_visitors()
        held._serve()
        held._tell("visit.changed", to=held._who_come(), by=by, at=at)

    @transaction.atomic
    def call_off(self, *, by: Membership, at: datetime | None = None) -> None:
        """It does not go on, or did not: no reason is asked. Of the host; once its hour came, of who would come too."""
        at = at or clock.now()
        held = self.hold()
        if held.state not in {self.State.ASKED, self.State.OPEN}:
            raise Refused(_("Dit lesbezoek is al geweest, of gaat niet door."))
        if by.pk != held.host_id and not (held._waits(at) and held.visitors.filter(member=by).exists()):
            raise Refused(_("Dit doet wie de les geeft."))
        asked = [held.asked_by] if held.state == self.State.ASKED and held.asked_by else []
        held._call_off(to=[*asked, *held._who_come(), held.host], by=by, at=at)

    def count_visitors(self) -> None:
        """Whether there is room still; its community is locked."""
        Visit.objects.filter(pk=self.pk).update(is_full=self.visitors.count() >= self.room_for)

    def end_without(self, *, at: datetime) -> None:
        """Who teaches, or who asked, is in the group no more; its community is locked."""
        self._call_off(to=self._who_come(), by=None, at=at)

    def remind(self, *, at: datetime) -> None:
        """Its hour was there: did it go on? Whoever calls this locked the community's row."""
        Visit.objects.filter(pk=self.pk).update(reminded_at=at)
        if visitors := self._who_come():
            self._tell("visit.due", to=[self.host, *visitors], by=None, at=at)

    def _call_off(self, *, to: Iterable[Membership], by: Membership | None, at: datetime) -> None:
        Visit.objects.filter(pk=self.pk).update(state=self.State.CANCELLED, revision=F("revision") + 1)
        self._forget("visit.open", "visit.asked", "visit.due")
        self._tell("visit.changed", to=to, by=by, at=at)

    @transaction.atomic
    def hold_lesson(self, *, by: Membership, at: datetime | None = None) -> None:
        """It went on: one of those who were there says so, once."""
        at = at or clock.now()
        held = self.hold()
        if held.state == self.State.HELD:
            return
        visitors = list(held.visitors.select_related("member"))
        if by.pk not in {held.host_id, *(visitor.member_id for visitor in visitors)}:
            raise Refused(_("Dit zegt wie erbij was."))
        if not held._waits(at):
            raise Refused(_("Dit lesbezoek is nog niet geweest."))
        if not visitors:
            raise Refused(_("Er kwam niemand kijken. Zet de les gerust nog eens open."))
        Visit.objects.filter(pk=held.pk).update(state=self.State.HELD, held_at=at)
        # That it stood open asks nobody since its hour came.
        self._forget("visit.due")
        goal = None if held.goal_id is None else ThingId(held.goal_id)
        for visitor in visitors:
            happened = VisitHeld(
                actor=visitor.member.as_actor,
                about=ThingId(held.pk),
                host=held.host.as_actor,
                question=bool(held.question.strip()),
                goal=goal,
            )
            held.community.record(happened, at=at)

    @transaction.atomic
    def talk(self, *, by: Membership, at: datetime | None = None) -> None:
        """They talked about it: who was there says so, once."""
        held = self.hold_after(by)
        at = at or clock.now()
        if Visit.objects.filter(pk=held.pk, talked_at=None).update(talked_at=at):
            held.community.record(VisitTalked(actor=None, about=ThingId(held.pk)), at=at)

    @transaction.atomic
    def release(self, *, by: Membership, on: bool, at: datetime | None = None) -> None:
        """The host lets the group read what was noted, without a name, a class or a day; or takes that back."""
        held = self.hold_after(by)
        if by.pk != held.host_id:
            raise Refused(_("Dit beslist wie de les gaf."))
        Visit.objects.filter(pk=held.pk).update(released_at=(at or clock.now()) if on else None)

    @transaction.atomic
    def take_away(self, *, by: Membership) -> None:
        """The host takes it away for good, with all that was noted. That it was held goes on counting."""
        held = self.hold()
        if by.pk != held.host_id or held.is_ahead:
            raise Refused(_("Dit doet wie de les gaf, als het geweest is."))
        held.vanish()

    def vanish(self) -> None:
        """For good; its community is locked."""
        from leerkring.communities.ending import drop_links

        note_vanished("visit", self.pk)
        Notice.forget(Notice.objects.about("visit", self.pk))
        drop_links("visit", {self.pk})
        Visit.objects.filter(pk=self.pk).delete()

    # -- what the verbs are made of --------------------------------------------------------------------

    def hold(self, *, seen: int | None = None) -> Visit:
        """As it stands, with its community locked; first in every verb."""
        self.community.touch()
        held = Visit.objects.select_related("host__user", "asked_by__user", "goal").filter(pk=self.pk).first()
        if held is None:
            raise Refused(_("Dit lesbezoek is weggehaald."))
        held.community = self.community
        if seen is not None and held.revision != seen:
            raise Overtaken(held)
        return held

    def _hold_ahead(self, by: Membership, state: str, *, at: datetime, seen: int | None = None) -> Visit:
        held = self.hold(seen=seen)
        if by.pk != held.host_id:
            raise Refused(_("Dit doet wie de les geeft."))
        if held.state != state or not held._ahead(at):
            raise Refused(_("Dit lesbezoek is al geweest, of gaat niet door."))
        return held

    def hold_after(self, by: Membership) -> Visit:
        """It went on, and `by` was there."""
        held = self.hold()
        if by.pk != held.host_id and not held.visitors.filter(member=by).exists():
            raise Refused(_("Dit zegt wie erbij was."))
        if held.state != self.State.HELD:
            raise Refused(_("Zeg eerst dat het doorgegaan is."))
        return held

    def _who_come(self) -> list[Membership]:
        return [visitor.member for visitor in self.visitors.select_related("member__user")]

    def _serve(self) -> None:
        """On the red thread of its goal, for who sees both."""
        if self.goal is None:
            return
        if self.goal.community_id != self.community_id:
            raise Refused(_("Dat doel is van een andere groep."))
        thread.tie(("visit", self.pk), follows=("goal", self.goal.pk))

    def _forget(self, *kinds: str) -> None:
        Notice.forget(Notice.objects.about("visit", self.pk).filter(kind__in=kinds))

    def _tell(self, kind: str, *, to: Iterable[Membership], by: Membership | None, at: datetime) -> None:
        self.community.notify(kind, to=to, by=by, thing=("visit", self.pk), at=at)


def _refuse_outside(moment: datetime, at: datetime) -> None:
    """Raises Refused when nobody can come then."""
    if moment <= at:
        raise Refused(_("Dat moment is al geweest. Kies een moment dat nog komt."))
    if moment > at + FURTHEST:
        raise Refused(_("Die dag is wel heel ver weg. Kijk het jaar nog even na."))
