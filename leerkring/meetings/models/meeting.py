"""A meeting: what it is about, when and where; what is on the agenda, who does what, and who comes."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import (
    Case,
    Exists,
    Expression,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.models import Community, Membership
from leerkring.goals.models import Goal
from leerkring.meetings.models.own_form import OwnForm
from leerkring.meetings.shipped import shipped
from leerkring.meetings.workform_words import ROLES
from leerkring.people.models import Away, User
from leerkring.people.models.away import midnight
from leerkring.ui.refusal import Overtaken, Refused

AtMeeting = TypeVar("AtMeeting", "Reply", "Turn")
#: No meeting is longer, in minutes.
LONGEST = 480


def in_minutes(least: int = 1) -> list[MinValueValidator | MaxValueValidator]:
    return [MinValueValidator(least), MaxValueValidator(LONGEST)]


class Series(models.Model):
    """Meetings that were planned together: a year, or every other Tuesday."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="series")
    title = models.CharField(_("naam"), max_length=200)


class MeetingSet(models.QuerySet["Meeting"]):
    def visible_to(self, user: User) -> MeetingSet:
        """Meetings of communities that `user` is in now."""
        inside = Membership.objects.current().filter(user=user).order_by().values("community")
        return self.filter(community__in=inside)

    def to_come(self) -> MeetingSet:
        """Today's and later ones, also what is not held after all, what is on, and for which a date is looked for."""
        return self.filter(Q(state=Meeting.State.POLL) | _on_or_ahead()).exclude(state=Meeting.State.CLOSED)

    def next_ones(self) -> MeetingSet:
        """What is on, and of today and later what is held as far as we know; the first one first."""
        held = self.filter(state__in=[Meeting.State.PLANNED, Meeting.State.LIVE])
        return held.filter(_on_or_ahead()).order_by("state", "starts_at", "pk")  # "live" is before "planned"

    def first_of_each(self, communities: Iterable[int]) -> MeetingSet:
        """Of these, in their order, the first of each of these communities that has one."""
        theirs = self.filter(community=OuterRef("community"))
        return self.order_by().filter(community__in=communities, pk=Subquery(theirs.values("pk")[:1]))

    def past(self) -> MeetingSet:
        """What is over, the last one first; also what was called off before it had a date."""
        over = Q(state=Meeting.State.CLOSED) | Q(starts_at__lt=today_began())
        found = self.filter(over | Q(state=Meeting.State.CANCELLED, starts_at=None))
        return found.exclude(state=Meeting.State.LIVE).order_by(
            Coalesce(in_time(), "planned_at").desc(), "-pk"
        )

    def with_own(self, member: Membership) -> MeetingSet:
        """Each with what `member` says of coming (`says`), whether they `answered` the poll, and it `has_moments`."""
        answers = OptionAnswer.objects.filter(option__meeting=OuterRef("pk"), member=member)
        polled = Q(state=Meeting.State.POLL) & Exists(answers)
        return self.annotate(
            says=_says(member),
            answered=Case(When(polled, then=True), default=False),
            has_moments=Exists(_moments()),
        )

    def for_today(self, member: Membership) -> MeetingSet:
        """The next meeting, and the polls that ask `member`, in one question; each with what they say of coming and a
        role (`own_role`) that they have in it, and the first work form on its agenda that may ask to bring something
        (`form`), with what it is when it is the group's own (`own_form`)."""
        from leerkring.meetings.models.item import Item

        here = Meeting.objects.filter(community=member.community_id)
        wanted = Q(pk__in=here.next_ones().values("pk")[:1]) | Q(pk__in=here.asking([member]).values("pk"))
        role = Turn.objects.filter(meeting=OuterRef("pk"), member=member).order_by("pk").values("role")
        asks_nothing = [key for key, form in shipped().items() if not form.text["nl"].bring]
        items = Item.objects.filter(meeting=OuterRef("pk")).exclude(workform__in=["", *asks_nothing])
        own = OwnForm.objects.filter(community=member.community_id, key=OuterRef("form"))
        found = self.filter(wanted).annotate(
            says=_says(member),
            own_role=_with_a_day(role[:1]),
            form=_with_a_day(items.order_by("position").values("workform")[:1]),
        )
        return found.annotate(own_form=_with_a_day(own.values("content")[:1])).order_by("starts_at", "pk")

    def asking(self, memberships: Iterable[Membership]) -> MeetingSet:
        """The polls, in several communities of one person, that they did not answer and of which a day is to come."""
        members = list(memberships)
        said = OptionAnswer.objects.filter(option__meeting=OuterRef("pk"), member__in=members)
        asked = self.filter(state=Meeting.State.POLL, community__in=[m.community_id for m in members])
        return asked.filter(~Exists(said), Exists(_moments())).order_by("planned_at", "pk")

    def timed_out(self, *, since: datetime, at: datetime) -> MeetingSet:
        """Planned, with an end after `since` and until `at`: nobody began it in its time."""
        window = Q(starts_at__gt=since - timedelta(minutes=LONGEST), starts_at__lte=at)
        found = self.filter(window, state=Meeting.State.PLANNED).annotate(ends=_ends())
        return found.filter(ends__gt=since, ends__lte=at)

    def not_timed_out(self) -> MeetingSet:
        """Without what nobody began in its time."""
        return self.annotate(ends=_ends()).exclude(state=Meeting.State.PLANNED, ends__lte=clock.now())

    def not_over(self) -> MeetingSet:
        """To be held as far as we know, or on; not when its time or last moment passed, whoever began or chose it."""
        polled = Q(Exists(_moments()), state=Meeting.State.POLL)
        held = Q(state__in=[Meeting.State.PLANNED, Meeting.State.LIVE]) & _on_or_ahead()
        return self.filter(polled | held).not_timed_out()

    def awaiting(self, user: User) -> MeetingSet:
        """To which `user` may come: not over, and they did not say since to be away that day."""
        return self.not_over().filter(~Exists(_away("", user=user.pk, member__user=user)))


