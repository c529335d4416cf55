"""Er even niet: said by oneself, seen without a reason, counted out of the mirror, and gone when it is over."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from leerkring import clock
from leerkring.communities.models import Record
from leerkring.jobs.worker import Worker
from leerkring.people.models import Away, User
from leerkring.people.models.away import midnight
from leerkring.ui.refusal import Refused
from tests.cast import NOW, Browser, Cast, Side

TODAY = NOW.date()
PAGE = "/mijn/afwezig/"


def in_days(number: int) -> date:
    return TODAY + timedelta(days=number)


def work(at: datetime = NOW) -> None:
    """The work loop looks once at what is due."""
    with clock.at(at):
        worker = Worker()
        while worker.one():
            pass


def told(side: Side) -> list[tuple[str, datetime]]:
    kinds = ["member.away", "member.back"]
    found = Record.objects.filter(community=side.community, kind__in=kinds).order_by("pk")
    return [(record.kind, record.at) for record in found]


def members_page(side: Side) -> str:
    return f"/plg/{side.community.pk}/leden/"


def test_from_its_first_day_colleagues_see_it_and_until_when_only_if_told(
    cast: Cast, regenboog: Side, browser: Browser
) -> None:
    his, hers = browser(cast.bram), browser(cast.anna)
    his.post(PAGE, {"first_day": in_days(1), "last_day": in_days(3)})
    assert "is er even niet" not in hers.get(members_page(regenboog)).content.decode()
    with clock.at(NOW + timedelta(days=1)):
        page = hers.get(members_page(regenboog)).content.decode()
        assert "is er even niet" in page
        assert "tot en met vrijdag 13 november" not in page
    Away.objects.update(shows_last_day=True)
    regenboog.community.touch()
    with clock.at(NOW + timedelta(days=1)):
        page = hers.get(members_page(regenboog)).content.decode()
        assert "is er even niet, tot en met vrijdag 13 november" in page
    with clock.at(NOW + timedelta(days=4)):
        assert "is er even niet" not in hers.get(members_page(regenboog)).content.decode()


def test_the_log_hears_it_when_it_begins_and_when_it_is_over(
    cast: Cast, regenboog: Side, baken: Side
) -> None:
    Away.plan(by=cast.bram, first_day=in_days(1), last_day=in_days(3))
    work()
    assert told(regenboog) == []
    work(NOW + timedelta(days=1))
    assert told(regenboog) == [("member.away", midnight(in_days(1)))]
    work(NOW + timedelta(days=3))
    assert len(told(regenboog)) == 1
    work(NOW + timedelta(days=4))
    assert told(regenboog)[1:] == [("member.back", midnight(in_days(4)))]
    assert not Away.objects.exists()
    work(NOW + timedelta(days=9))
    assert len(told(regenboog)) == 2
    assert told(baken) == []


def test_today_is_told_today_and_a_server_that_was_off_tells_it_afterwards(
    cast: Cast, regenboog: Side
) -> None:
    Away.plan(by=cast.bram, first_day=TODAY, last_day=in_days(2))
    work(NOW + timedelta(minutes=1))
    assert told(regenboog) == [("member.away", NOW)]
    Away.plan(by=cast.anna, first_day=in_days(1), last_day=in_days(2))
    work(NOW + timedelta(days=30))
    back = ("member.back", midnight(in_days(3)))
    assert sorted(told(regenboog)[1:]) == [("member.away", midnight(in_days(1))), back, back]


def test_cancelled_before_it_began_it_never_was(cast: Cast, regenboog: Side, browser: Browser) -> None:
    away = Away.plan(by=cast.bram, first_day=in_days(1))
    browser(cast.bram).post(PAGE + "weg/", {"which": away.pk})
    work(NOW + timedelta(days=400))
    assert told(regenboog) == []


def test_cancelled_halfway_one_is_back_at_once(cast: Cast, regenboog: Side, browser: Browser) -> None:
    away = Away.plan(by=cast.bram, first_day=TODAY)
    work()
    assert cast.bram.is_away()
    browser(cast.bram).post(PAGE + "weg/", {"which": away.pk})
    work()
    assert not cast.bram.is_away()
    assert [kind for kind, _ in told(regenboog)] == ["member.away", "member.back"]
    work(NOW + timedelta(days=400))
    assert len(told(regenboog)) == 2


def test_nobody_says_it_for_another_and_there_is_no_place_for_a_reason(cast: Cast, browser: Browser) -> None:
    away = Away.plan(by=cast.bram, first_day=TODAY)
    for user in (cast.anna, cast.fatima, cast.lotte, cast.beheer):
        assert browser(user).post(PAGE + "weg/", {"which": away.pk}).status_code == 404
    assert cast.bram.is_away()
    assert {f.name for f in Away._meta.fields} == {
        "id",
        "user",
        "first_day",
        "last_day",
        "is_open",
        "shows_last_day",
        "planned_at",
        "began",
    }
    assert "<textarea" not in browser(cast.bram).get(PAGE).content.decode()


def test_what_cannot_be(cast: Cast, browser: Browser) -> None:
    Away.plan(by=cast.bram, first_day=in_days(10), last_day=in_days(20))
    for first, last in ((-1, 2), (20, 25), (5, 10), (12, 13), (3, None), (30, 29), (366, 370), (30, 400)):
        with pytest.raises(Refused):
            Away.plan(
                by=cast.bram, first_day=in_days(first), last_day=None if last is None else in_days(last)
            )
    answer = browser(cast.bram).post(PAGE, {"first_day": in_days(12), "last_day": in_days(13)})
    assert "Voor deze dagen heb je al gezegd" in answer.content.decode()
    Away.plan(by=cast.bram, first_day=in_days(21), last_day=in_days(21))
    for which in ("", "\0", "٣", "9" * 30, "-1"):
        assert browser(cast.bram).post(PAGE + "weg/", {"which": which}).status_code == 404


def test_who_is_away_is_asked_for_one_and_for_many(cast: Cast) -> None:
    Away.plan(by=cast.bram, first_day=in_days(1), last_day=in_days(2))
    Away.plan(by=cast.olga, first_day=TODAY)
    assert [cast.bram.is_away(in_days(n)) for n in range(4)] == [False, True, True, False]
    assert not cast.bram.is_away()
    assert set(Away.objects.on(in_days(2)).values_list("user", flat=True)) == {cast.bram.pk, cast.olga.pk}
    assert not cast.olga.is_away(in_days(366))


def test_it_is_forgotten(cast: Cast) -> None:
    Away.plan(by=cast.bram, first_day=TODAY)
    Away.plan(by=cast.anna, first_day=TODAY)
    cast.bram.absences.forget()
    assert set(User.objects.exclude(absences=None)) == {cast.anna}


def test_another_period_or_no_number_at_all_is_not_there(cast: Cast, browser: Browser) -> None:
    of_another = Away.plan(by=cast.bram, first_day=in_days(1))
    for which in ("", "x", "-1", "²", "9" * 18, "9" * 30, "9" * 5000, str(of_another.pk)):
        assert browser(cast.anna).post(f"{PAGE}weg/", {"which": which}).status_code == 404, which
    assert cast.bram.absences.exists()
