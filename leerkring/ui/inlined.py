"""The house's look for a file that stands on its own and is opened without the house. Never for a page: its
policy allows no inline style."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe

_STYLES = Path(__file__).resolve().parent / "static/ui/built/app.css"
_FONTS = re.compile(r"@font-face\s*\{[^}]*\}")


@cache
def style() -> SafeString:
    """The stylesheet as an element, without the fonts it would fetch: the reader's own take their place."""
    return mark_safe(f"<style>{_FONTS.sub('', _STYLES.read_text(encoding='utf-8'))}</style>")  # noqa: S308
