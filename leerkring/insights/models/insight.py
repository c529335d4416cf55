"""An insight: what somebody does or sees without thinking, said so that a colleague can use it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.core.validators import MaxLengthValidator
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities import thread
from leerkring.communities.happenings import ThingId
from leerkring.communities.models import Community, Membership, Notice, NoticeSet
from leerkring.goals.models import Goal
from leerkring.insights.happenings import InsightCaptured, InsightLimited, InsightRevised, InsightTried, Tacit
from leerkring.insights.models.limit import Limit
from leerkring.insights.models.revision import Revision
from leerkring.insights.models.trying import Trying, Worked
from leerkring.insights.scaffolds import KINDS, SCAFFOLDS, Scaffold, of_all_by
from leerkring.jobs.vanished import note_vanished
from leerkring.people.models import User
from leerkring.ui.refusal import Overtaken, Refused
from leerkring.ui.titles import as_title

#: A card is read at a glance.
LONGEST = 600
#: The same words by the same person within this time are a button pressed twice.
AGAIN = timedelta(hours=1)
#: Further ahead nobody promises anything.
FURTHEST = timedelta(days=365)
#: The parts in which a colleague recognises what they do: at other words they are asked again.
WORDS = frozenset({"what", "why", "noticed", "practice"})
#: The parts that say out of whose practice it is.
WHOSE = frozenset({"of", "of_all"})
#: The kind in the list of what vanished of a name that was taken off; a reference is `insight:member`.
NAME_OFF = "insight_name"


class InsightSet(models.QuerySet["Insight"]):
    def there(self) -> InsightSet:
        """Not taken away."""
        return self.filter(withdrawn_at=None)

    def visible_to(self, user: User) -> InsightSet:
        theirs = Membership.objects.current().filter(user=user)
        return self.there().filter(community__in=theirs.values("community"))

    def in_community(self, community: Community) -> InsightSet:
        """As a list shows them, the newest first: with whether a colleague wrote when it does not work, and whether it
        was tried."""
        limits = Limit.objects.filter(insight=OuterRef("pk"), withdrawn_at=None)
        told = Trying.objects.told().filter(insight=OuterRef("pk"))
        return (
            self.there()
            .filter(community=community)
            .select_related("author__user", "of__user")
            .annotate(limited=Exists(limits), tried=Exists(told))
            .order_by("-at", "-pk")
        )

    def of_who_left(self) -> InsightSet:
        """Out of the practice of a colleague who is in the group no more."""
        inside = Membership.objects.not_left().order_by().values("pk")
        return self.exclude(of=None).exclude(of__in=inside)

    def saying(self, text: str) -> InsightSet:
        """Those in which `text` stands, in what a colleague wrote too."""
        limits = Limit.objects.filter(insight=OuterRef("pk"), withdrawn_at=None, text__icontains=text)
        found = Q(Exists(limits))
        for field in ("what", "why", "noticed", "practice"):
            found |= Q(**{f"{field}__icontains": text})
        return self.filter(found)

    def asking_to_name(self, member: Membership) -> InsightSet:
        """Out of the practice of `member`, who did not say whether they may be named."""
        return self.there().filter(of=member, named_at=None)

    def taken_away_by(self, author: Membership) -> InsightSet:
        """What `author` can still put back, the last first."""
        return self.filter(author=author).exclude(withdrawn_at=None).order_by("-withdrawn_at", "-pk")


def _own_words(name: Any, *, blank: bool = True) -> models.TextField[str, str]:
    return models.TextField(name, max_length=LONGEST, blank=blank, validators=[MaxLengthValidator(LONGEST)])


class Insight(models.Model):
    community = models.ForeignKey(Community, models.CASCADE, related_name="insights")
    author = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    #: Out of whose practice it is, when not the author's: of a colleague, who is named from `named_at` on, when they
    #: said that this is right; or of all together.
    of = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    named_at = models.DateTimeField(null=True, blank=True, editable=False)
    of_all = models.BooleanField(default=False, editable=False)
    kind = models.CharField(_("wat voor inzicht is het?"), max_length=7, choices=KINDS, default=Tacit.ROUTINE)
    what = _own_words(_("wat?"), blank=False)
    why = _own_words(_("waarom?"))
    noticed = _own_words(_("waaraan merk je het?"))
    #: From which practice: a group or class, a lesson.
    practice = models.CharField(_("uit welke les?"), max_length=200, blank=True)
    goal = models.ForeignKey(
        Goal, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("bij welk doel?")
    )
    at = models.DateTimeField()
    #: Goes up with every revision, so that nothing is overwritten unseen.
    revision = models.PositiveIntegerField(default=0, editable=False)
    revised_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = InsightSet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["community", "-at", "-id"], name="insights_insight_newest")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(SCAFFOLDS)), name="insights_insight_kind"),
            models.CheckConstraint(
                condition=Q(of=None) | Q(of_all=False), name="insights_insight_of_one_or_of_all"
            ),
            models.CheckConstraint(
                condition=Q(named_at=None) | Q(of__isnull=False), name="insights_insight_named_is_somebody"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return as_title(self.what)

    @property
    def scaffold(self) -> Scaffold:
        return SCAFFOLDS[self.kind]

    @property
    def whose(self) -> str:
        """Out of whose practice it is, and who wrote it down; nobody is named there who did not say so."""
        if self.of_all:
            return of_all_by(self.author)
        if self.of and self.named_at:
            names = {"name": self.of, "author": self.author}
            return str(_("%(name)s, opgeschreven door %(author)s") % names)
        return str(self.author)

    # -- verbs -----------------------------------------------------------------------------------------

    @classmethod
    @transaction.atomic
    def capture(
        cls,
        *,
        by: Membership,
        kind: Tacit,
        what: str,
        why: str,
        noticed: str = "",
        practice: str = "",
        goal: Goal | None = None,
        of: Membership | None = None,
        of_all: bool = False,
        follows: thread.Thing | None = None,
        meeting: int | None = None,
        untold: Collection[Membership] = (),
        at: datetime | None = None,
    ) -> Insight:
        """`by` says how they do it, or how a colleague does (`of`), who is asked whether they may be named, or all do
        (`of_all`); said again, it is of whom was said last. `follows` led to it, in `meeting`; `untold` know it."""
        at = at or clock.now()
        by.community.touch()  # a button pressed twice: the second waits, and finds the first
        just = cls.objects.there().filter(author=by, kind=kind, what=what, why=why, at__gt=at - AGAIN)
        if said_before := just.filter(at__lte=at).first():
            said_before.community = by.community
            said_before._ascribe(of, of_all, by=by, at=at)
            return said_before
        insight = cls(
            community=by.community,
            author=by,
            kind=kind,
            what=what,
            why=why,
            noticed=noticed,
            practice=practice,
            goal=goal,
            of=of if of != by else None,
            of_all=of_all,
            at=at,
        )
        insight.full_clean()
        insight.save()
        if follows:
            thread.tie(("insight", insight.pk), follows=follows)
        insight._serve(goal)
        by.community.record(
            InsightCaptured(
                actor=by.as_actor,
                about=ThingId(insight.pk),
                tacit=kind,
                what=bool(what.strip()),
                why=bool(why.strip()),
                meeting=None if meeting is None else ThingId(meeting),
                visit=ThingId(follows.id) if follows and follows.kind == "visit" else None,
            ),
            at=at,
        )
        everyone = Membership.objects.people().filter(community=by.community)
        asked = [insight.of] if insight.of else []
        others = everyone.exclude(pk__in=[member.pk for member in (*untold, *asked)])
        insight._tell("insight.captured", to=others, by=by, at=at)
        insight._tell("insight.named", to=asked, by=by, at=at)
        return insight

    @transaction.atomic
    def name(self, *, by: Membership, seen: int | None = None, at: datetime | None = None) -> None:
        """Whose practice it is says that their name may stand at it, as it was when they read it (`seen`)."""
        self._is_of(by)
        self.hold(seen=seen)
        Insight.objects.filter(pk=self.pk, named_at=None).update(named_at=at or clock.now())

    @transaction.atomic
    def unname(self, *, by: Membership) -> None:
        """They take their name off, at once or later; the words are of who wrote them."""
        self._is_of(by)
        self.forget_of()
        note_vanished(NAME_OFF, f"{self.pk}:{by.pk}")

    def forget_of(self) -> None:
        """It is of nobody but who wrote it, and asks nobody; its community is locked."""
        Insight.objects.filter(pk=self.pk).update(of=None, named_at=None)
        Notice.forget(self._asking())

    @transaction.atomic
    def limit(self, *, by: Membership, text: str, at: datetime | None = None) -> Limit:
        """A colleague writes when it does not work: what its author could not know alone."""
        at = at or clock.now()
        held = self.hold()
        if held._does_this(by):
            raise Refused(_("Een collega schrijft wanneer het niet werkt."))
        if said_before := Limit.objects.just_said(by, text, at).filter(insight=self).first():
            return said_before
        limit = Limit(insight=self, by=by, text=text, at=at)
        limit.full_clean()
        limit.save()
        happened = InsightLimited(actor=by.as_actor, about=ThingId(self.pk), limit=ThingId(limit.pk))
        self.community.record(happened, at=at)
        self._tell("insight.limited", to=held._authors(), by=by, part=limit.pk, at=at)
        return limit

    @transaction.atomic
    def try_out(self, *, by: Membership, on: date, at: datetime | None = None) -> Trying:
        """`by` would try this on that day. Said again it is the same promise, on another day."""
        at = at or clock.now()
        if self.hold()._does_this(by):
            raise Refused(_("Jij doet dit al. Een collega kan het proberen."))
        today = at.astimezone(clock.AMSTERDAM).date()
        if not today <= on <= today + FURTHEST:
            raise Refused(_("Kies een dag vanaf vandaag, binnen een jaar."))
        trying = Trying.objects.planned().filter(insight=self, member=by).first()
        if trying is None:
            return Trying.objects.create(insight=self, member=by, on=on, at=at)
        if trying.on != on:
            trying.on, trying.reminded_at = on, None
            trying.save(update_fields=["on", "reminded_at"])
            Notice.forget(trying.asking())
        return trying

    @transaction.atomic
    def tell(
        self, *, by: Membership, trying: Trying, worked: Worked, text: str = "", at: datetime | None = None
    ) -> None:
        """How it went. Only now it was tried; told again it is corrected."""
        at = at or clock.now()
        held = self.hold()
        if trying.member_id != by.pk or trying.insight_id != self.pk:
            raise Refused(_("Dit vertelt wie het probeerde."))
        is_new = Trying.objects.planned().filter(pk=trying.pk).exists()
        trying.worked, trying.text = worked, text
        trying.told_at = trying.told_at or at
        trying.full_clean(exclude=["insight", "member"])
        trying.save(update_fields=["worked", "text", "told_at"])
        if is_new:
            self.community.record(InsightTried(actor=by.as_actor, about=ThingId(self.pk)), at=at)
            Notice.forget(trying.asking())
            self._tell("insight.tried", to=held._authors(), by=by, at=at)

    @transaction.atomic
    def revise(
        self, *, by: Membership, seen: int, parts: Mapping[str, Any], at: datetime | None = None
    ) -> None:
        """The author says it better, or out of whose practice it is. `seen` is the revision that was read; what it was
        stays to be read, but not who was not named."""
        self._own(by)
        before = self.hold(seen=seen)
        at = at or clock.now()
        said = {part: value for part, value in parts.items() if part not in WHOSE}
        changed = [part for part, value in said.items() if getattr(before, part) != value]
        of, of_all = parts.get("of", before.of), parts.get("of_all", before.of_all)
        moved = before._ascribe(of, of_all, by=by, at=at, anew=not WORDS.isdisjoint(changed))
        for part in changed:
            setattr(self, part, said[part])
        if changed:
            self.revised_at = at
        elif not moved:
            return
        self.revision = before.revision + 1
        self.full_clean(exclude=["of", "community", "author"])
        self.save(update_fields=[*changed, "revision", "revised_at"])
        Revision.keep(before, self, changed, by=by, at=at)
        if "goal" in changed:
            thread.untie(("insight", self.pk), follows=("goal", before.goal_id or 0))
            self._serve(self.goal)
        if changed:
            self.community.record(InsightRevised(actor=by.as_actor, about=ThingId(self.pk)), at=at)

    @transaction.atomic
    def withdraw(self, *, by: Membership, at: datetime | None = None) -> None:
        """The author takes it away, with what colleagues wrote at it; for a month it can be put back."""
        self._own(by)
        self.community.touch()
        Insight.objects.there().filter(pk=self.pk).update(withdrawn_at=at or clock.now())
        self._count_anew()

    @transaction.atomic
    def restore(self, *, by: Membership) -> None:
        self._own(by)
        self.community.touch()
        Insight.objects.filter(pk=self.pk).update(withdrawn_at=None)
        self._count_anew()

    # -- what the verbs are made of --------------------------------------------------------------------

    def hold(self, *, seen: int | None = None) -> Insight:
        """As it stands, with its community locked; first in every verb. Refused when it was taken away."""
        self.community.touch()
        held = Insight.objects.select_related("goal").get(pk=self.pk)
        held.community = self.community
        if held.withdrawn_at:
            raise Refused(_("Dit inzicht is weggehaald."))
        if seen is not None and held.revision != seen:
            raise Overtaken(held)
        return held

    def _ascribe(
        self, of: Membership | None, of_all: bool, *, by: Membership, at: datetime, anew: bool = False
    ) -> bool:
        """Held, and out of that practice from now on; whether it was not. A colleague is asked whether they may be
        named, and again when it says something else (`anew`), while no question waits for them; who was asked and is
        no longer meant, is asked no more."""
        of = None if of == by else of
        moved = (of, of_all) != (self.of, self.of_all)
        if moved:
            Notice.forget(self._asking())
        if moved or anew:
            self.of, self.of_all, self.named_at = of, of_all, None
            self.save(update_fields=["of", "of_all", "named_at"])
            if of and not self._asking().unread().exists():
                self._tell("insight.named", to=[of], by=by, at=at)
        return moved

    def _asking(self) -> NoticeSet:
        return Notice.objects.about("insight", self.pk).filter(kind="insight.named")

    def _is_of(self, by: Membership) -> None:
        """Held, and of `by` as it stands now."""
        if self.hold().of_id != by.pk:
            raise Refused(_("Bij dit inzicht staat jouw naam niet."))

    def _own(self, by: Membership) -> None:
        if by.pk != self.author_id:
            raise Refused(_("Alleen wie het schreef, kan dit veranderen."))

    def _serve(self, goal: Goal | None) -> None:
        """On the red thread of its goal."""
        if goal is None:
            return
        if goal.community_id != self.community_id:
            raise Refused(_("Dat doel is van een andere groep."))
        thread.tie(("insight", self.pk), follows=("goal", goal.pk))

    def _authors(self) -> list[Membership]:
        return [self.author, self.of] if self.of and self.named_at else [self.author]

    def _does_this(self, by: Membership) -> bool:
        """Wrote it, or is named as whose it is."""
        return by.pk == self.author_id or (by.pk == self.of_id and self.named_at is not None)

    def _tell(
        self, kind: str, *, to: Iterable[Membership], by: Membership, at: datetime, part: int | None = None
    ) -> None:
        self.community.notify(kind, to=to, by=by, thing=("insight", self.pk), part=part, at=at)

    def _count_anew(self) -> None:
        """What was told of it waits no longer for whom it waited, or waits again."""
        waiting = Notice.objects.about("insight", self.pk).unread()
        Notice.count_unread(waiting.values_list("user", flat=True))
