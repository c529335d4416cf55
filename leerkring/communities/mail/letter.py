"""The mail itself: titles and who, with links; never what was said."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import format_datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from leerkring import clock
from leerkring.communities import inbox
from leerkring.communities.mail.readers import Reader, base_host
from leerkring.communities.mail.stopping import stop_address
from leerkring.communities.models import Community, Digest, Notice
from leerkring.communities.notices import Rhythm


@dataclass(frozen=True)
class Part:
    """What one community has to tell; None: what is of no community."""

    community: Community | None
    rows: list[inbox.Row]
    #: Ends mail of this community.
    stop: str


def written(digest: Digest, reader: Reader) -> EmailMultiAlternatives | None:
    """The mail, in the person's language; None when nothing is left to tell."""
    with translation.override(reader.user.language or settings.LANGUAGE_CODE):
        parts = _parts(digest, reader)
        return _letter(digest, reader, parts) if parts else None


def _parts(digest: Digest, reader: Reader) -> list[Part]:
    """What is still unread, still theirs to see, and still wanted."""
    told = Notice.objects.seen_by(reader.user).unread().filter(mailed_in=digest)
    found = told.select_related("by__user", "community")
    wanted = [n for n in found if reader.rhythm(n.community_id, n.kind) != Rhythm.NEVER]
    by_community: dict[int | None, list[inbox.Row]] = {}
    for row in inbox.rows(reader.user, wanted):
        by_community.setdefault(row.community.pk if row.community else None, []).append(row)
    return [
        Part(rows[0].community, rows, stop_address(reader.user, rows[0].community))
        for _pk, rows in sorted(by_community.items(), key=lambda item: item[0] or 0)
    ]


def _letter(digest: Digest, reader: Reader, parts: list[Part]) -> EmailMultiAlternatives:
    stop = stop_address(reader.user, None)
    context = {
        "parts": parts,
        "base": settings.BASE_URL,
        "stop": stop,
        "choose": reverse("communities:mail"),
        "user": reader.user,
    }
    letter = EmailMultiAlternatives(
        subject=_subject(parts),
        body=render_to_string("communities/mail/digest.txt", context),
        to=[reader.user.email],
        headers=headers(f"{digest.uid.hex}.postvak", stop),
    )
    letter.attach_alternative(render_to_string("communities/mail/digest.html", context), "text/html")
    return letter


def headers(name: str, stop: str) -> dict[str, str]:
    """What a mail to someone who takes part says of itself: `name` is its own for ever, `stop` ends all mail."""
    return {
        "Message-ID": f"<{name}@{base_host()}>",
        "Date": format_datetime(clock.now().astimezone(clock.AMSTERDAM)),
        "List-Id": f"Leerkring <postvak.{base_host()}>",
        "List-Unsubscribe": f"<{settings.BASE_URL}{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        "Precedence": "bulk",
    }


def _subject(parts: list[Part]) -> str:
    names = [part.community.name for part in parts if part.community]
    if len(names) == 1 and len(parts) == 1:
        return " ".join((_("Nieuw voor jou in %(community)s") % {"community": names[0]}).split())
    return _("Nieuw voor jou in Leerkring")
