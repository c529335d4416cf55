"""Everything the engine can say has words, and the words take the engine's figures."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from django.utils import translation

from leerkring.effectiveness import words
from leerkring.engine import advice
from leerkring.engine.assessment import Assessment, Phase, assess
from leerkring.engine.calendar import Calendar
from leerkring.engine.exports import LOOKS_LIKE, REFUSALS, SKIPS, Unreadable
from leerkring.engine.exports.mapping import ROLES
from leerkring.engine.facts import CommunityFacts, Event, Member
from leerkring.engine.formulas import Settled
from leerkring.engine.indicators import CRITERIA, INDICATORS, LEVELS, PHASES
from leerkring.engine.live import Live
from leerkring.engine.network import describe


@dataclass(frozen=True)
class Figure:
    key: str
    successes: int
    n: int
    value: float | None
    units: int = 3


def test_every_key_of_the_engine_has_words() -> None:
    assert set(words.INDICATORS) == set(INDICATORS)
    assert set(words.CRITERIA) == set(CRITERIA)
    assert tuple(words.PHASES) == PHASES
    assert set(words.LEVELS) == {*LEVELS, "lasting", "fact"}
    assert set(words.CHANGES) == {"more", "less", "same", "too_early"}


def test_that_there_was_no_guest_says_at_which_meetings_was_looked() -> None:
    with translation.override("nl"):
        none, one = (words.fact(Figure("guests", n, 12, n)) for n in (0, 1))
    assert none == "0 gasten waren bij een bijeenkomst van tien minuten of langer"
    assert one == "1 gast was bij een bijeenkomst van tien minuten of langer"


def test_every_figure_says_in_words_what_it_goes_back_to() -> None:
    assert set(words.SOURCES) == {indicator.source for indicator in INDICATORS.values()}
    with translation.override("nl"):
        said = " ".join(map(str, words.SOURCES.values()))
    assert not {"the", "our", "for", "not", "et"} & set(said.split())


def test_every_step_and_every_reason_has_words() -> None:
    assert set(words.STEPS) == set(advice.STEPS)
    begun = {step for rule in advice.RULES for step in (rule.step, *rule.begins.values())}
    reasons = {f"advice.{step}" for step in advice.STEPS} | {f"advice.{step}.evidence" for step in begun}
    assert set(words.REASONS) == reasons | {"advice.sustain"}


def test_every_refusal_and_every_skipped_row_has_words() -> None:
    assert set(words.REFUSALS) == set(REFUSALS)
    assert set(words.SKIPS) == set(SKIPS)
    assert set(words.LOOKS_LIKE) == set(LOOKS_LIKE)
    assert set(words.ROLES) == set(ROLES)


@pytest.mark.parametrize("key", INDICATORS)
def test_an_indicator_tells_its_figures(key: str) -> None:
    for successes in (0, 1, 2):
        sentence = words.fact(Figure(key, successes, 1234, successes / 1234))
        assert "%" not in re.sub(r"(?<=\d)%", "", sentence)
        assert any(letter.isdigit() for letter in sentence)
    assert words.fact(Figure(key, 0, 0, None))


def test_one_is_one_and_more_are_more() -> None:
    assert words.fact(Figure("hosts", 1, 12, 1 / 12)) == "1 van 12 leden opende een les"
    assert words.fact(Figure("hosts", 3, 12, 3 / 12)) == "3 van 12 leden openden een les"


def test_a_percentage_says_over_how_many_times_it_is() -> None:
    at_one, at_three = (words.fact(Figure("attendance", 6, 7, 6 / 7, times)) for times in (1, 3))
    assert at_one == "bij 1 bijeenkomst was 86% van de leden"
    assert at_three == "bij 3 bijeenkomsten was gemiddeld 86% van de leden"


def test_numbers_are_written_as_the_dutch_do() -> None:
    assert words.fact(Figure("interactions", 2443, 11, 2443.0)) == "2.443 contacten in 11 schoolweken"
    assert words.fact(Figure("density", 1936, 197_580, 1936 / 197_580)).endswith("zijn er (1,0%)")
    assert [words.number(value) for value in (0.5, 12.34, 3.0, 1234.5)] == ["0,5", "12", "3", "1.234"]


@pytest.mark.parametrize("reason", REFUSALS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_refusal_says_what_is_wrong_and_what_to_do(reason: str, language: str) -> None:
    given: dict[str, object] = {
        "file": "members",
        "limit": 12,
        "looks_like": "image",
        "characters": 10_000_000,
        "line": 3,
        "read": 9,
        "there": ["Van", "100 % zeker"],
        "column": "Aan",
        "role": "at",
        "text": "x",
        "example": "ooit",
        "most": "self_tie",
        "found": 2000,
    }
    with translation.override(language):
        sentence = words.refusal(Unreadable(reason, **{name: given[name] for name in REFUSALS[reason]}))
    assert "%(" not in sentence
    assert sentence.count(". ") >= 1
    assert sentence[0].isupper() or sentence[0] == "‘"


def test_lines_are_drawn_together() -> None:
    assert words.ranges([3, 5, 6, 7, 9]) == "3, 5–7, 9"
    assert words.ranges([1, 3, 5, 6], most=2) == "1, 3 en nog 2"


def assessed(*events: Event) -> Assessment:
    facts = CommunityFacts.of("x", [Member(id=number) for number in range(1, 6)], events)
    return assess(Live(facts, Calendar()), datetime(2024, 1, 31, tzinfo=UTC).date())


def test_a_title_needs_something_to_tell() -> None:
    assert words.headline(assessed()) == "Er is nog te weinig te zien; dat is een begin"


def test_a_title_names_what_goes_well_and_what_asks_for_a_step() -> None:
    at = datetime(2024, 1, 30, 12, tzinfo=UTC)
    goal = Event(1, at, "goal.adopted", about=1, numbers={"parts": 7, "owners": 2})
    visit = Event(2, at, "visit.held", 1, (2,), 1)
    assert words.headline(assessed(goal)) == "Waarschijnlijk: jullie werken doelgericht"
    both = words.headline(assessed(goal, visit))
    assert both == "Waarschijnlijk: jullie werken doelgericht, en de klasdeur mag vaker open"


def test_a_title_asks_nothing_of_what_nothing_holds_back() -> None:
    """Who did all there is to do at one thing, and can still go further at another, is not told to talk more often."""
    plain = assessed(Event(1, datetime(2024, 1, 30, 12, tzinfo=UTC), "goal.adopted", about=1))
    phases = {
        "G1": Phase(3.0, 3.0, 3.0, ("form", "depth", "yield"), "lasting"),
        "G2a": Phase(2.0, 2.0, 2.0, (), None),
    }
    done = {key: replace(plain.criteria[key], phase=phase, descriptors=()) for key, phase in phases.items()}
    assert words.headline(replace(plain, criteria=done)) == "Vrij zeker: jullie werken doelgericht"


def test_a_title_says_how_sure_it_is() -> None:
    plain = assessed(Event(1, datetime(2024, 1, 30, 12, tzinfo=UTC), "goal.adopted", about=1))
    for low, high, how in (
        (1.9, 2.0, "Vrij zeker: "),
        (1.0, 2.0, "Waarschijnlijk: "),
        (0.5, 2.0, "Nog onzeker: "),
    ):
        phase = Phase(2.0, low, high, ("form", "depth"), None)
        goals = replace(plain.criteria["G1"], phase=phase)
        said = words.headline(replace(plain, criteria={**plain.criteria, "G1": goals}))
        assert said == f"{how}jullie werken doelgericht"


def test_a_figure_says_that_what_was_asked_just_now_is_not_counted_yet() -> None:
    settled = {key: row.formula for key, row in INDICATORS.items() if isinstance(row.formula, Settled)}
    assert settled
    for key, formula in settled.items():
        assert formula.running == 3
        assert "in de laatste drie schoolweken" in str(words.counts(key))
        assert str(words.counts(key)).endswith("telt nog niet mee.")


def test_every_figure_says_what_of_its_list_it_counts() -> None:
    said = {key: str(words.counts(key)) for key in INDICATORS}
    assert all(sentence.startswith("Dit getal ") for sentence in said.values())
    of_conversations = [
        "took_part",
        "questions_answered",
        "both_ways",
        "conversations",
        "replies",
        "density",
        "reciprocity",
        "isolates",
        "centralisation",
        "external",
        "questions",
        "questions_helped",
    ]
    assert len({said[key] for key in of_conversations}) == len(of_conversations)


def test_the_reason_for_a_step_quotes_its_figures() -> None:
    at = datetime(2024, 1, 30, 12, tzinfo=UTC)
    assessment = assessed(Event(1, at, "visit.held", 1, (2,), 1))
    step = advice.advise(assessment, possible={"ten_minute_visit"})
    assert words.reason(step, assessment).startswith("1 van 5 leden opende een les. Wie bij elkaar kijkt")
    assert words.facts(assessment.criteria["G2e"]) == str(words.CRITERIA["G2e"].shows)


def meetings(*held: dict[str, int]) -> Assessment:
    at = datetime(2024, 1, 30, 12, tzinfo=UTC)
    full = {"minutes_total": 60, "minutes_content": 60}
    return assessed(
        *(Event(n, at, "meeting.closed", None, (), n, full | each) for n, each in enumerate(held, start=1))
    )


def test_what_is_counted_again_is_said_in_words() -> None:
    assert words.basis("took_part", 104, 3) == "gemiddeld 35 leden, in 3 perioden van vier schoolweken"
    assert words.basis("took_part", 7, 1) == "7 leden, in 1 periode van vier schoolweken"
    assert words.basis("attendance", 26, 4) == "gemiddeld 6,5 leden, bij 4 bijeenkomsten"
    assert words.basis("content_minutes", 240, 4) == "240 minuten, in 4 bijeenkomsten"
    assert words.basis("rounds", 4, 1) == "n = 4"


def test_only_what_is_counted_by_the_week_is_over_weeks() -> None:
    """Of 13 members, or of 2 meetings, was said to be over 13 and 2 school weeks."""
    assert words.basis("replies", 12, 1) == "over 12 schoolweken"
    assert words.basis("vision_recent", 52, 1) == "over 52 weken"
    assert words.basis("bringers", 13, 1) == "n = 13"
    assert words.basis("meeting_length", 2, 5202) == "n = 2"
    assert words.basis("transfers", 1, 1) == "n = 1"


def test_step_line_and_title_are_about_the_same_fact() -> None:
    """Four of four had a work form; what is missing is something to look at."""
    assessment = meetings({"workform": 1}, {"workform": 1}, {"workform": 1}, {"workform": 1, "question": 1})
    step = advice.advise(assessment, possible={"work_form", "material_at_hand"})
    missing = "n 0 van 4 bijeenkomsten lag een vraag op tafel, met leerlingwerk of cijfers erbij"
    assert step.step == "material_at_hand"
    assert words.reason(step, assessment).startswith(f"I{missing}. ")
    line = words.facts(assessment.criteria["G2b"])
    assert line.startswith("In 4 van 4 bijeenkomsten ging minstens de helft")
    assert line.endswith(missing)
    only = replace(assessment, criteria={"G2b": assessment.criteria["G2b"]})
    goals = replace(assessment.criteria["G1"], phase=Phase(2.0, 2.0, 2.0, ("form", "depth"), None))
    said = words.headline(replace(only, criteria={**only.criteria, "G1": goals}))
    assert said.endswith("een vraag met leerlingwerk of cijfers erbij mag vaker op tafel")


def test_a_group_at_work_reads_of_pairs_and_of_nobody_alone() -> None:
    star = describe(range(1, 8), [(1, other) for other in (2, 3, 4, 5)] + [(2, 1)])
    assert words.pairs(star) == "4 paren van leden waren in gesprek. Bij 1 ging het twee kanten op."


def test_the_network_is_told_by_count() -> None:
    chain = describe([1, 2, 3, 4], [(1, 2), (2, 3)])
    assert words.network(chain) == (
        "1 lid heeft nog met niemand contact. 1 lid is een brug: zonder dit lid raken anderen los van elkaar."
    )
    ring = describe([1, 2, 3], [(1, 2), (2, 3), (3, 1)])
    assert words.network(ring).startswith("Iedereen heeft met minstens één ander contact. Geen enkel lid")
    assert words.network(describe([1, 2], [])) == "Er zijn nog geen lijnen tussen leden."
