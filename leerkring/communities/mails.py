"""The mails by which people come in, each on its own: invitations, codes, what an administrator did.
What asks for someone who is in is mailed together, by `communities.mail`."""

from __future__ import annotations

from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from leerkring.communities.models import Arrival, Invitation
from leerkring.people.models import User


def are_sent() -> bool:
    """Whether a mail server was given; in the demo none is asked, for its accounts are nobody's."""
    return not settings.DEMO and not settings.EMAIL_BACKEND.endswith("filebased.EmailBackend")


def send_invitation(invitation: Invitation) -> None:
    """The link that is only ever in this mail."""
    with override(invitation.language or settings.LANGUAGE_CODE):
        subject = _("Doe je mee met %(community)s?") % {"community": invitation.community.name}
        context = {
            "invitation": invitation,
            "link": settings.BASE_URL + invitation.address(proven=True),
            "by": invitation.by,
        }
        body = render_to_string("communities/mail/invitation.txt", context)
    send_mail(" ".join(subject.split()), body, None, [invitation.email])


def send_code(arrival: Arrival, code: str) -> None:
    """The code that proves who reads this mailbox; the same to an address with an account as to one without."""
    with override(arrival.language or settings.LANGUAGE_CODE):
        subject = _("Je code voor %(community)s") % {"community": arrival.community.name}
        body = render_to_string("communities/mail/code.txt", {"community": arrival.community, "code": code})
    send_mail(" ".join(subject.split()), body, None, [arrival.email])


def tell(user: User, template: str, *, to: str = "", **said: Any) -> bool:
    """Send communities/mail/<template>.txt, of which the first line is the subject, in the language of `user`.
    False when no mail server takes it; in the demo none is asked."""
    if not are_sent():
        return False
    entrance = settings.BASE_URL + reverse("account_request_login_code")
    with override(user.language or settings.LANGUAGE_CODE):
        text = render_to_string(
            f"communities/mail/{template}.txt", {"user": user, "entrance": entrance, **said}
        )
    subject, _, body = text.strip().partition("\n")
    try:
        return send_mail(" ".join(subject.split()), body.strip(), None, [to or user.email]) == 1
    except (OSError, SMTPException):
        return False
