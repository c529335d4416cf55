"""What a community stands for: versions that everyone can stand behind."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from leerkring import clock
from leerkring.communities.models import Notice, Record
from leerkring.goals.models import Endorsement, Statement
from leerkring.network.models import Leadership
from leerkring.people.models import User
from leerkring.ui.refusal import Refused
from tests.cast import NOW, Browser, Side

FIRST, SECOND = "Ieder kind telt.", "Ieder kind telt mee."
VISION = Statement.Kind.VISION


def at(side: Side, act: str = "") -> str:
    return f"/plg/{side.community.pk}/samen/visie/{act}"


def test_a_vision_is_everyones_when_all_stand_behind_it(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    browser(anna).post(at(regenboog, "schrijven/"), {"text": FIRST, "seen": 0})
    vision = Statement.objects.get()
    assert (vision.number, vision.waiting(), vision.endorsed_at) == (1, 2, None)
    assert set(Notice.objects.filter(kind="statement.written").values_list("user", flat=True)) == {
        fatima.pk,
        bram.pk,
    }
    for user in (fatima, bram):
        browser(user).post(f"/plg/{regenboog.community.pk}/versie/{vision.pk}/achter/")
    vision.refresh_from_db()
    assert vision.endorsed_at == NOW
    assert Record.objects.get(kind="vision.reviewed").data == {"about": vision.pk}
    assert "stonden jullie hier allemaal achter" in browser(anna).get(at(regenboog)).content.decode()
    vision.take_back(by=regenboog.member(bram))
    assert "Nog 1 collega zei nog niet ja." in browser(anna).get(at(regenboog)).content.decode()


def test_a_new_version_shows_what_changed_and_is_asked_anew(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    first = Statement.write(by=regenboog.member(anna), kind=VISION, text=FIRST, seen=0)
    second = Statement.write(by=regenboog.member(fatima), kind=VISION, text=SECOND, seen=1)
    page = browser(anna).get(f"/plg/{regenboog.community.pk}/versie/{second.pk}/").content.decode()
    assert "<ins> mee</ins>" in page
    assert [e.member for e in second.endorsements.all()] == [regenboog.member(fatima)]
    with pytest.raises(Refused):
        first.endorse(by=regenboog.member(anna))


def test_who_was_overtaken_keeps_the_text(browser: Browser, anna: User, bram: User, regenboog: Side) -> None:
    Statement.write(by=regenboog.member(bram), kind=VISION, text=FIRST, seen=0)
    page = browser(anna).post(at(regenboog, "schrijven/"), {"text": "Wij lezen.", "seen": 0}).content.decode()
    assert FIRST in page
    assert "Wij lezen." in page
    assert Statement.objects.count() == 1
    browser(anna).post(at(regenboog, "schrijven/"), {"text": "Wij lezen.", "seen": 1})
    assert Statement.objects.standing(regenboog.community)["vision"].text == "Wij lezen."


def test_who_takes_it_back_does_not_stand_behind_it(anna: User, regenboog: Side) -> None:
    vision = Statement.write(by=regenboog.member(anna), kind=VISION, text=FIRST, seen=0)
    vision.take_back(by=regenboog.member(anna))
    assert not Endorsement.objects.exists()


def test_after_a_year_it_is_read_again(browser: Browser, anna: User, regenboog: Side) -> None:
    vision = Statement.write(by=regenboog.member(anna), kind=VISION, text=FIRST, seen=0)
    assert vision.due == date(2027, 11, 10)
    assert "Een jaar later" not in browser(anna).get(at(regenboog)).content.decode()
    with clock.at(NOW + timedelta(days=365)):
        assert "Een jaar later: klopt dit nog?" in browser(anna).get(at(regenboog)).content.decode()


def test_the_number_that_waits_is_never_told_to_who_leads(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    Statement.write(by=regenboog.member(anna), kind=VISION, text=FIRST, seen=0)
    assert "Nog 2 collega" in browser(anna).get(at(regenboog)).content.decode()
    Leadership.objects.create(
        school=regenboog.school, user=fatima, since=date(2026, 8, 1), function="appraiser"
    )
    assert "Nog 2 collega" not in browser(fatima).get(at(regenboog)).content.decode()


def test_a_guest_reads_it_and_is_not_asked(browser: Browser, gert: User, anna: User, regenboog: Side) -> None:
    vision = Statement.write(by=regenboog.member(anna), kind=VISION, text=FIRST, seen=0)
    page = browser(gert).get(at(regenboog)).content.decode()
    assert FIRST in page
    assert "Ik sta hierachter" not in page
    achter = f"/plg/{regenboog.community.pk}/versie/{vision.pk}/achter/"
    assert browser(gert).post(achter).status_code == 404


def test_where_the_notice_leads_one_can_say_so(
    browser: Browser, anna: User, bram: User, regenboog: Side
) -> None:
    first = Statement.write(by=regenboog.member(anna), kind=VISION, text=FIRST, seen=0)
    address = f"/plg/{regenboog.community.pk}/versie/{first.pk}/"
    assert Notice.objects.filter(user=bram, thing_kind="statement", thing_id=first.pk).exists()
    assert f'action="{address}achter/"' in browser(bram).get(address).content.decode()
    Statement.write(by=regenboog.member(anna), kind=VISION, text=SECOND, seen=1)
    assert f'action="{address}achter/"' not in browser(bram).get(address).content.decode()
