"""Pictures say in words what they show, whatever the words are."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from leerkring.ui import charts
from leerkring.ui.charts.layout import LEAST, places
from leerkring.ui.charts.weeks import steps

#: The Big List of Naughty Strings, where the project's shared data lies beside the repository.
NAUGHTY_FILE = Path(__file__).resolve().parents[4] / "shared" / "data" / "naughty-strings" / "blns.json"
#: Enough to break a chart that forgets to escape, wherever the tests run.
NAUGHTY = [
    '"><script>alert(1)</script>',
    "' onload='x",
    "</title><b>",
    "a & b < c",
    "Ω≈ç√∫˜µ",
    "\u202etest",
    "",
]


def week(number: int, value: int | None = 1, holiday: str = "") -> charts.Week:
    return charts.Week(date(2026, 8, 31) + timedelta(weeks=number), value, holiday)


def every_chart(words: str) -> list[str]:
    """Each chart, with these words wherever words go."""
    mark = charts.Mark(1, 0.5, 1.6)
    row = charts.MirrorRow("x", words, words, mark, mark, words, f"/?{words}")
    bare = charts.MirrorRow(words, words)
    members = [
        charts.Member("a", words, is_self=True),
        charts.Member("b", words),
        charts.Member("c", words),
    ]
    ties = [charts.Tie("a", "b", 2)]
    day = date(2026, 9, 1)
    begin, later = charts.Reading(day, 4, 3, 5, 20), charts.Reading(date(2026, 11, 17), 6)
    course = charts.Course(
        today=date(2026, 11, 24),
        unit=words,
        baseline=begin,
        target=charts.Target(date(2027, 4, 1), 8),
        readings=[later],
        holidays=[charts.Holiday(date(2026, 10, 10), date(2027, 1, 3), words)],
    )
    return [
        charts.mirror([row, bare]),
        charts.weeks(words, [week(0), week(1, None, words)], title=words, sentence=words),
        charts.sociogram(words, members, ties, title=words, sentence=words),
        charts.progress(words, course, title=words, sentence=words),
        charts.subgroups(words, [charts.Subgroup(words, [begin, later])], title=words, unit=words),
    ]


def drawings(html: str) -> list[ElementTree.Element]:
    """The pictures that carry a meaning; what is only decoration is hidden from screen readers."""
    found = [ElementTree.fromstring(svg) for svg in re.findall(r"<svg\b.*?</svg>", html, re.DOTALL)]
    return [svg for svg in found if svg.get("aria-hidden") != "true"]


class Dangers(HTMLParser):
    """Elements and attributes that only a word that escaped could have made."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "img", "iframe", "b", "style", "object"}:
            self.found.append(tag)
        self.found += [name for name, _value in attrs if name.startswith("on") or name == "style"]


def words_of(html: str) -> str:
    return " ".join("".join(svg.itertext()) for svg in drawings(html))


@pytest.mark.parametrize("words", NAUGHTY)
def test_words_stay_words(words: str) -> None:
    for html in every_chart(words):
        assert Dangers(html).found == []
        assert drawings(html)


@pytest.mark.skipif(not NAUGHTY_FILE.is_file(), reason="the list of naughty strings is not on this machine")
def test_the_whole_list_of_naughty_strings_stays_words() -> None:
    unprintable = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")
    printable = [words for words in json.loads(NAUGHTY_FILE.read_text()) if not unprintable.search(words)]
    assert len(printable) > 400
    for start in range(0, len(printable), 20):
        for html in every_chart(" ".join(printable[start : start + 20])):
            assert Dangers(html).found == []
            assert drawings(html)


def test_every_picture_has_a_name_and_a_description_of_its_own() -> None:
    html = "".join(every_chart("woorden"))
    ids = re.findall(r'\bid="([^"]+)"', html)
    named = 0
    for svg in drawings(html):
        assert svg.get("role") == "img"
        for reference in str(svg.get("aria-labelledby")).split():
            assert reference in ids
            named += 1
    assert named > 10


def test_no_picture_carries_style() -> None:
    assert "style=" not in "".join(every_chart("woorden"))


def test_each_chart_is_drawn_narrow_and_wide_and_has_its_table() -> None:
    for html in every_chart("woorden"):
        assert "drawing narrow" in html
        assert "drawing wide" in html
        assert re.search(r"<details.*<table>.*<caption>", html, re.DOTALL)


