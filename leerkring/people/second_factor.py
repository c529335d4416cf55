"""The forms of passkeys, the app and recovery codes: allauth's, in the words of this house, and not for the demo."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from django import forms
from django.utils.translation import gettext_lazy as _

from leerkring.ui.refusal import Refused


def _name(*, required: bool) -> forms.CharField:
    return forms.CharField(
        label=_("Hoe heet deze passkey?"),
        help_text=_("Bijvoorbeeld: mijn telefoon."),
        max_length=60,
        required=required,
    )


def _code(label: Any) -> forms.CharField:
    shown = forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"})
    return forms.CharField(label=label, max_length=40, widget=shown)


#: What reading a damaged answer of a browser ends in, somewhere deep in fido2; allauth catches some of these.
_DAMAGED = (
    LookupError,
    AttributeError,
    TypeError,
    ValueError,
    ArithmeticError,
    AssertionError,
    struct.error,
    InvalidSignature,
    UnsupportedAlgorithm,
)


class _Credential(forms.Form):
    """A form with a browser's answer about a passkey: one that is damaged gets a sentence."""

    def clean_credential(self) -> Any:
        return self._read(getattr(super(), "clean_credential", lambda: self.cleaned_data["credential"]))

    def clean(self) -> dict[str, Any] | None:
        return self._read(super().clean)  # type: ignore[no-any-return]

    def _read(self, read: Callable[[], Any]) -> Any:
        try:
            return read()
        except _DAMAGED:
            raise forms.ValidationError(_("Deze passkey past hier niet. Probeer het nog een keer.")) from None


def _not_in_the_demo(user: Any) -> None:
    if user.is_demo:
        raise Refused(
            _(
                "In de demo kan dit niet: iedereen gebruikt deze accounts, en jij zou de anderen buitensluiten."
            )
        )


class ActivateForm(ActivateTOTPForm):  # type: ignore[misc]  # allauth ships no types
    code = _code(_("De code uit de app"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        _not_in_the_demo(kwargs["user"])
        super().__init__(*args, **kwargs)


class AddPasskeyForm(_Credential, AddWebAuthnForm):  # type: ignore[misc]
    name = _name(required=False)
    #: Always one that signs in by itself: frontend/passkeys.ts asks for it.
    passwordless = forms.BooleanField(initial=True, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        _not_in_the_demo(kwargs["user"])
        super().__init__(*args, **kwargs)


class NamePasskeyForm(EditWebAuthnForm):  # type: ignore[misc]
    name = _name(required=True)


class SignInCodeForm(AuthenticateForm):  # type: ignore[misc]
    code = _code(_("De code uit de app, of een herstelcode"))


class ProveCodeForm(ReauthenticateForm):  # type: ignore[misc]
    code = _code(_("De code uit de app, of een herstelcode"))


class EnterForm(_Credential, LoginWebAuthnForm):  # type: ignore[misc]
    """As allauth's."""


class SignInPasskeyForm(_Credential, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """As allauth's."""


class ProvePasskeyForm(_Credential, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """As allauth's."""
