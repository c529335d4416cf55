"""What lesson visits do to the mirror."""

from __future__ import annotations

from datetime import timedelta

from leerkring import clock
from leerkring.effectiveness.mirror import mirror_of
from leerkring.people.models import User
from leerkring.practice.tests.test_visit import AFTER, held
from tests.cast import Side


def test_the_mirror_moves_when_a_member_watches_and_they_talk(
    anna: User, bram: User, regenboog: Side
) -> None:
    def figures() -> dict[str, tuple[int, int]]:
        with clock.at(AFTER + timedelta(days=1)):
            row = mirror_of(regenboog.community).assessment.criteria["G2d"]
        return {each.key: (each.successes, each.n) for each in row.indicators}

    assert figures()["visits_with_question"] == (0, 0)
    visit = held(regenboog, anna, bram)
    with clock.at(AFTER):
        visit.talk(by=regenboog.member(anna))
    after = figures()
    assert after["visits"][0] == 1
    assert (after["visits_with_question"], after["visits_with_talk"]) == ((1, 1), (1, 1))
    assert after["visitors"] == (0, 0)  # of three members nobody counts who watched
