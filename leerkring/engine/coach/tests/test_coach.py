"""The goal coach: what it asks about a goal, and where."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leerkring.engine.calendar import Calendar
from leerkring.engine.coach import LANGUAGES, LONGEST, MANY, PARTS, RULES, Remark, coach, deadline, found

TODAY = date(2026, 11, 29)
CHRISTMAS = (date(2026, 12, 19), date(2027, 1, 3))
CALENDAR = Calendar([CHRISTMAS])
EVERY_RULE = {*PARTS, "unmeasurable", "vague", "activity", "past", "holiday", "next_year", "many"}

GOOD = {
    "nl": (
        "Op 16 april 2027 legt 80 % van klas 2b in eigen woorden uit waarom de noemers gelijk moeten zijn. "
        "Nu kan 42 % dat. We meten met de rubric voor uitleggen, bij twee opgaven."
    ),
    "en": (
        "By 16 April 2027, 80% of class 2b explain in their own words why the denominators must be equal. "
        "Now 42% can. We use the rubric for explaining, on two tasks."
    ),
}


def rules(text: str, language: str = "nl") -> set[str]:
    return {said.rule for said in coach(text, language=language, today=TODAY, calendar=CALENDAR)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_concrete_goal_gets_no_remark_and_all_parts_are_found(language: str) -> None:
    assert rules(GOOD[language], language) == set()
    parts = found(GOOD[language], language=language)
    assert [part for part in PARTS if not parts[part]] == []


def test_the_parts_stand_where_they_are_said() -> None:
    text = GOOD["nl"]
    said = {part: [text[start:end] for start, end in spans] for part, spans in found(text).items()}
    assert said["pupils"] == ["klas 2b"]
    assert said["outcome"] == ["legt"]
    assert said["baseline"] == ["42 %"]
    assert said["target"] == ["80 %"]
    assert said["date"] == ["16 april 2027"]
    assert "rubric" in said["measure"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_goal_misses_every_part_at_its_end(language: str) -> None:
    assert coach("  ", language=language) == tuple(
        Remark(part, 2, 2) for part in RULES(language) if part in PARTS
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_a_question_and_an_example_in_both_languages(language: str) -> None:
    texts = RULES(language)
    assert set(texts) == EVERY_RULE
    assert [key for key, rule in texts.items() if rule.key != key or not rule.example] == []
    assert [key for key, rule in texts.items() if not 0 < len(rule.question) <= 110] == []


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="knows nl, en"):
        coach("x", language="de")


NL_WHAT = "legt 80 % van klas 2b in eigen woorden uit waarom de noemers gelijk moeten zijn"
NL_MEASURE = "We meten met de rubric voor uitleggen, bij twee opgaven."
EN_WHAT = "80% of class 2b explain in their own words why the denominators must be equal"
EN_MEASURE = "We use the rubric for explaining, on two tasks."

#: A goal with one thing changed, and what is then asked.
FAULTS = [
    ("nl", "80 % van klas 2b", "80 % van de leerlingen", "pupils"),
    ("nl", NL_WHAT, "stijgt de gemiddelde score van klas 2b naar 80 %", "outcome"),
    ("nl", NL_MEASURE, "", "measure"),
    ("nl", NL_MEASURE, "Dat merken we in de les.", "unmeasurable"),
    ("nl", "Nu kan 42 % dat. ", "", "baseline"),
    ("nl", "80 % van klas 2b", "klas 2b", "target"),
    ("nl", "Op 16 april 2027 legt", "Straks legt", "date"),
    ("nl", NL_WHAT, "is 80 % van klas 2b beter in breuken", "vague"),
    ("nl", NL_WHAT, "gaan we in klas 2b vaker breuken oefenen, in 80 % van de lessen", "activity"),
    ("nl", "16 april 2027", "16 april 2026", "past"),
    ("nl", "16 april 2027", "23 december 2026", "holiday"),
    ("nl", "Op 16 april 2027", "Tussen kerst en oud en nieuw", "holiday"),
    ("nl", "16 april 2027", "1 oktober", "next_year"),
    ("nl", "Op 16 april 2027", "Volgend schooljaar", "next_year"),
    ("en", "80% of class 2b", "80% of the pupils", "pupils"),
    ("en", EN_WHAT, "the average score of class 2b rises to 80%", "outcome"),
    ("en", EN_MEASURE, "", "measure"),
    ("en", EN_MEASURE, "We will simply feel it.", "unmeasurable"),
    ("en", "Now 42% can. ", "", "baseline"),
    ("en", "80% of class 2b", "class 2b", "target"),
    ("en", "By 16 April 2027, ", "Soon ", "date"),
    ("en", EN_WHAT, "80% of class 2b are better at fractions", "vague"),
    ("en", EN_WHAT, "we will practise fractions in 80% of the lessons in class 2b", "activity"),
    ("en", "16 April 2027", "16 April 2026", "past"),
    ("en", "16 April 2027", "23 December 2026", "holiday"),
    ("en", "By 16 April 2027", "In the school year 2027-2028", "next_year"),
]


@pytest.mark.parametrize(("language", "old", "new", "rule"), FAULTS, ids=[f"{f[0]} {f[3]}" for f in FAULTS])
def test_one_fault_gets_one_remark(language: str, old: str, new: str, rule: str) -> None:
    assert old in GOOD[language]
    assert rules(GOOD[language].replace(old, new), language) == {rule}


def test_what_is_missing_stands_at_the_end_and_what_is_vague_at_its_words() -> None:
    text = "We gaan het lezen in groep 5 verbeteren."
    said = coach(text)
    assert [text[remark.start : remark.end] for remark in said if remark.rule == "vague"] == ["verbeteren"]
    assert {(remark.start, remark.end) for remark in said if remark.rule != "vague"} == {
        (len(text), len(text))
    }


def test_white_space_does_not_move_a_remark_off_its_words() -> None:
    text = "\n  We   gaan het\tlezen\n\nverbeteren. "
    (vague,) = (remark for remark in coach(text) if remark.rule == "vague")
    assert text[vague.start : vague.end] == "verbeteren"


#: Goals that look faulty and are not.
TRAPS = [
    "Lezen verbeteren in groep 4, concreet: ",
    "We gaan meer voordoen. ",
    "Aandacht voor rekentaal. ",
    "Er zitten 27 kinderen in de klas. ",
]


@pytest.mark.parametrize("before", TRAPS)
def test_what_goes_before_a_concrete_goal_makes_it_no_worse(before: str) -> None:
    assert rules(before + GOOD["nl"]) == set()


#: What is now, and what should be; the other way round; in other words.
AMOUNTS = [
    ("van 40 % naar 80 %", "40 %", "80 %"),
    ("straks 20 van de 28 leerlingen, nu 7", "7", "20 van de 28 leerlingen"),
    ("(nu 11) 20 van de 28", "11", "20 van de 28"),
    ("Vorige maand gemiddeld een 5,2. Doel: een 6,5", "gemiddeld een 5,2", "een 6,5"),
    ("Iedereen doet het; niemand kon het in september", "niemand", "Iedereen"),
    ("Oktober: 44 %. Maart: 75 %", "44 %", "75 %"),
    ("van A1 naar A2", "A1", "A2"),
    ("In maart 20 van de 24. In oktober waren het er maar 9.", "maar 9", "20 van de 24"),
    ("9/25 → 20/25", "9/25", "20/25"),
    ("Dat lukte 9 kinderen op 12 maart. 20 kinderen moeten het kunnen.", "9 kinderen", "20 kinderen"),
    ("een 4 in plaats van een 3 in mei", "een 3", "een 4"),
    ("twee lessen nu, straks vier lessen", "twee lessen", "vier lessen"),
    ("15 moeten laten zien wat ze kozen, 4 doen het nu", "4", "15"),
]


@pytest.mark.parametrize(("text", "baseline", "target"), AMOUNTS)
def test_now_and_then_are_told_apart(text: str, baseline: str, target: str) -> None:
    parts = found(text)
    assert [text[start:end] for start, end in parts["baseline"]] == [baseline]
    assert [text[start:end] for start, end in parts["target"]] == [target]


def test_numbers_of_lessons_words_and_arguments_are_no_target() -> None:
    text = "Leerlingen schrijven na vier lessen een betoog van 300 woorden met drie argumenten."
    assert found(text)["target"] == ()


def test_how_well_they_must_do_it_is_no_baseline() -> None:
    text = "In mei kan 80 % van groep 5 deelsommen maken, met minstens 7 van de 10 goed."
    assert found(text)["baseline"] == ()


def test_the_day_of_the_baseline_is_not_the_deadline() -> None:
    text = "In groep 8 kon op 10 november 12 van de 30 dit, op 22 januari 2027 moeten dat er 26 zijn."
    assert [text[start:end] for start, end in found(text)["date"]] == ["22 januari 2027"]


DEADLINES = [
    ("op 16 april 2027", date(2027, 4, 16)),
    ("voor 1-6-2027", date(2027, 6, 1)),
    ("op 2027-06-01", date(2027, 6, 1)),
    ("op 1 juni", date(2027, 6, 1)),
    ("op 1 oktober", None),  # this school year's is over: which one is meant is not said
    ("in juni 2027", None),
    ("voor de meivakantie", None),
    ("op 31 april 2027", None),
    ("op 1 maart 2027 en op 1 juni 2027", None),
    ("nu 3, op 10 november was het 2; op 1 juni 2027 20", date(2027, 6, 1)),
]


@pytest.mark.parametrize(("text", "day"), DEADLINES)
def test_a_deadline_is_given_when_there_is_no_doubt(text: str, day: date | None) -> None:
    assert deadline(text, today=TODAY) == day


def test_without_today_a_deadline_must_have_its_year() -> None:
    assert deadline("op 1 juni 2027") == date(2027, 6, 1)
    assert deadline("op 1 juni") is None


def test_dates_are_judged_only_when_today_is_given() -> None:
    text = GOOD["nl"].replace("2027", "2020")
    assert coach(text, calendar=CALENDAR) == ()
    assert [said.rule for said in coach(text, today=TODAY)] == ["past"]


def test_a_school_year_ends_on_the_last_day_of_july() -> None:
    last = GOOD["nl"].replace("16 april", "31 juli")
    assert rules(last) == set()
    assert rules(last.replace("31 juli", "1 augustus")) == {"next_year"}
    assert {said.rule for said in coach(last, today=date(2027, 8, 1))} == {"past"}
    assert coach(last, today=date(2026, 8, 1)) == ()


def test_a_week_is_a_holiday_when_all_its_school_days_are() -> None:
    in_week = "In week {} legt 80 % van klas 2b het uit, nu 42 %, rubric."
    assert rules(in_week.format(53)) == {"holiday"}
    assert rules(in_week.format(3)) == set()


def test_the_coach_never_says_that_there_are_many_goals() -> None:
    assert MANY == 3
    assert "many" not in rules("")


WORDS = (
    "we gaan groep 7 klas 2b nu 40 % naar van kunnen lezen beter legt uit dat toets op 1 mei 2027 , . ( ) ; : - 80% 3 "
    "de 28 leerlingen we voelen vakantie week 53 1.1 12-12-12 2027-13-45 → İ ﬁ e\u0301 \0 \ue000 \ue002"
)
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(WORDS.split(" ")), max_size=60).map(" ".join))


@settings(deadline=None)  # the first time a language is read takes longer
@given(TEXTS, st.sampled_from(LANGUAGES))
def test_any_text_gets_remarks_within_it(text: str, language: str) -> None:
    for said in coach(text, language=language, today=TODAY, calendar=CALENDAR):
        assert said.rule in RULES(language)
        assert 0 <= said.start <= said.end <= len(text)
        assert said.start < said.end or said.start == len(text)
    for spans in found(text, language=language).values():
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert list(spans) == sorted(spans)
    deadline(text, language=language, today=TODAY)


SPACE = st.text(st.sampled_from(" \t\n\r\u00a0\u2028"), max_size=5)


@settings(deadline=None)
@given(TEXTS, SPACE, SPACE)
def test_white_space_around_it_changes_no_rule(text: str, before: str, after: str) -> None:
    assert rules(before + text + after) == rules(text)


@settings(deadline=None)
@given(st.sampled_from(LANGUAGES), st.data())
def test_a_good_goal_stays_good_over_several_lines(language: str, data: st.DataObject) -> None:
    words = GOOD[language].split(" ")
    ends = data.draw(st.lists(SPACE.filter(bool), min_size=len(words), max_size=len(words)))
    assert rules("".join(word + end for word, end in zip(words, ends, strict=True)), language) == set()


@settings(deadline=None)
@given(st.dates(TODAY + timedelta(days=1), date(2027, 7, 31)))
def test_any_day_of_the_school_year_is_good_unless_it_is_a_holiday(day: date) -> None:
    text = GOOD["nl"].replace("16 april 2027", f"{day.day}-{day.month}-{day.year}")
    assert rules(text) == ({"holiday"} if CHRISTMAS[0] <= day <= CHRISTMAS[1] else set())


def test_what_comes_after_the_longest_goal_is_not_read() -> None:
    filler = "bla " * (LONGEST // 4)
    assert rules(GOOD["nl"] + " " + filler * 5) == set()
    assert "pupils" in rules(filler + GOOD["nl"])