def in_time() -> Coalesce:
    """By which meetings stand in order, as `Meeting.when`."""
    return Coalesce("opened_at", "starts_at")


def _on_or_ahead() -> Q:
    return Q(state=Meeting.State.LIVE) | Q(starts_at__gte=today_began())


def of_who_comes(found: models.QuerySet[AtMeeting]) -> models.QuerySet[AtMeeting]:
    """Of what people said or took upon them for a meeting that of who comes, as far as we know: without who left,
    cannot, or said since to be away that day."""
    there = Membership.objects.not_left().filter(pk=OuterRef("member"))
    cannot = Reply.objects.filter(meeting=OuterRef("meeting"), says=Reply.Says.NO, member=OuterRef("member"))
    away = _away("meeting__", user=OuterRef("member__user"), member=OuterRef(OuterRef("member")))
    return found.filter(Exists(there)).exclude(Exists(cannot)).exclude(Exists(away))


def _moments() -> OptionSet:
    """Of the poll around it those that can still be chosen."""
    return Option.objects.to_come().filter(meeting=OuterRef("pk"))


def _ends() -> Expression:
    lasts = Cast("minutes", models.IntegerField()) * Value(timedelta(minutes=1))
    lasting = ExpressionWrapper(lasts, models.DurationField())
    return ExpressionWrapper(F("starts_at") + lasting, models.DateTimeField())


def _away(path: str, *, user: Any, **who: Any) -> models.QuerySet[Away]:
    """That `user` is away on the day of the meeting around it (at `path`), on a Dutch wall, and gave it no answer since
    they said so: what was said last counts. `who`: of whom an answer is theirs."""
    moment = ExpressionWrapper(OuterRef(f"{path}starts_at"), models.DateTimeField())
    day = TruncDate(moment, tzinfo=clock.AMSTERDAM)
    since = Reply.objects.filter(
        meeting=OuterRef(OuterRef(f"{path}pk")), at__gte=OuterRef("planned_at"), **who
    )
    return Away.objects.filter(~Exists(since), user=user, first_day__lte=day, last_day__gte=day)


def _with_a_day(found: models.QuerySet[Any, Any]) -> Case:
    """Of a poll nothing is looked for: nobody comes yet."""
    return Case(When(starts_at=None, then=Value(None)), default=Subquery(found))


def _says(member: Membership) -> Case:
    """What `member` says of coming, or by being away since."""
    own = Reply.objects.filter(meeting=OuterRef("pk"), member=member).values("says")
    away = When(Exists(_away("", user=member.user_id, member=member)), then=Value(Reply.Says.NO.value))
    return Case(When(starts_at=None, then=Value(None)), away, default=Subquery(own[:1]))


def today_began() -> datetime:
    """When today began, on a Dutch wall: which meetings are to come changes with the day, as pages do."""
    return midnight(clock.today())


