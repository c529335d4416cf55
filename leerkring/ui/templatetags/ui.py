"""{% load ui %}: icons, a school's dates, the tabs of a community."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, pgettext

from leerkring import clock
from leerkring.ui import formatted as simple
from leerkring.ui import paths, rooms
from leerkring.ui.difference import Piece, difference
from leerkring.ui.errors import WORDS

register = template.Library()
ICONS = Path(__file__).resolve().parent.parent / "built" / "icons"


@cache
def _drawing(name: str) -> SafeString:
    path = ICONS / f"{name}.svg"
    if not path.is_file():
        raise template.TemplateSyntaxError(
            f"No icon {name!r}: name it in frontend/icons.txt and run python hatch_build.py"
        )
    return mark_safe(path.read_text(encoding="utf-8"))  # noqa: S308 (made by our own build)


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "house" %}`: the drawing itself, unheard by screen readers: always put words beside it."""
    return _drawing(name)


@register.filter
def school_date(day: date | None) -> str:
    """`donderdag 26 november`, with the year when it is not this one; "" without a date."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = timezone.localtime(day).date()
    return _date_words(get_language(), day, day.year == clock.today().year)


@register.simple_tag
def school_days(first: date, last: date) -> str:
    """`{% school_days first last %}`: from the one to the other, both included."""
    if first == last:
        return school_date(first)
    return gettext("%(first)s tot en met %(last)s") % {"first": school_date(first), "last": school_date(last)}


@register.filter
def formatted(text: str) -> SafeString:
    """A person's own text, with lists, **bold** and *italics*."""
    return mark_safe(simple.formatted(text))  # noqa: S308 (escaped by the parser)


@register.filter
def changed_from(new: str, old: str) -> list[Piece]:
    """`{% for piece in new|changed_from:old %}`: what changed, in words; the signs of a list are drawn as dots."""
    return difference(*(_LIST.sub(r"\1• ", text.replace("\r\n", "\n")) for text in (old, new)))


_LIST = re.compile(r"^([ \t]*)[-*+] ", re.MULTILINE)


@register.filter
def school_moment(moment: datetime | None) -> str:
    """`donderdag 26 november, 15.30 uur`, on a Dutch wall; "" without a moment."""
    if moment is None:
        return ""
    return _moment_words(
        get_language(), timezone.localtime(moment).replace(second=0, microsecond=0), school_date(moment)
    )


# Lists are full of dates, the same ones at every view: their words are found once.


@lru_cache(maxsize=2_000)
def _date_words(_language: str | None, day: date, is_this_year: bool) -> str:
    return date_format(day, "l j F" if is_this_year else "l j F Y")


@lru_cache(maxsize=2_000)
def _moment_words(_language: str | None, moment: datetime, day: str) -> str:
    hour = date_format(moment, pgettext("tijdnotatie van Django", "H.i"))
    return gettext("%(day)s, %(hour)s uur") % {"day": day, "hour": hour}


@register.simple_tag
def address(name: str, *ids: int) -> str:
    """`{% address "knowledge:helps" community said %}`: as `{% url %}`, for lists: quicker the second time."""
    return paths.address(name, *ids)


@register.simple_tag(takes_context=True)
def room_tabs(context: Context, here: Any) -> list[rooms.Tab]:
    """`{% room_tabs here as tabs %}`; the page may name its room in the context as `room`."""
    request = context.get("request")
    path = request.path if request else ""
    return rooms.tabs(here, path=path, current=str(context.get("room", "")))


@register.simple_tag(takes_context=True)
def room_parts(context: Context, here: Any, room: str) -> list[tuple[Any, str, bool]]:
    """`{% room_parts here "knowledge" as parts %}`: (label, address, whether one is in it)."""
    request = context.get("request")
    return rooms.parts(here, room, path=request.path if request else "")


@register.simple_tag
def own_menu(user: Any) -> list[tuple[Any, str, str]]:
    """`{% own_menu user as items %}`: (label, icon, address)."""
    return rooms.menu(user)


@register.simple_tag
def error_words(status: int | str) -> dict[str, Any]:
    """`{% error_words 404 as words %}`: `title` and `text` for when something does not go as asked."""
    title, text = WORDS[status]
    return {"title": title, "text": text}
