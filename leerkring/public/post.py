"""The post of the demo: what would have been mailed, for whom it is.

A demo sends no mail and keeps it in files. Whoever is signed in reads what is theirs. Who is not yet, or shows anew
who they are, reads what was asked for in this very browser, unless that address is of someone who came in already and
is nobody's of the demo: a code for them would open the account of another visitor.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from itertools import islice
from typing import Any

from allauth.account.internal.stagekit import unstash_login
from django.http import HttpRequest

from leerkring import clock
from leerkring.communities import sent
from leerkring.communities.coming_in import waits_at
from leerkring.people.models import User
from leerkring.people.proving import Code

#: What is older is shown no more: a code lives a quarter of an hour.
SHOWN_FOR = timedelta(days=1)
MOST = 10


@dataclass(frozen=True)
class Letter:
    to: str
    subject: str
    text: str
    at: datetime


def addresses(request: HttpRequest) -> set[str]:
    """Whose mail this browser may read, in small letters."""
    own = {request.user.email.lower()} if isinstance(request.user, User) else set()
    return own | awaited(request)


def awaited(request: HttpRequest) -> set[str]:
    """Of these, to which a code was asked for here."""
    asked = {email.lower() for email in _asked(request) if email}
    return {email for email in asked if _is_nobodys(email)}


def letters(wanted: set[str]) -> list[Letter]:
    """To one of the `wanted`, of this day, the newest first."""
    return list(islice(_letters(wanted, since=clock.now() - SHOWN_FOR), MOST))


def _letters(wanted: set[str], *, since: datetime) -> Iterator[Letter]:
    if not wanted:
        return
    for message in sent.letters():
        letter = _read(message)
        if letter.at < since:
            return  # all that follow are older
        if letter.to.lower() in wanted:
            yield letter


def _read(message: EmailMessage) -> Letter:
    date: Any = message["Date"]
    at: datetime = date.datetime
    if at.tzinfo is None:  # so Django's mail says that it is UTC
        at = at.replace(tzinfo=UTC)
    body = message.get_body(("plain",))
    text = body.get_content() if body else ""
    return Letter(str(message["To"]), str(message["Subject"]), text.strip(), at)


def _asked(request: HttpRequest) -> Iterator[str]:
    """Where this browser asked a code to: to sign in, to come in, to show who it is, for a new address."""
    login: Any = unstash_login(request, peek=True)
    if login is not None:
        yield login.email or ""
    yield waits_at(request)
    for what in ("prove", "email"):
        yield Code(what, request).email


def _is_nobodys(email: str) -> bool:
    """No account, one of the demo, or one that was made for someone who never came."""
    account = User.objects.at_address(email)
    return account is None or account.is_demo or account.last_login is None
