"""An app as a second lock, recovery codes, and proving who one is without a password. Passkeys: tests/journeys."""

from __future__ import annotations

import json
import re

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.test import Client
from pytest_django import Settings

from leerkring.people.models import User
from leerkring.people.tests.test_signing_in import code_in_mail, is_signed_in
from tests.cast import Browser

ON, OFF, INDEX = "/accounts/2fa/totp/activate/", "/accounts/2fa/totp/deactivate/", "/accounts/2fa/"
CODES, ASKED = "/accounts/2fa/recovery-codes/", "/accounts/2fa/authenticate/"
PROVE = "/mijn/controle/"


def digits(secret: str) -> str:
    """What the app on a phone shows for this secret now."""
    return str(auth.format_hotp_value(auth.hotp_value(secret, next(auth.yield_hotp_counters_from_time()))))


def prove(client: Client) -> None:
    """Show by a mailed code that it is you."""
    client.post(PROVE, {"send": "1"})
    client.post(PROVE, {"code": code_in_mail()})


def turn_on(client: Client) -> str:
    """Set up the app; its secret."""
    secret = str(re.findall(r"<code>([A-Z2-7]{32})</code>", client.get(ON).content.decode())[0])
    answer = client.post(ON, {"code": digits(secret)})
    assert answer.headers["Location"] == CODES, answer.content.decode()[-3000:]
    return secret


@pytest.fixture
def hers(anna: User, browser: Browser) -> Client:
    """Anna's browser, in which she just proved who she is."""
    client = browser(anna)
    prove(client)
    return client


def sign_in_by_code(browser: Browser, user: User) -> Client:
    """A browser elsewhere, as far as a mailed code brings it."""
    client = browser(None)
    client.post("/accounts/login/code/", {"email": user.email})
    client.post("/accounts/login/code/confirm/", {"code": code_in_mail()})
    return client


def test_without_a_password_a_mailed_code_opens_the_lock(anna: User, browser: Browser) -> None:
    client = browser(anna)
    assert client.get(ON).headers["Location"].startswith(PROVE + "?next=")
    client.post(PROVE, {"send": "1"})
    wrong = client.post(PROVE, {"code": "BBBB-BBBB"})
    assert "klopt niet" in wrong.content.decode()
    assert client.get(ON).status_code == 302
    answer = client.post(f"{PROVE}?next={ON}", {"code": code_in_mail()})
    assert answer.headers["Location"] == ON
    assert client.get(ON).status_code == 200


def test_who_just_signed_in_by_a_code_need_not_do_so_again(anna: User, browser: Browser) -> None:
    assert sign_in_by_code(browser, anna).get(ON).status_code == 200


def test_the_app_is_asked_after_a_mailed_code(anna: User, hers: Client, browser: Browser) -> None:
    secret = turn_on(hers)
    client = sign_in_by_code(browser, anna)
    assert not is_signed_in(client)
    assert "Ongeldige code" in client.post(ASKED, {"code": "000000"}).content.decode()
    assert not is_signed_in(client)
    # A code works once: the next one is used, as the app would show in half a minute.
    later = str(
        auth.format_hotp_value(auth.hotp_value(secret, next(auth.yield_hotp_counters_from_time()) + 2))
    )
    client.post(ASKED, {"code": later})
    assert is_signed_in(client)


def test_a_recovery_code_opens_once(anna: User, hers: Client, browser: Browser) -> None:
    turn_on(hers)
    code = re.findall(r"<li>(\d{8})</li>", hers.get(CODES).content.decode())[0]
    first, second = sign_in_by_code(browser, anna), sign_in_by_code(browser, anna)
    first.post(ASKED, {"code": code})
    second.post(ASKED, {"code": code})
    assert is_signed_in(first)
    assert not is_signed_in(second)
    assert code not in hers.get(CODES).content.decode()


def test_guessing_is_held_back(anna: User, hers: Client, browser: Browser) -> None:
    turn_on(hers)
    client = sign_in_by_code(browser, anna)
    said = [client.post(ASKED, {"code": f"{n:06}"}).content.decode() for n in range(7)]
    assert "Ongeldige code" in said[0]
    assert "Ongeldige code" not in said[-1]


