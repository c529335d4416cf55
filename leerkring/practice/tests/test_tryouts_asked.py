"""How a try-out went is asked once, and on Vandaag."""

from __future__ import annotations

from datetime import date, timedelta

from leerkring import clock
from leerkring.communities import ending
from leerkring.insights.tests.test_insight import page, told
from leerkring.jobs.models import Job
from leerkring.jobs.run import Run
from leerkring.people.models import Away, User
from leerkring.practice import tryout_jobs
from leerkring.practice.tests.test_tryouts import TUESDAY, at, begun, tell
from tests.cast import NOW, Browser, Side

A_DAY = timedelta(days=1)


def asked(days: int = 0) -> list[str]:
    """Who was asked by the morning so many days after that Tuesday."""
    with clock.at(NOW + timedelta(days=7 + days)):
        tryout_jobs.ask(Run(Job(kind="practice.ask_tryouts")))
    return told("tryout.due")


def test_the_morning_after_it_is_asked_once(bram: User, regenboog: Side) -> None:
    tryout = begun(regenboog, bram)
    assert asked(0) == []
    assert asked(1) == ["Bram Jansen"]
    assert asked(2) == ["Bram Jansen"]
    tell(tryout)
    assert told("tryout.due") == []


def test_not_in_a_holiday_nor_while_one_is_away(bram: User, regenboog: Side) -> None:
    begun(regenboog, bram)
    regenboog.school.keep_holiday(name="vrij", first_day=TUESDAY + A_DAY, last_day=TUESDAY + 3 * A_DAY)
    with clock.at(NOW + timedelta(days=8)):
        Away.plan(by=bram, first_day=date(2026, 11, 23), last_day=date(2026, 11, 23), shows_last_day=True)
    assert asked(1) == []  # a holiday
    assert asked(4) == []  # a Saturday
    assert asked(6) == []  # away
    assert asked(7) == ["Bram Jansen"]


def test_not_of_what_was_taken_away_or_told_nor_after_a_month(
    anna: User, bram: User, fatima: User, regenboog: Side
) -> None:
    begun(regenboog, anna).withdraw(by=regenboog.member(anna))
    tell(begun(regenboog, bram))
    begun(regenboog, fatima)
    assert asked(30) == []
    assert asked(29) == ["Fatima El Amrani"]


def test_not_where_all_ended(bram: User, fatima: User, regenboog: Side) -> None:
    begun(regenboog, bram)
    ending.end(regenboog.community, by=fatima)
    assert asked(1) == []


def test_vandaag_asks_when_its_day_has_come_and_names_it_before(
    browser: Browser, anna: User, bram: User, regenboog: Side
) -> None:
    tryout = begun(regenboog, bram)
    today = f"/plg/{regenboog.community.pk}/"
    before = page(browser, bram, today)
    assert "Uitproberen op dinsdag 17 november" in before
    assert "Hoe ging het?" not in before
    assert "Alles wat loopt" in before
    assert "Alles wat je zou doen" not in before  # that page knows agreements and insights
    assert "Uitproberen op" not in page(browser, anna, today)
    with clock.at(NOW + timedelta(days=7)):
        due = page(browser, bram, today)
        assert due.count("Hoe ging het?") == 1
        assert at(regenboog, tryout, "hoe-ging-het/") in due
        assert "Hoe ging het?" not in page(browser, anna, today)
        tell(tryout)
        assert "Hoe ging het?" not in page(browser, bram, today)
