"""Signing in: one question at a time, in words a teacher uses, in the look of the house."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db

PAGES = [
    "account_login",
    "account_request_login_code",
    "account_reset_password",
    "account_reset_password_done",
]


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"accept-language": "nl"})


@pytest.mark.parametrize("name", [*PAGES, "account_signup", "account_inactive"])
def test_every_page_has_the_look_and_one_heading(visitor: Client, name: str) -> None:
    html = visitor.get(reverse(name)).content.decode()
    assert 'class="wrap entrance"' in html
    assert html.count("<h1>") == 1


def test_signing_up_is_by_invitation(visitor: Client) -> None:
    html = visitor.get(reverse("account_signup")).content.decode()
    assert "Meedoen gaat op uitnodiging" in html
    assert '<form method="post" action="/accounts/signup' not in html


def test_a_code_is_mailed_in_dutch_and_opens_the_door(visitor: Client) -> None:
    get_user_model().objects.create_user("anna@school.example", name="Anna")
    response = visitor.post(
        reverse("account_request_login_code"), {"email": "anna@school.example"}, follow=True
    )
    assert "Vul de code in" in response.content.decode()
    (message,) = mail.outbox
    assert "Met deze code log je in." in message.body
    found = re.search(r"^ {4}(\S+)$", str(message.body), re.MULTILINE)
    assert found
    entered = visitor.post(reverse("account_confirm_login_code"), {"code": found[1]})
    assert entered.status_code == 302
    assert "_auth_user_id" in visitor.session


def test_an_unknown_address_is_told_so_by_mail_only() -> None:
    get_user_model().objects.create_user("anna@school.example", name="Anna")

    def page(address: str) -> str:
        visitor = Client(headers={"accept-language": "nl"})
        answer = visitor.post(reverse("account_request_login_code"), {"email": address}, follow=True)
        html = answer.content.decode().replace(address, "…")
        return re.sub(r'value="[^"]{40,}"', "", html)

    assert page("bram@school.example") == page("anna@school.example")
    assert "Dat adres kennen we niet" in mail.outbox[0].body


def test_a_mail_is_text_and_keeps_its_quotes(visitor: Client) -> None:
    visitor.post(reverse("account_request_login_code"), {"email": "o'brien@school.example"})
    assert "o'brien@school.example" in mail.outbox[0].body
