"""Whether anything is counted here: what is missing, the question to the group, and each one's answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leerkring.communities.access import Here
from leerkring.communities.rooms import room
from leerkring.effectiveness.counting import CountingOff, Switch, switch_of
from leerkring.effectiveness.models import Agreement

P = ParamSpec("P")
Inner = Callable[Concatenate[HttpRequest, Here, P], HttpResponse]


def while_counted(view: Inner[P]) -> Inner[P]:
    """Where the view would show figures that are off: what is missing, and who can do what about it."""

    @wraps(view)
    def enter(request: HttpRequest, here: Here, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, here, *args, **kwargs)
        except CountingOff as off:
            return _shown(request, here, off.switch)

    return cast(Inner[P], enter)  # wraps() names the parameters, which a view passes by place


def _shown(request: HttpRequest, here: Here, switch: Switch) -> HttpResponse:
    missing = {school.pk for school in switch.without_consent}
    context: dict[str, Any] = {
        "here": here,
        "room": "mirror",
        "switch": switch,
        "schools": [(school, school.pk not in missing) for school in switch.schools],
        "talk": _talk(here),
        "answer": switch.answer_of(here.membership) if switch.agreement else None,
    }
    return render(request, "effectiveness/agreement.html", context)


def _talk(here: Here) -> str:
    """Where a group too small for figures begins to talk instead, with the question already there."""
    asked = {
        "soort": "question",
        "titel": _("Hoe werken we samen?"),
        "tekst": _("Wat gaat goed in onze samenwerking? Wat mag vaker, en wat is daarvoor nodig?"),
    }
    return f"{reverse('knowledge:start', args=[here.community.pk])}?{urlencode(asked)}"


@require_http_methods(["GET", "HEAD", "POST"])
@room("mirror")
def agreement(request: HttpRequest, here: Here) -> HttpResponse:
    """Read what is asked, and answer it; or change what one answered."""
    switch = switch_of(here.community)
    choice = request.POST.get("antwoord")
    if choice in {"ja", "bezwaar"} and switch.agreement:
        switch.agreement.answer(by=here.membership, agrees=choice == "ja")
        messages.success(request, _("Je antwoord is bewaard. Alleen jij kunt het lezen."))
        return redirect("effectiveness:agreement", here.community.pk)
    return _shown(request, here, switch)


@require_POST
@room("lead")
def put(request: HttpRequest, here: Here) -> HttpResponse:
    """Ask the group."""
    Agreement.put(by=here.membership)
    messages.success(request, _("De vraag ligt bij de groep. Ook jij kunt nu antwoorden."))
    return redirect("effectiveness:agreement", here.community.pk)
