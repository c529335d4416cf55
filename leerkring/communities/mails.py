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


def untold(user: User) -> str:
    """What who acted hands over when `tell` sent nothing. The address is that of a page for everyone: coming in takes
    a code from that person's own mailbox, so it opens nobody's account to who has it."""
    said = {"link": settings.BASE_URL + reverse("account_request_login_code"), "email": user.email}
    if settings.DEMO:
        return (
            _(
                "In de demo gaat er geen mail weg. Binnenkomen gaat zo: log uit en vraag een code voor %(email)s. Die "
                "staat bij ‘Post van de demo’, onderaan elke pagina."
            )
            % said
        )
    if not are_sent():
        return (
            _(
                "Leerkring kan hier nog geen mail versturen. Kan dat wel, geef dan dit adres door: %(link)s. Inloggen "
                "gaat daar met een code, die we mailen naar %(email)s."
            )
            % said
        )
    return (
        _(
            "Er ging geen mail weg. Geef zelf dit adres door: %(link)s. Inloggen gaat daar met een code, die we mailen "
            "naar %(email)s."
        )
        % said
    )


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
