"""How a goal is seen, and what was found: said, or from results of pupils by code."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from leerkring.communities.models import Record
from leerkring.goals import ending, measuring
from leerkring.goals.happenings import Decision
from leerkring.goals.models import Goal, Measure, Measurement, PupilResults, Summary
from leerkring.goals.results import Results
from leerkring.goals.tests.test_goal import adopted, at
from leerkring.jobs.models import Vanished
from leerkring.people.models import User
from leerkring.ui.refusal import Refused
from tests.cast import Browser, Side


def results(count: int, *, up: float = 0.0, few: int = 0) -> Results:
    """Pupils L00, L01, … with scores that go up by `up`; the first `few` of them in a subgroup apart."""
    codes = tuple(f"L{number:02}" for number in range(count))
    values = tuple(3 + (number * 7 % 50) / 10 + up for number in range(count))
    return Results(codes, values, {"NT2": tuple("ja" if number < few else "nee" for number in range(count))})


def scored(goal: Goal, side: Side, user: User) -> Measure:
    return measuring.name_measure(
        goal,
        by=side.member(user),
        fields={"name": "rubric uitleggen", "kind": "share", "threshold": 5.5, "target": 80.0},
    )


def set_down(measure: Measure, side: Side, user: User, role: str, day: date, found: Results) -> Measurement:
    return measuring.set_down(
        Measure.objects.select_related("goal__community").get(pk=measure.pk),
        by=side.member(user),
        role=Measurement.Role(role),
        on=day,
        results=found,
        own_class=True,
    )


def test_a_measurement_is_said(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    address = at(regenboog, goal, f"waaraan/{goal.measures.get().pk}/uitkomst/")
    sent = {"role": "later", "on": "2026-11-09", "value": "52,5", "n": "26", "own_class": "on"}
    assert browser(bram).post(address, sent).headers["Location"] == at(regenboog, goal)
    found = Measurement.objects.get(role="later")
    assert (found.value, found.n) == (52.5, 26)
    assert round(found.low or 0) == 34
    assert Record.objects.get(kind="goal.measured").data == {"about": goal.pk, "measurement": found.pk}
    brought = Record.objects.filter(kind="evidence.brought").latest("pk")
    assert brought.data == {"about": goal.pk, "measurement": found.pk, "own_class": True}


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"role": "later", "on": "2026-11-09", "value": "veel"},
        {"role": "later", "on": "2026-11-11", "value": "50"},
        {"role": "later", "on": "2026-11-09", "value": "101"},
        {"role": "later", "on": "2026-11-09", "value": "nan"},
        {"role": "later", "on": "2026-11-09", "value": "1e400"},
        {"role": "later", "on": "2026-11-09", "value": "50", "n": "0"},
        {"role": "later", "on": "2026-11-09", "value": "50", "n": "99999999999999999999"},
        {"role": "beside", "on": "2026-11-09", "value": "50"},
        {"role": "elsewhere", "on": "2026-11-09", "value": "50"},
    ],
)
def test_what_cannot_be_a_measurement_comes_back(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side, sent: dict[str, str]
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    address = at(regenboog, goal, f"waaraan/{goal.measures.get().pk}/uitkomst/")
    assert browser(bram).post(address, sent).status_code == 200
    assert not Measurement.objects.exclude(role="baseline").exists()


def test_the_same_pupils_are_followed_and_their_codes_are_hashed(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    measure = scored(goal, regenboog, anna)
    set_down(measure, regenboog, anna, "baseline", date(2026, 9, 8), results(30))
    later = set_down(measure, regenboog, bram, "later", date(2026, 11, 9), results(30, up=1.0))
    whole = later.summaries.get(dimension="")
    assert (whole.n, whole.pairs, whole.is_paired) == (30, 30, True)
    assert whole.change is None  # all rose by as much: there is no spread to say how sure it is
    packed = PupilResults.objects.get(measurement=later)
    assert "L07" not in packed.unpacked.codes
    assert b"L07" not in bytes(packed.packed)


def test_other_codes_are_another_group(fatima: User, anna: User, bram: User, regenboog: Side) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    measure = scored(goal, regenboog, anna)
    set_down(measure, regenboog, anna, "baseline", date(2026, 9, 8), results(30))
    found = results(30, up=1.0)
    others = Results(tuple(f"X{code}" for code in found.codes), found.values, found.groups)
    whole = set_down(measure, regenboog, bram, "later", date(2026, 11, 9), others).summaries.get(dimension="")
    assert (whole.pairs, whole.is_paired, round(whole.change or 0, 6)) == (0, False, 1.0)
    assert (whole.effect_low or 0) < (whole.effect or 0) < (whole.effect_high or 0)


def test_three_pupils_in_a_subgroup_are_shown_nowhere_nor_the_others_by_which_they_are_found(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    measure = scored(goal, regenboog, anna)
    set_down(measure, regenboog, anna, "baseline", date(2026, 9, 8), results(30, few=3))
    assert not Summary.objects.filter(is_shown=True).exclude(dimension="").exists()
    page = browser(bram).get(at(regenboog, goal)).content.decode()
    assert "NT2: ja" not in page
    assert "NT2: nee" not in page
    assert "minder dan vijf" in page


def test_four_pupils_are_too_few_for_a_file(fatima: User, anna: User, bram: User, regenboog: Side) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    measure = scored(goal, regenboog, anna)
    with pytest.raises(Refused):
        set_down(measure, regenboog, anna, "baseline", date(2026, 9, 8), results(4))
    assert not PupilResults.objects.exists()


def test_results_of_pupils_go_when_the_goal_ends_and_what_was_found_together_stays(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    measure = scored(goal, regenboog, anna)
    set_down(measure, regenboog, anna, "baseline", date(2026, 9, 8), results(30, few=3))
    set_down(measure, regenboog, bram, "later", date(2026, 11, 9), results(30, up=1.0, few=3))
    ending.conclude(
        Goal.objects.get(pk=goal.pk), by=regenboog.member(anna), decision=Decision.STOP, yielded="Genoeg."
    )
    assert not PupilResults.objects.exists()
    assert Goal.objects.get(pk=goal.pk).salt == ""
    assert [summary.dimension for summary in Summary.objects.all()] == ["", ""]
    assert Vanished.objects.get().kind == "pupil_results"


def test_another_score_that_counts_weighs_what_was_found_anew(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    measure = scored(goal, regenboog, anna)
    found = set_down(measure, regenboog, anna, "baseline", date(2026, 9, 8), results(30))
    measuring.name_measure(
        goal, by=regenboog.member(anna), measure=Measure.objects.get(pk=measure.pk), fields={"threshold": 3.0}
    )
    again = Measurement.objects.get(pk=found.pk)
    assert (found.value < 100, again.value) == (True, 100)


# From a file


FILE = "code;score;klas\n" + "".join(f"L{n:02};{5 + n % 5},5;2{'ab'[n % 2]}\n" for n in range(24))


def test_a_file_is_shown_before_anything_of_it_is_kept(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    measure = scored(goal, regenboog, anna)
    address = at(regenboog, goal, f"waaraan/{measure.pk}/bestand/")
    said = {"role": "baseline", "on": "2026-11-09", "own_class": "on"}
    file = SimpleUploadedFile("toets.csv", FILE.encode(), "text/csv")
    page = browser(anna).post(address, {**said, "file": file})
    assert "24 leerlingen met een uitkomst" in page.content.decode()
    assert not PupilResults.objects.exists()
    columns = {"code": "code", "value": "score", "groups": ["klas"]}
    answer = browser(anna).post(address, {**said, "pasted": FILE, **columns, "bewaar": "1"})
    assert answer.headers["Location"] == at(regenboog, goal)
    kept = Measurement.objects.get(measure=measure)
    assert (kept.role, kept.n, kept.own_class) == ("baseline", 24, True)
    assert {s.group for s in kept.summaries.all()} == {"", "2a", "2b"}


def test_a_file_of_four_pupils_is_refused_beside_what_was_read_in_it(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    measure = scored(goal, regenboog, anna)
    four = "".join(FILE.splitlines(keepends=True)[:5])
    sent = {"role": "baseline", "on": "2026-11-09", "pasted": four, "code": "code", "value": "score"}
    answer = browser(anna).post(
        at(regenboog, goal, f"waaraan/{measure.pk}/bestand/"), {**sent, "bewaar": "1"}
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Met minder dan vijf leerlingen" in page
    assert "4 leerlingen met een uitkomst" in page
    assert not Measurement.objects.filter(measure=measure).exists()


def test_a_file_with_names_is_refused_with_the_reason_and_nothing_is_kept(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    measure = scored(goal, regenboog, anna)
    address = at(regenboog, goal, f"waaraan/{measure.pk}/bestand/")
    names = ["Jan de Vries", "Sanne Bakker", "Mohammed El Idrissi", "Eva Jansen", "Tim Smit", "Noor Visser"]
    file = "leerling;score\n" + "".join(f"{name};{6}\n" for name in names)
    sent = {"role": "baseline", "on": "2026-11-09", "pasted": file}
    page = browser(anna).post(address, sent).content.decode()
    assert "Kolom ‘leerling’" in page
    confirmed = {**sent, "code": "leerling", "value": "score", "bewaar": "1"}
    assert browser(anna).post(address, confirmed).status_code == 200
    assert not Measurement.objects.filter(measure=measure).exists()
    assert not PupilResults.objects.exists()


# How it looks


def test_what_was_set_stands_in_the_form_as_people_write_it(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    measure = scored(goal, regenboog, anna)
    page = browser(anna).get(at(regenboog, goal, f"waaraan/{measure.pk}/")).content.decode()
    fields = dict(re.findall(r'<input type="text" name="(\w+)" value="([^"]*)"', page))
    assert (fields["threshold"], fields["target"]) == ("5,5", "80")


def test_a_picture_of_subgroups_says_of_which(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    measure = scored(goal, regenboog, anna)
    set_down(measure, regenboog, bram, "baseline", date(2026, 9, 10), results(30, few=10))
    set_down(measure, regenboog, bram, "later", date(2026, 11, 5), results(30, up=1.2, few=10))
    page = browser(anna).get(at(regenboog, goal)).content.decode()
    assert "<h3>Per NT2</h3>" in page


def test_the_picture_and_the_list_say_the_same_percents(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    measuring.set_down(
        goal.measures.get(),
        by=regenboog.member(bram),
        role=Measurement.Role.LATER,
        on=date(2026, 11, 9),
        value=52.4,
    )
    page = browser(anna).get(at(regenboog, goal)).content.decode()
    assert "52,4" not in page
    assert "nu 52\N{NO-BREAK SPACE}%" in page
