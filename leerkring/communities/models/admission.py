"""A leader joins, or who appraises people facilitates, only when all members agree, asked privately."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.happenings import Role
from leerkring.communities.models.community import ROLES, Community, Membership, MembershipSet
from leerkring.communities.models.notice import Notice
from leerkring.jobs.queue import enqueue
from leerkring.network.models import Leadership, Location, School
from leerkring.network.schooldays import SchoolDays
from leerkring.people.models import User
from leerkring.ui.refusal import Refused

#: School days in which everyone can answer, and the hour of the last one at which it closes.
SCHOOL_DAYS = 7
CLOSES_AT = time(16)
#: How long "not now" holds.
PAUSE = timedelta(days=60)
#: With fewer who answer, each of them can guess who said no.
ENOUGH_TO_HIDE = 3


def school_days_later(school: School, day: date, count: int) -> date:
    """The day that is `count` school days after `day`; a calendar of nothing but holidays ends some time."""
    days = SchoolDays([school.holidays.values_list("first_day", "last_day")])
    last = day + timedelta(days=120)
    return min(next(islice(days.onward(day + timedelta(days=1)), count - 1, None), last), last)


class AdmissionSet(models.QuerySet["Admission"]):
    def open(self) -> AdmissionSet:
        return self.filter(outcome=Admission.Outcome.OPEN)

    def asking(self, membership: Membership) -> AdmissionSet:
        """The open questions that `membership` is asked; `answered`: whether they said something, not what."""
        if membership.role == Role.GUEST or membership.user_id is None:
            return self.none()
        own = Answer.objects.filter(admission=OuterRef("pk"), membership=membership)
        asked = self.open().filter(community=membership.community_id).exclude(user=membership.user_id)
        return asked.select_related("user").annotate(answered=Exists(own)).order_by("closes_at", "pk")

    def waiting_for(self, membership: Membership) -> AdmissionSet:
        """Those that `membership` is asked and said nothing to yet."""
        return self.asking(membership).exclude(answers__membership=membership)

    def waiting_for_any(self, memberships: Iterable[Membership]) -> AdmissionSet:
        """As `waiting_for`, of someone in several communities."""
        voting = [each for each in memberships if each.role != Role.GUEST]
        asked = self.open().filter(community__in=[each.community_id for each in voting])
        asked = asked.exclude(user__in=[each.user_id for each in voting])
        return (
            asked.exclude(answers__membership__in=voting).select_related("user").order_by("closes_at", "pk")
        )


class Admission(models.Model):
    """Someone who leads or appraises people here would take part as `role`. Only the outcome is ever told."""

    class Outcome(models.TextChoices):
        OPEN = "open"
        ADMITTED = "admitted"
        NOT_NOW = "not_now"

    community = models.ForeignKey(Community, models.CASCADE, related_name="admissions")
    user = models.ForeignKey(User, models.CASCADE, related_name="admissions")
    role = models.CharField(max_length=12, choices=ROLES)
    until = models.DateField(null=True, blank=True)
    member = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="+")
    school = models.ForeignKey(School, models.SET_NULL, null=True, blank=True, related_name="+")
    location = models.ForeignKey(Location, models.SET_NULL, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField()
    #: Fixed when it is asked: the moment itself says nothing of who answered what.
    closes_at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.OPEN)

    objects = AdmissionSet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "user"],
                condition=Q(outcome="open"),
                name="communities_admission_open_once",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["open", "admitted", "not_now"]),
                name="communities_admission_outcome",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("asked_at")),
                name="communities_admission_closes_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.community_id} ({self.outcome})"

    @property
    def is_open(self) -> bool:
        return self.outcome == Admission.Outcome.OPEN and clock.now() < self.closes_at

    @property
    def by_a_leader(self) -> bool:
        """Whether who asks leads one of the schools here; else they appraise people there."""
        leading = Leadership.objects.current().filter(user=self.user_id, function=Leadership.Function.LEADER)
        return leading.filter(school__shared_communities=self.community_id).exists()

    @property
    def again_from(self) -> date:
        """The first day on which it may be asked again."""
        return (self.closes_at + PAUSE).astimezone(clock.AMSTERDAM).date()

    def electorate(self) -> MembershipSet:
        """Who has to agree: members with an account, as they are now; not guests, and not who asks."""
        return self.community.memberships.current().voters().exclude(user=self.user_id)

    @classmethod
    @transaction.atomic
    def ask(
        cls,
        community: Community,
        user: User,
        *,
        role: Role,
        until: date | None = None,
        member: Membership | None = None,
        school: School | None = None,
        location: Location | None = None,
        at: datetime | None = None,
    ) -> Admission:
        """Put the question to all members; it closes at a moment that is fixed now."""
        at = at or clock.now()
        community.hold_open()
        community.refuse_administrator(user)
        if community.admissions.open().filter(user=user).exists():
            raise Refused(
                _("Deze vraag loopt al. Je hoort het als alle leden de tijd hadden om te antwoorden.")
            )
        before = community.admissions.filter(user=user, outcome=Admission.Outcome.NOT_NOW).first()
        if before and clock.today() < before.again_from:
            raise Refused(
                _("Het gaat nu niet door. Vanaf %(day)s kan het opnieuw gevraagd worden.")
                % {"day": before.again_from.strftime("%d-%m-%Y")}
            )
        today = at.astimezone(clock.AMSTERDAM).date()
        closes_on = school_days_later(community.school, today, SCHOOL_DAYS)
        admission = cls.objects.create(
            community=community,
            user=user,
            role=role,
            until=until if role == Role.GUEST else None,
            member=member,
            school=school,
            location=location,
            asked_at=at,
            closes_at=datetime.combine(closes_on, CLOSES_AT, clock.AMSTERDAM),
        )
        community.notify("admission.asked", to=admission.electorate().select_related("user"), at=at)
        enqueue(
            "communities.close_admission",
            {"admission": admission.pk},
            unique=f"admission:{admission.pk}",
            due=admission.closes_at,
        )
        return admission

    @transaction.atomic
    def answer(self, *, agrees: bool, by: Membership, at: datetime | None = None) -> None:
        """What `by` says, in place of what they said before. The community's version stays as it is: a page
        that became new would tell that someone answered."""
        held = (
            Admission.objects.select_for_update().filter(pk=self.pk, closes_at__gt=at or clock.now()).open()
        )
        if not held.exists():
            raise Refused(_("Deze vraag is gesloten."))
        Answer.objects.update_or_create(admission=self, membership=by, defaults={"agrees": agrees})
        if by.user:
            by.user.touch()
            self._waits_no_longer(by, by.user, at or clock.now())

    def _waits_no_longer(self, by: Membership, user: User, at: datetime) -> None:
        """What told `user` of the question is read, unless another like it still waits for them here."""
        if not Admission.objects.waiting_for(by).exists():
            told = Notice.objects.filter(user=user, community=self.community, kind="admission.asked").unread()
            Notice.put_away(user, list(told.values_list("pk", flat=True)), at=at)

    @transaction.atomic
    def withdraw(self) -> None:
        """Who asked would rather not; nothing of it is kept."""
        self.community.touch()
        if not Admission.objects.open().filter(pk=self.pk).delete()[0]:
            raise Refused(_("Deze vraag is gesloten."))

    @transaction.atomic
    def close(self, *, at: datetime | None = None) -> None:
        """Count once, keep the outcome only. Without everyone's yes it does not go on; silence is no yes, and where
        nobody has a say, as in what is ended, nobody agreed."""
        at = at or clock.now()
        self.community.touch()  # first: who ends it, or comes in, at this moment waits until it is counted
        if not Admission.objects.select_for_update().open().filter(pk=self.pk, closes_at__lte=at).exists():
            return
        electorate = list(self.electorate().select_related("user"))
        agreed = set(self.answers.filter(agrees=True).values_list("membership", flat=True))
        self._end(electorate, admitted=bool(electorate) and {m.pk for m in electorate} <= agreed, at=at)

    @transaction.atomic
    def break_off(self, *, at: datetime) -> None:
        """The community ends: it does not go on, whatever was answered."""
        if Admission.objects.select_for_update().open().filter(pk=self.pk).exists():
            self._end(list(self.electorate().select_related("user")), admitted=False, at=at)

    def _end(self, electorate: list[Membership], *, admitted: bool, at: datetime) -> None:
        self.answers.all().delete()
        self._conclude(Admission.Outcome.ADMITTED if admitted else Admission.Outcome.NOT_NOW)
        came = self._take_part(at=at) if admitted else None
        if came is None:
            self._conclude(Admission.Outcome.NOT_NOW)
        kinds = (
            ("admission.admitted", "admission.welcome") if came else ("admission.not_now", "admission.sorry")
        )
        shown = ("members", self.community.pk) if came else None
        self.community.notify(kinds[0], to=electorate, by=came, thing=shown, at=at)
        # Who asked is not in the community, unless all agreed: what is told of a community reaches its members only.
        Notice.tell(kinds[1], to=[self.user], community=self.community if came else None, at=at)

    def _conclude(self, outcome: Admission.Outcome) -> None:
        self.outcome = outcome
        self.save(update_fields=["outcome"])

    def _take_part(self, *, at: datetime) -> Membership | None:
        """In, or in another role; None when that cannot be any more (an administrator by now, say)."""
        role = Role(self.role)
        own = Membership.objects.current().filter(community=self.community, user=self.user).first()
        try:
            with transaction.atomic():
                if own:
                    own.community = self.community
                    own.become(role, until=self.until, at=at)
                    return own
                if self.member and self.member.left_at is None:
                    self.member.community = self.community
                    self.member.accept(self.user, school=self.school, location=self.location, at=at)
                    return self.member
                return self.community.join(
                    self.user,
                    role=role,
                    until=self.until,
                    school=self.school,
                    location=self.location,
                    at=at,
                )
        except (Refused, ValidationError):
            return None


class Answer(models.Model):
    """What one member privately said, until the question closes. Without a moment, and shown to nobody else."""

    admission = models.ForeignKey(Admission, models.CASCADE, related_name="answers")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    agrees = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["admission", "membership"], name="communities_answer_once")
        ]

    def __str__(self) -> str:
        return f"{self.admission_id}"
