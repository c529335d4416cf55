"""*Ik probeer dit*: a promise of one person, said, asked about once, and told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from leerkring import clock
from leerkring.communities import ending, erasing
from leerkring.communities.models import Notice, Record
from leerkring.insights import jobs, vanishing
from leerkring.insights.models import Insight, Trying, Worked
from leerkring.insights.tests.test_insight import an_insight, at, page, told
from leerkring.jobs.models import Job
from leerkring.jobs.run import Run
from leerkring.people.models import Away, User
from leerkring.ui.refusal import Refused
from tests.cast import NOW, Browser, Side

TODAY = NOW.date()
#: A Tuesday; the next day somebody may be asked.
TUESDAY = date(2026, 11, 17)
A_DAY = timedelta(days=1)


@pytest.fixture
def insight(anna: User, regenboog: Side) -> Insight:
    return an_insight(regenboog, anna)


def planned(insight: Insight, side: Side, user: User, on: date = TUESDAY) -> Trying:
    return insight.try_out(by=side.member(user), on=on)


def asked(days: int = 0) -> list[str]:
    """Who was asked by the morning so many days after that Tuesday."""
    with clock.at(NOW + timedelta(days=7 + days)):
        jobs.ask(Run(Job(kind="insights.ask")))
    return told("insight.due")


def test_a_colleague_would_try_it_on_a_day(
    browser: Browser, bram: User, fatima: User, regenboog: Side, insight: Insight
) -> None:
    assert 'value="2026-11-17"' in page(browser, bram, at(regenboog, insight))  # in a week, on a school day
    browser(bram).post(at(regenboog, insight, "proberen/"), {"on": "2026-11-19"})
    trying = Trying.objects.get()
    assert (trying.member, trying.on, trying.told_at) == (regenboog.member(bram), date(2026, 11, 19), None)
    said = page(browser, fatima, at(regenboog, insight))
    assert "Bram Jansen probeert dit op donderdag 19 november." in said
    assert "Jij probeert dit op donderdag 19 november." in page(browser, bram, at(regenboog, insight))


def test_in_a_holiday_the_first_school_day_after_it_is_proposed(
    browser: Browser, bram: User, regenboog: Side, insight: Insight
) -> None:
    regenboog.school.keep_holiday(name="vrij", first_day=TUESDAY, last_day=date(2026, 11, 22))
    assert 'value="2026-11-23"' in page(browser, bram, at(regenboog, insight))


def test_a_plan_is_no_evidence_and_no_news(bram: User, regenboog: Side, insight: Insight) -> None:
    before = (Record.objects.count(), Notice.objects.count())
    planned(insight, regenboog, bram)
    assert (Record.objects.count(), Notice.objects.count()) == before


def test_said_again_it_is_the_same_promise_on_another_day(
    bram: User, fatima: User, regenboog: Side, insight: Insight
) -> None:
    once = planned(insight, regenboog, bram)
    assert planned(insight, regenboog, bram) == once
    assert asked(1) == ["Bram Jansen"]
    assert planned(insight, regenboog, bram, TUESDAY + 3 * A_DAY) == once
    assert told("insight.due") == []
    planned(insight, regenboog, fatima)
    assert Trying.objects.count() == 2
    assert asked(2) == ["Fatima El Amrani"]
    assert asked(9) == ["Bram Jansen", "Fatima El Amrani"]


def test_its_author_does_it_already(browser: Browser, anna: User, regenboog: Side, insight: Insight) -> None:
    assert "Ik probeer dit" not in page(browser, anna, at(regenboog, insight))
    answer = browser(anna).post(at(regenboog, insight, "proberen/"), {"on": "2026-11-17"})
    assert "Jij doet dit al" in answer.content.decode()


@pytest.mark.parametrize("day", ["", "gisteren", "2026-11-09", "2028-01-01", "0001-01-01", "9999-12-31"])
def test_a_day_that_is_none_comes_back(
    browser: Browser, bram: User, regenboog: Side, insight: Insight, day: str
) -> None:
    answer = browser(bram).post(at(regenboog, insight, "proberen/"), {"on": day})
    assert answer.status_code == 200
    assert 'class="problems"' in answer.content.decode()
    assert not Trying.objects.exists()


# How it went


def test_who_tried_it_tells_how_it_went(
    browser: Browser, anna: User, bram: User, regenboog: Side, insight: Insight
) -> None:
    trying = planned(insight, regenboog, bram)
    sent = {"worked": "partly", "text": "Pas met een voorbeeld."}
    browser(bram).post(at(regenboog, insight, f"proberen/{trying.pk}/"), sent)
    trying.refresh_from_db()
    assert (trying.worked, trying.text, trying.told_at) == (Worked.PARTLY, "Pas met een voorbeeld.", NOW)
    assert Record.objects.get(kind="insight.tried").data == {"about": insight.pk}
    assert told("insight.tried") == ["Anna de Wit"]
    said = page(browser, anna, at(regenboog, insight))
    assert "Deels" in said
    assert "Pas met een voorbeeld." in said


def test_told_again_it_is_corrected_and_counts_once(
    browser: Browser, bram: User, regenboog: Side, insight: Insight
) -> None:
    trying = planned(insight, regenboog, bram)
    for worked, text in (("yes", "Top."), ("no", "")):
        address = at(regenboog, insight, f"proberen/{trying.pk}/")
        assert browser(bram).post(address, {"worked": worked, "text": text}).status_code == 302
    trying.refresh_from_db()
    assert (trying.worked, trying.text) == (Worked.NO, "")
    assert Record.objects.filter(kind="insight.tried").count() == 1
    assert told("insight.tried") == ["Anna de Wit"]
    again = planned(insight, regenboog, bram)  # and somebody may try it a second time
    assert again != trying


def test_only_who_would_try_it_tells_or_lets_go(
    browser: Browser, bram: User, fatima: User, regenboog: Side, insight: Insight
) -> None:
    trying = planned(insight, regenboog, bram)
    for act in ("", "toch-niet/"):
        address = at(regenboog, insight, f"proberen/{trying.pk}/{act}")
        assert browser(fatima).post(address, {"worked": "yes"}).status_code == 404
    with pytest.raises(Refused, match="wie het probeerde"):
        insight.tell(by=regenboog.member(fatima), trying=trying, worked=Worked.YES)
    with pytest.raises(Refused, match="wie het zou proberen"):
        trying.drop(by=regenboog.member(fatima))


def test_a_promise_is_taken_back_without_a_trace(
    browser: Browser, bram: User, regenboog: Side, insight: Insight
) -> None:
    trying = planned(insight, regenboog, bram)
    assert asked(1) == ["Bram Jansen"]
    drop = at(regenboog, insight, f"proberen/{trying.pk}/toch-niet/")
    assert browser(bram).post(drop).status_code == 302
    assert not Trying.objects.exists()
    assert told("insight.due") == []
    told_of = planned(insight, regenboog, bram)
    insight.tell(by=regenboog.member(bram), trying=told_of, worked=Worked.YES)
    with pytest.raises(Refused, match="vertelde je al"):
        told_of.drop(by=regenboog.member(bram))


def test_nobody_reads_that_a_colleague_did_not_come_to_it(
    browser: Browser, bram: User, fatima: User, regenboog: Side, insight: Insight
) -> None:
    planned(insight, regenboog, bram)
    with clock.at(NOW + timedelta(days=8)):
        assert "Bram Jansen" not in page(browser, fatima, at(regenboog, insight))
        own = page(browser, bram, at(regenboog, insight))
        assert "Je zou dit proberen op dinsdag 17 november: hoe ging het?" in own


# Asked once


def test_the_morning_after_it_is_asked_once(bram: User, regenboog: Side, insight: Insight) -> None:
    trying = planned(insight, regenboog, bram)
    assert asked(0) == []
    assert asked(1) == ["Bram Jansen"]
    assert asked(2) == ["Bram Jansen"]
    insight.tell(by=regenboog.member(bram), trying=trying, worked=Worked.YES)
    assert told("insight.due") == []


def test_not_in_a_holiday_nor_while_one_is_away(bram: User, regenboog: Side, insight: Insight) -> None:
    planned(insight, regenboog, bram)
    regenboog.school.keep_holiday(name="vrij", first_day=TUESDAY + A_DAY, last_day=TUESDAY + 3 * A_DAY)
    with clock.at(NOW + timedelta(days=8)):
        Away.plan(by=bram, first_day=date(2026, 11, 23), last_day=date(2026, 11, 23), shows_last_day=True)
    assert asked(1) == []  # a holiday
    assert asked(4) == []  # a Saturday
    assert asked(6) == []  # away
    assert asked(7) == ["Bram Jansen"]


def test_not_of_what_was_taken_away_nor_where_one_left_or_all_ended(
    anna: User, bram: User, fatima: User, regenboog: Side, insight: Insight
) -> None:
    planned(insight, regenboog, bram)
    other = an_insight(regenboog, fatima)
    planned(other, regenboog, bram)
    insight.withdraw(by=regenboog.member(anna))
    assert asked(1) == ["Bram Jansen"]
    assert Notice.objects.get(kind="insight.due").thing_id == other.pk
    third = an_insight(regenboog, anna, what="iets anders")
    planned(third, regenboog, fatima)
    ending.end(regenboog.community, by=fatima)
    assert asked(1) == ["Bram Jansen"]


def test_after_a_month_it_is_asked_no_more_and_the_promise_goes(
    bram: User, fatima: User, regenboog: Side, insight: Insight
) -> None:
    planned(insight, regenboog, bram)
    kept = planned(insight, regenboog, fatima)
    insight.tell(by=regenboog.member(fatima), trying=kept, worked=Worked.NO)
    with clock.at(NOW + timedelta(days=7 + 29)):
        vanishing.vanish_outdated()
        assert Trying.objects.count() == 2
    assert asked(30) == []
    with clock.at(NOW + timedelta(days=7 + 30)):
        vanishing.vanish_outdated()
    assert list(Trying.objects.all()) == [kept]


# Vandaag


def test_vandaag_asks_one_thing_when_the_day_has_come(
    browser: Browser, bram: User, fatima: User, regenboog: Side, insight: Insight
) -> None:
    other = an_insight(regenboog, fatima, what="iets anders")
    first = planned(insight, regenboog, bram)
    planned(other, regenboog, bram)
    today = f"/plg/{regenboog.community.pk}/"
    assert "Hoe ging het?" not in page(browser, bram, today)
    with clock.at(NOW + timedelta(days=7)):
        asks = page(browser, bram, today)
        assert asks.count("Hoe ging het?") == 1
        assert at(regenboog, insight, f"proberen/{first.pk}/") in asks
        assert "Hoe ging het?" not in page(browser, fatima, today)
        insight.tell(by=regenboog.member(bram), trying=first, worked=Worked.YES)
        assert "iets anders" in page(browser, bram, today)


def test_vandaag_says_whose_insight_it_is_also_of_who_is_gone(
    browser: Browser, anna: User, bram: User, fatima: User, regenboog: Side, insight: Insight
) -> None:
    regenboog.conversation.reply(by=regenboog.member(fatima), text="@Bram, jij ook?")
    planned(insight, regenboog, bram)
    today = f"/plg/{regenboog.community.pk}/"
    with clock.at(NOW + timedelta(days=7)):
        assert "Een inzicht van Anna de Wit." in page(browser, bram, today)
        erasing.erase(anna, by=anna)
        erasing.erase(fatima, by=fatima)
        said = page(browser, bram, today)
    assert "Een inzicht van een oud-lid." in said
    assert "Een collega vraagt jou erbij" in said
