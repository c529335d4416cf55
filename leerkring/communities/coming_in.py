"""What the ways in share: limits, waiting for a code, and the welcome."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from leerkring.communities.models import Admission, Arrival, Membership
from leerkring.ui.refusal import Refused
from leerkring.ui.templatetags.ui import school_moment

_WAITING = "arrival"


def is_too_often(action: str, request: HttpRequest, key: str | None = None) -> bool:
    """One more of `action` (settings.ACCOUNT_RATE_LIMITS) from this address and about `key`. Looking at an address is
    trying it: of that allauth has to be told, which its public function cannot be."""
    app = "allauth.account"
    return not ratelimit.consume(request, app=app, action=action, key=key, limit_get=True)


def limit(action: str, request: HttpRequest, key: str | None = None) -> None:
    """As `is_too_often`; `Refused` when it is."""
    if is_too_often(action, request, key):
        raise Refused(_("Dat was te vaak achter elkaar. Wacht een paar minuten en probeer het opnieuw."))


def wait_for_code(request: HttpRequest, arrival: Arrival) -> HttpResponse:
    """On to the page that takes the code; only this browser can give it."""
    request.session[_WAITING] = arrival.pk
    return redirect("communities:prove")


def arrival_of(request: HttpRequest) -> Arrival | None:
    """Who waits for a code in this browser. `Refused` when the door was closed, or its community ended, meanwhile."""
    waiting = request.session.get(_WAITING)
    if waiting is None:
        return None
    found = Arrival.objects.select_related("door__community__school", "invitation__community__school")
    arrival = found.select_related("school", "location").filter(pk=waiting).first()
    if arrival is None or arrival.community.ended_at:
        del request.session[_WAITING]
        raise Refused(
            _("De deur is dicht, of het duurde te lang. Vraag je procesbegeleider om een uitnodiging.")
        )
    return arrival


def waits_at(request: HttpRequest) -> str:
    """The address to which this browser's code goes; "" when it waits for none."""
    waiting = request.session.get(_WAITING)
    arrival = Arrival.objects.filter(pk=waiting).first() if waiting else None
    return arrival.email if arrival else ""


def forget(request: HttpRequest) -> None:
    request.session.pop(_WAITING, None)


def welcome(request: HttpRequest, came: Membership | Admission) -> HttpResponse:
    """In; or the question has gone to all members, and one hears when it closes."""
    if isinstance(came, Admission):
        day = school_moment(came.closes_at)
        messages.success(request, _("Alle leden krijgen nu de vraag. Op %(day)s hoor je het.") % {"day": day})
        return redirect("communities:asked")
    messages.success(request, _("Welkom! Je doet mee met %(name)s.") % {"name": came.community.name})
    return redirect("today:community", came.community_id)
