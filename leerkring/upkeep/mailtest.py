"""Does mail go out? One test mail, and in words what the mail server made of it."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _
from django.utils.translation import override

#: Seconds that the mail server gets for each step.
PATIENCE = 15
_ADDRESS = re.compile(r"[^\s<>]+@[^\s<>]+")


@dataclass(frozen=True)
class Answer:
    """One of OUTCOMES in `words`, and what the server said to it, without addresses."""

    outcome: str
    detail: str = ""


def is_off() -> bool:
    """Whether no mail server was named."""
    return not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend")


def send_test(address: str, *, language: str = "") -> Answer:
    """Sends one to `address`, in that person's `language` or else that of the house."""
    if is_off():
        return Answer("off")
    with override(language or settings.LANGUAGE_CODE):
        mail = EmailMessage(
            subject=_("Leerkring kan mail versturen"),
            body=_("Dit is een proefmail. Komt hij aan, dan komen uitnodigingen en berichten ook aan."),
            to=[address],
            connection=(server := get_connection(timeout=PATIENCE)),
        )
    try:
        mail.send()
    except (OSError, smtplib.SMTPException) as error:
        return Answer(_outcome(error), _detail(error))
    finally:
        with suppress(OSError, smtplib.SMTPException):
            server.close()  # a conversation that broke off is left open
    return Answer("sent")


#: What is wrong, the most particular first.
_KINDS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
    (smtplib.SMTPAuthenticationError, "password"),
    (ssl.SSLCertVerificationError, "certificate"),
    (ssl.SSLError, "tls"),
    (smtplib.SMTPNotSupportedError, "tls"),
    (smtplib.SMTPSenderRefused, "sender"),
    (smtplib.SMTPRecipientsRefused, "recipient"),
    (TimeoutError, "timeout"),
    (ConnectionRefusedError, "refused"),
    (socket.gaierror, "name"),
    (smtplib.SMTPServerDisconnected, "hung_up"),
    (smtplib.SMTPResponseException, "answered"),
)


def _outcome(error: Exception) -> str:
    if isinstance(error.__context__, TimeoutError):
        return "timeout"  # smtplib calls silence a disconnection
    return next((outcome for kind, outcome in _KINDS if isinstance(error, kind)), "unreachable")


def _detail(error: Exception) -> str:
    """The server's own words: its code and text; nothing of ours, and no address."""
    said: tuple[int, bytes | str] | None = None
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        said = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_code, error.smtp_error
    if said is None:
        return ""
    text = said[1].decode(errors="replace") if isinstance(said[1], bytes) else str(said[1])
    return _ADDRESS.sub("…", " ".join(f"{said[0]} {text}".split()))[:300]
