"""What a verb raises when the rules of the house forbid it."""

from __future__ import annotations

from django.utils.functional import Promise


class Refused(Exception):
    """The act is not possible; `message` tells the person why and what to do. Nothing has changed."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(str(message))
        self.message = message
