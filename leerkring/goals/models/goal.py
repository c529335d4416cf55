"""A goal: what pupils will be able to do, how that is seen, by when; from a first sentence to what it yielded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, TypeAlias

from django.core.validators import MaxLengthValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities import thread
from leerkring.communities.happenings import ThingId
from leerkring.communities.models import Community, Membership
from leerkring.engine.coach import coach, deadline, found, there
from leerkring.goals.happenings import Decision, GoalAdopted, GoalAsked, GoalChanged, GoalDrafted
from leerkring.goals.models.attainment import AttainmentTarget
from leerkring.goals.models.finding import GoalSet
from leerkring.goals.models.finding import State as GoalState
from leerkring.goals.models.said import Change, Yes, said_of
from leerkring.goals.say import has_a_say, refuse_without_say, who_decide
from leerkring.ui.refusal import Overtaken, Refused
from leerkring.ui.titles import as_title

#: The same sentence by the same person within this time is a button pressed twice.
AGAIN = timedelta(hours=1)
#: No goal is of a later one.
LAST_YEAR = 2100


DECISIONS = [
    (Decision.KEEP, _("Doorgaan: dit houden we")),
    (Decision.ADAPT, _("Aanpassen: we gaan verder, maar anders")),
    (Decision.STOP, _("Stoppen: dit doen we niet meer")),
]


def goal_title(text: str) -> str:
    """A goal is a sentence: in a list it may be a little longer than other things."""
    return as_title(text, 120)


class Goal(models.Model):
    """Seven parts: which pupils (and who is not yet learning), what they will be able to do, how that is seen, the
    baseline, the target (`Measure`), the day, and what is made for it."""

    State: TypeAlias = GoalState

    community = models.ForeignKey(Community, models.CASCADE, related_name="goals")
    text = models.TextField(
        _("wat kunnen leerlingen straks?"), max_length=1000, validators=[MaxLengthValidator(1000)]
    )
    #: In which language it is written: the coach reads it so.
    language = models.CharField(max_length=2, default="nl", editable=False)
    pupils = models.CharField(_("welke leerlingen?"), max_length=200, blank=True)
    not_yet = models.CharField(_("wie leert nog niet mee?"), max_length=200, blank=True)
    until = models.DateField(_("wanneer kijken jullie of het gelukt is?"), null=True, blank=True)
    product = models.CharField(_("wat maken jullie samen?"), max_length=200, blank=True)
    #: Who carries it; nobody in particular is everybody.
    owners = models.ManyToManyField(Membership, related_name="+", blank=True)
    attainment = models.ManyToManyField(AttainmentTarget, related_name="goals", blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT, editable=False)
    #: Goes up with every change of the parts, so that nobody overwrites a colleague unseen.
    revision = models.PositiveIntegerField(default=0, editable=False)
    #: Goes up with every act on it, so that a picture of it is drawn once.
    version = models.PositiveIntegerField(default=0, editable=False)
    written_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)
    adopted_at = models.DateTimeField(null=True, blank=True)
    #: Concluded or let go.
    ended_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(_("hoe gaan jullie verder?"), max_length=5, choices=DECISIONS, blank=True)
    yielded = models.TextField(
        _("wat leverde het op?"), max_length=3000, blank=True, validators=[MaxLengthValidator(3000)]
    )
    kept_where = models.CharField(_("waar staat het?"), max_length=200, blank=True)
    kept_by = models.ForeignKey(
        Membership,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("wie let erop?"),
    )
    look_again_on = models.DateField(_("wanneer kijken jullie weer?"), null=True, blank=True)
    #: When who minds it was told that the day has come: they are told once.
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    checked_at = models.DateTimeField(null=True, blank=True)
    in_use = models.BooleanField(null=True, blank=True)
    dropped_because = models.CharField(_("waarom?"), max_length=500, blank=True)

    #: With it the codes of pupils are hashed; empty once their results are gone.
    salt = models.CharField(max_length=64, blank=True, editable=False)

    objects = GoalSet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["community", "state", "until"], name="goals_goal_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "asked", "adopted", "concluded", "dropped"]),
                name="goals_goal_state",
            ),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(dropped_because=""), name="goals_dropped_with_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="concluded") | (~Q(decision="") & ~Q(yielded="")),
                name="goals_concluded_with_what_it_yielded",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The first sentence, short enough for a list."""
        return goal_title(self.text)

    @property
    def is_open(self) -> bool:
        return self.state in {Goal.State.DRAFT, Goal.State.ASKED, Goal.State.ADOPTED}

    @property
    def why_closed(self) -> str | Promise:
        """What became of it when nothing more can be done to it; "" while it is open."""
        said: dict[str, str | Promise] = {
            Goal.State.CONCLUDED: _("Dit doel is al afgerond. Begin er een nieuw doel uit."),
            Goal.State.DROPPED: _("Dit doel is losgelaten. Pak het eerst weer op."),
        }
        return said.get(self.state, "")

    @cached_property
    def parts(self) -> Mapping[str, bool]:
        """Which of the seven parts are there. What pupils will be able to do is there when the coach finds it: a
        sentence alone does not say so."""
        measures = list(self.measures.all())
        return {
            "pupils": bool(self.pupils),
            "outcome": there(coach(self.text, language=self.language))["outcome"],
            "measure": bool(measures),
            "baseline": any(m.baseline is not None for m in measures),
            "target": any(m.target is not None for m in measures),
            "until": self.until is not None,
            "product": bool(self.product),
        }

    # -- verbs -----------------------------------------------------------------------------------------

    @classmethod
    @transaction.atomic
    def draft(
        cls,
        *,
        by: Membership,
        text: str,
        language: str = "nl",
        follows: thread.Thing | None = None,
        at: datetime | None = None,
    ) -> Goal:
        """A first sentence, to be made concrete together; what can be read from it is filled in."""
        at = at or clock.now()
        by.community.touch()  # a button pressed twice: the second waits, and finds the first
        just = cls.objects.filter(written_by=by, text=text, state=cls.State.DRAFT, revision=0)
        if said_before := just.filter(written_at__gt=at - AGAIN, written_at__lte=at).first():
            return said_before
        goal = cls(community=by.community, text=text, language=language, written_by=by, written_at=at)
        goal._fill_in(at)
        goal.full_clean()
        goal.save()
        if follows:
            thread.tie(("goal", goal.pk), follows=follows)
        by.community.record(GoalDrafted(actor=by.as_actor, about=ThingId(goal.pk)), at=at)
        return goal

    def _fill_in(self, at: datetime) -> None:
        """The pupils and the day, when the sentence names them and the part is empty."""
        spans = found(self.text, language=self.language)
        if not self.pupils and spans["pupils"]:
            start, end = spans["pupils"][0]
            self.pupils = self.text[start:end][:200]
        if self.until is None:
            today = at.astimezone(clock.AMSTERDAM).date()
            day = deadline(self.text, language=self.language, today=today)
            self.until = day if day and day.year <= LAST_YEAR else None

    @transaction.atomic
    def revise(
        self,
        *,
        by: Membership,
        seen: int,
        parts: Mapping[str, Any],
        owners: Iterable[Membership] | None = None,
        at: datetime | None = None,
    ) -> None:
        """Say it better. `seen` is the revision that `by` read; what lies before the group is asked anew, and what
        was adopted shows what changed."""
        at = at or clock.now()
        before = self.hold_open(seen=seen)
        changes = [
            Change(goal=self, part=part, before=said_of(before, part), by=by, at=at)
            for part, value in parts.items()
            if getattr(before, part) != value
        ]
        for part, value in parts.items():
            setattr(self, part, value)
        self.full_clean()
        self.save(update_fields=list(parts))
        if owners is not None:
            changes += self._hand_over(list(owners), by, at)
        for change in changes:
            change.after = said_of(self, change.part)
        self.note(changes, by=by, at=at)

    def _hand_over(self, owners: list[Membership], by: Membership, at: datetime) -> list[Change]:
        had = {m.pk for m in self.owners.all()}
        if had == {m.pk for m in owners}:
            return []
        before = said_of(self, "owners")
        self.owners.set(owners)
        return [Change(goal=self, part="owners", before=before, by=by, at=at)]

    def hold(self, *, seen: int | None = None) -> Goal:
        """The goal as it stands, locked; first in every verb. Refused when it is no longer what was read."""
        self.community.touch()
        Goal.objects.filter(pk=self.pk).update(version=F("version") + 1)
        held = Goal.objects.get(pk=self.pk)
        if seen is not None and held.revision != seen:
            raise Overtaken(held)
        self.state, self.revision, self.salt = held.state, held.revision, held.salt
        return held

    def hold_open(self, *, seen: int | None = None) -> Goal:
        """As `hold`, in every verb on what did not end. Refused when it did, with what became of it."""
        held = self.hold(seen=seen)
        if not self.is_open:
            raise Refused(self.why_closed)
        return held

    def note(self, changes: list[Change], *, by: Membership, at: datetime) -> None:
        """What changed, in the transaction that changes it: seen when it was adopted, asked anew when it lies before
        the group."""
        if not changes:
            return
        self.revision = F("revision") + 1
        self.save(update_fields=["revision"])
        self.refresh_from_db(fields=["revision"])
        if self.state in {Goal.State.ASKED, Goal.State.ADOPTED}:
            Change.objects.bulk_create(changes)
        if self.state == Goal.State.ADOPTED:
            happened = GoalChanged(actor=by.as_actor, about=ThingId(self.pk), **self._numbers())
            self.community.record(happened, at=at)
        if self.state == Goal.State.ASKED:
            Yes.objects.filter(goal=self).exclude(member=by).delete()
            if has_a_say(by):  # who changes it can go along, as who asked
                Yes.objects.get_or_create(goal=self, member=by)
            self._tell("goal.asked_anew", by, at)

    def _tell(self, kind: str, by: Membership, at: datetime) -> None:
        people = who_decide(self.community).select_related("user")
        self.community.notify(kind, to=people, by=by, thing=("goal", self.pk), at=at)

    @transaction.atomic
    def tie(self, target: AttainmentTarget, *, by: Membership, at: datetime | None = None) -> None:
        """This goal works at a national attainment target."""
        self.hold_open()
        if not self.attainment.filter(pk=target.pk).exists():
            self.attainment.add(target)
            self._note_attainment("", str(target), by, at)

    @transaction.atomic
    def untie(self, target: AttainmentTarget, *, by: Membership, at: datetime | None = None) -> None:
        """It does not."""
        self.hold_open()
        if self.attainment.filter(pk=target.pk).exists():
            self.attainment.remove(target)
            self._note_attainment(str(target), "", by, at)

    def _note_attainment(self, before: str, after: str, by: Membership, at: datetime | None) -> None:
        """Seen when it was adopted; what lies before the group is still the same goal."""
        if self.state == Goal.State.ADOPTED:
            at = at or clock.now()
            changed = Change(goal=self, part="attainment", before=before, after=after, by=by, at=at)
            self.note([changed], by=by, at=at)

    @transaction.atomic
    def ask(self, *, by: Membership, at: datetime | None = None) -> None:
        """Put it to the group: can you go along? Who asks can."""
        at = at or clock.now()
        self.hold()
        if self.state != Goal.State.DRAFT:
            raise Refused(self.why_closed or _("Dit doel ligt al voor, of is al afgesproken."))
        self.become(Goal.State.ASKED, asked_at=at)
        self.community.record(GoalAsked(actor=by.as_actor, about=ThingId(self.pk)), at=at)
        self._tell("goal.asked", by, at)
        self._say_yes(by, at)

    @transaction.atomic
    def agree(self, *, by: Membership, seen: int | None = None, at: datetime | None = None) -> None:
        """`by` can go along with revision `seen`. The last one to say so adopts it."""
        try:
            self.hold(seen=seen)
        except Overtaken:
            raise Refused(_("Dit doel is intussen veranderd. Lees het nog even voor je ja zegt.")) from None
        if self.state != Goal.State.ASKED:
            raise Refused(_("Dit doel ligt nu niet voor."))
        self._say_yes(by, at or clock.now())

    def _say_yes(self, by: Membership, at: datetime) -> None:
        refuse_without_say(by)
        Yes.objects.get_or_create(goal=self, member=by)
        self.settle(at=at, by=by)

    @transaction.atomic
    def take_back(self, *, by: Membership) -> None:
        """`by` would rather talk first."""
        self.hold()
        if self.state != Goal.State.ASKED:
            raise Refused(_("Dit doel is al afgesproken. Stel het bij, of begin er een gesprek over."))
        Yes.objects.filter(goal=self, member=by).delete()

    def settle(self, *, at: datetime, by: Membership | None = None) -> None:
        """Adopted when everyone who is there can go along. The community's row is locked then."""
        if self.state != Goal.State.ASKED or self.waiting() or not self.yes.exists():
            return
        self.become(Goal.State.ADOPTED, adopted_at=at)
        actor = by.as_actor if by else None
        self.community.record(GoalAdopted(actor=actor, about=ThingId(self.pk), **self._numbers()), at=at)

    def _numbers(self) -> dict[str, Any]:
        """For the log, as it stands in the database: measures and owners change beside it."""
        now = Goal.objects.get(pk=self.pk)
        return {
            "parts": sum(now.parts.values()),
            "owners": now.owners.count() or who_decide(self.community).count(),
            "underserved": bool(now.not_yet),
        }

    def remind(self, *, at: datetime) -> None:
        """The day has come to look again: told to who minds it, or else to everyone who decides. Whoever calls this
        locked the community's row."""
        self.reminded_at = at
        self.save(update_fields=["reminded_at"])
        minds = Membership.objects.current().voters().filter(pk=self.kept_by_id or 0).select_related("user")
        people = minds or who_decide(self.community).select_related("user")
        self.community.notify("goal.look_again", to=people, thing=("goal", self.pk), at=at)

    def waiting(self) -> int:
        """How many did not say yet that they can go along."""
        said = Yes.objects.filter(goal=self).values("member")
        return who_decide(self.community).exclude(pk__in=said).count()

    @transaction.atomic
    def back_to_draft(self, *, by: Membership) -> None:
        """It does not lie before the group any more; what was answered is gone."""
        self.hold()
        if self.state != Goal.State.ASKED:
            raise Refused(_("Dit doel ligt nu niet voor."))
        Yes.objects.filter(goal=self).delete()
        self.become(Goal.State.DRAFT, asked_at=None)

    def become(self, state: State, *, also: list[str] | None = None, **moments: datetime | None) -> None:
        self.state = state
        for name, moment in moments.items():
            setattr(self, name, moment)
        self.full_clean(exclude=["written_by"])
        self.save(update_fields=["state", *moments, *(also or ())])
