"""A mail server on this machine, for tests that look at what arrives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.ports import free_port


@dataclass
class Letterbox:
    """A mail server on this machine, and what it took in."""

    letters: list[tuple[str, EmailMessage]] = field(default_factory=list)
    connections: int = 0
    #: Address -> what is said to it.
    answers: dict[str, str] = field(default_factory=dict)
    #: Called when a letter is in, before the server says so.
    at_the_end: Callable[[SMTP], str] = lambda server: "250 OK"

    async def handle_EHLO(  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        made = message_from_bytes(content, policy=policy.default)
        self.letters.append((envelope.rcpt_tos[0], made))
        return self.at_the_end(server)


@pytest.fixture
def letterbox(settings: Any) -> Iterator[Letterbox]:
    port = free_port()
    box = Letterbox()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_TIMEOUT = 5
    yield box
    server.stop()
