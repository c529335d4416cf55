"""The impossible, said kindly."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise


class Refused(Exception):
    """A verb cannot be done now; nothing was changed.

    Raised by models with one translated sentence that says what to do instead. The middleware shows it as a
    page (or a fragment) with status 409, so that no view needs to catch it.
    """

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class Overtaken(Exception):
    """A thing was changed, by a colleague or on another screen, while it was being written; `standing` is how it stands
    now."""

    def __init__(self, standing: Any) -> None:
        super().__init__(standing.pk)
        self.standing = standing
