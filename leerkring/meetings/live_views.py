"""Into a live room: by the page of the meeting, or by the code on the board; and the room itself."""

from __future__ import annotations

from functools import partial
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerkring import clock
from leerkring.communities.access import Here
from leerkring.communities.coming_in import limit
from leerkring.communities.models import Membership
from leerkring.communities.rooms import room
from leerkring.meetings import handouts
from leerkring.meetings.access import (
    known_at_the_door,
    known_on,
    live_by_code,
    live_for,
    meeting_for,
    meeting_of_member,
    member_of,
    participant_for,
    refuse_by_name,
)
from leerkring.meetings.live import coming, store
from leerkring.meetings.live.socket import cookie_name
from leerkring.meetings.live.words import setting
from leerkring.meetings.live_forms import FindForm, LinkForm, NameForm, PhotoForm, WithoutDeviceForm
from leerkring.meetings.models import Live, Meeting, Participant
from leerkring.meetings.workform_library import form_of
from leerkring.people.models import User
from leerkring.people.sessions import kept
from leerkring.ui.charts.code import code
from leerkring.ui.forms import refusals_on
from leerkring.ui.languages import language
from leerkring.ui.refusal import Refused

#: How long a device knows the room it is in: a phone that was away may come back after the meeting.
A_WEEK = 7 * 24 * 3600


