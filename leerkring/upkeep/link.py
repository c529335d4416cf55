"""A link that lets an administrator in once, made on the machine itself: for the first day, and for who is locked out.

It holds the person and the moment of their last sign-in; signing in changes that moment, and with it the link is
spent, and so is every other one.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.people.models import User
from leerkring.ui.refusal import Refused

VALID = timedelta(hours=24)
_SALT = "leerkring.upkeep.link"


def make_link(user: User, *, at: datetime | None = None) -> str:
    """The whole address."""
    said = {"u": user.pk, "s": _state(user), "t": (at or clock.now()).isoformat()}
    return str(settings.BASE_URL) + reverse("upkeep:enter", args=[signing.dumps(said, salt=_SALT)])


def holder(token: str) -> User:
    """Whose link this is; `Refused` when it is damaged, too old or spent."""
    try:
        said = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        raise Refused(_("Deze link klopt niet. Kopieer hem nog eens helemaal.")) from None
    user = User.objects.filter(pk=said["u"], is_administrator=True, is_active=True).first()
    spent = user is None or _state(user) != said["s"]
    if user is None or spent or clock.now() - datetime.fromisoformat(said["t"]) > VALID:
        raise Refused(
            _(
                "Deze link is gebruikt of verlopen. Maak op de server een nieuwe met: leerkring link E-MAILADRES"
            )
        )
    return user


@transaction.atomic
def spend(token: str) -> User:
    """Its holder, for whom it does not work a second time, not even at the same moment."""
    user = holder(token)
    now = clock.now()
    spent = User.objects.filter(pk=user.pk, last_login=user.last_login).update(last_login=now)
    if not spent:
        raise Refused(_("Deze link is net gebruikt."))
    user.last_login = now
    return user


def _state(user: User) -> str:
    """Goes with a sign-in and with a new password."""
    return salted_hmac(_SALT, f"{user.last_login} {user.password}").hexdigest()[:24]
