"""A school is spoken to in its own words."""

from __future__ import annotations

import pytest
from django.utils import translation

from leerkring.network.models import Sector
from leerkring.network.words import GENERAL, WORDS, words_of

SAID = {
    "po": ("leerkracht", "de groep", "leerlingen", "leerlingwerk"),
    "vo": ("docent", "de klas", "leerlingen", "leerlingwerk"),
    "mbo": ("docent", "de klas", "studenten", "werk van studenten"),
}
SAID_IN_ENGLISH = {
    "po": ("teacher", "the class", "pupils", "pupils' work"),
    "vo": ("teacher", "the class", "pupils", "pupils' work"),
    "mbo": ("teacher", "the class", "students", "students' work"),
}


def test_every_sector_has_words() -> None:
    assert set(WORDS) == {sector.value for sector in Sector}


@pytest.mark.parametrize(("language", "expected"), [("nl", SAID), ("en", SAID_IN_ENGLISH)])
@pytest.mark.parametrize("sector", list(Sector))
def test_it_has_its_own_in_both_languages(
    sector: Sector, language: str, expected: dict[str, tuple[str, ...]]
) -> None:
    with translation.override(language):
        words = words_of(sector)
        assert (
            tuple(map(str, (words.teacher, words.the_group, words.pupils, words.pupils_work)))
            == expected[sector]
        )


def test_a_sentence_takes_them() -> None:
    with translation.override("nl"):
        assert words_of("mbo").fill("Kies %(pupils)s uit de %(group)s.") == "Kies studenten uit de klas."
        assert GENERAL.fill("Voor %(teachers)s.") == "Voor leraren."
