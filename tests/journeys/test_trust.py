"""Trust in the open, in a browser: switching the figures off and on, the bin, ending a group, one's own data."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit
from tests.journeys.inspection import inspect

COMMUNITY = "Rekenen in de onderbouw"


def _sound(page: Page) -> None:
    assert not (wrong := inspect(page)), "\n".join(wrong)


def _spiegel(page: Page) -> None:
    page.goto("/")
    if "/plg/" not in page.url:
        page.get_by_role("link", name=COMMUNITY).click()
    page.get_by_role("navigation", name="Kamers").get_by_role("link", name="Spiegel").click()


def test_one_objection_switches_the_figures_off_for_all(visit: Visit) -> None:
    anna, bram = visit("lid"), visit("begeleider")
    _spiegel(anna)
    anna.get_by_role("link", name="De cijfers aan of uit").click()
    expect(anna.get_by_role("heading", level=1)).to_have_text("De cijfers staan aan")
    _sound(anna)
    anna.get_by_role("button", name="Ik heb een bezwaar").click()
    try:
        expect(anna.get_by_text("Je antwoordde: ik heb een bezwaar.")).to_be_visible()
        _spiegel(bram)
        expect(bram.get_by_role("heading", level=1)).to_have_text("De cijfers staan uit")
        expect(bram.get_by_text("Er is een bezwaar. Van wie, laten we niet zien.")).to_be_visible()
        _sound(bram)
    finally:
        anna.get_by_role("button", name="Ik kan hiermee verder").click()
    expect(anna.get_by_role("heading", level=1)).to_have_text("De cijfers staan aan")
    bram.reload()
    expect(bram.get_by_role("heading", name="Hoe werken we samen?")).to_be_visible()


def test_a_conversation_goes_to_the_bin_and_comes_back(visit: Visit) -> None:
    anna = visit("lid")
    anna.goto("/")
    anna.get_by_role("navigation", name="Kamers").get_by_role("link", name="Kennis").click()
    anna.get_by_role("link", name="Begin een gesprek").first.click()
    anna.get_by_label("Waar gaat het over?").fill("Dit was een vergissing")
    anna.get_by_label("Vertel").fill("Ik bedoelde iets anders.")
    anna.get_by_role("button", name="Deel met je collega's").click()
    anna.get_by_text("Wie kan dit zien?").click()
    expect(anna.get_by_role("link", name="Wie zijn dat nu?")).to_be_visible()
    anna.get_by_role("link", name="Gesprek weghalen").click()
    _sound(anna)
    anna.get_by_role("button", name="Haal het gesprek weg").click()
    expect(anna.get_by_role("heading", level=1)).to_have_text("Prullenbak")
    _sound(anna)
    anna.get_by_role("button", name="Zet terug Dit was een vergissing").click()
    expect(anna.get_by_role("heading", level=1)).to_have_text("Dit was een vergissing")


def test_my_data_are_downloaded_from_my_own_menu(visit: Visit) -> None:
    anna = visit("lid")
    anna.goto("/")
    anna.locator("details.menu summary").click()
    anna.get_by_role("link", name="Mijn gegevens").click()
    anna.get_by_role("link", name="Inzien, meenemen, wissen").click()
    with anna.expect_download() as download:
        anna.get_by_role("link", name="Mijn gegevens downloaden").click()
    assert download.value.suggested_filename.endswith(".zip")
    anna.get_by_role("link", name="Mijn account wissen").click()
    anna.get_by_role("button", name="Wis mijn account").click()
    expect(anna.get_by_role("alert")).to_be_visible()
    _sound(anna)
