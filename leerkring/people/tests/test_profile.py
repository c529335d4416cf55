"""Name, language and address: one's own, and changed by nobody else."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from pytest_django import Settings

from leerkring.people.models import User
from leerkring.people.tests.test_signing_in import code_in_mail
from tests.cast import Browser, Cast, Side

ADDRESS, CODE = "/mijn/e-mailadres/", "/mijn/e-mailadres/code/"


def is_in(client: Client) -> bool:
    return client.get("/mijn/").status_code == 200


def test_a_name_is_changed_and_colleagues_see_it_at_once(
    cast: Cast, regenboog: Side, browser: Browser
) -> None:
    colleague, members = browser(cast.anna), f"/plg/{regenboog.community.pk}/leden/"
    tag = colleague.get(members).headers["ETag"]
    browser(cast.bram).post("/mijn/naam/", {"name": "Bram de Jong", "language": "nl"})
    again = colleague.get(members, headers={"If-None-Match": tag})
    assert again.status_code == 200
    assert "Bram de Jong" in again.content.decode()


def test_the_language_goes_along_to_another_device(anna: User, browser: Browser) -> None:
    here = browser(anna)
    here.post("/mijn/naam/", {"name": anna.name, "language": "en"})
    anna.refresh_from_db()
    assert anna.language == "en"
    assert "My details" in here.get("/mijn/").content.decode()
    elsewhere = browser(None)
    elsewhere.post("/accounts/login/code/", {"email": anna.email})
    elsewhere.post("/accounts/login/code/confirm/", {"code": code_in_mail()})
    assert "My details" in elsewhere.get("/mijn/").content.decode()


def test_the_button_in_the_bar_is_remembered(anna: User, browser: Browser) -> None:
    client = browser(anna)
    for language in ("en", "xx", "\0"):
        client.post("/taal/", {"language": language, "next": "/mijn/"})
    anna.refresh_from_db()
    assert anna.language == "en"
    assert browser(None).post("/taal/", {"language": "en"}).status_code == 302


def test_a_new_address_is_proved_and_the_old_one_told(anna: User, browser: Browser) -> None:
    here, elsewhere = browser(anna), browser(anna)
    assert here.post(ADDRESS, {"email": "Anna.Nieuw@school.test"}).headers["Location"] == CODE
    assert mail.outbox[-1].to == ["anna.nieuw@school.test"]
    code = code_in_mail()
    assert "klopt niet" in here.post(CODE, {"code": "BBBB-BBBB"}).content.decode()
    anna.refresh_from_db()
    assert anna.email == "anna@leerkring.test"
    assert here.post(CODE, {"code": code.lower()}).status_code == 302
    anna.refresh_from_db()
    assert anna.email == "anna.nieuw@school.test"
    assert mail.outbox[-1].to == ["anna@leerkring.test"]
    assert "anna.nieuw" not in str(mail.outbox[-1].body)
    assert is_in(here)
    assert not is_in(elsewhere)


def test_the_address_that_was_opens_nothing_any_more(anna: User, browser: Browser) -> None:
    """Also when allauth kept it as hers, as it does after a code was asked for there."""
    EmailAddress.objects.create(user=anna, email=anna.email, verified=True, primary=True)
    here = browser(anna)
    here.post(ADDRESS, {"email": "anna.nieuw@school.test"})
    here.post(CODE, {"code": code_in_mail()})
    for address, is_sent in (("anna@leerkring.test", False), ("anna.nieuw@school.test", True)):
        browser(None).post("/accounts/login/code/", {"email": address})
        assert ("Je code is" in mail.outbox[-1].subject) is is_sent


def test_a_code_works_where_it_was_asked_for_and_five_times_wrong_is_over(
    anna: User, browser: Browser
) -> None:
    here, elsewhere = browser(anna), browser(anna)
    here.post(ADDRESS, {"email": "nieuw@school.test"})
    code = code_in_mail()
    assert elsewhere.post(CODE, {"code": code}).headers["Location"] == ADDRESS
    for _ in range(5):
        here.post(CODE, {"code": "CCCC-CCCC"})
    assert here.post(CODE, {"code": code}).headers["Location"] == ADDRESS
    anna.refresh_from_db()
    assert anna.email == "anna@leerkring.test"


def test_the_address_of_another_is_not_told_and_not_taken(cast: Cast, browser: Browser) -> None:
    client = browser(cast.anna)
    taken = client.post(ADDRESS, {"email": cast.olga.email.upper()})
    free = browser(cast.anna).post(ADDRESS, {"email": "vrij@school.test"})
    assert (taken.status_code, taken.headers["Location"]) == (free.status_code, free.headers["Location"])
    assert "al een account mee" in str(mail.outbox[0].body)
    for code in ("", "None", "BCDF-GHJK"):
        client.post(CODE, {"code": code})
    cast.anna.refresh_from_db()
    assert cast.anna.email == "anna@leerkring.test"


def test_a_mailbox_is_not_filled_with_codes(anna: User, browser: Browser) -> None:
    client = browser(anna)
    answers = [client.post(ADDRESS, {"email": f"n{n}@school.test"}).status_code for n in range(9)]
    assert answers == [302] * 6 + [200] * 3
    assert len(mail.outbox) == 6


def test_who_has_a_password_says_it_again_first(db: None, browser: Browser) -> None:
    noor = User.objects.create_user("noor@school.test", "een zin die niemand raadt", name="Noor")
    answer = browser(noor).post(ADDRESS, {"email": "nieuw@school.test"})
    assert answer.headers["Location"].startswith("/accounts/reauthenticate/")
    assert mail.outbox == []


def test_in_the_demo_the_address_stays(anna: User, browser: Browser, settings: Settings) -> None:
    settings.DEMO = True
    User.objects.filter(pk=anna.pk).update(is_demo=True)
    answer = browser(anna).post(ADDRESS, {"email": "nieuw@school.test"})
    assert "In de demo blijft het e-mailadres zoals het is." in answer.content.decode()
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Anna de Wit", "AW"), ("Bram", "B"), ("fatima el Amrani", "FA"), ("💥", "💥"), ("(x) y", "Y")],
)
def test_what_stands_in_the_place_of_a_photo(name: str, initials: str) -> None:
    assert User(name=name).initials == initials


def test_half_days_are_shown_on_the_card(cast: Cast, regenboog: Side, browser: Browser) -> None:
    browser(cast.bram).post("/mijn/op-school/", {"half_days": ["0", "1", "2", "9"]})
    page = browser(cast.anna).get(f"/plg/{regenboog.community.pk}/leden/kennismaken/").content.decode()
    assert "Meestal op school: ma, di (ochtend), vr (middag)" in page
    ticked = browser(cast.bram).get("/mijn/op-school/").content.decode()
    assert ticked.count(" checked") == 4
    wrong = browser(cast.bram).post("/mijn/op-school/", {"half_days": ["10", "\0"]})
    assert "Kies alleen uit deze dagdelen" in wrong.content.decode()


def test_bad_input_gets_a_sentence(anna: User, browser: Browser) -> None:
    client = browser(anna)
    for address, sent in (
        ("/mijn/naam/", {"name": "", "language": "xx"}),
        ("/mijn/naam/", {"name": "x" * 121, "language": "nl"}),
        ("/mijn/naam/", {"name": "a\0b", "language": "nl"}),
        (ADDRESS, {"email": "geen adres"}),
        (ADDRESS, {"email": "ANNA@leerkring.test"}),
        ("/mijn/afwezig/", {"first_day": "31-31-2026"}),
        ("/mijn/afwezig/", {"first_day": "2020-01-01"}),
        ("/mijn/afwezig/", {"first_day": "2026-11-12", "last_day": "2026-11-11"}),
        ("/mijn/foto/", {"photo": "geen bestand"}),
    ):
        answer = client.post(address, sent)
        assert answer.status_code == 200, address
        assert 'role="alert"' in answer.content.decode(), address
