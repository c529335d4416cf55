"""In which of our languages a page is read now."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import get_language


def language() -> Literal["nl", "en"]:
    return "en" if (get_language() or "").startswith("en") else "nl"
