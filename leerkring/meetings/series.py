"""Several meetings at once, as a form asks for them: repeated, or over a school year."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leerkring import clock
from leerkring.communities import thread
from leerkring.communities.access import Here
from leerkring.meetings import planning, schoolyear
from leerkring.meetings.choosing import workforms_for
from leerkring.meetings.forms import NewForm, moment_of
from leerkring.network.calendar import calendar_of
from leerkring.ui.templatetags.ui import school_date


def items_of(here: Here, key: str) -> list[planning.Fields]:
    """The work form of that key as the first thing on an agenda; nothing when there is none."""
    found = ((k, title, minutes) for k, title, minutes in workforms_for(here) if k == key)
    return [{"title": title[:200], "minutes": minutes, "workform": k} for k, title, minutes in found]


def repeat(
    here: Here, form: NewForm, *, items: Sequence[planning.Fields], follows: thread.Thing | None
) -> str:
    """Plan what the form asks for, each with `items` on its agenda; the sentence that says what was moved because of
    a holiday."""
    said, fields = form.cleaned_data, form.plan()
    planning.refuse_outside(fields["starts_at"], clock.now())  # before the calendar counts on from there
    fallen = schoolyear.days(
        calendar_of(here.community.school), said["on"], every=said["repeat"], times=said["times"]
    )
    planning.plan_series(
        by=here.membership,
        title=fields["topic"],
        meetings=[{**fields, "starts_at": moment_of(each.day, said["begins"])} for each in fallen],
        items=[items] * len(fallen),
        follows=follows,
    )
    return planned(len(fallen), fallen)


def planned(count: int, fallen: Sequence[schoolyear.Fallen]) -> str:
    says = ngettext("%(count)s bijeenkomst staat erin.", "%(count)s bijeenkomsten staan erin.", count) % {
        "count": count
    }
    moved = [
        _("%(was)s werd %(day)s") % {"was": school_date(each.instead_of), "day": school_date(each.day)}
        for each in fallen
        if each.instead_of
    ]
    if moved:
        says += " " + _("Vanwege een vakantie verschoven: %(days)s.") % {"days": "; ".join(moved)}
    return says
