"""A work form that somebody wrote: whatever it is, it ends in a form or in sentences with their place."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from leerkring.meetings.shipped import FOLDER, shipped
from leerkring.meetings.workform_reading import LARGEST, MOST_PROBLEMS, Reading, plain, read, read_toml

WHOLE = plain(shipped()["dilemmagesprek"])
Change = Callable[[dict[str, Any]], object]


def changed(change: Change) -> tuple[str, ...]:
    """What is said of a good form after `change`."""
    content = copy.deepcopy(WHOLE)
    change(content)
    reading = read(content)
    assert (reading.form is None) == bool(reading.problems)
    return reading.problems


#: What somebody does to a good form, and the one sentence that says so.
WRONG: dict[str, tuple[Change, str]] = {
    "an unknown key": (
        lambda c: c.update(colour="red"),
        "‘colour’ kennen we niet. Haal het weg.",
    ),
    "an unknown key in a step": (
        lambda c: c["steps"][1].update(color=1),
        "Stap 2: ‘color’ kennen we niet. Haal het weg.",
    ),
    "no English": (lambda c: c["text"].pop("en"), "Engels: dit ontbreekt."),
    "a step without Dutch": (lambda c: c["steps"][2]["text"].pop("nl"), "Stap 3, Nederlands: dit ontbreekt."),
    "a step without a question": (
        lambda c: c["steps"][0]["text"]["nl"].update(prompt="  "),
        "Stap 1, Nederlands, vraag: dit ontbreekt.",
    ),
    "minutes that do not add up": (
        lambda c: c.update(minutes=51),
        "Minuten: de stappen zijn samen 50 minuten, en hier staat 51.",
    ),
    "half a minute": (
        lambda c: c["steps"][2].update(minutes=2.5),
        "Stap 3, minuten: kies een heel getal van 1 tot en met 240.",
    ),
    "true for minutes": (
        lambda c: c["steps"][2].update(minutes=True),
        "Stap 3, minuten: kies een heel getal van 1 tot en met 240.",
    ),
    "an enormous number": (
        lambda c: c.update(version=10**500),
        "Versie: kies een heel getal van 1 tot en met 9999.",
    ),
    "one for true": (lambda c: c.update(material=1), "Materiaal: hier hoort true of false te staan."),
    "a list for a text": (
        lambda c: c["text"]["en"].update(title=["x"]),
        "Engels, titel: hier hoort een tekst te staan.",
    ),
    "a text for a table": (lambda c: c.update(source="mij"), "Bron: hier hoort een groepje regels te staan."),
    "a kind that does not exist": (
        lambda c: c["steps"][0].update(kind="dance"),
        "Stap 1, soort: kies uit: talk, write, round, order, dots, consent, insight, agree, exit.",
    ),
    "cards of nobody": (
        lambda c: c["steps"][4].update(of="nergens"),
        "Stap 5: deze stap heeft kaartjes nodig. Zet hem na een stap waarin jullie kaartjes schrijven.",
    ),
    "cards of a later step": (
        lambda c: c["steps"][0].update(of="again"),
        "Stap 1: deze stap heeft kaartjes nodig. Zet hem na een stap waarin jullie kaartjes schrijven.",
    ),
    "a presenter nobody is": (
        lambda c: c["roles"].remove("presenter"),
        "Rollen: de stappen vragen om een inbrenger (presenter).",
    ),
    "nobody who leads": (
        lambda c: c["roles"].remove("facilitator"),
        "Rollen: er is een gespreksleider nodig (facilitator).",
    ),
    "the same role twice": (lambda c: c["roles"].append("scribe"), "Rollen: er staat iets dubbel."),
    "a title that is too long": (
        lambda c: c["text"]["nl"].update(title="x" * 61),
        "Nederlands, titel: dit is te lang. Hooguit 60 tekens passen.",
    ),
    "too many steps": (
        lambda c: c.update(steps=c["steps"] * 3),
        "Stappen: een werkvorm heeft 1 tot en met 20 stappen.",
    ),
    "too many cards": (
        lambda c: c["steps"][3].update(cards=6),
        "Stap 4, kaartjes: kies een heel getal van 0 tot en met 5.",
    ),
    "too many dots": (
        lambda c: c["steps"][3].update(dots=11),
        "Stap 4, stippen: kies een heel getal van 0 tot en met 10.",
    ),
    "dots in a talk": (
        lambda c: c["steps"][0].update(dots=1),
        "Stap 1: stippen horen bij stippen geven, en daar minstens één.",
    ),
    "dots without a name": (
        lambda c: c["steps"][4].update(kind="dots", dots=1, anonymous=True),
        "Stap 5: anoniem kan alleen bij schrijven.",
    ),
    "dots on cards without a name": (
        lambda c: (c["steps"][3].update(anonymous=True), c["steps"][4].update(kind="dots", dots=1)),
        "Stap 5: kaartjes zonder naam kun je niet bij elkaar leggen, en je kunt er geen stippen aan geven. Zet deze "
        "stap na een stap met gewone kaartjes.",
    ),
    "talking while writing": (
        lambda c: c["steps"][3].update(speaks="everyone"),
        "Stap 4: bij schrijven is iedereen stil: wie praat is dan nobody.",
    ),
    "an exit": (
        lambda c: c["steps"][-1].update(kind="exit", writes="nobody"),
        "Stap 8: de twee vragen aan het eind komen er vanzelf bij. Haal deze stap weg.",
    ),
    "the same step twice": (
        lambda c: c["steps"][1].update(key="dilemma"),
        "Stap 2: de sleutel is al van een eerdere stap.",
    ),
    "a key with capitals": (
        lambda c: c.update(key="Dilemma!"),
        "Sleutel: gebruik kleine letters, cijfers en streepjes, hooguit 50.",
    ),
    "nobody at all": (
        lambda c: c.update(people=[0, 0]),
        "Aantal mensen: noem het kleinste en het grootste aantal, van 2 tot en met 99.",
    ),
    "a script for an address": (
        lambda c: c["source"].update(url="javascript:alert(1)"),
        "Bron, webadres: een webadres begint met https://.",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_with_its_place(name: str) -> None:
    change, sentence = WRONG[name]
    assert changed(change) == (sentence,)


@pytest.mark.parametrize(
    "url", ["https://exa]mple.nl/", "https://℀.nl/x", "https://[::1.nl", "https://:80.nl"]
)
def test_an_address_of_nowhere_is_none(url: str) -> None:
    said = changed(lambda c: c["source"].update(url=url))
    assert said == ("Bron, webadres: een webadres begint met https://.",)


@pytest.mark.parametrize("sign", ["\0", "\x1b", "\n", "\x85", "\ud800"])
def test_a_sign_that_nobody_sees_is_refused(sign: str) -> None:
    (problem,) = changed(lambda c: c["text"]["nl"].update(title=f"a{sign}b"))
    assert problem.startswith("Nederlands, titel: er staat een teken in dat niemand ziet.")


@pytest.mark.parametrize("text", ["100%", "%s", "%(naam)s", "%(pupils)d", "%(sector)s", "%(pupils)", "%%%"])
def test_only_words_of_the_sector_are_filled_in(text: str) -> None:
    (problem,) = changed(lambda c: c["text"]["en"].update(summary=text))
    assert problem.startswith("Engels, in één zin: een procentteken schrijf je als %%.")


def test_a_percent_sign_and_the_words_of_the_sector_are_kept() -> None:
    assert changed(lambda c: c["text"]["nl"].update(title="80%% van %(the_group)s")) == ()


def test_who_reads_english_is_told_in_english() -> None:
    with translation.override("en"):
        assert changed(WRONG["half a minute"][0]) == (
            "Step 3, minutes: choose a whole number from 1 to 240.",
        )


def test_all_that_is_wrong_is_told_at_once_and_not_without_end() -> None:
    problems = read({"steps": [{"a": 1, "b": 2}] * 20}).problems
    assert len(problems) == MOST_PROBLEMS + 1
    assert problems[-1].startswith("En nog ")


# Files


GOOD = (FOLDER / "kennismaken.toml").read_bytes()


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"x" * (LARGEST + 1), "Dit bestand is groter dan 100 kB. Zo groot is geen werkvorm."),
        (b'title = "\xff"', "We kunnen dit bestand niet lezen. Bewaar het als UTF-8."),
        (b'key = "a"\nkey 5\n', "Regel 2 is geen goed TOML. Kijk naar aanhalingstekens en haken."),
        (b"a = " + b"[" * 50_000, "Dit is geen goed TOML-bestand."),
        (b"a = " + b"9" * 50_000, "Dit is geen goed TOML-bestand."),
        (b'key = "a', "Dit is geen goed TOML-bestand."),
    ],
)
def test_a_file_that_cannot_be_read_gives_one_sentence(raw: bytes, sentence: str) -> None:
    assert read_toml(raw) == Reading(None, (sentence,))


def test_a_file_from_a_windows_editor_is_read() -> None:
    assert read_toml(b"\xef\xbb\xbf" + GOOD.replace(b"\n", b"\r\n")).form == shipped()["kennismaken"]


# Whatever it is

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


def ends_well(reading: Reading) -> None:
    assert (reading.form is None) == bool(reading.problems)
    assert all(problem[0].isupper() or not problem[0].isalpha() for problem in reading.problems)


@settings(max_examples=150)
@given(JSON)
def test_any_values_end_in_a_form_or_in_sentences(said: Any) -> None:
    ends_well(read(said))


@settings(max_examples=150)
@given(st.binary(max_size=300))
def test_any_bytes_end_in_a_form_or_in_sentences(raw: bytes) -> None:
    ends_well(read_toml(raw))
    ends_well(read_toml(GOOD[:200] + raw))


@settings(max_examples=300)
@given(st.data())
def test_a_form_with_anything_anywhere_ends_in_a_form_or_in_sentences(data: st.DataObject) -> None:
    content = copy.deepcopy(WHOLE)
    place: Any = content
    while True:
        keys = list(place) if isinstance(place, dict) else range(len(place))
        key = data.draw(st.sampled_from(list(keys)))
        if not isinstance(place[key], dict | list) or not place[key] or data.draw(st.booleans()):
            place[key] = data.draw(JSON)
            break
        place = place[key]
    reading = read(content)
    ends_well(reading)
    if reading.form:
        assert read(plain(reading.form)).form == reading.form
