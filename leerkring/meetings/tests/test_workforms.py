"""The work forms of the house: each is whole, in both languages, in every sector, with where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.utils import translation

from leerkring.meetings.shipped import FOLDER, shipped
from leerkring.meetings.workform import LANGUAGES, Purpose, Role, StepKind, Who, Workform
from leerkring.meetings.workform_reading import LARGEST, plain, read, read_toml
from leerkring.meetings.workform_words import how
from leerkring.network.words import GENERAL, WORDS

FORMS = list(shipped().values())
each = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)

#: What docs of the field say a form takes; the others are our own proposal.
KNOWN_MINUTES = {
    "incidentmethode": 65,
    "dilemmagesprek": 50,
    "afstemronde": 40,
    "onderzoeksles": 90,
    "beeldfragment": 55,
    "lesbezoek-napraten": 50,
    "bordsessie": 15,
    "nabeschouwing": 20,
    "terugkijken-en-vertellen": 45,
    "hardop-voorbereiden": 30,
    "begrippenkaart": 50,
    "kritische-vrienden": 120,
    "gesprek-over-onze-spiegel": 25,
    "kennismaken": 10,
}


def texts(form: Workform, language: str) -> Iterator[str]:
    """All that is said in it."""
    whole = form.text[language]
    yield from (whole.title, whole.summary, whole.when, whole.bring, form.source.text[language])
    for step in form.steps:
        said = step.text[language]
        yield from (said.title, said.prompt, said.hint)


def test_there_are_at_least_seventeen_and_each_file_is_one() -> None:
    assert len(FORMS) >= 17
    assert {path.stem for path in FOLDER.glob("*.toml")} == set(shipped())
    assert all(path.stat().st_size <= LARGEST for path in FOLDER.iterdir())


@each
def test_a_form_passes_the_schema_and_is_the_same_when_written_and_read(form: Workform) -> None:
    assert read_toml((FOLDER / f"{form.key}.toml").read_bytes()).form == form
    assert read(plain(form)).form == form


@each
def test_its_minutes_add_up_and_are_those_of_its_source(form: Workform) -> None:
    assert sum(step.minutes for step in form.steps) == form.minutes
    assert form.minutes == KNOWN_MINUTES.get(form.key, form.minutes)


@each
def test_it_says_who_leads_where_it_comes_from_and_what_is_our_own(form: Workform) -> None:
    assert Role.FACILITATOR in form.roles
    assert re.search(r"eigen voorstel|algemeen gebruik|van onszelf", form.source.text["nl"], re.IGNORECASE)
    assert re.search(r"own proposal|common use|our own", form.source.text["en"], re.IGNORECASE)


@each
def test_its_source_is_said_so_that_somebody_can_find_it(form: Workform) -> None:
    """By author, year and title, or by whose it is: no number of a catalogue, no bare address."""
    for language in LANGUAGES:
        said = form.source.text[language]
        assert not re.search(r"peeref|docslib|docsbay|docplayer|ISBN|\bdoi\b|\.(nl|org|com)\b|\d{6}", said), (
            said
        )
        # How large an effect is, is said in words; the figure stands in brackets behind them.
        assert re.sub(r"\([^()]*\)", "", said).count(" = ") == 0


@each
def test_it_ends_in_what_was_learned_or_agreed_and_leaves_the_exit_to_the_room(form: Workform) -> None:
    kinds = [step.kind for step in form.steps]
    assert kinds[-1] in {StepKind.INSIGHT, StepKind.AGREE}
    assert StepKind.EXIT not in kinds


@each
def test_each_step_asks_one_question(form: Workform) -> None:
    for step in form.steps:
        for language in LANGUAGES:
            prompt = step.text[language].prompt
            assert prompt.endswith("?"), (step.key, language)
            assert prompt.count("?") == 1, (step.key, language)


@each
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sector", [*WORDS, ""])
def test_it_can_be_read_in_every_sector(form: Workform, language: str, sector: str) -> None:
    words = WORDS.get(sector, GENERAL)
    with translation.override(language):
        said = [words.fill(text) for text in texts(form, language)]
        done = [how(form, step) for step in form.steps]
    assert not [text for text in said if re.search(r"%|\(\w+\)s\b", text)]
    assert all(done)
    if sector == "mbo":
        wrong = r"leerling(?!werk)|\bpupils?\b|leerkracht"
        assert not [text for text in said if re.search(wrong, text, re.IGNORECASE)]


@each
def test_who_speaks_is_in_the_group(form: Workform) -> None:
    spoken = {step.speaks for step in form.steps} | {step.writes for step in form.steps}
    assert (Role.PRESENTER in form.roles) == bool(spoken & {Who.PRESENTER, Who.OTHERS})
    assert Who.SCRIBE not in spoken or Role.SCRIBE in form.roles


def test_there_is_a_form_for_everything_a_group_wants() -> None:
    assert {purpose for form in FORMS for purpose in form.purposes} == set(Purpose)


def test_no_key_of_the_house_can_be_that_of_a_group_or_of_a_page() -> None:
    assert not [key for key in shipped() if re.search(r"-\d+$", key) or key.startswith("eigen")]
    assert "uit-bestand" not in shipped()


def test_the_forms_are_read_once() -> None:
    assert shipped() is shipped()


def test_in_zo_doe_ik_het_who_told_writes_what_and_why() -> None:
    """Nobody improves what is of another: the tip may not ask for it."""
    form = shipped()["zo-doe-ik-het"]
    step = next(step for step in form.steps if step.key == "rule")
    assert step.writes == "everyone"
    assert step.text["nl"].hint.startswith("Wie vertelde, schrijft")
    assert step.text["en"].hint.startswith("Who told writes")
    assert form.source.text["nl"].startswith("Dit is ons eigen voorstel.")
