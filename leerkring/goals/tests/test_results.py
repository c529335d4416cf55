"""Files as schools have them: each is read with care, and what cannot be used is said."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from leerkring import clock
from leerkring.goals.results import (
    Mapping,
    Reading,
    Results,
    Unusable,
    guess,
    pack,
    read_results,
    read_sheet,
    suspects,
    unpack,
)
from leerkring.goals.sheets import LIMIT, MOST_ROWS
from leerkring.goals.weighing import weigh
from tests.naughty import STRINGS

TODAY = datetime(2026, 5, 12, 14, tzinfo=clock.AMSTERDAM)
CLASS = "leerling;score;NT2\n" + "".join(
    f"L{n:02};{4 + n % 6},{n % 10};{'ja' if n < 4 else 'nee'}\n" for n in range(1, 31)
)


def read(raw: str | bytes, *groups: str) -> Reading:
    sheet = read_sheet(raw)
    mapping = guess(sheet)
    assert mapping is not None
    return read_results(sheet, Mapping(mapping.code, mapping.value, groups) if groups else mapping)


def scores(raw: str | bytes) -> dict[str, float]:
    results = read(raw).results
    return dict(zip(results.codes, results.values, strict=True))


def column(values: list[str], heading: str = "iets") -> list[str]:
    """The columns that are suspected when `values` stand under `heading`, beside codes."""
    lines = "".join(f"L{n:02}\t{value}\n" for n, value in enumerate(values, 1))
    with clock.at(TODAY):
        return [suspect.column for suspect in suspects(read_sheet(f"code\t{heading}\n{lines}"))]


def refused(raw: str | bytes) -> str:
    with pytest.raises(Unusable) as refusal:
        read(raw)
    return str(refusal.value.message)


# -- how it is written ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw",
    [
        "code;score\nL01;6,5\nL02;7\n",
        "code,score\nL01,6.5\nL02,7\n",
        'code,score\nL01,"6,5"\nL02,7\n',
        "code\tscore\nL01\t6,5\nL02\t7\n",
        "code\tscore\r\nL01\t6,5\r\nL02\t7,0\r\n",
        "code\tscore\rL01\t6,5\rL02\t7\r",
        "sep=;\ncode;score\nL01;6,5\nL02;7",
        b"\xef\xbb\xbfcode;score\nL01;6,5\nL02;7\n",
        "code;score\nL01;6,5\nL02;7\n".encode("utf-16"),
        'code;score\n="L01";6,5\n"L02";7\n',
        "code;score\n l01 ;6,5\nL02;\u00a07\n",
        "code;score\n\nL01;6,5\n\n\nL02;7\n\n",
        "L01;6,5\nL02;7\n",
        "L01\t6,5\nL02\t7\n",
    ],
)
def test_it_does_not_matter_how_a_file_is_written(raw: str | bytes) -> None:
    assert scores(raw) == {"l01": 6.5, "l02": 7.0}


def test_windows_1252_reads_as_well() -> None:
    sheet = read_sheet("code;score;kring\nL01;6,5;één\nL02;7;café\n".encode("cp1252"))
    assert sheet.column("kring") == ["één", "café"]


def test_without_a_header_columns_are_numbered_and_the_first_line_counts() -> None:
    sheet = read_sheet("L01;6,5;ja\nL02;7,1;nee\n")
    assert (sheet.header, sheet.has_header, sheet.lines) == (("kolom 1", "kolom 2", "kolom 3"), False, (1, 2))
    assert len(sheet.rows) == 2


@pytest.mark.parametrize(
    ("raw", "headed"),
    [
        ("code;2024;2025\nL01;6;7\nL02;5;8\n", True),
        ("wie;uitkomst\nL01;6\nL02;5\n", True),
        ("wie;toets 1\nL01;6\nL02;5\n", True),
        ("L01;afwezig\nL02;5\n", False),
        ("1;6\n2;5\n", False),
        ("12-a;goed\n13-b;slecht\n", True),
        ("12-a;ja\n13-b;nee\n14-c;ja\n", False),
    ],
)
def test_a_header_is_known_by_its_words_or_by_what_is_below(raw: str, headed: bool) -> None:
    if raw.startswith("12-a;goed"):
        headed = True  # "goed" is a word of a heading: how many were right
    assert read_sheet(raw).has_header is headed


def test_columns_with_one_name_are_told_apart_and_lines_are_those_of_the_file() -> None:
    sheet = read_sheet("code;score;score;\n\nL01;6;7;\nL02;5;8;\n")
    assert (sheet.header, sheet.lines) == (("code", "score", "score (2)"), (3, 4))


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("", "Hier staat nog niets"),
        (b"\xef\xbb\xbf \r\n", "Hier staat nog niets"),
        (b"PK\x03\x04xl/worksheets", "kies Opslaan als en dan CSV"),
        (b"PK\x03\x04zip", "kies Opslaan als en dan CSV"),
        (b"\xd0\xcf\x11\xe0", "kies Opslaan als en dan CSV"),
        (b"%PDF-1.7", "kies Opslaan als en dan CSV"),
        ("<html><body>", "kies Opslaan als en dan CSV"),
        (bytes(range(256)) * 4, "Bewaar het als CSV met UTF-8"),
        ("code\nL01\nL02\n", "maar één kolom"),
        ("code;score\n", "alleen een kopregel"),
        ("code;score\nL01;6\nL02;5;7\n", "Regel 3 heeft meer kolommen"),
        ("Toets april\n\ncode;score\nL01;6\n", "heeft meer kolommen"),
        ("x" * (LIMIT + 1), "meer dan 2 MB"),
        ("c;s\n" + "1;2\n" * (MOST_ROWS + 1), "meer dan 50000 regels"),
        (";".join("abc" * 40), "meer dan 100 kolommen"),
        ("code;score\nL01;goed\nL02;slecht\n", None),
    ],
)
def test_what_cannot_be_used_says_what_to_do(raw: str | bytes, says: str | None) -> None:
    if says is None:
        sheet = read_sheet(raw)
        assert guess(sheet) is None
        with pytest.raises(Unusable, match="staan geen getallen"):
            read_results(sheet, Mapping("code", "score"))
    else:
        assert says in refused(raw)


def test_every_refusal_is_there_in_english() -> None:
    with translation.override("en"):
        assert "There is nothing here yet" in refused("")
        assert "Line 3 has more columns" in refused("code;score\nL01;6\nL02;5;7\n")


# -- what it says ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["6,5", "7", "10"], [6.5, 7, 10]),
        (["6.5", "7.25", "6.125"], [6.5, 7.25, 6.125]),
        (["0,125", "0,875"], [0.125, 0.875]),
        (["1.234,5", "987", "1.002"], [1234.5, 987, 1002]),
        (["1,234.5", "1,002", "6.5"], [1234.5, 1002, 6.5]),
        (["1.234.567", "1.234"], [1234567, 1234]),
        (["6,5", "1.234"], [6.5, 1234]),
        (["6,5", "7.25"], [6.5, 7.25]),
        (["75%", "80 %", "62,5%"], [75, 80, 62.5]),
        (["12 / 20", "7,5 / 20", ""], [12, 7.5]),
        (["1 234", "987", "12 345"], [1234, 987, 12345]),
        (["-1,5", "−2", "+3", ",5"], [-1.5, -2, 3, 0.5]),
    ],
)
def test_a_comma_or_a_point_is_understood_over_the_whole_column(
    cells: list[str], values: list[float]
) -> None:
    lines = "".join(f"L{n}\t{cell}\n" for n, cell in enumerate(cells))
    assert list(scores("code\tscore\n" + lines).values()) == values


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        (["1.234", "987"], "staat 1.234. We zien niet"),
        (["1,234", "2,500"], "staat 1,234. We zien niet"),
        (["1.234,5", "1,234.5"], "We zien niet"),
        (["75%", "0,8"], "niet kunt vergelijken, zoals 75% en 0,8"),
        (["12 / 20", "8 / 25"], "zoals 12 / 20 en 8 / 25"),
    ],
)
def test_what_can_be_read_in_two_ways_is_asked(cells: list[str], says: str) -> None:
    assert says in refused("code\tscore\n" + "".join(f"L{n}\t{cell}\n" for n, cell in enumerate(cells)))


def test_who_has_no_score_is_told_and_left_out() -> None:
    lines = "".join(
        f"L{n};{cell}\n" for n, cell in enumerate(["6", "", "-", "afwezig", "n.v.t.", "Ziek", "7"])
    )
    reading = read("code;score\n" + lines)
    assert reading.results.codes == ("l0", "l6")
    assert reading.empty == (3, 4, 5, 6, 7)


def test_what_is_no_number_is_told_with_its_line() -> None:
    reading = read(
        "code;score\nL01;6,5\nL02;=SUM(B2:B3)\nL03;7/10\nL04;6-mei\nL05;1e3\nL06;8\nL07;5\nL08;5\nL09;5\nL10;5\n"
    )
    assert reading.unreadable == ((3, "=SUM(B2:B3)"), (4, "7/10"), (5, "6-mei"), (6, "1e3"))
    assert len(reading.results.codes) == 6


def test_a_line_without_a_code_is_told() -> None:
    reading = read("code;score\nL01;6,5\n;7\nL03;8\n" + "".join(f"M{n};5\n" for n in range(20)))
    assert (reading.codeless, len(reading.results.codes)) == ((3,), 22)


@pytest.mark.parametrize(
    "last", ["Totaal;13,5", "Gemiddelde:;6,75", ";Gemiddelde 6,75", "Klas gemiddelde;6,8", "Average;6.75"]
)
def test_a_last_line_that_tells_of_all_is_set_apart(last: str) -> None:
    sheet = read_sheet(f"code;score\nL01;6,5\nL02;7\n{last}\n\nMax;7\n")
    assert (sheet.apart, len(sheet.rows)) == ((4, 6), 2)


def test_a_code_that_is_there_twice_with_one_score_counts_once() -> None:
    reading = read("code;score\nL01;6,5\nL02;7\nl01 ;6,50\nL03;8\nL04;5\n")
    assert (reading.doubled, reading.contradicting) == ((("L01", (2, 4)),), ())
    assert reading.results.codes == ("l01", "l02", "l03", "l04")


def test_a_code_with_two_scores_is_not_used_and_its_lines_are_told() -> None:
    reading = read("code;score\nL01;6,5\nL02;7\nL01;8\nL03;8\nL04;5\n")
    assert reading.doubled == reading.contradicting == (("L01", (2, 4)),)
    assert reading.results.codes == ("l02", "l03", "l04")


def test_a_second_line_without_a_score_takes_nothing_away() -> None:
    reading = read("code;score\nL01;6,5\nL02;7\nL01;afwezig\nL03;8\nL04;5\n")
    assert (reading.doubled, reading.empty) == ((("L01", (2, 4)),), (4,))
    assert reading.results.values[0] == 6.5


def test_leading_zeros_belong_to_a_code() -> None:
    assert set(scores("code;score\n007;6\n7;8\n0007;5\n")) == {"007", "7", "0007"}


def test_groups_are_the_same_however_they_are_spelled() -> None:
    sheet = read_sheet("code;score;NT2\nL01;6;Ja\nL02;7;ja \nL03;5;nee\nL04;5;-\nL05;5;Nee\n")
    reading = read_results(sheet, Mapping("code", "score", ("NT2",)))
    assert reading.results.groups == {"NT2": ("Ja", "Ja", "nee", "", "nee")}


def test_who_is_in_two_groups_by_two_lines_is_in_none() -> None:
    sheet = read_sheet("code;score;klas\nL01;6;2a\nL01;6;2b\nL02;5;2a\n")
    assert read_results(sheet, Mapping("code", "score", ("klas",))).results.groups == {"klas": ("", "2a")}


@pytest.mark.parametrize(
    ("mapping", "says"),
    [
        (Mapping("code", "code"), "twee keer gekozen"),
        (Mapping("code", "score", ("score",)), "twee keer gekozen"),
        (Mapping("code", "cijfer"), "“cijfer” is er niet"),
        (Mapping("code", "score", ("les",)), "33 groepen"),
        (Mapping("code", "score", ("tekst",)), "lange teksten"),
        (Mapping("naam", "score"), "lijken namen"),
    ],
)
def test_a_wrong_choice_of_columns_says_so(mapping: Mapping, says: str) -> None:
    rows = "".join(f"L{n};6;g{n};{'t' * 61};Noor Smit{'s' * n}\n" for n in range(33))
    with pytest.raises(Unusable, match=says):
        read_results(read_sheet("code;score;les;tekst;naam\n" + rows), mapping)


@pytest.mark.parametrize(
    ("header", "row", "guessed"),
    [
        ("leerling;score;NT2", "L{n};{n},5;{half}", Mapping("leerling", "score", ("NT2",))),
        ("klas;leerlingnummer;toets 1;cijfer", "2a;10{n};{n};6,5", Mapping("leerlingnummer", "cijfer")),
        ("nr;klas;toets 1;toets 2", "{n};{half};{n};{n}", Mapping("nr", "toets 2", ("klas",))),
        ("Naam;code;score", "{name};L{n};6,5", Mapping("code", "score")),
        ("klas;geslacht", "{half};{half}", None),
    ],
)
def test_the_columns_are_guessed(header: str, row: str, guessed: Mapping | None) -> None:
    rows = "".join(
        row.format(n=n, half="ja" if n % 2 else "nee", name=NAMES[n - 10]) + "\n" for n in range(10, 22)
    )
    assert guess(read_sheet(f"{header}\n{rows}")) == guessed


# -- who is in it ---------------------------------------------------------------------------------------------

NAMES = [
    "Noor de Vries", "Mohamed El Amrani", "Sem Jansen", "Fatima Yilmaz", "Lotte van den Berg", "Daan Bakker",
    "Zeynep Kaya", "Finn Visser", "Anne-Marie Smit", "Youssef Idrissi", "Tess Meijer", "Luuk de Boer",
]  # fmt: skip
UNKNOWN_NAMES = [
    "Tsehay Woldu",
    "Bronisław Wójcik",
    "Ngozi Okafor",
    "Sanjana Iyer",
    "Jurriaan Hoogstraten",
    "Tjeerd Zijlstra",
]


@pytest.mark.parametrize(
    "values",
    [
        NAMES,
        UNKNOWN_NAMES,
        [name.split()[0] for name in NAMES],
        [name.split()[0].upper() for name in NAMES],
        [name.lower() for name in NAMES],
        [f"{name.split(maxsplit=1)[1]}, {name.split()[0]}" for name in NAMES],
        [f"{name[0]}. {name.split(maxsplit=1)[1]}" for name in NAMES],
        [f"{name.split()[0]} {name.split()[-1][0]}." for name in NAMES],
        [f"{n} {name}" for n, name in enumerate(NAMES)],
        ["Jansen", "De Vries", "Van den Berg", "El Amrani", "Bakker", "Hoogstraten", "Woldu", "Okafor"],
        [*[f"L{n}" for n in range(6)], *NAMES[:6]],
        NAMES * 200,
    ],
)
@pytest.mark.parametrize("heading", ["iets", "code", "leerling", "nr"])
def test_names_are_found_whatever_is_above_them(values: list[str], heading: str) -> None:
    assert (heading if heading != "code" else "code (2)") in column(values, heading)


@pytest.mark.parametrize(
    "heading",
    [
        "Naam",
        "voornaam",
        "Achternaam leerling",
        "roepnaam",
        "Tussenv",
        "First name",
        "leerling_naam",
        "StudentName",
        "Naam kind",
    ],
)
def test_a_heading_that_says_name_is_enough(heading: str) -> None:
    assert column(["Xa", "Yb", "Zc"], heading) == [heading]
    assert column(["L01", "L02", "L03"], heading) == []  # the names were taken out, the heading was left


def test_names_are_found_without_a_header() -> None:
    assert [s.column for s in suspects(read_sheet("".join(f"{name};7,5\n" for name in NAMES)))] == ["kolom 1"]


BIRTHS = [f"{n + 1:02}-{n % 12 + 1:02}-2012" for n in range(12)]
BSN = ["111222333", "123456782", "010464554", "231288338"]


@pytest.mark.parametrize(
    ("values", "why"),
    [
        (BSN, "burgerservicenummers"),
        (["111 222 333", "1234.56.782", "10464554"], "burgerservicenummers"),
        (BIRTHS, "geboortedatums"),
        ([b.replace("-", "/") for b in BIRTHS], "geboortedatums"),
        ([f"{b[6:]}-{b[3:5]}-{b[:2]} 00:00:00" for b in BIRTHS], "geboortedatums"),
        ([f"{b[6:]}{b[3:5]}{b[:2]}" for b in BIRTHS], "geboortedatums"),
        ([f"{b[:6]}{b[8:]}" for b in BIRTHS], "geboortedatums"),
        (["3 mei 2012", "14 sept. 2011", "28 januari 2012", "7-okt-12"], "geboortedatums"),
        (["noor@school.nl", "sem@school.nl", ""], "e-mailadressen"),
        (["06-12345678", "06 87654321", "+31612345678"], "telefoonnummers"),
        (["020-1234567", "(030) 123 45 67", "0612345678"], "telefoonnummers"),
        (["1234 AB", "5678XY", "1016 GV"], "adressen"),
        (["Dorpsstraat 12", "Lange Laan 3a", "Kerkweg 100"], "adressen"),
    ],
)
def test_other_columns_that_say_who_somebody_is(values: list[str], why: str) -> None:
    with clock.at(TODAY):
        rows = "".join(f"L{n:02}\t{value}\n" for n, value in enumerate(values))
        (suspect,) = suspects(read_sheet("code\tiets\n" + rows))
    assert why in str(suspect.why)


@pytest.mark.parametrize(
    ("heading", "value"),
    [
        ("BSN", "1"), ("geb. datum", "onleesbaar"), ("Geboortejaar", "2012"), ("E-mail", "geen"), ("mobiel", "12"),
        ("adres ouders", "x"), ("postcode", "1234"), ("date of birth", "?"), ("huisnummer", "3"),
    ],
)  # fmt: skip
def test_a_heading_that_says_what_is_private_is_enough(heading: str, value: str) -> None:
    assert column([value, value, value], heading) == [heading]
    assert column(["", "", ""], heading) == []


INNOCENT = {
    "klas": ["2a", "2b", "2c", "3 havo", "Groep 7/8"] * 5,
    "NT2": ["ja", "nee", "nee"] * 8,
    "geslacht": ["jongen", "meisje"] * 10,
    "m/v": ["M", "V", "X"] * 5,
    "leerweg": ["Kader", "Basis", "Vmbo Kader", "Gemengde Leerweg"] * 6,
    "school": ["De Regenboog", "OBS De Wegwijzer", "Anne Frank", "Het Kompas"] * 8,
    "groep": ["Roos", "Madelief", "Iris"] * 9,
    "groepje": ["Team Rood", "Team Blauw", "Team Groen"] * 9,
    "naam toets": ["Begrijpend Lezen", "Rekenen Wiskunde"] * 9,
    "toetsnaam": ["Begrijpend Lezen M5", "Begrijpend Lezen E5"] * 9,
    "schoolnaam": ["Montessori Lyceum", "Het Vlietland"] * 9,
    "codes": [f"L{n:02}" for n in range(30)],
    "leerlingnummer": [str(12345 + n) for n in range(30)],
    "studentnummer": [str(100200300 + n) for n in range(60)],
    "lang nummer": [f"00{n:08}" for n in range(30)],
    "willekeurig": [str(random.Random(n).randrange(10**8, 10**9)) for n in range(60)],
    "uuid": [f"3f2504e0-4f89-11d3-9a0c-0305e82c33{n:02}" for n in range(30)],
    "letters": [f"{a}{b}" for a in "ABCDE" for b in "KLMNO"],
    "kleurdier": [f"{a} {b}" for a in ("rode", "blauwe", "gele") for b in ("vos", "uil", "beer", "das")],
    "pincode": [f"{n}X{n}" for n in range(1000, 1030)],
    "cijfer": ["6,5", "7.0", "10", "afwezig", "-"] * 6,
    "score %": ["75%", "80%"] * 10,
    "vaardigheidsscore": [str(150 + n) for n in range(40)],
    "datum afname": ["12-05-2026", "13-05-2026", "19-05-2026"] * 10,
    "datum": ["12-09-2021"] * 30,
    "schooljaar": ["2024-2025", "2023-2024"] * 10,
    "opmerking": ["was te laat", "heeft extra tijd gehad", "moe", "werkte goed door"] * 3,
    "niveau": ["I", "II", "III", "IV", "V", "A+", "A", "B"] * 4,
    "leeftijd": ["8", "9", "10"] * 10,
    "maand": ["jan", "feb", "mrt", "apr", "mei", "jun"] * 4,
    "profiel": ["Natuur en Techniek", "Economie en Maatschappij", "Cultuur en Maatschappij"] * 8,
    "thuistaal": ["Nederlands", "Turks", "Arabisch", "Pools", "Fries"] * 5,
    "docent": ["JAN", "BRK", "SMT"] * 8,
}  # fmt: skip


@pytest.mark.parametrize("heading", INNOCENT)
def test_what_says_nothing_of_who_somebody_is_passes(heading: str) -> None:
    assert column(INNOCENT[heading], heading) == []
    if heading not in {"school", "groep"}:
        assert column(INNOCENT[heading]) == []


def test_columns_are_refused_with_the_reason_in_two_languages() -> None:
    (suspect,) = suspects(
        read_sheet("code\tnaam\n" + "".join(f"L{n}\t{name}\n" for n, name in enumerate(NAMES)))
    )
    assert str(suspect.why) == "Hier lijken namen te staan. Haal deze kolom weg en geef iedereen een code."
    with translation.override("en"):
        assert str(suspect.why) == "These look like names. Take this column out and give everyone a code."


# -- as they are kept -----------------------------------------------------------------------------------------


def test_codes_are_kept_so_that_only_the_salt_finds_them_again() -> None:
    results = Results(("l01", "007", "L99"), (6.5, 7.0, 0.1 + 0.2), {"NT2": ("ja", "", "nee")})
    kept = unpack(pack(results, "zout"))
    assert sorted(kept.values) == sorted(results.values)
    assert all(len(code) == 24 and set(code) <= set("0123456789abcdef") for code in kept.codes)
    assert not any(code.encode() in pack(results, "zout") for code in results.codes)
    assert set(kept.codes) == set(unpack(pack(Results(("007", "l01", "L99"), (1, 2, 3), {}), "zout")).codes)
    assert not set(kept.codes) & set(unpack(pack(results, "peper")).codes)
    assert kept.groups["NT2"][kept.values.index(6.5)] == "ja"


def test_the_place_in_the_list_does_not_tell_who_it_is() -> None:
    codes = tuple(f"l{n:02}" for n in range(30))
    kept = unpack(pack(Results(codes, tuple(map(float, range(30))), {}), "zout"))
    assert list(kept.codes) == sorted(kept.codes)
    assert list(kept.values) != sorted(kept.values)


def test_three_of_thirty_in_a_subgroup_are_read_and_not_shown() -> None:
    summaries = weigh(read(CLASS).results, threshold=6)
    assert [(s.group, s.n) for s in summaries] == [("", 30), ("ja", 3), ("nee", 27)]
    assert [(s.group, s.n) for s in summaries if s.is_shown] == [("", 30)]


def test_twenty_thousand_rows_are_read_and_weighed() -> None:
    chance = random.Random(7)
    marks = [f"{n // 10},{n % 10}" for n in range(10, 100)]
    raw = "code;score;klas;NT2\n" + "".join(
        f"L{n:05};{chance.choice(marks)};{chance.randrange(1, 7)}a;{chance.choice(('ja', 'nee'))}\n"
        for n in range(20_000)
    )
    results = read(raw).results
    kept = unpack(pack(results, "zout"))
    summaries = weigh(kept, threshold=6, before=kept)
    assert (len(results.codes), len(summaries), summaries[0].pairs) == (20_000, 9, 20_000)


# -- whatever comes -------------------------------------------------------------------------------------------


def through(raw: str | bytes) -> None:
    """The whole way; nothing but Unusable comes of it."""
    with suppress(Unusable):
        sheet = read_sheet(raw)
        assert all(len(row) == len(sheet.header) for row in sheet.rows)
        assert len(sheet.lines) == len(sheet.rows) > 0
        assert len(set(sheet.header)) == len(sheet.header)
        suspects(sheet)
        mapping = guess(sheet) or Mapping(sheet.header[0], sheet.header[1], sheet.header[2:])
        results = read_results(sheet, mapping).results
        assert sorted(unpack(pack(results, "zout")).values) == sorted(results.values)
        if results.codes:
            weigh(results, threshold=5)


cells = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["L01", "l01", "6,5", "1.234", "75%", "", "-", "=SUM(A1)", '"', "Totaal", "\ud800", "ẞ", "٣"]
    ),
    st.floats().map(str),
    st.sampled_from(STRINGS),
)


@given(st.lists(st.lists(cells, min_size=1, max_size=4), max_size=8), st.sampled_from([";", ",", "\t"]))
def test_whatever_is_in_the_cells_gives_results_or_a_sentence(rows: list[list[str]], delimiter: str) -> None:
    through("\n".join(delimiter.join(row) for row in rows))


@given(st.one_of(st.binary(max_size=300), st.text(max_size=300)))
def test_whatever_comes_gives_results_or_a_sentence(raw: str | bytes) -> None:
    through(raw)


def test_strings_that_break_software_are_codes_and_groups_like_others() -> None:
    rows = "".join(
        f'"{string}";6;"{string}"\n'
        for string in (s.replace('"', '""') for s in STRINGS)
        if "\n" not in string
    )
    through("code;score;groep\n" + rows)
    for string in STRINGS:
        through(f"code;score\n{string};7\nL02;8\n")
        through(string)
