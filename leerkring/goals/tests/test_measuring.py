"""How a goal is seen, and what was found: said, or from results of pupils by code."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leerkring.communities.models import Record
from leerkring.goals import ending, measuring
from leerkring.goals.figures import groups_over_time
from leerkring.goals.happenings import Decision
from leerkring.goals.models import Change, Goal, Measure, Measurement, PupilResults, Summary, Yes
from leerkring.goals.results import Results
from leerkring.goals.tests.test_goal import a_goal, adopted, at
from leerkring.goals.weighing import weigh
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
    stays = Summary.objects.exclude(dimension="")
    assert [s.n > 0 for s in Summary.objects.filter(dimension="")] == [True, True]
    assert {(s.n, s.mean, s.at_target, s.change, s.effect, s.is_shown) for s in stays} == {
        (0, 0, None, None, None, False)
    }
    assert Vanished.objects.get().kind == "pupil_results"


def test_a_group_that_was_too_small_once_stays_out_of_the_picture_after_the_end(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    measure = scored(goal, regenboog, anna)

    def divided(count: int, few: int) -> Results:
        found = results(count)
        groups = tuple("abc"[min(n // 6, 2)] if n < count - few else "d" for n in range(count))
        return Results(found.codes, found.values, {"groep": groups})

    set_down(measure, regenboog, anna, "baseline", date(2026, 9, 8), divided(30, 3))
    set_down(measure, regenboog, bram, "later", date(2026, 11, 9), divided(30, 8))
    shown = groups_over_time(Measure.objects.get(pk=measure.pk))
    ending.drop(Goal.objects.get(pk=goal.pk), by=regenboog.member(anna), because="Genoeg.")
    assert "d" not in shown.get("groep", {})
    assert groups_over_time(Measure.objects.get(pk=measure.pk)) == shown


def test_once_results_are_gone_they_cannot_be_counted_by_another_score(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    measure = scored(goal, regenboog, anna)
    set_down(measure, regenboog, anna, "baseline", date(2026, 9, 8), results(30))
    member = regenboog.member(anna)
    ending.drop(Goal.objects.get(pk=goal.pk), by=member, because="Te druk.")
    ending.take_up(Goal.objects.get(pk=goal.pk), by=member)
    taken_up = Measure.objects.get(pk=measure.pk)
    with pytest.raises(Refused):
        measuring.name_measure(taken_up.goal, by=member, measure=taken_up, fields={"threshold": 3.0})
    measuring.name_measure(taken_up.goal, by=member, measure=taken_up, fields={"target": 70.0})
    assert Measure.objects.get(pk=measure.pk).target == 70


# Two at once


def _overtaken(
    browser: Browser, side: Side, user: User, *, by: User, target: float
) -> tuple[Measure, str, dict[str, str]]:
    """`user` has the form of a measure open, of which `by` then changes the target: the measure, where the form is,
    and what `user` is about to send."""
    goal = a_goal(side, user)
    measure = goal.measures.get()
    address = at(side, goal, f"waaraan/{measure.pk}/")
    seen = _hidden(browser(user).get(address).content.decode())
    measuring.name_measure(goal, by=side.member(by), measure=measure, fields={"target": target})
    return measure, address, {"name": "dictee", "kind": "share", "target": "90", "seen": seen}


def test_who_was_overtaken_reads_what_a_colleague_made_of_a_measure(
    browser: Browser, anna: User, bram: User, regenboog: Side
) -> None:
    measure, address, sent = _overtaken(browser, regenboog, anna, by=bram, target=70.0)
    page = browser(anna).post(address, sent).content.decode()
    assert "Nu staat er: exit-ticket → 70" in page
    assert 'value="dictee"' in page
    assert Measure.objects.get(pk=measure.pk).target == 70
    assert browser(anna).post(address, {**sent, "seen": _hidden(page)}).status_code == 302
    assert Measure.objects.get(pk=measure.pk).target == 90


def test_a_mistake_in_the_form_does_not_make_one_overwrite_a_colleague(
    browser: Browser, anna: User, bram: User, regenboog: Side
) -> None:
    measure, address, sent = _overtaken(browser, regenboog, anna, by=bram, target=60.0)
    page = browser(anna).post(address, {**sent, "target": "150"}).content.decode()
    assert browser(anna).post(address, {**sent, "target": "85", "seen": _hidden(page)}).status_code == 200
    assert Measure.objects.get(pk=measure.pk).target == 60


def test_a_begin_that_a_colleague_was_before_with_is_said(
    browser: Browser, anna: User, bram: User, regenboog: Side
) -> None:
    goal = a_goal(regenboog, anna, whole=False)
    fields = {"name": "toets", "kind": "share", "target": 80.0}
    measure = measuring.name_measure(goal, by=regenboog.member(anna), fields=fields)
    address = at(regenboog, goal, f"waaraan/{measure.pk}/")
    seen = _hidden(browser(anna).get(address).content.decode())
    day = date(2026, 11, 9)
    measuring.set_down(measure, by=regenboog.member(bram), role=Measurement.Role.BASELINE, on=day, value=40.0)
    sent = {"name": "toets", "kind": "share", "target": "80", "baseline": "55", "seen": seen}
    assert "Een collega veranderde dit intussen." in browser(anna).post(address, sent).content.decode()


def test_two_files_at_once_are_hashed_with_one_salt(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    measure = scored(goal, regenboog, anna)
    mine, theirs = (Measure.objects.select_related("goal__community").get(pk=measure.pk) for _ in range(2))
    for open_, user, role, up in ((mine, anna, "baseline", 0.0), (theirs, bram, "later", 1.0)):
        measuring.set_down(
            open_,
            by=regenboog.member(user),
            role=Measurement.Role(role),
            on=date(2026, 11, 9),
            results=results(30, up=up),
        )
    assert Summary.objects.get(measurement__role="later", dimension="").pairs == 30


def _hidden(page: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found
    return found[1]


@pytest.mark.parametrize("act", ["change", "set down", "drop"])
def test_what_a_colleague_took_away_is_not_put_back_by_who_still_had_it_open(
    act: str, anna: User, bram: User, regenboog: Side
) -> None:
    goal = a_goal(regenboog, anna)
    mine = goal.measures.get()
    measuring.drop_measure(goal.measures.get(), by=regenboog.member(bram))
    member = regenboog.member(anna)
    day = date(2026, 11, 9)
    acts: dict[str, Callable[[], object]] = {
        "change": lambda: measuring.name_measure(goal, by=member, measure=mine, fields={"target": 70.0}),
        "drop": lambda: measuring.drop_measure(mine, by=member),
        "set down": lambda: measuring.set_down(
            mine, by=member, role=Measurement.Role.LATER, on=day, value=1.0
        ),
    }
    with pytest.raises(Refused):
        acts[act]()
    assert not Measure.objects.exists()


def test_taken_away_twice_is_noted_once(fatima: User, anna: User, bram: User, regenboog: Side) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    first, again = (goal.measures.get().baseline for _ in range(2))
    assert first
    assert again
    measuring.take_away(first, by=regenboog.member(anna))
    measuring.take_away(again, by=regenboog.member(bram))
    assert Change.objects.filter(part="measurement").count() == 1


@pytest.mark.parametrize(("role", "day"), [("later", date(2026, 9, 7)), ("baseline", date(2026, 11, 10))])
def test_the_begin_comes_first(
    role: str, day: date, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    member = regenboog.member(anna)
    later = Measurement.Role.LATER
    measuring.set_down(goal.measures.get(), by=member, role=later, on=date(2026, 11, 9), value=50.0)
    with pytest.raises(Refused):
        measuring.set_down(goal.measures.get(), by=member, role=Measurement.Role(role), on=day, value=40.0)


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


def test_a_baseline_that_was_a_mistake_leaves_no_growth_behind(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    measure = scored(goal, regenboog, anna)
    begun = set_down(measure, regenboog, anna, "baseline", date(2026, 9, 8), results(30))
    found = results(30, up=1.0)
    others = Results(tuple(f"X{code}" for code in found.codes), found.values, found.groups)
    later = set_down(measure, regenboog, bram, "later", date(2026, 11, 9), others)
    assert later.summaries.get(dimension="").change is not None
    measuring.take_away(
        Measurement.objects.select_related("measure__goal__community").get(pk=begun.pk),
        by=regenboog.member(anna),
    )
    assert later.summaries.get(dimension="").change is None


def test_results_of_pupils_do_not_go_unasked_for_another_baseline(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    measure = scored(goal, regenboog, anna)
    kept = set_down(measure, regenboog, anna, "baseline", date(2026, 9, 8), results(30))
    sent = {"role": "baseline", "on": "2026-11-09", "value": "40"}
    answer = browser(bram).post(at(regenboog, goal, f"waaraan/{measure.pk}/uitkomst/"), sent)
    assert "Haal dat eerst weg" in answer.content.decode()
    assert Measurement.objects.filter(pk=kept.pk).exists()


def test_another_number_for_the_begin_shows_what_it_was(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    measuring.set_down(
        goal.measures.get(),
        by=regenboog.member(bram),
        role=Measurement.Role.BASELINE,
        on=date(2026, 9, 10),
        value=40,
    )
    change = Change.objects.get(part="baseline")
    assert (change.before, change.after) == (
        "35% (8 september 2026)",
        "40% (10 september 2026)",
    )


def test_another_score_that_counts_is_seen_and_asked_anew(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = a_goal(regenboog, anna)
    measure = scored(goal, regenboog, anna)
    goal.ask(by=regenboog.member(anna))
    measuring.name_measure(goal, by=regenboog.member(fatima), measure=measure, fields={"threshold": 4.0})
    assert [yes.member for yes in Yes.objects.all()] == [regenboog.member(fatima)]
    for user in (anna, fatima, bram):
        goal.agree(by=regenboog.member(user))
    measuring.name_measure(goal, by=regenboog.member(anna), measure=measure, fields={"threshold": 3.5})
    change = Change.objects.latest("pk")
    assert "vanaf 4 " in change.before
    assert "vanaf 3,5 " in change.after


@pytest.mark.parametrize(
    "fields", [{"threshold": None}, {"kind": "share", "threshold": None}, {"kind": "share"}]
)
def test_a_mean_is_never_called_a_share(
    fatima: User, anna: User, bram: User, regenboog: Side, fields: dict[str, object]
) -> None:
    """Of a file without a score that counts, and of a number that somebody said."""
    goal = adopted(regenboog, anna, fatima, bram)
    measure = scored(goal, regenboog, anna)
    if fields == {"kind": "share"}:
        measuring.name_measure(goal, by=regenboog.member(anna), measure=measure, fields={"kind": "mean"})
        said = {"by": regenboog.member(anna), "role": Measurement.Role.BASELINE, "on": date(2026, 9, 8)}
        measuring.set_down(measure, value=6.4, **said)  # type: ignore[arg-type]
    else:
        set_down(measure, regenboog, anna, "baseline", date(2026, 9, 8), results(30))
    before = Measurement.objects.get(measure=measure).value
    with pytest.raises(Refused):
        measuring.name_measure(goal, by=regenboog.member(anna), measure=measure, fields=fields)
    assert Measurement.objects.get(measure=measure).value == before


def test_of_results_in_a_file_a_share_can_become_a_mean(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    measure = scored(goal, regenboog, anna)
    found = set_down(measure, regenboog, anna, "baseline", date(2026, 9, 8), results(30))
    measuring.name_measure(goal, by=regenboog.member(anna), measure=measure, fields={"kind": "mean"})
    whole = Summary.objects.get(dimension="")
    assert Measurement.objects.get(pk=found.pk).value == pytest.approx(whole.mean)


@pytest.mark.parametrize(("share", "is_reached"), [(40, False), (90, True)])
def test_of_pupils_who_make_few_mistakes_there_are_better_more(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side, share: int, is_reached: bool
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    fields = {"threshold": 3.0, "lower_is_better": True}
    measure = measuring.name_measure(
        goal, by=regenboog.member(anna), measure=goal.measures.get(), fields=fields
    )
    said = {"by": regenboog.member(anna), "role": Measurement.Role.LATER, "on": date(2026, 11, 9)}
    measuring.set_down(measure, value=share, **said)  # type: ignore[arg-type]
    assert Measure.objects.get(pk=measure.pk).is_reached is is_reached
    page = browser(anna).get(at(regenboog, goal)).content.decode()
    assert "Doel: 80%" in page
    assert ("Het doel is bereikt" in page) is is_reached


def test_groups_are_followed_however_another_file_spells_them(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    measure = scored(goal, regenboog, anna)
    set_down(measure, regenboog, anna, "baseline", date(2026, 9, 8), results(30, few=10))
    found = results(30, up=1.0, few=10)
    said = tuple(group.capitalize() for group in found.groups["NT2"])
    other = Results(found.codes, found.values, {"nt2": said})
    later = set_down(measure, regenboog, bram, "later", date(2026, 11, 9), other)
    assert {(s.dimension, s.group) for s in later.summaries.all()} == {
        ("", ""),
        ("NT2", "ja"),
        ("NT2", "nee"),
    }


def test_who_came_from_another_group_does_not_count_in_the_change() -> None:
    """Else who knows that group's mean finds what one newcomer scored."""
    codes = tuple(f"L{number:02}" for number in range(40))
    values = tuple(float(number % 9) for number in range(40))
    was = tuple("a" if number < 20 else "b" for number in range(40))
    now = tuple("a" if number < 26 else "b" for number in range(40))
    before = Results(codes, values, {"klas": was})
    after = Results(codes, tuple(value + number % 3 for number, value in enumerate(values)), {"klas": now})
    pairs = {one.group: one.pairs for one in weigh(after, before=before) if one.group}
    assert pairs == {"a": 20, "b": 14}


