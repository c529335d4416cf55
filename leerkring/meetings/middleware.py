"""A device that is in a room, and on which somebody signs in."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from leerkring.meetings.live import coming
from leerkring.meetings.live.socket import COOKIE
from leerkring.people.sessions import kept


class SignedInOnADevice:
    """Tells the rooms in which a device is by a name that somebody signed in on it: the screen that is open there is of
    that person now. Around the sessions, so that the new one is kept by then."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        tokens = [token for name, token in request.COOKIES.items() if name.startswith(COOKIE)]
        if tokens and self._signed_in(request):
            coming.signed_in(tokens, kept(request.session.session_key))
        return response

    @staticmethod
    def _signed_in(request: HttpRequest) -> bool:
        """In this very request: a session gets another key then."""
        key = request.session.session_key
        changed = key is not None and key != request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        return changed and request.user.is_authenticated
