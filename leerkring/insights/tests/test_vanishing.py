"""What goes for good: a month after it was taken away, with a community, with a person; no backup brings it back."""

from __future__ import annotations

from datetime import timedelta

from django.apps import apps
from django.db import transaction

from leerkring import clock
from leerkring.communities import erasing, thread
from leerkring.communities.models import Link, Notice
from leerkring.goals.models import Goal
from leerkring.insights import jobs, vanishing
from leerkring.insights.models import Insight, Limit, Revision, Trying, Worked
from leerkring.insights.tests.test_insight import an_insight
from leerkring.jobs import vanished
from leerkring.jobs.models import Job
from leerkring.jobs.run import Run
from leerkring.people.erasure import TAKEN_AWAY
from leerkring.people.models import User
from tests.cast import NOW, Side


def a_used_one(side: Side, author: User, colleague: User) -> Insight:
    """Limited, tried, said better, and at a goal."""
    by, other = side.member(author), side.member(colleague)
    made = an_insight(side, author, goal=Goal.draft(by=by, text="Kinderen vouwen."), of=other)
    made.limit(by=other, text="het druk is")
    trying = made.try_out(by=other, on=NOW.date())
    made.tell(by=other, trying=trying, worked=Worked.YES, text="Top.")
    made.try_out(by=other, on=NOW.date())
    made.revise(by=by, seen=0, parts={"why": "anders"})
    return Insight.objects.get(pk=made.pk)


def left() -> set[str]:
    models = apps.get_app_config("insights").get_models(include_auto_created=True)
    return {model.__name__ for model in models if model._default_manager.exists()}


def a_month_later() -> None:
    with clock.at(NOW + timedelta(days=31)):
        jobs.vanish(Run(Job(kind="insights.vanish")))


def test_with_its_community_all_of_it_goes(anna: User, bram: User, regenboog: Side) -> None:
    a_used_one(regenboog, anna, bram)
    assert left() == {"Insight", "Limit", "Trying", "Revision"}
    with transaction.atomic():
        vanishing.of_community(regenboog.community)
    assert left() == set()
    assert not Link.objects.filter(from_kind="insight").exists()
    assert not Notice.objects.filter(thing_kind="insight").exists()


def test_a_month_after_it_was_taken_away_it_goes_with_what_colleagues_wrote(
    anna: User, bram: User, regenboog: Side
) -> None:
    made = a_used_one(regenboog, anna, bram)
    stays = an_insight(regenboog, bram)
    back = an_insight(regenboog, anna, what="weer terug")
    for each in (made, back):
        each.withdraw(by=regenboog.member(anna))
    back.restore(by=regenboog.member(anna))
    a_month_later()
    assert set(Insight.objects.all()) == {stays, back}
    assert left() == {"Insight"}


def test_a_limit_that_was_taken_away_goes_too(anna: User, bram: User, regenboog: Side) -> None:
    made = an_insight(regenboog, anna)
    stays = made.limit(by=regenboog.member(bram), text="het druk is")
    made.limit(by=regenboog.member(bram), text="per ongeluk").withdraw(by=regenboog.member(bram))
    a_month_later()
    assert list(Limit.objects.all()) == [stays]


def test_no_restored_backup_brings_it_back(anna: User, bram: User, regenboog: Side) -> None:
    made = a_used_one(regenboog, anna, bram)
    limit = made.limits.get()
    for _twice in range(2):
        vanished.kinds["insight_limit"](str(limit.pk))
    assert not Limit.objects.exists()
    for _twice in range(2):
        vanished.kinds["insight"](str(made.pk))
    assert not Insight.objects.exists()


def test_who_is_erased_takes_along_what_was_only_promised(anna: User, bram: User, regenboog: Side) -> None:
    made = a_used_one(regenboog, anna, bram)
    erasing.erase(bram, by=bram)
    assert Insight.objects.get(pk=made.pk).of is None
    assert list(Trying.objects.values_list("worked", "text")) == [("yes", "Top.")]
    assert Limit.objects.get().text == "het druk is"


def test_with_the_texts_what_colleagues_wrote_stays(anna: User, bram: User, regenboog: Side) -> None:
    made = a_used_one(regenboog, anna, bram)
    alone = an_insight(regenboog, anna, what="van mij alleen")
    alone.try_out(by=regenboog.member(bram), on=NOW.date())
    erasing.erase(anna, by=anna, texts_too=True)
    assert not Insight.objects.filter(pk=alone.pk).exists()
    made.refresh_from_db()
    assert (made.what, made.why, made.title) == (TAKEN_AWAY, "", TAKEN_AWAY)
    assert Limit.objects.get().text == "het druk is"
    assert not Revision.objects.exists()
    found = thread.find(bram, f"insight:{made.pk}")
    assert found is not None
    assert found.title == TAKEN_AWAY


def test_with_the_texts_of_a_colleague_what_they_wrote_goes(anna: User, bram: User, regenboog: Side) -> None:
    made = a_used_one(regenboog, anna, bram)
    erasing.erase(bram, by=bram, texts_too=True)
    assert not Limit.objects.exists()
    assert list(Trying.objects.values_list("worked", "text")) == [("yes", "")]
    made.refresh_from_db()
    assert made.why == "anders"


def test_what_a_goal_gave_stays_when_the_goal_goes(anna: User, regenboog: Side) -> None:
    goal = Goal.draft(by=regenboog.member(anna), text="Kinderen vouwen.")
    made = an_insight(regenboog, anna, goal=goal)
    goal.delete()
    made.refresh_from_db()
    assert made.goal is None
