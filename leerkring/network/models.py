"""Schools and the calendar they keep."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from importlib.resources import files

from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.people.models import User
from leerkring.ui.refusal import Refused


class Sector(models.TextChoices):
    PO = "po", _("primair onderwijs (po)")
    VO = "vo", _("voortgezet onderwijs (vo)")
    MBO = "mbo", _("middelbaar beroepsonderwijs (mbo)")


class Region(models.TextChoices):
    """The three regions over which Dutch school holidays are spread."""

    NORTH = "noord", _("noord")
    MIDDLE = "midden", _("midden")
    SOUTH = "zuid", _("zuid")


def default_holidays(region: str) -> Iterator[tuple[str, date, date]]:
    """Name, first and last day of each known holiday in `region`, from data/holidays.csv (source there)."""
    with files("leerkring.network").joinpath("data/holidays.csv").open(encoding="utf-8") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        for row in rows:
            if row["region"] in {region, "all"}:
                yield row["name"], date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"])


#: What the apps above have to renew when something of schools changed that they show.
_shown_elsewhere: list[Callable[[Iterable[int]], None]] = []


def shown_elsewhere(renew: Callable[[Iterable[int]], None]) -> None:
    """Have `renew(ids of schools)` called, in the same transaction, when something of them changed."""
    if renew not in _shown_elsewhere:
        _shown_elsewhere.append(renew)


def _show_anew(schools: Iterable[int]) -> None:
    for renew in _shown_elsewhere:
        renew(set(schools))


class Board(models.Model):
    """Who is responsible for schools (bestuur)."""

    name = models.CharField(_("naam"), max_length=120, unique=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def close(self) -> None:
        """Take it off the list, when it has no schools any more."""
        if self.schools.exists():
            raise Refused(_("Bij dit bestuur horen nog scholen. Geef die eerst een ander bestuur."))
        self.delete()


class School(models.Model):
    board = models.ForeignKey(
        Board, models.PROTECT, null=True, blank=True, related_name="schools", verbose_name=_("bestuur")
    )
    name = models.CharField(_("naam"), max_length=120)
    place = models.CharField(_("plaats"), max_length=80, blank=True)
    sector = models.CharField(_("sector"), max_length=3, choices=Sector.choices)
    brin = models.CharField(
        _("BRIN"),
        max_length=6,
        blank=True,
        validators=[
            RegexValidator(r"^\d{2}[A-Z]{2}(\d{2})?$", _("Een BRIN is bijvoorbeeld 01AB of 01AB02."))
        ],
    )
    region = models.CharField(_("vakantieregio"), max_length=6, choices=Region.choices)
    #: Goes up with every change to the calendar or to the school, so that pages made with it know they are stale.
    calendar_version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def council(self) -> str:
        """What the council of staff is called here."""
        return "OR" if self.sector == Sector.MBO else "MR"

    @classmethod
    @transaction.atomic
    def open(
        cls,
        *,
        name: str,
        sector: str,
        region: str,
        place: str = "",
        brin: str = "",
        board: Board | None = None,
    ) -> School:
        """A school with its region's usual holidays in its own calendar, to be edited."""
        school = cls(name=name, sector=sector, region=region, place=place, brin=brin, board=board)
        school.full_clean()
        school.save()
        Holiday.objects.bulk_create(
            Holiday(school=school, name=n, first_day=first, last_day=last)
            for n, first, last in default_holidays(region)
        )
        return school

    @transaction.atomic
    def revise(
        self, *, name: str, sector: str, region: str, place: str, brin: str, board: Board | None
    ) -> None:
        """Other particulars. The holidays stay as they are, also in another region: they are the school's own."""
        before = School.objects.filter(pk=self.pk).values_list("board", flat=True).get()
        self.name, self.sector, self.region = name, sector, region
        self.place, self.brin, self.board = place, brin, board
        self.full_clean()
        self.save()
        self.touch()
        if before != self.board_id:  # who is of one board, may learn together
            beside = School.objects.filter(board__in=[pk for pk in (before, self.board_id) if pk])
            _show_anew(beside.values_list("pk", flat=True))

    @transaction.atomic
    def add_location(self, *, name: str, place: str = "") -> Location:
        location = Location(school=self, name=name, place=place)
        location.full_clean()
        location.save()
        self.touch()
        return location

    @transaction.atomic
    def appoint(self, user: User, *, function: str, until: date | None = None) -> Leadership:
        """`user` leads the school or appraises people there, from today; who did so already, does it in this
        function and until this day. What it means for where `user` takes part: communities.leading."""
        leadership = Leadership.objects.filter(school=self, user=user).first()
        if leadership is None or not leadership.is_current:
            leadership = leadership or Leadership(school=self, user=user)
            leadership.since = clock.today()
        leadership.function, leadership.until = function, until
        leadership.full_clean()
        leadership.save()
        return leadership

    @transaction.atomic
    def keep_holiday(self, *, name: str, first_day: date, last_day: date) -> Holiday:
        holiday = Holiday(school=self, name=name, first_day=first_day, last_day=last_day)
        holiday.full_clean()
        holiday.save()
        self.touch()
        return holiday

    @transaction.atomic
    def drop_holiday(self, holiday: Holiday) -> None:
        holiday.delete()
        self.touch()

    def touch(self) -> None:
        """The calendar changed, or what its communities show of the school: its name, sector or buildings."""
        School.objects.filter(pk=self.pk).update(calendar_version=F("calendar_version") + 1)
        _show_anew([self.pk])


