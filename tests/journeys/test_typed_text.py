"""What someone typed is never lost: not with a closed window, not with the power, not on a train."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit, Watch
from tests.journeys.house import House

WORDS = "Ik laat ze eerst schatten.\n\nDaarna pas rekenen, want dan klopt de orde van grootte."
RESTORED = "We hebben teruggezet wat je eerder typte."


def _start(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Deel het").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Begin een gesprek")


def _type(page: Page, title: str) -> None:
    page.get_by_label("Waar gaat het over?").fill(title)
    page.get_by_label("Vertel").fill(WORDS)


def test_a_closed_window_keeps_the_text(visit: Visit) -> None:
    first = visit("lid")
    _start(first)
    _type(first, "Schatten voor je rekent")
    left = first.context.storage_state()
    first.context.close()

    again = visit("lid", storage_state=left)
    _start(again)
    expect(again.get_by_text(RESTORED)).to_be_visible()
    expect(again.get_by_label("Vertel")).to_have_value(WORDS)
    again.get_by_role("button", name="Deel met je collega's").click()
    expect(again.get_by_role("heading", level=1, name="Schatten voor je rekent")).to_be_visible()
    _start(again)
    expect(again.get_by_text(RESTORED)).to_have_count(0)


def test_what_was_restored_can_be_thrown_away(visit: Visit) -> None:
    page = visit("lid")
    _start(page)
    _type(page, "Toch maar niet")
    _start(page)
    page.get_by_role("button", name="Weg ermee").click()
    expect(page.get_by_label("Vertel")).to_have_value("")
    _start(page)
    expect(page.get_by_text(RESTORED)).to_have_count(0)


def test_without_a_connection_it_says_so_and_keeps_the_text(visit: Visit, watch: Watch) -> None:
    watch.expect("ERR_INTERNET_DISCONNECTED")
    page = visit("lid")
    _start(page)
    _type(page, "In de trein")
    page.context.set_offline(True)
    page.get_by_role("button", name="Deel met je collega's").click()
    expect(page.get_by_text("Je hebt nu geen verbinding.")).to_be_visible()
    expect(page.get_by_label("Vertel")).to_have_value(WORDS)
    page.context.set_offline(False)
    page.get_by_role("button", name="Deel met je collega's").click()
    expect(page.get_by_role("heading", level=1, name="In de trein")).to_be_visible()


def test_signing_out_leaves_nothing_behind_on_the_machine(visit: Visit) -> None:
    page = visit()
    page.goto("/")
    page.get_by_role("button", name="Lid").click()
    _start(page)
    _type(page, "Op de computer in de lerarenkamer")
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Uitloggen").click()
    expect(page.get_by_role("button", name="Procesbegeleider")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_the_power_goes_while_it_is_sent(house: House, visit: Visit, watch: Watch) -> None:
    """The server is killed while the form is under way; started again, it has nothing of it, the form has all."""
    watch.expect("net::ERR_")
    page = visit("lid")
    _start(page)
    _type(page, "Toen ging het licht uit")
    before = house.count("knowledge_conversation")
    house.pause()
    with page.expect_request(lambda request: request.method == "POST"):
        page.get_by_role("button", name="Deel met je collega's").click(no_wait_after=True)
    house.kill()
    house.start()
    assert house.count("knowledge_conversation") == before
    _start(page)
    expect(page.get_by_text(RESTORED)).to_be_visible()
    expect(page.get_by_label("Vertel")).to_have_value(WORDS)
    page.get_by_role("button", name="Deel met je collega's").click()
    expect(page.get_by_role("heading", level=1, name="Toen ging het licht uit")).to_be_visible()
    assert house.count("knowledge_conversation") == before + 1
