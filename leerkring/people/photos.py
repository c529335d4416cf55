"""A photo of oneself: read with suspicion, drawn anew, and nothing but the picture kept."""

from __future__ import annotations

import logging
import secrets
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from leerkring.ui.refusal import Refused

log = logging.getLogger(__name__)

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 50_000_000
#: A strip of one pixel high is no photo, and costs as much to turn as a real one.
LEAST_SIDE = 32
FORMATS = ("JPEG", "PNG", "WEBP")
#: For on the profile, and for beside a name.
LARGE, SMALL = SIZES = (256, 96)
CONTENT_TYPE = "image/jpeg"
#: Where they are in the storage, and nothing else.
FOLDER = "photos"
#: The first bytes of an iPhone's own format, after four for a length.
_HEIC = (b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypmsf1")
#: What Pillow raises on broken or hostile files; the last four where what it says of itself (EXIF) is damaged.
BROKEN = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    struct.error,
    LookupError,
    TypeError,
    ArithmeticError,
)
#: What it raises, or says, by itself on what claims to be enormous.
ENORMOUS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


class Unreadable(Refused):
    """This file is no photo that we can use; the sentence says what to choose instead."""


@dataclass(frozen=True)
class Portrait:
    """A photo drawn anew: the bytes of each size."""

    drawn: dict[int, bytes]

    @classmethod
    def read(cls, file: IO[bytes], size: int) -> Portrait:
        """Raises `Unreadable` for what is too large, broken, hostile, or no photo at all."""
        if size > MOST_BYTES:
            raise Unreadable(_("Deze foto is te groot. Kies er een van hoogstens 8 MB."))
        start = file.read(12)
        file.seek(0)
        if start[4:12] in _HEIC:
            raise Unreadable(
                _(
                    "Dit is een HEIC-foto van een iPhone; die kunnen we niet lezen. Bewaar de foto eerst als JPEG."
                )
            )
        try:
            return cls(_draw(file))
        except ENORMOUS:
            raise _too_many_points() from None
        except BROKEN:
            raise Unreadable(
                _("Dit bestand is geen foto die we kunnen lezen. Kies een JPEG, PNG of WebP.")
            ) from None

    def keep(self) -> str:
        """Store every size under a new name, which nobody can guess."""
        name = secrets.token_hex(16)
        for size, content in self.drawn.items():
            default_storage.save(path(name, size), ContentFile(content))
        return name


def _draw(file: IO[bytes]) -> dict[int, bytes]:
    # `formats` keeps every other decoder of Pillow shut, whatever the file calls itself.
    with Image.open(file, formats=FORMATS) as image:
        width, height = image.size
        if width * height > MOST_PIXELS:
            raise _too_many_points()
        if min(width, height) < LEAST_SIDE:
            raise Unreadable(_("Deze foto is te klein. Kies er een van minstens 32 bij 32 beeldpunten."))
        # A JPEG is decoded at no more than it takes: a large one then costs a few megabytes instead of hundreds.
        image.draft("RGB", (2 * LARGE, 2 * LARGE))
        upright = ImageOps.exif_transpose(_square(image))
    flat = _on_white(upright)
    return {size: _jpeg(flat, size) for size in SIZES}


def _too_many_points() -> Unreadable:
    return Unreadable(_("Deze foto heeft te veel beeldpunten. Maak hem eerst kleiner."))


def _square(image: Image.Image) -> Image.Image:
    """The square around the middle, small. Cut before it is turned: the middle stays where it is."""
    wanted = "RGBA" if image.has_transparency_data else "RGB"
    points = image if image.mode == wanted else image.convert(wanted)
    side = min(points.size)
    left, top = (points.width - side) // 2, (points.height - side) // 2
    box = (left, top, left + side, top + side)
    return points.resize((LARGE, LARGE), Image.Resampling.LANCZOS, box=box, reducing_gap=2.0)


def _on_white(image: Image.Image) -> Image.Image:
    """A new picture in which only the points are those of `image`."""
    flat = Image.new("RGB", image.size, "white")
    flat.paste(image, mask=image.getchannel("A") if image.mode == "RGBA" else None)
    return flat


def _jpeg(image: Image.Image, size: int) -> bytes:
    out = BytesIO()
    image.resize((size, size), Image.Resampling.LANCZOS).save(out, "JPEG", quality=86, optimize=True)
    return out.getvalue()


def path(name: str, size: int) -> str:
    """Where a size of a photo is in the storage."""
    return f"{FOLDER}/{name}-{size}.jpg"


def delete(name: str) -> None:
    """The files of a photo, all sizes; what cannot be deleted is told to the log and stays unreachable."""
    for size in SIZES if name else ():
        try:
            default_storage.delete(path(name, size))
        except OSError:
            log.exception("photo.kept")


def of_nobody(held: set[str]) -> Iterator[str]:
    """Where files are in the storage that belong to none of the photos in `held`."""
    if default_storage.exists(FOLDER):
        for file in default_storage.listdir(FOLDER)[1]:
            if file.rpartition("-")[0] not in held:
                yield f"{FOLDER}/{file}"


def clear(held: set[str], *, before: datetime) -> None:
    """Those that lie there since before this moment: what was stored when something went wrong after it."""
    for file in of_nobody(held):
        try:
            if default_storage.get_modified_time(file) < before:
                default_storage.delete(file)
        except OSError:
            log.exception("photo.kept")
