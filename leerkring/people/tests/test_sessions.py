"""Where someone is signed in: in words, ended at once, and worth nothing to who steals the table."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leerkring import clock
from leerkring.people.models import Session, User
from leerkring.people.sessions import SessionStore, device, kept
from tests.cast import NOW, Browser

PAGE = "/mijn/apparaten/"
ANDROID = "Mozilla/5.0 (Android 15; Mobile; rv:142.0) Gecko/142.0 Firefox/142.0"


def key(client: Client) -> str:
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def is_in(client: Client) -> bool:
    return client.get("/mijn/").status_code == 200


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (ANDROID, "Firefox/Android"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
            " Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
            "Edge/Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
            " Version/18.6 Mobile/15E148 Safari/604.1",
            "Safari/iPhone",
        ),
        (
            "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko)"
            " Chrome/140.0.0.0 Safari/537.36",
            "Chrome/Chromebook",
        ),
        ("curl/8.5", ""),
        ("", ""),
    ],
)
def test_a_device_in_words(agent: str, words: str) -> None:
    assert device(agent) == words


def test_a_session_is_of_someone_and_keeps_no_more_than_words_and_days(db: None, browser: Browser) -> None:
    noor = User.objects.create_user("noor@school.test", "een zin die niemand raadt", name="Noor")
    client = Client(headers={"user-agent": ANDROID})
    client.post(
        "/accounts/login/",
        {"login": noor.email, "password": "een zin die niemand raadt"},
        REMOTE_ADDR="192.0.2.7",
    )
    session = Session.objects.get()
    assert (session.user, session.device) == (noor, "Firefox/Android")
    row = repr(Session.objects.values().get()) + repr(session.get_decoded())
    assert "192.0.2.7" not in row
    assert "Mozilla" not in row
    assert key(client) not in row


def test_a_stolen_table_opens_nothing(anna: User, browser: Browser) -> None:
    client = browser(anna)
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = kept(key(client))
    assert is_in(client)
    assert not is_in(thief)


def test_the_list_and_ending_one_and_all_others(anna: User, browser: Browser) -> None:
    here, phone, laptop = browser(anna), browser(anna), browser(anna)
    page = here.get(PAGE).content.decode()
    assert page.count("Log daar uit<") == 2
    assert "hier" in page
    here.post(PAGE + "uitloggen/", {"which": kept(key(phone))})
    assert [is_in(c) for c in (here, phone, laptop)] == [True, False, True]
    here.post(PAGE + "overal-uitloggen/")
    assert [is_in(c) for c in (here, laptop)] == [True, False]


def test_of_another_nothing_can_be_ended(anna: User, bram: User, browser: Browser) -> None:
    his = browser(bram)
    for which in (kept(key(his)), "\0", "x" * 99, ""):
        assert browser(anna).post(PAGE + "uitloggen/", {"which": which}).status_code == 404
    assert is_in(his)


def test_one_ended_halfway_through_a_request_does_not_come_back(anna: User, browser: Browser) -> None:
    client = browser(anna)
    under_way = SessionStore(key(client))
    under_way["seen"] = True
    anna.sign_out()
    with pytest.raises(UpdateError):
        under_way.save()
    assert not is_in(client)


def test_a_new_password_ends_the_others(db: None, browser: Browser) -> None:
    old, new = "een zin die niemand raadt", "een andere zin die niemand raadt"
    noor = User.objects.create_user("noor@school.test", old, name="Noor")
    here, elsewhere = browser(noor), browser(noor)
    sent = {"oldpassword": old, "password1": new, "password2": new}
    here.post("/accounts/password/change/", sent)
    assert is_in(here)
    assert not is_in(elsewhere)
    assert Session.objects.filter(user=noor).count() == 1


def test_a_visit_costs_one_query_and_one_more_on_a_new_day(anna: User, browser: Browser) -> None:
    client = browser(anna)
    with CaptureQueriesContext(connection) as asked:
        client.get("/mijn/naam/")
    assert len([q for q in asked if "people_session" in q["sql"]]) == 1
    with clock.at(NOW + timedelta(days=1)):
        for expected in (2, 1):
            with CaptureQueriesContext(connection) as asked:
                client.get("/mijn/naam/")
            assert len([q for q in asked if "people_session" in q["sql"]]) == expected
    assert Session.objects.get(user=anna).seen_on == (NOW + timedelta(days=1)).date()


def test_after_two_weeks_it_is_over_and_swept(anna: User, browser: Browser) -> None:
    client = browser(anna)
    with clock.at(NOW + timedelta(days=15)):
        assert not is_in(client)
        SessionStore.clear_expired()
    assert not Session.objects.filter(user=anna).exists()


def test_in_the_demo_one_sees_and_ends_only_the_own_place(anna: User, browser: Browser) -> None:
    User.objects.filter(pk=anna.pk).update(is_demo=True)
    anna.refresh_from_db()
    settings.DEMO = True
    try:
        here, other = browser(anna), browser(anna)
        assert here.get(PAGE).content.decode().count('<li class="row">') == 1
        assert here.post(PAGE + "uitloggen/", {"which": kept(key(other))}).status_code == 404
        assert here.post(PAGE + "overal-uitloggen/").status_code == 409
        assert is_in(other)
    finally:
        settings.DEMO = False
