"""A code in the mail: it proves that someone reads a mailbox, to be reached there, or to show that it is them.

The state is in the session, so that a code works only where it was asked for; kept is a digest of the code.
"""

from __future__ import annotations

from smtplib import SMTPException

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from leerkring import clock
from leerkring.people.models import User
from leerkring.ui.refusal import Refused

#: Seconds that a code works, how often it may be wrong, how many are sent to one person in an hour.
VALID, MOST_TRIES, MOST_AN_HOUR = 15 * 60, 5, 6


class Code:
    """One code under way for `what`; `email` is the mailbox it was sent to."""

    def __init__(self, what: str, request: HttpRequest) -> None:
        self._request = request
        self._key = f"code.{what}"
        state = request.session.get(self._key) or {}
        still = clock.now().timestamp() - state.get("at", 0) <= VALID
        self._state: dict[str, object] = state if still else {}

    @property
    def email(self) -> str:
        """Where it was sent; "" when none is under way."""
        return str(self._state.get("email", ""))

    def send(self, user: User, email: str, template: str) -> None:
        """Mail a new code, unless that mailbox belongs to another: then its owner is told, and no code works."""
        _count_one(user)
        code = get_adapter().generate_login_code()
        taken = User.objects.filter(email__iexact=email).exclude(pk=user.pk).exists()
        self._request.session[self._key] = {
            "email": email,
            "digest": "" if taken else digest(code),
            "at": clock.now().timestamp(),
            "tries": 0,
        }
        mail = "people/mail/taken" if taken else template
        try:
            get_adapter(self._request).send_mail(mail, email, {"code": code, "user": user})
        except (OSError, SMTPException):
            self.forget()
            raise Refused(
                _("De mail ging niet weg. Kijk of het adres klopt en probeer het straks opnieuw.")
            ) from None

    def fits(self, code: str) -> bool:
        """Whether this is the code; after five that are not, none is any more."""
        if not self.email:
            return False
        kept = str(self._state["digest"])
        if kept and constant_time_compare(kept, digest(code)):
            self.forget()
            return True
        tries = int(str(self._state["tries"])) + 1
        if tries >= MOST_TRIES:
            self.forget()
            self._state = {}
        else:
            self._request.session[self._key] = {**self._state, "tries": tries}
        return False

    def forget(self) -> None:
        self._request.session.pop(self._key, None)


def show_anew(request: HttpRequest) -> None:
    """Before the heaviest acts: nobody does those at a laptop that was left open. Whoever did not show who they are a
    moment ago is asked to first, and goes on from there."""
    raise_if_reauthentication_required(request, app="leerkring")


def digest(code: str, *, salt: str = "leerkring.people.code") -> str:
    """What is kept of a mailed code; the same however it is typed."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return salted_hmac(salt, plain, algorithm="sha256").hexdigest()


def _count_one(user: User) -> None:
    """One more code for `user` in this hour; `Refused` when there were too many."""
    key = f"codes:{user.pk}:{clock.now():%Y%m%d%H}"
    cache.add(key, 0, timeout=3600)
    if cache.incr(key) > MOST_AN_HOUR:
        raise Refused(_("We stuurden je al een paar codes. Wacht een uur en probeer het dan opnieuw."))
