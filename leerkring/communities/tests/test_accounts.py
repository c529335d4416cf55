"""What the administrator does with accounts; each act is noted for the person."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import translation

from leerkring.communities import accounts
from leerkring.communities.models import ExceptionalAct, Notice
from leerkring.people.models import User
from leerkring.people.tests.test_second_factor import prove
from leerkring.people.tests.test_signing_in import code_in_mail
from leerkring.ui.refusal import Refused
from tests.cast import Browser, Side


@pytest.fixture(autouse=True)
def _in_dutch() -> Iterator[None]:
    with translation.override("nl"):
        yield


@pytest.fixture
def keeper(browser: Browser, beheer: User) -> Client:
    """Beheer's browser, in which he just showed who he is."""
    client = browser(beheer)
    prove(client)
    mail.outbox.clear()
    return client


def acts_on(user: User) -> list[str]:
    return [act.kind for act in ExceptionalAct.objects.filter(user=user).order_by("pk")]


def test_people_are_found_by_a_part_of_name_or_address(browser: Browser, beheer: User) -> None:
    by_name = browser(beheer).get("/mensen/?zoek=bakk").content.decode()
    assert "Lotte Bakker" in by_name
    assert "schoolleider, De Regenboog" in by_name
    assert "Anna de Wit" not in by_name
    by_address = browser(beheer).get("/mensen/?zoek=ANNA@").content.decode()
    assert "Anna de Wit" in by_address
    assert "Niemand gevonden." in browser(beheer).get("/mensen/?zoek=%25").content.decode()


@pytest.mark.parametrize("asked", ["%00", "x" * 3000, "%F0%9F%92%A5", "_", "'"])
def test_whatever_is_asked_for_is_answered(browser: Browser, beheer: User, asked: str) -> None:
    page = browser(beheer).get(f"/mensen/?zoek={asked}&bladzijde=x")
    assert page.status_code == 200
    assert "Niemand gevonden." in page.content.decode()


def test_twenty_on_a_page(browser: Browser, beheer: User) -> None:
    for number in range(25):
        User.objects.create_user(f"n{number}@school.test", name=f"Nieuw {number:02}")
    first, second = (
        browser(beheer).get(f"/mensen/?zoek=nieuw&bladzijde={n}").content.decode() for n in (1, 2)
    )
    assert first.count("@school.test") == 20
    assert second.count("@school.test") == 5
    assert "zoek=nieuw&amp;bladzijde=2" in first


def test_where_someone_takes_part_is_not_shown(
    browser: Browser, beheer: User, anna: User, regenboog: Side
) -> None:
    page = browser(beheer).get(f"/mensen/{anna.pk}/").content.decode()
    assert "Anna de Wit" in page
    for secret in ("Rekenen in de onderbouw", "De Regenboog", f"/plg/{regenboog.community.pk}"):
        assert secret not in page


def test_another_address_is_told_at_both(keeper: Client, anna: User) -> None:
    EmailAddress.objects.create(user=anna, email=anna.email, verified=True, primary=True)
    keeper.post(f"/mensen/{anna.pk}/", {"email": "Anna@Nieuw.test"})
    anna.refresh_from_db()
    assert anna.email == "anna@nieuw.test"
    assert [m.to for m in mail.outbox] == [["anna@leerkring.test"], ["anna@nieuw.test"]]
    assert not EmailAddress.objects.exists()
    assert acts_on(anna) == ["address_changed"]


def test_the_old_address_opens_nothing_any_more(browser: Browser, beheer: User, anna: User) -> None:
    EmailAddress.objects.create(user=anna, email=anna.email, verified=True, primary=True)
    accounts.change_address(anna, "anna@nieuw.test", by=beheer)
    browser(None).post("/accounts/login/code/", {"email": "anna@leerkring.test"})
    assert "Je code is" not in mail.outbox[-1].subject
    browser(None).post("/accounts/login/code/", {"email": "anna@nieuw.test"})
    assert mail.outbox[-1].to == ["anna@nieuw.test"]
    assert "Je code is" in mail.outbox[-1].subject


def test_the_heaviest_acts_ask_who_it_is(browser: Browser, beheer: User, anna: User) -> None:
    for address, sent in (
        (f"/mensen/{anna.pk}/", {"email": "anna@nieuw.test"}),
        (f"/mensen/{anna.pk}/beheer/", {}),
        ("/beheer/iemand-wissen/", {"email": anna.email, "name": anna.name, "texts": "stay"}),
    ):
        answer = browser(beheer).post(address, sent)
        assert answer.headers["Location"].startswith("/mijn/controle/"), address
    anna.refresh_from_db()
    assert (anna.email, anna.is_administrator) == ("anna@leerkring.test", False)
    beheers = browser(beheer)
    asked = beheers.post(f"/mensen/{anna.pk}/", {"email": "anna@nieuw.test"}).headers["Location"]
    beheers.post(asked, {"send": "1"})
    assert beheers.post(asked, {"code": code_in_mail()}).headers["Location"] == f"/mensen/{anna.pk}/"
    anna.refresh_from_db()
    assert anna.email == "anna@nieuw.test"