@pytest.mark.parametrize("value", ["1e308", "-1e12", "99999999999"])
def test_a_number_that_nobody_scores_comes_back(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side, value: str
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    for name in ("target", "threshold", "baseline"):
        sent = {"name": "toets", "kind": "mean", name: value}
        assert browser(anna).post(at(regenboog, goal, "waaraan/"), sent).status_code == 200
    assert goal.measures.count() == 1


def test_a_begin_that_is_yet_to_come_comes_back(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    sent = {"name": "toets", "kind": "mean", "baseline": "5e-324", "baseline_on": "2027-01-01"}
    page = browser(anna).post(at(regenboog, goal, "waaraan/"), sent).content.decode()
    assert "Die dag moet nog komen" in page
    browser(anna).post(at(regenboog, goal, "waaraan/"), {**sent, "baseline_on": "2026-11-09"})
    assert Measurement.objects.get(measure__name="toets").value == 0
    assert browser(anna).get(at(regenboog, goal)).status_code == 200


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


def test_a_line_keeps_its_number_when_it_is_read_again(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    measure = scored(goal, regenboog, anna)
    address = at(regenboog, goal, f"waaraan/{measure.pk}/bestand/")
    rows = FILE.splitlines()
    pasted = "\n".join([*rows[:5], "", "", *rows[5:], "L90;veel;2a"])
    sent = {"role": "baseline", "on": "2026-11-09", "pasted": pasted}
    page = browser(anna).post(address, sent).content.decode()
    assert "niet meegeteld: regel 28." in page
    carried = re.search(r'<textarea name="pasted" hidden>\n?(.*?)</textarea>', page, re.S)
    assert carried
    again = {**sent, "pasted": html.unescape(carried[1]), "code": "code", "value": "score"}
    assert "niet meegeteld: regel 28." in browser(anna).post(address, again).content.decode()


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
    assert "Met minder dan vijf zegt een uitkomst" in page
    assert "4 leerlingen met een uitkomst" in page
    assert not Measurement.objects.filter(measure=measure).exists()


@pytest.mark.parametrize(("count", "threshold", "leads"), [(4, 5.5, False), (9, None, True)])
def test_a_preview_says_why_it_could_not_be_kept_before_anybody_tries(
    count: int, threshold: float | None, leads: bool, browser: Browser, anna: User, regenboog: Side
) -> None:
    goal = a_goal(regenboog, anna)
    measure = scored(goal, regenboog, anna)
    Measure.objects.filter(pk=measure.pk).update(threshold=threshold)
    pasted = "".join(FILE.splitlines(keepends=True)[: count + 1])
    sent = {"role": "later", "on": "2026-11-09", "pasted": pasted}
    address = at(regenboog, goal, f"waaraan/{measure.pk}/bestand/")
    page = browser(anna).post(address, sent).content.decode()
    assert 'class="problems"' in page
    assert "Bewaar deze uitkomsten" not in page
    assert ("Verander wat jullie tellen" in page) is leads


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


# One goal, several ways to see it


def test_a_goal_can_be_seen_in_several_ways_and_the_page_asks_no_more_for_them(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    reader = browser(anna)
    page = reader.get(at(regenboog, goal)).content.decode()
    assert f'href="{at(regenboog, goal, "waaraan/")}"' in page
    for _each in range(4):
        measure = scored(Goal.objects.get(pk=goal.pk), regenboog, anna)
        set_down(measure, regenboog, anna, "baseline", date(2026, 9, 8), results(30, few=10))
        set_down(measure, regenboog, bram, "later", date(2026, 11, 9), results(30, up=1.0, few=10))
    with CaptureQueriesContext(connection) as asked:
        reader.get(at(regenboog, goal))
    assert len(asked) <= 15


def test_the_gap_that_is_next_leads_to_where_it_is_closed(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    """Where pupils are now, by what was named already; and first a measurement, then what it says."""
    goal = Goal.draft(by=regenboog.member(anna), text="Leerlingen vouwen.")
    measure = scored(goal, regenboog, anna)
    goal.ask(by=regenboog.member(anna))
    for user in (fatima, bram):
        goal.agree(by=regenboog.member(user))
    parts = {"until": date(2026, 11, 1)}
    goal.revise(by=regenboog.member(anna), seen=Goal.objects.get(pk=goal.pk).revision, parts=parts)
    value = f'href="{at(regenboog, goal, f"waaraan/{measure.pk}/uitkomst/")}">'
    assert f"{value}nog te meten" in browser(anna).get(at(regenboog, goal)).content.decode()
    set_down(measure, regenboog, anna, "baseline", date(2026, 9, 8), results(30))
    assert f"{value}kijk waar ze nu staan" in browser(anna).get(at(regenboog, goal)).content.decode()
    set_down(measure, regenboog, anna, "later", date(2026, 11, 9), results(30))
    assert "nu te trekken" in browser(anna).get(at(regenboog, goal)).content.decode()


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
    assert "nu 52%" in page
