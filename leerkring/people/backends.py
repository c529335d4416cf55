"""Who may sign in, by password or by code."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings

from leerkring.people.models import User


class PasswordOrCode(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    """Everyone active; demo accounts only in the demo, also those with a session made there."""

    def user_can_authenticate(self, user: Any) -> bool:
        return bool(super().user_can_authenticate(user)) and (settings.DEMO or not user.is_demo)

    def get_user(self, user_id: Any) -> User | None:
        user = super().get_user(user_id)
        return user if isinstance(user, User) and self.user_can_authenticate(user) else None
