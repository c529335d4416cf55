"""What the mirror reads of insights: how many are explained, limited by a colleague, used by another."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leerkring.effectiveness import kept
from leerkring.effectiveness.tests.test_mirror import fact
from leerkring.insights.models import Insight, Limit, Worked
from leerkring.insights.tests.test_insight import an_insight
from leerkring.people.models import User
from tests.cast import NOW, Side


def k_of_n(side: Side, key: str) -> tuple[int | None, int]:
    row = fact(side, key)
    return row.successes, row.n


def use(insight: Insight, side: Side, user: User) -> None:
    member = side.member(user)
    trying = insight.try_out(by=member, on=NOW.date())
    insight.tell(by=member, trying=trying, worked=Worked.NO)


def test_what_and_why_were_said(regenboog: Side, anna: User, bram: User) -> None:
    an_insight(regenboog, anna)
    an_insight(regenboog, bram, why="")
    assert k_of_n(regenboog, "insights_explained") == (1, 2)
    assert fact(regenboog, "insights").successes == 2


def test_a_colleague_wrote_when_it_does_not_work(regenboog: Side, anna: User, bram: User) -> None:
    made = an_insight(regenboog, anna)
    an_insight(regenboog, bram)
    assert k_of_n(regenboog, "insights_limited") == (0, 2)
    made.limit(by=regenboog.member(bram), text="het druk is")
    assert k_of_n(regenboog, "insights_limited") == (1, 2)


def test_it_is_used_once_it_was_tried_by_another_and_not_before(
    regenboog: Side, anna: User, bram: User
) -> None:
    made = an_insight(regenboog, anna)
    an_insight(regenboog, bram)
    made.try_out(by=regenboog.member(bram), on=NOW.date())
    made.revise(by=regenboog.member(anna), seen=0, parts={"why": "anders"})  # not by another
    assert k_of_n(regenboog, "insights_used") == (0, 2)
    use(made, regenboog, bram)
    assert k_of_n(regenboog, "insights_used") == (1, 2)


Away = Callable[[Insight, Limit, Side, User, User], None]
GONE: dict[str, Away] = {
    "the limit": lambda made, limit, side, anna, bram: limit.withdraw(by=side.member(bram)),
    "the insight": lambda made, limit, side, anna, bram: made.withdraw(by=side.member(anna)),
}


@pytest.mark.parametrize("what", GONE)
def test_what_is_taken_back_follows_on_nothing_and_comes_back(
    regenboog: Side, anna: User, bram: User, what: str
) -> None:
    made = an_insight(regenboog, anna)
    an_insight(regenboog, bram)
    limit = made.limit(by=regenboog.member(bram), text="het druk is")
    use(made, regenboog, bram)
    GONE[what](made, limit, regenboog, anna, bram)
    whole = what == "the limit"
    for _warm_and_anew in range(2):
        assert k_of_n(regenboog, "insights_limited") == (0, 2 if whole else 1)
        assert k_of_n(regenboog, "insights_used") == ((1, 2) if whole else (0, 1))
        assert k_of_n(regenboog, "insights_explained") == (2, 2)  # it was said
        kept.forget_all()
    if whole:
        limit.restore(by=regenboog.member(bram))
    else:
        made.restore(by=regenboog.member(anna))
    assert k_of_n(regenboog, "insights_limited") == (1, 2)
    assert k_of_n(regenboog, "insights_used") == (1, 2)
