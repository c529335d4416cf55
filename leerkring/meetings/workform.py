"""A work form (werkvorm): how a group spends an hour so that it goes somewhere. Steps with minutes, who speaks, who
writes, and what comes of it.

Nothing here knows a database: a form is read from a file (`workforms/*.toml`, or one that came from elsewhere), and
the live room plays it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

#: The languages in which every text of a form is there.
LANGUAGES = ("nl", "en")


class Purpose(StrEnum):
    """What a group wants when it chooses a form."""

    CASE = "case"  # a situation of one of us
    PRACTICE = "practice"  # look at lessons and at how pupils learn
    DATA = "data"  # look at results of pupils
    PRODUCT = "product"  # make or better something together
    KNOWLEDGE = "knowledge"  # tell each other how we do it, and why
    DIRECTION = "direction"  # what we stand for and want, and agree on it
    REVIEW = "review"  # look back at what we did
    ACQUAINTANCE = "acquaintance"  # get to know each other's work


class Role(StrEnum):
    """What someone does in a meeting, by turn."""

    FACILITATOR = "facilitator"  # gespreksleider
    TIMEKEEPER = "timekeeper"  # tijdbewaker
    PRESENTER = "presenter"  # inbrenger
    SCRIBE = "scribe"  # notulist
    OBSERVER = "observer"  # waarnemer: watches how the group talks


class StepKind(StrEnum):
    """What the screens are for in a step."""

    TALK = "talk"  # people talk; the screens say about what
    WRITE = "write"  # cards of one's own, hidden until they are revealed together
    ROUND = "round"  # each a turn of the same length
    ORDER = "order"  # cards of an earlier step are laid together and named
    DOTS = "dots"  # each a few dots on cards of an earlier step
    CONSENT = "consent"  # can you go on with this? yes, or an objection
    INSIGHT = "insight"  # what do we know now: kept as insights
    AGREE = "agree"  # who does what by when
    EXIT = "exit"  # two questions, anonymous


class Who(StrEnum):
    """Who speaks, or who writes."""

    EVERYONE = "everyone"
    PRESENTER = "presenter"
    OTHERS = "others"  # everyone but the presenter, who listens
    SCRIBE = "scribe"
    NOBODY = "nobody"


class Yield(StrEnum):
    """What a form leaves behind."""

    ACTION = "action"
    QUESTION = "question"
    PRODUCT = "product"
    PLAN = "plan"
    FINDING = "finding"
    RULE = "rule"
    CHOICE = "choice"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class StepText:
    """A step in one language: its name, the one question on every screen, and a line of advice ("" for none)."""

    title: str
    prompt: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """`minutes` are whole. `cards`: how many each may write (write, round). `dots`: how many each gives. `of`: the key
    of the earlier step whose cards are used (order, dots, consent), or shown beside (talk, round, write, agree).
    `anonymous` (write): nobody, the house neither, can tell whose card it is. `hint_to_all`: the advice holds for
    everyone and stands on every screen; otherwise it is for who leads."""

    key: str
    kind: StepKind
    minutes: int
    text: Mapping[str, StepText]
    speaks: Who = Who.EVERYONE
    writes: Who = Who.NOBODY
    cards: int = 0
    dots: int = 0
    of: str = ""
    anonymous: bool = False
    hint_to_all: bool = False


@dataclass(frozen=True, slots=True)
class FormText:
    """A form in one language: its name, what it does in one sentence, when to choose it, and what to bring ("" for
    nothing)."""

    title: str
    summary: str
    when: str
    bring: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the form comes from, and what of it is our own proposal; `url` may be ""."""

    text: Mapping[str, str]
    url: str = ""


@dataclass(frozen=True, slots=True)
class Workform:
    """`people`: the fewest and the most for whom it works. The minutes of the steps add up to `minutes`."""

    key: str
    version: int
    minutes: int
    people: tuple[int, int]
    purposes: tuple[Purpose, ...]
    roles: tuple[Role, ...]
    yields: Yield
    text: Mapping[str, FormText]
    source: Source
    steps: tuple[Step, ...]
    #: Pupil work, data, a clip or a text lies on the table: it is something to bring, not a talk about it.
    material: bool = False
