"""What every answer passes: a line in the log, and headers the framework does not give."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

log = logging.getLogger(__name__)

View = Callable[[HttpRequest], HttpResponse]
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


class RequestLog:
    """One line for each request: the route as it is written in the urls, never the path; not who, from where,
    what was asked or what was sent."""

    def __init__(self, get_response: View) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        response = self._get_response(request)
        found = request.resolver_match
        log.info(
            "request",
            extra={
                "method": request.method if request.method in _METHODS else "other",
                "route": (found.view_name or found.route) if found else "none",
                "status": response.status_code,
                "ms": round((time.perf_counter() - begun) * 1000, 1),
            },
        )
        return response


class Private:
    """What is shown to someone with a session is theirs: no cache on the way keeps it, and theirs asks again.
    A page that says so itself, more strictly or less, is left alone."""

    def __init__(self, get_response: View) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


class PermissionsPolicy:
    """Says which powers of the browser this site will not use."""

    def __init__(self, get_response: View) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response
