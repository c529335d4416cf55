"""What a screen may send: each kind of act with its fields. Anything else is refused before it reaches a room."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from leerkring.meetings.workform import Role

#: Characters in a card, an insight's field, an agreement; in a name; in the name of a pile.
LONGEST, LONGEST_NAME, LONGEST_LABEL = 600, 80, 120
#: The largest number a client may name: an id, a place in a list.
LARGEST = 2**53
#: Minutes by which a step is stretched at once.
STRETCH = 30


class Why(StrEnum):
    """Why an act was not done; the words are the page's."""

    UNREADABLE = "unreadable"
    NOT_YOURS = "not_yours"
    NOT_NOW = "not_now"
    LISTENS = "listens"
    ENOUGH = "enough"
    OVERTAKEN = "overtaken"  # somebody did the same just before
    GONE = "gone"
    CLOSED = "closed"
    FORGOTTEN = "forgotten"  # closed, and nobody can tell any more whether this was kept before that
    FULL = "full"
    OWN = "own"  # a colleague does this, not the author


class Impossible(Exception):
    """The act cannot be done now; nothing changed."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


class Kind(StrEnum):
    JOIN = "join"  # of the house: somebody came in
    LINK = "link"  # who came in by name is this member
    REMOVE = "remove"
    ROLE = "role"
    STEP = "step"
    PAUSE = "pause"
    RESUME = "resume"
    STRETCH = "stretch"
    REVEAL = "reveal"
    TURN = "turn"
    CARD = "card"
    DROP = "drop"
    AWAY = "away"  # who leads takes a card away for good, as when a pupil is named in it
    READY = "ready"
    PILE = "pile"
    LOOSE = "loose"  # out of the pile in which it lies
    DOT = "dot"
    CONSENT = "consent"
    INSIGHT = "insight"
    LIMIT = "limit"
    TRY = "try"
    AGREEMENT = "agreement"
    UNDO = "undo"  # an agreement is none after all
    SETTLE = "settle"  # what became of an agreement of an earlier meeting
    CLOSE = "close"


#: What can become of an agreement: it was done, is let go, or is looked at again the next time.
BECAME = ("kept", "let_go", "carried")
#: Marks an act of which the words were taken out of the minutes (`meetings.taking_out`): it is played as it was, so
#: that piles and dots stay what they are, and nobody sees what it gave. No screen can send it.
OUT = "out"
#: What only the house writes: no screen can send it.
OF_THE_HOUSE = frozenset({Kind.JOIN, Kind.LINK})


@dataclass(frozen=True, slots=True)
class Act:
    """`by`: the participant, None for the house. `at`: seconds since 1970, by the server's clock. `number`: its place
    in the meeting, by which what it made is known."""

    number: int
    kind: Kind
    by: int | None
    data: Mapping[str, Any]
    at: float


Check = Callable[[Any], Any]


def _text(longest: int, *, empty: bool = False) -> Check:
    def check(value: Any) -> str:
        if not isinstance(value, str) or len(value) > longest or "\0" in value:
            raise ValueError
        value.encode()  # half a character pair is none
        if not (empty or value.strip()):
            raise ValueError
        return value

    return check


def _number(least: int, most: int = LARGEST) -> Check:
    def check(value: Any) -> int:
        if type(value) is not int or not least <= value <= most:
            raise ValueError
        return value

    return check


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _day(value: Any) -> str:
    """A day as 2026-11-10; "" for none."""
    if value == "":
        return ""
    if not isinstance(value, str) or not 2000 <= date.fromisoformat(value).year <= 2100:
        raise ValueError
    return date.fromisoformat(value).isoformat()


def _one_of(*values: str) -> Check:
    def check(value: Any) -> str:
        if not isinstance(value, str) or value not in values:
            raise ValueError
        return value

    return check


def _ids(most: int) -> Check:
    each = _number(1)

    def check(value: Any) -> list[int]:
        if not isinstance(value, list) or len(value) > most:
            raise ValueError
        return list(dict.fromkeys(each(one) for one in value))

    return check


def _maybe(check: Check) -> Check:
    return lambda value: None if value is None else check(value)


_PERSON, _STEP = _number(1), _text(60)
_TEXT, _PART = _text(LONGEST), _text(LONGEST, empty=True)
#: The fields of each kind; `for` is whom the scribe writes for, `of` out of whose practice an insight is.
FIELDS: Mapping[Kind, Mapping[str, Check]] = {
    Kind.REMOVE: {"person": _PERSON},
    Kind.ROLE: {"role": _one_of(*Role), "person": _maybe(_PERSON)},
    Kind.STEP: {"was": _number(-1, 1000), "to": _number(0, 1000)},
    Kind.PAUSE: {},
    Kind.RESUME: {},
    Kind.STRETCH: {"minutes": _number(1, STRETCH)},
    Kind.REVEAL: {"step": _STEP},
    Kind.TURN: {"step": _STEP, "was": _number(0, 1000)},
    Kind.CARD: {"step": _STEP, "text": _TEXT, "for": _maybe(_PERSON)},
    Kind.DROP: {"card": _number(1)},
    # By its number, or one that is no one's by its token.
    Kind.AWAY: {"card": _maybe(_number(1)), "token": _maybe(_number(1))},
    Kind.READY: {"step": _STEP, "ready": _flag},
    Kind.PILE: {"step": _STEP, "name": _text(LONGEST_LABEL, empty=True), "cards": _ids(100)},
    Kind.LOOSE: {"step": _STEP, "cards": _ids(100)},
    Kind.DOT: {"step": _STEP, "card": _number(1), "on": _flag, "heap": _flag, "for": _maybe(_PERSON)},
    # `about`: the card by which a sentence was bettered last, as who answers has it before them; 0 for none.
    Kind.CONSENT: {
        "step": _STEP,
        "yes": _flag,
        "text": _PART,
        "about": _maybe(_number(0)),
        "for": _maybe(_PERSON),
    },
    Kind.INSIGHT: {
        "kind": _one_of("people", "routine", "rule"),
        "what": _TEXT,
        "why": _PART,
        "practice": _text(200, empty=True),
        "of": _maybe(_PERSON),
        "of_all": _flag,
        "for": _maybe(_PERSON),
    },
    Kind.LIMIT: {"insight": _number(1), "text": _TEXT, "for": _maybe(_PERSON)},
    Kind.TRY: {"insight": _number(1), "on": _day, "for": _maybe(_PERSON)},
    Kind.AGREEMENT: {"what": _TEXT, "who": _ids(40), "by": _day},
    Kind.UNDO: {"agreement": _number(1)},
    Kind.SETTLE: {"agreement": _number(1), "became": _one_of(*BECAME, "")},
    Kind.CLOSE: {},
}
#: What need not be said, and is then this.
_DEFAULTS: Mapping[str, Any] = {
    "about": None,
    "for": None,
    "heap": False,
    "of": None,
    "of_all": False,
    "text": "",
    "practice": "",
    "why": "",
    "by": "",
    "on": "",
    "token": None,
    "who": [],
}


def text(value: Any) -> str:
    """A card's text.

    Raises:
        Impossible: it is none.
    """
    try:
        checked: str = _TEXT(value)
    except (ValueError, UnicodeEncodeError):
        raise Impossible(Why.UNREADABLE) from None
    return checked


def read(kind: Any, data: Any) -> tuple[Kind, dict[str, Any]]:
    """What a client sent as a kind and its fields.

    Raises:
        Impossible: it is no act, or not one that a screen may send.
    """
    try:
        found = Kind(kind)
        fields = FIELDS[found]
        if not isinstance(data, dict) or not set(data) <= set(fields):
            raise ValueError
        given = {name: _DEFAULTS[name] for name in fields if name in _DEFAULTS} | data
        return found, {name: check(given[name]) for name, check in fields.items()}
    except (ValueError, KeyError, TypeError, UnicodeEncodeError):
        raise Impossible(Why.UNREADABLE) from None
