"""Path converters, and addresses for lists."""

from functools import lru_cache

from django.urls import register_converter, reverse
from django.urls.converters import IntConverter


class Id(IntConverter):
    """An id that fits in the database's 64 bits; anything longer is simply not a page."""

    regex = "[0-9]{1,18}"


register_converter(Id, "id")


@lru_cache(maxsize=20_000)
def address(name: str, *ids: int) -> str:
    """As `reverse`, and kept: it never changes, and finding it takes as long as drawing a line of a list."""
    return reverse(name, args=ids)
