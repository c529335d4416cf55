"""A story as it is written in stories/*.toml. Days are school days ago, names are keys of people.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import time
from functools import cache
from importlib.resources import files
from typing import Any

#: In the order in which the schools are opened.
STORIES = ("vo", "po", "mbo", "network")


@dataclass(frozen=True)
class Person:
    name: str
    email: str
    is_administrator: bool = False


@dataclass(frozen=True)
class Member:
    """Who takes part from `came` to `left` (school days ago); a guest until `days` calendar days from now."""

    who: str
    came: int
    at: time
    role: str = "member"
    days: int | None = None
    left: int | None = None
    #: One of the schools that take part; the first when it is not said.
    school: str | None = None
    location: str | None = None


@dataclass(frozen=True)
class Said:
    """One contribution. `to` is which one in this conversation it answers, counted from 1."""

    who: str
    ago: int
    at: time
    text: str
    to: int | None = None
    helps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Talk:
    """A conversation; the first thing said opens it. `follows` is the key of the one that led to it."""

    key: str
    title: str
    purpose: str
    said: tuple[Said, ...]
    follows: str | None = None


@dataclass(frozen=True)
class Card:
    """What someone tells of themselves wherever they take part; `there` is when they are at school."""

    gives: str
    shows: str
    curious: str
    there: str = ""


@dataclass(frozen=True)
class Asked:
    """`members[0]` invited this address, which did not answer yet."""

    email: str
    name: str
    ago: int
    at: time


@dataclass(frozen=True)
class Question:
    """Who leads the school asked to take part; `agree` are those who answered so far, and can go on with it."""

    who: str
    ago: int
    at: time
    agree: tuple[str, ...]


@dataclass(frozen=True)
class Gone:
    """Someone is away from then on, and back next week."""

    who: str
    ago: int
    at: time


@dataclass(frozen=True)
class Story:
    """`members[0]` founds the community. `schools` are those of stories before, the home first; else `school` is
    opened."""

    name: str
    aim: str
    members: tuple[Member, ...]
    talks: tuple[Talk, ...]
    school: dict[str, Any] | None
    schools: tuple[str, ...]
    #: `name`, and `aim` where it is told first.
    network: dict[str, str]
    leaders: tuple[str, ...]
    locations: tuple[str, ...]
    board: str | None
    asked: tuple[Asked, ...]
    questions: tuple[Question, ...]
    gone: tuple[Gone, ...]


@cache
def people() -> dict[str, Person]:
    """Everyone in the demo, by the key the stories call them by."""
    return {key: Person(**fields) for key, fields in _read("people").items()}


@cache
def cards() -> dict[str, Card]:
    """What people tell about themselves, by the same keys."""
    return {key: Card(**fields) for key, fields in _read("cards").items()}


@cache
def story(name: str) -> Story:
    """One community's weeks."""
    raw = _read(name)
    return Story(
        school=raw.get("school"),
        schools=tuple(raw.get("schools", ())),
        network=raw.get("network", {}),
        leaders=tuple(raw.get("leaders", ())),
        locations=tuple(raw.get("locations", ())),
        board=raw.get("board"),
        members=tuple(Member(**fields) for fields in raw["member"]),
        talks=tuple(_talk(**fields) for fields in raw["talk"]),
        asked=tuple(Asked(**fields) for fields in raw.get("asked", ())),
        questions=tuple(_question(**fields) for fields in raw.get("question", ())),
        gone=tuple(Gone(**fields) for fields in raw.get("gone", ())),
        **raw["community"],
    )


def _question(agree: list[str], **fields: Any) -> Question:
    return Question(agree=tuple(agree), **fields)


def _talk(said: list[dict[str, Any]], **fields: Any) -> Talk:
    return Talk(said=tuple(_said(**one) for one in said), **fields)


def _said(text: str, helps: tuple[str, ...] = (), **fields: Any) -> Said:
    return Said(text=text.strip(), helps=tuple(helps), **fields)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("leerkring.demo").joinpath(f"stories/{name}.toml").read_text(encoding="utf-8"))