def test_no_secret_is_kept_as_it_is(anna: User, hers: Client, settings: Settings) -> None:
    secret = turn_on(hers)
    kept = {a.type: a.data for a in Authenticator.objects.filter(user=anna)}
    assert set(kept) == {"totp", "recovery_codes"}
    assert secret not in json.dumps(kept)
    assert get_adapter().decrypt(kept["totp"]["secret"]) == secret
    seed = get_adapter().decrypt(kept["recovery_codes"]["seed"])
    assert seed not in json.dumps(kept)
    settings.SECRET_KEY = "een andere sleutel"
    with pytest.raises(Exception):  # noqa: B017, PT011  # whatever the library says: it does not open
        get_adapter().decrypt(kept["totp"]["secret"])


def test_who_has_the_app_proves_it_with_the_app_and_not_with_a_mail(
    anna: User, hers: Client, browser: Browser
) -> None:
    turn_on(hers)
    elsewhere = browser(anna)
    assert elsewhere.get(OFF).headers["Location"].startswith("/accounts/2fa/reauthenticate/")
    assert elsewhere.post(PROVE, {"send": "1"}).headers["Location"] == "/accounts/reauthenticate/"
    hers.post(OFF)
    assert not Authenticator.objects.filter(user=anna).exists()


def test_in_the_demo_nobody_can_add_any(anna: User, hers: Client, settings: Settings) -> None:
    settings.DEMO = True
    User.objects.filter(pk=anna.pk).update(is_demo=True)
    for address in (ON, "/accounts/2fa/webauthn/add/"):
        assert hers.get(address).status_code == 409
        assert hers.post(address, {"code": "123456"}).status_code == 409
    page = hers.get(INDEX).content.decode()
    assert ON not in page
    assert "In de demo blijft dit zoals het is" in page


def test_they_are_forgotten(anna: User, hers: Client, browser: Browser) -> None:
    turn_on(hers)
    assert anna.forget_second_factors() == 2
    assert is_signed_in(sign_in_by_code(browser, anna))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_page_speaks_the_other_language(language: str, hers: Client) -> None:
    """allauth's own texts come along in both; none of them may be missing in one."""
    hers.post("/taal/", {"language": language})
    other = {"nl": re.compile(r"\b(your|the|with|code is)\b"), "en": re.compile(r"\b(je|jij|het|een|met)\b")}[
        language
    ]
    first = hers.get(ON).content.decode()
    secret = re.findall(r"<code>([A-Z2-7]{32})</code>", first)[0]
    pages = [first, hers.post(ON, {"code": "000000"}).content.decode()]
    hers.post(ON, {"code": digits(secret)})
    pages += [
        hers.get(address).content.decode()
        for address in (
            CODES,
            INDEX,
            OFF,
            CODES + "generate/",
            "/accounts/2fa/webauthn/",
            "/accounts/2fa/webauthn/add/",
            "/accounts/2fa/reauthenticate/",
            PROVE,
        )
    ]
    pages.append(hers.get(CODES + "download/").content.decode())
    for page in pages:
        words = re.sub(r"<(script|head|template).*?</\1>|<[^>]*>", " ", page, flags=re.DOTALL)
        assert other.findall(words) == [], words


SHAPED = {"id": "a", "rawId": "AA", "type": "public-key"}
GARBLED = dict.fromkeys(
    ("clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"), "oA"
)


@pytest.mark.parametrize(
    "sent",
    ["", "null", "[]", "{}", '{"id": 1}', "\0", '"x"']
    + [
        json.dumps({**SHAPED, "response": response})
        for response in (
            {},
            3,
            {"userHandle": 3},
            GARBLED,
            {**GARBLED, "clientDataJSON": "e30"},
            {**GARBLED, "userHandle": "é"},
        )
    ],
)
def test_a_broken_passkey_is_refused_and_nothing_breaks(sent: str, hers: Client, browser: Browser) -> None:
    login = browser(None)
    login.get("/accounts/2fa/webauthn/login/", headers={"x-requested-with": "XMLHttpRequest"})
    assert login.post("/accounts/2fa/webauthn/login/", {"credential": sent}).status_code == 302
    hers.get("/accounts/2fa/webauthn/add/")
    added = hers.post("/accounts/2fa/webauthn/add/", {"name": "x", "credential": sent, "passwordless": "on"})
    assert added.status_code == 200
    assert not Authenticator.objects.exists()
