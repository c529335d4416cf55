"""A page that did not change is not sent again; one that did is; nobody gets another's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http.response import HttpResponseBase

from leerkring import clock
from leerkring.communities import founding
from leerkring.communities.models import Community
from leerkring.network.models import Board, Network, School
from leerkring.people.models import User
from tests.cast import NOW, Browser, Side


@pytest.fixture(params=["leden/", "gesprekken/"])
def page(request: pytest.FixtureRequest, regenboog: Side) -> str:
    return f"/plg/{regenboog.community.pk}/{request.param}"


def tag(answer: HttpResponseBase) -> str:
    return str(answer.headers["ETag"])


def test_an_unchanged_page_is_not_sent_again(browser: Browser, anna: User, page: str) -> None:
    annas = browser(anna)
    first = annas.get(page)
    again = annas.get(page, headers={"If-None-Match": tag(first)})
    assert again.status_code == 304
    assert again.content == b""
    assert tag(again) == tag(first)
    assert "no-cache" in again.headers["Cache-Control"]
    assert "private" in again.headers["Cache-Control"]


def test_a_change_is_seen_at_once(
    browser: Browser, anna: User, bram: User, regenboog: Side, page: str
) -> None:
    first = browser(anna).get(page)
    regenboog.conversation.reply(by=regenboog.member(bram), text="Nog iets.")
    assert browser(anna).get(page, headers={"If-None-Match": tag(first)}).status_code == 200


@pytest.mark.parametrize(
    "change", ["help", "unhelp", "revise", "withdraw", "restore", "become", "leave", "rename"]
)
def test_every_change_that_is_shown_makes_the_page_new(
    browser: Browser, anna: User, bram: User, fatima: User, regenboog: Side, change: str
) -> None:
    page = f"/plg/{regenboog.community.pk}/gesprekken/{regenboog.conversation.pk}/"
    before = tag(browser(anna).get(page))
    if change in {"help", "unhelp"}:
        getattr(regenboog.opening, change)(by=regenboog.member(bram))
    elif change == "revise":
        regenboog.opening.revise(by=regenboog.member(anna), text="Anders.")
    elif change in {"withdraw", "restore"}:
        getattr(regenboog.opening, change)(by=regenboog.member(anna))
    elif change == "become":
        regenboog.member(bram).become("facilitator")  # type: ignore[arg-type]
    elif change == "leave":
        regenboog.member(bram).leave()
    else:
        User.objects.filter(pk=anna.pk).update(name="Anna Bos")
    assert tag(browser(anna).get(page)) != before


def test_a_day_later_the_page_is_drawn_again(browser: Browser, anna: User, page: str) -> None:
    first = browser(anna).get(page)
    with clock.at(NOW + timedelta(days=1)):
        assert browser(anna).get(page, headers={"If-None-Match": tag(first)}).status_code == 200


def test_nobody_is_told_unchanged_of_a_page_of_another(
    browser: Browser, anna: User, fatima: User, olga: User, page: str
) -> None:
    annas = tag(browser(anna).get(page))
    assert browser(fatima).get(page, headers={"If-None-Match": annas}).status_code == 200
    assert browser(olga).get(page, headers={"If-None-Match": annas}).status_code == 404
    assert browser(None).get(page, headers={"If-None-Match": annas}).status_code == 302


def test_the_other_language_is_another_page(browser: Browser, anna: User, page: str) -> None:
    dutch = browser(anna).get(page, headers={"Accept-Language": "nl"})
    english = browser(anna).get(page, headers={"Accept-Language": "en", "If-None-Match": tag(dutch)})
    assert english.status_code == 200


def test_a_page_that_tells_something_once_is_not_kept(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    members = f"/plg/{regenboog.community.pk}/leden/"
    fatimas = browser(fatima)
    fatimas.post(f"{members}{regenboog.member(anna).pk}/", {"role": "facilitator"})
    told = fatimas.get(members)
    assert "ETag" not in told.headers
    assert "no-store" in told.headers["Cache-Control"]
    assert "aangepast" in told.content.decode()
    assert "is aangepast" not in fatimas.get(members).content.decode()


def test_what_happens_elsewhere_leaves_the_page_as_it_is(
    browser: Browser, anna: User, olga: User, baken: Side, page: str
) -> None:
    annas = browser(anna)
    first = annas.get(page)
    baken.conversation.reply(by=baken.member(olga), text="Nog iets.")
    assert annas.get(page, headers={"If-None-Match": tag(first)}).status_code == 304


def test_signed_in_again_the_page_is_drawn_again_with_forms_that_work(
    browser: Browser, anna: User, page: str
) -> None:
    annas = browser(anna)
    before = tag(annas.get(page))
    annas.logout()
    annas.force_login(anna)
    assert annas.get(page, headers={"If-None-Match": before}).status_code == 200


def test_a_renamed_community_or_school_is_another_page(
    browser: Browser, anna: User, regenboog: Side, page: str
) -> None:
    first = browser(anna).get(page)
    Community.objects.filter(pk=regenboog.community.pk).update(name="Anders")
    regenboog.community.touch()
    assert browser(anna).get(page, headers={"If-None-Match": tag(first)}).status_code == 200


@pytest.mark.parametrize("room", ["", "leden/", "over/"])
@pytest.mark.parametrize("change", ["name", "building", "network", "board"])
def test_what_changes_of_any_school_that_takes_part_is_seen_at_once(
    browser: Browser, fatima: User, regenboog: Side, baken: Side, room: str, change: str
) -> None:
    both, community = [regenboog.school, baken.school], regenboog.community
    network = Network.open(name="Samen", aim="", schools=both)
    founding.revise(community, name="Rekenen", aim="", schools=[baken.school], network=network)
    page = f"/plg/{community.pk}/{room}"
    known = tag(browser(fatima).get(page))
    if change == "building":
        baken.school.add_location(name="Oost")
    elif change == "network":
        network.revise(
            name="Samen", aim="", schools=[*both, School.open(name="Nog een", sector="vo", region="noord")]
        )
    else:
        board = Board.objects.create(name="Eén bestuur") if change == "board" else None
        baken.school.revise(
            name="Het Baken aan Zee", sector="vo", region="noord", place="", brin="", board=board
        )
    assert browser(fatima).get(page, headers={"If-None-Match": known}).status_code == 200
