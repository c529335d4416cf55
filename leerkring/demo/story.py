"""A story as it is written in stories/*.toml. Days are school days ago, names are keys of people.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import time
from functools import cache
from importlib.resources import files
from typing import Any

#: In the order in which the schools are opened.
STORIES = ("vo", "po", "mbo")


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
class Story:
    """`members[0]` founds the community."""

    school: dict[str, Any]
    name: str
    aim: str
    members: tuple[Member, ...]
    talks: tuple[Talk, ...]
    leaders: tuple[str, ...] = field(default=())
    locations: tuple[str, ...] = field(default=())
    board: str | None = None
    network: str | None = None


@cache
def people() -> dict[str, Person]:
    """Everyone in the demo, by the key the stories call them by."""
    return {key: Person(**fields) for key, fields in _read("people").items()}


@cache
def story(name: str) -> Story:
    """One community's weeks."""
    raw = _read(name)
    return Story(
        school=raw["school"],
        leaders=tuple(raw.get("leaders", ())),
        locations=tuple(raw.get("locations", ())),
        board=raw.get("board"),
        network=raw.get("network"),
        members=tuple(Member(**fields) for fields in raw["member"]),
        talks=tuple(_talk(**fields) for fields in raw["talk"]),
        **raw["community"],
    )


def _talk(said: list[dict[str, Any]], **fields: Any) -> Talk:
    return Talk(said=tuple(_said(**one) for one in said), **fields)


def _said(text: str, helps: tuple[str, ...] = (), **fields: Any) -> Said:
    return Said(text=text.strip(), helps=tuple(helps), **fields)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("leerkring.demo").joinpath(f"stories/{name}.toml").read_text(encoding="utf-8"))
