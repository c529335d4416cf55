"""Mijn gegevens: what a person has of their own, and is asked by nobody else."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import (
    get_reauthentication_flows,
    raise_if_reauthentication_required,
    resume_request,
)
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views import i18n
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerkring import clock
from leerkring.people import halfdays
from leerkring.people.access import absence_for, person
from leerkring.people.expected import while_away
from leerkring.people.forms import AwayForm, CodeForm, EmailForm, HalfDaysForm, PhotoForm, ProfileForm
from leerkring.people.languages import speak
from leerkring.people.models import Away, Session, User
from leerkring.people.proving import Code
from leerkring.people.sessions import kept
from leerkring.ui import rooms
from leerkring.ui.forms import refusals_on
from leerkring.ui.refusal import Refused

log = logging.getLogger(__name__)


@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """The one page that leads to all own pages."""
    user = person(request)
    return render(request, "people/me.html", {"pages": rooms.own_pages(user), "away": user.is_away()})


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    user = person(request)
    now = {"name": user.name, "language": user.language or request.LANGUAGE_CODE}
    form = ProfileForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            user.introduce(**form.cleaned_data)
            response = redirect("people:me")
            speak(response, user.language)
            with override(user.language):
                messages.success(request, _("Je gegevens zijn bewaard."))
            return response
    return render(request, "people/profile.html", {"form": form})


@login_not_required
def set_language(request: HttpRequest) -> HttpResponseBase:
    """The button in the bar; for who is signed in it is remembered."""
    response = i18n.set_language(request)
    language = request.POST.get("language", "")
    if isinstance(request.user, User) and language in dict(settings.LANGUAGES):
        request.user.speak(language)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def email(request: HttpRequest) -> HttpResponse:
    """A new address begins with a code that is sent there."""
    user = person(request)
    form = EmailForm(request.POST or None, now=user.email)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            if user.is_demo:
                raise Refused(_("In de demo blijft het e-mailadres zoals het is."))
            raise_if_reauthentication_required(request, app="leerkring.people")
            Code("email", request).send(user, form.cleaned_data["email"], "people/mail/new_address")
            return redirect("people:confirm_email")
    return render(request, "people/email.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_email(request: HttpRequest) -> HttpResponse:
    """The code is right: reached there from now on; the old address is told."""
    user, code = person(request), Code("email", request)
    new = code.email
    form = CodeForm(request.POST or None)
    if not new:
        return redirect("people:email")
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            if code.fits(form.cleaned_data["code"]):
                before = user.move_to(new, keep_session=kept(request.session.session_key))
                _tell(request, before, user)
                messages.success(
                    request, _("Je e-mailadres is veranderd. Op andere apparaten ben je uitgelogd.")
                )
                return redirect("people:me")
            form.add_error("code", _("Deze code klopt niet, of hij is niet meer geldig."))
    return render(request, "people/confirm_email.html", {"form": form, "email": new})


def _tell(request: HttpRequest, before: str, user: User) -> None:
    """The address that was: whoever reads it should know. When no server takes that mail the change stands."""
    try:
        get_adapter(request).send_mail("people/mail/moved", before, {"user": user})
    except (OSError, SMTPException):
        log.warning("mail.not_sent")


@require_http_methods(["GET", "HEAD", "POST"])
def photo(request: HttpRequest) -> HttpResponse:
    user = person(request)
    form = PhotoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            user.show(form.cleaned_data["photo"])
            messages.success(request, _("Je foto is bewaard."))
            return redirect("people:photo")
    return render(request, "people/photo.html", {"form": form})


@require_POST
def remove_photo(request: HttpRequest) -> HttpResponse:
    person(request).remove_photo()
    messages.success(request, _("Je foto is weg."))
    return redirect("people:photo")


@require_http_methods(["GET", "HEAD", "POST"])
def away(request: HttpRequest) -> HttpResponse:
    """Er even niet: from, until, and nothing else."""
    user = person(request)
    form = AwayForm(request.POST or None, initial={"first_day": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            Away.plan(by=user, **form.cleaned_data)
            messages.success(request, _("Je collega's zien vanaf die dag dat je er even niet bent."))
            return redirect("people:away")
    today = clock.today()
    periods = while_away(user, list(user.absences.to_come(today)))
    return render(request, "people/away.html", {"form": form, "periods": periods, "today": today})


@require_POST
def cancel_away(request: HttpRequest) -> HttpResponse:
    absence_for(person(request), request.POST.get("which", "")).cancel()
    messages.success(request, _("Deze periode is weg."))
    return redirect("people:away")


@require_http_methods(["GET", "HEAD", "POST"])
def availability(request: HttpRequest) -> HttpResponse:
    """The half-days on which one is usually at school."""
    user = person(request)
    form = HalfDaysForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user.be_at_school(halfdays.together(form.cleaned_data["half_days"]))
        messages.success(request, _("Je collega's zien wanneer je meestal op school bent."))
        return redirect("people:me")
    return render(request, "people/availability.html", {"days": halfdays.read(user.half_days), "form": form})


@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """Waar je ingelogd bent. An account of the demo is of everyone: each sees only their own place there."""
    user, here = person(request), kept(request.session.session_key)
    found = Session.objects.open_of(user)
    shown = found.filter(session_key=here) if user.is_demo else found
    return render(request, "people/sessions.html", {"sessions": shown, "here": here})


@require_POST
def end_session(request: HttpRequest) -> HttpResponse:
    user, which = person(request), request.POST.get("which", "")
    out_of_reach = user.is_demo or which == kept(request.session.session_key) or not which.isalnum()
    if out_of_reach or not Session.objects.end(user, which):
        raise Http404
    messages.success(request, _("Daar ben je nu uitgelogd."))
    return redirect("people:sessions")


@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    user = person(request)
    if user.is_demo:
        raise Refused(_("In de demo log je alleen jezelf uit: iedereen gebruikt dit account."))
    user.sign_out(but=kept(request.session.session_key))
    messages.success(request, _("Overal behalve hier ben je nu uitgelogd."))
    return redirect("people:sessions")


@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: HttpRequest) -> HttpResponseBase:
    """Show that it is you, by a code in the mail: for who has no password and no second factor to show."""
    user, code = person(request), Code("prove", request)
    if get_reauthentication_flows(user):
        return redirect("account_reauthenticate")
    form = CodeForm(request.POST if "code" in request.POST else None)
    if request.method == "POST" and "send" in request.POST:
        code.send(user, user.email, "people/mail/prove")
        return redirect(request.get_full_path())
    if form.is_bound and form.is_valid():
        if code.fits(form.cleaned_data["code"]):
            record_authentication(request, user, method="code", email=user.email, reauthenticated=True)
            return resume_request(request) or redirect("people:me")
        form.add_error("code", _("Deze code klopt niet, of hij is niet meer geldig."))
    return render(request, "people/prove.html", {"form": form, "sent": bool(code.email)})
