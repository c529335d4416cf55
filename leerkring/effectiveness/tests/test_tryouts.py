"""What the mirror reads of try-outs: concluded with evidence and a decision, repeated by another, failures too."""

from __future__ import annotations

from leerkring.effectiveness import kept
from leerkring.effectiveness.tests.test_insights import k_of_n
from leerkring.effectiveness.tests.test_mirror import fact
from leerkring.goals.happenings import Decision
from leerkring.insights.models import Worked
from leerkring.people.models import User
from leerkring.practice.models import Tryout
from leerkring.practice.tests.test_tryouts import as_thing, begun, concluded
from tests.cast import Side


def ended(side: Side, user: User, number: int, *, evidence: str = "Gezien.") -> Tryout:
    return concluded(side, user, idea=f"Probeersel {number}", evidence=evidence)


def test_what_is_tried_is_experimenting_before_it_is_told(regenboog: Side, anna: User) -> None:
    begun(regenboog, anna)
    assert fact(regenboog, "experimenting").value == 1


def test_with_evidence_and_a_decision_it_is_decided(regenboog: Side, anna: User, bram: User) -> None:
    ended(regenboog, anna, 1)
    ended(regenboog, bram, 2, evidence="")
    assert k_of_n(regenboog, "tryouts_decided") == (1, 2)


def test_every_decision_is_one(regenboog: Side, anna: User) -> None:
    for number, decision in enumerate(Decision):
        concluded(regenboog, anna, idea=f"Idee {number}", evidence="Gezien.", decision=decision)
    assert k_of_n(regenboog, "tryouts_decided") == (3, 3)


def test_what_did_not_work_and_was_told_counts(regenboog: Side, anna: User) -> None:
    ended(regenboog, anna, 1)
    assert fact(regenboog, "failures_shared").successes == 0
    concluded(regenboog, anna, idea="Dat ging mis", worked=Worked.NO, decision=Decision.STOP)
    assert fact(regenboog, "failures_shared").successes == 1


def test_it_is_repeated_once_another_told_how_it_went(regenboog: Side, anna: User, bram: User) -> None:
    first = ended(regenboog, anna, 1)
    ended(regenboog, bram, 2)
    begun(regenboog, bram, follows=as_thing(bram, first))
    concluded(regenboog, anna, idea="Nog eens", follows=as_thing(anna, first))  # by oneself is no repetition
    assert k_of_n(regenboog, "tryouts_repeated") == (0, 3)
    concluded(regenboog, bram, idea="Ook", follows=as_thing(bram, first))
    assert k_of_n(regenboog, "tryouts_repeated") == (1, 4)


def test_what_is_taken_away_is_no_thing_and_repeats_none_and_comes_back(
    regenboog: Side, anna: User, bram: User
) -> None:
    first = ended(regenboog, anna, 1)
    ended(regenboog, bram, 2)
    again = concluded(regenboog, bram, idea="Ook", follows=as_thing(bram, first))
    assert k_of_n(regenboog, "tryouts_repeated") == (1, 3)
    again.withdraw(by=regenboog.member(bram))
    for _warm_and_anew in range(2):
        assert k_of_n(regenboog, "tryouts_repeated") == (0, 2)
        assert k_of_n(regenboog, "tryouts_decided") == (2, 3)  # it was done
        kept.forget_all()
    again.restore(by=regenboog.member(bram))
    first.withdraw(by=regenboog.member(anna))
    assert k_of_n(regenboog, "tryouts_repeated") == (0, 2)
    first.restore(by=regenboog.member(anna))
    assert k_of_n(regenboog, "tryouts_repeated") == (1, 3)
