"""Vision and working agreements: read, written in versions, and stood behind."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerkring.communities import inbox
from leerkring.communities.access import Here
from leerkring.communities.rooms import room
from leerkring.goals.access import statement_for
from leerkring.goals.forms import StatementForm
from leerkring.goals.models import Statement
from leerkring.goals.standing import Standing
from leerkring.ui.forms import posted_with, refusals_on

#: As addresses say them.
KINDS = {"visie": Statement.Kind.VISION, "werkafspraken": Statement.Kind.NORMS}
SAID = {kind: said for said, kind in KINDS.items()}


def _kind(said: str) -> Statement.Kind:
    if said not in KINDS:
        raise Http404
    return KINDS[said]


@require_safe
@room()
def statement(request: HttpRequest, here: Here, kind: str) -> HttpResponse:
    """The version that stands, and those before it."""
    versions = list(
        Statement.objects.filter(community=here.community, kind=_kind(kind)).select_related(
            "written_by__user"
        )
    )
    if versions:
        inbox.opened(here, "statement", versions[0].pk)
    context = {"here": here, "room": "goals", "said": kind, "kind": _kind(kind), "versions": versions[1:]}
    if versions:
        context["standing"] = Standing(here, versions[0])
    return render(request, "goals/statement.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@room("decide")
def write(request: HttpRequest, here: Here, kind: str) -> HttpResponse:
    """A new version. Who was overtaken keeps the text, beside what a colleague wrote."""
    standing = Statement.objects.standing(here.community).get(_kind(kind))
    number = standing.number if standing else 0
    form = StatementForm(
        request.POST or None, initial={"text": standing.text if standing else "", "seen": number}
    )
    overtaken = None
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["seen"] != number:
            overtaken = standing
            form = StatementForm(posted_with(request, seen=number))
        else:
            with refusals_on(form):
                Statement.write(by=here.membership, kind=_kind(kind), **form.cleaned_data)
                messages.success(
                    request,
                    _("De nieuwe versie staat er. Je collega's krijgen de vraag of ze erachter staan."),
                )
                return redirect("goals:statement", here.community.pk, kind)
    context = {
        "here": here,
        "room": "goals",
        "said": kind,
        "kind": _kind(kind),
        "form": form,
        "overtaken": overtaken,
    }
    return render(request, "goals/write.html", context)


@require_safe
@room()
def version(request: HttpRequest, here: Here, statement_id: int) -> HttpResponse:
    """One version, and what changed from the one before."""
    found = statement_for(here, statement_id)
    before = Statement.objects.filter(
        community=here.community, kind=found.kind, number=found.number - 1
    ).first()
    context = {
        "here": here,
        "room": "goals",
        "said": SAID[Statement.Kind(found.kind)],
        "version": found,
        "before": before,
    }
    newest = Statement.objects.standing(here.community)[found.kind]
    if newest.pk == found.pk:  # the notice of a new version leads here, and asks whether one stands behind it
        context["standing"] = Standing(here, found)
    return render(request, "goals/version.html", context)


@require_POST
@room("decide")
def endorse(request: HttpRequest, here: Here, statement_id: int) -> HttpResponse:
    """Ik sta hierachter; or not any more (`terug`)."""
    found = statement_for(here, statement_id)
    if request.POST.get("terug"):
        found.take_back(by=here.membership)
    else:
        found.endorse(by=here.membership)
    return redirect("goals:statement", here.community.pk, SAID[Statement.Kind(found.kind)])
