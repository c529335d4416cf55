"""Who leads a school does not read along of their own accord: all are asked first (test_admission.py)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leerkring import clock
from leerkring.communities.happenings import Role
from leerkring.network.models import Leadership
from leerkring.people.models import User
from leerkring.ui.refusal import Refused
from tests.cast import GERT_UNTIL, NOW, Browser, Side


@pytest.mark.parametrize("role", list(Role))
def test_a_leader_does_not_come_in_at_the_own_school(
    regenboog: Side, lotte: User, role: Role, browser: Browser
) -> None:
    with pytest.raises(Refused):
        regenboog.community.join(lotte, role=role, until=GERT_UNTIL)
    assert browser(lotte).get(f"/plg/{regenboog.community.pk}/").status_code == 404


def test_nor_does_who_keeps_the_accounts(regenboog: Side, baken: Side, beheer: User) -> None:
    for side in (regenboog, baken):
        with pytest.raises(Refused):
            side.community.join(beheer, role=Role.FACILITATOR)


def test_who_leads_the_school_by_now_gets_no_other_role(regenboog: Side, gert: User) -> None:
    Leadership.objects.create(school=regenboog.school, user=gert, since=NOW.date())
    with pytest.raises(Refused):
        regenboog.member(gert).become(Role.MEMBER)
    assert not regenboog.member(gert).may_see_mirror


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
