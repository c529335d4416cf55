"""The mail server of bench/mail: real SMTP on this machine, with the moods that mail servers have."""

from __future__ import annotations

from asyncio import WriteTransport
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from random import Random

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Letter:
    """What arrived, and the moment on the test clock."""

    at: datetime
    to: str
    message: EmailMessage

    @property
    def text(self) -> str:
        part = self.message.get_body(("plain",))
        return str(part.get_content()) if part else ""


class Server:
    """`now` is set by the bench before each round. A dead address is refused for good; now and then a server says
    *later*, breaks off after it took a letter in, or breaks off and lost it."""

    def __init__(self, port: int, *, seed: int, dead: set[str]) -> None:
        self.now = datetime.min.replace(tzinfo=UTC)
        self.letters: list[Letter] = []
        #: (moment, address): what did not go as usual.
        self.troubles: list[tuple[datetime, str]] = []
        self.lost: list[tuple[datetime, str]] = []
        self.connections = 0
        self._port = port
        self._dead = dead
        self._random = Random(seed)
        self._controller: Controller | None = None

    def start(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self._port)
        self._controller.start()

    def stop(self) -> None:
        if self._controller:
            self._controller.stop()
            self._controller = None

    @property
    def is_there(self) -> bool:
        return self._controller is not None

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self._dead:
            return "550 5.1.1 No such person"
        if self._random.random() < 0.03:
            self.troubles.append((self.now, address))
            return "451 4.7.1 Later, please"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        mood, to = self._random.random(), envelope.rcpt_tos[0]
        if mood < 0.01:
            self.troubles.append((self.now, to))
            return "452 4.3.1 Full"
        if mood < 0.02:
            self.lost.append((self.now, to))
        else:
            assert isinstance(envelope.content, bytes)
            message = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(message, EmailMessage)
            self.letters.append(Letter(self.now, to, message))
        if mood < 0.03:
            assert isinstance(server.transport, WriteTransport)
            server.transport.abort()
        return "250 OK"
