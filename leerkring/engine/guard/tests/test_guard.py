"""The guard: what it finds that may identify a pupil, and what it leaves alone."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerkring.engine.guard import KINDS, Finding, guard
from leerkring.engine.guard.figures import passes_eleven


def found(text: str) -> list[tuple[str, str]]:
    """Kind and words of every finding."""
    return [(finding.kind, text[finding.start : finding.end]) for finding in guard(text)]


def names(text: str) -> list[str]:
    return [words for kind, words in found(text) if kind == "name"]


def test_a_finding_says_what_it_is_and_where_it_stands() -> None:
    assert guard("Gesproken met de moeder van Sem.") == (Finding("name", 28, 31),)


#: Texts in which a pupil or somebody of their family is named, and the names.
NAMED = [
    ("Vandaag stak Youssef drie keer zijn vinger op.", ["Youssef"]),
    ("Fatima de Boer en J. van den Berg moeten de toets inhalen.", ["Fatima de Boer", "J. van den Berg"]),
    ("vandaag was jayden weer boos", ["jayden"]),
    ("roos en fatima willen niet samen", ["roos", "fatima"]),
    ("Sems moeder vertelde over Noa's werk.", ["Sems", "Noa"]),
    ("Familie Van der Linden heeft geen internet.", ["Van der Linden"]),
    ("Mevrouw Yilmaz kwam over haar zoon praten.", ["Yilmaz"]),
    ("Ayoub B. zei niets.", ["Ayoub B."]),
    ("Oma Truus haalt hem op.", ["Truus"]),
    ("Een nieuwe leerling, Qwentolyn, start maandag.", ["Qwentolyn"]),
    ("Toen vroeg Qwentolyn of ze naar huis mocht.", ["Qwentolyn"]),
    ("Zoe\u0308 en Ömer waren er niet.", ["Zoe\u0308", "Ömer"]),
]


@pytest.mark.parametrize(("text", "said"), NAMED, ids=[text for text, _ in NAMED])
def test_pupils_and_their_family_are_found_by_name(text: str, said: list[str]) -> None:
    assert names(text) == said


#: Words that are a name and a word: by what stands around them.
BOTH = [
    ("Storm was er niet, hij is ziek.", "Storm", "De storm hield iedereen thuis."),
    ("Mees las hardop en hij genoot.", "Mees", "De mees zat op het voederhuisje."),
    ("Vandaag las Roos voor.", "Roos", "Een roos voor de jarige."),
    ("Mei zei niets.", "Mei", "In mei nemen we de toets af."),
    ("Leerling Frans vraagt niets.", "Frans", "Bij Frans en Duits zien we hetzelfde."),
]


@pytest.mark.parametrize(("named", "name", "word"), BOTH, ids=[name for _, name, _ in BOTH])
def test_a_name_that_is_a_word_too_is_told_by_what_stands_around_it(named: str, name: str, word: str) -> None:
    assert names(named) == [name]
    assert names(word) == []


@pytest.mark.parametrize(
    "text",
    [
        "Juf Anna deed het voor en meester Tim keek.",
        "Collega's Bouchra en Peter bezoeken elkaar.",
        "Mark van den Heuvel, onze ib'er, schreef mee.",
        "Meneer De Wit van wiskunde gebruikt wisbordjes.",
        "Rob geeft les in 2 vmbo.",
        "Beste Marieke, wil jij voorzitten? Groet, Johan",
        "L07 leest nu E4, leerling A. niet, M. uit groep 4 ook niet.",
        "We lazen het dagboek van Anne Frank; Anne schreef in het Achterhuis.",
        "Een gedicht van Ida de Ridder en een boek over Sam.",
        "Hattie (2009) en Van der Veen & Wolbers (2015) zijn het eens.",
        "Koning Willem II en keizerin Sisi.",
        "Lisa heeft 12 knikkers. Hoeveel houdt ze over?",
        "Voorbeeldzin: Karim fietst naar huis.",
        "Op het Willem de Zwijger College in Breda doet groep De Uilen mee.",
        "We werken met Nieuwsbegrip, Pluspunt en Google Classroom.",
        "Listening: Emma and Jack are going to London.",
    ],
)
def test_who_and_what_is_no_pupil_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_colleague_stays_one_in_the_whole_text() -> None:
    assert names("Juf Roos begon. Daarna vroeg Roos wie het wist.") == []
    assert names("Juf Kim en Kim uit 6b heten hetzelfde.") == ["Kim"]


FIGURES = [
    ("phone", "06-12345678", "Bel {}."),
    ("phone", "0612345678", "Bel {}."),
    ("phone", "06 12 34 56 78", "Bel {}."),
    ("phone", "06.12.34.56.78", "Bel {}."),
    ("phone", "+31 (0)6 12 34 56 78", "Bel {}."),
    ("phone", "0031612345678", "Bel {}."),
    ("phone", "(020) 123 45 67", "Bel {}."),
    ("phone", "0251-123456", "Bel {}."),
    ("phone", "1234567", "Telefoon thuis: {}"),
    ("email", "sem.vd.berg+1@leerling.example.nl", "Mail {}."),
    ("bsn", "111222333", "Zijn bsn is {}."),
    ("bsn", "123.456.782", "Zijn bsn is {}."),
    ("bsn", "1234 56 782", "Zijn bsn is {}."),
    ("bsn", "12345672", "Voor de TLV: {}"),
    ("bsn", "111222333", "Vul in: {}"),
    ("birth", "12-03-2014", "Hij is geb. {} in Ede."),
    ("birth", "4 mei 2013", "Zij is geboren op {}."),
    ("birth", "4 mei 2013", "Op {} werd zij geboren."),
    ("birth", "2012-05-30", "Geboortedatum: {}"),
    ("number", "104582", "leerlingnummer {}"),
    ("number", "s1234567", "Het studentnummer van haar is {}."),
    ("number", "104582", "{} is zijn leerlingnummer"),
    ("address", "Kerkstraat 14b", "Het gezin woont aan de {}."),
    ("address", "Burgemeester de Vlugtlaan 125", "adres: {}"),
    ("address", "Jan van Galenstraat 212-III", "Verhuisd naar {}."),
    ("address", "lindelaan 3", "ze wonen op {}"),
    ("address", "Korenbloem 5", "adres: {}"),
    ("address", "1063 BJ", "Postcode {}."),
]


@pytest.mark.parametrize(
    ("kind", "said", "text"), FIGURES, ids=[f"{kind} {said}" for kind, said, _ in FIGURES]
)
def test_what_is_written_in_figures_is_found(kind: str, said: str, text: str) -> None:
    assert found(text.format(said)) == [(kind, said)]


def test_several_numbers_after_one_another_are_each_found() -> None:
    assert found("Leerlingnummers 20431, 20432 en lokaal 204.") == [
        ("number", "20431"),
        ("number", "20432"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Het bsn 123456789 klopt niet.",
        "Ordernummer 111222333.",
        "De getallenrij 06 12 18 24 30 36.",
        "Rekening NL12 ABCD 0123 4567 89.",
        "ISBN 978-90-01-12345-6, blz. 112, 7 x 8 = 56.",
        "Op 12 maart 2026 van 08.30 tot 12.15 uur in lokaal 2.14.",
        "Rembrandt is geboren op 15 juli 1606.",
        "In 2025 VO, in 2026 po, 1500km.",
        "De Dorpsstraat is afgesloten; in de Kalverstraat zijn 12 winkels.",
        "Het getal 12345672.",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert found(text) == []


PASS = ["111222333", "123456782", "12345672", "012345672"]
FAIL = ["123456789", "111222334", "000000000", "1112223330", "1234567"]


@pytest.mark.parametrize("digits", [*PASS, *FAIL])
def test_the_eleven_test(digits: str) -> None:
    assert passes_eleven(digits) is (digits in PASS)


@given(st.integers(10_000_000, 999_999_999), st.integers(0, 8), st.integers(1, 9))
def test_one_digit_changed_is_noticed_by_the_eleven_test(number: int, at: int, by: int) -> None:
    digits = str(number).rjust(9, "0")
    changed = digits[:at] + str((int(digits[at]) + by) % 10) + digits[at + 1 :]
    assert not (passes_eleven(digits) and passes_eleven(changed))


#: Words that the rules know, so that random texts meet them.
KNOWN = re.findall(
    r"\S+|\n",
    "Sem fatima Roos Van de der Berg juf moeder van in het boek over som : hoeveel koopt 3 prof . dr ( ) 2015 , & en J."
    " A.B. mevrouw familie Kerkstraat 12 1234 AB geb bsn 111222333 leerlingnummer 06- +31 @ \" ' „ “ 's II zin uit In"
    " Oorlogswinter aan Groet \n groep De and the",
)
PIECES = st.lists(st.sampled_from(KNOWN))


@given(st.one_of(st.text(), PIECES.map(" ".join), PIECES.map("".join)))
def test_findings_are_in_the_text_in_order_and_never_overlap(text: str) -> None:
    end = 0
    for finding in guard(text):
        assert finding.kind in KINDS
        assert end <= finding.start < finding.end <= len(text)
        end = finding.end


OVER_AND_OVER = [
    "Aa ",
    "0",
    "06 ",
    "a@",
    "van ",
    '"',
    "hoeveel koopt 3 ",
    "mevrouw ",
    "zin : ",
    "school ",
    "Jan, 2015 ",
]


@pytest.mark.parametrize("piece", OVER_AND_OVER)
def test_a_text_of_one_thing_over_and_over_is_read_in_no_more_steps_a_word(piece: str) -> None:
    """Counted in lines of the guard that run, not in time: twice the text takes at most little more than twice."""
    once, twice = steps(piece * 300), steps(piece * 600)
    assert twice < 2.3 * once


def steps(text: str) -> int:
    guard("")  # what is read once is not counted
    count = 0

    def line(frame: object, event: str, argument: object) -> object:
        nonlocal count
        count += event == "line"
        return line

    before = sys.gettrace()
    sys.settrace(line)  # type: ignore[arg-type]
    try:
        guard(text)
    finally:
        sys.settrace(before)
    return count
