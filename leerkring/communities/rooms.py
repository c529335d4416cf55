"""The door of every page in a community: access first, then "has anything changed?", then the view."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.cache import get_conditional_response, patch_cache_control

from leerkring.communities import access
from leerkring.people.access import person
from leerkring.people.models import User
from leerkring.ui import rooms

P = ParamSpec("P")
Inner = Callable[Concatenate[HttpRequest, access.Here, P], HttpResponse]
Outer = Callable[Concatenate[HttpRequest, int, P], HttpResponse]


def room(to: access.Purpose = "see") -> Callable[[Inner[P]], Outer[P]]:
    """Let a view be reached only by who may do `to` in the community; it gets a `Here` in place of the id.

    A GET is answered with 304 when nothing shown has changed: the tag is made of the versions a page is drawn
    from, the reader, the language and the day; never of the body, which holds masked tokens.
    """

    def decorate(view: Inner[P]) -> Outer[P]:
        @wraps(view)
        def enter(request: HttpRequest, community_id: int, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            place = access.here(person(request), community_id, to)
            state = f"{place.state}.{place.membership.role}"
            return unless_known(request, place.user, state, lambda: view(request, place, *args, **kwargs))

        return cast(Outer[P], enter)  # wraps() hides that only the second parameter differs

    return decorate


def unless_known(
    request: HttpRequest, user: User, state: str, draw: Callable[[], HttpResponse]
) -> HttpResponse:
    """What `draw` makes of `state`; 304 when this reader's browser has that already."""
    if request.method != "GET" or len(get_messages(request)):
        response = draw()
        patch_cache_control(response, private=True, no_store=True)
        return response
    tag = _tag(request, user, state)
    response = get_conditional_response(request, etag=tag) or draw()
    if response.status_code in {200, 304}:
        response["ETag"] = tag
        patch_cache_control(response, private=True, no_cache=True)
    return response


def _tag(request: HttpRequest, user: User, state: str) -> str:
    # Signing in makes a new secret: a page kept from before holds forms that would fail.
    if "CSRF_COOKIE" not in request.META:
        get_token(request)
    parts = (
        request.META["CSRF_COOKIE"],
        state,
        request.get_full_path(),
        request.headers.get("HX-Request", ""),
        user.pk,
        user.version,
        [address for _label, _icon, address in rooms.menu(user)],
    )
    return '"' + hashlib.blake2b(repr(parts).encode(), digest_size=12).hexdigest() + '"'
