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
            if request.method != "GET" or len(get_messages(request)):
                response = view(request, place, *args, **kwargs)
                patch_cache_control(response, private=True, no_store=True)
                return response
            tag = _tag(request, place)
            known = get_conditional_response(request, etag=tag)
            response = known or view(request, place, *args, **kwargs)
            if response.status_code in {200, 304}:
                response["ETag"] = tag
                patch_cache_control(response, private=True, no_cache=True)
            return response

        return cast(Outer[P], enter)  # wraps() hides that only the second parameter differs

    return decorate


def _tag(request: HttpRequest, place: access.Here) -> str:
    # Signing in makes a new secret: a page kept from before holds forms that would fail.
    if "CSRF_COOKIE" not in request.META:
        get_token(request)
    parts = (
        request.META["CSRF_COOKIE"],
        place.state,
        request.get_full_path(),
        request.headers.get("HX-Request", ""),
        place.user.pk,
        place.user.version,
        place.membership.role,
    )
    return '"' + hashlib.blake2b(repr(parts).encode(), digest_size=12).hexdigest() + '"'
