"""The way to a live room: `/live/ROOM/stream` tells a screen what changes, `/live/ROOM/acts` takes what it sends, and
`/live/ROOM/state` tells all at once, for who has no stream.

These do not pass through Django: hundreds of screens listen at once. Who asks is known by a cookie of the room that
only the house can read; whether they still belong there is looked up again when something of that changed, and every
minute, also while a screen listens (`live.known`).
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.http import parse_cookie

from leerkring import clock
from leerkring.meetings.live import acts, hub, known, view
from leerkring.meetings.live.acts import Impossible, Why
from leerkring.meetings.live.desk import Sent

log = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

#: Bytes and things in one request; things that one screen may send in `WINDOW` seconds.
BODY, THINGS, PACE, WINDOW = 256 * 1024, 100, 150, 10.0
#: Seconds between two signs of life, and for which one stream lasts.
BEAT, LASTS = 15.0, 3600.0
#: Seconds for a request to arrive; and for a screen to take what it is told.
PATIENCE = 30.0

_PATH = re.compile(r"/live/(\d{1,18})/(stream|acts|state)")
#: (room, person) → how much they may send now, and since when that is so.
_pace: dict[tuple[int, int], tuple[float, float]] = {}
_KEPT = 20_000


class Refuse(Exception):
    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


#: How the names begin of the cookies by which rooms know a device.
COOKIE = "live_"


def cookie_name(live: int) -> str:
    return f"{COOKIE}{live}"


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers what lies under /live/."""
    try:
        found = _PATH.fullmatch(scope["path"])
        if found is None:
            raise Refuse(404)
        live, what = int(found[1]), found[2]
        if scope["method"] != ("POST" if what == "acts" else "GET"):
            raise Refuse(405)
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        token = _token(headers, live)
        person = await _who(live, token)
        asked = parse_qs(scope["query_string"].decode("latin-1"))
        if asked.get("me", [str(person)]) != [str(person)]:
            raise Refuse(403)  # a page that somebody left open on a device that is another's now
        if what == "acts":
            _same_site(headers)
            await _acts(live, person, await _body(receive), send)
            return
        _keep_pace(live, person, 1)
        screen = hub.Subscriber(live, person, board=asked.get("bord") == ["1"])
        if what == "state":
            await _state(screen, send)
        else:
            await _stream(screen, token, receive, send)
    except Refuse as refused:
        await _answer(send, refused.status, {"why": "refused"})


def _token(headers: dict[str, str], live: int) -> str:
    # As Django reads them: one that was set by something else, however it is written, does not hide ours.
    return parse_cookie(headers.get("cookie", "")).get(cookie_name(live), "")


async def _who(live: int, token: str) -> int:
    person = known.remembered(live, token)
    if person is None:
        try:
            person = await asyncio.to_thread(known.look_up, live, token)
        except Exception:
            log.exception("live.unknown")
            raise Refuse(503) from None  # the screen asks again
        if person is None:
            raise Refuse(403)
    return person


def _same_site(headers: dict[str, str]) -> None:
    """Nobody's page but ours sends acts: JSON cannot be sent by a form, and a browser says where it comes from."""
    if not headers.get("content-type", "").startswith("application/json"):
        raise Refuse(415)
    if headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise Refuse(403)
    if (origin := headers.get("origin")) is not None:
        known = {urlsplit(settings.BASE_URL).netloc, headers.get("host", "")} - {""}
        if _place(origin) not in known:
            raise Refuse(403)


def _place(address: str) -> str:
    """Host and port of an address; empty when it is none."""
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""


async def _body(receive: Receive) -> bytes:
    body = bytearray()
    more = True
    try:
        async with asyncio.timeout(PATIENCE):
            while more:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise Refuse(400)
                body += message.get("body", b"")
                if len(body) > BODY:
                    raise Refuse(413)
                more = message.get("more_body", False)
    except TimeoutError:
        raise Refuse(408) from None
    return bytes(body)


