"""What the words of a goal weigh, beside what the rules say."""

from __future__ import annotations

from datetime import date

import pytest

from leerkring.engine.coach import LANGUAGES, RULES, coach
from leerkring.engine.coach.language import language_of
from leerkring.engine.coach.reading import Reading
from leerkring.engine.coach.weighing import FEWEST, LANE, features, heaviest, weigh, weights

TODAY = date(2026, 11, 29)


def reading(text: str, language: str = "nl") -> Reading:
    return Reading(text, language_of(language), TODAY)


def test_there_is_a_weight_for_each_rule_that_reads_words() -> None:
    known = weights()
    assert {rule.key for rule in known.rules} <= set(RULES("nl"))
    assert all(rule.doubted < rule.sure for rule in known.rules)
    assert len(known.adds) > 1000
    assert all(0 < adds < 1 << LANE * len(known.rules) for adds in known.adds.values())


def test_words_are_of_a_language_and_cuts_are_of_all() -> None:
    found = features(reading("Groep 5 leest, nu 3 van de 20."), "nl")
    assert {"nl leest", "nl-est", "nl C leest", "nl ^ C", "nl . $"} <= found
    assert {"#C", "#C1first", "#A1", "#n2"} <= found
    assert {feature[:2] for feature in found if not feature.startswith("#")} == {"nl"}


def test_a_number_is_not_a_word() -> None:
    assert features(reading("Bladzijde 12 en 13"), "nl") == features(reading("Bladzijde 12 en 14"), "nl")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_of_a_few_words_is_not_weighed(language: str) -> None:
    assert weigh(reading("bla " * FEWEST, language), language) == {}
    assert weigh(reading("bla " * (FEWEST + 1), language), language)


def test_what_no_rule_knows_may_weigh_enough() -> None:
    text = (
        "In de unit onderbouw (groep 1/2/3) gaan de leerkrachten per 1 maart in alle rekenkringen met concreet "
        "materiaal werken. Kijkwijzer rekenen."
    )
    (said,) = (remark for remark in coach(text, today=TODAY) if remark.rule == "activity")
    assert text[said.start : said.end] in text.split()


def test_the_word_that_speaks_most_is_one_that_the_parts_have_left() -> None:
    text = "Groep 5 wordt gemotiveerder volgens de vragenlijst, nu 40 % en in mei 80 %."
    start, end = heaviest(reading(text), "nl", "vague")
    assert text[start:end] in {"wordt", "gemotiveerder", "volgens"}


def test_a_text_without_words_has_no_heaviest_word() -> None:
    assert heaviest(reading("1 2 3"), "nl", "vague") == (0, 5)
