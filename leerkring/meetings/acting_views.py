"""What is done with one meeting: its date, its agenda, its roles, its files."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerkring.communities.access import Here
from leerkring.communities.rooms import room
from leerkring.meetings import agenda, handouts, page, planning, polling, turns
from leerkring.meetings.access import handout_for, item_for, meeting_for, option_for
from leerkring.meetings.forms import HandoutForm, ItemForm, MomentForm, TurnsForm
from leerkring.meetings.models import Meeting, OptionAnswer
from leerkring.meetings.workform import Role
from leerkring.meetings.workform_words import ROLES
from leerkring.ui.forms import posted_with, refusals_on


def _back(here: Here, meeting: Meeting, part: str = "") -> HttpResponse:
    answer = redirect("meetings:meeting", here.community.pk, meeting.pk)
    if part:
        answer.headers["Location"] += f"#{part}"
    return answer


def _is_too_late(request: HttpRequest, meeting: Meeting) -> bool:
    """Whether a form need not be shown any more. What is sent goes on to the verb, which says why not."""
    return request.method != "POST" and not meeting.is_ahead


# Looking for a date


@require_POST
@room()
def answer(request: HttpRequest, here: Here, meeting_id: int) -> HttpResponse:
    """What I say of each moment."""
    found = meeting_for(here, meeting_id)
    says = {
        option.pk: said
        for option in found.options.all()
        if (said := request.POST.get(f"moment-{option.pk}", "")) in OptionAnswer.Says.values
    }
    polling.answer(found, by=here.membership, says=says)
    if says:
        messages.success(request, _("Dank je wel. Je hoort het als er een datum is."))
    return _back(here, found)


@require_http_methods(["GET", "HEAD", "POST"])
@room("lead")
def choose(request: HttpRequest, here: Here, meeting_id: int, option_id: int) -> HttpResponse:
    """Everyone is told at once, and it cannot be taken back: first it is said what will happen."""
    option = option_for(here, meeting_id, option_id)
    if request.method == "POST":
        polling.choose(option.meeting, option, by=here.membership)
        if option.meeting.replies.exists():
            messages.success(request, _("De datum staat vast. Wie kon, staat op ‘ik kom’."))
        else:
            messages.success(request, _("De datum staat vast. Ieder zegt nu nog of die komt."))
        return _back(here, option.meeting)
    if option.meeting.state != Meeting.State.POLL:
        return _back(here, option.meeting)
    moments = page.Shown(here, option.meeting).moments
    moment = next(each for each in moments if each.option == option)
    return render(
        request, "meetings/choose.html", {"here": here, "meeting": option.meeting, "moment": moment}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@room("lead")
def add_moment(request: HttpRequest, here: Here, meeting_id: int) -> HttpResponse:
    found = meeting_for(here, meeting_id)
    if request.method != "POST" and found.state != Meeting.State.POLL:
        return _back(here, found)
    form = MomentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            polling.add(found, by=here.membership, moment=form.moment)
            messages.success(request, _("Het moment staat erbij."))
            return _back(here, found)
    return render(request, "meetings/moment.html", {"here": here, "meeting": found, "form": form})


@require_POST
@room("lead")
def drop_moment(request: HttpRequest, here: Here, meeting_id: int, option_id: int) -> HttpResponse:
    option = option_for(here, meeting_id, option_id)
    polling.drop(option.meeting, option, by=here.membership)
    return _back(here, option.meeting)


# The agenda


@require_http_methods(["GET", "HEAD", "POST"])
@room("decide")
def add_item(request: HttpRequest, here: Here, meeting_id: int) -> HttpResponse:
    """Every member may propose something. A step of the mirror fills in `werkvorm` or `onderwerp`."""
    found = meeting_for(here, meeting_id)
    if _is_too_late(request, found):
        return _back(here, found)
    asked = {"workform": request.GET.get("werkvorm", ""), "title": request.GET.get("onderwerp", "")[:200]}
    form = ItemForm(request.POST or None, here=here, initial={"workform": asked["workform"]})
    if any(asked.values()):
        form.choose({**asked, "minutes": ""})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            agenda.add(found, by=here.membership, fields=form.said())
            messages.success(request, _("Het staat op de agenda."))
            return _back(here, found, "agenda")
    return render(request, "meetings/item.html", {"here": here, "meeting": found, "form": form})


@require_POST
@room("decide")
def fill_item(request: HttpRequest, here: Here) -> HttpResponse:
    """What a work form fills in, as soon as it is chosen. Nothing is kept."""
    said = {name: request.POST.get(name, "")[:200] for name in ("workform", "title", "minutes")}
    form = ItemForm(here=here)
    form.choose(said)
    return render(request, "meetings/item_fields.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@room("decide")
def item(request: HttpRequest, here: Here, meeting_id: int, item_id: int) -> HttpResponse:
    found = item_for(here, meeting_id, item_id, own=True)
    if _is_too_late(request, found.meeting):
        return _back(here, found.meeting)
    form = ItemForm(request.POST or None, instance=found, here=here)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            standing = item_for(here, meeting_id, item_id, own=True)
            agenda.revise(standing, by=here.membership, seen=form.cleaned_data["seen"], fields=form.said())
            return _back(here, found.meeting, "agenda")
    if form.non_field_errors():  # refused by the verb: who read what a colleague made of it may go on
        form.data = posted_with(request, seen=item_for(here, meeting_id, item_id, own=True).mark)
    context = {"here": here, "meeting": found.meeting, "form": form, "item": found}
    return render(request, "meetings/item.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@room("decide")
def drop_item(request: HttpRequest, here: Here, meeting_id: int, item_id: int) -> HttpResponse:
    found = item_for(here, meeting_id, item_id, own=True)
    if request.method == "POST":
        agenda.drop(found, by=here.membership)
        return _back(here, found.meeting, "agenda")
    return render(request, "meetings/drop_item.html", {"here": here, "meeting": found.meeting, "item": found})


@require_POST
@room("lead")
def shift_item(request: HttpRequest, here: Here, meeting_id: int, item_id: int) -> HttpResponse:
    """One place up (`naar` = op) or down."""
    found = item_for(here, meeting_id, item_id)
    agenda.shift(found, by=here.membership, up=request.POST.get("naar") == "op")
    return _back(here, found.meeting, "agenda")


# Who does what


@require_http_methods(["GET", "HEAD", "POST"])
@room("lead")
def divide(request: HttpRequest, here: Here, meeting_id: int) -> HttpResponse:
    """Who has had a role longest ago is filled in, to be changed."""
    found = meeting_for(here, meeting_id)
    if _is_too_late(request, found):
        return _back(here, found)
    people = list(planning.may_come(found).order_by("user__name", "pk"))
    shown = page.Shown(here, found)
    taken = shown.taken_by(people)
    proposed = turns.proposed(found, taken, people, shown.needed)
    form = TurnsForm(
        request.POST or None, people=people, roles=shown.roles_asked, proposed=proposed, taken=taken
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            turns.divide(found, by=here.membership, turns=form.turns())
            messages.success(request, _("De rollen zijn verdeeld."))
            return _back(here, found, "rollen")
    return render(request, "meetings/turns.html", {"here": here, "meeting": found, "form": form})


@require_POST
@room()
def role(request: HttpRequest, here: Here, meeting_id: int) -> HttpResponse:
    """Ik doe het (`rol`), or toch niet (`terug`)."""
    found = meeting_for(here, meeting_id)
    named = request.POST.get("rol") or request.POST.get("terug", "")
    if named not in set(Role):
        raise Http404
    does = bool(request.POST.get("rol"))
    if does and not here.may_decide:
        raise Http404
    verb = turns.take if does else turns.give_back
    verb(found, by=here.membership, role=Role(named))
    said = _("Genoteerd: jij bent %(role)s.") if does else _("Genoteerd: jij bent geen %(role)s meer.")
    messages.success(request, said % {"role": ROLES[Role(named)]})
    return _back(here, found, "rollen")


# Files to prepare with


@require_http_methods(["GET", "HEAD", "POST"])
@room("decide")
def bring(request: HttpRequest, here: Here, meeting_id: int) -> HttpResponse:
    found = meeting_for(here, meeting_id)
    if found.state == Meeting.State.CANCELLED and request.method != "POST":
        return _back(here, found)
    form = HandoutForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            file = form.cleaned_data["file"]
            handouts.bring(found, by=here.membership, name=file.name or "", content=file.read())
            messages.success(request, _("Het bestand ligt klaar."))
            if found.state == Meeting.State.CLOSED:
                return redirect("meetings:minutes", here.community.pk, found.pk)
            return _back(here, found, "bestanden")
    return render(request, "meetings/bring.html", {"here": here, "meeting": found, "form": form})


@require_safe
@room()
def handout(request: HttpRequest, here: Here, meeting_id: int, handout_id: int) -> HttpResponse:
    """The file itself. A picture is shown, anything else is only kept by the browser; nothing in it can run."""
    found = handout_for(here, meeting_id, handout_id)
    try:
        content = handouts.read(found)
    except FileNotFoundError:
        raise Http404 from None
    answer = HttpResponse(content, content_type=handouts.CONTENT_TYPES[handouts.Kind(found.kind)])
    shown = content_disposition_header(not found.is_picture, found.name)
    answer.headers["Content-Disposition"] = shown or "attachment"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@room("decide")
def take_away(request: HttpRequest, here: Here, meeting_id: int, handout_id: int) -> HttpResponse:
    found = handout_for(here, meeting_id, handout_id, own=True)
    if request.method == "POST":
        handouts.take_away(found, by=here.membership)
        messages.success(request, _("Het bestand is weg."))
        return _back(here, found.meeting, "bestanden")
    context = {"here": here, "meeting": found.meeting, "handout": found}
    return render(request, "meetings/take_away.html", context)
