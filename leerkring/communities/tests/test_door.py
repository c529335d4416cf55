"""De deur: who follows the address on the board and proves a mailbox is in; nobody else is, and no earlier."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client

from leerkring import clock
from leerkring.communities import mails
from leerkring.communities.happenings import Role
from leerkring.communities.models import Arrival, Door, Membership, Notice
from leerkring.communities.models.door import LETTERS, MOST_ASKED, MOST_CODES, MOST_IN, MOST_TRIES
from leerkring.communities.tests.work import code_in_mail, night, work
from leerkring.network.models import Location, School
from leerkring.people.models import User
from leerkring.ui.refusal import Refused
from tests.cast import NOW, Browser, Side

NOOR = {"name": "Noor Smit", "email": "Noor@School.test"}


@pytest.fixture
def door(regenboog: Side, fatima: User) -> Door:
    return Door.open(regenboog.community, days=1, by=regenboog.member(fatima))


def door_page(side: Side) -> str:
    return f"/plg/{side.community.pk}/leden/deur/"


def in_as(client: Client, door: Door, said: dict[str, str] = NOOR) -> None:
    client.post(door.address, said)
    work()
    client.post("/binnenkomen/", {"code": code_in_mail()})


def test_a_facilitator_opens_shows_and_closes_it(browser: Browser, fatima: User, regenboog: Side) -> None:
    fatimas = browser(fatima)
    board = fatimas.post(door_page(regenboog), {"days": "14"}, follow=True).content.decode()
    door = Door.objects.get()
    assert f"localhost:8000/deur/<wbr><span>{door}</span>" in board
    assert '<svg xmlns="http://www.w3.org/2000/svg"' in board
    assert "style=" not in board
    assert "Rekenen in de onderbouw" in board
    assert set(door.token) <= set(LETTERS)
    assert (door.last_day - clock.today()).days == 13
    fatimas.post(f"{door_page(regenboog)}dicht/")
    assert browser(None).get(door.address).status_code == 409


@pytest.mark.parametrize("days", ["", "2", "15", "0", "-1", "veel"])
def test_it_stands_open_today_or_two_weeks(
    browser: Browser, fatima: User, regenboog: Side, days: str
) -> None:
    assert browser(fatima).post(door_page(regenboog), {"days": days}).status_code == 200
    assert not Door.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"days": 15}, {"days": 0}, {"came": MOST_IN + 1}, {"asked": MOST_ASKED + 1}]
)
def test_the_database_holds_what_a_door_may_be(door: Door, wrong: dict[str, int]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Door.objects.update(**wrong)


def test_opened_again_it_has_a_new_address(
    door: Door, regenboog: Side, fatima: User, browser: Browser
) -> None:
    again = Door.open(regenboog.community, days=1, by=regenboog.member(fatima))
    assert browser(None).get(door.address).status_code == 409
    assert browser(None).get(again.address).status_code == 200


def test_everyone_sees_that_it_stands_open(door: Door, browser: Browser, anna: User, regenboog: Side) -> None:
    page = f"/plg/{regenboog.community.pk}/leden/"
    assert "De deur staat open" in browser(anna).get(page).content.decode()
    door.close()
    assert "De deur staat open" not in browser(anna).get(page).content.decode()


def test_at_midnight_it_is_closed(door: Door, browser: Browser) -> None:
    with clock.at(NOW.replace(hour=22, minute=59)):
        assert browser(None).get(door.address).status_code == 200
    with clock.at(NOW.replace(hour=23, minute=1)):
        assert browser(None).get(door.address).status_code == 409
        night()
    with clock.at(NOW + timedelta(days=2)):
        night()
    assert not Door.objects.exists()


def test_an_address_may_be_typed_in_capitals_and_without_the_line(door: Door, browser: Browser) -> None:
    assert browser(None).get(f"/deur/{door.token.upper()}/").status_code == 200
    assert browser(None).get("/deur/é💥/").status_code == 409


def test_a_newcomer_proves_the_mailbox_and_is_in(
    door: Door, browser: Browser, regenboog: Side, fatima: User
) -> None:
    noor = browser(None)
    page = noor.post(door.address, NOOR, follow=True).content.decode()
    assert "We sturen een code naar noor@school.test" in page
    work()
    assert mail.outbox[-1].to == ["noor@school.test"]
    assert not User.objects.filter(email="noor@school.test").exists()
    assert noor.get(f"/plg/{regenboog.community.pk}/").status_code == 302
    answer = noor.post("/binnenkomen/", {"code": code_in_mail().lower()})
    assert answer.headers["Location"] == f"/plg/{regenboog.community.pk}/"
    member = regenboog.member(User.objects.get(email="noor@school.test"))
    assert (str(member), member.role, member.school) == ("Noor Smit", Role.MEMBER, regenboog.school)
    assert noor.get(f"/plg/{regenboog.community.pk}/leden/").status_code == 200
    notice = Notice.objects.get(by=member)
    assert (notice.kind, notice.user) == ("door.came", fatima)
    assert not Arrival.objects.exists()
    door.refresh_from_db()
    assert door.came == 1


def test_an_address_with_an_account_is_answered_the_same(door: Door, browser: Browser, olga: User) -> None:
    answers = []
    for email in (olga.email, "niemand@school.test"):
        client = browser(None)
        first = client.post(door.address, {"name": "Iemand", "email": email})
        page = client.get("/binnenkomen/").content.decode()
        answers.append((first.status_code, first.headers["Location"], page.count("<"), email in page))
        work()
        assert mail.outbox[-1].to == [email]
    assert answers[0] == answers[1]
    one, other = (str(sent.body).splitlines() for sent in mail.outbox)
    assert [(a, b) for a, b in zip(one, other, strict=True) if a != b and "-" not in a] == []


def test_who_has_an_account_is_signed_in_by_the_house_and_then_asked(
    door: Door, browser: Browser, olga: User, regenboog: Side
) -> None:
    client = browser(None)
    client.post(door.address, {"name": "Een andere naam", "email": olga.email})
    work()
    back = client.post("/binnenkomen/", {"code": code_in_mail()})
    assert back.headers["Location"] == door.address
    assert not regenboog.community.memberships.filter(user=olga).exists()
    client.post(door.address)
    assert regenboog.member(olga).is_current
    olga.refresh_from_db()
    assert olga.name == "Olga Veenstra"


def test_a_wrong_code_lets_nobody_in_and_five_are_enough(door: Door, browser: Browser) -> None:
    client = browser(None)
    client.post(door.address, NOOR)
    work()
    for _try in range(MOST_TRIES):
        assert "klopt niet" in client.post("/binnenkomen/", {"code": "AAA-AAA"}).content.decode()
    assert client.post("/binnenkomen/", {"code": code_in_mail()}).status_code == 409
    assert not User.objects.filter(email="noor@school.test").exists()


def test_a_code_works_a_quarter_of_an_hour_in_one_browser(door: Door, browser: Browser) -> None:
    client, other = browser(None), browser(None)
    client.post(door.address, NOOR)
    work()
    assert other.post("/binnenkomen/", {"code": code_in_mail()}).headers["Location"] == "/"
    with clock.at(NOW + timedelta(minutes=16)):
        assert client.post("/binnenkomen/", {"code": code_in_mail()}).status_code == 409
    assert not User.objects.filter(email="noor@school.test").exists()


def test_another_code_takes_the_place_of_the_first(door: Door, browser: Browser) -> None:
    client = browser(None)
    client.post(door.address, NOOR)
    work()
    first = code_in_mail()
    for _more in range(MOST_CODES - 1):
        client.post("/binnenkomen/", {"again": "1"})
        work()
    assert "klopt niet" in client.post("/binnenkomen/", {"code": first}).content.decode()
    assert client.post("/binnenkomen/", {"again": "1"}).status_code == 409
    assert len(mail.outbox) == MOST_CODES


def test_another_code_comes_also_while_the_first_is_being_mailed(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrival = door.ask(email="noor@school.test", name="Noor Smit")
    send, slow = mails.send_code, [True]

    def send_slowly(to: Arrival, code: str) -> None:
        if slow.pop() if slow else False:
            arrival.ask_code()
        send(to, code)

    monkeypatch.setattr(mails, "send_code", send_slowly)
    work()
    assert len(mail.outbox) == 2
    assert arrival.is_proven_by(code_in_mail())


def test_two_codes_that_were_asked_for_are_one_mail(door: Door) -> None:
    arrival = door.ask(email="noor@school.test", name="Noor Smit")
    arrival.ask_code()
    work()
    assert len(mail.outbox) == 1
    assert arrival.is_proven_by(code_in_mail())


def test_a_door_that_closes_meanwhile_lets_nobody_in(door: Door, browser: Browser) -> None:
    client = browser(None)
    client.post(door.address, NOOR)
    work()
    door.close()
    assert client.post("/binnenkomen/", {"code": code_in_mail()}).status_code == 409
    assert not User.objects.filter(email="noor@school.test").exists()


def test_who_never_proves_it_was_never_there(door: Door, browser: Browser) -> None:
    browser(None).post(door.address, NOOR)
    work()
    with clock.at(NOW + timedelta(hours=2)):
        night()
    assert not Arrival.objects.exists()
    assert not User.objects.filter(email="noor@school.test").exists()


def test_sixty_come_in_and_then_it_is_enough(door: Door, olga: User) -> None:
    Door.objects.update(came=MOST_IN)
    with pytest.raises(Refused):
        door.let_in(olga)
    assert not Membership.objects.filter(community=door.community, user=olga).exists()
    Door.objects.update(asked=MOST_ASKED)
    with pytest.raises(Refused):
        door.ask(email="noor@school.test", name="Noor")
    assert mail.outbox == []


def test_of_one_school_with_buildings_the_school_is_chosen_already(
    door: Door, regenboog: Side, browser: Browser
) -> None:
    assert 'name="place"' not in browser(None).get(door.address).content.decode()
    regenboog.school.add_location(name="Noord", place="")
    page = browser(None).get(door.address).content.decode()
    assert re.search(
        rf'<select name="place"[^>]*><option value="{regenboog.school.pk}:">De Regenboog</option>', page
    )


def test_one_mailbox_is_not_filled_with_codes(door: Door, browser: Browser) -> None:
    said = [browser(None).post(door.address, NOOR).status_code for _again in range(6)]
    assert said == [302] * 4 + [200] * 2


def test_who_was_taken_out_does_not_come_back_by_a_door_of_before(
    door: Door, anna: User, regenboog: Side, browser: Browser
) -> None:
    regenboog.member(anna).leave()
    assert browser(anna).post(door.address).status_code == 409
    with clock.at(NOW + timedelta(hours=1)):
        again = Door.open(regenboog.community, days=1, by=regenboog.member(anna))
        browser(anna).post(again.address)
    assert regenboog.member(anna).is_current


def test_who_is_in_just_enters(door: Door, browser: Browser, bram: User, regenboog: Side) -> None:
    answer = browser(bram).get(door.address)
    assert answer.headers["Location"] == f"/plg/{regenboog.community.pk}/"


def test_an_administrator_stays_outside(door: Door, browser: Browser, beheer: User) -> None:
    assert browser(beheer).post(door.address).status_code == 409
    assert not beheer.memberships.exists()


def test_with_several_places_one_says_where_one_works(door: Door, browser: Browser, regenboog: Side) -> None:
    other = School.open(name="De Linde", sector="po", region="midden")
    regenboog.community.schools.add(other)
    place = Location.objects.create(school=other, name="Noord")
    client = browser(None)
    assert "De Linde, Noord" in client.get(door.address).content.decode()
    assert "Waar werk je?" in client.post(door.address, NOOR).content.decode()
    in_as(client, door, {**NOOR, "place": f"{place.school_id}:{place.pk}"})
    member = regenboog.member(User.objects.get(email="noor@school.test"))
    assert (member.school, member.location) == (other, place)


@pytest.mark.parametrize(
    "said",
    [
        {"name": ""},
        {"name": "Noor"},
        {"email": "noor@school.test"},
        {"name": "x" * 121, "email": "a@b.nl"},
        {"name": "\0", "email": "é"},
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_mailed(
    door: Door, browser: Browser, said: dict[str, str]
) -> None:
    answer = browser(None).post(door.address, said)
    assert "Kijk hier nog even naar" in answer.content.decode()
    assert not Arrival.objects.exists()
