"""A school and the calendar it keeps."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from leerkring import clock
from leerkring.network.models import Holiday, Leadership, School, default_holidays
from leerkring.people.models import User
from tests.cast import NOW, Browser, Side

pytestmark = pytest.mark.django_db


def calendar_of(school: School) -> str:
    return f"/scholen/{school.pk}/kalender/"


@pytest.mark.parametrize("region", ["noord", "midden", "zuid"])
def test_a_new_school_begins_with_the_holidays_of_its_region(region: str) -> None:
    school = School.open(name="De Toekomst", sector="po", region=region)
    kept = set(school.holidays.values_list("name", "first_day", "last_day"))
    assert kept == set(default_holidays(region))
    assert len(kept) >= 10


def test_regions_differ_in_summer_and_agree_at_christmas() -> None:
    summer = {
        r: {h for h in default_holidays(r) if h[0] == "zomervakantie"} for r in ("noord", "midden", "zuid")
    }
    christmas = {r: {h for h in default_holidays(r) if h[0] == "kerstvakantie"} for r in summer}
    assert summer["noord"] != summer["midden"] != summer["zuid"]
    assert christmas["noord"] == christmas["midden"] == christmas["zuid"] != set()


@pytest.mark.parametrize("brin", ["1AB", "01ab", "01AB2", "x"])
def test_a_brin_that_is_none_is_refused(brin: str) -> None:
    with pytest.raises(ValidationError):
        School.open(name="De Toekomst", sector="po", region="noord", brin=brin)
    assert not School.objects.filter(name="De Toekomst").exists()


def test_a_changed_calendar_makes_counted_pages_stale() -> None:
    school = School.open(name="De Toekomst", sector="po", region="noord")
    day = school.keep_holiday(name="studiedag", first_day=date(2026, 11, 18), last_day=date(2026, 11, 18))
    school.refresh_from_db()
    assert school.calendar_version == 1
    school.drop_holiday(day)
    school.refresh_from_db()
    assert school.calendar_version == 2


def test_the_leader_adds_a_study_day(browser: Browser, lotte: User, regenboog: Side) -> None:
    sent = {"name": "studiedag", "first_day": "2026-11-18", "last_day": "2026-11-18"}
    with translation.override("nl"):
        answer = browser(lotte).post(calendar_of(regenboog.school), sent, follow=True)
    assert answer.redirect_chain == [(calendar_of(regenboog.school), 302)]
    assert "studiedag staat op de kalender." in answer.content.decode()
    assert regenboog.school.holidays.filter(name="studiedag", first_day=date(2026, 11, 18)).exists()


def test_the_leader_takes_a_holiday_away(browser: Browser, lotte: User, regenboog: Side) -> None:
    first = regenboog.school.holidays.first()
    assert first is not None
    away = f"{calendar_of(regenboog.school)}{first.pk}/weghalen/"
    assert f"{first.name.capitalize()} van de kalender halen?" in browser(lotte).get(away).content.decode()
    assert Holiday.objects.filter(pk=first.pk).exists()
    answer = browser(lotte).post(away, follow=True)
    assert f"{first.name} staat niet meer op de kalender." in answer.content.decode()
    assert not Holiday.objects.filter(pk=first.pk).exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (
            {"name": "studiedag", "first_day": "2026-11-18", "last_day": "2026-11-17"},
            "De laatste dag ligt voor de eerste dag.",
        ),
        ({"name": "nog eens", "first_day": "2026-12-19", "last_day": "2027-01-03"}, "bestaat al"),
        ({"name": "studiedag", "first_day": "18 november", "last_day": "2026-11-18"}, "geldige datum"),
        ({"name": "studiedag", "first_day": "0000-00-00", "last_day": "2026-11-18"}, "geldige datum"),
        ({"name": "ooit", "first_day": "0001-01-01", "last_day": "9999-12-31"}, "Kijk de jaartallen na"),
        ({"name": "ooit", "first_day": "1989-12-31", "last_day": "1990-01-02"}, "Kijk de jaartallen na"),
        ({"name": "ooit", "first_day": "2100-12-31", "last_day": "2101-01-01"}, "Kijk de jaartallen na"),
        ({"name": "lang", "first_day": "2026-01-01", "last_day": "2026-04-11"}, "duurt hooguit 100 dagen"),
        ({"name": "x" * 61, "first_day": "2026-11-18", "last_day": "2026-11-18"}, "60"),
    ],
    ids=[
        "ends before it begins",
        "twice the same",
        "no date",
        "no such date",
        "all time",
        "before 1990",
        "after 2100",
        "101 days",
        "name too long",
    ],
)
def test_an_impossible_holiday_comes_back_with_what_is_wrong(
    browser: Browser, lotte: User, regenboog: Side, sent: dict[str, str], said: str
) -> None:
    before = set(regenboog.school.holidays.values_list("pk", flat=True))
    with translation.override("nl"):
        answer = browser(lotte).post(calendar_of(regenboog.school), sent)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert set(regenboog.school.holidays.values_list("pk", flat=True)) == before


def test_the_longest_holiday_is_a_hundred_days(browser: Browser, lotte: User, regenboog: Side) -> None:
    sent = {"name": "lang", "first_day": "2027-01-01", "last_day": "2027-04-10"}
    assert browser(lotte).post(calendar_of(regenboog.school), sent).status_code == 302


def test_a_leader_keeps_only_the_own_calendar(browser: Browser, lotte: User, baken: Side) -> None:
    sent = {"name": "studiedag", "first_day": "2026-11-18", "last_day": "2026-11-18"}
    assert browser(lotte).post(calendar_of(baken.school), sent).status_code == 404
    assert not baken.school.holidays.filter(name="studiedag").exists()


def test_a_holiday_of_one_school_is_not_reached_through_another(
    browser: Browser, beheer: User, regenboog: Side, baken: Side
) -> None:
    theirs = baken.school.holidays.first()
    assert theirs is not None
    answer = browser(beheer).post(f"{calendar_of(regenboog.school)}{theirs.pk}/weghalen/")
    assert answer.status_code == 404
    assert Holiday.objects.filter(pk=theirs.pk).exists()


def test_who_no_longer_leads_no_longer_keeps_the_calendar(
    browser: Browser, lotte: User, regenboog: Side
) -> None:
    Leadership.objects.filter(user=lotte).update(until=clock.today())
    assert browser(lotte).get(calendar_of(regenboog.school)).status_code == 200
    with clock.at(NOW.replace(day=11)):
        assert browser(lotte).get(calendar_of(regenboog.school)).status_code == 404


def test_the_administrator_adds_a_school(browser: Browser, beheer: User) -> None:
    sent = {"name": "De Toekomst", "place": "Tilburg", "sector": "mbo", "brin": "", "region": "zuid"}
    answer = browser(beheer).post("/scholen/nieuw/", sent)
    school = School.objects.get(name="De Toekomst")
    assert answer.headers["Location"] == calendar_of(school)
    assert school.holidays.count() == len(list(default_holidays("zuid")))


def test_nobody_else_adds_a_school(browser: Browser, lotte: User, fatima: User) -> None:
    sent = {"name": "De Toekomst", "place": "", "sector": "mbo", "brin": "", "region": "zuid"}
    for user in (lotte, fatima):
        assert browser(user).post("/scholen/nieuw/", sent).status_code == 404
    assert not School.objects.filter(name="De Toekomst").exists()