class Location(models.Model):
    """One of the buildings of a school."""

    school = models.ForeignKey(School, models.CASCADE, related_name="locations")
    name = models.CharField(_("naam"), max_length=120)
    place = models.CharField(_("plaats"), max_length=80, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["school", "name"], name="network_location_once_a_school")
        ]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def revise(self, *, name: str, place: str) -> None:
        self.name, self.place = name, place
        self.full_clean()
        self.save()
        self.school.touch()

    @transaction.atomic
    def close(self) -> None:
        """It is there no more; who came from there, comes from the school."""
        self.delete()
        self.school.touch()


class Network(models.Model):
    """Schools that learn together, of one board or of several."""

    name = models.CharField(_("naam"), max_length=120, unique=True)
    aim = models.CharField(_("waar werken jullie aan?"), max_length=300, blank=True)
    schools = models.ManyToManyField(School, related_name="networks")

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def open(cls, *, name: str, aim: str, schools: Iterable[School]) -> Network:
        network = cls()
        network.revise(name=name, aim=aim, schools=schools)
        return network

    @transaction.atomic
    def revise(self, *, name: str, aim: str, schools: Iterable[School]) -> None:
        before = set(self.schools.values_list("pk", flat=True)) if self.pk else set()
        self.name, self.aim = name, aim
        self.full_clean()
        self.save()
        self.schools.set(schools)
        _show_anew({*before, *self.schools.values_list("pk", flat=True)})

    @transaction.atomic
    def close(self) -> None:
        """End it; not while communities say that they belong to it."""
        try:
            self.delete()
        except models.ProtectedError:
            raise Refused(_("Er horen nog leergemeenschappen bij dit netwerk.")) from None


class Holiday(models.Model):
    school = models.ForeignKey(School, models.CASCADE, related_name="holidays")
    name = models.CharField(_("naam"), max_length=60)
    first_day = models.DateField(_("eerste dag"))
    last_day = models.DateField(_("laatste dag"))

    class Meta:
        ordering = ["first_day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="network_holiday_ends_after_it_begins",
                violation_error_message=_("De laatste dag ligt voor de eerste dag."),
            ),
            models.UniqueConstraint(fields=["school", "first_day", "last_day"], name="network_holiday_once"),
        ]

    def __str__(self) -> str:
        return self.name


class LeadershipSet(models.QuerySet["Leadership"]):
    def current(self) -> LeadershipSet:
        return self.filter(Q(until=None) | Q(until__gte=clock.today()))

    def of(self, schools: Iterable[School] | QuerySet[School]) -> LeadershipSet:
        """Who leads or appraises at one of `schools`, whatever the function."""
        return self.filter(school__in=schools)

    def by_name(self) -> LeadershipSet:
        return self.select_related("user").order_by(Lower("user__name"), "pk")


class Leadership(models.Model):
    """Who leads a school, or appraises people there. It gives no sight of any community."""

    class Function(models.TextChoices):
        LEADER = "leader", _("schoolleider")
        #: Talks with colleagues about how they function, without leading the school.
        APPRAISER = "appraiser", _("teamleider")

    school = models.ForeignKey(School, models.CASCADE, related_name="leaderships")
    user = models.ForeignKey(User, models.CASCADE, related_name="leaderships")
    function = models.CharField(
        _("functie"), max_length=10, choices=Function.choices, default=Function.LEADER
    )
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = LeadershipSet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "user"], name="network_leadership_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.school}"

    @property
    def is_current(self) -> bool:
        return self.until is None or self.until >= clock.today()

    @transaction.atomic
    def end(self) -> None:
        """From now on a colleague like the others."""
        self.until = clock.today() - timedelta(days=1)
        self.save(update_fields=["until"])


class StaffConsentSet(models.QuerySet["StaffConsent"]):
    def standing(self) -> StaffConsentSet:
        return self.filter(withdrawn_at=None)


class StaffConsent(models.Model):
    """The staff's council (MR, in mbo OR) agreed that what groups do is counted. Kept when it was withdrawn too.
    The verbs are in `communities.consent`: they tell whom it concerns."""

    school = models.ForeignKey(School, models.CASCADE, related_name="staff_consents")
    decided_on = models.DateField(_("datum van het besluit"))
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = StaffConsentSet.as_manager()

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school"], condition=Q(withdrawn_at=None), name="network_one_standing_consent"
            )
        ]

    def __str__(self) -> str:
        return f"{self.school} {self.decided_on}"
