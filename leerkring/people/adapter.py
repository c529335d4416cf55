"""The few places where allauth asks what our house rules are."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from leerkring.ui.refusal import Refused


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People come in by invitation only."""
        return False

    def set_password(self, user: Any, password: str) -> None:
        """In the demo everyone shares five accounts: whoever changes a password shuts the others out."""
        if user.is_demo:
            raise Refused(_("In de demo blijft het wachtwoord zoals het is: iedereen gebruikt het."))
        super().set_password(user, password)

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """A sign-in by code passes no password check, so the demo rule is held here too."""
        if user.is_demo and not settings.DEMO:
            raise ImmediateHttpResponse(redirect(settings.LOGIN_URL))
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response
