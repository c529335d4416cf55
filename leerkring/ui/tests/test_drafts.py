"""What someone typed survives a closed laptop, and leaves no trace once it was kept (in a real browser)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs

import pytest
from django.conf import settings
from django.template import engines
from django.utils.translation import override
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from tests import browsers

STATIC = Path(__file__).resolve().parents[1] / "static"
SITE = "http://leerkring.test"
TEXT = "Ik laat eerst iemand het foute antwoord verdedigen."

pytestmark = pytest.mark.journey

FORM = """{% extends "base.html" %}{% block title %}Proef{% endblock %}{% block main %}<h1>Proef</h1>
<form method="post" action="/deel/"{{ draft }}><label for="t">Tekst</label><textarea id="t" name="tekst"></textarea>
<label for="k">Titel</label><input id="k" name="titel"><input name="geheim" type="password" autocomplete="off">
<button class="btn">Deel</button></form>{% endblock %}"""
DONE = '{% extends "base.html" %}{% block main %}<h1>Gedeeld</h1>{% endblock %}'


class House:
    """Stands in for the server: pages made from the real base template under the real content policy."""

    def __init__(self) -> None:
        self.person = 1
        self.draft = ""
        self.is_up = True
        self.keeps = True
        self.hangs = False
        self.sent = 0
        self.logged: list[str] = []

    def page(self, source: str) -> str:
        user = SimpleNamespace(is_authenticated=True, name="Anna", pk=self.person, is_administrator=False)
        with override("nl"):
            return str(engines["django"].from_string(source).render({"user": user, "draft": self.draft}))

    def answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(SITE)
        if path.startswith("/static/"):
            route.fulfill(path=STATIC / path.removeprefix("/static/"))
        elif not self.is_up:
            route.abort("internetdisconnected")
        else:
            self.html(route)

    def html(self, route: Route) -> None:
        directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
        policy = "; ".join(f"{name} {' '.join(values)}" for name, values in directives)
        headers = {"Content-Security-Policy": policy, "Content-Type": "text/html; charset=utf-8"}
        is_post = route.request.method == "POST"
        self.sent += is_post
        if is_post and self.hangs:
            route.fulfill(status=204)  # the page stays as it is
            return
        if is_post and self.keeps:
            token = parse_qs(route.request.post_data or "").get("draft-token", [""])[0]
            headers["Set-Cookie"] = f"saved={token}; Path=/; SameSite=Lax"
        route.fulfill(body=self.page(DONE if is_post and self.keeps else FORM), headers=headers)


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browsers.chromium(), args=browsers.flags())
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser, house: House) -> Iterator[BrowserContext]:
    context = browser.new_context()
    context.route("**/*", house.answer)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, house: House) -> Page:
    page = context.new_page()
    page.on("console", lambda message: house.logged.append(message.text))
    return page


def type_and_close(context: BrowserContext) -> None:
    """A laptop that is shut: the tab goes, the browser's storage stays."""
    page = context.new_page()
    page.goto(f"{SITE}/nieuw/")
    page.fill("#t", TEXT)
    page.fill("#k", "Fout antwoord")
    page.close()


def text_in(page: Page) -> str:
    return page.input_value("#t")


def test_what_was_typed_comes_back_and_says_so(context: BrowserContext, page: Page) -> None:
    type_and_close(context)
    page.goto(f"{SITE}/nieuw/")
    assert text_in(page) == TEXT
    assert page.input_value("#k") == "Fout antwoord"
    assert page.get_by_text("We hebben teruggezet wat je eerder typte.").is_visible()


def test_it_can_be_thrown_away(context: BrowserContext, page: Page) -> None:
    type_and_close(context)
    page.goto(f"{SITE}/nieuw/")
    page.get_by_role("button", name="Weg ermee").click()
    assert text_in(page) == ""
    page.reload()
    assert text_in(page) == ""


def test_it_is_gone_once_the_server_kept_it(page: Page) -> None:
    page.goto(f"{SITE}/nieuw/")
    page.fill("#t", TEXT)
    page.get_by_role("button", name="Deel").click()
    page.get_by_role("heading", name="Gedeeld").wait_for()
    page.goto(f"{SITE}/nieuw/")
    assert text_in(page) == ""


def test_a_double_click_sends_once_and_brings_nothing_back(page: Page, house: House) -> None:
    page.goto(f"{SITE}/nieuw/")
    page.fill("#t", TEXT)
    page.get_by_role("button", name="Deel").dblclick()
    page.get_by_role("heading", name="Gedeeld").wait_for()
    assert house.sent == 1
    page.goto(f"{SITE}/nieuw/")
    assert text_in(page) == ""


@pytest.mark.parametrize("again", ["waiting", "coming back to the page"])
def test_without_an_answer_it_can_be_sent_again(page: Page, house: House, again: str) -> None:
    house.hangs = True
    page.clock.install()
    page.goto(f"{SITE}/nieuw/")
    page.fill("#t", TEXT)
    share = page.locator(".btn")
    share.click()
    share.click(force=True)
    assert share.get_attribute("aria-disabled") == "true"
    assert house.sent == 1
    if again == "waiting":
        page.clock.fast_forward(10_000)
    else:
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    assert share.get_attribute("aria-disabled") is None
    house.hangs = False
    share.click()
    page.get_by_role("heading", name="Gedeeld").wait_for()
    page.goto(f"{SITE}/nieuw/")
    assert text_in(page) == ""


def test_it_stays_when_the_server_did_not_keep_it(page: Page, house: House) -> None:
    house.keeps = False
    page.goto(f"{SITE}/nieuw/")
    page.fill("#t", TEXT)
    page.get_by_role("button", name="Deel").click()
    page.wait_for_load_state()
    page.goto(f"{SITE}/nieuw/")
    assert text_in(page) == TEXT


def test_it_stays_when_the_wifi_went_away(page: Page, house: House) -> None:
    page.goto(f"{SITE}/nieuw/")
    page.fill("#t", TEXT)
    house.is_up = False
    page.get_by_role("button", name="Deel").click()
    page.wait_for_timeout(300)
    house.is_up = True
    page.goto(f"{SITE}/nieuw/")
    assert text_in(page) == TEXT


def test_it_is_of_one_person_only(context: BrowserContext, page: Page, house: House) -> None:
    type_and_close(context)
    house.person = 2
    page.goto(f"{SITE}/nieuw/")
    assert text_in(page) == ""


def test_an_anonymous_form_leaves_nothing_behind(context: BrowserContext, page: Page, house: House) -> None:
    house.draft = engines["django"].from_string(' data-draft="off"').render({})
    type_and_close(context)
    page.goto(f"{SITE}/nieuw/")
    assert text_in(page) == ""
    assert page.evaluate("localStorage.length") == 0


def test_signing_out_leaves_nothing_behind(context: BrowserContext, page: Page) -> None:
    type_and_close(context)
    page.goto(f"{SITE}/nieuw/")
    page.get_by_text("Anna").click()
    page.get_by_role("button", name="Uitloggen").click()
    page.get_by_role("heading", name="Gedeeld").wait_for()
    assert page.evaluate("localStorage.length") == 0


def test_a_password_is_never_remembered(page: Page) -> None:
    page.goto(f"{SITE}/nieuw/")
    page.fill("[name=geheim]", "correct paard batterij")
    page.fill("#t", TEXT)
    assert "paard" not in page.evaluate("JSON.stringify(localStorage)")


def test_the_bundle_breaks_no_rule_of_the_policy(page: Page, house: House) -> None:
    page.goto(f"{SITE}/nieuw/")
    page.fill("#t", TEXT)
    page.reload()
    assert house.logged == []
