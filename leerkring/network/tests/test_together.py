"""Boards, networks and locations: what the administrator, and for locations the leader, keeps."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from leerkring.network.models import Board, Leadership, Location, Network, School
from leerkring.people.models import User
from tests.cast import Browser, Side

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_dutch() -> Iterator[None]:
    with translation.override("nl"):
        yield


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


def test_a_school_is_given_a_board(browser: Browser, beheer: User, regenboog: Side) -> None:
    administrators = browser(beheer)
    administrators.post("/besturen/", {"name": "Stichting Samen Leren"})
    board = Board.objects.get(name="Stichting Samen Leren")
    sent = {
        "name": "De Regenboog",
        "place": "Zeist",
        "sector": "po",
        "brin": "01AB",
        "region": "midden",
        "board": board.pk,
    }
    assert administrators.post(f"/scholen/{regenboog.school.pk}/aanpassen/", sent).status_code == 302
    regenboog.school.refresh_from_db()
    assert (regenboog.school.board, regenboog.school.place) == (board, "Zeist")
    assert "Stichting Samen Leren" in text(administrators.get(f"/scholen/{regenboog.school.pk}/"))


def test_a_renamed_school_makes_the_pages_of_its_communities_stale(
    browser: Browser, anna: User, regenboog: Side
) -> None:
    annas = browser(anna)
    page = f"/plg/{regenboog.community.pk}/leden/"
    tag = annas.get(page).headers["ETag"]
    assert annas.get(page, headers={"if-none-match": tag}).status_code == 304
    regenboog.school.revise(
        name="De Nieuwe Boog", sector="po", region="midden", place="", brin="", board=None
    )
    assert "De Nieuwe Boog" in text(annas.get(page, headers={"if-none-match": tag}))


def test_moving_to_another_region_leaves_the_holidays(regenboog: Side) -> None:
    before = list(regenboog.school.holidays.values_list("name", "first_day"))
    regenboog.school.revise(name="De Regenboog", sector="po", region="zuid", place="", brin="", board=None)
    assert list(regenboog.school.holidays.values_list("name", "first_day")) == before


def test_a_board_with_schools_stays(browser: Browser, beheer: User, regenboog: Side) -> None:
    board = Board.objects.create(name="Stichting Samen Leren")
    School.objects.filter(pk=regenboog.school.pk).update(board=board)
    answer = browser(beheer).post(f"/besturen/{board.pk}/weghalen/")
    assert answer.status_code == 409
    assert "Bij dit bestuur horen nog scholen." in text(answer)
    assert Board.objects.filter(pk=board.pk).exists()


def test_two_boards_have_two_names(browser: Browser, beheer: User) -> None:
    Board.objects.create(name="Stichting Samen Leren")
    assert "bestaat al" in text(browser(beheer).post("/besturen/", {"name": "Stichting Samen Leren"}))


def test_schools_are_put_together_in_a_network(
    browser: Browser, beheer: User, regenboog: Side, baken: Side
) -> None:
    sent = {
        "name": "Taal van po naar vo",
        "aim": "Eén leerlijn lezen",
        "schools": [regenboog.school.pk, baken.school.pk],
    }
    page = text(browser(beheer).post("/netwerken/nieuw/", sent, follow=True))
    assert "Taal van po naar vo is toegevoegd." in page
    network = Network.objects.get()
    assert set(network.schools.all()) == {regenboog.school, baken.school}
    browser(beheer).post(f"/netwerken/{network.pk}/", {**sent, "schools": [baken.school.pk]})
    assert list(network.schools.all()) == [baken.school]


def test_a_network_with_communities_stays(browser: Browser, beheer: User, regenboog: Side) -> None:
    network = Network.open(name="Taal", aim="", schools=[regenboog.school])
    regenboog.community.network = network
    regenboog.community.save()
    answer = browser(beheer).post(f"/netwerken/{network.pk}/weghalen/")
    assert answer.status_code == 409
    assert Network.objects.filter(pk=network.pk).exists()


def test_the_leader_keeps_the_locations(browser: Browser, lotte: User, regenboog: Side) -> None:
    lottes, school = browser(lotte), regenboog.school
    lottes.post(f"/scholen/{school.pk}/locaties/nieuw/", {"name": "Noord", "place": "Utrecht"})
    north = school.locations.get()
    page = f"/scholen/{school.pk}/locaties/{north.pk}/"
    lottes.post(page, {"name": "Noorderlicht", "place": "Utrecht"})
    assert "Noorderlicht" in text(lottes.get(f"/scholen/{school.pk}/"))
    assert lottes.post(f"{page}weghalen/").status_code == 302
    assert not Location.objects.exists()


def test_a_school_has_one_location_of_a_name(browser: Browser, lotte: User, regenboog: Side) -> None:
    regenboog.school.add_location(name="Noord")
    answer = browser(lotte).post(f"/scholen/{regenboog.school.pk}/locaties/nieuw/", {"name": "Noord"})
    assert "Deze school heeft al een locatie met die naam." in text(answer)


def test_who_works_in_a_building_that_goes_still_works_at_the_school(anna: User, regenboog: Side) -> None:
    north = regenboog.school.add_location(name="Noord")
    regenboog.member(anna).come_from(regenboog.school, north)
    north.close()
    assert regenboog.member(anna).place == "De Regenboog"


def test_who_appraises_people_keeps_nothing(browser: Browser, piet: User, regenboog: Side) -> None:
    regenboog.school.appoint(piet, function=Leadership.Function.APPRAISER)
    for page in ("", "kalender/", "locaties/nieuw/", "leergemeenschap/"):
        assert browser(piet).get(f"/scholen/{regenboog.school.pk}/{page}").status_code == 404
    assert browser(piet).get("/scholen/").status_code == 404


@pytest.mark.parametrize("school", ["9" * 30, "x", "0", "-1"])
def test_a_school_that_cannot_be_is_refused_with_a_sentence(
    browser: Browser, beheer: User, regenboog: Side, school: str
) -> None:
    sent = {"name": "Samen", "aim": "", "schools": [str(regenboog.school.pk), school]}
    answer = browser(beheer).post("/netwerken/nieuw/", sent)
    assert (answer.status_code, 'class="problems"' in text(answer)) == (200, True)
    assert not Network.objects.exists()
