"""Who is asking, and what is theirs."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from leerkring.people.models import Away, User


def person(request: HttpRequest) -> User:
    """The signed-in person; every view without `login_not_required` has one."""
    if not isinstance(request.user, User):
        raise TypeError("this view is reachable without signing in, but asks for a person")
    return request.user


def absence_for(user: User, which: str) -> Away:
    """A period that `user` said not to be there, or 404."""
    known = which.isascii() and which.isdigit() and len(which) <= 18
    away = user.absences.filter(pk=which).first() if known else None
    if away is None:
        raise Http404
    return away
