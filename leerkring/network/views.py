"""Schools and their calendars, for who keeps them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerkring import clock
from leerkring.network.access import holiday_for, school_for, schools_for
from leerkring.network.forms import HolidayForm, SchoolForm
from leerkring.network.models import School
from leerkring.people.access import person


@require_safe
def schools(request: HttpRequest) -> HttpResponse:
    user = person(request)
    found = schools_for(user)
    if not (user.is_administrator or found.exists()):
        raise Http404
    return render(request, "network/schools.html", {"schools": found})


@require_http_methods(["GET", "HEAD", "POST"])
def open_school(request: HttpRequest) -> HttpResponse:
    """A new school; the administrator's act."""
    if not person(request).is_administrator:
        raise Http404
    form = SchoolForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        school = School.open(**form.cleaned_data)
        messages.success(request, _("%(name)s is toegevoegd. Kijk de vakanties na.") % {"name": school.name})
        return redirect("network:calendar", school.pk)
    return render(request, "network/open_school.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest, school_id: int) -> HttpResponse:
    """The school's holidays, and adding one."""
    school = school_for(person(request), school_id)
    form = HolidayForm(request.POST or None, school=school)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        school.keep_holiday(name=said["name"], first_day=said["first_day"], last_day=said["last_day"])
        messages.success(request, _("%(name)s staat op de kalender.") % {"name": said["name"]})
        return redirect("network:calendar", school.pk)
    holidays = list(school.holidays.all())
    context = {
        "school": school,
        "form": form,
        "coming": [h for h in holidays if h.last_day >= clock.today()],
        "past": [h for h in holidays if h.last_day < clock.today()],
    }
    return render(request, "network/calendar.html", context)


@require_POST
def drop_holiday(request: HttpRequest, school_id: int, holiday_id: int) -> HttpResponse:
    holiday = holiday_for(person(request), school_id, holiday_id)
    holiday.school.drop_holiday(holiday)
    messages.success(request, _("%(name)s is weggehaald.") % {"name": holiday.name})
    return redirect("network:calendar", school_id)
