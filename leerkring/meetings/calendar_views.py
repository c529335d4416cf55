"""Mijn agenda: an address for one's own calendar program, what it reads there, and one meeting as a file."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from leerkring import clock
from leerkring.communities.access import Here
from leerkring.communities.coming_in import is_too_often
from leerkring.communities.rooms import room
from leerkring.meetings import calendar
from leerkring.meetings.access import meeting_for
from leerkring.meetings.feed import Shown
from leerkring.meetings.models import CalendarFeed
from leerkring.people.access import person

_TYPE = "text/calendar; charset=utf-8"


@never_cache
@require_safe
def own_calendar(request: HttpRequest) -> HttpResponse:
    """The address itself stands here, so no copy of this page is kept."""
    feed = CalendarFeed.objects.filter(user=person(request)).first()
    return render(request, "meetings/own_calendar.html", {"feed": feed})


@require_POST
def begin_feed(request: HttpRequest) -> HttpResponse:
    user = person(request)
    had_one = CalendarFeed.objects.filter(user=user).exists()
    CalendarFeed.begin(user, at=clock.now())
    done = _("Dit is je nieuwe adres. Het oude werkt niet meer.") if had_one else _("Dit is je adres.")
    messages.success(request, done)
    return redirect("meetings:own_calendar")


@require_POST
def stop_feed(request: HttpRequest) -> HttpResponse:
    CalendarFeed.stop(person(request), at=clock.now())
    messages.success(
        request, _("Het adres werkt niet meer. Wat al in je agenda staat, haal je daar zelf weg.")
    )
    return redirect("meetings:own_calendar")


@login_not_required
@sensitive_variables("token", "found")
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """For a calendar program, which has no session: who has the address reads along."""
    if is_too_often("find_feed", request):
        return _wait()
    found = CalendarFeed.find(token)
    if found is None:
        raise Http404
    if is_too_often("read_feed", request, found.key):
        return _wait()
    with override(found.user.language or settings.LANGUAGE_CODE):
        return _unless_known(request, Shown.of(found))


def _unless_known(request: HttpRequest, shown: Shown) -> HttpResponse:
    tag = shown.tag
    response = get_conditional_response(request, etag=tag)
    if response is None:
        response = HttpResponse(shown.file(), content_type=_TYPE)
    response["ETag"] = tag
    response["Content-Disposition"] = 'inline; filename="leerkring.ics"'
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _wait() -> HttpResponse:
    return HttpResponse(status=429, headers={"Retry-After": "3600", "Cache-Control": "no-store"})


@require_safe
@room()
def calendar_file(request: HttpRequest, here: Here, meeting_id: int) -> HttpResponse:
    """One meeting, to put into any calendar by hand."""
    meeting = meeting_for(here, meeting_id)
    if meeting.starts_at is None:
        raise Http404
    name = {"Content-Disposition": 'attachment; filename="bijeenkomst.ics"'}
    return HttpResponse(calendar.published([meeting]), content_type=_TYPE, headers=name)