class Meeting(models.Model):
    """`starts_at` is None while a date is looked for. What is said in it is in `live` and `minutes`."""

    class State(models.TextChoices):
        POLL = "poll", _("we zoeken een datum")
        PLANNED = "planned", _("gepland")
        LIVE = "live", _("bezig")
        CLOSED = "closed", _("geweest")
        CANCELLED = "cancelled", _("gaat niet door")

    community = models.ForeignKey(Community, models.CASCADE, related_name="meetings")
    series = models.ForeignKey(Series, models.SET_NULL, null=True, blank=True, related_name="meetings")
    topic = models.CharField(_("waar gaat het over?"), max_length=200)
    question = models.CharField(_("welke vraag over het leren ligt op tafel?"), max_length=300, blank=True)
    goal = models.ForeignKey(
        Goal,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("bij welk doel?"),
    )
    #: What everyone reads or brings beforehand.
    bring = models.TextField(_("wat lees je, of neem je mee?"), max_length=1000, blank=True)
    #: Pupil work, data, a clip or a text lies on the table.
    material = models.BooleanField(
        _("we hebben leerlingwerk, uitkomsten, een fragment of een tekst bij de hand"), default=False
    )
    starts_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("hoeveel minuten?"), default=60, validators=in_minutes(5))
    place = models.CharField(_("waar?"), max_length=200, blank=True)
    link = models.URLField(_("link voor videobellen"), max_length=500, blank=True)
    #: Mail and calendars tell only what it is about, where and when (docs/decisions/0048-calendars.md).
    confidential = models.BooleanField(_("vertrouwelijk"), default=False)
    #: One laptop and paper cards: nobody needs a phone.
    board_only = models.BooleanField(_("alleen het bord"), default=False)
    state = models.CharField(max_length=9, choices=State.choices, default=State.PLANNED, editable=False)
    why_cancelled = models.CharField(max_length=300, blank=True, editable=False)
    #: Goes up with every change of what was planned, so that nobody overwrites a colleague unseen.
    revision = models.PositiveIntegerField(default=0, editable=False)
    #: What a calendar knows it by, and which word of ours about it is the last.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    #: When calendars were last given a word about it (`meetings.inviting`); None: it is as it was planned.
    told_at = models.DateTimeField(null=True, blank=True, editable=False)
    planned_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    #: When everyone was told that it is near: they are told once, and again when it is moved.
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = MeetingSet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["community", "state", "starts_at"], name="meetings_meeting_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["poll", "planned", "live", "closed", "cancelled"]),
                name="meetings_meeting_state",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["poll", "cancelled"]) | Q(starts_at__isnull=False),
                name="meetings_meeting_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_at__isnull=False),
                name="meetings_closed_with_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.topic

    @property
    def title(self) -> str:
        return self.topic

    @property
    def is_ahead(self) -> bool:
        """It can still be changed or held."""
        return self.state in {Meeting.State.POLL, Meeting.State.PLANNED}

    @property
    def when(self) -> datetime | None:
        """When it began, whatever was planned; before that when it is to begin."""
        return self.opened_at or self.starts_at

    @property
    def day(self) -> date | None:
        return self.starts_at.astimezone(clock.AMSTERDAM).date() if self.starts_at else None

    @property
    def ends_at(self) -> datetime | None:
        return self.starts_at and self.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_past(self) -> bool:
        """Its time is over, whatever came of it."""
        return self.ends_at is not None and self.ends_at <= clock.now()

    @property
    def school_year(self) -> str:
        """`2026–2027`."""
        day = (self.when or self.planned_at).astimezone(clock.AMSTERDAM).date()
        year = day.year if day.month >= 8 else day.year - 1
        return f"{year}–{year + 1}"

    # -- what every verb begins with -------------------------------------------------------------------

    def hold(self, *, seen: int | None = None) -> Meeting:
        """The meeting as it stands, after who was before us; first in every verb. Raises `Overtaken` when it is no
        longer the revision that was read."""
        self.community.touch()
        held = Meeting.objects.select_related("goal").get(pk=self.pk)
        if seen is not None and held.revision != seen:
            raise Overtaken(held)
        self.state, self.revision, self.sequence = held.state, held.revision, held.sequence
        return held

    def hold_ahead(self, *, seen: int | None = None) -> Meeting:
        """As `hold`, in every verb on what is still to come. Refused when it is not, with what became of it."""
        held = self.hold(seen=seen)
        if not held.is_ahead:
            raise Refused(_WHY_NOT[Meeting.State(held.state)])
        return held


_WHY_NOT = {
    Meeting.State.LIVE: _("Deze bijeenkomst is bezig."),
    Meeting.State.CLOSED: _("Deze bijeenkomst is geweest."),
    Meeting.State.CANCELLED: _("Deze bijeenkomst gaat niet door."),
}


class Turn(models.Model):
    """Who does what in this meeting: one person a role."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="turns")
    role = models.CharField(max_length=11, choices=ROLES)
    member = models.ForeignKey(Membership, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "role"], name="meetings_one_person_a_role")]


class OptionSet(models.QuerySet["Option"]):
    def to_come(self) -> OptionSet:
        """Those that can still be chosen: their day is not over."""
        return self.filter(starts_at__gte=today_began())


class Option(models.Model):
    """A moment that would do, while a date is looked for."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="options")
    starts_at = models.DateTimeField()

    objects = OptionSet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "starts_at"], name="meetings_one_option_a_moment")
        ]

    @property
    def is_past(self) -> bool:
        return self.starts_at < today_began()


class OptionAnswer(models.Model):
    """What one person says of a moment."""

    class Says(models.TextChoices):
        YES = "yes", _("ik kan")
        IF_NEEDED = "if_needed", _("als het moet")
        NO = "no", _("ik kan niet")

    option = models.ForeignKey(Option, models.CASCADE, related_name="answers")
    member = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    says = models.CharField(max_length=9, choices=Says.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["option", "member"], name="meetings_one_answer_an_option")
        ]


class Reply(models.Model):
    """Whether someone comes."""

    class Says(models.TextChoices):
        YES = "yes", _("ik kom")
        MAYBE = "maybe", _("misschien")
        NO = "no", _("ik kan niet")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="replies")
    member = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    says = models.CharField(max_length=5, choices=Says.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="meetings_one_reply_a_person")
        ]
