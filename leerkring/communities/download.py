"""All that is of one person, to take along: JSON for a computer, a page for themselves, and their photo."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone

from leerkring import clock
from leerkring.communities.own_words import PARTS
from leerkring.people import photos
from leerkring.people.erasure import erasers
from leerkring.people.models import User
from leerkring.ui import inlined


def everything_of(user: User) -> dict[str, Any]:
    """From the account up."""
    found: dict[str, Any] = {}
    for eraser in reversed(erasers()):
        found.update(eraser.own(user))
    return found


def zipped(user: User) -> bytes:
    found = everything_of(user)
    document = json.dumps(found, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    parts = [(PARTS[key].title, PARTS[key].shown(_rows(part))) for key, part in found.items()]
    page = render_to_string(
        "communities/download.html",
        {"user": user, "parts": parts, "at": clock.now(), "style": inlined.style()},
    )
    made = BytesIO()
    moment = timezone.localtime(clock.now()).timetuple()[:6]
    with ZipFile(made, "w") as archive:
        for name, content in (
            ("gegevens.json", document.encode()),
            ("gegevens.html", page.encode()),
            *_photo(user),
        ):
            archive.writestr(ZipInfo(name, moment), content, ZIP_DEFLATED)
    return made.getvalue()


def _photo(user: User) -> Iterator[tuple[str, bytes]]:
    """As large as it is kept; a file that is not there is no reason to get nothing."""
    if user.photo:
        with suppress(OSError), default_storage.open(photos.path(user.photo, photos.LARGE)) as file:
            yield "foto.jpg", file.read()


def _rows(part: Any) -> list[Mapping[str, Any]]:
    return [part] if isinstance(part, Mapping) else list(part)
