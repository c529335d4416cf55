"""Photos for tests, made on the spot."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image


def a_photo(
    kind: str = "JPEG", size: tuple[int, int] = (400, 300), *, colour: str = "teal", **saved: Any
) -> tuple[BytesIO, int]:
    """A file and its length, as an upload has them."""
    file = BytesIO()
    Image.new("RGB", size, colour).save(file, kind, **saved)
    length = file.tell()
    file.seek(0)
    return file, length
