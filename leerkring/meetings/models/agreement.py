"""An agreement: who does what, by when; open until it was kept or let go."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.core.validators import MaxLengthValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.happenings import ThingId
from leerkring.communities.models import Community, Membership, Notice, NoticeSet
from leerkring.meetings.happenings import AgreementClosed, AgreementMade
from leerkring.meetings.models.held import LONGEST, Harvested
from leerkring.meetings.models.meeting import Meeting
from leerkring.people.models import User
from leerkring.ui.refusal import Overtaken, Refused
from leerkring.ui.titles import as_title

#: The same words by the same person within this time are a button pressed twice.
AGAIN = timedelta(hours=1)
#: Characters of the names of who takes part by name only.
LONGEST_OTHERS = 300
#: Stands for the names for which there was no room.
_AND_MORE = ", …"
#: What tells that the day has come: who does it; and who facilitates, of what a guest without an account does.
DUE, OF_GUEST = "agreement.due", "agreement.of_guest"


class AgreementSet(models.QuerySet["Agreement"]):
    def visible_to(self, user: User) -> AgreementSet:
        inside = Membership.objects.current().filter(user=user).order_by().values("community")
        return self.filter(community__in=inside)

    def open(self) -> AgreementSet:
        return self.filter(state=Agreement.State.OPEN)

    def by_day(self) -> AgreementSet:
        """What has no day last."""
        return self.order_by(models.F("by").asc(nulls_last=True), "pk")

    def due(self) -> AgreementSet:
        """Of these the day has come."""
        return self.open().filter(by__lte=clock.today())

    def waiting(self) -> AgreementSet:
        """Of these the day has come, or they have none and are of an earlier meeting."""
        earlier = Q(by=None) & (Q(meeting__closed_at__isnull=False) | Q(carried__gt=0))
        return self.open().filter(Q(by__lte=clock.today()) | earlier)

    def of(self, member: Membership) -> AgreementSet:
        """What `member` does, and not what everybody does."""
        does = Agreement.who.through.objects.filter(membership=member)
        return self.filter(pk__in=does.values("agreement"))

    def of_guests(self) -> AgreementSet:
        """What only who took part by name does: a colleague has to ask them."""
        return self.filter(who=None).exclude(others="")


class Agreement(models.Model):
    class State(models.TextChoices):
        OPEN = "open", _("staat open")
        KEPT = "kept", _("gedaan")
        LET_GO = "let_go", _("losgelaten")

    community = models.ForeignKey(Community, models.CASCADE, related_name="agreements")
    #: Where it was made; another one when it was carried over.
    meeting = models.ForeignKey(Meeting, models.SET_NULL, null=True, blank=True, related_name="agreements")
    what = models.TextField(_("wat?"), max_length=LONGEST, validators=[MaxLengthValidator(LONGEST)])
    #: Nobody in particular is everybody.
    who = models.ManyToManyField(Membership, related_name="+", blank=True)
    #: Who takes part by name only.
    others = models.CharField(max_length=LONGEST_OTHERS, blank=True)
    by = models.DateField(_("wanneer klaar?"), null=True, blank=True)
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN, editable=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    #: When who does it was told that the day has come: they are told once.
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    #: In how many later meetings it was looked at and taken along.
    carried = models.PositiveSmallIntegerField(default=0, editable=False)
    #: Goes up with every change, so that nobody overwrites a colleague unseen.
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = AgreementSet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["community", "state", "by"], name="meetings_agreement_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "kept", "let_go"]), name="meetings_agreement_state"
            )
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def title(self) -> str:
        return as_title(self.what)

    @staticmethod
    def began_in(ids: Collection[int]) -> Mapping[int, Meeting]:
        """In which meeting each of these was made, of what was made in one: it moves when it is carried over."""
        made = Harvested.objects.filter(thing_kind="agreement", thing_id__in=ids)
        return {row.thing_id: row.meeting for row in made.select_related("meeting")}

    @property
    def is_due(self) -> bool:
        return self.state == Agreement.State.OPEN and self.by is not None and self.by <= clock.today()

    @classmethod
    @transaction.atomic
    def make(
        cls,
        community: Community,
        *,
        what: str,
        who: Iterable[Membership] = (),
        others: str = "",
        day: date | None = None,
        by: Membership | None = None,
        meeting: Meeting | None = None,
        at: datetime | None = None,
    ) -> Agreement:
        """`by` made it between meetings; in a meeting it is made by all who are there, and `by` is None."""
        at = at or clock.now()
        community.touch()  # a button pressed twice: the second waits, and finds the first
        just = cls.objects.filter(community=community, what=what, made_by=by, meeting=None, by=day)
        if by and (said_before := just.filter(made_at__gt=at - AGAIN, made_at__lte=at).first()):
            return said_before
        made = cls(
            community=community,
            what=what,
            others=_that_fit(others),
            by=day,
            made_by=by,
            meeting=meeting,
            made_at=at,
        )
        made.full_clean()
        made.save()
        made.who.set(who)
        said = AgreementMade(
            actor=by.as_actor if by else None,
            about=ThingId(made.pk),
            meeting=ThingId(meeting.pk) if meeting else None,
        )
        community.record(said, at=at)
        return made

    @transaction.atomic
    def close(self, *, kept: bool, by: Membership, at: datetime | None = None) -> None:
        """It was done, or it is let go: both are an end."""
        at = at or clock.now()
        self.community.touch()
        state = Agreement.State.KEPT if kept else Agreement.State.LET_GO
        if not Agreement.objects.filter(pk=self.pk).open().update(state=state, closed_at=at):
            raise Refused(_("Deze afspraak stond al niet meer open."))
        self.state, self.closed_at = state, at
        said = AgreementClosed(actor=by.as_actor, about=ThingId(self.pk), kept=kept)
        self.community.record(said, at=at)
        Notice.forget(self.asking())

    @transaction.atomic
    def reopen(self, *, by: Membership) -> None:
        """A slip: it stands open after all."""
        self.community.touch()
        Agreement.objects.filter(pk=self.pk).update(state=Agreement.State.OPEN, closed_at=None)
        self.state, self.closed_at = Agreement.State.OPEN, None

    # -- afterwards ------------------------------------------------------------------------------------

    def _hold_open(self) -> Agreement:
        """As it stands, with its community locked. Refused when it is open no more."""
        self.community.touch()
        held = Agreement.objects.get(pk=self.pk)
        if held.state != Agreement.State.OPEN:
            raise Refused(_("Deze afspraak stond al niet meer open."))
        return held

    @transaction.atomic
    def revise(
        self,
        *,
        by: Membership,
        seen: int,
        what: str,
        who: Sequence[Membership],
        day: date | None,
        others: str = "",
        at: datetime | None = None,
    ) -> None:
        """Say it better; somebody else does it; another day. `seen` is the revision that was read. On another day
        who does it is told anew."""
        held = self._hold_open()
        if held.revision != seen:
            raise Overtaken(held)
        said = (held.what, held.by, held.others, set(held.who.all()))
        if said == (what, day, others, set(who)):
            return
        before = held._asks()
        self.what, self.by, self.others, self.revision = what, day, others, held.revision + 1
        self.reminded_at = held.reminded_at if held.by == day else None
        self.full_clean()
        self.save(update_fields=["what", "by", "others", "revision", "reminded_at"])
        self.who.set(who)
        self._ask_anew(before, by=by, at=at or clock.now())

    @transaction.atomic
    def take_along(self, meeting: Meeting, *, by: Membership) -> None:
        """Not done yet, and still agreed: it is looked at again in `meeting`. Done twice it is done once."""
        held = self._hold_open()
        standing = Meeting.objects.get(pk=meeting.pk)
        if not (standing.is_ahead or standing.state == Meeting.State.LIVE):
            raise Refused(_("Deze bijeenkomst is geweest, of gaat niet door."))
        if held.meeting_id != meeting.pk:
            self.meeting, self.carried = meeting, held.carried + 1
            self.save(update_fields=["meeting", "carried"])

    @classmethod
    @transaction.atomic
    def recognise(cls, meeting: Meeting, *, numbers: Iterable[int], name: str, member: Membership) -> None:
        """Who took part in `meeting` by this name is a member: what was agreed there for them, by the acts of these
        numbers, is theirs. Not where a colleague took the name away since."""
        made = Harvested.objects.filter(meeting=meeting, thing_kind="agreement", number__in=numbers)
        found = cls.objects.filter(pk__in=made.values("thing_id")).select_related("community")
        for agreement in found:
            others = _without(agreement.others, name)
            if others == agreement.others and not others.endswith(_AND_MORE):
                continue
            before = agreement._asks()
            agreement.others, agreement.revision = others, agreement.revision + 1
            agreement.save(update_fields=["others", "revision"])
            agreement.who.add(member)
            if agreement.is_due:
                agreement._ask_anew(before, by=None, at=clock.now())

    @classmethod
    def names(cls, ids: Iterable[int]) -> Mapping[int, str]:
        """Who take part by name only, by agreement."""
        return dict(cls.objects.filter(pk__in=ids).values_list("pk", "others"))

    def remind(self, *, at: datetime) -> None:
        """The day has come. Whoever calls this locked the community's row."""
        self.reminded_at = at
        self.save(update_fields=["reminded_at"])
        self._tell(*self._asks(), by=None, at=at)

    def _asks(self) -> tuple[str, list[Membership]]:
        """By which notice it asks on its day, and whom: who does it, or else, when it is everybody's or of a guest
        whom nothing reaches, who facilitates."""
        if does := list(self.who.select_related("user")):
            return DUE, does
        facilitates = Membership.objects.facilitators().filter(community=self.community_id)
        return OF_GUEST if self.others else DUE, list(facilitates)

    def _ask_anew(self, before: tuple[str, list[Membership]], *, by: Membership | None, at: datetime) -> None:
        """It asks others than it did: those are told, when its day was told already, and the rest not any more."""
        kind, people = self._asks() if self.reminded_at else (DUE, [])
        told = before[1] if before[0] == kind else []
        stay = [member.user_id for member in people if member in told]
        Notice.forget(self.asking().exclude(user__in=stay))
        self._tell(kind, [member for member in people if member not in told], by=by, at=at)

    def _tell(self, kind: str, people: Sequence[Membership], *, by: Membership | None, at: datetime) -> None:
        for member in people:
            member.community = self.community
        self.community.notify(kind, to=people, by=by, thing=("agreement", self.pk), at=at)

    def asking(self) -> NoticeSet:
        """What told that its day has come."""
        return Notice.objects.filter(kind__in=[DUE, OF_GUEST]).about("agreement", self.pk)


def _that_fit(names: str) -> str:
    """Whole names only."""
    if len(names) <= LONGEST_OTHERS:
        return names
    return names[: LONGEST_OTHERS - len(_AND_MORE)].rpartition(", ")[0] + _AND_MORE


def _without(names: str, name: str) -> str:
    """A name may have a comma in it."""
    left = f", {names}, ".replace(f", {name}, ", ", ", 1)
    return left.removeprefix(", ").removesuffix(", ")
