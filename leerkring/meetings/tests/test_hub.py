"""The hub and where it keeps things, on a real database: each thing once, shown when it is kept, the same everywhere;
and of what is no one's no trace."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Event
from time import sleep
from typing import Any

import pytest
from django.db import connection, models, transaction

from leerkring import clock
from leerkring.communities import erasing
from leerkring.insights.models import Insight
from leerkring.meetings import taking_out
from leerkring.meetings.live import bus, coming, hub, store, view
from leerkring.meetings.live.acts import Act, Why
from leerkring.meetings.live.desk import Desk, Sent
from leerkring.meetings.live.following import follow
from leerkring.meetings.live.hub import Given, Hub
from leerkring.meetings.live.room import Room
from leerkring.meetings.live.steps import dump
from leerkring.meetings.live_forms import LinkForm
from leerkring.meetings.models import ExitFigure, Gave, Live, LiveAct, Note, Participant, Present, Unsigned
from leerkring.meetings.tests.holding import Held, opened
from leerkring.meetings.tests.making import SOON
from leerkring.meetings.tests.test_room import STEPS
from leerkring.people.models import User
from leerkring.ui.refusal import Refused
from tests.cast import Side

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def serving(following: hub.Follow = follow) -> Iterator[Hub]:
    found = Hub(following)
    try:
        yield found
    finally:
        found.stop()


@pytest.fixture
def held(regenboog: Side, fatima: User, anna: User, bram: User) -> Held:
    """A room with a step of each kind, led by Fatima, in the step where cards are hidden."""
    found = opened(regenboog, fatima, anna, bram)
    Live.objects.filter(pk=found.live.pk).update(steps=dump(STEPS))
    found.to(fatima, "schrijf")
    return found


def card(
    held: Held, user: User, key: str, text: str = "Ze kijken bij hun buur", step: str = "schrijf"
) -> Sent:
    return Sent(held.people[user].pk, key, "card", {"step": step, "text": text})


def sent(found: Hub, held: Held, *things: Sent | Given) -> list[Why | None]:
    return found.send(held.live.pk, things).result(timeout=20)


def act(held: Held, user: User, key: str, kind: str, **data: Any) -> Sent:
    return Sent(held.people[user].pk, key, kind, data)


def cards() -> list[str]:
    return [row.data["text"] for row in LiveAct.objects.filter(kind="card").order_by("number")]


def pictures(desk: Desk) -> object:
    return view.common(desk.room), {p: view.own(desk.room, p) for p in desk.room.people}


def read_anew(held: Held) -> Desk:
    return store.load(Live.objects.get(pk=held.live.pk))


# Each thing once


def test_the_same_key_twice_is_once(held: Held, anna: User, bram: User) -> None:
    with serving() as found:
        assert sent(found, held, card(held, anna, "k"), card(held, anna, "k")) == [None, None]
        assert sent(found, held, card(held, anna, "k", "Iets anders")) == [None]
        assert sent(found, held, card(held, bram, "k", "Van Bram")) == [None]
    with serving() as another:  # started anew
        assert sent(another, held, card(held, anna, "k")) == [None]
    assert cards() == ["Ze kijken bij hun buur", "Van Bram"]


def test_what_cannot_be_kept_is_not_shown_and_may_be_sent_again(held: Held, anna: User) -> None:
    class Full(Exception):
        pass

    def full(live: Live, desk: Desk, acts: list[Act]) -> None:
        if not desk.room.closed and fails:
            raise Full

    fails = [True]
    with serving(full) as found:
        with pytest.raises(Full):
            sent(found, held, card(held, anna, "k"))
        assert cards() == []
        assert pictures(read_anew(held)) == pictures(_in_memory(found, held))
        fails.clear()
        assert sent(found, held, card(held, anna, "k")) == [None]
    assert cards() == ["Ze kijken bij hun buur"]


def _in_memory(found: Hub, held: Held) -> Desk:
    """The room as the hub has it, after it looked; not while it reads it anew, as when it begins to listen."""
    for _ in range(100):
        sent(found, held)
        if desk := found._rooms[held.live.pk].desk:
            return desk
    raise AssertionError("it is not read")


def told_late(held: Held, thing: Sent, changing: Callable[[], object]) -> str:
    """What a hub that had the room in memory makes of what came while `changing` was not kept yet."""
    made = []

    def following(live: Live, desk: Desk, acts: list[Act]) -> None:
        follow(live, desk, acts)
        made.append(str(pictures(desk)))

    with serving(following) as found:
        sent(found, held)
        with transaction.atomic():
            changing()
            late = found.send(held.live.pk, [thing])
            sleep(0.2)  # it waits
        assert late.result(timeout=20) == [None]
    return made[-1]


def test_what_waited_for_who_took_a_text_out_does_not_bring_it_back(
    held: Held, fatima: User, anna: User, bram: User
) -> None:
    held(anna, "card", step="schrijf", text="Kevin uit 3b")
    held(fatima, "close")

    def take_out() -> None:
        (text,) = taking_out.texts(held.meeting, held.side.member(anna))
        taking_out.take_out(held.meeting, text)

    assert "Kevin" not in told_late(held, card(held, bram, "late", "Uit de trein"), take_out)
    assert set(Note.objects.values_list("text", flat=True)) == {"", "Uit de trein"}


def test_a_card_that_who_leads_took_away_is_read_anew_by_every_process(
    held: Held, fatima: User, anna: User, bram: User
) -> None:
    with serving() as found, serving() as another:
        sent(
            found,
            held,
            card(held, anna, "k", "Kevin uit 3b"),
            act(held, fatima, "r", "reveal", step="schrijf"),
        )
        sent(another, held)  # it has the room in memory
        number = LiveAct.objects.get(kind="card").number
        away = act(held, fatima, "a", "away", card=number)
        assert sent(found, held, away, card(held, bram, "later", "Ze kijken")) == [None, None]
        sent(another, held, act(held, anna, "ready", "ready", step="schrijf", ready=True))
        for each in (found, another):
            assert "Kevin" not in str(pictures(_in_memory(each, held)))
            assert pictures(_in_memory(each, held)) == pictures(read_anew(held))
        assert sent(another, held, card(held, anna, "k", "Kevin uit 3b")) == [
            None
        ]  # the same phone once more
    assert cards() == ["", "Ze kijken"]


def test_what_waited_for_who_was_erased_does_not_bring_them_back(held: Held, anna: User, bram: User) -> None:
    held(anna, "card", step="schrijf", text="Van mij")
    late = card(held, bram, "late", "Uit de trein")
    made = told_late(held, late, lambda: erasing.erase(anna, by=anna, texts_too=True))
    assert "Uit de trein" in made
    assert "Van mij" not in made
    assert "Anna" not in made


def test_one_rooms_trouble_is_not_anothers(held: Held, anna: User, olga: User, baken: Side) -> None:
    other = opened(baken, olga)

    def torn(live: Live, desk: Desk, acts: list[Act]) -> None:
        if live.pk == held.live.pk:
            raise RuntimeError("torn")

    with serving(torn) as found:
        bad = found.send(held.live.pk, [card(held, anna, "k")])
        good = found.send(other.live.pk, [act(other, olga, "k", "step", was=-1, to=0)])
        assert good.result(timeout=20) == [None]
        with pytest.raises(RuntimeError):
            bad.result(timeout=20)


def test_a_step_that_is_none_stops_no_room(held: Held, anna: User) -> None:
    with serving() as found:
        said = sent(found, held, Given(held.people[anna].pk, "bestaat-niet", 7, "Dag"))
        assert said == [Why.NOT_NOW]
        assert sent(found, held, card(held, anna, "k")) == [None]
        assert "Ze kijken bij hun buur" in str(view.own(_in_memory(found, held).room, held.people[anna].pk))


def test_a_turn_in_a_round_that_was_passed_over_is_refused_by_itself(
    held: Held, fatima: User, anna: User
) -> None:
    held.to(fatima, "stippen")
    with serving() as found:
        turn = act(held, fatima, "a", "turn", step="ronde", was=0)
        assert sent(found, held, card(held, anna, "k"), turn, card(held, anna, "l", "Nog een")) == [
            None,
            Why.NOT_NOW,
            None,
        ]


def test_an_act_with_a_fault_in_it_is_refused_by_itself_and_leaves_nothing_half_done(
    held: Held, fatima: User, anna: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def torn(room: Room, act: Act) -> None:
        room.revealed.add("schrijf")
        raise KeyError("Anna de Vries")

    monkeypatch.setattr(Room, "_ready", torn)
    with serving() as found:
        ready = act(held, anna, "a", "ready", step="schrijf", ready=True)
        said = sent(found, held, card(held, anna, "k"), ready, card(held, anna, "l", "Nog een"))
        assert said == [None, Why.UNREADABLE, None]
        assert pictures(_in_memory(found, held)) == pictures(read_anew(held))
        assert "live.refused" in caplog.messages
    assert cards() == ["Ze kijken bij hun buur", "Nog een"]


def test_a_request_that_is_broken_off_stops_no_room(held: Held, anna: User, bram: User) -> None:
    busy, go_on = Event(), Event()

    def slow(live: Live, desk: Desk, acts: list[Act]) -> None:
        busy.set()
        go_on.wait(timeout=20)

    with serving(slow) as found:
        first = found.send(held.live.pk, [card(held, anna, "k")])
        busy.wait(timeout=20)
        broken_off = found.send(held.live.pk, [card(held, anna, "l", "Toch binnen")])
        assert broken_off.cancel()
        go_on.set()
        assert first.result(timeout=20) == [None]
        assert sent(found, held, card(held, bram, "k", "Van Bram")) == [None]
    assert cards() == ["Ze kijken bij hun buur", "Toch binnen", "Van Bram"]


def test_whatever_goes_wrong_the_next_who_sends_is_answered(
    held: Held, anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def torn() -> None:
        raise RuntimeError

    with serving() as found:
        with monkeypatch.context() as patched:
            patched.setattr(hub, "close_old_connections", torn)
            with pytest.raises(RuntimeError):
                sent(found, held, card(held, anna, "k"))
        assert sent(found, held, card(held, anna, "k")) == [None]


# The same everywhere


def test_a_room_that_is_read_from_its_acts_is_the_same(held: Held, fatima: User, anna: User) -> None:
    with serving() as found:
        sent(found, held, card(held, anna, "a"), act(held, fatima, "b", "reveal", step="schrijf"))
        sent(found, held, act(held, fatima, "c", "step", was=1, to=2))
        sent(found, held, Given(held.people[anna].pk, "zonder", 5, "Niemands"))
        sent(found, held, act(held, fatima, "d", "step", was=2, to=5), act(held, fatima, "e", "pause"))
        before = pictures(_in_memory(found, held))
    assert pictures(read_anew(held)) == before
    with serving() as another:
        assert pictures(_in_memory(another, held)) == before


def test_two_processes_catch_up_with_each_other(held: Held, fatima: User, anna: User, bram: User) -> None:
    with serving() as one, serving() as two:
        _in_memory(two, held)
        sent(one, held, card(held, anna, "k"))
        assert sent(two, held, card(held, anna, "k")) == [None]
        sent(two, held, card(held, bram, "k", "Van Bram"))
        assert pictures(_in_memory(one, held)) == pictures(_in_memory(two, held))
        assert cards() == ["Ze kijken bij hun buur", "Van Bram"]
        assert [row.number for row in LiveAct.objects.order_by("number")] == list(range(1, 7))


def test_what_is_no_ones_is_counted_wherever_it_came_in(held: Held, fatima: User, anna: User) -> None:
    person = held.people[anna].pk
    with serving() as one, serving() as two:
        sent(one, held, act(held, fatima, "a", "step", was=1, to=2))
        _in_memory(two, held)
        assert sent(one, held, *(Given(person, "zonder", n, f"Kaart {n}") for n in (1, 2))) == [None, None]
        assert sent(two, held, Given(person, "zonder", 3, "Kaart 3")) == [Why.ENOUGH]
        sent(two, held, act(held, fatima, "b", "close"))
    assert sorted(Note.objects.filter(by=None).values_list("text", flat=True)) == ["Kaart 1", "Kaart 2"]


def test_who_comes_in_by_a_page_is_seen_and_what_was_cleared_is_not_there(held: Held, anna: User) -> None:
    with serving() as found:
        _in_memory(found, held)
        coming.come_by_name(held.live, "Noor")
        assert "Noor" in str(view.common(_in_memory(found, held).room))
        Live.objects.filter(pk=held.live.pk).delete()
        assert sent(found, held, card(held, anna, "k")) == [Why.GONE]
        assert held.live.pk not in found._rooms


# Several processes

together = pytest.mark.skipif(connection.vendor != "postgresql", reason="with SQLite there is one process")


async def shows(screen: hub.Subscriber, text: str) -> None:
    async with asyncio.timeout(20):
        while True:
            screen.woken.clear()
            if text in str(screen.seen):
                return
            await screen.woken.wait()


def by_a_page(doing: Callable[[], object]) -> None:
    """In a thread of its own, in a process that has no hub."""
    try:
        doing()
    finally:
        connection.close()


@together
def test_what_is_written_anywhere_is_seen_on_the_screens_of_every_process(
    held: Held, fatima: User, anna: User, bram: User
) -> None:
    live = held.live.pk

    async def scene() -> None:
        with serving() as one, serving() as two:
            screens = [hub.Subscriber(live, held.people[user].pk) for user in (anna, bram)]
            for found, screen in zip((one, two), screens, strict=True):
                await asyncio.wrap_future(found.enter(screen))
            await asyncio.wrap_future(one.send(live, [card(held, bram, "k")]))
            await shows(screens[1], "Ze kijken bij hun buur")
            assert "buur" not in str(screens[0].seen)
            await asyncio.to_thread(by_a_page, lambda: coming.come_by_name(held.live, "Noor"))
            for screen in screens:
                await shows(screen, "Noor")
            await asyncio.wrap_future(two.send(live, [act(held, fatima, "a", "step", was=1, to=2)]))
            given = Given(held.people[bram].pk, "zonder", 5, "Niemands")
            await asyncio.wrap_future(two.send(live, [given]))
            await shows(screens[0], "'done': 1")

    asyncio.run(scene())


@together
def test_what_was_changed_by_a_page_is_read_anew_in_every_process(held: Held, anna: User) -> None:
    live = held.live.pk

    def erased() -> None:
        for row in LiveAct.objects.filter(live=live, kind="join"):
            said = row.data | {"name": row.data["name"].replace("Anna", "Niemand")}
            LiveAct.objects.filter(pk=row.pk).update(data=said)
        hub.forget(live)

    async def scene() -> None:
        with serving() as found:
            screen = hub.Subscriber(live, held.people[anna].pk)
            await asyncio.wrap_future(found.enter(screen))
            await shows(screen, "Anna")
            await asyncio.to_thread(by_a_page, erased)
            await shows(screen, "Niemand")
            assert "Anna" not in str(screen.seen)

    asyncio.run(scene())


@together
def test_who_could_not_hear_for_a_while_sees_what_was_missed(
    held: Held, anna: User, bram: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bus, "PAUSE", 0.1)
    live = held.live.pk
    listeners = (
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN %'"
    )

    def broken() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(pg_terminate_backend(pid)) FROM ({listeners}) AS one")
            assert cursor.fetchone() != (0,)

    async def scene() -> None:
        with serving() as one, serving() as two:
            screen = hub.Subscriber(live, held.people[bram].pk)
            await asyncio.wrap_future(two.enter(screen))
            await asyncio.wrap_future(one.send(live, [card(held, bram, "k", "Eerst")]))
            await shows(screen, "Eerst")
            await asyncio.to_thread(by_a_page, broken)
            for number in range(2):
                await asyncio.wrap_future(one.send(live, [card(held, bram, f"l{number}", f"Kaart {number}")]))
            await shows(screen, "Kaart 1")

    asyncio.run(scene())


# What is no one's


def test_what_is_no_ones_holds_no_person_no_moment_and_no_order(held: Held, fatima: User) -> None:
    for table in (Gave, Unsigned):
        kinds = {type(field) for field in table._meta.concrete_fields}
        assert not kinds & {models.DateTimeField, models.DateField, models.AutoField, models.BigAutoField}
    assert not [f for f in Unsigned._meta.concrete_fields if f.related_model in {Participant, LiveAct}]
    held.to(fatima, "zonder")
    people = [held.people[fatima].pk]
    for number in range(12):
        coming.come_by_name(held.live, f"Gast {number}")
    people += Participant.objects.filter(member=None).order_by("pk").values_list("pk", flat=True)
    acts = LiveAct.objects.count()
    with serving() as found:
        for number, person in enumerate(people, 1):
            assert sent(found, held, Given(person, "zonder", 10**6 + number, f"Kaart {number}")) == [None]
    assert LiveAct.objects.count() == acts
    assert "Kaart" not in str(list(LiveAct.objects.values()))
    for table in (Gave, Unsigned):
        ids = list(table.objects.order_by("id").values_list("id", flat=True))
        assert len(ids) == 13
        assert ids != list(range(ids[0], ids[0] + 13))
    given = [text for _id, text in Unsigned.objects.order_by("id").values_list("id", "text")]
    gave = list(Gave.objects.order_by("id").values_list("by", flat=True))
    assert given != [f"Kaart {number}" for number in range(1, 14)]
    assert gave != people


def test_after_the_close_there_are_no_answers_and_nobody_who_gave_them(
    held: Held, fatima: User, anna: User, bram: User
) -> None:
    held.to(fatima, "zonder")
    with serving() as found:
        sent(found, held, Given(held.people[anna].pk, "zonder", 9, "Later"))
        sent(found, held, Given(held.people[bram].pk, "zonder", 2, "Eerder"))
        assert Gave.objects.count() == 2
        sent(found, held, act(held, fatima, "a", "close"))
        assert (Gave.objects.count(), Unsigned.objects.count()) == (0, 0)
        # By what is random, and not as they came.
        assert list(Note.objects.filter(by=None).values_list("text", flat=True)) == ["Eerder", "Later"]
        assert sent(found, held, Given(held.people[anna].pk, "zonder", 3, "Te laat")) == [Why.FORGOTTEN]
    assert (Gave.objects.count(), Unsigned.objects.count()) == (0, 0)


def test_a_late_card_leaves_cards_without_a_name_where_they_are_and_the_page_is_new(
    held: Held, fatima: User, anna: User
) -> None:
    held.to(fatima, "zonder")
    held.side.community.refresh_from_db()
    with serving() as found:
        sent(found, held, Given(held.people[anna].pk, "zonder", 9, "Niemands"))
        sent(found, held, act(held, fatima, "a", "close"))
    held.side.community.refresh_from_db()
    version = held.side.community.version
    with serving() as another:  # started anew: in memory is only what was kept
        assert sent(another, held, card(held, anna, "k", "Uit de trein")) == [None]
    assert sorted(Note.objects.values_list("text", flat=True)) == ["Niemands", "Uit de trein"]
    held.side.community.refresh_from_db()
    assert held.side.community.version > version


def test_neither_the_place_of_a_row_nor_its_transaction_tells_who_gave_what(
    held: Held, fatima: User, anna: User, bram: User
) -> None:
    held.to(fatima, "zonder")
    place = "rowid" if connection.vendor == "sqlite" else "ctid"
    with serving() as found:
        for user, token in ((bram, 30), (anna, 20), (fatima, 25), (bram, 10)):
            assert sent(found, held, Given(held.people[user].pk, "zonder", token, f"{token}")) == [None]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT token FROM meetings_unsigned ORDER BY {place}")
        assert [token for (token,) in cursor.fetchall()] == [10, 20, 25, 30]
        cursor.execute(f"SELECT by_id, times FROM meetings_gave ORDER BY {place}")
        gave = {held.people[user].pk: times for user, times in ((bram, 2), (anna, 1), (fatima, 1))}
        assert cursor.fetchall() == sorted(gave.items())


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps no transactions")
def test_all_that_was_given_is_of_the_same_transaction(
    held: Held, fatima: User, anna: User, bram: User
) -> None:
    held.to(fatima, "zonder")
    with serving() as found:
        for token, user in enumerate((bram, anna, fatima), 1):
            assert sent(found, held, Given(held.people[user].pk, "zonder", token, f"{token}")) == [None]
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin::text FROM meetings_gave UNION SELECT xmin::text FROM meetings_unsigned")
        assert len(cursor.fetchall()) == 1
        cursor.execute("SELECT count(*) FROM meetings_unsigned")
        assert cursor.fetchone() == (3,)


# Whose it is


def test_who_came_by_name_takes_what_they_gave_after_the_end_too(
    held: Held, fatima: User, gert: User
) -> None:
    coming.come_by_name(held.live, "G.")
    nameless = Participant.objects.get(live=held.live, member=None)
    said = {"kind": "rule", "what": "als het regent, dan lezen we", "why": "dan is het stil"}
    with serving() as found:
        sent(found, held, Sent(nameless.pk, "a", "card", {"step": "schrijf", "text": "Van Gert"}))
        sent(found, held, Sent(nameless.pk, "b", "insight", said))
        sent(found, held, act(held, fatima, "c", "close"))
    assert not Insight.objects.filter(what=said["what"]).exists()
    coming.link(held.live, nameless, held.side.member(gert))
    assert str(Present.objects.get(member__user=gert)) == "Gert Postma"
    assert Note.objects.get(text="Van Gert").by == Present.objects.get(member__user=gert)
    assert Insight.objects.get(what=said["what"]).author.user == gert


def test_who_was_taken_out_by_mistake_comes_in_again(held: Held, fatima: User, anna: User) -> None:
    person = held.people[anna]
    held(fatima, "remove", person=person.pk)
    assert not store.belongs(person)
    with clock.at(_later(held)):
        coming.come_in(held.live, held.side.member(anna))
    assert store.belongs(person)
    assert [p.id for p in read_anew(held).room.present].count(person.pk) == 1


def test_who_was_taken_out_is_nobody_any_more_and_the_room_goes_on(
    held: Held, fatima: User, anna: User, gert: User
) -> None:
    """A page that was open still offers them."""
    coming.come_by_name(held.live, "Vreemde")
    stranger = Participant.objects.get(live=held.live, member=None)
    with serving() as found:
        assert sent(found, held, act(held, fatima, "a", "remove", person=stranger.pk)) == [None]
        assert "Vreemde" not in str(LinkForm(live=held.live)["participant"])
        with pytest.raises(Refused, match="Vreemde doet niet meer mee"):
            coming.link(held.live, stranger, held.side.member(gert))
        assert sent(found, held, card(held, anna, "k"), act(held, fatima, "b", "close")) == [None, None]
    assert not LiveAct.objects.filter(kind="link").exists()
    assert Note.objects.get(text="Ze kijken bij hun buur").by == Present.objects.get(member__user=anna)


@pytest.mark.parametrize(
    ("kind", "data"),
    [("link", {"person": 0, "member": 1, "name": "Wie", "guest": False}), ("edit", {}), ("turn", {})],
)
def test_an_act_that_cannot_be_played_again_takes_no_room_along(
    held: Held, fatima: User, anna: User, kind: str, data: dict[str, Any]
) -> None:
    """As of a version before this one, or of a fault."""
    held(anna, "card", step="schrijf", text="Van eerder")
    number = LiveAct.objects.filter(live=held.live).count() + 1
    LiveAct.objects.create(live=held.live, number=number, kind=kind, data=data, at=held.now.timestamp())
    Live.objects.filter(pk=held.live.pk).update(number=number)
    with serving() as found:
        assert sent(found, held, card(held, anna, "k"), act(held, fatima, "b", "close")) == [None, None]
    assert sorted(Note.objects.values_list("text", flat=True)) == ["Van eerder", "Ze kijken bij hun buur"]


def test_who_finds_their_phone_after_all_has_their_cards_to_themselves(
    held: Held, fatima: User, gert: User
) -> None:
    person = coming.write_down(held.live, name="", member=held.side.member(gert)).pk
    said = {"step": "schrijf", "text": "Van Gert", "for": person}
    with serving() as found:
        sent(found, held, act(held, fatima, "a", "card", **said))
        assert "Van Gert" in str(view.own(_in_memory(found, held).room, held.people[fatima].pk))
        coming.come_in(held.live, held.side.member(gert))
        assert "Van Gert" not in str(view.own(_in_memory(found, held).room, held.people[fatima].pk))
        assert "Van Gert" in str(view.own(_in_memory(found, held).room, person))
        assert sent(found, held, act(held, fatima, "b", "card", **said)) == [Why.NOT_YOURS]
    acts = LiveAct.objects.count()
    coming.come_in(held.live, held.side.member(gert))  # on a second device
    assert LiveAct.objects.count() == acts


def test_two_with_one_name_are_told_apart(held: Held) -> None:
    coming.write_down(held.live, name="Jan", member=None)
    with pytest.raises(Refused, match="Er is al een jan"):
        coming.write_down(held.live, name=" jan ", member=None)
    with pytest.raises(Refused, match="Er is al een JAN"):
        coming.come_by_name(held.live, "JAN")


def test_a_namesake_keeps_their_cards_when_the_other_is_known(held: Held, fatima: User, gert: User) -> None:
    """As two who were erased have one name."""
    for name in ("Jan", "Jan P."):
        coming.come_by_name(held.live, name)
    for joined in LiveAct.objects.filter(live=held.live, kind="join", data__name="Jan P."):
        LiveAct.objects.filter(pk=joined.pk).update(data=joined.data | {"name": "Jan"})
    jan, namesake = Participant.objects.filter(live=held.live, member=None).order_by("pk")
    Participant.objects.filter(member=None).update(name="Jan")
    with serving() as found:
        for person in (jan, namesake):
            said = {"step": "schrijf", "text": f"Van {person.pk}"}
            sent(found, held, Sent(person.pk, "a", "card", said))
        sent(found, held, act(held, fatima, "c", "close"))
    coming.link(held.live, jan, held.side.member(gert))
    by = {note.text: str(note.by) for note in Note.objects.select_related("by__member__user")}
    assert by == {f"Van {jan.pk}": "Gert Postma", f"Van {namesake.pk}": "Jan (gast)"}


def _later(held: Held) -> datetime:
    return max(held.now, SOON)


def test_means_are_of_five_who_are_the_same_or_not_at_all(regenboog: Side, fatima: User) -> None:
    """Six answer one question, five of them the other: the sixth would be known from the difference."""
    held = opened(regenboog, fatima)
    for number in range(5):
        user = User.objects.create_user(f"v{number}@school.test", name=f"Vijf {number} Bos")
        regenboog.community.join(user)
        held.come(user)
    room = read_anew(held).room
    held.to(fatima, "exit")
    one, two = room.steps[room.by_key["exit"]].asks
    for number, user in enumerate(held.people):
        held.give(user, "exit", **({one: 1 + number % 5} | ({two: 2 + number % 3} if number else {})))
    held(fatima, "close")
    shown = {figure.question: (figure.n, figure.mean) for figure in ExitFigure.objects.all()}
    assert shown == {one: (6, 2.7), two: (0, None)}
