"""A story as it is written in stories/*.toml. Days are school days ago, names are keys of people.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from functools import cache
from importlib.resources import files
from typing import Any

from leerkring.demo.story_meeting import Act, Gathering, gathering

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
    """A conversation; the first thing said opens it. `follows` is the key of the one, or of the goal, that led to
    it."""

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
class Stance(Act):
    """A version of the vision or the working agreements; all who are there stand behind it, but for `waiting`."""

    kind: str
    text: str
    waiting: tuple[str, ...] = ()


@dataclass(frozen=True)
class Revised(Act):
    """The goal said well. `until` is a day so many school days ago, or ahead when it is below zero; the text has
    {until} where it is said."""

    text: str
    until: int
    pupils: str
    not_yet: str
    product: str


@dataclass(frozen=True)
class Pupils:
    """Whose results come in by code: how many in each group, divided `by` what, how many of all still learn Dutch,
    and the highest score there is."""

    by: str
    groups: dict[str, int]
    nt2: int
    highest: int


@dataclass(frozen=True)
class Measured(Act):
    """What was found: a value that is said, or results around a `mean`, of all pupils but the `absent`."""

    role: str
    value: float | None = None
    n: int | None = None
    mean: float | None = None
    absent: int = 0
    label: str = ""
    note: str = ""
    own_class: bool = False


@dataclass(frozen=True)
class Concluded(Act):
    """`look_again` counts days as `Revised.until` does."""

    decision: str
    yielded: str
    kept_where: str
    kept_by: str
    look_again: int


@dataclass(frozen=True)
class Dropped(Act):
    because: str


@dataclass(frozen=True)
class Aim(Act):
    """A goal, from the first sentence as far as it came. `follows` is as in `Talk`; of who is asked all say yes in the
    three school days after, but for `waiting`."""

    key: str
    text: str
    follows: str | None = None
    owners: tuple[str, ...] = ()
    revised: Revised | None = None
    measure: dict[str, Any] | None = None
    pupils: Pupils | None = None
    measured: tuple[Measured, ...] = ()
    asked: Act | None = None
    waiting: tuple[str, ...] = ()
    concluded: Concluded | None = None
    dropped: Dropped | None = None


@dataclass(frozen=True)
class Limited(Act):
    """A colleague wrote when it does not work."""

    text: str


@dataclass(frozen=True)
class Tried(Act):
    """A colleague said that they would try it `on` that day (as `Revised.until` counts), and told how it went when
    `told` says so."""

    on: int
    told: int | None = None
    worked: str = ""
    text: str = ""


@dataclass(frozen=True)
class Knowing(Act):
    """An insight. `follows` and `goal` are keys, as in `Talk`."""

    kind: str
    what: str
    why: str
    noticed: str = ""
    practice: str = ""
    follows: str | None = None
    goal: str | None = None
    limited: tuple[Limited, ...] = ()
    tried: tuple[Tried, ...] = ()


@dataclass(frozen=True)
class Experiment(Act):
    """A try-out `on` that day (as `Revised.until` counts), and how it went when `told` says so. `follows` and `goal`
    are keys, as in `Talk`; `repeats` is the `key` of the try-out that a colleague tried first."""

    idea: str
    expected: str
    on: int
    where: str = ""
    key: str = ""
    goal: str | None = None
    follows: str | None = None
    repeats: str = ""
    told: int | None = None
    worked: str = ""
    decision: str = ""
    reason: str = ""
    evidence: str = ""
    adapted: str = ""


@dataclass(frozen=True)
class Tries:
    """What `who` would try after a visit, `on` that day, and how it went when `told` says so."""

    who: str
    text: str
    on: int
    told: int | None = None
    worked: str = ""
    how: str = ""


@dataclass(frozen=True)
class Lesson(Act):
    """A lesson of `who`, said `ago`, that is `on` that day from `begins`. `guests` come; `notes`: what the
    first of them saw, as kind and text, and gave to the host. `asked`: that guest asked whether they may come."""

    question: str
    lesson: str
    on: int
    begins: time
    place: str = ""
    minutes: int = 10
    room_for: int = 1
    goal: str | None = None
    guests: tuple[str, ...] = ()
    asked: bool = False
    notes: tuple[tuple[str, str], ...] = ()
    tries: tuple[Tries, ...] = ()
    released: bool = False


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
    stances: tuple[Stance, ...]
    aims: tuple[Aim, ...]
    gatherings: tuple[Gathering, ...]
    insights: tuple[Knowing, ...]
    experiments: tuple[Experiment, ...]
    lessons: tuple[Lesson, ...]


def _lesson(*, tries: Iterable[dict[str, Any]] = (), notes: Iterable[Any] = (), **fields: Any) -> Lesson:
    noted = tuple((kind, text) for kind, text in notes)
    guests = tuple(fields.pop("guests", ()))
    return Lesson(**fields, guests=guests, notes=noted, tries=tuple(Tries(**each) for each in tries))


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
        stances=tuple(_stance(**fields) for fields in raw.get("statement", ())),
        aims=tuple(_aim(fields) for fields in raw.get("goal", ())),
        gatherings=tuple(gathering(**fields) for fields in raw.get("meeting", ())),
        insights=tuple(_knowing(**fields) for fields in raw.get("insight", ())),
        experiments=tuple(Experiment(**fields) for fields in raw.get("tryout", ())),
        lessons=tuple(_lesson(**fields) for fields in raw.get("visit", ())),
        **raw["community"],
    )


def _question(agree: list[str], **fields: Any) -> Question:
    return Question(agree=tuple(agree), **fields)


def _stance(text: str, waiting: tuple[str, ...] = (), **fields: Any) -> Stance:
    return Stance(text=text.strip(), waiting=tuple(waiting), **fields)


#: The parts of a goal that are a table of their own.
_PARTS = {"revised": Revised, "pupils": Pupils, "asked": Act, "concluded": Concluded, "dropped": Dropped}


def _aim(fields: dict[str, Any]) -> Aim:
    several = {name: tuple(fields.get(name, ())) for name in ("owners", "waiting")}
    measured = tuple(Measured(**one) for one in fields.get("measured", ()))
    parts = {name: kind(**fields[name]) for name, kind in _PARTS.items() if name in fields}
    return Aim(**{**fields, **several, **parts, "measured": measured})


def _knowing(
    limited: Sequence[dict[str, Any]] = (), tried: Sequence[dict[str, Any]] = (), **fields: Any
) -> Knowing:
    return Knowing(
        limited=tuple(Limited(**one) for one in limited), tried=tuple(Tried(**one) for one in tried), **fields
    )


def _talk(said: list[dict[str, Any]], **fields: Any) -> Talk:
    return Talk(said=tuple(_said(**one) for one in said), **fields)


def _said(text: str, helps: tuple[str, ...] = (), **fields: Any) -> Said:
    return Said(text=text.strip(), helps=tuple(helps), **fields)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("leerkring.demo").joinpath(f"stories/{name}.toml").read_text(encoding="utf-8"))
