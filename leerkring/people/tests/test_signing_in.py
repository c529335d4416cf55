"""Signing in: by password or by a code from the mail, with limits; demo accounts only in the demo."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import Settings

from leerkring.people.models import User
from tests.cast import Browser

pytestmark = pytest.mark.django_db

SIGN_IN = "/accounts/login/"
ASK_CODE = "/accounts/login/code/"
GIVE_CODE = "/accounts/login/code/confirm/"
PASSWORD = "een zin die niemand raadt"


@pytest.fixture
def noor() -> User:
    return User.objects.create_user("noor@school.test", PASSWORD, name="Noor Smit")


@pytest.fixture
def demo_person() -> User:
    return User.objects.create_user("lid@leerkring.example", "leerkring-demo", name="Demi", is_demo=True)


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session and client.get("/").status_code == 302


def code_in_mail() -> str:
    """The code in the last mail, which allauth writes as letters and digits with a dash or without."""
    body = str(mail.outbox[-1].body)
    found = re.findall(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", body, re.MULTILINE)
    assert len(found) == 1, body
    return str(found[0])


def by_password(client: Client, email: str, password: str) -> int:
    return client.post(SIGN_IN, {"login": email, "password": password}).status_code


# By password


def test_by_password_in_any_case_of_the_address(noor: User, browser: Browser) -> None:
    client = browser(None)
    assert by_password(client, "Noor@School.test", PASSWORD) == 302
    assert is_signed_in(client)


def test_a_wrong_password_and_a_wrong_address_are_told_alike(noor: User, browser: Browser) -> None:
    said = []
    for email in ("noor@school.test", "niemand@school.test"):
        client = browser(None)
        answer = client.post(SIGN_IN, {"login": email, "password": "iets heel anders"})
        assert answer.status_code == 200
        assert not is_signed_in(client)
        text = re.sub(r'value="[^"]*"', "", answer.content.decode())
        said.append(re.sub(r"nonce-[^;]*|csrf[^>]*", "", text))
    assert said[0] == said[1]


def test_a_password_is_kept_as_a_hash(noor: User) -> None:
    assert PASSWORD not in noor.password
    assert noor.check_password(PASSWORD)


def test_who_is_no_longer_active_is_out(noor: User, browser: Browser) -> None:
    client = browser(noor)
    assert is_signed_in(client)
    User.objects.filter(pk=noor.pk).update(is_active=False)
    assert not is_signed_in(client)
    assert by_password(browser(None), noor.email, PASSWORD) in {200, 302}
    assert not is_signed_in(client)


def test_after_signing_in_one_is_where_one_wanted_to_be(noor: User, browser: Browser) -> None:
    client = browser(None)
    wanted = client.get("/vandaag/").headers["Location"]
    assert wanted == f"{SIGN_IN}?next=/vandaag/"
    answer = client.post(wanted, {"login": noor.email, "password": PASSWORD, "next": "/vandaag/"})
    assert answer.headers["Location"] == "/vandaag/"


@pytest.mark.parametrize(
    "elsewhere", ["https://kwaad.example/", "//kwaad.example/", "/\\kwaad.example", "javascript:x"]
)
def test_signing_in_leads_nowhere_else(noor: User, browser: Browser, elsewhere: str) -> None:
    answer = browser(None).post(SIGN_IN, {"login": noor.email, "password": PASSWORD, "next": elsewhere})
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/"


def test_signing_out_is_a_post(noor: User, browser: Browser) -> None:
    client = browser(noor)
    client.get("/accounts/logout/")
    assert is_signed_in(client)
    client.post("/accounts/logout/")
    assert not is_signed_in(client)


def test_nobody_signs_up_by_themselves(browser: Browser) -> None:
    sent = {"email": "nieuw@school.test", "password1": PASSWORD, "password2": PASSWORD}
    browser(None).post("/accounts/signup/", sent)
    assert not User.objects.exists()


# By a code


def test_by_a_code_from_the_mail(noor: User, browser: Browser) -> None:
    client = browser(None)
    assert client.post(ASK_CODE, {"email": "noor@school.test"}).headers["Location"] == GIVE_CODE
    assert mail.outbox[-1].to == ["noor@school.test"]
    assert client.post(GIVE_CODE, {"code": code_in_mail()}).status_code == 302
    assert is_signed_in(client)


def test_a_code_works_where_it_was_asked_for_and_once(noor: User, browser: Browser) -> None:
    asked = browser(None)
    asked.post(ASK_CODE, {"email": "noor@school.test"})
    elsewhere = browser(None)
    elsewhere.post(GIVE_CODE, {"code": code_in_mail()})
    assert not is_signed_in(elsewhere)
    asked.post(GIVE_CODE, {"code": code_in_mail()})
    asked.post("/accounts/logout/")
    asked.post(GIVE_CODE, {"code": code_in_mail()})
    assert not is_signed_in(asked)


def test_a_code_to_an_address_that_was_theirs_opens_nothing(noor: User, browser: Browser) -> None:
    client = browser(None)
    client.post(ASK_CODE, {"email": "Noor@School.test"})
    noor.move_to("noor@elders.test")
    client.post(GIVE_CODE, {"code": code_in_mail()})
    assert not is_signed_in(client)
    assert not EmailAddress.objects.exists()
    client.post(ASK_CODE, {"email": "NOOR@elders.test"})
    client.post(GIVE_CODE, {"code": code_in_mail()})
    assert is_signed_in(client)


def test_a_code_cannot_be_guessed_for_long(noor: User, browser: Browser) -> None:
    client = browser(None)
    client.post(ASK_CODE, {"email": "noor@school.test"})
    for number in range(5):
        client.post(GIVE_CODE, {"code": f"AAAAA{number}"})
    client.post(GIVE_CODE, {"code": code_in_mail()})
    assert not is_signed_in(client)


def test_asking_a_code_does_not_tell_who_has_an_account(noor: User, browser: Browser) -> None:
    answers = [
        browser(None).post(ASK_CODE, {"email": e}) for e in ("noor@school.test", "niemand@school.test")
    ]
    assert {(a.status_code, a.headers["Location"]) for a in answers} == {(302, GIVE_CODE)}
    assert len([m for m in mail.outbox if m.to == ["noor@school.test"]]) == 1


# Limits


def test_an_account_is_guarded_after_five_wrong_passwords(noor: User, browser: Browser) -> None:
    for number in range(5):
        browser(None).post(
            SIGN_IN, {"login": noor.email, "password": f"gok {number}"}, REMOTE_ADDR=f"192.0.2.{number}"
        )
    client = browser(None)
    client.post(SIGN_IN, {"login": noor.email, "password": PASSWORD}, REMOTE_ADDR="192.0.2.9")
    assert not is_signed_in(client)


def test_a_school_behind_one_address_signs_in_together(browser: Browser) -> None:
    for number in range(30):
        email = f"collega{number}@school.test"
        User.objects.create_user(email, PASSWORD, name=f"Collega {number}")
        wrong_first = browser(None)
        by_password(wrong_first, email, "vergeten")
        assert by_password(wrong_first, email, PASSWORD) == 302
        assert is_signed_in(wrong_first)


def test_a_mailbox_is_not_filled_with_codes(noor: User, browser: Browser) -> None:
    for number in range(12):
        browser(None).post(ASK_CODE, {"email": "noor@school.test"}, REMOTE_ADDR=f"192.0.2.{number}")
    assert len(mail.outbox) == 4


# The demo


def test_in_the_demo_a_demo_person_signs_in(demo_person: User, browser: Browser, settings: Settings) -> None:
    settings.DEMO = True
    client = browser(None)
    by_password(client, demo_person.email, "leerkring-demo")
    assert is_signed_in(client)


def test_outside_the_demo_not_by_password(demo_person: User, browser: Browser, settings: Settings) -> None:
    settings.DEMO = False
    client = browser(None)
    by_password(client, demo_person.email, "leerkring-demo")
    assert not is_signed_in(client)


def test_outside_the_demo_not_by_code(demo_person: User, browser: Browser, settings: Settings) -> None:
    settings.DEMO = False
    client = browser(None)
    client.post(ASK_CODE, {"email": demo_person.email})
    if mail.outbox:
        client.post(GIVE_CODE, {"code": code_in_mail()})
    assert not is_signed_in(client)


def test_outside_the_demo_not_by_an_old_session(
    demo_person: User, browser: Browser, settings: Settings
) -> None:
    settings.DEMO = True
    client = browser(demo_person)
    assert is_signed_in(client)
    settings.DEMO = False
    assert client.get("/vandaag/").headers["Location"].startswith(SIGN_IN)


# Accounts


def test_one_account_for_an_address_in_any_case(noor: User) -> None:
    with pytest.raises(ValidationError):
        User.objects.create_user("NOOR@school.test", name="Nog een Noor")
    assert User.objects.create_user("  Mo@School.test ", name="Mo").email == "mo@school.test"


def test_someone_without_a_password_cannot_sign_in_with_one(browser: Browser) -> None:
    User.objects.create_user("mo@school.test", name="Mo")
    client = browser(None)
    for password in ("", "!", "None"):
        by_password(client, "mo@school.test", password)
    assert not is_signed_in(client)


def test_in_the_demo_nobody_shuts_the_others_out(
    demo_person: User, browser: Browser, settings: Settings
) -> None:
    settings.DEMO = True
    new = {"oldpassword": "leerkring-demo", "password1": PASSWORD, "password2": PASSWORD}
    answer = browser(demo_person).post("/accounts/password/change/", new)
    assert answer.status_code == 409
    demo_person.refresh_from_db()
    assert demo_person.check_password("leerkring-demo")


def test_who_has_a_password_changes_it(noor: User, browser: Browser) -> None:
    new = "een heel andere zin"
    answer = browser(noor).post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert answer.status_code == 302
    noor.refresh_from_db()
    assert noor.check_password(new)
