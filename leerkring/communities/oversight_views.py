"""Trust in the open: who can see this, who did something with it, and how it goes away."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerkring import clock
from leerkring.communities import consent, download, ending, erasing
from leerkring.communities.access import Here
from leerkring.communities.models import ExceptionalAct, Membership
from leerkring.communities.oversight_forms import ConsentForm, EraseMeForm, ErasePersonForm, TypedName
from leerkring.communities.rooms import room
from leerkring.network.access import administrator, school_for
from leerkring.network.models import Leadership, StaffConsent
from leerkring.people.access import person
from leerkring.people.proving import show_anew
from leerkring.ui.forms import refusals_on


@require_safe
@room()
def audience(request: HttpRequest, here: Here) -> HttpResponse:
    """Who can read what is in this community, by name, now."""
    people = list(Membership.objects.people().filter(community=here.community))
    members = [member for member in people if member.may_see_mirror]
    leaders = Leadership.objects.current().filter(
        school__shared_communities=here.community, function=Leadership.Function.LEADER
    )
    context = {
        "here": here,
        "room": "members",
        "people": people,
        "members": members,
        "guests": len(people) - len(members),
        "leading": {m.user_id for m in people} & set(leaders.values_list("user", flat=True)),
    }
    return render(request, "communities/who.html", context)


@never_cache
@require_safe
def own_data(request: HttpRequest) -> HttpResponse:
    acts = ExceptionalAct.objects.concerning(person(request))[:100]
    return render(request, "communities/own_data.html", {"acts": acts})


@never_cache
@require_safe
def own_download(request: HttpRequest) -> HttpResponse:
    """All that is of this person, as a .zip."""
    response = HttpResponse(download.zipped(person(request)), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="leerkring-{clock.today():%Y-%m-%d}.zip"'
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase_me(request: HttpRequest) -> HttpResponse:
    """Nobody does this at a laptop that was left open: who it is, is shown anew."""
    user = person(request)
    form = EraseMeForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            show_anew(request)
            erasing.erase(user, texts_too=form.cleaned_data["texts"] == "go", by=user)
            logout(request)
            messages.success(request, _("Je account is gewist. Dank voor wat je deelde."))
            return redirect("public:landing")
    return render(request, "communities/erase_me.html", {"form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase_person(request: HttpRequest) -> HttpResponse:
    """On request of who it is; the administrator's act, an exceptional one, for which they show anew who they are."""
    by = administrator(person(request))
    form = ErasePersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and form.person:
        with refusals_on(form):
            show_anew(request)
            erasing.erase(form.person, texts_too=form.cleaned_data["texts"] == "go", by=by)
            messages.success(request, _("Het account is gewist."))
            return redirect("communities:erase_person")
    return render(request, "communities/erase_person.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@room("lead")
def end(request: HttpRequest, here: Here) -> HttpResponse:
    """The whole community goes, after its name was typed; for a month it can be put back."""
    label = _("Typ de naam van de groep over")
    form = TypedName(request.POST or None, name=here.community.name, label=label)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            ending.end(here.community, by=here.user)
            messages.success(request, _("De groep is beëindigd. Hieronder kun je dat nog terugdraaien."))
            return redirect("today:home")
    return render(request, "communities/end.html", {"here": here, "form": form, "room": "members"})


@require_POST
def put_back(request: HttpRequest, community_id: int) -> HttpResponse:
    user = person(request)
    membership = ending.ended_for(user).filter(community_id=community_id).first()
    if membership is None or not membership.may_lead:
        raise Http404
    ending.put_back(membership.community, by=user)
    messages.success(request, _("%(name)s is terug.") % {"name": membership.community.name})
    return redirect("today:community", community_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def staff_consent(request: HttpRequest, school_id: int) -> HttpResponse:
    """What the council of staff decided on counting, and when."""
    school = school_for(person(request), school_id)
    form = ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            consent.give(school, decided_on=form.cleaned_data["decided_on"], by=person(request))
            messages.success(request, _("Het besluit ligt vast. Elke groep beslist nu nog zelf."))
            return redirect("communities:staff_consent", school.pk)
    history = StaffConsent.objects.filter(school=school).select_related("recorded_by", "withdrawn_by")
    standing = next((c for c in history if c.withdrawn_at is None), None)
    context = {"school": school, "form": form, "history": history, "standing": standing}
    return render(request, "communities/staff_consent.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_consent(request: HttpRequest, school_id: int) -> HttpResponse:
    """The council consents no longer: after a page that says which school it is and what goes off."""
    school = school_for(person(request), school_id)
    standing = StaffConsent.objects.filter(school=school).standing().first()
    if request.method == "POST":
        consent.withdraw(school, by=person(request))
        said = _("De instemming van %(school)s is ingetrokken. De cijfers van alle groepen daar staan uit.")
        messages.success(request, said % {"school": school.name})
        return redirect("communities:staff_consent", school.pk)
    if standing is None:
        return redirect("communities:staff_consent", school.pk)
    context = {"school": school, "standing": standing}
    return render(request, "communities/withdraw_consent.html", context)
