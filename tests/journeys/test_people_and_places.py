"""A community over two schools, begun with no mouse; and one opened for another, who alone reads it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.keys import enter, tab_to
from tests.journeys.test_keyboard import _heading


def test_a_facilitator_begins_a_community_over_two_schools_with_the_keyboard(visit: Visit) -> None:
    page = visit("begeleider", width=390)
    page.goto("/vandaag/")
    enter(page, page.get_by_role("link", name="Begin een leergemeenschap"))
    _heading(page, "Begin een leergemeenschap")
    tab_to(page, page.get_by_label("Naam van de leergemeenschap"))
    page.keyboard.type("Lezen van po naar vo")
    tab_to(page, page.get_by_label("School", exact=True))
    page.keyboard.type("Bas")
    tab_to(page, page.get_by_label("Merenwaard College"))
    page.keyboard.press("Space")
    enter(page, page.get_by_role("button", name="Beginnen"))
    _heading(page, "Leden")
    expect(page.get_by_text("Lezen van po naar vo is er.")).to_be_visible()

    enter(page, page.get_by_role("link", name="Mijn school of locatie aanpassen"))
    tab_to(page, page.get_by_label("School of locatie"))
    page.keyboard.press("End")
    enter(page, page.get_by_role("button", name="Bewaren"))
    expect(page.locator("main li").get_by_text("Merenwaard College · Parkzijde")).to_be_visible()

    enter(page, page.get_by_role("link", name="Over deze leergemeenschap"))
    expect(page.get_by_text("De groep telt in de schoolweken van Basisschool De Wilgenboog")).to_be_visible()


def test_who_opens_a_community_does_not_read_along(visit: Visit) -> None:
    page = visit("beheerder")
    page.goto("/")
    page.get_by_role("link", name="ROC Vlietstroom", exact=True).click()
    page.get_by_role("link", name="Open een leergemeenschap").click()
    page.get_by_label("Naam van de leergemeenschap").fill("Samen examineren")
    expect(page.get_by_text("onze studenten leggen zelf uit")).to_be_visible()
    page.get_by_label("E-mailadres van wie begeleidt").fill("l.peters@vlietstroom.example")
    page.get_by_label("Naam van wie begeleidt").fill("Linda Peters")
    page.get_by_role("button", name="Openen").click()
    expect(page.get_by_text("Samen examineren is geopend. Je ziet er verder niets van.")).to_be_visible()
    page.get_by_role("link", name="Scholen").first.click()
    expect(page.get_by_text("Samen examineren")).to_have_count(0)
    page.goto("/mensen/?zoek=Linda")
    page.get_by_role("link", name="Linda Peters").click()
    expect(page.get_by_text("Samen examineren")).to_have_count(0)
