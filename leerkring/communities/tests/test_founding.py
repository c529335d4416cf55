"""Communities that begin on the screen, and what they say of themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from django.core import mail
from django.utils import translation

from leerkring.communities.access import own_schools, schools_beside
from leerkring.communities.happenings import Role
from leerkring.communities.models import Community, ExceptionalAct, Membership, Notice
from leerkring.network.models import Board, Network, School
from leerkring.people.models import User
from tests.cast import Browser, Cast, Side


@pytest.fixture(autouse=True)
def _in_dutch() -> Iterator[None]:
    with translation.override("nl"):
        yield


@pytest.fixture
def network(cast: Cast) -> Network:
    """De Regenboog and Het Baken learn together."""
    schools = [cast.regenboog.school, cast.baken.school]
    return Network.open(name="Van po naar vo", aim="Lezen", schools=schools)


def opening(side: Side, **other: object) -> dict[str, object]:
    return {
        "name": "Samen schrijven",
        "aim": "Elke klas een krant",
        "email": "Noor@School.test",
        "person": "Noor Smit",
        **other,
    }


# By who facilitates already


def test_who_facilitates_founds_another(browser: Browser, fatima: User, regenboog: Side) -> None:
    fatimas = browser(fatima)
    assert "/leergemeenschappen/nieuw/" in fatimas.get("/vandaag/").content.decode()
    sent = {"name": "Schrijven", "aim": "", "school": regenboog.school.pk}
    page = fatimas.post("/leergemeenschappen/nieuw/", sent, follow=True).content.decode()
    assert "Schrijven is er. Nodig nu collega&#x27;s uit." in page
    new = Community.objects.get(name="Schrijven")
    member = new.memberships.get()
    assert (member.user, member.role, member.school) == (fatima, Role.FACILITATOR, regenboog.school)
    assert list(new.schools.all()) == [regenboog.school]


def test_not_at_a_school_that_they_do_not_know(browser: Browser, fatima: User, baken: Side) -> None:
    sent = {"name": "Schrijven", "school": baken.school.pk}
    assert browser(fatima).post("/leergemeenschappen/nieuw/", sent).status_code == 200
    assert not Community.objects.filter(name="Schrijven").exists()


def test_over_two_schools_that_learn_together(
    browser: Browser, fatima: User, regenboog: Side, baken: Side, network: Network
) -> None:
    sent = {
        "name": "Lezen",
        "school": regenboog.school.pk,
        "schools": [baken.school.pk],
        "network": network.pk,
    }
    assert browser(fatima).post("/leergemeenschappen/nieuw/", sent).status_code == 302
    new = Community.objects.get(name="Lezen")
    assert new.school == regenboog.school
    assert set(new.schools.all()) == {regenboog.school, baken.school}
    assert new.network == network


def test_only_schools_of_the_same_board_or_network_are_offered(
    fatima: User, regenboog: Side, baken: Side
) -> None:
    own = own_schools(fatima)
    assert list(schools_beside(own)) == [regenboog.school]
    School.objects.update(board=Board.objects.create(name="Samen"))
    assert set(schools_beside(own)) == {regenboog.school, baken.school}


def test_a_guest_knows_no_school_by_looking_in(gert: User, baken: Side) -> None:
    assert not own_schools(gert).exists()
    baken.community.join(gert, role=Role.FACILITATOR)
    assert list(own_schools(gert)) == [baken.school]


# For another


@pytest.mark.parametrize("who", ["lotte", "beheer"])
def test_leader_and_administrator_open_one_for_another_and_see_nothing_of_it(
    browser: Browser, cast: Cast, regenboog: Side, who: str
) -> None:
    by: User = getattr(cast, who)
    client = browser(by)
    page = client.post(f"/scholen/{regenboog.school.pk}/leergemeenschap/", opening(regenboog), follow=True)
    assert "Samen schrijven is geopend. Je ziet er verder niets van." in page.content.decode()
    new = Community.objects.get(name="Samen schrijven")
    noor = new.memberships.get().user
    assert noor is not None
    assert (noor.email, noor.name) == ("noor@school.test", "Noor Smit")
    assert client.get(f"/plg/{new.pk}/").status_code == 404
    assert "Samen schrijven" not in client.get(f"/scholen/{regenboog.school.pk}/").content.decode()
    assert "Samen schrijven" in browser(noor).get("/vandaag/").content.decode()
    assert [m.to for m in mail.outbox] == [["noor@school.test"]]
    assert mail.outbox[0].subject == "Je begeleidt Samen schrijven"
    assert "/accounts/login/code/" in mail.outbox[0].body
    assert ExceptionalAct.objects.get(kind="community_opened").community == new
    assert [n.kind for n in Notice.objects.filter(user=noor)] == ["community.opened"]


def test_the_facilitator_can_be_someone_with_an_account(
    browser: Browser, lotte: User, anna: User, regenboog: Side
) -> None:
    sent = opening(regenboog, email="ANNA@leerkring.test", person="Iemand anders")
    browser(lotte).post(f"/scholen/{regenboog.school.pk}/leergemeenschap/", sent)
    assert Community.objects.get(name="Samen schrijven").memberships.get().user == anna
    anna.refresh_from_db()
    assert anna.name == "Anna de Wit"


def test_without_mail_who_opens_tells_it(browser: Browser, lotte: User, regenboog: Side) -> None:
    with patch("leerkring.communities.mails.send_mail", side_effect=ConnectionRefusedError):
        page = browser(lotte).post(
            f"/scholen/{regenboog.school.pk}/leergemeenschap/", opening(regenboog), follow=True
        )
    link = "http://localhost:8000/accounts/login/code/"  # of the page for everyone, no way into the account
    assert f"Er ging geen mail weg. Geef zelf dit adres door: {link}. " in page.content.decode()
    assert "noor@school.test" in page.content.decode()
    assert Community.objects.filter(name="Samen schrijven").exists()


@pytest.mark.parametrize("who", ["lotte", "beheer"])
def test_a_leader_or_administrator_does_not_facilitate(
    browser: Browser, cast: Cast, beheer: User, regenboog: Side, who: str
) -> None:
    sent = opening(regenboog, email=getattr(cast, who).email)
    answer = browser(beheer).post(f"/scholen/{regenboog.school.pk}/leergemeenschap/", sent)
    assert "problems" in answer.content.decode()
    assert 'value="Samen schrijven"' in answer.content.decode()
    assert not Community.objects.filter(name="Samen schrijven").exists()


def test_nobody_is_made_when_it_cannot_be_opened(browser: Browser, lotte: User, regenboog: Side) -> None:
    sent = opening(regenboog, name=" ")
    assert browser(lotte).post(f"/scholen/{regenboog.school.pk}/leergemeenschap/", sent).status_code == 200
    assert not User.objects.filter(name="Noor Smit").exists()


# What it says of itself


def about(side: Side) -> str:
    return f"/plg/{side.community.pk}/over/"


def test_the_facilitator_changes_name_aim_schools_and_network(
    browser: Browser, fatima: User, regenboog: Side, baken: Side, network: Network
) -> None:
    sent = {"name": "Breuken", "aim": "Iedereen rekent", "schools": [baken.school.pk], "network": network.pk}
    assert browser(fatima).post(about(regenboog), sent).status_code == 302
    community = Community.objects.get(pk=regenboog.community.pk)
    assert (community.name, community.aim, community.network) == ("Breuken", "Iedereen rekent", network)
    assert community.school == regenboog.school
    assert set(community.schools.all()) == {regenboog.school, baken.school}
    page = browser(fatima).get(f"/plg/{community.pk}/").content.decode()
    assert "Het Baken" in page


def test_a_member_reads_whose_calendar_counts_and_changes_nothing(
    browser: Browser, anna: User, regenboog: Side
) -> None:
    page = browser(anna).get(about(regenboog)).content.decode()
    assert "De groep telt in de schoolweken van De Regenboog" in page
    assert 'name="aim"' not in page
    assert browser(anna).post(about(regenboog), {"name": "Van Anna"}).status_code == 404


def test_the_own_school_is_not_asked_twice(
    browser: Browser, fatima: User, regenboog: Side, baken: Side, network: Network
) -> None:
    page = browser(fatima).get("/leergemeenschappen/nieuw/").content.decode()
    others = re.findall(r'<input[^>]* name="schools"[^>]* value="(\d+)"', page)
    assert others == [str(baken.school.pk)]
    assert "---------" not in page


def test_no_select_of_a_school_begins_with_dashes(browser: Browser, beheer: User) -> None:
    page = browser(beheer).get("/scholen/nieuw/").content.decode()
    assert "---------" not in page
    assert "Kies een sector" in page


def test_a_school_of_which_people_take_part_does_not_go(
    browser: Browser, fatima: User, anna: User, regenboog: Side, baken: Side, network: Network
) -> None:
    regenboog.community.schools.add(baken.school)
    regenboog.member(anna).come_from(baken.school)
    answer = browser(fatima).post(about(regenboog), {"name": "Rekenen in de onderbouw"})
    assert "Er doen nog mensen van Het Baken mee." in answer.content.decode()
    assert regenboog.community.schools.count() == 2


def test_a_school_does_not_come_in_while_its_leader_takes_part(
    browser: Browser, fatima: User, bram: User, regenboog: Side, baken: Side, network: Network
) -> None:
    baken.school.appoint(bram, function="appraiser")
    sent = {"name": "Rekenen in de onderbouw", "schools": [baken.school.pk]}
    answer = browser(fatima).post(about(regenboog), sent)
    assert "Die school kan er nu niet bij." in answer.content.decode()
    assert regenboog.community.schools.count() == 1


def test_a_network_of_other_schools_is_not_taken(browser: Browser, fatima: User, regenboog: Side) -> None:
    other = Network.open(name="Elders", aim="", schools=[])
    answer = browser(fatima).post(about(regenboog), {"name": "Rekenen in de onderbouw", "network": other.pk})
    regenboog.community.refresh_from_db()
    assert answer.status_code == 302  # nothing to choose from is no question
    assert regenboog.community.network is None


# Where people come from


def test_a_member_says_where_they_work(browser: Browser, anna: User, regenboog: Side) -> None:
    north = regenboog.school.add_location(name="Noord")
    annas = browser(anna)
    page = f"/plg/{regenboog.community.pk}/leden/{regenboog.member(anna).pk}/school/"
    assert page in annas.get(f"/plg/{regenboog.community.pk}/leden/").content.decode()
    assert annas.post(page, {"place": f"{regenboog.school.pk}:{north.pk}"}).status_code == 302
    assert regenboog.member(anna).place == "De Regenboog · Noord"
    assert '<p class="muted">Noord</p>' in annas.get(f"/plg/{regenboog.community.pk}/leden/").content.decode()


def test_the_facilitator_says_it_for_another(
    browser: Browser, fatima: User, bram: User, regenboog: Side, baken: Side
) -> None:
    regenboog.community.schools.add(baken.school)
    page = f"/plg/{regenboog.community.pk}/leden/{regenboog.member(bram).pk}/school/"
    assert browser(fatima).post(page, {"place": f"{baken.school.pk}:"}).status_code == 302
    assert regenboog.member(bram).school == baken.school
    listed = browser(fatima).get(f"/plg/{regenboog.community.pk}/leden/").content.decode()
    assert '<p class="muted">Het Baken</p>' in listed
    assert '<p class="muted">De Regenboog</p>' in listed


@pytest.mark.parametrize("place", ["", "0:", "x", "1:1", "\0", "9" * 40])
def test_no_other_place_is_taken(browser: Browser, anna: User, regenboog: Side, place: str) -> None:
    page = f"/plg/{regenboog.community.pk}/leden/{regenboog.member(anna).pk}/school/"
    assert browser(anna).post(page, {"place": place}).status_code == 200
    assert regenboog.member(anna).school == regenboog.school


def test_with_one_school_in_one_building_nothing_is_asked(
    browser: Browser, anna: User, regenboog: Side
) -> None:
    page = browser(anna).get(f"/plg/{regenboog.community.pk}/leden/").content.decode()
    assert "Mijn school of locatie aanpassen" not in page
    assert Membership.objects.get(pk=regenboog.member(anna).pk).location is None
