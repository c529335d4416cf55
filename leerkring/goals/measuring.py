"""The verbs of measuring: naming how a goal is seen, setting down what was found, taking a mistake away."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from leerkring import clock
from leerkring.communities.happenings import ThingId
from leerkring.communities.models import Membership
from leerkring.engine.statistics import FEWEST, wilson
from leerkring.goals import figures
from leerkring.goals.happenings import EvidenceBrought, GoalMeasured
from leerkring.goals.models import Change, Goal, Measure, Measurement, PupilResults, Summary
from leerkring.goals.results import Results, pack, spelled_as, unpack
from leerkring.goals.weighing import weigh
from leerkring.jobs.vanished import note_vanished
from leerkring.ui.refusal import Refused

Fields = Mapping[str, Any]


def _standing(measure: Measure) -> Measure:
    """As it is in the database, now that the goal is held."""
    found = Measure.objects.filter(pk=measure.pk).first()
    if found is None:
        raise Refused(_("Een collega haalde intussen weg waaraan jullie dit zien."))
    found.goal = measure.goal
    return found


@transaction.atomic
def name_measure(
    goal: Goal,
    *,
    by: Membership,
    fields: Fields,
    measure: Measure | None = None,
    seen: str | None = None,
    at: datetime | None = None,
) -> Measure:
    """How `goal` is seen: a new measure, or what `measure` is from now on. What was found is weighed anew. `seen` is
    the `Measure.mark` of what `by` read.

    Raises Refused when a colleague took the measure away, or changed it after it was read.
    """
    at = at or clock.now()
    goal.hold_open()
    standing = _standing(measure) if measure else None
    if standing and seen is not None and standing.mark != seen:
        raise Refused(
            _(
                "Een collega veranderde dit intussen. Nu staat er: %(now)s. Wat jij typte, staat hieronder nog."
            )
            % {"now": _said(standing)}
        )
    before = _said(standing) if standing else ""
    measure = standing or Measure(goal=goal)
    weighed = _weighs(measure)
    for name, value in fields.items():
        setattr(measure, name, value)
    measure.full_clean()
    if measure.pk and weighed != _weighs(measure):
        _refuse_unlike(measure, weighed[0])
        measure.save()
        _weigh_anew(measure)
    measure.save()
    _note(goal, "measure", before, _said(measure), by, at)
    return measure


def _weighs(measure: Measure) -> tuple[str, float | None, bool]:
    return measure.kind, measure.threshold, measure.lower_is_better


def _refuse_unlike(measure: Measure, counted: str) -> None:
    """What was said by hand cannot be weighed anew, and without a score that counts a file gives no share."""
    if measure.kind != counted and measure.measurements.filter(results=None).exists():
        raise Refused(
            _("Er staan al uitkomsten bij. Voeg een nieuwe manier toe als jullie iets anders tellen.")
        )
    if measure.measurements.filter(results=None, summaries__isnull=False).exists():
        raise Refused(
            _(
                "De uitkomsten per persoon zijn al weg, dus we kunnen ze niet anders tellen. Voeg een nieuwe manier"
                " toe."
            )
        )
    if measure.has_no_share and measure.measurements.filter(results__isnull=False).exists():
        raise Refused(_("Zeg eerst vanaf welke score het als gehaald telt."))


@transaction.atomic
def begin(
    goal: Goal,
    *,
    by: Membership,
    measure: Measure | None,
    fields: Fields,
    seen: str | None = None,
    baseline: float | None = None,
    baseline_on: date | None = None,
    at: datetime | None = None,
) -> Measure:
    """As `name_measure`, with where pupils are now when that is known."""
    measure = name_measure(goal, by=by, fields=fields, measure=measure, seen=seen, at=at)
    if baseline is not None:
        on = baseline_on or (at or clock.now()).astimezone(clock.AMSTERDAM).date()
        set_down(measure, by=by, role=Measurement.Role.BASELINE, on=on, value=baseline, at=at)
    return measure


@transaction.atomic
def drop_measure(measure: Measure, *, by: Membership, at: datetime | None = None) -> None:
    """Away with it, and with what was found by it."""
    at = at or clock.now()
    goal = measure.goal
    goal.hold_open()
    _standing(measure)
    if goal.state == Goal.State.ADOPTED and goal.measures.count() == 1:
        raise Refused(_("Zonder meting weet je niet of het lukt. Voeg eerst een andere toe."))
    before = _said(measure)
    for measurement in measure.measurements.all():
        _forget(measurement)
    measure.delete()
    _note(goal, "measure", before, "", by, at)


@transaction.atomic
def set_down(
    measure: Measure,
    *,
    by: Membership,
    role: Measurement.Role,
    on: date,
    value: float | None = None,
    n: int | None = None,
    label: str = "",
    note: str = "",
    own_class: bool = False,
    results: Results | None = None,
    at: datetime | None = None,
) -> Measurement:
    """What was found on one day: a value, or the results of pupils from which it follows.

    Raises Refused when the goal has ended, when a colleague took the measure away, when results are too few to say
    something about (fewer than five), when there is neither a value nor results, when it lies before the baseline or
    the baseline after it, and when results of pupils would go unasked, for another baseline.
    """
    at = at or clock.now()
    goal = measure.goal
    goal.hold_open()
    measure = _standing(measure)
    _refuse_out_of_order(measure, role, on)
    before = _make_room(measure) if role == Measurement.Role.BASELINE else ""
    measurement = Measurement(
        measure=measure, role=role, on=on, label=label, note=note, own_class=own_class, by=by, at=at
    )
    if results is None:
        if n is not None and n < FEWEST:
            raise Refused(too_few())
        measurement.value, measurement.n = _stated(value), n
        if n and measure.kind == Measure.Kind.SHARE and 0 <= measurement.value <= 100:
            measurement.low, measurement.high = (100 * end for end in wilson(measurement.value / 100 * n, n))
        _save(measurement)
    else:
        _from_results(measurement, results)
    measure = Measure.objects.get(pk=measure.pk)  # what was read of its measurements before is of before
    if role == Measurement.Role.BASELINE:
        _weigh_anew(measure)
        _note(goal, "baseline", before, _said_of(measurement), by, at)
    elif role == Measurement.Role.LATER and goal.state == Goal.State.ADOPTED:
        measured = GoalMeasured(
            actor=by.as_actor, about=ThingId(goal.pk), measurement=ThingId(measurement.pk)
        )
        goal.community.record(measured, at=at)
    if role != Measurement.Role.BESIDE:
        brought = EvidenceBrought(
            actor=by.as_actor,
            about=ThingId(goal.pk),
            measurement=ThingId(measurement.pk),
            own_class=own_class,
        )
        goal.community.record(brought, at=at)
    return measurement


def _refuse_out_of_order(measure: Measure, role: Measurement.Role, on: date) -> None:
    begun, later = measure.baseline, measure.later
    if role == Measurement.Role.LATER and begun and on < begun.on:
        raise Refused(
            _("Het begin is van %(day)s. Een meting van daarvoor is geen meting onderweg.")
            % {"day": date_format(begun.on, "j F Y")}
        )
    if role == Measurement.Role.BASELINE and later and on > later[0].on:
        raise Refused(
            _("Er staat al een meting van %(day)s. Het begin ligt daarvoor.")
            % {"day": date_format(later[0].on, "j F Y")}
        )


def _make_room(measure: Measure) -> str:
    """For another baseline. What the former was."""
    former = measure.measurements.filter(role=Measurement.Role.BASELINE).first()
    if former is None:
        return ""
    if PupilResults.objects.filter(measurement=former).exists():
        raise Refused(_("Er staat al een begin, uit een bestand. Haal dat eerst weg als het anders moet."))
    before = _said_of(former)
    former.delete()
    return before


def _stated(value: float | None) -> float:
    if value is None:
        raise Refused(_("Vul de uitkomst in."))
    return value


def _save(measurement: Measurement) -> None:
    if measurement.measure.kind == Measure.Kind.SHARE and not 0 <= measurement.value <= 100:
        raise Refused(_("Een deel ligt tussen 0 en 100 procent."))
    measurement.full_clean()
    measurement.save()


def too_few() -> str:
    return _("Met minder dan vijf zegt een uitkomst iets over één van hen. Bespreek het samen.")


def why_not(measure: Measure, results: Results) -> str:
    """Why these results cannot be kept; "" when they can."""
    if len(results.codes) < FEWEST:
        return too_few()
    return _("Zeg eerst vanaf welke score het als gehaald telt.") if measure.has_no_share else ""


def _from_results(measurement: Measurement, results: Results) -> None:
    """Codes are hashed before anything is written."""
    measure = measurement.measure
    if problem := why_not(measure, results):
        raise Refused(problem)
    goal = measure.goal
    if not goal.salt:
        goal.salt = secrets.token_hex(32)
        goal.save(update_fields=["salt"])
    earlier = (
        PupilResults.objects.filter(measurement__measure=measure).order_by("measurement__on", "pk").first()
    )
    packed = pack(spelled_as(results, earlier.unpacked) if earlier else results, goal.salt)
    hashed = unpack(packed)
    measurement.value = 0  # until it is weighed
    summaries = _weigh(measurement, hashed)
    _save(measurement)
    PupilResults.objects.create(measurement=measurement, packed=packed)
    _keep(measurement, summaries)


def _weigh(measurement: Measurement, hashed: Results) -> list[Summary]:
    """What follows from results; the value of the measurement with it."""
    measure = measurement.measure
    before = None
    if measurement.role == Measurement.Role.LATER:
        baseline = measure.measurements.filter(role=Measurement.Role.BASELINE, results__isnull=False).first()
        before = baseline.results.unpacked if baseline else None
    summaries = weigh(hashed, threshold=measure.threshold, at_most=measure.lower_is_better, before=before)
    whole = summaries[0]
    measurement.n = whole.n
    if measure.kind == Measure.Kind.SHARE and whole.share:
        measurement.value, measurement.low, measurement.high = (100 * part for part in whole.share)
    else:
        measurement.value, measurement.low, measurement.high = whole.mean, whole.low, whole.high
    return summaries


def _keep(measurement: Measurement, summaries: list[Summary]) -> None:
    for summary in summaries:
        summary.measurement = measurement
    Summary.objects.bulk_create(summaries)


def _weigh_anew(measure: Measure) -> None:
    """Another baseline, or another score that counts: what follows from results follows from them again."""
    for measurement in measure.measurements.filter(results__isnull=False).select_related("results"):
        measurement.measure = measure
        summaries = _weigh(measurement, measurement.results.unpacked)
        measurement.save(update_fields=["value", "low", "high", "n"])
        measurement.summaries.all().delete()
        _keep(measurement, summaries)


@transaction.atomic
def take_away(measurement: Measurement, *, by: Membership, at: datetime | None = None) -> None:
    """A mistake: the measurement and all results in it are gone, and cannot be put back. Nothing happens when a
    colleague took it away already."""
    goal = measurement.measure.goal
    goal.hold_open()
    if not Measurement.objects.filter(pk=measurement.pk).exists():
        return
    before = _said_of(measurement)
    _forget(measurement)
    remove(measurement)
    _note(goal, "measurement", before, "", by, at or clock.now())


def remove(measurement: Measurement) -> None:
    """It is gone; what was set beside a baseline stands by itself again."""
    measurement.delete()
    if measurement.role == Measurement.Role.BASELINE:
        _weigh_anew(measurement.measure)


def _forget(measurement: Measurement) -> None:
    """After a restore of an older backup its results go again."""
    if PupilResults.objects.filter(measurement=measurement).exists():
        note_vanished("measurement", measurement.pk)


def _note(goal: Goal, part: str, before: str, after: str, by: Membership, at: datetime) -> None:
    if before != after:
        goal.note([Change(goal=goal, part=part, before=before, after=after, by=by, at=at)], by=by, at=at)


def _said(measure: Measure) -> str:
    """All by which it says another thing: a score that counts, lowered without a word, would make any goal reached."""
    said = measure.name
    if measure.threshold is not None:
        way = _("hoogstens %(score)s") if measure.lower_is_better else _("vanaf %(score)s")
        said += ", " + way % {"score": figures.number(measure.threshold, 2)}
    if measure.target is None:
        return f"{said} ({measure.said_unit})" if measure.said_unit else said
    target = figures.amount(measure.target, measure)
    return f"{said} → {_('hoogstens %(score)s') % {'score': target} if measure.aims_lower else target}"


def _said_of(measurement: Measurement) -> str:
    value = figures.said(measurement, measurement.measure)
    return f"{value} ({date_format(measurement.on, 'j F Y')})"
