"""Trust in the open, in a browser: switching the figures off and on, the bin, ending a group, one's own data."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit
from tests.journeys.inspection import inspect

GROUP = "Kijken bij elkaar"


def _sound(page: Page) -> None:
    assert not (wrong := inspect(page)), "\n".join(wrong)


def _figures(page: Page, said: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(said)
    _sound(page)


@pytest.fixture
def three(visit: Visit) -> Iterator[tuple[Page, Page, Page]]:
    """Two members and who facilitates, in a group of the three of them that is over afterwards: who comes into a group
    has a say in its figures, and into those of the demo the other journeys bring people."""
    anna, bram, gert = visit("lid"), visit("begeleider"), visit("gast")
    bram.goto("/leergemeenschappen/nieuw/")
    bram.get_by_label("School").first.select_option("Merenwaard College")
    bram.get_by_label("Naam van de leergemeenschap").fill(GROUP)
    bram.get_by_role("button", name="Beginnen").click()
    group = bram.url.removesuffix("leden/")
    bram.goto(f"{group}leden/deur/")
    bram.get_by_role("button", name="Open de deur").click()
    for page in (anna, gert):
        page.goto(f"http://{bram.locator('.board-address').inner_text()}")
        page.locator("main select").select_option(index=1)
        page.get_by_role("button", name="Ik doe mee").click()
    for page in (anna, bram, gert):
        page.goto(f"{group}spiegel/")
    yield anna, bram, gert
    for page in (anna, gert):
        page.goto(f"{group}weggaan/")
        page.get_by_role("button", name="Ik doe niet meer mee").click()
        expect(page.get_by_text("Je doet niet meer mee")).to_be_visible()
    bram.goto(f"{group}beeindigen/")
    bram.get_by_role("textbox").fill(GROUP)
    bram.get_by_role("button", name="Beëindig de groep").click()
    expect(bram.get_by_role("heading", level=1)).not_to_have_text("De groep beëindigen")


def test_the_figures_are_on_when_all_can_go_on_and_off_at_one_objection(
    three: tuple[Page, Page, Page],
) -> None:
    anna, bram, gert = three
    _figures(anna, "De cijfers staan uit")
    bram.get_by_role("button", name="Leg het voor").click()
    bram.get_by_role("button", name="Ik kan hiermee verder").click()
    gert.reload()
    gert.get_by_role("button", name="Ik kan hiermee verder").click()
    expect(gert.get_by_text("Nog niet iedereen antwoordde.")).to_be_visible()
    anna.reload()
    anna.get_by_role("button", name="Ik kan hiermee verder").click()
    _figures(anna, "De cijfers staan aan")
    anna.get_by_role("button", name="Ik heb een bezwaar").click()
    expect(anna.get_by_text("Je antwoordde: ik heb een bezwaar.")).to_be_visible()
    bram.reload()
    _figures(bram, "De cijfers staan uit")
    expect(bram.get_by_text("Er is een bezwaar. Van wie, laten we niet zien.")).to_be_visible()
    anna.get_by_role("button", name="Ik kan hiermee verder").click()
    _figures(anna, "De cijfers staan aan")
    bram.get_by_role("navigation", name="Kamers").get_by_role("link", name="Spiegel").click()
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
