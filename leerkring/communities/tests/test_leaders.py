"""Who leads a school does not read along: as a member only when all agree, and that cannot be asked here yet."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leerkring import clock
from leerkring.communities.happenings import Role
from leerkring.people.models import User
from leerkring.ui.refusal import Refused
from tests.cast import GERT_UNTIL, NOW, Browser, Side


@pytest.mark.parametrize("role", [Role.MEMBER, Role.FACILITATOR])
def test_a_leader_does_not_become_a_member_of_the_own_school(
    regenboog: Side, lotte: User, role: Role, browser: Browser
) -> None:
    with pytest.raises(Refused):
        regenboog.community.join(lotte, role=role)
    assert browser(lotte).get(f"/plg/{regenboog.community.pk}/").status_code == 404


def test_not_by_way_of_being_a_guest_either(regenboog: Side, lotte: User) -> None:
    regenboog.community.join(lotte, role=Role.GUEST, until=GERT_UNTIL)
    with pytest.raises(Refused):
        regenboog.member(lotte).become(Role.MEMBER)
    assert not regenboog.member(lotte).may_see_mirror


def test_nor_as_a_code_from_a_file(regenboog: Side, lotte: User) -> None:
    coded = regenboog.community.join_codes(1, at=NOW)[0]
    with pytest.raises(Refused):
        coded.accept(lotte)


def test_elsewhere_a_leader_is_a_colleague(baken: Side, lotte: User) -> None:
    assert baken.community.join(lotte).is_current


def test_who_led_once_is_a_colleague_again(regenboog: Side, lotte: User) -> None:
    lotte.leaderships.update(until=NOW.date() - timedelta(days=1))
    with clock.at(NOW):
        assert regenboog.community.join(lotte).is_current
