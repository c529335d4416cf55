"""What goes for good: with a community, with a person, with the pupils; and no backup brings it back."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.apps import apps
from django.db import transaction

from leerkring.communities import erasing
from leerkring.communities.models import Membership
from leerkring.goals import ending, measuring, vanishing
from leerkring.goals.happenings import Decision
from leerkring.goals.models import Goal, Measurement, PupilResults, Statement, Summary
from leerkring.goals.results import Results
from leerkring.goals.tests.test_goal import adopted
from leerkring.goals.tests.test_measuring import results, scored, set_down
from leerkring.jobs import vanished
from leerkring.people.models import User
from tests.cast import Side

#: Public lists, of no community.
KEPT = {"AttainmentTarget"}


def a_measured_goal(side: Side, *people: User) -> Goal:
    goal = adopted(side, *people)
    measure = scored(goal, side, people[0])
    set_down(measure, side, people[0], "later", date(2026, 11, 9), results(12, few=6))
    return Goal.objects.get(pk=goal.pk)


def left() -> set[str]:
    return {
        model.__name__
        for model in apps.get_app_config("goals").get_models()
        if model._default_manager.exists()
    } - KEPT


def test_with_its_community_all_of_it_goes(fatima: User, anna: User, bram: User, regenboog: Side) -> None:
    a_measured_goal(regenboog, anna, fatima, bram)
    Statement.write(by=regenboog.member(anna), kind=Statement.Kind.NORMS, text="We luisteren.", seen=0)
    assert {"Goal", "PupilResults", "Summary", "Statement", "Endorsement", "Yes"} <= left()
    with transaction.atomic():
        vanishing.of_community(regenboog.community)
    assert left() == set()


def test_what_the_group_agreed_stays_when_who_wrote_it_is_erased_with_all_texts(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    said: dict[str, Any] = {
        "by": regenboog.member(anna),
        "role": Measurement.Role.LATER,
        "on": date(2026, 11, 9),
    }
    measuring.set_down(goal.measures.get(), value=50, note="Zij legt het uit.", **said)
    draft = Goal.draft(by=regenboog.member(anna), text="Alleen van mij.")
    erasing.erase(anna, by=anna, texts_too=True)
    assert Goal.objects.filter(pk=goal.pk, text=goal.text).exists()
    assert not Goal.objects.filter(pk=draft.pk).exists()
    assert Measurement.objects.get(role="later").note == ""


def test_without_the_texts_only_what_they_carried_goes(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    goal.revise(by=regenboog.member(anna), seen=goal.revision, parts={}, owners=[regenboog.member(anna)])
    draft = Goal.draft(by=regenboog.member(anna), text="Alleen van mij.")
    erasing.erase(anna, by=anna)
    assert Goal.objects.filter(pk=draft.pk).exists()
    assert not goal.owners.exists()


def test_who_is_erased_was_the_last_that_a_goal_waited_for(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = Goal.draft(by=regenboog.member(anna), text="Leerlingen vouwen.")
    goal.ask(by=regenboog.member(anna))
    goal.agree(by=regenboog.member(fatima))
    erasing.erase(bram, by=bram)
    assert Goal.objects.get(pk=goal.pk).state == Goal.State.ADOPTED


def test_a_restored_backup_does_not_bring_results_of_pupils_back(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = a_measured_goal(regenboog, anna, fatima, bram)
    with transaction.atomic():
        point = transaction.savepoint()
        ending.conclude(goal, by=regenboog.member(anna), decision=Decision.STOP, yielded="Klaar.")
        assert not PupilResults.objects.exists()
        transaction.savepoint_rollback(point)  # the backup
    assert PupilResults.objects.exists()
    vanished.kinds["pupil_results"](str(goal.pk))
    assert not PupilResults.objects.exists()
    assert Goal.objects.get(pk=goal.pk).salt == ""
    assert Summary.objects.filter(dimension="").exists()
    vanished.kinds["pupil_results"](str(goal.pk))


def test_nor_a_measurement_that_was_taken_away(fatima: User, anna: User, bram: User, regenboog: Side) -> None:
    a_measured_goal(regenboog, anna, fatima, bram)
    kept = PupilResults.objects.get().measurement_id
    vanished.kinds["measurement"](str(kept))
    assert not Measurement.objects.filter(pk=kept).exists()
    assert Membership.objects.filter(user=anna).exists()


def test_a_baseline_that_went_after_the_backup_leaves_no_growth_behind(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    measure = scored(goal, regenboog, anna)
    found = results(30)
    begun = set_down(measure, regenboog, anna, "baseline", date(2026, 9, 8), found)
    others = Results(tuple(f"X{code}" for code in found.codes), found.values, found.groups)
    later = set_down(measure, regenboog, anna, "later", date(2026, 11, 9), others)
    assert later.summaries.get(dimension="").change == 0
    vanished.kinds["measurement"](str(begun.pk))
    assert later.summaries.get(dimension="").change is None
