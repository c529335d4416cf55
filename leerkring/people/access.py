"""Who is asking."""

from __future__ import annotations

from django.http import HttpRequest

from leerkring.people.models import User


def person(request: HttpRequest) -> User:
    """The signed-in person; every view without `login_not_required` has one."""
    if not isinstance(request.user, User):
        raise TypeError("this view is reachable without signing in, but asks for a person")
    return request.user
