"""A try-out: an idea, what one expects of pupils, what they did, and how one goes on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.core.validators import MaxLengthValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities import thread
from leerkring.communities.happenings import ThingId
from leerkring.communities.models import Community, Membership, Notice, NoticeSet
from leerkring.goals.happenings import Decision
from leerkring.goals.models import Goal
from leerkring.insights.models import Worked
from leerkring.people.models import User
from leerkring.practice.happenings import TryoutConcluded, TryoutRepeated, TryoutStarted
from leerkring.ui.refusal import Overtaken, Refused
from leerkring.ui.titles import as_title

#: A card is read at a glance.
LONGEST = 600
#: The same words by the same person within this time are a button pressed twice.
AGAIN = timedelta(hours=1)
#: Further ahead nobody plans a lesson.
FURTHEST = timedelta(days=365)
#: So long after its day it is asked how it went; who said nothing by then is left in peace.
ASKED_FOR = timedelta(days=30)

DECISIONS: list[tuple[str, str | Promise]] = [
    (Decision.KEEP, _("Doorgaan: dit blijf ik doen")),
    (Decision.ADAPT, _("Aanpassen: ik probeer het anders")),
    (Decision.STOP, _("Stoppen: dit laat ik los")),
]


class TryoutSet(models.QuerySet["Tryout"]):
    def there(self) -> TryoutSet:
        """Not taken away."""
        return self.filter(withdrawn_at=None)

    def visible_to(self, user: User) -> TryoutSet:
        theirs = Membership.objects.current().filter(user=user)
        return self.there().filter(community__in=theirs.values("community"))

    def in_community(self, community: Community) -> TryoutSet:
        """As a list shows them, the newest first."""
        found = self.there().filter(community=community).select_related("owner__user")
        return found.order_by("-at", "-pk")

    def running(self) -> TryoutSet:
        """Of which nobody told yet how it went."""
        return self.filter(concluded_at=None)

    def concluded(self) -> TryoutSet:
        return self.exclude(concluded_at=None)

    def to_tell(self) -> TryoutSet:
        """Running, and the day is to come or was not too long ago."""
        return self.there().running().filter(on__gt=clock.today() - ASKED_FOR)

    def due(self) -> TryoutSet:
        """Of these the day has come."""
        return self.to_tell().filter(on__lte=clock.today())

    def taken_away_by(self, owner: Membership) -> TryoutSet:
        """What `owner` can still put back, the last first."""
        return self.filter(owner=owner).exclude(withdrawn_at=None).order_by("-withdrawn_at", "-pk")


def _own_words(name: Any, *, blank: bool = True) -> models.TextField[str, str]:
    return models.TextField(name, max_length=LONGEST, blank=blank, validators=[MaxLengthValidator(LONGEST)])


class Tryout(models.Model):
    """What its owner tries. What was expected is said before, and stays as it was once it was tried."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="tryouts")
    owner = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    #: The try-out of which this is a repetition: the first one, also when another repetition led to it. No link of
    #: the red thread says so too.
    first = models.ForeignKey(
        "practice.Tryout", models.SET_NULL, null=True, blank=True, related_name="repetitions", editable=False
    )
    goal = models.ForeignKey(
        Goal, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("bij welk doel?")
    )
    idea = _own_words(_("wat ga je proberen?"), blank=False)
    expected = _own_words(_("wat verwacht je te zien?"), blank=False)
    on = models.DateField(_("wanneer?"))
    #: In which group or class, without names.
    where = models.CharField(_("waar?"), max_length=200, blank=True)
    at = models.DateTimeField()
    #: What was done otherwise than planned.
    adapted = _own_words(_("wat deed je anders?"))
    #: What pupils did or said, or what their work shows.
    evidence = _own_words(_("wat zag je?"))
    worked = models.CharField(_("werkte het?"), max_length=6, choices=Worked.choices, blank=True)
    decision = models.CharField(_("hoe ga je verder?"), max_length=5, choices=DECISIONS, blank=True)
    reason = _own_words(_("waarom?"))
    concluded_at = models.DateTimeField(null=True, blank=True, editable=False)
    #: When it was asked how it went: it is asked once.
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    #: Goes up with every revision, so that nothing is overwritten unseen.
    revision = models.PositiveIntegerField(default=0, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TryoutSet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["community", "-at", "-id"], name="practice_tryout_newest"),
            models.Index(
                fields=["owner", "on"], condition=Q(concluded_at=None), name="practice_tryout_to_tell"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(concluded_at=None, worked="", decision="")
                | Q(concluded_at__isnull=False, worked__in=Worked.values, decision__in=list(Decision)),
                name="practice_tryout_concluded_is_decided",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return as_title(self.idea)

    @property
    def is_due(self) -> bool:
        return self.concluded_at is None and self.on <= clock.today()

    @property
    def day_shown_to_all(self) -> date | None:
        """Nobody reads that a colleague did not come to it: a day that passed is shown to its owner only."""
        return None if self.concluded_at is None and self.on < clock.today() else self.on

    # -- verbs -----------------------------------------------------------------------------------------

    @classmethod
    @transaction.atomic
    def begin(
        cls,
        *,
        by: Membership,
        idea: str,
        expected: str,
        on: date,
        where: str = "",
        goal: Goal | None = None,
        follows: thread.Thing | None = None,
        at: datetime | None = None,
    ) -> Tryout:
        """`by` will try this on that day. `follows` is the thing that led to it; is that a try-out, this repeats it."""
        at = at or clock.now()
        by.community.touch()  # a button pressed twice: the second waits, and finds the first
        just = cls.objects.there().filter(owner=by, idea=idea, expected=expected, at__gt=at - AGAIN)
        if said_before := just.filter(at__lte=at).first():
            said_before.community = by.community
            return said_before
        _could_be(on, at)
        tryout = cls(
            community=by.community,
            owner=by,
            first=cls._first_of(follows, by.community),
            goal=goal,
            idea=idea,
            expected=expected,
            on=on,
            where=where,
            at=at,
        )
        tryout.full_clean()
        tryout.save()
        if follows and not tryout.first:
            thread.tie(("tryout", tryout.pk), follows=follows)
        tryout._serve(goal)
        served = None if goal is None else ThingId(goal.pk)
        by.community.record(TryoutStarted(actor=by.as_actor, about=ThingId(tryout.pk), goal=served), at=at)
        return tryout

    @classmethod
    def _first_of(cls, follows: thread.Thing | None, community: Community) -> Tryout | None:
        """The one at the head of the thread of repetitions. Refused before it is known how it went there."""
        if follows is None or follows.kind != "tryout":
            return None
        found = cls.objects.select_related("first").get(pk=follows.id, community=community)
        if found.concluded_at is None:
            raise Refused(_("Hoe dit ging, is nog niet verteld. Daarna kun je het ook proberen."))
        return found.first or found

    @transaction.atomic
    def revise(
        self, *, by: Membership, seen: int, parts: Mapping[str, Any], at: datetime | None = None
    ) -> None:
        """The owner says it better, or on another day, as long as it was not tried. `seen` is the revision that was
        read."""
        self._own(by)
        before = self.hold(seen=seen)
        if before.concluded_at:
            raise Refused(_("Je vertelde al hoe het ging. Wat je verwachtte, blijft staan zoals het was."))
        changed = [part for part, value in parts.items() if getattr(before, part) != value]
        if not changed:
            return
        for part in changed:
            setattr(self, part, parts[part])
        self.revision = before.revision + 1
        if "on" in changed:
            _could_be(self.on, at or clock.now())
            self.reminded_at = None
            Notice.forget(self.asking())
        self.full_clean(exclude=["community", "owner", "first"])
        self.save(update_fields=[*changed, "revision", "reminded_at"])
        if "goal" in changed:
            thread.untie(("tryout", self.pk), follows=("goal", before.goal_id or 0))
            self._serve(self.goal)

    @transaction.atomic
    def conclude(
        self,
        *,
        by: Membership,
        worked: Worked,
        decision: Decision,
        reason: str,
        evidence: str = "",
        adapted: str = "",
        where: str | None = None,
        at: datetime | None = None,
    ) -> None:
        """It was tried: what pupils did, and how its owner goes on. Told again it is corrected; what is counted is
        what was told first."""
        self._own(by)
        at = at or clock.now()
        held = self.hold()
        self.worked, self.decision, self.reason = worked, decision, reason
        self.evidence, self.adapted = evidence, adapted
        self.where = held.where if where is None else where
        self.concluded_at = held.concluded_at or at
        self.full_clean(exclude=["community", "owner", "first", "goal"])
        told = ["worked", "decision", "reason", "evidence", "adapted", "where", "concluded_at"]
        self.save(update_fields=told)
        if held.concluded_at is None:
            Notice.forget(self.asking())
            self._tell_first_time(by=by, at=at)

    @transaction.atomic
    def withdraw(self, *, by: Membership, at: datetime | None = None) -> None:
        """The owner takes it away; for a month it can be put back."""
        self._own(by)
        self.community.touch()
        Tryout.objects.there().filter(pk=self.pk).update(withdrawn_at=at or clock.now())
        self._count_anew()

    @transaction.atomic
    def restore(self, *, by: Membership) -> None:
        self._own(by)
        self.community.touch()
        Tryout.objects.filter(pk=self.pk).update(withdrawn_at=None)
        self._count_anew()

    # -- what the verbs are made of --------------------------------------------------------------------

    def hold(self, *, seen: int | None = None) -> Tryout:
        """As it stands, with its community locked; first in every verb. Refused when it was taken away."""
        self.community.touch()
        held = Tryout.objects.select_related("goal").get(pk=self.pk)
        held.community = self.community
        if held.withdrawn_at:
            raise Refused(_("Dit probeersel is weggehaald."))
        if seen is not None and held.revision != seen:
            raise Overtaken(held)
        return held

    def asking(self) -> NoticeSet:
        """What asks how it went."""
        return Notice.objects.about("tryout", self.pk).unread().filter(kind="tryout.due")

    def remind(self, *, at: datetime) -> None:
        """The day was there: how did it go? Whoever calls this locked the community's row."""
        Tryout.objects.filter(pk=self.pk).update(reminded_at=at)
        self.community.notify("tryout.due", to=[self.owner], thing=("tryout", self.pk), at=at)

    def _tell_first_time(self, *, by: Membership, at: datetime) -> None:
        """The log and the colleagues; and who tried it first, that it was repeated."""
        told = TryoutConcluded(
            actor=by.as_actor,
            about=ThingId(self.pk),
            evidence=bool(self.evidence.strip()),
            decision=Decision(self.decision),
            failed=self.worked == Worked.NO,
        )
        self.community.record(told, at=at)
        everyone = Membership.objects.people().filter(community=self.community)
        if self.first:
            repeated = TryoutRepeated(
                actor=by.as_actor, about=ThingId(self.first.pk), repetition=ThingId(self.pk)
            )
            self.community.record(repeated, at=at)
            everyone = everyone.exclude(pk=self.first.owner_id)
            self._tell("tryout.repeated", to=[self.first.owner], by=by, at=at)
        self._tell("tryout.concluded", to=everyone, by=by, at=at)

    def _tell(self, kind: str, *, to: Any, by: Membership, at: datetime) -> None:
        self.community.notify(kind, to=to, by=by, thing=("tryout", self.pk), at=at)

    def _own(self, by: Membership) -> None:
        if by.pk != self.owner_id:
            raise Refused(_("Dit doet alleen wie het probeersel begon."))

    def _serve(self, goal: Goal | None) -> None:
        """On the red thread of its goal."""
        if goal is None:
            return
        if goal.community_id != self.community_id:
            raise Refused(_("Dat doel is van een andere groep."))
        thread.tie(("tryout", self.pk), follows=("goal", goal.pk))

    def _count_anew(self) -> None:
        """What was told of it waits no longer for whom it waited, or waits again."""
        waiting = Notice.objects.about("tryout", self.pk).unread()
        Notice.count_unread(waiting.values_list("user", flat=True))


def _could_be(on: date, at: datetime) -> None:
    today = at.astimezone(clock.AMSTERDAM).date()
    if not today <= on <= today + FURTHEST:
        raise Refused(_("Kies een dag vanaf vandaag, binnen een jaar."))
