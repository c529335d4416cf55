"""What I said I would do or try, on Vandaag also before its day has come."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from leerkring import clock
from leerkring.effectiveness import kept
from leerkring.insights.models import Insight
from leerkring.insights.tests.test_insight import an_insight
from leerkring.meetings.models import Agreement
from leerkring.people.models import User
from leerkring.today.asking import promised_by
from tests.cast import NOW, Browser, Side

TODAY = date(2026, 11, 10)
A_DAY = timedelta(days=1)


@pytest.fixture
def insight(anna: User, regenboog: Side) -> Insight:
    return an_insight(regenboog, anna)


def agreed(side: Side, user: User, what: str, day: date | None = None) -> Agreement:
    return Agreement.make(side.community, what=what, who=[side.member(user)], day=day)


def vandaag(browser: Browser, side: Side, user: User) -> str:
    page = browser(user).get(f"/plg/{side.community.pk}/").content.decode()
    start = page.find("Wat je nog zou doen")
    return page[start : page.index("</section>", start)] if start >= 0 else ""


def test_what_i_promised_stands_there_before_its_day(
    browser: Browser, anna: User, bram: User, regenboog: Side, insight: Insight
) -> None:
    assert vandaag(browser, regenboog, bram) == ""
    insight.try_out(by=regenboog.member(bram), on=TODAY + 7 * A_DAY)
    agreed(regenboog, bram, "Bram belt de ouders", TODAY + 2 * A_DAY)
    Agreement.make(regenboog.community, what="Wij tellen mee", day=TODAY)
    card = vandaag(browser, regenboog, bram)
    assert "Bram belt de ouders" in card
    assert "uiterlijk donderdag 12 november" in card
    assert insight.title in card
    assert "Proberen op dinsdag 17 november, een inzicht van Anna de Wit" in card
    assert card.index("Bram belt") < card.index(insight.title)  # the first day first
    assert "Wij tellen mee" not in card
    # What is of one person is on no page of another.
    assert vandaag(browser, regenboog, anna) == ""
    # And all of it is behind the link.
    page = (
        browser(bram).get(f"/plg/{regenboog.community.pk}/bijeenkomsten/afspraken/?van=mij").content.decode()
    )
    assert "Bram belt de ouders" in page
    assert "Proberen op dinsdag 17 november · Anna de Wit" in page
    for user, of in ((bram, ""), (anna, "?van=mij")):
        page = (
            browser(user).get(f"/plg/{regenboog.community.pk}/bijeenkomsten/afspraken/{of}").content.decode()
        )
        assert "Proberen op" not in page


def test_at_most_three_are_shown_the_first_days_first(browser: Browser, bram: User, regenboog: Side) -> None:
    agreed(regenboog, bram, "Zonder dag")
    for days in (5, 4, 3, 2):
        agreed(regenboog, bram, f"Over {days} dagen", TODAY + days * A_DAY)
    card = vandaag(browser, regenboog, bram)
    assert [f"Over {days} dagen" in card for days in (2, 3, 4, 5)] == [True, True, True, False]
    assert "Zonder dag" not in card
    assert "Alles wat je zou doen" in card


def test_what_is_asked_today_stands_there_once(
    browser: Browser, bram: User, regenboog: Side, insight: Insight
) -> None:
    insight.try_out(by=regenboog.member(bram), on=TODAY)
    agreed(regenboog, bram, "Bram belt de ouders", TODAY - A_DAY)
    agreed(regenboog, bram, "Zonder dag")
    page = browser(bram).get(f"/plg/{regenboog.community.pk}/").content.decode()
    assert "Je zou dit proberen:" in page
    assert "Jij zou dit doen:" not in page  # one thing at a time
    card = vandaag(browser, regenboog, bram)
    assert insight.title not in card
    assert ("Bram belt de ouders" in card, "Zonder dag" in card) == (True, True)


def test_nobody_is_reminded_of_what_they_did_not_come_to_for_ever(
    browser: Browser, bram: User, regenboog: Side, insight: Insight
) -> None:
    insight.try_out(by=regenboog.member(bram), on=TODAY)
    with clock.at(NOW + 31 * A_DAY):
        assert insight.title not in vandaag(browser, regenboog, bram)


def test_all_of_it_is_one_question_to_the_database(
    bram: User, regenboog: Side, insight: Insight, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    insight.try_out(by=regenboog.member(bram), on=TODAY + A_DAY)
    agreed(regenboog, bram, "Bram belt de ouders", TODAY)
    member = regenboog.member(bram)
    with django_assert_num_queries(1):
        found = promised_by(member)
    assert found.agreed
    assert [promise.agreed for promise in found.rest] == [False]


def test_a_page_that_nobody_looked_at_yet_keeps_within_its_budget(
    browser: Browser, bram: User, anna: User, regenboog: Side, insight: Insight
) -> None:
    """With talk and what is no talk among what happened, and something of mine in both."""
    insight.try_out(by=regenboog.member(bram), on=TODAY + A_DAY)
    agreed(regenboog, bram, "Bram belt de ouders", TODAY)
    regenboog.conversation.reply(by=regenboog.member(anna), text="Hoe doe jij dit, @Bram?")
    client, address = browser(bram), f"/plg/{regenboog.community.pk}/"
    client.get(address)  # once, for what is found out a single time in the life of a process
    for remembered in caches.all():
        remembered.clear()
    kept.forget_all()
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address).content.decode()
    assert ("Is dit gedaan?" in page, "Wat je nog zou doen" in page) == (True, True)
    assert len(queries) <= 15, [query["sql"][:80] for query in queries]


def test_it_is_kept_while_people_only_talk(browser: Browser, bram: User, anna: User, regenboog: Side) -> None:
    agreement = agreed(regenboog, bram, "Bram belt de ouders")
    assert "Bram belt" in vandaag(browser, regenboog, bram)
    Agreement.objects.filter(pk=agreement.pk).update(what="Achter onze rug")
    regenboog.conversation.reply(by=regenboog.member(anna), text="Zo.")
    assert "Bram belt" in vandaag(browser, regenboog, bram)
    agreement.close(kept=True, by=regenboog.member(bram))
    assert vandaag(browser, regenboog, bram) == ""


def test_whether_my_name_may_stand_at_an_insight_is_asked_until_i_said_so(
    browser: Browser, anna: User, bram: User, regenboog: Side
) -> None:
    today = f"/plg/{regenboog.community.pk}/"
    asked = "Mag jouw naam hierbij?"
    assert asked not in browser(bram).get(today).content.decode()
    of_bram = an_insight(regenboog, anna, of=regenboog.member(bram))
    page = browser(bram).get(today).content.decode()
    assert asked in page
    assert f"inzichten/{of_bram.pk}/" in page
    assert "Anna de Wit schreef dit op als iets uit jouw praktijk." in page
    assert promised_by(regenboog.member(bram))  # so one is not asked who one is at the same time
    assert asked not in browser(anna).get(today).content.decode()
    of_bram.name(by=regenboog.member(bram))
    assert asked not in browser(bram).get(today).content.decode()
