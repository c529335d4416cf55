"""The post of the demo: a code that is not mailed is read by who asked for it, and by nobody else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.mail import send_mail
from django.test import Client
from pytest_django import Settings

from leerkring.communities.models import Door
from leerkring.jobs.worker import Worker
from leerkring.people.models import User
from tests.cast import NOW, Browser, Cast, Side

pytestmark = pytest.mark.django_db

POST, ASK = "/demo/post/", "/accounts/login/code/"
NOTHING = "Er is nu geen post voor je"


@pytest.fixture(autouse=True)
def _demo(settings: Settings, tmp_path: Path) -> None:
    settings.DEMO = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"


@pytest.fixture
def lid() -> User:
    return User.objects.create_user("lid@leerkring.example", "leerkring-demo", name="Demi", is_demo=True)


def post(client: Client) -> str:
    answer = client.get(POST)
    assert answer.status_code == 200
    return answer.content.decode()


def code_in(page: str) -> str:
    found = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", page)
    assert found
    return found[0]


def test_who_asks_a_code_in_the_demo_reads_it_there_and_is_in(lid: User, browser: Browser) -> None:
    client = browser(None)
    assert POST in client.get(ASK).content.decode()
    waiting = client.post(ASK, {"email": lid.email}, follow=True).content.decode()
    assert POST in waiting
    client.post("/accounts/login/code/confirm/", {"code": code_in(post(client))})
    assert client.session["_auth_user_id"] == str(lid.pk)


def test_nobody_else_reads_that_code(lid: User, browser: Browser, anna: User) -> None:
    browser(None).post(ASK, {"email": lid.email})
    assert NOTHING in post(browser(None))
    assert NOTHING in post(browser(anna))


def test_a_code_for_someone_who_came_in_before_is_not_shown_to_who_asks_for_it(
    browser: Browser, anna: User
) -> None:
    """Else the demo would be a way into the account of another visitor."""
    User.objects.filter(pk=anna.pk).update(last_login=NOW)
    client = browser(None)
    client.post(ASK, {"email": anna.email.upper()})
    assert NOTHING in post(client)
    assert "Je code is" in post(browser(anna))


def test_who_was_given_an_account_and_never_came_comes_in_by_a_code(browser: Browser, anna: User) -> None:
    User.objects.filter(pk=anna.pk).update(last_login=None)
    client = browser(None)
    client.post(ASK, {"email": anna.email})
    assert code_in(post(client))


@pytest.mark.django_db(transaction=True)
def test_who_comes_by_a_door_reads_the_code_when_it_is_made(regenboog: Side, cast: Cast) -> None:
    door = Door.open(regenboog.community, days=1, by=regenboog.member(cast.fatima))
    client = Client(HTTP_ACCEPT_LANGUAGE="nl")
    asked = client.post(door.address, {"name": "Nieuw", "email": "nieuw@elders.example"}, follow=True)
    assert POST in asked.content.decode()
    assert client.get(POST).headers["Refresh"] == "3"
    while Worker().one():
        pass
    assert code_in(post(client))
    assert "Refresh" not in client.get(POST).headers


def test_what_came_for_the_signed_in_is_there_and_older_post_is_not(
    lid: User, browser: Browser, settings: Settings
) -> None:
    send_mail("Er is iets nieuws", "Kijk op https://leerkring.example/postvak/", None, [lid.email])
    send_mail("Voor een ander", "Dag", None, ["ander@leerkring.example"])
    page = post(browser(lid))
    assert "Er is iets nieuws" in page
    assert 'href="https://leerkring.example/postvak/"' in page
    assert "Voor een ander" not in page
    for file in Path(settings.EMAIL_FILE_PATH).glob("*"):
        file.write_bytes(re.sub(rb"Date: .*", b"Date: Mon, 02 Nov 2020 10:00:00 -0000", file.read_bytes()))
    assert NOTHING in post(browser(lid))


def test_the_page_looks_again_only_where_a_code_was_asked_for(lid: User, browser: Browser) -> None:
    """Who is signed in and has no post reads on in peace."""
    answer = browser(lid).get(POST)
    assert "Refresh" not in answer.headers
    assert "Deze pagina kijkt vanzelf weer" not in answer.content.decode()


def test_another_file_in_the_folder_does_no_harm(lid: User, browser: Browser, settings: Settings) -> None:
    send_mail("Er is iets nieuws", "Dag", None, [lid.email])
    (Path(settings.EMAIL_FILE_PATH) / "zzz.txt").write_bytes(b"\x00\xff niet van ons")
    (Path(settings.EMAIL_FILE_PATH) / "map").mkdir()
    assert "Er is iets nieuws" in post(browser(lid))


def test_outside_the_demo_there_is_no_post_and_no_word_of_it(
    lid: User, browser: Browser, anna: User, settings: Settings
) -> None:
    settings.DEMO = False
    assert browser(anna).get(POST).status_code == 404
    client = browser(None)
    assert client.get(POST).status_code == 404
    assert POST not in client.get(ASK).content.decode()
    assert "kan hier nog geen mail versturen" in client.get(ASK).content.decode()
