"""The same house in English."""

from __future__ import annotations

import pytest
from babel.messages.pofile import read_po
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit
from tests.journeys.house import ROOT

#: Words of the interface that nobody in the demo says. Names of schools and what people wrote stay Dutch.
DUTCH = (
    "Vandaag",
    "Kennis",
    "Spiegel",
    "Leden",
    "Uitloggen",
    "Volgende stap",
    "Leg het de groep voor",
    "Wachten op een antwoord",
    "Wat er gebeurde",
    "Begin een gesprek",
    "Gesprekken",
    "Nodig een collega uit",
    "doen mee",
    "Waar zien we dit aan",
    "Toon als tabel",
    "schoolweken",
    "te weinig gegevens",
    "vanzelfsprekend",
    "Hier zien we het aan",
    "met 95% zekerheid",
    "Deel met je collega",
    "Wat tellen we, wat niet",
    "Toegankelijkheid",
    "Doelen",
    "Nieuw doel",
    "Zeven delen",
    "Schrijf een inzicht",
    "Ik herken het aan",
)
PAGES = (
    "",
    "gesprekken/",
    "gesprekken/nieuw/",
    "inzichten/",
    "inzichten/nieuw/",
    "spiegel/",
    "spiegel/G2a/",
    "spiegel/cijfer/questions_answered/",
    "leden/",
    "leden/uitnodigen/",
    "doelen/",
    "doelen/nieuw/",
)


def _in_english(page: Page) -> str:
    """The community's path, the language chosen."""
    page.goto("/")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="Rekenen in de onderbouw").click()
    return page.url


def _untranslated() -> int:
    with (ROOT / "leerkring/locale/en/LC_MESSAGES/django.po").open("rb") as file:
        return sum(1 for text in read_po(file) if text.id and (text.fuzzy or not all(_strings(text.string))))


def _strings(string: object) -> tuple[str, ...]:
    return string if isinstance(string, tuple) else (str(string or ""),)


def test_the_language_is_chosen_on_the_page_and_stays(visit: Visit) -> None:
    page = visit("begeleider")
    page.goto(_in_english(page) + "leden/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="Nederlands").click()
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    expect(page.get_by_role("heading", level=1)).to_have_text("Leden")


def test_no_dutch_is_left_in_the_interface(visit: Visit) -> None:
    if missing := _untranslated():
        pytest.skip(f"{missing} texts have no English yet")
    page = visit("begeleider")
    community = _in_english(page)
    page.goto(f"{community}doelen/")
    a_goal = page.locator(".goal-row a").first.get_attribute("href") or ""
    left = []
    for path in (*PAGES, "doelen/" + a_goal.split("/doelen/")[1]):
        page.goto(community + path)
        page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
        text = page.locator("body").inner_text().lower()
        left += [
            f"{path or 'today'}: {words} …{text[text.index(words.lower()) - 30 :][:60]}…"
            for words in DUTCH
            if words.lower() in text
        ]
    assert not left
