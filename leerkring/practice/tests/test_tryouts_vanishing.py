"""What goes for good: a month after it was taken away, with a community, with a person; no backup brings it back."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from leerkring import clock
from leerkring.communities import erasing
from leerkring.communities.models import Link, Notice
from leerkring.jobs import vanished
from leerkring.jobs.models import Job
from leerkring.jobs.run import Run
from leerkring.people.erasure import TAKEN_AWAY
from leerkring.people.models import User
from leerkring.practice import tryout_jobs, tryout_vanishing
from leerkring.practice.models import Tryout
from leerkring.practice.tests.test_tryouts import IDEA, as_thing, begun, concluded
from tests.cast import NOW, Side


def repeated(side: Side, first: Tryout, user: User) -> Tryout:
    return concluded(side, user, follows=as_thing(user, first), evidence="Gezien.")


def test_with_its_community_all_of_it_goes(anna: User, bram: User, regenboog: Side) -> None:
    repeated(regenboog, concluded(regenboog, anna), bram)
    with transaction.atomic():
        tryout_vanishing.of_community(regenboog.community)
    assert not Tryout.objects.exists()
    assert not Link.objects.filter(from_kind="tryout").exists()
    assert not Notice.objects.filter(thing_kind="tryout").exists()


def test_a_month_after_it_was_taken_away_it_goes_and_the_others_stay_together(
    anna: User, bram: User, fatima: User, regenboog: Side
) -> None:
    first = concluded(regenboog, anna)
    second, third = (repeated(regenboog, first, user) for user in (bram, fatima))
    back = begun(regenboog, anna, idea="weer terug")
    for each in (first, back):
        each.withdraw(by=regenboog.member(anna))
    back.restore(by=regenboog.member(anna))
    with clock.at(NOW + timedelta(days=31)):
        tryout_jobs.vanish(Run(Job(kind="practice.vanish_tryouts")))
    assert set(Tryout.objects.all()) == {second, third, back}
    assert [Tryout.objects.get(pk=t.pk).first for t in (second, third)] == [None, second]


def test_no_restored_backup_brings_it_back(anna: User, regenboog: Side) -> None:
    made = begun(regenboog, anna)
    for _twice in range(2):
        vanished.kinds["tryout"](str(made.pk))
    assert not Tryout.objects.exists()


def test_who_is_erased_leaves_what_they_tried_without_a_name(anna: User, regenboog: Side) -> None:
    made = concluded(regenboog, anna)
    erasing.erase(anna, by=anna)
    made = Tryout.objects.get()
    assert (str(made.owner), made.idea) == ("een oud-lid", IDEA)


def test_with_the_texts_what_a_colleague_repeated_stays_without_words(
    anna: User, bram: User, regenboog: Side
) -> None:
    first = concluded(regenboog, anna, evidence="Gezien.", adapted="Anders.", where="groep 5")
    theirs = repeated(regenboog, first, bram)
    alone = begun(regenboog, anna, idea="van mij alleen")
    erasing.erase(anna, by=anna, texts_too=True)
    assert not Tryout.objects.filter(pk=alone.pk).exists()
    first.refresh_from_db()
    said = (first.idea, first.expected, first.where, first.adapted, first.evidence, first.reason)
    assert said == (TAKEN_AWAY, "", "", "", "", "")
    theirs.refresh_from_db()
    assert (theirs.first, theirs.evidence) == (first, "Gezien.")
