"""What the coach says, as pages show it: the sentence with marks in it, a question for each, and which parts it has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.access import Here
from leerkring.engine.coach import RULES, Rule, coach, said, there
from leerkring.goals.forms import ScoreField
from leerkring.goals.models import Goal, Measure
from leerkring.network.calendar import calendar_of

#: The parts that a sentence can name, in the order of a page.
PARTS: dict[str, str | Promise] = {
    "pupils": _("Welke %(pupils)s"),
    "outcome": _("Wat kunnen ze dan"),
    "measure": _("Hoe zie je dat"),
    "baseline": _("Begin"),
    "target": _("Streefdoel"),
    "date": _("Wanneer"),
}


@dataclass(frozen=True)
class Piece:
    """A part of the sentence; `rule` when there is something to ask about it."""

    text: str
    rule: str = ""


@dataclass(frozen=True)
class Asked:
    """One question: about `words`, or about what is not there."""

    words: str
    rule: Rule


@dataclass(frozen=True)
class Part:
    name: str | Promise
    #: What the sentence says of it; "" when that cannot be pointed at.
    words: str
    is_there: bool


@dataclass(frozen=True)
class Coached:
    text: str
    pieces: tuple[Piece, ...]
    questions: tuple[Asked, ...]
    parts: tuple[Part, ...]

    @classmethod
    def of(cls, here: Here, text: str, language: str) -> Coached:
        remarks = coach(
            text, language=language, today=clock.today(), calendar=calendar_of(here.community.school)
        )
        rules = RULES(language)
        pieces, asked, done = [], [], 0
        for remark in sorted(remarks, key=lambda r: (r.start, r.end)):
            words = text[remark.start : remark.end]
            asked.append(Asked(words, rules[remark.rule]))
            if words and remark.start >= done:
                pieces += [Piece(text[done : remark.start]), Piece(words, remark.rule)]
                done = remark.end
        pieces.append(Piece(text[done:]))
        told, is_there = said(text, language=language), there(remarks)
        parts = tuple(
            Part(here.words.fill(name), ", ".join(told[key]), is_there[key]) for key, name in PARTS.items()
        )
        return cls(text, tuple(p for p in pieces if p.text), tuple(asked), parts)


def in_sentence(text: str, language: str) -> dict[str, str]:
    """By part the words of `text` that say it, as `Coached` shows them; no day is held against a calendar."""
    words, is_there = said(text, language=language), there(coach(text, language=language))
    return {key: ", ".join(words[key]) for key in PARTS if is_there[key]}


_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:%|procent|percent|per cent)")
_OF = re.compile(r"(\d+)\s*(?:van de|van|uit|of the|out of|of)\s*(\d+)")


def measure_hints(goal: Goal) -> dict[str, Any]:
    """What the sentence of `goal` says of a measure: its name, and numbers when they are plain."""
    parts = said(goal.text, language=goal.language)
    hints: dict[str, Any] = {"name": parts["measure"][0][:160]} if parts["measure"] else {}
    numbers = {key: _number(parts[key][0]) for key in ("baseline", "target") if parts[key]}
    kinds = {kind for _value, kind in filter(None, numbers.values())}
    if len(kinds) == 1:
        hints["kind"] = kinds.pop()
        hints |= {key: number[0] for key, number in numbers.items() if number}
        hints["baseline_on"] = clock.today() if "baseline" in hints else None
    return {key: value for key, value in hints.items() if value is not None}


def _number(words: str) -> tuple[float, str] | None:
    """A percentage, so many of so many, or one bare number."""
    if percent := _PERCENT.search(words):
        return _plain(percent[1], Measure.Kind.SHARE)
    if (of := _OF.search(words)) and int(of[2]) > 0 and int(of[1]) <= int(of[2]):
        return round(100 * int(of[1]) / int(of[2]), 1), Measure.Kind.SHARE
    numbers = _NUMBER.findall(words)
    return _plain(numbers[0], Measure.Kind.MEAN) if len(numbers) == 1 else None


def _plain(written: str, kind: str) -> tuple[float, str] | None:
    value = float(written.replace(",", "."))
    return (value, kind) if value <= ScoreField.LARGEST else None
