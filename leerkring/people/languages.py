"""The language of someone's screen: a cookie that follows what they chose, on every device where they sign in."""

from __future__ import annotations

from django.conf import settings
from django.http.response import HttpResponseBase


def speak(response: HttpResponseBase, language: str) -> None:
    """Have the next pages in `language`; nothing when none was chosen."""
    if language:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            path=settings.LANGUAGE_COOKIE_PATH,
            domain=settings.LANGUAGE_COOKIE_DOMAIN,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,  # type: ignore[arg-type]  # one of the words
        )
