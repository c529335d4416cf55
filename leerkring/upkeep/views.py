"""Beheer: how the instance is, for who keeps it. Nothing of what communities do is here."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerkring.jobs.queue import enqueue
from leerkring.ui.refusal import Refused
from leerkring.upkeep import jobs
from leerkring.upkeep.access import administrator, failed_job
from leerkring.upkeep.link import holder, spend
from leerkring.upkeep.page import page


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    administrator(request)
    shown = page()
    response = render(request, "upkeep/home.html", {"page": shown})
    if shown.is_busy:
        response["Refresh"] = "3"
    return response


@require_POST
def mail(request: HttpRequest) -> HttpResponse:
    """A test mail to oneself, in the work loop: a mail server may take its time."""
    user = administrator(request)
    enqueue(jobs.MAIL, {"user": user.pk}, unique="mail")
    return redirect("upkeep:home")


@require_POST
def back_up(request: HttpRequest) -> HttpResponse:
    administrator(request)
    if settings.BACKUPS is None:
        raise Refused(_("Back-ups staan uit (LEERKRING_BACKUPS)."))
    enqueue(jobs.NOW, unique="now")
    return redirect("upkeep:home")


@require_POST
def again(request: HttpRequest, job_id: int) -> HttpResponse:
    """Try a failed job once more."""
    administrator(request)
    failed_job(job_id).try_again()
    messages.success(request, _("Die taak is weer aan de beurt."))
    return redirect("upkeep:home")


@never_cache
@login_not_required
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """The link that `leerkring init` and `leerkring link` give. Only the button spends it: what looks at links in
    mail and chat asks for the page."""
    if request.method == "POST":
        login(request, spend(token), backend=settings.AUTHENTICATION_BACKENDS[0])
        messages.success(
            request, _("Je bent binnen. Kies nu een wachtwoord, dan kom je er de volgende keer ook in.")
        )
        return redirect("account_set_password")
    return render(request, "upkeep/enter.html", {"holder": holder(token)})