class TestMirror:
    def test_the_description_names_both_sources(self) -> None:
        html = charts.mirror(
            [charts.MirrorRow("g", "Doelen", did=charts.Mark(1, 0, 2), placed=charts.Mark(2, 2, 2))]
        )
        assert "Wat we deden: eerste stappen (tussen nog niet en steeds vaker)." in html
        assert "Waar wij onszelf plaatsen: steeds vaker." in html

    def test_too_little_evidence_is_said_in_place(self) -> None:
        html = charts.mirror([charts.MirrorRow("g", "Producten")])
        assert "te weinig gegevens" in words_of(html)
        assert 'class="did"/>' in html, "the legend still tells what the mark means"

    def test_without_judgement_nobody_is_said_to_have_placed_anything(self) -> None:
        html = charts.mirror([charts.MirrorRow("g", "Doelen", did=charts.Mark(1, 0, 2))])
        assert "waar wij onszelf plaatsen" not in html
        assert 'class="placed"' not in html
        assert "nog niet gevraagd" in html

    @pytest.mark.parametrize(("low", "is_gap"), [(1.0, False), (2.1, True)])
    def test_a_gap_is_marked_only_when_the_intervals_do_not_overlap(self, low: float, is_gap: bool) -> None:
        row = charts.MirrorRow("g", "Doelen", did=charts.Mark(1, 0, 2), placed=charts.Mark(3, low, 4))
        assert row.is_gap is is_gap
        assert ('class="apart"' in charts.mirror([row])) is is_gap

    def test_a_mark_outside_the_ruler_is_drawn_at_its_end(self) -> None:
        html = charts.mirror([charts.MirrorRow("g", "Doelen", did=charts.Mark(9, -3, 12))])
        places = [float(x) for x in re.findall(r'<line x1="[^"]+" y1="[^"]+" x2="([^"]+)"', html)]
        assert max(places) <= 540


class TestWeeks:
    def test_a_holiday_has_its_name_and_no_bar(self) -> None:
        html = charts.weeks(
            "w", [week(0, 3), week(1, None, "herfstvakantie"), week(2, 5)], title="t", sentence="s"
        )
        wide = next(svg for svg in drawings(html) if "wide" in str(svg.get("class")))
        assert sum(part.get("class") == "bar" for part in wide.iter()) == 2
        assert "herfstvakantie" in "".join(wide.itertext())

    def test_a_week_without_activity_is_not_a_hole(self) -> None:
        html = charts.weeks("w", [week(0, 0), week(1, 4)], title="t", sentence="s")
        assert 'class="none"' in html

    def test_a_year_without_any_week_still_draws(self) -> None:
        assert "<svg" in charts.weeks("w", [], title="t", sentence="s")

    @pytest.mark.parametrize("most", [0, 1, 2, 3, 4, 7, 10, 11, 29, 99, 100, 1234])
    def test_the_lines_are_few_and_reach_the_highest_bar(self, most: int) -> None:
        lines = steps(most)
        assert lines[0] == 0
        assert lines[-1] >= most
        assert 2 <= len(lines) <= 5


class TestSociogram:
    def network(self, count: int, ties: list[charts.Tie]) -> str:
        members = [charts.Member(str(n), is_self=n == 0) for n in range(count)]
        return charts.sociogram("n", members, ties, title="t", sentence="Er zijn twee groepen.")

    def test_the_same_network_is_the_same_picture(self) -> None:
        ties = [charts.Tie("0", "1"), charts.Tie("1", "2"), charts.Tie("2", "3", 4)]
        assert self.network(6, ties) == self.network(6, list(reversed(ties)))

    def test_only_who_agreed_is_named(self) -> None:
        members = [charts.Member("1", is_self=True), charts.Member("2", "Fatima"), charts.Member("3")]
        ties = [charts.Tie("1", "2"), charts.Tie("2", "3")]
        html = charts.sociogram("n", members, ties, title="t", sentence="s")
        named = {text for svg in drawings(html) for text in [part.text for part in svg.iter("text")] if text}
        assert named == {"jij", "Fatima"}

    def test_who_has_no_contact_yet_stands_apart_and_is_counted(self) -> None:
        html = self.network(5, [charts.Tie("0", "1")])
        assert "3 leden nog zonder contact" in words_of(html)

    def test_ties_to_oneself_or_to_strangers_are_left_out(self) -> None:
        html = self.network(2, [charts.Tie("0", "0"), charts.Tie("0", "99")])
        assert 'class="tie' not in html

    def test_a_large_network_is_summed_up_in_rings(self) -> None:
        ties = [charts.Tie("0", str(n)) for n in range(1, 445)]
        html = self.network(445, ties)
        assert 'class="tie' not in html
        assert "1 tot 2 contacten: 444 leden" in words_of(html)
        assert "11 of meer contacten: 1 lid" in words_of(html)

    def test_an_empty_network_still_draws(self) -> None:
        assert "<svg" in self.network(0, [])

    def test_no_point_covers_another(self) -> None:
        keys = [str(n) for n in range(12)]
        at = places(keys, {(a, b): 5 for a in keys for b in keys if a < b})
        apart = min(abs(at[a] - at[b]) for a in keys for b in keys if a < b)
        assert apart > LEAST * 0.8
