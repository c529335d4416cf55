"""The main journey with no mouse: Tab, Enter, arrows and typing, and always a visible place to be."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit
from tests.journeys.keys import enter, tab_to


def _heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1, name=words)).to_be_visible()


def test_the_skip_link_leads_past_the_bar(visit: Visit) -> None:
    page = visit("lid")
    page.goto("/")
    skip = page.get_by_role("link", name="Naar de inhoud")
    page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_escape_closes_the_menu_and_gives_the_focus_back(visit: Visit) -> None:
    page = visit("lid")
    page.goto("/")
    menu = page.locator("details.menu")
    enter(page, menu.locator("summary"))
    expect(menu.get_by_role("button", name="Uitloggen")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(menu.get_by_role("button", name="Uitloggen")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_journey_without_a_mouse(width: int, visit: Visit) -> None:
    title = f"Werken met breukstroken op {width}"
    bram = visit(width=width)
    bram.goto("/")
    enter(bram, bram.get_by_role("button", name="Procesbegeleider"))
    enter(bram, bram.get_by_role("link", name="Rekenen in de onderbouw"))
    enter(bram, bram.get_by_role("link", name="Kennis"))
    enter(bram, bram.get_by_role("link", name="Begin een gesprek"))
    _heading(bram, "Begin een gesprek")
    tab_to(bram, bram.get_by_label("Vraag", exact=True))
    bram.keyboard.press("ArrowDown")
    expect(bram.get_by_label("Dilemma")).to_be_checked()
    bram.keyboard.press("ArrowUp")
    tab_to(bram, bram.get_by_label("Waar gaat het over?"))
    bram.keyboard.type(title)
    tab_to(bram, bram.get_by_label("Vertel"))
    bram.keyboard.type("Vouwen of knippen?")
    enter(bram, bram.get_by_role("button", name="Deel met je collega's"))
    _heading(bram, title)

    anna = visit("lid", width=width)
    anna.goto("/")
    enter(anna, anna.get_by_role("link", name=title).first)
    _heading(anna, title)
    helps = anna.get_by_role("button", name="Dit helpt mij")
    enter(anna, helps)
    expect(helps).to_have_attribute("aria-pressed", "true")
    expect(helps).to_be_focused()
    tab_to(anna, anna.get_by_label("Jouw reactie"))
    anna.keyboard.type("Vouwen, want dan zien ze de helft ontstaan.")
    enter(anna, anna.get_by_role("button", name="Reageer"))
    expect(anna.get_by_text("Vouwen, want dan")).to_be_visible()

    enter(bram, bram.get_by_role("link", name="Spiegel"))
    enter(bram, bram.get_by_role("link", name="Waar zien we dit aan? (Samen in gesprek)"))
    _heading(bram, "Samen in gesprek")
    enter(bram, bram.get_by_role("link", name="Waar zien we dit aan? Antwoord op vragen"))
    _heading(bram, "Antwoord op vragen")
    enter(bram, bram.get_by_role("link", name=title))
    expect(bram.get_by_text("Vouwen, want dan")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_goal_without_a_mouse(width: int, visit: Visit) -> None:
    sentence = f"Op 21 mei 2027 leggen leerlingen van groep 4 een som van {width} uit met een getallenlijn."
    anna = visit("lid", width=width)
    anna.goto("/")
    enter(anna, anna.get_by_role("navigation", name="Kamers").get_by_role("link", name="Doelen"))
    enter(anna, anna.get_by_role("link", name="Nieuw doel"))
    tab_to(anna, anna.get_by_label("Jullie doel, in een of twee zinnen"))
    anna.keyboard.type(sentence)
    expect(
        anna.locator(".parts li").first
    ).to_be_visible()  # the coach came while the focus stayed where it was
    expect(anna.get_by_label("Jullie doel, in een of twee zinnen")).to_be_focused()
    enter(anna, anna.get_by_role("button", name="Kijk mee"))
    expect(anna.get_by_label("Jullie doel, in een of twee zinnen")).to_have_value(sentence)
    enter(anna, anna.get_by_role("button", name="Bewaar als concept"))
    _heading(anna, sentence)
    enter(anna, anna.get_by_role("link", name="Vul aan", exact=True))
    tab_to(anna, anna.get_by_label("Wat maken jullie samen?"))
    anna.keyboard.type("Een kaart met getallenlijnen")
    enter(anna, anna.get_by_role("button", name="Bewaar", exact=True))
    enter(anna, anna.get_by_role("link", name="Voeg toe hoe je het ziet"))
    tab_to(anna, anna.get_by_label("Waaraan zien jullie het?"))
    anna.keyboard.type("Exit-ticket")
    enter(anna, anna.get_by_role("button", name="Bewaar", exact=True))
    expect(anna.get_by_role("heading", name="Exit-ticket")).to_be_visible()
    enter(anna, anna.get_by_role("button", name="Leg voor aan de groep"))
    expect(anna.get_by_role("heading", name="Kun je hiermee verder?")).to_be_visible()
