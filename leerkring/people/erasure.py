"""Erasing a person: the registry in which each room says what it does with what it keeps of people.

A room registers an `Eraser` in its AppConfig.ready. `covers` names every field of its tables that holds a person or
a person's words, with what becomes of it; a test fails when a field is in none of them. `erase` does it. The rooms
at the top go first, the account goes last. The same registry gathers what is somebody's for a download.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from leerkring.people.models import User

#: What stands where a name stood.
NOBODY = "[oud-lid]"
#: What stands where a title stood that went along with its author.
TAKEN_AWAY = "[weggehaald]"


#: What stands there when that is too long for its field; shorter than any name or address.
SHORTEST = "…"


@dataclass(frozen=True)
class Leaving:
    """Someone who is being erased."""

    user: User
    #: Their own texts go too; usually those stay, without their name.
    texts_too: bool
    at: datetime
    #: Ids of the communities this person is or was in.
    places: frozenset[int] = frozenset()
    #: Another account, or a thing in this house, has the same name: outside those communities it may be theirs.
    has_namesake: bool = False
    #: Names of others in which this name, or the first name, may stand: those are left whole.
    others: tuple[str, ...] = ()
    #: Ids of the communities where a text was changed; None for a text of the house, which every one may show.
    changed: set[int | None] = field(default_factory=set)

    @cached_property
    def _address(self) -> re.Pattern[str]:
        return _pattern([self.user.email])

    @cached_property
    def _here(self) -> re.Pattern[str]:
        return _pattern(
            [self.user.name if self._is_whole else f"@{self.user.name}", self.user.email], self.others
        )

    @cached_property
    def _where_called(self) -> re.Pattern[str]:
        names = [self.user.name] if self._is_whole else []
        return _pattern([*names, f"@{self.user.first_name}", self.user.email], self.others)

    @cached_property
    def _elsewhere(self) -> re.Pattern[str]:
        if self.has_namesake or not self._is_whole:
            return self._address
        return _pattern([self.user.name, self.user.email], self.others)

    @property
    def _is_whole(self) -> bool:
        """At least two words. One word is anybody's first name, or no name at all: somebody may be called "de"."""
        return len([word for word in self.user.name.split() if any(map(str.isalpha, word))]) > 1

    def without(
        self, text: str, *, called: bool = False, own_place: bool = True, most: int | None = None
    ) -> str:
        """`text` without this person's name and address, however they are written; `called`: they were called by
        their first name in it; `most`: how long it may become.

        Outside the own communities nobody would see what went wrong, so there a name is one only when it is
        written as one, with capitals."""
        pattern = (self._where_called if called else self._here) if own_place else self._elsewhere
        new = _replaced(text, pattern, NOBODY, with_capitals=not own_place)
        if most is not None and len(new) > most:
            return _replaced(text, pattern, SHORTEST, with_capitals=not own_place)
        return new


