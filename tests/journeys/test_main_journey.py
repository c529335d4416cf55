"""Real activity in, the mirror out: two colleagues converse, and the mirror shows it and what it rests on."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit

COMMUNITY = "Rekenen in de onderbouw"
PASSWORD = "leerkring-demo"


def _open_community(page: Page) -> None:
    page.get_by_role("link", name=COMMUNITY).click()
    expect(page.get_by_role("heading", level=1, name=COMMUNITY)).to_be_visible()


def _fact(page: Page, name: str) -> str:
    """The sentence of one figure on a criterion's page."""
    row = page.locator("li.row", has=page.get_by_role("heading", name=name, exact=True))
    return row.locator("p").first.inner_text()


def _figures(page: Page) -> dict[str, str]:
    """What the mirror says about conversing, and its picture of this week as a table."""
    page.get_by_role("navigation", name="Kamers").get_by_role("link", name="Spiegel").click()
    weeks = page.locator("section.card", has=page.get_by_role("heading", name="Per schoolweek"))
    weeks.get_by_text("Toon als tabel").click()
    this_week = weeks.locator("tbody tr").last.inner_text()
    page.get_by_role("link", name="Waar zien we dit aan? (Samen in gesprek)").click()
    names = ("Gesprekken", "Reacties", "Antwoord op vragen")
    return {"this week": this_week, **{name: _fact(page, name) for name in names}}


def _number(sentence: str) -> int:
    found = re.search(r"\d+(?=\D*$)", sentence.strip())
    assert found, sentence
    return int(found[0])


def test_what_two_colleagues_say_moves_the_mirror_and_is_its_evidence(visit: Visit) -> None:
    bram = visit()
    bram.goto("/")
    expect(bram.get_by_role("heading", level=1)).to_have_text("Samen leren lesgeven, en zien of het lukt")
    bram.get_by_role("button", name="Procesbegeleider").click()
    _open_community(bram)
    before = _figures(bram)

    bram.get_by_role("link", name="Kennis").click()
    bram.get_by_role("link", name="Begin een gesprek").click()
    bram.get_by_label("Vraag", exact=True).check()
    bram.get_by_label("Waar gaat het over?").fill("Hoe leg je staartdelen uit?")
    bram.get_by_label("Vertel").fill("Mijn klas raakt de stappen kwijt. Wat doen jullie?")
    bram.get_by_role("button", name="Deel met je collega's").click()
    expect(bram.get_by_role("heading", level=1, name="Hoe leg je staartdelen uit?")).to_be_visible()

    anna = visit("lid")
    anna.goto("/")  # she is in one community, and so in it at once
    expect(anna.get_by_role("heading", level=1, name=COMMUNITY)).to_be_visible()
    anna.get_by_role("link", name="Hoe leg je staartdelen uit?").first.click()
    anna.get_by_role("button", name="Dit helpt mij").click()
    expect(anna.get_by_role("button", name="Dit helpt mij")).to_have_attribute("aria-pressed", "true")
    anna.get_by_label("Jouw reactie").fill("@Bram ik laat ze eerst schatten, want dan klopt de orde.")
    anna.get_by_role("button", name="Reageer").click()
    expect(anna.get_by_text("ik laat ze eerst schatten")).to_be_visible()

    after = _figures(bram)
    assert _number(after["this week"]) == _number(before["this week"]) + 2
    assert _number(after["Gesprekken"]) == _number(before["Gesprekken"]) + 1
    assert _number(after["Reacties"]) == _number(before["Reacties"]) + 1
    assert after["Antwoord op vragen"] != before["Antwoord op vragen"]

    bram.get_by_role("link", name="Waar zien we dit aan? Antwoord op vragen").click()
    expect(bram.get_by_role("heading", level=1)).to_have_text("Antwoord op vragen")
    bram.get_by_role("link", name="Hoe leg je staartdelen uit?").click()
    expect(bram.get_by_text("ik laat ze eerst schatten")).to_be_visible()
    expect(bram.get_by_text("helpt 1 collega")).to_be_visible()


def test_a_facilitator_signs_in_with_address_and_password(visit: Visit) -> None:
    page = visit()
    page.goto("/")
    page.get_by_role("link", name="Inloggen").click()
    page.get_by_label("E-mail").fill("begeleider@leerkring.example")
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    _open_community(page)


def test_a_wrong_password_is_said_at_the_form_and_the_address_stays(visit: Visit) -> None:
    page = visit()
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").fill("begeleider@leerkring.example")
    page.get_by_label("Wachtwoord", exact=True).fill("niet-het-goede")
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("E-mail")).to_have_value("begeleider@leerkring.example")
