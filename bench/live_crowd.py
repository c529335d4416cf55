"""People in rooms, as a server meets them: each a stream that tells what changes, and cards sent now and then, under
keys of their own and again until they are taken. Standard library only; `python -m bench.live_crowd PORT SECONDS EVERY`
reads the rooms from stdin and prints what it saw."""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from dataclasses import dataclass, field
from typing import Any

#: Seconds after which a request that got no answer is made again.
AGAIN = 0.5
#: Seconds within which everyone is in.
MOST_COMING = 20.0
#: Seconds for which they look on after the last card.
LAST = 8.0


@dataclass
class Seen:
    """When a card was sent, and when each in the room saw it."""

    sent: float
    by: dict[int, float] = field(default_factory=dict)


@dataclass
class Room:
    live: int
    tokens: list[str]
    cards: dict[str, Seen] = field(default_factory=dict)


class Person:
    def __init__(self, room: Room, number: int, port: int) -> None:
        self.room, self.number, self.port = room, number, port
        self.cookie = f"live_{room.live}={room.tokens[number]}"
        self.tries = 0
        #: They see the room.
        self.there = asyncio.Event()

    async def listen(self) -> None:
        """The stream, taken up again whenever it breaks."""
        while True:
            try:
                await self._listen()
            except (OSError, asyncio.IncompleteReadError, TimeoutError, ValueError):
                await asyncio.sleep(AGAIN)

    async def _listen(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=2**22)
        try:
            writer.write(self._head("GET", "stream"))
            await reader.readuntil(b"\r\n\r\n")
            while line := await reader.readline():
                if line.startswith(b"data: "):
                    self._see(json.loads(line[6:]))
        finally:
            writer.close()

    def _see(self, told: dict[str, Any]) -> None:
        now = time.monotonic()
        self.there.set()
        for key, value in told["all"].get("set", {}).items():
            if key.startswith("card:") and (card := self.room.cards.get(value["text"])):
                card.by.setdefault(self.number, now)

    def _head(self, method: str, what: str, length: int = 0) -> bytes:
        more = f"content-type: application/json\r\ncontent-length: {length}\r\n" if method == "POST" else ""
        return (
            f"{method} /live/{self.room.live}/{what} HTTP/1.1\r\nhost: localhost\r\ncookie: {self.cookie}\r\n{more}\r\n"
        ).encode()

    async def talk(self, until: float, every: float) -> None:
        chance = random.Random(f"{self.room.live}.{self.number}")
        await asyncio.sleep(chance.random() * every)
        number = 0
        while time.monotonic() < until:
            text = f"kaart {self.room.live}.{self.number}.{number}"
            self.room.cards[text] = Seen(time.monotonic())
            await self.send({"key": f"k{number}", "kind": "card", "data": {"step": "0.b", "text": text}})
            number += 1
            await asyncio.sleep(every * (0.5 + chance.random()))

    async def send(self, act: dict[str, Any]) -> None:
        """Until it is taken, as a phone does."""
        body = json.dumps([act]).encode()
        while True:
            try:
                async with asyncio.timeout(5):
                    if await self._post(body):
                        return
            except (OSError, asyncio.IncompleteReadError, TimeoutError):
                pass
            self.tries += 1
            await asyncio.sleep(AGAIN)

    async def _post(self, body: bytes) -> bool:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(self._head("POST", "acts", len(body)) + body)
            head = await reader.readuntil(b"\r\n\r\n")
            if b" 200 " not in head.split(b"\r\n", 1)[0]:
                return False
            length = int(
                next(ln for ln in head.lower().split(b"\r\n") if ln.startswith(b"content-length")).split(
                    b":"
                )[1]
            )
            answer = json.loads(await reader.readexactly(length))
            return answer["done"] in ([""], ["overtaken"])
        finally:
            writer.close()


async def gather(rooms: list[Room], port: int, seconds: float, every: float) -> tuple[list[Person], float]:
    """Everyone comes in at once; when all are there, they talk. Also the seconds until then."""
    people = [Person(room, number, port) for room in rooms for number in range(len(room.tokens))]
    for person in people:
        if person.number == 0:
            await person.send({"key": "begin", "kind": "step", "data": {"was": -1, "to": 1}})
    came = time.monotonic()
    listening = [asyncio.create_task(person.listen()) for person in people]
    async with asyncio.timeout(MOST_COMING):
        await asyncio.gather(*(person.there.wait() for person in people))
    took = time.monotonic() - came
    until = time.monotonic() + seconds
    await asyncio.gather(*(person.talk(until, every) for person in people))
    await asyncio.sleep(LAST)
    for stream in listening:
        stream.cancel()
    await asyncio.gather(*listening, return_exceptions=True)
    return people, took


def figures(rooms: list[Room], people: list[Person], took: float) -> dict[str, Any]:
    """`waits`: moment since the begin and seconds until everyone in the room had seen it, per card."""
    begin = min(card.sent for room in rooms for card in room.cards.values())
    waits, unseen = [], 0
    for room in rooms:
        for card in room.cards.values():
            if len(card.by) < len(room.tokens):
                unseen += 1
            else:
                waits.append((round(card.sent - begin, 2), max(card.by.values()) - card.sent))
    return {
        "cards": len(waits) + unseen,
        "unseen": unseen,
        "waits": waits,
        "coming": round(took, 2),
        "tries": sum(p.tries for p in people),
    }


if __name__ == "__main__":
    port, seconds, every = int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])
    given = [Room(room["live"], room["tokens"]) for room in json.load(sys.stdin)]
    there = asyncio.run(gather(given, port, seconds, every))
    json.dump(figures(given, *there), sys.stdout)
