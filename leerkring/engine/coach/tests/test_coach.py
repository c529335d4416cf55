"""The goal coach: what it asks about a goal, and where."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerkring.engine.calendar import Calendar
from leerkring.engine.coach import (
    LANGUAGES,
    LONGEST,
    MANY,
    PARTS,
    RULES,
    Remark,
    coach,
    deadline,
    found,
    said,
)
from leerkring.engine.coach.days import is_feast

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


@given(TEXTS, st.sampled_from(LANGUAGES))
def test_any_text_gets_remarks_within_it(text: str, language: str) -> None:
    for remark in coach(text, language=language, today=TODAY, calendar=CALENDAR):
        assert remark.rule in RULES(language)
        assert 0 <= remark.start <= remark.end <= len(text)
        assert remark.start < remark.end or remark.start == len(text)
    for spans in found(text, language=language).values():
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert list(spans) == sorted(spans)
    deadline(text, language=language, today=TODAY)


SPACE = st.text(st.sampled_from(" \t\n\r\u00a0\u2028"), max_size=5)


@given(TEXTS, SPACE, SPACE)
def test_white_space_around_it_changes_no_rule(text: str, before: str, after: str) -> None:
    assert rules(before + text + after) == rules(text)


@given(st.sampled_from(LANGUAGES), st.data())
def test_a_good_goal_stays_good_over_several_lines(language: str, data: st.DataObject) -> None:
    words = GOOD[language].split(" ")
    ends = data.draw(st.lists(SPACE.filter(bool), min_size=len(words), max_size=len(words)))
    assert rules("".join(word + end for word, end in zip(words, ends, strict=True)), language) == set()


@given(st.dates(TODAY + timedelta(days=1), date(2027, 7, 31)))
def test_any_day_of_the_school_year_is_good_unless_it_is_a_holiday(day: date) -> None:
    text = GOOD["nl"].replace("16 april 2027", f"{day.day}-{day.month}-{day.year}")
    free = CHRISTMAS[0] <= day <= CHRISTMAS[1] or is_feast(day)
    assert rules(text) == ({"holiday"} if free else set())


def test_what_comes_after_the_longest_goal_is_not_read() -> None:
    filler = "bla " * (LONGEST // 4)
    assert rules(GOOD["nl"] + " " + filler * 5) == set()
    assert "pupils" in rules(filler + GOOD["nl"])


#: What something was measured with, by its form or its place and not from a list of words.
MEASURED = [
    ("nl", "Het staat in het stagevolgsysteem."),
    ("nl", "Nibud-opdracht, elke maand."),
    ("nl", "Proefstuk in september: 6 van de 15."),
    ("nl", "In verslag 1 deed 25 % dat."),
    ("nl", "Bij de gesprekken van 8 maart noemen ze er drie."),
    ("nl", "Op het oefenbord: 3,1 van 8."),
    ("nl", "De schoolwacht noteert het."),
    ("nl", "Gecontroleerd met de schuifmaat."),
    ("nl", "Hoe weten we het? Drie stukjes tekst per kind."),
    ("en", "An interview card shows it."),
    ("en", "Count sheet, October: 22%."),
    ("en", "Rehearsal in November: 9 of 30."),
    ("en", "Judged by two colleagues."),
    ("en", "The supervisor ticks each step off."),
]


@pytest.mark.parametrize(("language", "text"), MEASURED)
def test_a_measure_is_known_by_its_form_or_its_place(language: str, text: str) -> None:
    assert found(text, language=language)["measure"]


NOT_MEASURED = [
    ("nl", "Nu 8 van de 21 kleuters, op 30 juni 18 van de 21."),
    ("nl", "Ze lezen het weekblad en een landkaart."),
    ("en", "Now 8 of 21, 18 of 21 on 30 June."),
    ("en", "They check their answer and read a map."),
    ("en", "They greet the latest contestant."),
]


@pytest.mark.parametrize(("language", "text"), NOT_MEASURED)
def test_numbers_alone_and_everyday_things_measure_nothing(language: str, text: str) -> None:
    assert found(text, language=language)["measure"] == ()


FELT = [
    ("nl", "We hebben als docenten het idee dat het de goede kant op gaat."),
    ("nl", "Bewijs: je ziet het aan de twinkeling in hun ogen."),
    ("nl", "Wij vertrouwen op ons oog."),
    ("en", "It will have worked if we are pleased."),
    ("en", "It will feel better to all of us."),
]


@pytest.mark.parametrize(("language", "text"), FELT)
def test_being_content_measures_nothing(language: str, text: str) -> None:
    assert "unmeasurable" in rules(text, language)


def test_a_happier_class_is_an_aim_and_no_way_to_measure() -> None:
    said = rules("Class 1D needs to be in a happier place.", "en")
    assert {"vague", "measure"} <= said
    assert "unmeasurable" not in said


PUPILS = [
    ("nl", "de auti-klas"),
    ("nl", "sbo-groep 6"),
    ("nl", "de brugklassers van 1F"),
    ("en", "the special-needs class"),
    ("en", "MYP 3 write a text"),
    ("en", "Homeroom 7C"),
    ("en", "carpentry apprentices"),
    ("en", "our Year 1s"),
]


@pytest.mark.parametrize(("language", "text"), PUPILS)
def test_which_pupils_is_said_by_any_name_of_a_class_or_a_course(language: str, text: str) -> None:
    assert found(text, language=language)["pupils"]


@pytest.mark.parametrize("text", ["Eleven pupils can do it.", "As a whole class they sing.", "it's 7 now"])
def test_a_number_of_pupils_is_no_name(text: str) -> None:
    assert found(text, language="en")["pupils"] == ()


#: Amounts by their form, and told apart by what they say.
MORE_AMOUNTS = [
    ("nl", "Bij 18 kinderen gezien in november, bij 45 te zien op 16 april.", "18 kinderen", "45"),
    ("nl", "Van 19 spelfouten per 100 woorden naar 8.", "19 spelfouten", "8"),
    ("nl", "Nu vullen er twaalf een tabel in. Straks zevenentwintig.", "twaalf", "zevenentwintig"),
    ("nl", "In 2 mavo doen 13 van de 24 het. Ze willen minstens 22 kinderen.", "13 van de 24", "minstens 22 kinderen"),
    ("nl", "De pas telt 31 stempels in september, 80 stempels in maart.", "31 stempels", "80 stempels"),
    ("nl", "Vier teams van de tien halen het. In juni zijn dat acht teams.", "Vier teams van de tien", "acht teams"),
    ("en", "Tally in circle time, two a week now; a dozen a week by 26 May.", "two a week", "a dozen a week"),
    ("en", "Nine teams out of ten do it, up from three.", "three", "Nine teams out of ten"),
    ("en", "Three of 16 plan a trip. All 16 before the summer break.", "Three of 16", "All 16"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "baseline", "target"), MORE_AMOUNTS)
def test_amounts_are_read_in_many_forms(language: str, text: str, baseline: str, target: str) -> None:
    parts = found(text, language=language)
    assert [text[start:end] for start, end in parts["baseline"]] == [baseline]
    assert [text[start:end] for start, end in parts["target"]] == [target]


LOW = [
    ("nl", "5 van de 24 kunnen het op de kaart van november; op 20 mei kijken we weer."),
    ("en", "7 of 30 second-formers use the right tense. That number has to grow."),
]


@pytest.mark.parametrize(("language", "text"), LOW)
def test_nobody_aims_at_less_than_half(language: str, text: str) -> None:
    parts = found(text, language=language)
    assert parts["baseline"]
    assert not parts["target"]


ACTIVITIES = [
    ("nl", "Het team start in leerjaar 1 Bouw met een begeleid lesuur lezen."),
    ("nl", "Voor groep 3 t/m 5 volgen alle 11 leerkrachten een scholing."),
    ("nl", "Ontwikkelen van een rubric presenteren voor vmbo-t 3."),
    ("nl", "We richten voor de tweedejaars een oefenhoek in: van 2 naar 6 plekken op de lijst."),
    ("en", "Coaches sit in on 5 vwo lessons and talk them over with the teacher."),
    ("en", "Our team will run a weekly spelling clinic. One session ran in October."),
]


@pytest.mark.parametrize(("language", "text"), ACTIVITIES)
def test_what_teachers_do_is_an_activity_whatever_the_verb(language: str, text: str) -> None:
    assert "activity" in rules(text, language)


NO_ACTIVITIES = [
    ("nl", "Groep 4 dekt de tafel. De docent is tevreden."),
    ("nl", "Vakgroep Nederlands, leerjaar 2: komma's zetten bij een dialoog."),
    ("en", "Year 6 skip backwards; the PE teacher wants to see 20."),
]


@pytest.mark.parametrize(("language", "text"), NO_ACTIVITIES)
def test_a_teacher_who_is_named_is_not_yet_an_activity(language: str, text: str) -> None:
    assert "activity" not in rules(text, language)


def test_two_amounts_of_an_activity_are_its_baseline_and_its_target() -> None:
    text = (
        "Wij kopen voor havo 3 nieuwe brillen: in november 5 brillen, op 1 februari 25 brillen, zie de lijst."
    )
    assert rules(text) == {"activity"}


def test_a_score_that_moves_is_no_outcome() -> None:
    text = "De score op het examen Rekenen 3F van klas 3b stijgt voor 1 juli 2027 van 58 naar 75."
    assert "outcome" in rules(text)


DAYS = [
    ("nl", "Het einde van 2028.", {"next_year"}),
    ("nl", "Met oudjaar.", {"holiday"}),
    ("en", "By half-way through June 2027.", set()),
    ("en", "In the last week before the Christmas holidays.", set()),
    ("en", "In the autumn of 2027.", {"next_year"}),
    ("en", "They compare offers over two years.", {"date"}),
]


@pytest.mark.parametrize(("language", "text", "said"), DAYS)
def test_a_day_is_read_in_many_forms(language: str, text: str, said: set[str]) -> None:
    assert rules(text, language) & {"date", "past", "holiday", "next_year"} == said


FEASTS = [
    (2027, 3, 29),
    (2027, 4, 27),
    (2027, 5, 6),
    (2027, 5, 7),
    (2027, 5, 17),
    (2028, 4, 17),
    (2049, 4, 19),
]


@pytest.mark.parametrize("day", FEASTS)
def test_a_day_on_which_all_schools_are_closed_is_a_feast(day: tuple[int, int, int]) -> None:
    assert is_feast(date(*day))
    assert not is_feast(date(*day) - timedelta(days=7))


def test_a_week_with_a_feast_in_it_is_no_holiday() -> None:
    assert rules(GOOD["nl"].replace("16 april 2027", "17 mei 2027")) == {"holiday"}
    assert rules(GOOD["nl"].replace("Op 16 april 2027", "In de week van 17 mei 2027")) == set()


def test_a_next_year_that_is_only_mentioned_is_no_deadline() -> None:
    assert rules(GOOD["nl"] + " Volgend schooljaar doen we het met procenten.") == set()


def test_a_day_to_come_does_not_go_with_the_baseline() -> None:
    text = "Van de 22 kinderen uit groep 2 doen op 12 maart achttien het zelf, tegen vier nu."
    assert rules(text) & {"date", "baseline", "target"} == set()


def test_more_without_a_number_is_no_target() -> None:
    text = "Nu vragen 3 van de 15 kappers van jaar 2 door. In juni doen meer studenten dat, op de lijst."
    assert "target" in rules(text)


def test_a_name_of_letters_and_a_number_says_which_pupils_and_a_level_does_not() -> None:
    for text in ("M4 economie", "SD2A schrijft tests", "In wisB-6 bewijzen ze het"):
        assert found(text)["pupils"], text
    assert found("van A1 naar A2 op de rubric")["pupils"] == ()


def test_words_that_pupils_say_are_not_of_teachers() -> None:
    assert found("De kinderen zeggen aan tafel 'mag ik' in plaats van te graaien.")["outcome"]


def test_a_feeling_counts_although_an_instrument_is_named_elsewhere() -> None:
    text = (
        "Studenten van jaar 3 geven de ouder twee observaties mee, nu bij 2 van de 10, in juni bij 8 van de 10. "
        "Aan de stemming op de groep merken wij dat vanzelf."
    )
    assert "unmeasurable" in rules(text)


BREUKEN = (
    "Op 16 april 2027 legt 60% van de leerlingen in klas 1 de som 3/4 + 2/3 uit met een strook, op één opdracht op een "
    "blaadje zonder hulp. Nu lukt het 9 van de 28 leerlingen in 1A."
)


@pytest.mark.parametrize(
    ("text", "baseline", "target"),
    [
        (BREUKEN, ("9 van de 28 leerlingen",), ("60%",)),
        ("In juni rekent 80 % de breuken 3/4, 2/3 en 5/8 om. Nu doet 20 % dat.", ("20 %",), ("80 %",)),
        # Fractions of pupils stay what they are.
        ("In mei legt 60% van klas 2 breuken uit met de rubric; nu 9/28.", ("9/28",), ("60%",)),
        ("Nu legt 9/25 van klas 2 breuken uit met de rubric, in mei 20/25.", ("9/25",), ("20/25",)),
    ],
)
def test_the_fractions_of_a_sum_are_no_amount_beside_a_percentage(
    text: str, baseline: tuple[str, ...], target: tuple[str, ...]
) -> None:
    assert (said(text)["baseline"], said(text)["target"]) == (baseline, target)


def test_in_english_too() -> None:
    text = "By 16 April 60% of year 7 explain the sum 3/4 + 2/3 with a strip. Now 20% do."
    assert said(text, language="en")["target"] == ("60%",)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        (BREUKEN, "legt … uit"),
        ("In mei legt 60% van klas 2 na de les de som uit.", "legt … uit"),
        ("In mei verklaart 60% van klas 2 de uitkomst.", "verklaart"),
    ],
)
def test_of_a_verb_in_two_both_parts_are_told(text: str, outcome: str) -> None:
    assert said(text)["outcome"] == (outcome,)
