"""Spiegel: a sentence, six guidelines, one step; and what each figure rests on."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leerkring.communities.access import Here
from leerkring.communities.rooms import room
from leerkring.effectiveness import page
from leerkring.effectiveness.agreement_views import while_counted
from leerkring.effectiveness.evidence import found
from leerkring.effectiveness.mirror import PERIODS, USUAL, behind, mirror_of
from leerkring.engine.indicators import CRITERIA, INDICATORS


def _period(request: HttpRequest) -> str:
    asked = request.GET.get("over", USUAL)
    return asked if asked in PERIODS else USUAL


@require_safe
@room("mirror")
@while_counted
def mirror(request: HttpRequest, here: Here) -> HttpResponse:
    period = _period(request)
    seen = mirror_of(here.community, period)
    context = {"here": here, "periods": PERIODS, "period": period, **page.mirror(here, seen, period)}
    return render(request, "effectiveness/mirror.html", context)


@require_safe
@room("mirror")
@while_counted
def criterion(request: HttpRequest, here: Here, key: str) -> HttpResponse:
    """One criterion: its checklist, its figures, and where they come from."""
    if key not in CRITERIA:
        raise Http404
    period = _period(request)
    seen = mirror_of(here.community, period)
    context = {"here": here, "periods": PERIODS, "period": period, **page.criterion(here, seen, key)}
    return render(request, "effectiveness/criterion.html", context)


@require_safe
@room("mirror")
@while_counted
def figure(request: HttpRequest, here: Here, key: str) -> HttpResponse:
    """The evidence behind one figure."""
    if key not in INDICATORS:
        raise Http404
    period = _period(request)
    seen = behind(here.community, key, period)
    evidence = found(here.user, seen.pieces)
    shown = Paginator(evidence.things, 30).get_page(request.GET.get("bladzijde"))
    context = {
        "here": here,
        "periods": PERIODS,
        "period": period,
        **page.figure(here, seen, key),
        "page": shown,
        "things": evidence.shown(shown),
        "without_page": evidence.without_page[:60],
    }
    return render(request, "effectiveness/figure.html", context)


@login_not_required
@require_safe
def counted(request: HttpRequest) -> HttpResponse:
    """What is counted and how, for anyone: made from the table the engine itself reads."""
    return render(request, "effectiveness/counted.html", page.counted())
