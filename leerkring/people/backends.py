"""Who may sign in, by password or by code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.db.models.expressions import Combinable

from leerkring.people.models import User

_along: dict[str, Callable[[], Combinable]] = {}


def ask_along(name: str, what: Callable[[], Combinable]) -> None:
    """What an app above shows on every page of a person: read in the question by which who is signed in is known, and
    then an attribute `name` of that user."""
    _along[name] = what


class PasswordOrCode(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    """Everyone active; demo accounts only in the demo, also those with a session made there."""

    def user_can_authenticate(self, user: Any) -> bool:
        return bool(super().user_can_authenticate(user)) and (settings.DEMO or not user.is_demo)

    def get_user(self, user_id: Any) -> User | None:
        found = User.objects.annotate(**{name: what() for name, what in _along.items()})
        user = found.filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
