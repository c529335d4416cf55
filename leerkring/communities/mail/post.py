"""Handing mail over, so that it is known of each whether it surely arrived, surely did not, or nobody can say."""

from __future__ import annotations

import re
import smtplib
from enum import StrEnum
from types import TracebackType

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

_DOTS = re.compile(rb"^\.", re.MULTILINE)
_IN_FILES = "django.core.mail.backends.filebased.EmailBackend"


class Outcome(StrEnum):
    SENT = "sent"
    #: Surely not delivered, and another time it may be.
    LATER = "later"
    #: Surely not delivered, and the server takes nothing at all now.
    NOBODY_THERE = "nobody_there"
    #: The server says no to this one, for good.
    REFUSED = "refused"
    #: It broke after the mail was on its way: perhaps it is there.
    UNSURE = "unsure"


class Post:
    """One connection to the mail server, kept for all mail of a round and opened anew when it breaks. A demo keeps
    its mail in files, whatever server is named."""

    def __init__(self) -> None:
        if settings.DEMO:
            self._backend = get_connection(_IN_FILES, file_path=settings.DATA / "mail")
        else:
            self._backend = get_connection()

    def __enter__(self) -> Post:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def send(self, letter: EmailMultiAlternatives) -> Outcome:
        if not isinstance(self._backend, EmailBackend):
            try:
                self._backend.send_messages([letter])
            except OSError:
                return Outcome.NOBODY_THERE
            return Outcome.SENT
        try:
            to = sanitize_address(letter.to[0], "utf-8")
        except (ValueError, UnicodeError):
            return Outcome.REFUSED  # an address that no server can be told
        # Before the server awaits it: what goes wrong in making it must not leave the connection half way a letter.
        body = letter.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]  # Django's, not Python's own
        kept = self._backend.connection is not None
        outcome = self._hand_over(self._backend, letter, to, body)
        if kept and outcome == Outcome.NOBODY_THERE:
            # The server had closed a connection that stood open: a new one may well be welcome.
            outcome = self._hand_over(self._backend, letter, to, body)
        return outcome

    def _hand_over(
        self, backend: EmailBackend, letter: EmailMultiAlternatives, to: str, body: bytes
    ) -> Outcome:
        try:
            refused = self._announce(backend, letter, to)
        except (OSError, smtplib.SMTPException):
            self._close()
            return Outcome.NOBODY_THERE
        if refused:
            return refused
        try:
            return self._tell(backend, body)
        except (OSError, smtplib.SMTPException):
            self._close()
            return Outcome.UNSURE

    def _announce(self, backend: EmailBackend, letter: EmailMultiAlternatives, to: str) -> Outcome | None:
        """From and to, before a word of it is sent; None when the server awaits the rest."""
        backend.open()
        server = backend.connection
        if server is None:
            return Outcome.NOBODY_THERE
        server.ehlo_or_helo_if_needed()
        code, _said = server.mail(sanitize_address(letter.from_email, "utf-8"))
        if code != 250:
            self._close()  # it is us whom it does not want now, not this person
            return Outcome.NOBODY_THERE
        code, _said = server.rcpt(to)
        if code in {250, 251}:
            code, _said = server.docmd("DATA")
            if code == 354:
                return None
        server.rset()
        return Outcome.REFUSED if code >= 500 else Outcome.LATER

    def _tell(self, backend: EmailBackend, body: bytes) -> Outcome:
        server = backend.connection
        assert server is not None  # it just said 354
        server.send(_DOTS.sub(b"..", body) + (b"" if body.endswith(b"\r\n") else b"\r\n") + b".\r\n")
        code, _said = server.getreply()
        if code < 400:
            return Outcome.SENT
        return Outcome.REFUSED if code >= 500 else Outcome.LATER

    def _close(self) -> None:
        """However it went, nothing is left open; what the server thinks of that matters no more."""
        try:
            self._backend.close()
        except (OSError, smtplib.SMTPException):
            if isinstance(self._backend, EmailBackend):
                self._backend.connection = None
