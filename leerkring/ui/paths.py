"""Path converters."""

from django.urls import register_converter
from django.urls.converters import IntConverter


class Id(IntConverter):
    """An id that fits in the database's 64 bits; anything longer is simply not a page."""

    regex = "[0-9]{1,18}"


register_converter(Id, "id")
