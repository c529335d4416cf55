"""Turns what cannot be done into a page that says what to do."""

from __future__ import annotations

import logging
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, ValidationError
from django.db import IntegrityError, connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.translation import gettext_lazy

from leerkring.ui import errors
from leerkring.ui.refusal import Refused

#: The name of the field a form's draft travels under; frontend/drafts.ts makes its value.
TOKEN_FIELD = "draft-token"  # noqa: S105 (names a field, is no secret)
TOKEN_LETTERS = frozenset("0123456789abcdef")

log = logging.getLogger(__name__)
_COLLIDED = gettext_lazy(
    "Iemand deed dit op hetzelfde moment ook. Er is van jou niets veranderd: kijk hoe het er nu voor staat."
)


class Refusals:
    """Shows Refused and what collides as 409, and requests that are too large or malformed as 413 and 400."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method == "POST" and (token := kept_draft(request, response)):
            response.set_cookie("saved", token, max_age=600, samesite="Lax", secure=request.is_secure())
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return errors.refused(request, exception)
        if isinstance(exception, IntegrityError) and request.method == "POST":
            # Two people did at once what can be done once. The text on it may hold what somebody typed.
            log.warning("write.collided", extra={"constraint": _constraint(exception)})
            return errors.refused(request, Refused(_COLLIDED))
        if isinstance(exception, ValidationError) and request.method == "POST":
            # A verb found what its form could not know yet.
            return errors.refused(request, Refused(" ".join(exception.messages)))
        if isinstance(exception, RequestDataTooBig):
            return errors.too_large(request, exception)
        if isinstance(exception, SuspiciousOperation):
            return errors.bad_request(request, exception)
        return None


def _constraint(error: IntegrityError) -> str:
    """What would not hold: its name on PostgreSQL, the fields on SQLite; never a value."""
    found = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    return found or ("" if connection.vendor == "postgresql" else str(error))


def kept_draft(request: HttpRequest, response: HttpResponseBase) -> str:
    """The token of a form whose text the server has kept, or "".

    Kept is what a view answers by sending the browser on (but not to sign in), or, to htmx, by any success.
    """
    if response.status_code in {301, 302, 303}:
        going = urlsplit(response.headers.get("Location", "")).path
        kept = going != urlsplit(resolve_url(settings.LOGIN_URL)).path
    else:
        kept = response.status_code in {200, 201, 204} and request.headers.get("HX-Request") == "true"
    if not kept:
        return ""
    token = request.POST.get(TOKEN_FIELD, "")
    return token if len(token) <= 40 and TOKEN_LETTERS.issuperset(token) else ""
