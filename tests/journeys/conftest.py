"""A real server, a real browser, and someone who watches that nothing goes wrong in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    sync_playwright,
)

from tests import browsers
from tests.journeys.house import House

#: The demo's doors; `sessions` keeps what each of them gave.
ROLES = ("begeleider", "lid", "gast", "schoolleider", "beheerder")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a journey."""
    for item in items:
        if "tests/journeys/" in item.nodeid:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="package")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The demo, shared by all journeys: each adds its own and none counts on being first."""
    served = House(tmp_path_factory.mktemp("house") / "data")
    try:
        served.start()
        yield served
    finally:
        served.stop()


@pytest.fixture(scope="package")
def _playwright() -> Iterator[Playwright]:
    # Until this ends there is an event loop in this thread, in which Django refuses its database: hence not
    # for the whole session.
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def chromium(_playwright: Playwright) -> Iterator[Browser]:
    browser = _playwright.chromium.launch(executable_path=browsers.chromium(), args=browsers.flags())
    yield browser
    browser.close()


@pytest.fixture(scope="package")
def sessions(chromium: Browser, house: House) -> dict[str, Any]:
    """Role -> the cookies of who stepped in by the demo's door."""
    kept: dict[str, Any] = {"": None}
    for role in ROLES:
        context = chromium.new_context(base_url=house.url, locale="nl-NL")
        page = context.new_page()
        page.goto("/")
        page.locator(f'form[action$="/als/{role}/"] button').click()
        page.locator("details.menu").wait_for()
        kept[role] = context.storage_state()
        context.close()
    return kept


@dataclass
class Watch:
    """What went wrong in a browser while nobody looked."""

    troubles: list[str] = field(default_factory=list)
    #: Parts of troubles that the test brings about itself.
    expected: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._note(f"script: {error}"))
        page.on("requestfailed", self._failed)

    def expect(self, part: str) -> None:
        self.expected.append(part)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self._note(f"console: {message.text} ({message.location.get('url', '')})")

    def _failed(self, request: Request) -> None:
        # A page that is left before its fonts are in aborts them; nothing failed then.
        if request.failure != "net::ERR_ABORTED":
            self._note(f"request: {request.failure} {request.url}")

    def _note(self, trouble: str) -> None:
        if not any(part in trouble for part in self.expected):
            self.troubles.append(trouble)


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Fails the test when the console, a request, a script or the content policy complained."""
    watching = Watch()
    yield watching
    assert not watching.troubles, "\n".join(watching.troubles)


Visit = Callable[..., Page]


@pytest.fixture
def visit(chromium: Browser, house: House, sessions: dict[str, Any], watch: Watch) -> Iterator[Visit]:
    """`visit("lid", width=390)` is a page of a browser of their own, signed in, watched."""
    contexts: list[BrowserContext] = []

    def enter(role: str = "", *, width: int = 1280, **context: Any) -> Page:
        opened = chromium.new_context(
            **{
                "base_url": house.url,
                "locale": "nl-NL",
                "viewport": {"width": width, "height": 900},
                "reduced_motion": "reduce",  # a page that is still scrolling has nothing in its place
                "storage_state": sessions[role],
                **context,
            }
        )
        opened.set_default_timeout(15_000)
        contexts.append(opened)
        page = opened.new_page()
        watch.over(page)
        return page

    yield enter
    for context in contexts:
        context.close()
