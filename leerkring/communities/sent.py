"""Mail that was kept as files (when no mail server is set, and in a demo): read again, and what was sent to or about
someone goes with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

from leerkring.people.erasure import Leaving

#: What Django writes after each mail in such a file.
_LINE = b"-" * 79 + b"\n"
_CALENDARS = {"text/calendar", "application/ics"}
_FOLD = re.compile(r"\r?\n[ \t]")


def letters() -> Iterator[EmailMessage]:
    """All that is kept, the newest first: a file is named for its moment."""
    for file in sorted(_folder().glob("*.log"), reverse=True):
        try:
            mails = file.read_bytes().split(_LINE)
        except FileNotFoundError:  # gone meanwhile with who was erased
            continue
        for mail in reversed(mails):
            message = message_from_bytes(mail, policy=policy.default)
            if mail.strip() and isinstance(message, EmailMessage):
                yield message


def _folder() -> Path:
    return Path(getattr(settings, "EMAIL_FILE_PATH", "") or settings.DATA / "mail")


def forget_mail(leaving: Leaving) -> None:
    for file in _folder().glob("*"):
        mails = file.read_bytes().split(_LINE)
        kept = [mail for mail in mails if mail.strip() and not _is_about(mail, leaving)]
        if not kept:
            file.unlink(missing_ok=True)
        elif len(kept) < len([mail for mail in mails if mail.strip()]):
            file.write_bytes(b"".join(mail + _LINE for mail in kept))


def _is_about(mail: bytes, leaving: Leaving) -> bool:
    message = message_from_bytes(mail, policy=policy.default)
    texts = [str(value) for value in message.values()]
    if isinstance(message, EmailMessage):
        texts += [
            _text(part) for part in message.walk() if part.get_content_type() in _CALENDARS or _is_text(part)
        ]
    return any(leaving.without(text) != text for text in texts)


def _is_text(part: EmailMessage) -> bool:
    return part.get_content_maintype() == "text"


def _text(part: EmailMessage) -> str:
    """What it says; of a calendar with its long lines whole, for a name may stand across two."""
    content = part.get_content()
    text = content.decode(errors="replace") if isinstance(content, bytes) else str(content)
    return _FOLD.sub("", text) if part.get_content_type() in _CALENDARS else text
