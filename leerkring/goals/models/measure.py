"""How a goal is seen in pupils: by what, where they began, where they should come, and what was found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leerkring.communities.models import Membership
from leerkring.engine.statistics import Estimate, wilson
from leerkring.goals.results import Results, unpack

if TYPE_CHECKING:
    from leerkring.goals.models.goal import Goal


class Measure(models.Model):
    """One way to see it: a task, a rubric, a test. In percents of pupils who reach `threshold`, or in a mean."""

    class Kind(models.TextChoices):
        SHARE = "share", _("welk deel het haalt (in procenten)")
        MEAN = "mean", _("een gemiddelde (punten, fouten, woorden per minuut, …)")

    #: What people say of it, in a form.
    SAID = ("name", "kind", "unit", "threshold", "target", "lower_is_better", "selected_low")

    goal = models.ForeignKey("goals.Goal", models.CASCADE, related_name="measures")
    name = models.CharField(_("waaraan zien jullie het?"), max_length=160)
    kind = models.CharField(_("wat tellen jullie?"), max_length=5, choices=Kind.choices, default=Kind.SHARE)
    unit = models.CharField(_("waarin?"), max_length=30, blank=True)
    #: The score from which a pupil is there; with it results in a file become a share.
    threshold = models.FloatField(_("vanaf welke score telt het als gehaald?"), null=True, blank=True)
    lower_is_better = models.BooleanField(_("minder is beter, zoals bij fouten"), default=False)
    target = models.FloatField(_("waar willen jullie naartoe?"), null=True, blank=True)
    #: Regression to the mean: who was chosen for a low score, will score higher next time anyway.
    selected_low = models.BooleanField(_("deze groep is gekozen omdat het begin laag was"), default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["share", "mean"]), name="goals_measure_kind"),
            models.CheckConstraint(
                condition=~Q(kind="share") | Q(target=None) | Q(target__gte=0, target__lte=100),
                name="goals_measure_share_of_100",
                violation_error_message=_("Een deel ligt tussen 0 en 100 procent."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def mark(self) -> str:
        """Another one as soon as it says another thing: by it a form knows that a colleague was here."""
        said = [getattr(self, name) for name in self.SAID]
        begun = self.baseline
        said += [begun.pk, begun.value] if begun else []
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]

    @property
    def has_no_share(self) -> bool:
        """It is one of who are there, and nobody said from which score: results in a file give none."""
        return self.kind == Measure.Kind.SHARE and self.threshold is None

    @property
    def said_unit(self) -> str:
        return "%" if self.kind == Measure.Kind.SHARE else self.unit

    @property
    def aims_lower(self) -> bool:
        """Whether less is better of the figure itself. Of pupils who make at most three mistakes there are better
        more: then the threshold has said already that less is better."""
        is_of_who_are_there = self.kind == Measure.Kind.SHARE and self.threshold is not None
        return self.lower_is_better and not is_of_who_are_there

    def of(self, role: Measurement.Role) -> list[Measurement]:
        """In order of time. Read from what a page fetched before, when it did."""
        return sorted((m for m in self.measurements.all() if m.role == role), key=lambda m: (m.on, m.pk))

    @property
    def baseline(self) -> Measurement | None:
        return next(iter(self.of(Measurement.Role.BASELINE)), None)

    @property
    def later(self) -> list[Measurement]:
        return self.of(Measurement.Role.LATER)

    @property
    def beside(self) -> list[Measurement]:
        """Who did not work this way: last year's pupils, a parallel class."""
        return self.of(Measurement.Role.BESIDE)

    @property
    def last(self) -> Measurement | None:
        return self.later[-1] if self.later else None

    @property
    def is_reached(self) -> bool:
        """By the last measurement."""
        if self.last is None or self.target is None:
            return False
        value = self.last.value
        return value <= self.target if self.aims_lower else value >= self.target


class MeasurementSet(models.QuerySet["Measurement"]):
    def of_first_measure(self, goals: Iterable[Goal]) -> MeasurementSet:
        """What was found by the first of the measures of each goal, with that measure."""
        first = Measure.objects.filter(goal=models.OuterRef("measure__goal")).order_by("pk").values("pk")[:1]
        found = self.filter(measure__goal__in=goals, measure=models.Subquery(first))
        return found.select_related("measure").order_by("on", "pk")


