"""Where no mail goes out, who invites or opens reads what to hand over; nothing opens that was closed."""

from __future__ import annotations

import html
from pathlib import Path

import pytest
from django.core import mail
from pytest_django import Settings

from leerkring.communities import mails
from leerkring.communities.models import Invitation
from leerkring.people.models import User
from tests.cast import Browser, Side


@pytest.fixture(autouse=True)
def _no_server(settings: Settings, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"


def asked(browser: Browser, fatima: User, side: Side) -> str:
    address = f"/plg/{side.community.pk}/leden/uitnodigen/"
    client = browser(fatima)
    assert "Er gaat hier geen mail weg." in client.get(address).content.decode()
    said = {"email": "noor@school.test", "role": "member"}
    return html.unescape(client.post(address, said, follow=True).content.decode())


def test_who_invites_gets_the_link_and_reads_that_a_code_does_not_come(
    browser: Browser, fatima: User, regenboog: Side
) -> None:
    page = asked(browser, fatima, regenboog)
    invitation = Invitation.objects.get()
    assert "<h1>Geef de link door</h1>" in page
    assert f"De link voor {invitation}</label>" in page
    assert invitation.address(proven=False) in page
    Invitation.objects.update(name="Noor Smit")
    there = f"/plg/{regenboog.community.pk}/leden/uitnodigingen/{invitation.pk}/"
    named = browser(fatima).get(there).content.decode()
    assert "De link voor Noor Smit</label>" in named
    assert f">{invitation.email}</p>" in named
    assert "vraag de beheerder eerst om mail aan te zetten" in page
    assert "Stuur opnieuw" not in page


def test_once_mail_goes_out_the_page_of_an_older_invitation_no_longer_says_it_cannot(
    browser: Browser, fatima: User, regenboog: Side, settings: Settings
) -> None:
    asked(browser, fatima, regenboog)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    address = f"/plg/{regenboog.community.pk}/leden/uitnodigingen/{Invitation.objects.get().pk}/"
    page = browser(fatima).get(address).content.decode()
    assert "kan hier nog geen mail versturen" not in page
    assert "Stuur opnieuw" in page


def test_the_link_on_the_screen_makes_no_account_without_a_code(
    browser: Browser, fatima: User, regenboog: Side
) -> None:
    asked(browser, fatima, regenboog)
    newcomer = browser(None)
    newcomer.post(Invitation.objects.get().address(proven=False), {"name": "Noor"})
    assert not User.objects.filter(email="noor@school.test").exists()
    assert "_auth_user_id" not in newcomer.session


def test_in_the_demo_the_link_is_enough_and_no_code_is_promised(
    browser: Browser, fatima: User, regenboog: Side, settings: Settings
) -> None:
    settings.DEMO = True
    page = asked(browser, fatima, regenboog)
    assert Invitation.objects.get().address(proven=True) in page
    assert "met deze link meteen binnen" in page
    assert "krijgt daarna een code" not in page


def test_who_opened_or_appointed_reads_where_to_sign_in(anna: User, settings: Settings) -> None:
    for settings.DEMO in (False, True):
        said = mails.untold(anna)
        assert anna.email in said
        assert ("/accounts/login/code/" in said) is not settings.DEMO
        assert ("Post van de demo" in said) is settings.DEMO
    assert mail.outbox == []