def _folded(text: str) -> tuple[str, list[int]]:
    """`text` without capitals, accents and odd spaces, and for each letter its place in `text`."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for part in unicodedata.normalize("NFKD", letter).casefold():
            if unicodedata.combining(part):
                continue
            part = " " if part.isspace() else part
            if part == " " and letters and letters[-1] == " ":
                continue
            letters.append(part)
            places.append(place)
    return "".join(letters), places


def _quickly_folded(text: str) -> str:
    """As `_folded`, without the places: nearly every text is left as it is."""
    apart = unicodedata.normalize("NFKD", text).casefold()
    if not apart.isascii():
        apart = "".join(part for part in apart if not unicodedata.combining(part))
    return re.sub(r"\s+", " ", apart)


def _pattern(names: list[str], others: tuple[str, ...] = ()) -> re.Pattern[str]:
    """Finds `names`; in the group `kept` stands what is the longer name of another, which is left whole."""
    gone = _alternatives(names)
    within = re.compile(_as_words("|".join(re.escape(name.lstrip("@")) for name in gone)))
    kept = [other for other in _alternatives(others) if other not in gone and within.search(other)]
    found = _as_words("|".join(map(re.escape, gone)))
    return re.compile(rf"(?P<kept>@?{_as_words('|'.join(map(re.escape, kept)))})|{found}" if kept else found)


def _alternatives(names: Iterable[str]) -> list[str]:
    """As they are searched for: the longest first."""
    return sorted({_folded(name.strip())[0] for name in names if name.strip()}, key=len, reverse=True)


def _as_words(alternatives: str) -> str:
    return rf"(?<!\w)(?:{alternatives})(?!\w)"


def _replaced(text: str, pattern: re.Pattern[str], by: str, *, with_capitals: bool) -> str:
    if not pattern.search(_quickly_folded(text)):
        return text
    folded, places = _folded(text)
    parts, done = [], 0
    for found in pattern.finditer(folded):
        start = places[found.start()]
        end = places[found.end()] if found.end() < len(places) else len(text)
        # Signs above the last letter, and spaces folded into one, are between the last letter's place and the next.
        last = places[found.end() - 1] + 1
        while last < end and unicodedata.combining(text[last]):
            last += 1
        if found.groupdict().get("kept") or (with_capitals and not _is_name_or_address(text[start:last])):
            continue
        parts += [text[done:start], by]
        done = last
    return "".join([*parts, text[done:]]) if parts else text


def _is_name_or_address(found: str) -> bool:
    """In letters that have no capitals every word may be a name."""
    words = found.split()
    return "@" in found or not (words[0][0].islower() or words[-1][0].islower())


@dataclass(frozen=True)
class Replaced:
    """A text in which the name is replaced; `community` is the path from the row to the id of its community."""

    community: str = ""

    def __str__(self) -> str:
        return "without the name and address"


Erase = Callable[[Leaving], None]
Own = Callable[[User], Mapping[str, Any]]


def _nothing(_user: User) -> Mapping[str, Any]:
    return {}


def _only_replaced(_leaving: Leaving) -> None:
    """There is nothing but texts in which a name may stand."""


@dataclass(frozen=True)
class Eraser:
    """What one room does. `covers`: "app.Model.field" → what becomes of it, in words; a `Replaced` is done here."""

    room: str
    covers: Mapping[str, str | Replaced]
    erase: Erase = field(default=_only_replaced)
    #: What of this person goes into their own download: name of a list → the list.
    own: Own = field(default=_nothing)


_erasers: dict[str, Eraser] = {}


def register(eraser: Eraser) -> None:
    if eraser.room in _erasers:
        raise ValueError(f"{eraser.room} has two erasers")
    _erasers[eraser.room] = eraser


def erasers() -> list[Eraser]:
    """From the top of the house down: whoever refers to others goes before them."""
    return list(reversed(_erasers.values()))


def erase_everywhere(leaving: Leaving) -> None:
    """Each room in its turn; then the name goes from the texts that others wrote."""
    for eraser in erasers():
        _replace(eraser.covers, leaving)
        eraser.erase(leaving)


def _replace(covers: Mapping[str, str | Replaced], leaving: Leaving) -> None:
    for path, how in covers.items():
        if isinstance(how, Replaced):
            label, _, name = path.rpartition(".")
            _replace_in(apps.get_model(label), name, how, leaving)


def _replace_in(model: type[models.Model], name: str, how: Replaced, leaving: Leaving) -> None:
    most = model._meta.get_field(name).max_length  # type: ignore[union-attr]  # a text field
    wanted = ["pk", name, *([how.community] if how.community else [])]
    for pk, text, *place in model._default_manager.values_list(*wanted).iterator(2000):
        new = leaving.without(text, own_place=bool(place) and place[0] in leaving.places, most=most)
        if new != text:
            _write(model, pk, name, new, most)
            leaving.changed.add(place[0] if place else None)


def _write(model: type[models.Model], pk: int, name: str, text: str, most: int | None) -> None:
    """A name that must be the only one of its kind gets its number with it."""
    rows = model._default_manager.filter(pk=pk)
    try:
        with transaction.atomic():
            rows.update(**{name: text})
    except IntegrityError:
        numbered = f"{text} {pk}"
        rows.update(**{name: numbered if most is None or len(numbered) <= most else f"{NOBODY} {pk}"})
