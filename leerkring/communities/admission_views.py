"""The question whether someone who leads or appraises may take part: asked of all, answered privately."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerkring.communities import inbox
from leerkring.communities.access import Here, admission_for, own_admission_for
from leerkring.communities.forms import AnswerForm
from leerkring.communities.models.admission import ENOUGH_TO_HIDE
from leerkring.communities.rooms import room
from leerkring.people.access import person
from leerkring.ui.forms import refusals_on


@require_http_methods(["GET", "HEAD", "POST"])
@room()
def admission(request: HttpRequest, here: Here, admission_id: int) -> HttpResponse:
    """My own answer, and nothing of anyone else's."""
    question = admission_for(here, admission_id)
    inbox.said_here(here.user, "admission.asked", "admission.not_now", community=here.community)
    given = question.answers.filter(membership=here.membership).first()
    initial = {"agrees": "yes" if given.agrees else "no"} if given else None
    form = AnswerForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            question.answer(agrees=form.cleaned_data["agrees"], by=here.membership)
            said = _("Je antwoord is bewaard. Niemand anders ziet het. Bij Leden kun je het nog veranderen.")
            messages.success(request, said)
            return redirect("today:community", here.community.pk)
    few = question.is_open and question.electorate().count() < ENOUGH_TO_HIDE
    context = {"here": here, "admission": question, "form": form, "few": few, "leads": question.by_a_leader}
    return render(request, "communities/admission.html", context)


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """What I asked, and what came of it."""
    user = person(request)
    inbox.said_here(user, "admission.sorry", "leading.stepped_out")
    admissions = user.admissions.select_related("community__school")
    return render(request, "communities/asked.html", {"admissions": admissions})


@require_POST
def withdraw(request: HttpRequest, admission_id: int) -> HttpResponse:
    own_admission_for(person(request), admission_id).withdraw()
    messages.success(request, _("Je vraag is ingetrokken."))
    return redirect("communities:asked")
