"""What every page may use; without a single query."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

#: How each language names itself: a link to English is read by who does not read Dutch.
OWN_NAMES = {"nl": "Nederlands", "en": "English"}


def house(request: HttpRequest) -> dict[str, Any]:
    """`other_languages`: (code, own name) of each language the page is not in; `is_demo`: whether all is made
    up; `mail_is_off`: whether no mail server was named, so that mail stays here in files."""
    here = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    others = [(code, OWN_NAMES.get(code, str(name))) for code, name in settings.LANGUAGES if code != here]
    return {
        "other_languages": others,
        "is_demo": settings.DEMO,
        "mail_is_off": settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"),
    }