def _enter(request: HttpRequest, live: Live, token: str) -> HttpResponse:
    """On to the room, with what this device is known by there."""
    response = redirect("meetings:room", live.pk)
    response.set_cookie(
        cookie_name(live.pk),
        token,
        max_age=A_WEEK,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@room()
def lobby(request: HttpRequest, here: Here, meeting_id: int) -> HttpResponse:
    """Before the room: begin it, or come in."""
    meeting = meeting_for(here, meeting_id)
    other_day = meeting.state == Meeting.State.PLANNED and meeting.day != clock.today()
    # A meeting that began cannot be planned again: on another day than it was planned for, that is asked once.
    asks = other_day and "begin" in request.POST and "toch" not in request.POST
    if request.method == "POST" and not asks:
        with refusals_on(None):
            live = (
                coming.open_room(meeting, by=here.membership, find=partial(form_of, here.community))
                if "begin" in request.POST
                else live_for(meeting)
            )
            return _enter(request, live, coming.come_in(live, here.membership, session=_session(request)))
    leads = here.may_lead or meeting.turns.filter(role="facilitator", member=here.membership).exists()
    context = {"here": here, "meeting": meeting, "leads": leads, "states": Meeting.State, "asks": asks}
    return render(request, "meetings/lobby.html", context)


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """For who types the code that hangs on the board."""
    form = FindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        limit("find_meeting", request)
        live = live_by_code(form.cleaned_data["code"])
        if live:
            return redirect("meetings:by_code", live.code)
        form.add_error("code", _("Er is nu geen bijeenkomst met deze code. Kijk nog eens op het bord."))
    return render(request, "meetings/find.html", {"form": form})


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """Who scanned the code, or typed it: a member by one button, anyone else by a name."""
    limit("find_meeting", request)
    live = live_by_code(code.upper())
    if live is None:
        raise Http404
    user = request.user if isinstance(request.user, User) else None
    member = member_of(live, user) if user else None
    if user and member is None:
        refuse_by_name(live, user)
    known = known_at_the_door(request, live, member)
    if known and known.member_id:
        return redirect("meetings:room", live.pk)  # this device is in it already
    form = NameForm(request.POST or None, initial={"name": user.name} if user else None)
    if request.method == "POST" and (member or form.is_valid()):
        with refusals_on(None if member else form):
            token = (
                coming.come_in(live, member, session=_session(request))
                if member
                else coming.come_by_name(live, form.cleaned_data["name"])
            )
            return _enter(request, live, token)
    # Who came in by name has not signed in: on a laptop that is shared it may be another by now.
    context = {"form": form, "live": live, "member": member, "known": known}
    return render(request, "meetings/by_code.html", context)


def _session(request: HttpRequest) -> str:
    """As its key is kept."""
    return kept(request.session.session_key)


@never_cache
@login_not_required
@require_safe
def live_room(request: HttpRequest, live_id: int) -> HttpResponse:
    """The room on this screen; with ?bord=1 what hangs before the class. A member who did not come in on this device
    is led to where one does."""
    participant = known_on(request, live_id)
    if participant is None:
        meeting = meeting_of_member(request.user, live_id)
        return redirect("meetings:lobby", meeting.community_id, meeting.pk)
    live = participant.live
    board = request.GET.get("bord") == "1"
    address = settings.BASE_URL + reverse("meetings:by_code", args=[live.code])
    context: dict[str, Any] = {
        "live": live,
        "board": board,
        "setting": setting(live, participant, board=board),
        "leads": _leads(participant),
        "place": settings.BASE_URL.partition("://")[2] + reverse("meetings:find"),
        "qr": _drawn(address),
    }
    if context["leads"] and not board:
        context |= {
            "without": WithoutDeviceForm(live=live),
            "photo": PhotoForm(live=live),
            "link": LinkForm(live=live),
            # With only a board it begins with who is there.
            "asks_who": live.meeting.board_only and live.participants.count() == 1,
        }
    return render(request, "meetings/live.html", context)


def _drawn(address: str) -> str:
    """The code on the board: to draw it is a quarter of this page, for which all who come in ask."""
    fragments = caches["template_fragments"]
    return cast(str, fragments.get_or_set(f"code.{language()}.{address}", lambda: code(address), A_WEEK))


def _leads(participant: Participant) -> bool:
    """Who may write people down: a facilitator, and who has a role for it in this meeting."""
    member = participant.member
    if member is None:
        return False
    turns = participant.live.meeting.turns.filter(member=member, role__in=["facilitator", "scribe"])
    return member.may_lead or turns.exists()


def _led(request: HttpRequest, live_id: int) -> Live:
    return _leader(request, live_id)[0]


def _leader(request: HttpRequest, live_id: int) -> tuple[Live, Membership]:
    participant = participant_for(request, live_id)
    if participant.member is None or not _leads(participant):
        raise Http404
    return participant.live, participant.member


@login_not_required
@require_POST
def write_down(request: HttpRequest, live_id: int) -> HttpResponse:
    """Somebody is there without a device, or everyone is."""
    live = _led(request, live_id)
    form = WithoutDeviceForm(request.POST, live=live)
    if form.is_valid():
        people = [("", member) for member in form.cleaned_data["members"]]
        if name := form.cleaned_data["name"].strip():
            people.append((name, None))
        for name, member in people:
            try:
                coming.write_down(live, name=name, member=member)
            except Refused as refused:  # one of them; the others are there
                messages.error(request, str(refused))
    else:
        messages.error(request, _("Kies iemand, of vul een naam in."))
    return redirect("meetings:room", live.pk)


@login_not_required
@require_POST
def photo(request: HttpRequest, live_id: int) -> HttpResponse:
    """The paper cards of a step, as they hang on the wall."""
    live, member = _leader(request, live_id)
    form = PhotoForm(request.POST, request.FILES, live=live)
    if form.is_valid():
        file, step = form.cleaned_data["file"], form.cleaned_data["step"]
        if step is None:
            step = form.place_of_cards(store.load(live).room.at)
        with refusals_on(form):
            handouts.bring(live.meeting, by=member, name=file.name or "", content=file.read(), step=step)
            messages.success(request, _("De foto staat straks in de notulen."))
    for problems in form.errors.values():
        messages.error(request, str(problems[0]))
    return redirect("meetings:room", live.pk)


@login_not_required
@require_POST
def link(request: HttpRequest, live_id: int) -> HttpResponse:
    """Who came in by name only is this member."""
    live = _led(request, live_id)
    form = LinkForm(request.POST, live=live)
    if form.is_valid():
        coming.link(live, form.cleaned_data["participant"], form.cleaned_data["member"])
    else:
        messages.error(request, _("Kies wie het is. Wie al meedoet, staat er niet bij."))
    return redirect("meetings:room", live.pk)


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest, live_id: int) -> HttpResponse:
    """Who came in by name only has an account, and takes what they gave as their own."""
    participant = participant_for(request, live_id)
    live = participant.live
    member = member_of(live, request.user) if isinstance(request.user, User) else None
    if request.method == "POST" and member:
        coming.link(live, participant, member)
        messages.success(request, _("Bewaard. Wat je schreef, staat nu op jouw naam."))
        return redirect("meetings:minutes", live.meeting.community_id, live.meeting_id)
    return render(request, "meetings/keep.html", {"live": live, "participant": participant, "member": member})