def _things(person: int, body: bytes) -> list[Sent | hub.Given | Why]:
    """What was sent, each as far as it can be read."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        raise Refuse(400) from None
    if not isinstance(sent, list) or len(sent) > THINGS:
        raise Refuse(400)
    return [_thing(person, one) for one in sent]


def _thing(person: int, sent: Any) -> Sent | hub.Given | Why:
    if not isinstance(sent, dict):
        return Why.UNREADABLE
    if sent.get("kind") == "give":
        token, step = sent.get("token"), sent.get("step")
        if type(token) is not int or not 0 < token <= acts.LARGEST or not isinstance(step, str):
            return Why.UNREADABLE
        try:
            return hub.Given(person, step, token, acts.text(sent.get("text")))
        except Impossible as impossible:
            return impossible.why
    key, kind = sent.get("key"), sent.get("kind")
    if not isinstance(key, str) or not isinstance(kind, str):
        return Why.UNREADABLE
    return Sent(person, key, kind, sent.get("data", {}))


def _keep_pace(live: int, person: int, count: int) -> None:
    now = clock.now().timestamp()
    left, since = _pace.get((live, person), (float(PACE), now))
    left = min(float(PACE), left + (now - since) * PACE / WINDOW)
    if left < count:
        raise Refuse(429)
    if len(_pace) >= _KEPT:
        _pace.clear()
    _pace[live, person] = (left - count, now)


async def _acts(live: int, person: int, body: bytes, send: Send) -> None:
    things = _things(person, body)
    _keep_pace(live, person, len(things))
    readable = [thing for thing in things if not isinstance(thing, Why)]
    try:
        kept: hub.Outcomes = await asyncio.wrap_future(_hub().send(live, readable))
    except Exception:
        # It is logged by who failed. The screen keeps it and sends it again.
        raise Refuse(503) from None
    outcomes = iter(kept)
    said = [thing if isinstance(thing, Why) else next(outcomes) for thing in things]
    await _answer(send, 200, {"done": [why.value if why else "" for why in said]})


def _hub() -> hub.Hub:
    found = hub.current()
    if found is None:
        raise Refuse(503)
    return found


async def _enter(screen: hub.Subscriber) -> hub.Seen:
    """From now on it is told; what there is to see now."""
    try:
        await asyncio.wrap_future(_hub().enter(screen))
    except Refuse:
        raise
    except Exception:
        raise Refuse(503) from None
    if screen.seen is None:
        raise Refuse(404)
    if not screen.seen.is_for(screen.person):
        _hub().leave(screen)
        raise Refuse(403)
    return screen.seen


async def _state(screen: hub.Subscriber, send: Send) -> None:
    seen = await _enter(screen)
    _hub().leave(screen)
    said = {
        "v": seen.version,
        "now": seen.now,
        "all": {"set": seen.common_for(screen.person)},
        "own": {"set": seen.own_for(screen)},
        "whole": True,
    }
    await _answer(send, 200, said)


async def _stream(screen: hub.Subscriber, token: str, receive: Receive, send: Send) -> None:
    await _enter(screen)
    left = asyncio.ensure_future(_left(receive))
    left.add_done_callback(lambda _left: screen.woken.set())
    try:
        async with asyncio.timeout(LASTS):
            await send(_start(200, b"text/event-stream; charset=utf-8"))
            await _tell(screen, token, left, send)
    except (TimeoutError, OSError, Refuse):
        pass  # it comes back by itself, and then hears whether it may
    finally:
        left.cancel()
        _hub().leave(screen)
        with suppress(Exception):
            await send({"type": "http.response.body", "body": b""})


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _tell(screen: hub.Subscriber, token: str, left: asyncio.Future[None], send: Send) -> None:
    """Until they left, or are no longer in the room."""
    common: view.Picture = {}
    own: view.Picture = {}
    whole, told = True, -1
    screen.woken.set()
    while True:
        with suppress(TimeoutError):
            async with asyncio.timeout(BEAT):
                await screen.woken.wait()
        screen.woken.clear()
        if left.done():
            return
        await _who(screen.live, token)
        seen = screen.seen
        assert seen is not None
        if not seen.is_for(screen.person):
            return
        if seen.version == told:
            said = b": nog hier\n\n"
        else:
            mine = seen.own_for(screen)
            all_ = seen.common_for(screen.person)
            said = _said(seen, view.change(common, all_), view.change(own, mine), whole=whole)
            common, own, told, whole = all_, mine, seen.version, False
        if said:
            async with asyncio.timeout(PATIENCE):
                await send({"type": "http.response.body", "body": said, "more_body": True})


def _said(seen: hub.Seen, common: view.Picture, own: view.Picture, *, whole: bool) -> bytes:
    if not (common or own or whole):
        return b""
    said = {"v": seen.version, "now": seen.now, "all": common, "own": own} | (
        {"whole": True} if whole else {}
    )
    return f"retry: 1000\ndata: {json.dumps(said, ensure_ascii=False, separators=(',', ':'))}\n\n".encode()


def _start(status: int, kind: bytes, length: int | None = None) -> Message:
    headers = [
        (b"content-type", kind),
        (b"cache-control", b"no-store, no-transform"),
        (b"x-content-type-options", b"nosniff"),
        (b"x-accel-buffering", b"no"),
        (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    ]
    if length is not None:
        headers.append((b"content-length", str(length).encode()))
    return {"type": "http.response.start", "status": status, "headers": headers}


async def _answer(send: Send, status: int, said: Any) -> None:
    body = json.dumps(said, ensure_ascii=False).encode()
    await send(_start(status, b"application/json", len(body)))
    await send({"type": "http.response.body", "body": body})
