"""Everyone in a live room sees what happens in it.

One thread applies and keeps what all rooms send: what came in while it wrote, it writes together in one transaction,
and only what is kept is shown. Nothing of a room is touched by any other thread. Other processes hear that there is
something new (`live.bus`), and read it. What is shown goes to subscribers as pictures (`live.view`); each sends its own
screen the difference with what that has, so a slow phone gets less often what changed, and never too much.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import secrets
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass, field

from django.db import close_old_connections, connection, transaction
from django.db.models import F

from leerkring import clock
from leerkring.communities.models import Community
from leerkring.meetings.live import bus, known, store, view
from leerkring.meetings.live.acts import Act, Impossible, Why
from leerkring.meetings.live.desk import Desk, Sent
from leerkring.meetings.models import Live

log = logging.getLogger(__name__)

#: What is written together at most, in requests.
BATCH = 200
#: Rooms kept in memory; who asks for another makes room.
KEPT = 500

Picture = view.Picture
#: What became of each thing sent: None when it was done, now or before.
Outcomes = list[Why | None]


@dataclass(frozen=True, slots=True)
class Given:
    """Something that nobody can tell is theirs."""

    by: int
    step: str
    token: int
    text: str


@dataclass(slots=True)
class Seen:
    """What can be seen of a room at one moment; `own` of everyone who looks at it."""

    version: int = 0
    common: Picture = field(default_factory=dict)
    own: dict[int, Picture] = field(default_factory=dict)
    now: float = 0.0
    #: Who came by name only, once it is over: they see that it is, and nothing of what comes later.
    parted: frozenset[int] = frozenset()

    def common_for(self, person: int) -> Picture:
        return {"room": self.common["room"]} if person in self.parted else self.common

    def own_for(self, screen: Subscriber) -> Picture:
        own = self.own[screen.person]
        return view.on_board(own) if screen.board else own

    def is_for(self, person: int) -> bool:
        """Whether they are in the room: who was taken out sees no more of it, on no screen."""
        return "gone" not in self.own[person]["me"]


class Subscriber:
    """One screen. `person`: whose; a board shows nothing that is of one person. Woken in its own loop when there is
    something new."""

    def __init__(self, live: int, person: int, *, board: bool = False) -> None:
        self.live, self.person, self.board = live, person, board
        self.loop = asyncio.get_running_loop()
        self.woken = asyncio.Event()
        self.seen: Seen | None = None

    def show(self, seen: Seen) -> None:
        self.seen = seen
        self.loop.call_soon_threadsafe(self.woken.set)


#: Called in the transaction of the acts: (room as kept, its state, the new acts).
Follow = Callable[[Live, Desk, list[Act]], None]


@dataclass(slots=True)
class _Open:
    """A room in memory. Without a desk it is read again: what was in memory may not be what is kept."""

    desk: Desk | None
    seen: Seen = field(default_factory=Seen)
    subscribers: set[Subscriber] = field(default_factory=set)


@dataclass(slots=True)
class _Writing:
    """What a batch does in one room, before it is kept."""

    live: Live
    desk: Desk
    acts: list[tuple[Act, str]] = field(default_factory=list)
    #: Steps in which something was given that nobody can tell is theirs.
    given: set[str] = field(default_factory=set)
    _done: list[tuple[Sent | Given, float]] = field(default_factory=list)

    def take(self, thing: Sent | Given, at: float) -> Why | None:
        """What became of it."""
        try:
            self._do(thing, at)
        except Impossible as impossible:
            return impossible.why
        except Exception:  # a fault of ours: it loses this one, and nothing else that was sent
            log.exception("live.refused")
            self._redo()
            return Why.UNREADABLE
        return None

    def _do(self, thing: Sent | Given, at: float) -> None:
        if isinstance(thing, Given):
            if self.desk.room.give(thing.by, thing.step, thing.token, thing.text):
                self.given.add(thing.step)
        elif act := self.desk.take(thing, at):
            self.acts.append((act, thing.key))
        self._done.append((thing, at))

    def _redo(self) -> None:
        """The room without what was half done in it."""
        done, self._done, self.acts = self._done, [], []
        self.desk = store.load(self.live)
        for thing, at in done:
            self._do(thing, at)

    def keep(self, follow: Follow, *, by: str) -> None:
        store.write(self.live, self.acts)
        store.give(self.live, self.desk.room, self.given)
        if self.acts:
            follow(self.live, self.desk, [act for act, _key in self.acts])
        if self.acts or self.given:
            bus.tell(self.live.pk, by=by)


def _hold_communities(closed: Iterable[Live]) -> None:
    """All of them before any row of people, in the order of their ids (docs/decisions/0033-notices.md)."""
    ids = {live.meeting.community_id for live in closed}
    if len(ids) > 1:
        list(Community.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))


@dataclass(slots=True)
class _Asked:
    live: int
    things: list[Sent | Given]
    answer: Future[Outcomes]
    subscriber: Subscriber | None = None
    anew: bool = False


class Hub:
    def __init__(self, follow: Follow = lambda live, desk, acts: None) -> None:
        self._follow = follow
        self._asked: queue.SimpleQueue[_Asked | None] = queue.SimpleQueue()
        self._rooms: dict[int, _Open] = {}
        self._leaving: queue.SimpleQueue[Subscriber] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="live", daemon=True)
        self._thread.start()
        self.name = secrets.token_hex(8)
        self._listener = bus.Listener(self.name, heard=self._heard, missed=self._missed)

    # -- from any thread -----------------------------------------------------------------------------

    def send(self, live: int, things: Iterable[Sent | Given]) -> Future[Outcomes]:
        """Takes things in; the answer comes when they are kept, or with the error that kept them out."""
        asked = _Asked(live, list(things), Future())
        self._asked.put(asked)
        return asked.answer

    def enter(self, subscriber: Subscriber) -> Future[Outcomes]:
        """From now on this screen is told; first all there is to see."""
        asked = _Asked(subscriber.live, [], Future(), subscriber)
        self._asked.put(asked)
        return asked.answer

    def leave(self, subscriber: Subscriber) -> None:
        self._leaving.put(subscriber)

    def poke(self, live: int, *, anew: bool = False) -> None:
        """Something was written by a page: look at it; `anew`: what is in memory is no longer so, who may be there
        neither."""
        if anew:
            known.forget(live)
        self._asked.put(_Asked(live, [], Future(), anew=anew))

    def _heard(self, live: int, anew: bool) -> None:
        """Another process wrote in a room. One at which nobody looks here is read when somebody does."""
        if anew:
            known.forget(live)
        held = self._rooms.get(live)
        if held and (held.subscribers or anew):
            self.poke(live, anew=anew)

    def _missed(self) -> None:
        for live in list(self._rooms):
            self.poke(live, anew=True)

    def stop(self) -> None:
        self._listener.stop()
        self._asked.put(None)
        self._thread.join(timeout=5)

    # -- the one thread ------------------------------------------------------------------------------

    def _run(self) -> None:
        while (first := self._asked.get()) is not None:
            batch = [first]
            while len(batch) < BATCH:
                try:
                    more = self._asked.get_nowait()
                except queue.Empty:
                    break
                if more is None:
                    self._asked.put(None)
                    break
                batch.append(more)
            try:
                self._take(batch)
            except Exception as error:  # whatever it was: all rooms of this process depend on this thread
                log.exception("live.failed")
                self._forget(batch)
                for asked in batch:
                    if not asked.answer.done():
                        self._answer(asked, error)
        connection.close()

    def _take(self, batch: list[_Asked]) -> None:
        close_old_connections()
        self._let_go(batch)
        try:
            outcomes = self._keep(batch)
        except Exception as error:
            self._forget(batch)
            if len(batch) > 1:  # one room's trouble is not another's
                for asked in batch:
                    self._take([asked])
                return
            log.exception("live.failed")
            self._answer(batch[0], error)
            return
        try:
            self._show(batch)
        except Exception:  # what is kept is kept, and the rooms are read again
            log.exception("live.not_shown")
            self._forget(batch)
        for asked, outcome in zip(batch, outcomes, strict=True):
            self._answer(asked, outcome)

    def _answer(self, asked: _Asked, outcome: Outcomes | Exception) -> None:
        if not asked.answer.set_running_or_notify_cancel():  # they went away meanwhile
            if asked.subscriber:
                self.leave(asked.subscriber)
        elif isinstance(outcome, Exception):
            asked.answer.set_exception(outcome)
        else:
            asked.answer.set_result(outcome)

    def _let_go(self, batch: list[_Asked]) -> None:
        """Of what is no longer so, and of screens that left."""
        self._forget(asked for asked in batch if asked.anew)
        while not self._leaving.empty():
            gone = self._leaving.get()
            if gone.live in self._rooms:
                self._rooms[gone.live].subscribers.discard(gone)

    def _forget(self, batch: Iterable[_Asked]) -> None:
        """The screens stay."""
        for asked in batch:
            if asked.live in self._rooms:
                self._rooms[asked.live].desk = None

    def _keep(self, batch: list[_Asked]) -> list[Outcomes]:
        with transaction.atomic():
            rooms = store.hold({asked.live for asked in batch})
            here = {pk: _Writing(live, self._look(live)) for pk, live in rooms.items()}
            outcomes: list[Outcomes] = []
            for asked in batch:
                if (
                    writing := here.get(asked.live)
                ) is None:  # it was cleared, with all that is left of it here
                    self._rooms.pop(asked.live, None)
                    outcomes.append([Why.GONE for _thing in asked.things])
                else:
                    at = clock.now().timestamp()
                    outcomes.append([writing.take(thing, at) for thing in asked.things])
            _hold_communities(writing.live for writing in here.values() if writing.desk.room.closed)
            for pk, writing in here.items():
                writing.keep(self._follow, by=self.name)
                if pk in self._rooms:
                    self._rooms[pk].desk = writing.desk
        return outcomes

    def _look(self, live: Live) -> Desk:
        """The room in memory, up to what is kept."""
        held = self._rooms.get(live.pk)
        if held is None:
            self._make_room()
            held = self._rooms[live.pk] = _Open(None)
        if held.desk is None or held.desk.rewritten != live.rewritten:
            held.desk = store.load(live)
        elif held.desk.room.number < live.number:
            store.catch_up(held.desk, live)
        elif any(step.anonymous for step in held.desk.room.steps[: held.desk.room.at + 1]):
            store.catch_up_unsigned(held.desk, live)
        return held.desk

    def _make_room(self) -> None:
        if len(self._rooms) >= KEPT:
            for pk in [pk for pk, held in self._rooms.items() if not held.subscribers][: KEPT // 2]:
                del self._rooms[pk]

    def _show(self, batch: list[_Asked]) -> None:
        now = clock.now().timestamp()
        for pk in dict.fromkeys(asked.live for asked in batch):
            held = self._rooms.get(pk)
            if held is None or held.desk is None:
                continue
            held.subscribers |= {a.subscriber for a in batch if a.subscriber and a.live == pk}
            room = held.desk.room
            own = {person: view.own(room, person) for person in {s.person for s in held.subscribers}}
            parted = frozenset(p.id for p in room.people.values() if room.closed and p.member is None)
            held.seen = Seen(held.seen.version + 1, view.common(room), own, now, parted)
            for subscriber in held.subscribers:
                subscriber.show(held.seen)


_current: Hub | None = None


def current() -> Hub | None:
    """The hub of this process, when it serves."""
    return _current


def begin(follow: Follow) -> Hub:
    """The one hub of this process."""
    global _current
    _current = _current or Hub(follow)
    return _current


def end() -> None:
    global _current
    if _current is not None:
        _current.stop()
        _current = None


def poke(live: int, *, anew: bool = False) -> None:
    """Tells the rooms of every process, once it is kept, that a page wrote something."""
    found = _current
    bus.tell(live, by=found.name if found else "", anew=anew)
    if found is not None:
        transaction.on_commit(lambda: found.poke(live, anew=anew))


def forget(live: int) -> None:
    """This room was cleared, or who may be in it changed: once that is so, it is read again, and each screen that
    listens is looked up anew."""
    poke(live, anew=True)


def rewritten(live: int) -> None:
    """What was kept of this room was changed, by who holds it. What waits for that one would be played on what a hub
    had, and write down again what is gone: so it stands in the row that it waits for, and is not only told afterwards.
    """
    Live.objects.filter(pk=live).update(rewritten=F("rewritten") + 1)
    forget(live)
