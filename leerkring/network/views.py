"""Schools, their locations and their calendars, for who keeps them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerkring import clock
from leerkring.network.access import administrator, holiday_for, location_for, school_for, schools_for
from leerkring.network.forms import HolidayForm, LocationForm, SchoolForm, SchoolRevisionForm
from leerkring.network.models import Leadership, School
from leerkring.people.access import person


@require_safe
def schools(request: HttpRequest) -> HttpResponse:
    user = person(request)
    found = schools_for(user).select_related("board")
    if not (user.is_administrator or found.exists()):
        raise Http404
    return render(request, "network/schools.html", {"schools": found})


@require_http_methods(["GET", "HEAD", "POST"])
def open_school(request: HttpRequest) -> HttpResponse:
    """A new school; the administrator's act."""
    administrator(person(request))
    form = SchoolForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        school = School.open(**form.cleaned_data)
        messages.success(request, _("%(name)s is toegevoegd. Kijk de vakanties na.") % {"name": school.name})
        return redirect("network:calendar", school.pk)
    return render(request, "network/open_school.html", {"form": form})


@require_safe
def school(request: HttpRequest, school_id: int) -> HttpResponse:
    """What is known of a school: where it is, who leads it, when it is closed."""
    found = school_for(person(request), school_id)
    context = {
        "school": found,
        "locations": found.locations.all(),
        "leaders": Leadership.objects.current().of([found]).by_name(),
        "networks": found.networks.all(),
        "consents": found.staff_consents.standing().exists(),
        "coming": found.holidays.filter(last_day__gte=clock.today()).first(),
    }
    return render(request, "network/school.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def revise_school(request: HttpRequest, school_id: int) -> HttpResponse:
    """Other particulars; the administrator's act."""
    found = school_for(administrator(person(request)), school_id)
    form = SchoolRevisionForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        found.revise(**form.cleaned_data)
        messages.success(request, _("De gegevens van %(name)s zijn bewaard.") % {"name": found.name})
        return redirect("network:school", found.pk)
    # The form has already written what was typed into the school: its own name is read anew for the heading.
    known = school_for(person(request), school_id)
    return render(request, "network/revise_school.html", {"school": known, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def add_location(request: HttpRequest, school_id: int) -> HttpResponse:
    found = school_for(person(request), school_id)
    form = LocationForm(request.POST or None, school=found)
    if request.method == "POST" and form.is_valid():
        location = found.add_location(**form.cleaned_data)
        messages.success(request, _("%(name)s is toegevoegd.") % {"name": location.name})
        return redirect("network:school", found.pk)
    return render(request, "network/location.html", {"school": found, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def location(request: HttpRequest, school_id: int, location_id: int) -> HttpResponse:
    """Another name or place for a building, or taking it off the list."""
    found = location_for(person(request), school_id, location_id)
    form = LocationForm(request.POST or None, instance=found, school=found.school)
    if request.method == "POST" and form.is_valid():
        found.revise(**form.cleaned_data)
        messages.success(request, _("De gegevens van %(name)s zijn bewaard.") % {"name": found.name})
        return redirect("network:school", school_id)
    context = {"school": found.school, "location_id": location_id, "form": form}
    return render(request, "network/location.html", context)


@require_POST
def close_location(request: HttpRequest, school_id: int, location_id: int) -> HttpResponse:
    found = location_for(person(request), school_id, location_id)
    found.close()
    messages.success(request, _("De locatie %(name)s is weggehaald.") % {"name": found.name})
    return redirect("network:school", school_id)


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


@require_http_methods(["GET", "HEAD", "POST"])
def drop_holiday(request: HttpRequest, school_id: int, holiday_id: int) -> HttpResponse:
    """Off the calendar, after a page that names it: its weeks count as school weeks from then on."""
    holiday = holiday_for(person(request), school_id, holiday_id)
    if request.method == "POST":
        holiday.school.drop_holiday(holiday)
        said = _("%(name)s staat niet meer op de kalender. Die dagen tellen nu als schooldagen.")
        messages.success(request, said % {"name": holiday.name})
        return redirect("network:calendar", school_id)
    return render(request, "network/drop_holiday.html", {"holiday": holiday})
