"""The few places where allauth asks what our house rules are."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.account.internal.stagekit import clear_login
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.people.languages import speak
from leerkring.people.sessions import kept
from leerkring.ui.charts.code import code
from leerkring.ui.refusal import Refused


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People come in by invitation only."""
        return False

    def set_password(self, user: Any, password: str) -> None:
        """In the demo everyone shares five accounts: whoever changes a password shuts the others out. Elsewhere
        it signs this person out everywhere but here."""
        if user.is_demo:
            raise Refused(_("In de demo blijft het wachtwoord zoals het is: iedereen gebruikt het."))
        super().set_password(user, password)
        here = self.request.session.session_key if self.request.user == user else None
        user.sign_out(but=kept(here))

    def pre_login(
        self, request: HttpRequest, user: Any, *, email: str | None, **kwargs: Any
    ) -> HttpResponse | None:
        """A sign-in by code passes no password check, so the demo rule is held here too."""
        if user.is_demo and not settings.DEMO:
            raise ImmediateHttpResponse(redirect(settings.LOGIN_URL))
        if email and email.casefold() != user.email.casefold():
            # A code may still be under way to the address that this person had.
            clear_login(request)
            raise ImmediateHttpResponse(redirect(settings.LOGIN_URL))
        response: HttpResponse | None = super().pre_login(request, user, email=email, **kwargs)
        return response

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """The screen speaks the language that this person chose, on this device too."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        speak(response, user.language)
        return response

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to where it was chosen: on the page itself it would look as if it failed."""
        return reverse("people:me")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """allauth lets through who has neither a password nor a second factor to show; of them a code from their
        mail is asked, unless they signed in a moment ago."""
        if app == "leerkring.people":
            return bool(get_reauthentication_flows(self.request.user))
        required = bool(super().is_reauthentication_required(app=app, **kwargs))
        if required and not get_reauthentication_flows(self.request.user) and not self._proved_lately():
            raise ReauthenticationRequired
        return required

    def _proved_lately(self) -> bool:
        records = get_authentication_records(self.request, self.request.user)
        now = clock.now().timestamp()
        return any(now - r["at"] < app_settings.REAUTHENTICATION_TIMEOUT for r in records)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if found or not user.is_authenticated:
            return found
        return [{"id": "code", "description": _("Met een code uit je mail"), "url": reverse("people:prove")}]


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    def encrypt(self, text: str) -> str:
        """A stolen backup holds no seeds: the key of the house is not in it (record on the second factor)."""
        return _fernet().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        return _fernet().decrypt(encrypted_text.encode("ascii")).decode()

    def get_totp_issuer(self) -> str:
        return "Leerkring"

    def build_totp_svg(self, url: str) -> str:
        """Our own drawing: allauth's has style attributes, which the content security policy forbids."""
        return code(url, class_="qr")

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002  # allauth's name for it
        return str(_("Mijn passkey"))


def _fernet() -> Fernet:
    """A key for this one use, derived from the secret key of the house."""
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"leerkring second factor")
    return Fernet(base64.urlsafe_b64encode(derive.derive(settings.SECRET_KEY.encode())))
