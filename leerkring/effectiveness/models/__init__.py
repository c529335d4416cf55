"""The tables of the mirror, a file per noun."""

from leerkring.effectiveness.models.agreement import Agreement, Answer
from leerkring.effectiveness.models.upload import (
    KEPT_FOR,
    LIMIT,
    MAKE,
    MOST_ROWS,
    Upload,
    discard_forgotten,
    folder,
)

__all__ = [
    "KEPT_FOR",
    "LIMIT",
    "MAKE",
    "MOST_ROWS",
    "Agreement",
    "Answer",
    "Upload",
    "discard_forgotten",
    "folder",
]
