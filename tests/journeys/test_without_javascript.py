"""The essential acts in a browser that runs no script at all."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit


def _plain(visit: Visit, role: str = "") -> Page:
    return visit(role, java_script_enabled=False)


def test_conversing_and_looking_in_the_mirror(visit: Visit) -> None:
    bram = _plain(visit)
    bram.goto("/")
    bram.get_by_role("button", name="Procesbegeleider").click()
    bram.get_by_role("link", name="Rekenen in de onderbouw").click()
    bram.get_by_role("link", name="Kennis").click()
    bram.get_by_role("link", name="Begin een gesprek").click()
    bram.get_by_label("Waar gaat het over?").fill("Wie heeft er een kloktoets?")
    bram.get_by_role("button", name="Deel met je collega's").click()
    expect(bram.get_by_role("alert")).to_be_visible()
    expect(bram.get_by_label("Waar gaat het over?")).to_have_value("Wie heeft er een kloktoets?")
    bram.get_by_label("Vertel").fill("Voor groep 4, met kwartieren.")
    bram.get_by_role("button", name="Deel met je collega's").click()

    anna = _plain(visit, "lid")
    anna.goto(bram.url)
    anna.get_by_role("button", name="Dit helpt mij").click()
    expect(anna.get_by_role("button", name="Dit helpt mij")).to_have_attribute("aria-pressed", "true")
    anna.get_by_label("Jouw reactie").fill("Ik, hij ligt in de kast op de gang.")
    anna.get_by_role("button", name="Reageer").click()
    anna.get_by_role("link", name="Aanpassen").click()
    anna.get_by_label("Tekst").fill("Ik, hij ligt in mijn lokaal.")
    anna.get_by_role("button", name="Bewaren").click()
    expect(anna.get_by_text("Ik, hij ligt in mijn lokaal.")).to_be_visible()

    bram.get_by_role("link", name="Spiegel").click()
    weeks = bram.locator("section.card", has=bram.get_by_role("heading", name="Per schoolweek"))
    weeks.get_by_text("Toon als tabel").click()
    expect(weeks.get_by_role("table")).to_be_visible()
    bram.get_by_role("link", name="Waar zien we dit aan? (Samen in gesprek)").click()
    bram.get_by_role("link", name="Waar zien we dit aan? Antwoord op vragen").click()
    bram.get_by_role("link", name="Wie heeft er een kloktoets?").click()
    expect(bram.get_by_text("hij ligt in mijn lokaal")).to_be_visible()


def test_a_goal_is_looked_at_kept_and_put_to_the_group(visit: Visit) -> None:
    anna = _plain(visit, "lid")
    anna.goto("/")
    anna.get_by_role("navigation", name="Kamers").get_by_role("link", name="Doelen").click()
    anna.get_by_role("link", name="Nieuw doel").click()
    sentence = anna.get_by_label("Jullie doel, in een of twee zinnen")
    anna.get_by_role("button", name="Bewaar als concept").click()
    expect(anna.get_by_role("alert")).to_be_visible()
    vague = "We willen dat leerlingen klokkijken beter begrijpen."
    sentence.fill(vague)
    anna.get_by_role("button", name="Kijk mee").click()
    expect(anna.locator("mark").first).to_be_visible()
    expect(sentence).to_have_value(vague)
    concrete = "Op 21 mei 2027 leest 80% van de leerlingen van groep 4 tien klokken af. Nu doet 30% dat."
    sentence.fill(concrete)
    anna.get_by_role("button", name="Bewaar als concept").click()
    expect(anna.get_by_role("heading", level=1)).to_have_text(concrete)
    anna.get_by_role("link", name="Vul aan", exact=True).click()
    anna.get_by_label("Wat maken jullie samen?").fill("Een klok van karton")
    anna.get_by_role("button", name="Bewaar", exact=True).click()
    expect(anna.get_by_text("Een klok van karton")).to_be_visible()
    anna.get_by_role("button", name="Leg voor aan de groep").click()
    expect(anna.get_by_text("Jij zei ja.")).to_be_visible()

    bram = _plain(visit, "begeleider")
    bram.goto(anna.url)
    bram.get_by_role("button", name="Ja", exact=True).click()
    expect(bram.get_by_text("Jij zei ja.")).to_be_visible()


def test_inviting_changing_the_calendar_and_signing_out(visit: Visit) -> None:
    bram = _plain(visit, "begeleider")
    bram.goto("/")
    bram.get_by_role("link", name="Rekenen in de onderbouw").click()
    bram.get_by_role("link", name="Leden").click()
    bram.get_by_role("link", name="Uitnodigen").click()
    bram.get_by_label("E-mailadres").fill("tessa@merenwaard.example")
    bram.get_by_role("button", name="Uitnodigen").click()
    expect(bram.get_by_role("heading", level=1, name="Geef de link door")).to_be_visible()

    karin = _plain(visit)
    karin.goto("/")
    karin.get_by_role("button", name="Schoolleider").click()
    karin.get_by_role("link", name="Merenwaard College", exact=True).click()
    karin.get_by_role("link", name="Kalender bijhouden").click()
    karin.get_by_label("Naam").fill("Studiedag")
    karin.get_by_label("Eerste dag").fill("2027-03-19")
    karin.get_by_label("Laatste dag").fill("2027-03-19")
    karin.get_by_role("button", name="Toevoegen").click()
    away = karin.get_by_role("link", name="Weghalen Studiedag 2027")
    away.click()
    karin.get_by_role("button", name="Haal Studiedag weg").click()
    expect(away).to_have_count(0)
    karin.locator("details.menu summary").click()
    karin.get_by_role("button", name="Uitloggen").click()
    expect(karin.get_by_role("heading", level=1)).to_have_text("Samen leren lesgeven, en zien of het lukt")


def test_a_mirror_from_a_file(visit: Visit, tmp_path: Path) -> None:
    file = tmp_path / "contacten.csv"
    file.write_text("Van,Aan,Datum\na,b,2026-11-02\nb,c,2026-11-03\n", encoding="utf-8")
    bram = _plain(visit, "begeleider")
    bram.goto("/uit-bestand/")
    bram.get_by_label("Naam van de leergemeenschap").fill("Zonder script")
    bram.get_by_label("Het bestand met contacten").set_input_files(file)
    bram.get_by_role("button", name="Bekijk wat erin staat").click()
    bram.get_by_role("button", name="Maak de spiegel").click()
    bram.wait_for_url("**/spiegel/", timeout=60_000)  # the page looks again by itself
    expect(bram.get_by_role("heading", name="Hoe werken we samen?")).to_be_visible()
