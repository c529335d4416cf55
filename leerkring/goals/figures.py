"""What was found, in words and numbers: with how many, how sure, and what it is called."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leerkring.goals.models.measure import Measure, Measurement, Summary
from leerkring.goals.weighing import ENOUGH
from leerkring.ui.charts import Reading
from leerkring.ui.percent import percent as written


def number(value: float, digits: int = 1) -> str:
    """In the reader's own writing, without zeros at the end."""
    while digits and round(value, digits) == round(value, digits - 1):
        digits -= 1
    return number_format(round(value, digits) + 0.0, digits)


def percent(value: float) -> str:
    """`55%`."""
    return written(number(value, 0))


def amount(value: float, measure: Measure) -> str:
    """`55%`, or `6,4 punten`."""
    if measure.kind == Measure.Kind.SHARE:
        return percent(value)
    return f"{number(value)} {measure.unit}".strip()


def said(measurement: Measurement, measure: Measure) -> str:
    return amount(measurement.value, measure)


def between(low: float | None, high: float | None, measure: Measure | None = None) -> str:
    """`tussen 41% en 68%`; "" when nothing can be said."""
    if low is None or high is None:
        return ""
    ends = (amount(low, measure), amount(high, measure)) if measure else (number(low, 2), number(high, 2))
    return _("tussen %(low)s en %(high)s") % {"low": ends[0], "high": ends[1]}


@dataclass(frozen=True)
class Line:
    """One thing known: what, how much, how sure."""

    what: str
    value: str
    range: str = ""


@dataclass(frozen=True)
class Found:
    """One measurement as it is shown."""

    measurement: Measurement
    value: str
    range: str
    lines: tuple[Line, ...]
    #: Of the same pupils, or of two groups.
    beside: str
    groups: tuple[Group, ...]
    #: Not so many that all may be shown.
    withheld: bool


@dataclass(frozen=True)
class Group:
    dimension: str
    name: str
    n: int
    value: str
    range: str
    change: str


def found(measure: Measure) -> list[Found]:
    """All measurements, in order of time; what is set beside stands last."""
    baseline = [measure.baseline] if measure.baseline else []
    return [_found(m, measure) for m in (*baseline, *measure.later, *measure.beside)]


def _found(measurement: Measurement, measure: Measure) -> Found:
    summaries = list(measurement.summaries.all())
    whole = next((s for s in summaries if not s.dimension), None)
    groups = [s for s in summaries if s.dimension]
    return Found(
        measurement=measurement,
        value=said(measurement, measure),
        range=between(measurement.low, measurement.high, measure),
        lines=tuple(_lines(whole, measure)) if whole else (),
        beside=_beside(whole) if whole else "",
        groups=tuple(_group(s, measure) for s in groups if s.is_shown),
        withheld=any(not s.is_shown for s in groups),
    )


def _lines(whole: Summary, measure: Measure) -> list[Line]:
    unit = "" if measure.kind == Measure.Kind.SHARE else measure.unit
    lines = [
        Line(_("Gemiddelde score"), f"{number(whole.mean, 2)} {unit}".strip(), between(whole.low, whole.high))
    ]
    if whole.sd is not None:
        lines.append(Line(_("Spreiding (standaardafwijking)"), number(whole.sd, 2)))
    if whole.share:
        value, low, high = (percent(100 * part) for part in whole.share)
        at = _("%(at)s van %(n)s") % {"at": whole.at_target, "n": whole.n}
        ends = _("tussen %(low)s en %(high)s") % {"low": low, "high": high}
        lines.append(Line(_("Haalt het"), f"{at} ({value})", ends))
    if whole.change is not None:
        what = (
            _("Verandering sinds het begin, van wie er beide keren was")
            if whole.is_paired
            else _("Verschil met het begin, twee groepen")
        )
        lines.append(Line(what, _signed(whole.change, unit), between(whole.change_low, whole.change_high)))
    if whole.effect is not None:
        what = (
            _("Gestandaardiseerde gemiddelde verandering (van wie er beide keren was)")
            if whole.is_paired
            else _("Hedges’ g (twee groepen)")
        )
        lines.append(Line(what, _signed(whole.effect), between(whole.effect_low, whole.effect_high)))
    return lines


def _signed(value: float, unit: str = "") -> str:
    sign = "+" if value > 0 else ""
    return f"{sign}{number(value, 2)} {unit}".strip()


def _beside(whole: Summary) -> str:
    if whole.is_paired:
        return ngettext("%(n)s was er beide keren.", "%(n)s waren er beide keren.", whole.pairs) % {
            "n": whole.pairs
        }
    if whole.change is not None and whole.pairs >= ENOUGH * whole.n:
        return _(
            "Een paar waren er niet beide keren. Uit de verandering van de anderen kon je hun score "
            "uitrekenen. Daarom vergelijken we hier twee groepen."
        )
    if whole.change is not None:
        return _("Weinig codes kwamen overeen: we vergelijken twee groepen.")
    return ""


def _group(one: Summary, measure: Measure) -> Group:
    if measure.kind == Measure.Kind.SHARE and one.share:
        value, low, high = (100 * part for part in one.share)
        said_range = between(low, high, measure)
    else:
        value, said_range = one.mean, between(one.low, one.high, measure)
    change = _signed(one.change) if one.change is not None else ""
    return Group(one.dimension, one.group, one.n, amount(value, measure), said_range, change)


def groups_over_time(measure: Measure) -> dict[str, dict[str, list[Reading]]]:
    """By way of grouping and by group: what was found at each moment. A group that may not be shown at one moment is
    shown at none; a way with fewer than two groups is none."""
    moments = [
        m for m in ([measure.baseline] if measure.baseline else []) + measure.later if m.summaries.all()
    ]
    hidden = {(s.dimension, s.group) for m in moments for s in m.summaries.all() if not s.is_shown}
    found: dict[str, dict[str, list[Reading]]] = {}
    for moment in moments:
        for one in moment.summaries.all():
            if one.dimension and (one.dimension, one.group) not in hidden:
                lines = found.setdefault(one.dimension, {})
                lines.setdefault(one.group, []).append(_reading(moment, one, measure))
    return {dimension: lines for dimension, lines in found.items() if len(lines) > 1}


def _reading(moment: Measurement, one: Summary, measure: Measure) -> Reading:
    if measure.kind == Measure.Kind.SHARE and one.share:
        value, low, high = (100 * part for part in one.share)
        return Reading(moment.on, value, low, high, one.n)
    return Reading(moment.on, one.mean, one.low, one.high, one.n)
