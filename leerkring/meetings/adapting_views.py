"""A work form said otherwise, as a copy of the group's own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leerkring.communities.access import Here
from leerkring.communities.rooms import room
from leerkring.meetings.models import OwnForm
from leerkring.meetings.workform_access import entry_for
from leerkring.meetings.workform_forms import AdaptForm
from leerkring.meetings.workform_library import Entry, library
from leerkring.meetings.workform_names import named_apart
from leerkring.meetings.workform_page import Shown
from leerkring.meetings.workform_words import title
from leerkring.ui.forms import posted_with, refusals_on
from leerkring.ui.refusal import Overtaken


@require_http_methods(["GET", "HEAD", "POST"])
@room("decide")
def adapt(request: HttpRequest, here: Here, key: str) -> HttpResponse:
    """Of a form of the house a copy is made; one of their own is changed. Who was overtaken by a colleague keeps what
    was typed, below what stands now."""
    entry = entry_for(here, key)
    revision = entry.own.revision if entry.own else 0
    others = [each.form for each in library(here.community) if each.form.key != key or entry.own is None]
    begins = entry.form if entry.own else named_apart(entry.form, others)
    taken = {title(each, here.words) for each in others}
    form = AdaptForm(request.POST or None, here=here, form=begins, revision=revision, taken=taken)
    overtaken = None
    if request.method == "POST" and form.is_valid():
        try:
            with refusals_on(form):
                return _kept(request, here, entry, form)
        except Overtaken as by_colleague:
            overtaken = by_colleague.standing
            typed = posted_with(request, revision=overtaken.revision)
            form = AdaptForm(typed, here=here, form=begins, revision=overtaken.revision, taken=taken)
    context = {"here": here, "room": "meetings", "shown": Shown(here, entry), "form": form}
    if overtaken and overtaken.form:
        context["overtaken"] = Shown(here, Entry(overtaken.form, overtaken))
    return render(request, "meetings/adapt.html", context)


def _kept(request: HttpRequest, here: Here, entry: Entry, form: AdaptForm) -> HttpResponse:
    said = form.reading().form
    assert said is not None
    if entry.own:
        entry.own.revise(by=here.membership, seen=form.cleaned_data["revision"], form=said)
        own = entry.own
    else:
        own = OwnForm.keep(by=here.membership, form=said)
    messages.success(request, _("Bewaard als werkvorm van jullie groep."))
    return redirect("meetings:workform", here.community.pk, own.key)
