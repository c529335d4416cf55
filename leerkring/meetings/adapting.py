"""What a work form becomes when a group says it otherwise: the words of one language, the minutes, the order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from leerkring.meetings.workform import LANGUAGES, Role, StepKind, Who, Workform
from leerkring.meetings.workform_reading import plain
from leerkring.meetings.workform_rules import USES_CARDS, USES_EACH_CARD
from leerkring.meetings.workform_words import filled
from leerkring.network.words import SectorWords

#: How many cards or dots each gets in a step that a group adds.
CARDS, DOTS = 2, 3


@dataclass(frozen=True)
class SaidStep:
    title: str
    prompt: str
    hint: str
    minutes: int
    place: int
    hint_to_all: bool = False
    is_out: bool = False


@dataclass(frozen=True)
class NewStep:
    title: str
    prompt: str
    hint: str
    kind: StepKind
    minutes: int
    place: int
    hint_to_all: bool = False


@dataclass(frozen=True)
class Said:
    """What was typed. `steps`: by key."""

    whole: Mapping[str, str]
    people: tuple[int, int]
    steps: Mapping[str, SaidStep]
    new: NewStep | None = None


def adapted(form: Workform, said: Said, language: str, words: SectorWords) -> dict[str, Any]:
    """The form as plain values, still to be read: what was typed may not fit together."""
    content = plain(form)
    _say(content["text"][language], said.whole, words)
    content["people"] = list(said.people)
    placed = []
    for step in content["steps"]:
        typed = said.steps[step["key"]]
        if not typed.is_out:
            texts = {"title": typed.title, "prompt": typed.prompt, "hint": typed.hint}
            _say(step["text"][language], texts, words)
            chosen = {"minutes": typed.minutes, "hint_to_all": typed.hint_to_all}
            placed.append((typed.place, 1, {**step, **chosen}))
    if said.new:
        placed.append((said.new.place, 0, _made(form, said.new)))
    content["steps"] = [step for *_order, step in sorted(placed, key=lambda each: each[:2])]
    _tie(content["steps"])
    content["minutes"] = sum(step["minutes"] for step in content["steps"])
    return content


def _say(texts: dict[str, str], typed: Mapping[str, str], words: SectorWords) -> None:
    """What reads as it did stays as it was written, with the words of any sector in it."""
    for name, text in typed.items():
        if text != " ".join(filled(texts[name], words).split()):
            texts[name] = literal(text)


def literal(text: str) -> str:
    """Somebody's own words, in which nothing is filled in."""
    return text.replace("%", "%%")


def _made(form: Workform, new: NewStep) -> dict[str, Any]:
    """In both languages what was typed in one."""
    keys = {step.key for step in form.steps}
    texts = {"title": new.title, "prompt": new.prompt or new.title, "hint": new.hint}
    is_written = new.kind == StepKind.WRITE
    writes = Who.EVERYONE if is_written else Who.NOBODY
    if new.kind in {StepKind.INSIGHT, StepKind.AGREE}:
        writes = Who.SCRIBE if Role.SCRIBE in form.roles else Who.EVERYONE
    return {
        "key": next(each for number in count(1) if (each := f"extra-{number}") not in keys),
        "kind": str(new.kind),
        "minutes": new.minutes,
        "speaks": str(Who.NOBODY if is_written or new.kind == StepKind.DOTS else Who.EVERYONE),
        "writes": str(writes),
        "cards": CARDS if is_written else 0,
        "dots": DOTS if new.kind == StepKind.DOTS else 0,
        "of": "",
        "anonymous": False,
        "hint_to_all": new.hint_to_all,
        "text": {language: {name: literal(text) for name, text in texts.items()} for language in LANGUAGES},
    }


def _tie(steps: list[dict[str, Any]]) -> None:
    """A step that needs cards and does not say whose takes the last before it that it can use; one that only showed
    those of a step that is gone, or comes later now, shows none."""
    with_cards: list[str] = []
    signed: list[str] = []
    for step in steps:
        needs = step["kind"] in USES_CARDS
        usable = signed or with_cards if step["kind"] in USES_EACH_CARD else with_cards
        if needs and not step["of"] and usable:
            step["of"] = usable[-1]
        elif not needs and step["of"] not in with_cards:
            step["of"] = ""
        if step["cards"]:
            with_cards.append(step["key"])
            if not step["anonymous"]:
                signed.append(step["key"])
