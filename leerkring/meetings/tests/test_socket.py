"""The way to a live room, over real ASGI calls: who may, what is refused, and that nothing sent breaks anything."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, MutableMapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from leerkring import clock
from leerkring.communities.models import Community, Membership
from leerkring.meetings.live import coming, hub, known, socket, store
from leerkring.meetings.live.acts import Why
from leerkring.meetings.live.desk import Desk
from leerkring.meetings.live.following import follow
from leerkring.meetings.live.steps import dump
from leerkring.meetings.live.words import WORDS
from leerkring.meetings.models import Device, Gave, Live, LiveAct, Unsigned
from leerkring.meetings.tests.holding import Held, opened
from leerkring.meetings.tests.test_room import STEPS
from leerkring.people.models import User
from tests.cast import Browser, Side

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "sqlite",
        reason="the way in is the same; test_hub goes behind it on both databases",
    ),
]

JSON = {"content-type": "application/json"}
WAYS = (("GET", "stream"), ("POST", "acts"), ("GET", "state"))
ways = pytest.mark.parametrize(("method", "way"), WAYS)


@pytest.fixture
def served() -> Iterator[hub.Hub]:
    """The hub of this process, as when it serves."""
    yield hub.begin(follow)
    hub.end()
    known.clear()
    socket._pace.clear()


@dataclass
class Screens:
    """A room with a step of each kind, in the step where cards are hidden, and the tokens of who is in it."""

    held: Held
    tokens: dict[User | str, str]

    @property
    def live(self) -> int:
        return self.held.live.pk

    def cookie(self, user: User | str) -> str:
        return f"{socket.cookie_name(self.live)}={self.tokens[user]}"

    def send(self, user: User | str, *things: Any) -> list[str]:
        """What became of each."""
        answer = ask(self.live, "POST", "acts", cookie=self.cookie(user), body=json.dumps(things).encode())
        assert answer.status == 200, answer
        said: list[str] = answer.said["done"]
        return said


@pytest.fixture
def screens(served: hub.Hub, regenboog: Side, fatima: User, anna: User, bram: User) -> Screens:
    held = opened(regenboog, fatima, anna, bram)
    Live.objects.filter(pk=held.live.pk).update(steps=dump(STEPS))
    hub.forget(held.live.pk)
    held.to(fatima, "schrijf")
    live = Live.objects.get(pk=held.live.pk)
    return Screens(held, {user: coming.come_in(live, regenboog.member(user)) for user in held.people})


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def said(self) -> Any:
        return json.loads(self.body)


def scope(
    live: Any, method: str, way: str, *, cookie: str, headers: Mapping[str, str], query: str
) -> dict[str, Any]:
    sent = {"host": "testserver", "cookie": cookie, **headers}
    return {
        "type": "http",
        "method": method,
        "path": f"/live/{live}/{way}",
        "query_string": query.encode(),
        "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in sent.items()],
    }


def ask(
    live: Any,
    method: str,
    way: str,
    *,
    cookie: str = "",
    body: bytes = b"[]",
    headers: Mapping[str, str] = JSON,
    query: str = "",
) -> Answer:
    """One whole answer; a stream is left as soon as it began."""
    asked = scope(live, method, way, cookie=cookie, headers=headers, query=query)
    parts = [{"type": "http.request", "body": body, "more_body": False}]
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return parts.pop(0) if parts else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(socket.application(asked, receive, send))
    said = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], said, b"".join(part.get("body", b"") for part in sent[1:]))


Told = Callable[[], Awaitable[dict[str, Any] | None]]


@asynccontextmanager
async def listening(screens: Screens, user: User | str, query: str = "") -> AsyncIterator[Told]:
    """`await told()` is the next thing that this screen hears; None when the stream has ended."""
    heard: asyncio.Queue[MutableMapping[str, Any]] = asyncio.Queue()
    gone = asyncio.Event()
    headers = {"accept": "text/event-stream"}
    asked = scope(screens.live, "GET", "stream", cookie=screens.cookie(user), headers=headers, query=query)

    async def receive() -> dict[str, Any]:
        await gone.wait()
        return {"type": "http.disconnect"}

    async def told() -> dict[str, Any] | None:
        async with asyncio.timeout(20):
            while True:
                message = await heard.get()
                for line in message.get("body", b"").decode().splitlines():
                    if line.startswith("data: "):
                        said: dict[str, Any] = json.loads(line.removeprefix("data: "))
                        return said
                if message["type"] == "http.response.body" and not message.get("more_body"):
                    return None

    stream = asyncio.create_task(socket.application(asked, receive, heard.put))
    try:
        yield told
    finally:
        gone.set()
        stream.cancel()


def everything() -> object:
    return [list(table.objects.order_by("pk").values()) for table in (Live, LiveAct, Gave, Unsigned)]


# Who may


@ways
def test_without_the_cookie_of_this_room_there_is_nothing(
    screens: Screens, baken: Side, olga: User, anna: User, method: str, way: str
) -> None:
    before = everything()
    other = opened(baken, olga)
    olgas = coming.come_in(other.live, baken.member(olga))
    name = socket.cookie_name(screens.live)
    for cookie in (
        "",
        f"{name}=",
        f"{name}=niets",
        f"{name}={olgas}",
        f"{socket.cookie_name(other.live.pk)}={screens.tokens[anna]}",
        f"{name}={store.hashed(screens.tokens[anna])}",
        f"{name}=\x80\xff; =; ;;",
    ):
        answer = ask(screens.live, method, way, cookie=cookie)
        assert (answer.status, answer.said) == (403, {"why": "refused"}), cookie
    assert ask(other.live.pk, method, way, cookie=screens.cookie(anna)).status == 403
    assert ask(10**18 - 1, method, way, cookie=f"live_{10**18 - 1}=x").status == 403
    other.live.delete()
    assert everything() == before


@ways
def test_who_left_or_was_taken_out_is_no_longer_there(
    screens: Screens, anna: User, bram: User, fatima: User, method: str, way: str
) -> None:
    assert ask(screens.live, method, way, cookie=screens.cookie(anna)).status == 200
    screens.held.side.member(anna).leave()
    screens.send(fatima, act("weg", "remove", person=screens.held.people[bram].pk))
    known.clear()  # a minute later
    for user in (anna, bram):
        assert ask(screens.live, method, way, cookie=screens.cookie(user)).status == 403
    assert ask(screens.live, method, way, cookie=screens.cookie(fatima)).status == 200
    Community.objects.filter(pk=screens.held.side.community.pk).update(ended_at=clock.now())
    known.clear()
    assert ask(screens.live, method, way, cookie=screens.cookie(fatima)).status == 403


def test_what_is_remembered_has_an_end_and_nobody_is_who_they_no_longer_are(
    monkeypatch: pytest.MonkeyPatch, screens: Screens, anna: User
) -> None:
    monkeypatch.setattr(known, "_KEPT", 3)
    live, token, found = screens.live, screens.tokens[anna], store.device_of
    assert known.look_up(live, token) == known.remembered(live, token) == screens.held.people[anna].pk

    def meanwhile(*asked: Any) -> Device | None:
        device = found(*asked)
        for room in (live, *range(live + 1, live + 9)):
            known.forget(room)
        return device

    monkeypatch.setattr(store, "device_of", meanwhile)
    known.look_up(live, token)
    assert known.remembered(live, token) is None
    assert len(known._changed) <= 3


@pytest.mark.parametrize("other", ["x=é", "foo=b c", 'a={"x": 1}', "los", '"'])
def test_a_cookie_of_something_else_does_not_hide_ours(screens: Screens, anna: User, other: str) -> None:
    cookie = f"{other}; {screens.cookie(anna)}"
    assert ask(screens.live, "GET", "state", cookie=cookie).status == 200


def act(key: str, kind: str, **data: Any) -> dict[str, Any]:
    return {"key": key, "kind": kind, "data": data}


@pytest.mark.parametrize("query", ["", "bord=1"])
def test_who_is_taken_out_sees_no_more_at_once(
    screens: Screens, bram: User, fatima: User, query: str
) -> None:
    """Also where the room still remembers who they are, and on a board that they opened."""

    async def scene() -> None:
        async with listening(screens, bram, query) as told:
            assert (await told() or {})["whole"]
            out = act("weg", "remove", person=screens.held.people[bram].pk)
            await asyncio.to_thread(screens.send, fatima, out)
            assert await told() is None

    asyncio.run(scene())
    assert ask(screens.live, "GET", "state", cookie=screens.cookie(bram), query=query).status == 403
    card = act("k", "card", step="schrijf", text="Toch")
    assert screens.send(bram, card) == ["gone"]


def stops_at(screens: Screens, user: User | str, happens: Callable[[], Any]) -> None:
    """The screen of `user` listens, and hears nothing more as soon as this happened."""

    async def scene() -> None:
        async with listening(screens, user) as told:
            assert await told()
            await asyncio.to_thread(happens)
            assert await told() is None

    asyncio.run(scene())
    for method, way in WAYS:
        assert ask(screens.live, method, way, cookie=screens.cookie(user)).status == 403


def test_a_screen_that_listens_stops_at_once_when_its_person_leaves_the_group(
    screens: Screens, anna: User
) -> None:
    stops_at(screens, anna, screens.held.side.member(anna).leave)


def test_and_within_a_minute_when_nobody_told_the_room(
    screens: Screens, anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known, "KNOWN", -1.0)  # the clock stands still here
    monkeypatch.setattr(socket, "BEAT", 0.05)
    member = Membership.objects.filter(pk=screens.held.side.member(anna).pk)
    stops_at(screens, anna, lambda: member.update(left_at=clock.now()))


def test_what_another_process_tells_holds_for_the_screens_of_this_one(
    screens: Screens, served: hub.Hub, anna: User
) -> None:
    def state() -> int:
        return ask(screens.live, "GET", "state", cookie=screens.cookie(anna)).status

    assert state() == 200
    Device.objects.all().delete()
    assert state() == 200  # who asks is remembered
    served._heard(screens.live, True)
    assert state() == 403


def test_the_screens_of_the_others_go_on_when_somebody_leaves_the_group(
    screens: Screens, anna: User, bram: User
) -> None:
    leave = screens.held.side.member(anna).leave

    async def scene() -> None:
        async with listening(screens, bram) as told:
            assert await told()
            await asyncio.to_thread(leave)
            await asyncio.to_thread(screens.send, bram, act("k", "card", step="schrijf", text="Toch"))
            assert await told()

    asyncio.run(scene())


def on_a_device(screens: Screens, client: Client, name: str) -> None:
    """Somebody comes in by the code, with only this name."""
    client.post(f"/m/{screens.held.live.code}/", {"name": name})
    screens.tokens[name] = client.cookies[socket.cookie_name(screens.live)].value


def test_a_screen_stops_at_once_when_a_leader_signs_in_on_the_device_that_came_in_by_a_name(
    screens: Screens, browser: Browser, lotte: User
) -> None:
    lotte.set_password("een-zin-die-niemand-raadt")
    lotte.save()
    client = browser(None)
    on_a_device(screens, client, "Piet")
    typed = {"login": lotte.email, "password": "een-zin-die-niemand-raadt"}
    stops_at(screens, "Piet", lambda: client.post(reverse("account_login"), typed))
    # The page says why, and who signs out is not in it again either.
    assert client.get(f"/bijeenkomst/{screens.live}/").status_code == 409
    client.post(reverse("account_logout"))
    assert ask(screens.live, "GET", "state", cookie=screens.cookie("Piet")).status == 403


def test_a_colleague_who_signs_in_on_the_device_of_their_name_goes_on(
    screens: Screens, browser: Browser, olga: User
) -> None:
    olga.set_password("een-zin-die-niemand-raadt")
    olga.save()
    client = browser(None)
    on_a_device(screens, client, "Olga")
    client.post(reverse("account_login"), {"login": olga.email, "password": "een-zin-die-niemand-raadt"})
    assert client.get("/").wsgi_request.user == olga
    assert ask(screens.live, "GET", "state", cookie=screens.cookie("Olga")).status == 200
    # It is her screen now: it ends when she signs out.
    stops_at(screens, "Olga", lambda: client.post(reverse("account_logout")))


def test_a_screen_of_a_member_stops_at_once_when_they_sign_out_elsewhere_of_everything(
    screens: Screens, browser: Browser, anna: User
) -> None:
    client = browser(anna)
    client.post(reverse("meetings:lobby", args=[screens.held.side.community.pk, screens.held.meeting.pk]))
    screens.tokens[anna] = client.cookies[socket.cookie_name(screens.live)].value
    stops_at(screens, anna, anna.sign_out)


def test_who_was_taken_out_does_not_come_in_by_another_name_on_that_device(
    screens: Screens, browser: Browser, fatima: User, bram: User
) -> None:
    client = browser(None)
    on_a_device(screens, client, "Piet")
    piet = screens.held.live.participants.get(name="Piet")
    screens.send(fatima, act("weg", "remove", person=piet.pk))
    for answer in (client.get(door := f"/m/{screens.held.live.code}/"), client.post(door, {"name": "Klaas"})):
        assert answer.status_code == 409
        assert "haalde je eruit" in answer.content.decode()
    assert not screens.held.live.participants.filter(name="Klaas").exists()
    # A member on that same laptop comes in under their own account.
    client.force_login(bram)
    assert client.post(door).status_code == 302


def test_the_pages_of_the_room_are_gone_for_them_too(
    screens: Screens, browser: Browser, bram: User, fatima: User
) -> None:
    client = browser(bram)
    client.cookies[socket.cookie_name(screens.live)] = screens.tokens[bram]
    address = f"/bijeenkomst/{screens.live}/"
    assert client.get(address).status_code == 200
    screens.send(fatima, act("weg", "remove", person=screens.held.people[bram].pk))
    # A member comes in again by the door, where they see that they are not in it.
    assert client.get(address).headers["Location"].endswith("/live/")
    assert client.get(f"{address}bewaren/").status_code == 404


def test_on_a_laptop_that_is_shared_the_next_one_is_not_who_was_there_before(
    screens: Screens, browser: Browser, anna: User, bram: User
) -> None:
    for next_one, answer in ((browser(bram), 302), (browser(None), 404)):
        next_one.cookies[socket.cookie_name(screens.live)] = screens.tokens[anna]
        assert (
            next_one.get(f"/bijeenkomst/{screens.live}/").status_code == answer
        )  # to the door, or not there
        assert next_one.get(f"/m/{screens.held.live.code}/").status_code == 200  # asked who they are


def test_who_signs_out_is_gone_from_the_room_on_that_device(
    screens: Screens, browser: Browser, anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known, "KNOWN", -1.0)  # the clock stands still here
    client, elsewhere = browser(anna), screens.cookie(anna)
    client.post(reverse("meetings:lobby", args=[screens.held.side.community.pk, screens.held.meeting.pk]))
    cookie = f"{socket.cookie_name(screens.live)}={client.cookies[socket.cookie_name(screens.live)].value}"
    assert ask(screens.live, "GET", "state", cookie=cookie).status == 200
    client.post(reverse("account_logout"))
    for method, way in WAYS:
        assert ask(screens.live, method, way, cookie=cookie).status == 403
    assert ask(screens.live, "GET", "state", cookie=elsewhere).status == 200


def test_who_scans_the_code_on_a_device_of_a_name_says_who_they_are(
    screens: Screens, browser: Browser, bram: User
) -> None:
    client, code = browser(bram), f"/m/{screens.held.live.code}/"
    noor = coming.come_by_name(screens.held.live, "Noor")
    client.cookies[socket.cookie_name(screens.live)] = noor
    asked = client.get(code).content.decode()
    assert "Verder als Noor" in asked
    assert "Je doet mee als Bram Jansen." in asked
    client.post(code)
    assert client.cookies[socket.cookie_name(screens.live)].value != noor


def test_a_page_that_somebody_left_open_sends_nothing_as_another(
    screens: Screens, anna: User, bram: User
) -> None:
    before, annas = everything(), screens.held.people[anna].pk
    card = [{"key": "k", "kind": "card", "data": {"step": "schrijf", "text": "Van Anna"}}]
    for method, way in WAYS:
        body = json.dumps(card).encode()
        query = f"me={annas}"
        answer = ask(screens.live, method, way, cookie=screens.cookie(bram), body=body, query=query)
        assert answer.status == 403
    assert everything() == before
    assert ask(screens.live, "GET", "state", cookie=screens.cookie(anna), query=query).status == 200


def test_who_came_by_name_sees_the_room_and_nothing_else_of_the_group(
    screens: Screens, browser: Browser
) -> None:
    client, held = browser(None), screens.held
    entered = client.post(f"/m/{held.live.code}/", {"name": "Noor"})
    assert entered["Location"] == f"/bijeenkomst/{screens.live}/"
    cookie = entered.cookies[socket.cookie_name(screens.live)]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert client.get(entered["Location"]).status_code == 200
    for rest in (
        "",
        "bijeenkomsten/",
        "bijeenkomsten/afspraken/",
        f"bijeenkomsten/{held.meeting.pk}/notulen/",
        "leden/",
    ):
        answer = client.get(f"/plg/{held.side.community.pk}/{rest}")
        assert answer["Location"].startswith("/accounts/login/")
    assert client.post(f"/bijeenkomst/{screens.live}/erbij/", {"name": "X"}).status_code == 404


def test_who_came_by_name_hears_that_it_is_over_and_nothing_that_comes_later(
    screens: Screens, browser: Browser, fatima: User, anna: User
) -> None:
    screens.tokens["Noor"] = coming.come_by_name(screens.held.live, "Noor")
    screens.send(anna, act("eerder", "card", step="schrijf", text="Ze kijken bij hun buur"))
    screens.send(fatima, act("open", "reveal", step="schrijf"))

    def seen(who: User | str) -> str:
        return str(ask(screens.live, "GET", "state", cookie=screens.cookie(who)).said["all"])

    async def scene() -> None:
        async with listening(screens, "Noor") as told:
            assert "buur" in str(await told())
            await asyncio.to_thread(screens.send, fatima, act("sluit", "close"))
            over = (await told() or {})["all"]
            assert over["set"]["room"]["closed"]
            assert any(key.startswith("card:") for key in over["gone"])
            late = act("later", "agreement", what="Wij lezen als het regent")
            await asyncio.to_thread(screens.send, anna, late)
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.5):
                    await told()

    asyncio.run(scene())
    assert "regent" in seen(anna)
    assert "regent" not in seen("Noor")
    assert "buur" not in seen("Noor")
    assert screens.send("Noor", act("trein", "card", step="schrijf", text="Uit de trein")) == [""]
    client = browser(None)
    client.cookies[socket.cookie_name(screens.live)] = screens.tokens["Noor"]
    assert client.get(f"/bijeenkomst/{screens.live}/bewaren/").status_code == 200


# What is refused


def test_an_address_or_a_method_that_is_none(screens: Screens, anna: User) -> None:
    cookie = screens.cookie(anna)
    for method, way in (("POST", "stream"), ("POST", "state"), ("GET", "acts"), ("HEAD", "state")):
        assert ask(screens.live, method, way, cookie=cookie).status == 405
    for live, way in (("x", "state"), (-1, "state"), ("9" * 40, "state"), (screens.live, "anders"), (1, "")):
        assert ask(live, "GET", way, cookie=cookie).status == 404


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (415, {}, b"[]"),
        (415, {"content-type": "text/plain"}, b"[]"),
        (415, {"content-type": "application/x-www-form-urlencoded"}, b"[]"),
        (403, {**JSON, "sec-fetch-site": "cross-site"}, b"[]"),
        (403, {**JSON, "sec-fetch-site": "same-site"}, b"[]"),
        (403, {**JSON, "origin": "https://elders.test"}, b"[]"),
        (403, {**JSON, "origin": "null"}, b"[]"),
        (403, {**JSON, "origin": "http://[", "host": ""}, b"[]"),
        (413, JSON, b"[" + b" " * socket.BODY + b"]"),
        (400, JSON, b""),
        (400, JSON, b"\xff\xfe"),
        (400, JSON, b"[" * 100_000),
        (400, JSON, b"[" + b'{"data":' * 20_000),
        (400, JSON, b"{}"),
        (400, JSON, b'"card"'),
        (400, JSON, b"1" * 10_000),
        (400, JSON, json.dumps([1] * (socket.THINGS + 1)).encode()),
    ],
)
def test_what_is_no_request_is_refused_as_a_whole(
    screens: Screens, anna: User, status: int, headers: dict[str, str], body: bytes
) -> None:
    before = everything()
    answer = ask(screens.live, "POST", "acts", cookie=screens.cookie(anna), headers=headers, body=body)
    assert answer.status == status
    assert everything() == before


#: Each is no act, or one that cannot be.
NASTY: tuple[Any, ...] = (
    None,
    1,
    "card",
    [],
    {},
    {"key": None, "kind": "card"},
    {"key": "k", "kind": ["card"]},
    {"key": "", "kind": "close"},
    {"key": "k" * 65, "kind": "close"},
    {"key": "a\0b", "kind": "close"},
    {"key": "\ud800", "kind": "close"},
    {"key": "k", "kind": "\ud800"},
    {"key": "k", "kind": "join", "data": {"person": 1, "name": "Ik"}},
    {"key": "k", "kind": "link", "data": {"person": 1}},
    {"key": "k", "kind": "card", "data": None},
    {"key": "k", "kind": "card", "data": []},
    {"key": "k", "kind": "card", "data": {"step": "schrijf", "text": "a\0b"}},
    {"key": "k", "kind": "card", "data": {"step": "schrijf", "text": "half \udc00"}},
    {"key": "k", "kind": "card", "data": {"step": "schrijf", "text": "x" * 601}},
    {"key": "k", "kind": "card", "data": {"step": "bestaat-niet", "text": "x"}},
    {"key": "k", "kind": "card", "data": {"step": ["schrijf"], "text": "x"}},
    {"key": "k", "kind": "card", "data": {"step": "schrijf", "text": "x", "for": 10**30}},
    {"key": "k", "kind": "card", "data": {"step": "schrijf", "text": "x", "by": 1}},
    {"key": "k", "kind": "drop", "data": {"card": 10**30}},
    {"key": "k", "kind": "drop", "data": {"card": True}},
    {"key": "k", "kind": "drop", "data": {"card": 1.5}},
    {"key": "k", "kind": "step", "data": {"was": float("inf"), "to": float("nan")}},
    {"key": "k", "kind": "agreement", "data": {"what": "x", "by": "morgen"}},
    {"key": "k", "kind": "agreement", "data": {"what": "x", "who": [[1]]}},
    {"kind": "give", "token": 1},
    {"kind": "give", "token": 10**30, "step": "zonder", "text": "x"},
    {"kind": "give", "token": True, "step": "zonder", "text": "x"},
    {"kind": "give", "token": 1, "step": "bestaat-niet", "text": "x"},
    {"kind": "give", "token": 1, "step": "\ud800", "text": "x"},
    {"kind": "give", "token": 1, "step": "af", "text": "x"},
    {"kind": "give", "token": 1, "step": "schrijf", "text": "x"},
    {"kind": "give", "token": 1, "step": {}, "text": "\0"},
)


def test_what_is_no_act_is_said_to_be_none_and_changes_nothing(screens: Screens, anna: User) -> None:
    before = everything()
    said = screens.send(anna, *NASTY)
    assert len(said) == len(NASTY)
    assert set(said) <= {"unreadable", "not_now", "gone", "not_yours"}
    assert everything() == before
    assert screens.send(anna, act("goed", "card", step="schrijf", text="En dit wel")) == [""]
    state = ask(screens.live, "GET", "state", cookie=screens.cookie(anna))
    assert "En dit wel" in str(state.said["own"])


def test_who_sends_without_end_is_asked_to_wait(screens: Screens, anna: User, bram: User) -> None:
    full = json.dumps([None] * socket.THINGS).encode()
    cookie = screens.cookie(anna)
    answers = [ask(screens.live, "POST", "acts", cookie=cookie, body=full).status for _ in range(3)]
    assert answers == [200, 429, 429]
    assert screens.send(bram, act("k", "card", step="schrijf", text="Gewoon")) == [""]
    looks = [ask(screens.live, "GET", "state", cookie=cookie).status for _ in range(socket.PACE)]
    assert looks[0] == 200
    assert set(looks) == {200, 429}


def test_who_gave_something_without_a_name_too_late_is_not_told_to_give_it_with_one() -> None:
    """It may have been kept: the answer was lost, and then the room closed."""
    assert {f"why_{why}" for why in Why} <= set(WORDS)
    assert "aanvulling" in str(WORDS["why_closed"])
    assert "aanvulling" not in str(WORDS["why_forgotten"])


# When the house has trouble


def test_what_cannot_be_kept_now_is_sent_again(
    screens: Screens, anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = json.dumps([act("k", "card", step="schrijf", text="Nog eens")]).encode()
    cookie = screens.cookie(anna)

    def full(*_args: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(store, "write", full)
        assert ask(screens.live, "POST", "acts", cookie=cookie, body=card).status == 503
    assert not LiveAct.objects.filter(kind="card").exists()
    assert ask(screens.live, "POST", "acts", cookie=cookie, body=card).status == 200
    assert ask(screens.live, "POST", "acts", cookie=cookie, body=card).status == 200
    assert LiveAct.objects.filter(kind="card").count() == 1
    known.clear()
    monkeypatch.setattr(store, "device_of", full)
    assert [ask(screens.live, *way, cookie=cookie).status for way in WAYS] == [503, 503, 503]


def test_where_no_room_is_served_it_says_so(screens: Screens, anna: User) -> None:
    hub.end()
    for method, way in WAYS:
        assert ask(screens.live, method, way, cookie=screens.cookie(anna)).status == 503


# What is heard


def test_no_stream_holds_what_is_hidden_until_it_is_shown(
    screens: Screens, anna: User, bram: User, fatima: User
) -> None:
    async def scene() -> None:
        async with listening(screens, fatima, "bord=1") as board, listening(screens, anna) as annas:
            first = await board()
            assert first is not None
            assert first["own"] == {}
            await annas()
            card = act("k", "card", step="schrijf", text="Ze kijken bij hun buur")
            await asyncio.to_thread(screens.send, bram, card, act("r", "ready", step="schrijf", ready=True))
            said = await board()
            assert "buur" not in str(said)
            assert said is not None
            assert said["all"]["set"]["step"]["done"] == 1
            assert "buur" not in str(await annas())
            await asyncio.to_thread(screens.send, fatima, act("l", "reveal", step="schrijf"))
            assert "Ze kijken bij hun buur" in str(await board())
            assert "Ze kijken bij hun buur" in str(await annas())

    asyncio.run(scene())


def test_a_board_is_told_what_everyone_may_see_and_nothing_of_whose_screen_it_is(
    screens: Screens, anna: User
) -> None:
    screens.send(anna, act("k", "card", step="schrijf", text="Alleen voor mij"))
    board = ask(screens.live, "GET", "state", cookie=screens.cookie(anna), query="bord=1").said
    phone = ask(screens.live, "GET", "state", cookie=screens.cookie(anna)).said
    assert board["own"]["set"] == {}
    assert "Alleen voor mij" not in str(board)
    assert "Alleen voor mij" in str(phone["own"])
    assert board["all"] == phone["all"]


def test_nothing_between_keeps_or_holds_back_what_is_told(screens: Screens, anna: User) -> None:
    answer = ask(screens.live, "GET", "stream", cookie=screens.cookie(anna))
    assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert answer.headers["x-accel-buffering"] == "no"
    assert "no-store" in answer.headers["cache-control"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_page_that_writes_is_heard_on_every_screen(screens: Screens, anna: User) -> None:
    async def scene() -> None:
        async with listening(screens, anna) as told:
            await told()
            await asyncio.to_thread(coming.come_by_name, screens.held.live, "Noor")
            assert "Noor" in str(await told())

    asyncio.run(scene())


def test_what_is_in_memory_is_what_the_acts_say(screens: Screens, anna: User) -> None:
    screens.send(anna, act("k", "card", step="schrijf", text="Een kaart"))
    desk: Desk = store.load(Live.objects.get(pk=screens.live))
    assert [card.text for card in desk.room.cards.values()] == ["Een kaart"]