class Measurement(models.Model):
    """What was found on one day. Its value is said, or follows from results in a file."""

    class Role(models.TextChoices):
        BASELINE = "baseline", _("het begin")
        LATER = "later", _("een meting onderweg of aan het eind")
        BESIDE = "beside", _("ter vergelijking: vorig jaar, of een klas die dit niet deed")

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="measurements")
    role = models.CharField(_("welke meting is dit?"), max_length=8, choices=Role.choices)
    on = models.DateField(_("op welke dag?"))
    value = models.FloatField(_("uitkomst"))
    #: Its 95 % interval, when there is enough to say so.
    low = models.FloatField(null=True, blank=True, editable=False)
    high = models.FloatField(null=True, blank=True, editable=False)
    n = models.PositiveIntegerField(_("hoeveel leerlingen?"), null=True, blank=True)
    #: Who they were, for what is set beside.
    label = models.CharField(_("wie waren dat?"), max_length=80, blank=True)
    note = models.CharField(_("wat zagen jullie?"), max_length=500, blank=True)
    #: By who brings it, of pupils they teach.
    own_class = models.BooleanField(_("dit zijn (ook) leerlingen die ik lesgeef"), default=False)
    by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = MeasurementSet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure"], condition=Q(role="baseline"), name="goals_one_baseline"
            ),
            models.CheckConstraint(
                condition=Q(role__in=["baseline", "later", "beside"]), name="goals_measurement_role"
            ),
            models.CheckConstraint(condition=Q(n=None) | Q(n__gte=1), name="goals_measurement_of_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.value}"

    @property
    def role_name(self) -> str | Promise:
        return ROLES[self.role]


#: In a heading.
ROLES: dict[str, str | Promise] = {
    Measurement.Role.BASELINE: _("begin"),
    Measurement.Role.LATER: _("meting"),
    Measurement.Role.BESIDE: _("ter vergelijking"),
}


class PupilResults(models.Model):
    """The results of single pupils by hashed code, packed: only to find the same pupil in a later measurement. They
    go when the goal ends; what was found of them together (`Summary`) stays."""

    measurement = models.OneToOneField(Measurement, models.CASCADE, related_name="results")
    packed = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.measurement_id}"

    @property
    def unpacked(self) -> Results:
        return unpack(bytes(self.packed))


class Summary(models.Model):
    """What was found of all pupils in one measurement together ("" and ""), or of one subgroup, and how that differs
    from the baseline: of the same pupils when enough codes match (`is_paired`), else of two groups. Worked out when
    results come in (`goals.weighing`), because they go."""

    measurement = models.ForeignKey(Measurement, models.CASCADE, related_name="summaries")
    dimension = models.CharField(max_length=60, blank=True)
    group = models.CharField(max_length=60, blank=True)
    #: Not so few that somebody could be found in it, nor found by subtraction.
    is_shown = models.BooleanField()
    n = models.PositiveIntegerField()
    mean = models.FloatField()
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    sd = models.FloatField(null=True)
    at_target = models.PositiveIntegerField(null=True)
    #: How many were there both times.
    pairs = models.PositiveIntegerField(default=0)
    is_paired = models.BooleanField(default=False)
    change = models.FloatField(null=True)
    change_low = models.FloatField(null=True)
    change_high = models.FloatField(null=True)
    #: Hedges' g of two groups, or the standardised mean change of the same pupils.
    effect = models.FloatField(null=True)
    effect_low = models.FloatField(null=True)
    effect_high = models.FloatField(null=True)
    correlation = models.FloatField(null=True)

    class Meta:
        ordering = ["dimension", "group"]
        constraints = [
            models.UniqueConstraint(fields=["measurement", "dimension", "group"], name="goals_summary_once")
        ]

    def __str__(self) -> str:
        return f"{self.dimension} {self.group}"

    @property
    def share(self) -> Estimate | None:
        """Of pupils who are there, with Wilson's interval."""
        if self.at_target is None:
            return None
        return Estimate(self.at_target / self.n, *wilson(self.at_target, self.n))
