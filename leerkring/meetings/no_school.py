"""What is said of a moment on which there is no school. It is a warning and never a refusal: a group knows best when
it comes together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from leerkring import clock
from leerkring.network.models import Holiday, School


def warnings(schools: Sequence[School], moments: Iterable[datetime]) -> Mapping[datetime, str]:
    """By moment, for those on which there is no school: in one question to the database."""
    days = {moment: moment.astimezone(clock.AMSTERDAM).date() for moment in moments}
    if not days:
        return {}
    holidays = list(
        Holiday.objects.filter(
            school__in=schools, first_day__lte=max(days.values()), last_day__gte=min(days.values())
        )
    )
    said = {moment: _warning(schools, holidays, day) for moment, day in days.items()}
    return {moment: says for moment, says in said.items() if says}


def _warning(schools: Sequence[School], holidays: Sequence[Holiday], day: date) -> str:
    off = {each.school_id: each.name for each in holidays if each.first_day <= day <= each.last_day}
    named = list(dict.fromkeys(off.values()))
    if not off:
        return _("Let op: dat is in het weekend.") if day.weekday() > 4 else ""
    said = {"holiday": named[0], "schools": ", ".join(str(each) for each in schools if each.pk in off)}
    if len(schools) == 1:
        return _("Let op: dan is het %(holiday)s.") % said
    if len(named) > 1:  # each school calls it something else
        return _("Let op: dan zijn vrij: %(schools)s.") % said
    return _("Let op: dan is het %(holiday)s bij %(schools)s.") % said
