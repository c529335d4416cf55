"""What was agreed: open first, and what became of the rest. Never who kept how many."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerkring.communities import inbox
from leerkring.communities.access import Here
from leerkring.communities.models import Membership, Notice
from leerkring.communities.rooms import room
from leerkring.insights.models import Trying
from leerkring.meetings.access import agreement_for, meeting_for, next_of
from leerkring.meetings.agreement_forms import AgreementForm
from leerkring.meetings.live import elsewhere
from leerkring.meetings.models import Agreement, AgreementSet, Meeting
from leerkring.meetings.models.agreement import DUE, OF_GUEST
from leerkring.ui.forms import posted_with, refusals_on
from leerkring.ui.refusal import Overtaken

#: How many are shown, and how many of those that are no longer open.
MOST, LAST = 100, 30


def _all(here: Here) -> AgreementSet:
    who = Prefetch("who", Membership.objects.select_related("user"))
    return Agreement.objects.filter(community=here.community).select_related("meeting").prefetch_related(who)


def _tries(here: Here) -> list[Trying]:
    """What the reader would try: a promise as well."""
    found = Trying.objects.to_tell().filter(member=here.membership)
    return list(found.select_related("insight__author__user", "insight__of__user")[:MOST])


def _read(here: Here, shown: list[Agreement]) -> None:
    """What is asked about these waits no longer; what stands on another page still does."""
    if here.user.unread:
        asked = Notice.objects.filter(user=here.user, kind__in=[DUE, OF_GUEST], thing_kind="agreement")
        inbox.read(here.user, asked.filter(thing_id__in=[agreement.pk for agreement in shown]))


@dataclass(frozen=True)
class Open:
    """One that stands open. `made_in`: the meeting in which it was made. `to`: where it is looked at again, of one that
    was carried over; None when no date of that is known yet."""

    agreement: Agreement
    made_in: Meeting | None
    to: Meeting | None = None


def _opened(here: Here, found: AgreementSet) -> list[Open]:
    agreements = list(found.open().by_day()[:MOST])
    carried = [agreement.pk for agreement in agreements if agreement.carried]
    if not carried:
        return [Open(each, each.meeting) for each in agreements]
    first, began_in = next_of(here), Agreement.began_in(carried)
    return [
        Open(each, began_in.get(each.pk), _where(each, first)) if each.carried else Open(each, each.meeting)
        for each in agreements
    ]


def _where(agreement: Agreement, first: Meeting | None) -> Meeting | None:
    """It was taken along to one that is still to come, or from one that was: then the next one begins with it."""
    taken = agreement.meeting
    return taken if taken and taken.closed_at is None and taken.is_ahead else first


@require_safe
@room()
def agreements(request: HttpRequest, here: Here) -> HttpResponse:
    """All of the group's, or with ?van=mij what I do."""
    mine = request.GET.get("van") == "mij"
    found = _all(here).of(here.membership) if mine else _all(here)
    still_open = _opened(here, found)
    ended = list(found.exclude(state=Agreement.State.OPEN).order_by("-closed_at", "-pk")[:LAST])
    _read(here, [*(each.agreement for each in still_open), *ended])
    context = {
        "here": here,
        "mine": mine,
        "open": still_open,
        "ended": ended,
        "states": Agreement.State,
        "tries": lambda: _tries(here) if mine else [],
    }
    return render(request, "meetings/agreements.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@room("decide")
def new(request: HttpRequest, here: Here) -> HttpResponse:
    """Agreed between two meetings."""
    form = AgreementForm(request.POST or None, here=here)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            Agreement.make(here.community, by=here.membership, **form.said())
            messages.success(request, _("Afgesproken."))
            return redirect("meetings:agreements", here.community.pk)
    return render(request, "meetings/agreement.html", {"here": here, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@room("decide")
def edit(request: HttpRequest, here: Here, agreement_id: int) -> HttpResponse:
    """Say it better. Who was overtaken by a colleague keeps what was typed, beside what stands now."""
    found = agreement_for(here, agreement_id)
    if request.method != "POST" and found.state != Agreement.State.OPEN:
        return redirect("meetings:agreements", here.community.pk)
    form = AgreementForm(request.POST or None, instance=found, here=here)
    overtaken = None
    if request.method == "POST" and form.is_valid():
        try:
            with refusals_on(form):
                # As it stands: the form put what was typed in the one that was found for it.
                standing, seen = agreement_for(here, agreement_id), form.cleaned_data["revision"]
                standing.revise(by=here.membership, seen=seen, **form.said())
                messages.success(request, _("De afspraak is bijgewerkt."))
                return redirect("meetings:agreements", here.community.pk)
        except Overtaken as by_colleague:
            overtaken = by_colleague.standing
            said = posted_with(request, revision=overtaken.revision)
            form = AgreementForm(said, instance=found, here=here)
    context = {"here": here, "agreement": found, "form": form, "overtaken": overtaken}
    return render(request, "meetings/agreement.html", context)


def _settle(request: HttpRequest, here: Here, agreement: Agreement) -> None:
    """Done, let go, or open again after a slip."""
    if "weer" in request.POST:
        elsewhere.settle(agreement, "", by=here.membership)
        messages.success(request, _("De afspraak staat weer open."))
    else:
        kept = "gedaan" in request.POST
        elsewhere.settle(agreement, "kept" if kept else "let_go", by=here.membership)
        messages.success(request, _("Gedaan!") if kept else _("Losgelaten. Dat mag ook."))


@require_POST
@room("decide")
def close(request: HttpRequest, here: Here, agreement_id: int) -> HttpResponse:
    """From the list, or from Vandaag: back to where one was."""
    _settle(request, here, agreement_for(here, agreement_id))
    if "vandaag" in request.POST.values():
        return redirect("today:community", here.community.pk)
    return redirect("meetings:agreements", here.community.pk)


@require_POST
@room("decide")
def look_back(request: HttpRequest, here: Here, meeting_id: int, agreement_id: int) -> HttpResponse:
    """At the beginning of the next meeting: done, let go, or taken along."""
    meeting, agreement = meeting_for(here, meeting_id), agreement_for(here, agreement_id)
    if "mee" in request.POST:
        elsewhere.settle(agreement, "carried", by=here.membership, meeting=meeting)
        messages.success(request, _("De afspraak schuift door naar de volgende keer."))
    else:
        _settle(request, here, agreement)
    return redirect("meetings:meeting", here.community.pk, meeting.pk)
