"""A work form read from what somebody wrote: a TOML file of the house, or the plain values of a file from elsewhere.
It is a form, or sentences that each say where something is wrong. Any input at all ends in one of the two.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leerkring.meetings.workform import (
    LANGUAGES,
    FormText,
    Purpose,
    Role,
    Source,
    Step,
    StepKind,
    StepText,
    Who,
    Workform,
    Yield,
)
from leerkring.meetings.workform_rules import broken_rules
from leerkring.network.words import SectorWords

#: Of a whole file, in bytes.
LARGEST = 100_000
MOST_STEPS = 20
MOST_CARDS = 5
MOST_DOTS = 10
MOST_MINUTES = 240
MOST_PEOPLE = 99
#: In characters, by what it is. `source` is the text of a source.
LONGEST: Mapping[str, int] = {
    "title": 60,
    "prompt": 200,
    "hint": 200,
    "summary": 200,
    "when": 400,
    "bring": 300,
    "source": 600,
    "url": 300,
}
#: More than these are not read one by one.
MOST_PROBLEMS = 12

#: The words of a sector that a text may have in it, as %(pupils)s.
FILLED = tuple(field.name for field in fields(SectorWords) if field.name != "sector")
_FILLED = re.compile(rf"%%|%\((?:{'|'.join(FILLED)})\)s")
_KEY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")

#: What the parts of a file are called in a sentence.
NAMES: Mapping[str, str | Promise] = {
    "anonymous": gettext_lazy("anoniem"),
    "hint_to_all": gettext_lazy("tip voor iedereen"),
    "bring": gettext_lazy("meenemen"),
    "cards": gettext_lazy("kaartjes"),
    "dots": gettext_lazy("stippen"),
    "hint": gettext_lazy("tip"),
    "key": gettext_lazy("sleutel"),
    "kind": gettext_lazy("soort"),
    "material": gettext_lazy("materiaal"),
    "minutes": gettext_lazy("minuten"),
    "of": gettext_lazy("bij welke stap"),
    "people": gettext_lazy("aantal mensen"),
    "prompt": gettext_lazy("vraag"),
    "purposes": gettext_lazy("waarvoor"),
    "roles": gettext_lazy("rollen"),
    "source": gettext_lazy("bron"),
    "speaks": gettext_lazy("wie praat"),
    "steps": gettext_lazy("stappen"),
    "summary": gettext_lazy("in één zin"),
    "text": gettext_lazy("tekst"),
    "title": gettext_lazy("titel"),
    "url": gettext_lazy("webadres"),
    "version": gettext_lazy("versie"),
    "when": gettext_lazy("wanneer"),
    "writes": gettext_lazy("wie schrijft"),
    "yields": gettext_lazy("wat het oplevert"),
    "nl": gettext_lazy("Nederlands"),
    "en": gettext_lazy("Engels"),
}

_WHOLE = tuple(field.name for field in fields(Workform))
_STEP = tuple(field.name for field in fields(Step))

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True)
class Reading:
    """What came of it: a form, or what is wrong, each with its place."""

    form: Workform | None
    problems: tuple[str, ...] = ()


class _Notes:
    def __init__(self) -> None:
        self.said: list[str] = []

    def note(self, place: str, why: str) -> None:
        sentence = f"{place}: {why}" if place else why
        self.said.append(sentence[:1].upper() + sentence[1:])

    @property
    def problems(self) -> tuple[str, ...]:
        more = len(self.said) - MOST_PROBLEMS
        if more <= 0:
            return tuple(self.said)
        return (*self.said[:MOST_PROBLEMS], _("En nog %(more)s dingen.") % {"more": more})


class _Table:
    """One table of a file. What is not as it should be is noted with its place; reading goes on with something that
    fits, so that all that is wrong is told at once."""

    def __init__(
        self, said: object, place: str, notes: _Notes, known: Iterable[str], within: _Table | None = None
    ) -> None:
        self.place, self.notes = place, notes
        self.said: Mapping[str, Any] = said if isinstance(said, dict) else {}
        #: Of what is not there, or is in what is not there, one sentence is enough.
        self.is_there = isinstance(said, dict)
        if not self.is_there and (within is None or within.is_there):
            why = _("dit ontbreekt.") if said is None else _("hier hoort een groepje regels te staan.")
            notes.note(place, why)
        for name in self.said:
            if name not in known:
                shown = "".join(c for c in str(name)[:40] if c.isprintable())
                notes.note(place, _("‘%(name)s’ kennen we niet. Haal het weg.") % {"name": shown})

    def at(self, name: str) -> str:
        called = str(NAMES[name])
        return f"{self.place}, {called}" if self.place else called

    def wrong(self, name: str, why: str) -> None:
        if self.is_there:
            self.notes.note(self.at(name), why)

    def text(self, name: str, most: int, *, wanted: bool = True) -> str:
        value = self.said.get(name, "")
        if not isinstance(value, str):
            self.wrong(name, _("hier hoort een tekst te staan."))
        elif not value.strip():
            if wanted:
                self.wrong(name, _("dit ontbreekt."))
        elif len(value) > most:
            self.wrong(name, _("dit is te lang. Hooguit %(most)s tekens passen.") % {"most": most})
        elif any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in value):
            self.wrong(name, _("er staat een teken in dat niemand ziet. Typ de tekst opnieuw, op één regel."))
        elif "%" in _FILLED.sub("", value):
            known = ", ".join(f"%({each})s" for each in FILLED)
            self.wrong(
                name,
                _("een procentteken schrijf je als %%%%. Invulwoorden zijn: %(known)s.") % {"known": known},
            )
        else:
            return value
        return ""

    def number(self, name: str, least: int, most: int, otherwise: int | None = None) -> int:
        value = self.said.get(name, otherwise)
        if type(value) is int and least <= value <= most:  # True is an int too
            return value
        why = _("kies een heel getal van %(least)s tot en met %(most)s.")
        self.wrong(name, why % {"least": least, "most": most})
        return least

    def flag(self, name: str) -> bool:
        value = self.said.get(name, False)
        if isinstance(value, bool):
            return value
        self.wrong(name, _("hier hoort true of false te staan."))
        return False

    def choice(self, name: str, of: type[Choice], otherwise: Choice | None = None) -> Choice:
        return self._chosen(name, self.said.get(name, otherwise), of)

    def _chosen(self, name: str, value: object, of: type[Choice]) -> Choice:
        if isinstance(value, str) and value in {each.value for each in of}:
            return of(value)
        self.wrong(name, _("kies uit: %(known)s.") % {"known": ", ".join(of)})
        return next(iter(of))

    def several(self, name: str, of: type[Choice]) -> tuple[Choice, ...]:
        value = self.said.get(name)
        if not isinstance(value, list | tuple) or not 1 <= len(value) <= len(of):
            self.wrong(name, _("kies er een of meer uit: %(known)s.") % {"known": ", ".join(of)})
            return ()
        found = tuple(self._chosen(name, each, of) for each in value)
        if len(set(found)) < len(found):
            self.wrong(name, _("er staat iets dubbel."))
        return found

    def people(self) -> tuple[int, int]:
        value = self.said.get("people")
        if isinstance(value, list | tuple) and len(value) == 2 and all(type(each) is int for each in value):
            fewest, most = value
            if 2 <= fewest <= most <= MOST_PEOPLE:
                return fewest, most
        self.wrong("people", _("noem het kleinste en het grootste aantal, van 2 tot en met 99."))
        return 2, MOST_PEOPLE

    def slug(self, name: str, *, wanted: bool = True) -> str:
        value = self.said.get(name, "")
        if value == "" and not wanted:
            return ""
        if isinstance(value, str) and len(value) <= 50 and _KEY.fullmatch(value):
            return value
        self.wrong(name, _("gebruik kleine letters, cijfers en streepjes, hooguit 50."))
        return ""

    def url(self) -> str:
        value = self.text("url", LONGEST["url"], wanted=False)
        if value and not (re.fullmatch(r"https?://[^\s/]+\.[^\s]+", value) and host_of(value)):
            self.wrong("url", _("een webadres begint met https://."))
            return ""
        return value

    def table(self, name: str, known: Iterable[str]) -> _Table:
        return _Table(self.said.get(name), self.at(name), self.notes, known, self)

    def languages(self, known: Iterable[str]) -> dict[str, _Table]:
        """The texts, by language."""
        texts = self.table("text", LANGUAGES)
        return {
            language: _Table(texts.said.get(language), self._in(language), self.notes, known, texts)
            for language in LANGUAGES
        }

    def _in(self, language: str) -> str:
        return f"{self.place}, {NAMES[language]}" if self.place else str(NAMES[language])


def host_of(url: str) -> str:
    """Where an address leads; "" when it can be read as none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def read_toml(raw: bytes) -> Reading:
    """The form of a TOML file."""
    if len(raw) > LARGEST:
        return Reading(None, (too_large(),))
    try:
        said = tomllib.loads(raw.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError:
        return Reading(None, (_("We kunnen dit bestand niet lezen. Bewaar het als UTF-8."),))
    except (ValueError, RecursionError) as problem:
        found = re.search(r"at line (\d+)", str(problem))
        if found is None:
            return Reading(None, (_("Dit is geen goed TOML-bestand."),))
        line = {"line": found[1]}
        return Reading(
            None, (_("Regel %(line)s is geen goed TOML. Kijk naar aanhalingstekens en haken.") % line,)
        )
    return read(said)


def too_large() -> str:
    return _("Dit bestand is groter dan 100 kB. Zo groot is geen werkvorm.")


def read(said: object) -> Reading:
    """The form of plain values, as JSON or TOML give them."""
    notes = _Notes()
    form = _form(_Table(said, "", notes, _WHOLE))
    if not notes.said:
        for place, why in broken_rules(form):
            notes.note(place, why)
    return Reading(None, notes.problems) if notes.said else Reading(form)


def _form(table: _Table) -> Workform:
    source = table.table("source", ("text", "url"))
    texts = source.table("text", LANGUAGES)
    return Workform(
        key=table.slug("key"),
        version=table.number("version", 1, 9_999),
        minutes=table.number("minutes", 1, MOST_STEPS * MOST_MINUTES),
        people=table.people(),
        purposes=table.several("purposes", Purpose),
        roles=table.several("roles", Role),
        yields=table.choice("yields", Yield),
        material=table.flag("material"),
        text={
            language: FormText(
                title=said.text("title", LONGEST["title"]),
                summary=said.text("summary", LONGEST["summary"]),
                when=said.text("when", LONGEST["when"]),
                bring=said.text("bring", LONGEST["bring"], wanted=False),
            )
            for language, said in table.languages(("title", "summary", "when", "bring")).items()
        },
        source=Source(
            text={language: texts.text(language, LONGEST["source"]) for language in LANGUAGES},
            url=source.url(),
        ),
        steps=_steps(table),
    )


def _steps(table: _Table) -> tuple[Step, ...]:
    said = table.said.get("steps")
    if not isinstance(said, list | tuple) or not 1 <= len(said) <= MOST_STEPS:
        table.wrong("steps", _("een werkvorm heeft 1 tot en met %(most)s stappen.") % {"most": MOST_STEPS})
        return ()
    return tuple(
        _step(_Table(each, _("stap %(number)s") % {"number": number}, table.notes, _STEP))
        for number, each in enumerate(said, 1)
    )


def _step(table: _Table) -> Step:
    kind = table.choice("kind", StepKind)
    return Step(
        key=table.slug("key"),
        kind=kind,
        minutes=table.number("minutes", 1, MOST_MINUTES),
        speaks=table.choice("speaks", Who, Who.NOBODY if kind == StepKind.WRITE else Who.EVERYONE),
        writes=table.choice("writes", Who, Who.NOBODY),
        cards=table.number("cards", 0, MOST_CARDS, 0),
        dots=table.number("dots", 0, MOST_DOTS, 0),
        of=table.slug("of", wanted=False),
        anonymous=table.flag("anonymous"),
        hint_to_all=table.flag("hint_to_all"),
        text={
            language: StepText(
                title=said.text("title", LONGEST["title"]),
                prompt=said.text("prompt", LONGEST["prompt"]),
                hint=said.text("hint", LONGEST["hint"], wanted=False),
            )
            for language, said in table.languages(("title", "prompt", "hint")).items()
        },
    )


def plain(form: Workform) -> dict[str, Any]:
    """The form as values that JSON knows: `read` makes the same form of it."""
    return {
        "key": form.key,
        "version": form.version,
        "minutes": form.minutes,
        "people": list(form.people),
        "purposes": [str(each) for each in form.purposes],
        "roles": [str(each) for each in form.roles],
        "yields": str(form.yields),
        "material": form.material,
        "text": {
            language: {"title": said.title, "summary": said.summary, "when": said.when, "bring": said.bring}
            for language, said in form.text.items()
        },
        "source": {"text": dict(form.source.text), "url": form.source.url},
        "steps": [_plain_step(step) for step in form.steps],
    }


def _plain_step(step: Step) -> dict[str, Any]:
    return {
        "key": step.key,
        "kind": str(step.kind),
        "minutes": step.minutes,
        "speaks": str(step.speaks),
        "writes": str(step.writes),
        "cards": step.cards,
        "dots": step.dots,
        "of": step.of,
        "anonymous": step.anonymous,
        "hint_to_all": step.hint_to_all,
        "text": {
            language: {"title": said.title, "prompt": said.prompt, "hint": said.hint}
            for language, said in step.text.items()
        },
    }
