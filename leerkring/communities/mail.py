"""Mail to someone who may not know Leerkring yet: what happened, and how to come in with a code."""

from __future__ import annotations

from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from leerkring.people.models import User


def tell(user: User, template: str, *, to: str = "", **said: Any) -> bool:
    """Send communities/mail/<template>.txt, of which the first line is the subject, in the language of `user`.
    False when no mail server takes it; in the demo none is asked."""
    if settings.DEMO or settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        return False
    entrance = settings.BASE_URL + reverse("account_request_login_code")
    with translation.override(user.language or settings.LANGUAGE_CODE):
        text = render_to_string(
            f"communities/mail/{template}.txt", {"user": user, "entrance": entrance, **said}
        )
    subject, _, body = text.strip().partition("\n")
    try:
        return send_mail(" ".join(subject.split()), body.strip(), None, [to or user.email]) == 1
    except (OSError, SMTPException):
        return False