def test_whoever_was_signed_in_with_the_old_address_is_out(
    browser: Browser, beheer: User, anna: User
) -> None:
    annas = browser(anna)
    assert annas.get("/mijn/").status_code == 200
    accounts.change_address(anna, "anna@nieuw.test", by=beheer)
    assert annas.get("/mijn/").status_code == 302


@pytest.mark.parametrize("email", ["bram@leerkring.test", "BRAM@leerkring.test", "geen adres", "", "\0@x.nl"])
def test_not_an_address_of_another_and_not_none(
    browser: Browser, beheer: User, anna: User, email: str
) -> None:
    assert browser(beheer).post(f"/mensen/{anna.pk}/", {"email": email}).status_code == 200
    anna.refresh_from_db()
    assert anna.email == "anna@leerkring.test"
    assert acts_on(anna) == []


def test_who_is_switched_off_is_out_and_stays_a_member(
    browser: Browser, beheer: User, anna: User, regenboog: Side
) -> None:
    annas = browser(anna)
    assert annas.get(f"/plg/{regenboog.community.pk}/").status_code == 200
    browser(beheer).post(f"/mensen/{anna.pk}/aan-uit/")
    assert annas.get(f"/plg/{regenboog.community.pk}/").status_code == 302
    browser(None).post("/accounts/login/code/", {"email": anna.email})
    assert not [m for m in mail.outbox if "Je code is" in m.subject]
    assert regenboog.member(anna).is_current
    browser(beheer).post(f"/mensen/{anna.pk}/aan-uit/")
    assert annas.get(f"/plg/{regenboog.community.pk}/").status_code == 302  # signs in anew
    assert browser(anna).get(f"/plg/{regenboog.community.pk}/").status_code == 200
    assert acts_on(anna) == ["switched_off", "switched_on"]


def test_nobody_switches_off_the_own_account(beheer: User, anna: User) -> None:
    accounts.make_administrator(anna, by=beheer)
    with pytest.raises(Refused):
        accounts.switch_off(beheer, by=beheer)


def test_who_becomes_an_administrator_reads_along_nowhere(
    keeper: Client, browser: Browser, anna: User, regenboog: Side
) -> None:
    keeper.post(f"/mensen/{anna.pk}/beheer/")
    assert not regenboog.member(anna).is_current
    assert browser(anna).get("/mensen/").status_code == 200
    assert acts_on(anna) == ["administrator_made"]
    assert {n.kind for n in Notice.objects.filter(user=anna)} == {
        "leading.stepped_out",
        "account.administrator",
    }


def test_the_last_administrator_stays(keeper: Client, beheer: User, anna: User) -> None:
    assert keeper.post(f"/mensen/{beheer.pk}/beheer/").status_code == 409
    accounts.make_administrator(anna, by=beheer)
    accounts.switch_off(beheer, by=anna)
    anna.refresh_from_db()
    with pytest.raises(Refused):
        accounts.end_administrator(anna, by=anna)
    assert User.objects.filter(is_administrator=True, is_active=True).get() == anna


def test_of_two_administrators_one_can_stop(keeper: Client, beheer: User, anna: User) -> None:
    accounts.make_administrator(anna, by=beheer)
    page = keeper.post(f"/mensen/{beheer.pk}/beheer/", follow=True).content.decode()
    assert "Beheer van Dijk is geen beheerder meer." in page
    assert keeper.get("/mensen/").status_code == 404
    beheer.refresh_from_db()
    assert not beheer.is_administrator


def test_an_account_of_the_demo_stays_as_it_is(beheer: User, anna: User) -> None:
    User.objects.filter(pk=anna.pk).update(is_demo=True)
    anna.refresh_from_db()
    for act in (accounts.switch_off, accounts.make_administrator):
        with pytest.raises(Refused):
            act(anna, by=beheer)
    with pytest.raises(Refused):
        accounts.change_address(anna, "anna@nieuw.test", by=beheer)


def test_an_account_that_is_off_gets_no_function(
    browser: Browser, beheer: User, piet: User, regenboog: Side
) -> None:
    accounts.switch_off(piet, by=beheer)
    sent = {"email": piet.email, "person": "Piet", "function": "leader"}
    answer = browser(beheer).post(f"/scholen/{regenboog.school.pk}/leiding/nieuw/", sent)
    assert "staat uit" in answer.content.decode()
    assert 'value="Piet"' in answer.content.decode()  # what was typed stands there still
    assert not piet.leaderships.exists()
