"""A goal over time: what is drawn is what was given, the way rests in holidays, and no word covers another."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from time import perf_counter
from xml.etree import ElementTree

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from leerkring.ui import charts
from leerkring.ui.charts import Course, Holiday, Reading, Subgroup, Target
from leerkring.ui.charts.frame import scale_of
from leerkring.ui.charts.labels import AXIS, NOTE, SMALL, VALUE, Box, box_of, cut, spread, width_of

SEPTEMBER, OCTOBER, NOVEMBER, APRIL = (
    date(2026, 9, 1),
    date(2026, 10, 8),
    date(2026, 11, 17),
    date(2027, 4, 1),
)
AUTUMN = Holiday(date(2026, 10, 10), date(2026, 10, 18), "herfstvakantie")
CHRISTMAS = Holiday(date(2026, 12, 19), date(2027, 1, 3), "kerstvakantie")

#: From 42 to 70 per cent of the pupils, measured twice.
REASONING = Course(
    today=date(2026, 11, 24),
    unit="%",
    baseline=Reading(SEPTEMBER, 42, 35, 49, 54),
    target=Target(APRIL, 70),
    readings=(Reading(OCTOBER, 47), Reading(NOVEMBER, 55, 48, 62, 54)),
    holidays=(AUTUMN, CHRISTMAS),
)
#: From 18 mistakes to 10: here less is better.
SPELLING = Course(
    today=date(2026, 11, 24),
    unit="fouten",
    baseline=Reading(SEPTEMBER, 18),
    target=Target(APRIL, 10, is_at_most=True),
    readings=(Reading(OCTOBER, 18.5, 16, 20), Reading(NOVEMBER, 14.3, 12, 16)),
    holidays=(AUTUMN, CHRISTMAS),
)


def drawn(html: str) -> dict[str, ElementTree.Element]:
    """Shape -> its drawing."""
    found = [ElementTree.fromstring(svg) for svg in re.findall(r"<svg\b.*?</svg>", html, re.DOTALL)]
    return {str(svg.get("class")).removeprefix("drawing "): svg for svg in found}


def wide(course: Course) -> ElementTree.Element:
    return drawn(charts.progress("g", course, title="Redeneren"))["wide"]


def texts(svg: ElementTree.Element) -> list[str]:
    return [(text.text or "").replace("\u00a0", " ") for text in svg.iter("text")]


def parts(svg: ElementTree.Element, class_: str) -> list[ElementTree.Element]:
    return [part for part in svg.iter() if class_ in str(part.get("class")).split()]


def path_of(svg: ElementTree.Element, class_: str) -> list[tuple[float, float]]:
    (line,) = parts(svg, class_)
    pairs = [pair.split(",") for pair in str(line.get("points")).split()]
    return [(float(x), float(y)) for x, y in pairs]


def boxes(svg: ElementTree.Element) -> dict[str, Box]:
    """What each text in the drawing covers, as the drawing itself guesses it."""
    found: dict[str, Box] = {}
    for number, text in enumerate(svg.iter("text")):
        words, x, y = text.text or "", float(text.get("x", 0)), float(text.get("y", 0))
        class_ = str(text.get("class"))
        if "holiday-name" in class_:
            found[f"{number} {words}"] = Box(x - 10, y - width_of(words, SMALL), x + 3, y)
            continue
        size = VALUE if "value" in class_ else NOTE if "note" in class_ else AXIS
        found[f"{number} {words}"] = box_of(words, x, y, text.get("text-anchor") or "start", size)
    return found


def clashes(html: str) -> list[str]:
    """Words that cover each other or stick out of their drawing."""
    wrong = []
    for shape, svg in drawn(html).items():
        width, height = float(svg.get("width", 0)), float(svg.get("height", 0))
        found = list(boxes(svg).items())
        for index, (words, box) in enumerate(found):
            if box.left < 0 or box.top < 0 or box.right > width or box.bottom > height:
                wrong.append(f"{shape}: {words} sticks out: {box}")
            # A drawing gives tenths of a pixel: what only touches may seem to overlap by one.
            own = Box(box.left + 0.1, box.top + 0.1, box.right - 0.1, box.bottom - 0.1)
            wrong += [f"{shape}: {words} on {other}" for other, o in found[index + 1 :] if own.meets(o)]
    return wrong


class TestWhatIsDrawn:
    def test_begin_now_and_target_are_named_with_their_value(self) -> None:
        assert {"begin 42%", "nu 55%", "doel 70%"} <= set(texts(wide(REASONING)))

    def test_the_reader_s_language_is_that_of_words_numbers_and_dates(self) -> None:
        assert {"nu 14,3 fouten", "17 nov"} <= set(texts(wide(SPELLING)))
        with override("en"):
            english = texts(wide(replace(SPELLING, unit="%")))
        assert {"now 14%", "goal 10%", "17 Nov"} <= set(english)

    def test_begin_and_readings_are_points_on_one_line(self) -> None:
        svg = wide(REASONING)
        assert len(parts(svg, "point")) == len(path_of(svg, "course")) == 3

    def test_an_interval_is_a_whisker_and_without_one_there_is_none(self) -> None:
        assert len(parts(wide(REASONING), "whisker")) == 2

    def test_a_holiday_is_shaded_and_carries_its_name(self) -> None:
        svg = wide(REASONING)
        assert [field.findtext("title") for field in parts(svg, "holiday")] == [
            "herfstvakantie",
            "kerstvakantie",
        ]
        assert "kerstvakantie" in texts(svg)

    def test_a_share_is_drawn_from_0_to_100(self) -> None:
        assert texts(wide(REASONING))[:5] == ["0", "25", "50", "75", "100"]

    def test_today_is_marked_where_there_is_room(self) -> None:
        assert "vandaag" in texts(wide(replace(REASONING, today=date(2027, 1, 20))))
        assert "vandaag" not in texts(wide(replace(REASONING, today=NOVEMBER)))
        assert "vandaag" not in texts(wide(replace(REASONING, today=date(2028, 1, 1))))

    def test_a_goal_of_years_has_years_at_its_dates(self) -> None:
        assert "1 apr 2029" in texts(wide(replace(REASONING, target=Target(date(2029, 4, 1), 70))))

    def test_a_long_unit_stands_once_above_the_picture(self) -> None:
        svg = wide(replace(SPELLING, unit="fouten in het wekelijkse dictee"))
        assert "fouten in het wekelijkse dictee" in texts(svg)
        assert "doel 10" in texts(svg)


class TestTheWay:
    def test_it_rests_in_holidays(self) -> None:
        assert REASONING.expected(date(2026, 10, 9)) == REASONING.expected(date(2026, 10, 18))
        assert REASONING.expected(date(2026, 12, 18)) == REASONING.expected(date(2027, 1, 3))

    def test_a_year_typed_wrong_keeps_nobody_waiting(self) -> None:
        """Days are counted, not walked: with 9999 a page took half a minute."""
        far = replace(REASONING, target=Target(date(9999, 12, 31), 70))
        begun = perf_counter()
        assert far.expected(date(2026, 9, 8)) == pytest.approx(42, abs=0.001)
        assert len(far.way) == 6
        assert perf_counter() - begun < 0.2

    def test_each_school_day_is_as_far_as_another(self) -> None:
        """Tuesday to Tuesday a week later: five school days of the 136 between begin and target."""
        before, after = REASONING.expected(SEPTEMBER), REASONING.expected(date(2026, 9, 8))
        assert before == 42
        assert after == pytest.approx(42 + 28 * 5 / 137)
        assert REASONING.expected(APRIL) == 70

    def test_it_bends_where_a_holiday_begins_and_ends(self) -> None:
        way = path_of(wide(REASONING), "way")
        assert len(way) == 6
        (_x1, y1), (_x2, y2) = way[1:3]
        assert y1 == y2

    def test_holidays_that_overlap_count_once(self) -> None:
        twice = replace(REASONING, holidays=(AUTUMN, AUTUMN, CHRISTMAS))
        assert twice.expected(NOVEMBER) == REASONING.expected(NOVEMBER)

    def test_with_nothing_but_holidays_it_is_straight(self) -> None:
        free = replace(REASONING, holidays=[Holiday(date(2026, 8, 1), date(2027, 7, 31), "vrij")])
        assert free.expected(date(2026, 12, 16)) == pytest.approx(56)

    def test_without_a_begin_or_with_a_target_before_it_there_is_none(self) -> None:
        assert parts(wide(replace(REASONING, baseline=None)), "way") == []
        assert parts(wide(replace(REASONING, target=Target(date(2026, 8, 1), 70))), "way") == []

    def test_a_goal_may_go_down(self) -> None:
        way = path_of(wide(SPELLING), "way")
        assert way[0][1] < way[-1][1]


class TestEdges:
    def test_with_nothing_there_is_a_sentence_and_no_picture(self) -> None:
        html = charts.progress("g", Course(today=SEPTEMBER), title="Redeneren")
        assert "Er is nog niets gemeten." in html
        assert "<svg" not in html
        assert "<table" not in html
        assert charts.outlook("g", Course(today=SEPTEMBER), title="Redeneren") == ""

    def test_one_reading_is_a_point_without_a_line(self) -> None:
        svg = wide(replace(REASONING, baseline=None, target=None, readings=[Reading(NOVEMBER, 55)]))
        assert len(parts(svg, "point")) == 1
        assert parts(svg, "course") == []

    def test_a_reading_after_the_target_s_day_is_in_the_picture(self) -> None:
        late = Reading(date(2027, 5, 20), 72)
        svg = wide(replace(REASONING, readings=(*REASONING.readings, late)))
        (target,) = parts(svg, "goal")
        assert path_of(svg, "course")[-1][0] > float(target.get("x1", 0))
        assert "20 mei" in texts(svg)

    def test_several_on_one_day_stand_beside_each_other(self) -> None:
        same = [Reading(NOVEMBER, value) for value in (50, 58, 53, 61)]
        xs = [x for x, _y in path_of(wide(replace(REASONING, readings=same)), "course")]
        assert len(set(xs)) == 5

    def test_the_last_given_of_the_last_day_is_now(self) -> None:
        same = [Reading(NOVEMBER, 50), Reading(OCTOBER, 40), Reading(NOVEMBER, 61)]
        assert "nu 61%" in texts(wide(replace(REASONING, readings=same)))

    def test_a_value_outside_the_scale_is_an_arrow_at_the_edge_with_its_own_number(self) -> None:
        svg = wide(replace(REASONING, scale=(0, 100), readings=[Reading(NOVEMBER, 480)]))
        (_begin, arrow) = parts(svg, "point")
        assert arrow.tag == "path"
        assert "nu 480%" in texts(svg)
        assert max(y for _x, y in path_of(svg, "course")) <= float(svg.get("height", 0))

    def test_a_value_to_keep_is_a_flat_line_and_never_reached(self) -> None:
        keep = replace(REASONING, baseline=Reading(SEPTEMBER, 70), readings=[Reading(NOVEMBER, 71)])
        assert len({y for _x, y in path_of(wide(keep), "way")}) == 1
        assert "bereikt" not in charts.progress_words(keep)

    def test_values_may_be_negative_with_decimals(self) -> None:
        below = Course(
            today=NOVEMBER, unit="z", baseline=Reading(SEPTEMBER, -0.35), target=Target(APRIL, 0.4)
        )
        assert {"begin -0,35 z", "doel 0,4 z", "-0,2"} <= set(texts(wide(below)))


COURSES = {
    "reasoning": REASONING,
    "spelling": SPELLING,
    "no begin": replace(REASONING, baseline=None),
    "no target": replace(REASONING, target=None),
    "no reading": replace(REASONING, readings=()),
    "kept": replace(REASONING, baseline=Reading(SEPTEMBER, 70), readings=[Reading(NOVEMBER, 70)]),
    "all on one day": Course(
        today=SEPTEMBER,
        unit="%",
        baseline=Reading(SEPTEMBER, 50),
        target=Target(SEPTEMBER, 50),
        readings=[Reading(SEPTEMBER, 50, 40, 60)] * 3,
    ),
    "long unit": replace(SPELLING, unit="fouten in het wekelijkse dictee van groep 6, 7 en 8 samen"),
    "large": replace(SPELLING, baseline=Reading(SEPTEMBER, 1_250_000), target=Target(APRIL, 9_750_000.5)),
}


class TestWords:
    @pytest.mark.parametrize("name", COURSES)
    def test_no_word_covers_another_or_sticks_out(self, name: str) -> None:
        html = charts.progress("g", COURSES[name], title="Redeneren")
        assert clashes(html) == []

    @pytest.mark.parametrize("name", COURSES)
    def test_begin_now_and_target_are_there_on_a_phone_too(self, name: str) -> None:
        course = COURSES[name]
        said = texts(drawn(charts.progress("g", course, title="Redeneren"))["narrow"])
        there = {"begin": course.baseline, "nu": course.readings, "doel": course.target}
        assert [word for word in said if word.split()[0] in there and len(word.split()) > 1]
        for word, is_given in there.items():
            assert any(words.startswith(f"{word} ") for words in said) is bool(is_given)

    @settings(max_examples=60)
    @given(data=st.data())
    def test_whatever_is_measured_no_word_covers_another(self, data: st.DataObject) -> None:
        days = st.dates(date(2026, 8, 1), date(2027, 7, 31))
        values = st.floats(-1000, 1000, allow_nan=False).map(lambda value: round(value, 2))
        readings = st.builds(Reading, days, values)
        course = data.draw(
            st.builds(
                Course,
                today=days,
                unit=st.sampled_from(["", "%", "punten", "woorden per minuut"]),
                baseline=st.none() | readings,
                target=st.none() | st.builds(Target, days, values, st.booleans()),
                readings=st.lists(readings, max_size=8),
                holidays=st.just((AUTUMN, CHRISTMAS)),
                scale=st.sampled_from([None, (0, 100), (1, 10), (5, 5)]),
            )
        )
        assert clashes(charts.progress("g", course, title="Redeneren")) == []
        charts.outlook("g", course, title="Redeneren")

    def test_the_sentence_says_begin_now_way_and_target(self) -> None:
        assert charts.progress_words(REASONING).replace("\u00a0", " ") == (
            "Begin: 42% op 1 september 2026. Nu: 55% op 17 november 2026 (tussen 48 en 62%). "
            "Volgens de lijn naar het doel zou het dan 52% zijn. Doel: 70% op 1 april 2027."
        )

    def test_a_goal_that_is_reached_is_said_to_be_whichever_way_it_goes(self) -> None:
        assert not SPELLING.is_reached
        assert replace(SPELLING, readings=[Reading(NOVEMBER, 9)]).is_reached
        assert replace(REASONING, readings=[Reading(NOVEMBER, 70)]).is_reached
        assert "Doel: hoogstens 10\u00a0fouten" in charts.progress_words(SPELLING)

    def test_the_table_has_every_number(self) -> None:
        html = charts.progress("g", REASONING, title="Redeneren").replace("\u00a0", " ")
        rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr>(.*?)</tr>", html)]
        assert ["Begin", "1 september 2026", "42%", "tussen 35 en 49%", "54"] in rows
        assert ["Gemeten", "8 oktober 2026", "47%", "–", "–"] in rows
        assert ["Doel", "1 april 2027", "70%", "–", "–"] in rows


class TestOutlook:
    def test_it_has_no_words_in_it_and_the_sentence_beside_it(self) -> None:
        svg = drawn(charts.outlook("g", REASONING, title="Redeneren"))["outlook"]
        assert texts(svg) == []
        assert svg.findtext("title") == "Redeneren"
        assert svg.findtext("desc") == charts.progress_words(REASONING)
        assert len(parts(svg, "point")) == 3
        assert len(parts(svg, "goal")) == 1


def a_class(name: str, *values: float) -> Subgroup:
    days = (SEPTEMBER, OCTOBER, NOVEMBER)
    return Subgroup(
        name, [Reading(day, value, value - 5, value + 5, 20) for day, value in zip(days, values, strict=True)]
    )


#: Five that end almost together, and one that lags behind.
CLASSES = [
    a_class("2a", 40, 52, 58),
    a_class("2b", 30, 35, 47),
    a_class("2c", 45, 46, 57),
    a_class("2d", 28, 44, 56),
    a_class("2e", 44, 50, 55),
    a_class("nieuwkomers", 20, 30, 41),
]


class TestSubgroups:
    def picture(self, given: list[Subgroup]) -> str:
        return charts.subgroups("s", given, unit="%", title="Verschil tussen groepen")

    def test_each_group_is_named_at_the_end_of_its_line_and_no_name_covers_another(self) -> None:
        html = self.picture(CLASSES)
        assert clashes(html) == []
        for svg in drawn(html).values():
            assert {group.name for group in CLASSES} <= set(texts(svg))

    def test_long_names_stand_whole_under_the_picture(self) -> None:
        long = [replace(group, name=f"kinderen uit klas {group.name}") for group in CLASSES]
        html = self.picture(long)
        assert clashes(html) == []
        assert long[5].name in texts(drawn(html)["narrow"])

    def test_groups_are_told_apart_by_shape_and_not_by_colour_alone(self) -> None:
        svg = drawn(self.picture(CLASSES))["wide"]
        kinds = {
            (mark.tag, len(re.findall("[ML]", mark.get("d", ""))), mark.get("class"))
            for mark in parts(svg, "mark")
        }
        shapes = {(tag, corners, "hollow" in str(class_)) for tag, corners, class_ in kinds}
        assert len(kinds) == 6
        assert len(shapes) >= 5

    def test_the_sentence_says_how_far_they_lay_apart_first_and_now(self) -> None:
        html = self.picture(CLASSES).replace("\u00a0", " ")
        assert "Eerst: van 20% tot 45%. Nu: van 41% tot 58%." in html

    def test_a_group_that_is_too_small_is_in_the_table_only(self) -> None:
        html = self.picture([*CLASSES[:2], Subgroup("2f")])
        assert "te weinig gegevens" in html
        assert "2f" not in texts(drawn(html)["wide"])

    def test_of_more_than_six_the_others_are_in_the_table(self) -> None:
        html = self.picture([*CLASSES, a_class("3a", 50, 60, 70)])
        assert len(parts(drawn(html)["wide"], "series")) == 6
        assert "Nog 1 groep staat alleen in de tabel." in html
        assert '<th scope="row">3a</th>' in html

    def test_with_nothing_measured_there_is_a_sentence(self) -> None:
        assert "Er is nog niets gemeten." in self.picture([])
        assert "<svg" not in self.picture([Subgroup("2a")])


class TestScale:
    @pytest.mark.parametrize(
        ("values", "given_scale", "ticks"),
        [
            ([18, 10], None, [0, 5, 10, 15, 20]),
            ([7.1, 7.8], None, [7, 7.2, 7.4, 7.6, 7.8]),
            ([-0.35, 0.4], None, [-0.4, -0.2, 0, 0.2, 0.4]),
            ([-8, -10], None, [-10, -9.5, -9, -8.5, -8]),
            ([5, 5], None, [0, 2, 4, 6]),
            ([0], None, [0, 0.25, 0.5, 0.75, 1]),
            ([-4], None, [-4, -3, -2, -1, 0]),
            ([], None, [0, 0.25, 0.5, 0.75, 1]),
            ([6, 8], (1, 10), [2, 4, 6, 8, 10]),
            ([6, 8], (10, 1), [2, 4, 6, 8, 10]),
        ],
    )
    def test_the_lines_are_round_numbers_around_the_values(
        self, values: list[float], given_scale: tuple[float, float] | None, ticks: list[float]
    ) -> None:
        assert scale_of(values, given_scale).ticks == pytest.approx(ticks)

    @given(
        st.lists(st.floats(-1e9, 1e9, allow_subnormal=False), min_size=1), st.none() | st.just((0.0, 100.0))
    )
    def test_the_lines_are_few_and_hold_what_was_measured(
        self, values: list[float], given_scale: tuple[float, float] | None
    ) -> None:
        scale = scale_of(values, given_scale)
        assert 2 <= len(scale.ticks) <= 7
        if given_scale is None:
            hair = scale.step * 1e-6
            assert scale.low - hair <= min(values) <= max(values) <= scale.high + hair


class TestLabels:
    def test_what_is_too_long_is_cut(self) -> None:
        assert cut("kort", 100) == "kort"
        assert cut("een heel lange naam", 60).endswith("…")
        assert width_of(cut("een heel lange naam", 60)) <= 60
        assert len(cut("x" * 1_000_000, 60)) < 10

    @given(st.lists(st.floats(0, 200), max_size=6))
    def test_spread_keeps_the_order_and_the_distance(self, levels: list[float]) -> None:
        placed = spread(levels, 18, 0, 200)
        assert all(-1e-6 <= level <= 200 + 1e-6 for level in placed)
        ordered = sorted(placed)
        assert all(after - before >= 18 - 1e-6 for before, after in pairwise(ordered))
        assert [placed[i] for i in sorted(range(len(levels)), key=levels.__getitem__)] == ordered

    def test_spread_leaves_alone_what_stands_apart(self) -> None:
        assert spread([120, 20], 18, 0, 200) == [120, 20]
        assert spread([100, 100], 18, 0, 200) == [91, 109]


def test_a_reading_every_week_still_leaves_room_for_the_words() -> None:
    many = [Reading(SEPTEMBER + timedelta(weeks=n), 40 + n % 7, 35, 60) for n in range(30)]
    weekly = replace(REASONING, readings=many)
    assert {"begin 42%", "nu 41%", "doel 70%"} <= set(texts(wide(weekly)))
    assert clashes(charts.progress("g", weekly, title="Redeneren")) == []
