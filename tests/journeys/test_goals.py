"""A goal, from a vague sentence to what it yielded: the coach, three who agree, three files, and the mirror."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.journeys.conftest import Watch
from tests.journeys.group import a_school, figure, room, sign_in
from tests.journeys.house import House

GROUP = "Lezen op De Vaart"
NAMES = {"noor": "Noor Haan", "sanne": "Sanne Kuiper", "tom": "Tom de Boer"}
VAGUE = "We willen dat leerlingen beter begrijpen wat ze lezen."
CONCRETE = (
    "Op 18 december 2026 vertelt 75% van de 28 leerlingen van groep 6 een informatieve tekst in eigen woorden na. "
    "Dat zien we met het navertelformulier. Nu lukt dat 40%."
)


def _on(month: int, day: int, hour: int = 10) -> datetime:
    return datetime(2026, month, day, hour, 30, tzinfo=UTC)


@pytest.fixture
def school(tmp_path: Path) -> Iterator[House]:
    """A school with a group of three."""
    with a_school(tmp_path, GROUP, NAMES, now=_on(10, 5)) as house:
        yield house


def results(seed: int, up: float) -> FilePayload:
    """Of the same 28 pupils by code, in the Dutch way of writing; three of them in a subgroup."""
    chance = random.Random(seed)
    lines = ["code;score;klas;NT2"]
    for number in range(28):
        score = min(10.0, max(1.0, 3.9 + number % 7 * 0.5 + up + chance.gauss(0, 0.5)))
        groups = f"6{'ab'[number % 2]};{'ja' if number < 3 else 'nee'}"
        lines.append(f"L{number:02};{score:.1f};{groups}".replace(".", ","))
    return FilePayload(name="toets.csv", mimeType="text/csv", buffer="\r\n".join(lines).encode("cp1252"))


def _room(page: Page, name: str) -> Page:
    return room(page, GROUP, name)


def _figure(page: Page, name: str) -> str:
    """The sentence of one figure about goals."""
    return figure(page, GROUP, "Doelen in concrete opbrengsten", name)


def _bring(page: Page, file: FilePayload, role: str) -> None:
    """From the page of the goal: look at what we read, and keep it."""
    page.get_by_role("link", name="Uit een bestand").click()
    page.get_by_label("Bestand").set_input_files(file)
    page.get_by_label(role).check()
    page.get_by_label("Er zitten leerlingen bij die ik lesgeef").check()
    page.get_by_role("button", name="Bekijk eerst").click()
    expect(page.get_by_text("28 leerlingen met een uitkomst")).to_be_visible()
    page.get_by_role("button", name="Bewaar deze uitkomsten").click()
    expect(page.get_by_text("De uitkomsten staan erbij.")).to_be_visible()


def test_a_vague_goal_becomes_concrete_is_measured_and_concluded_and_the_mirror_shows_it(
    chromium: Browser, school: House, watch: Watch
) -> None:
    pages = {}
    for who in NAMES:
        context = chromium.new_context(base_url=school.url, locale="nl-NL")
        context.set_default_timeout(20_000)
        pages[who] = context.new_page()
        watch.over(pages[who])
        sign_in(pages[who], who)
    noor, sanne, tom = pages.values()

    # The coach, while typing.
    _room(noor, "Doelen").get_by_role("link", name="Schrijf de eerste zin").click()
    sentence = noor.get_by_label("Jullie doel, in een of twee zinnen")
    sentence.press_sequentially(VAGUE)
    expect(noor.locator("mark").first).to_be_visible()
    expect(noor.locator(".parts .open")).to_have_count(6)
    sentence.fill(CONCRETE)
    expect(noor.get_by_text("Dit is concreet.")).to_be_visible()
    expect(noor.locator(".parts .open")).to_have_count(0)
    noor.get_by_role("button", name="Bewaar als concept").click()
    expect(noor.get_by_role("heading", level=1)).to_have_text(CONCRETE)
    address = noor.url

    # The other parts.
    noor.get_by_role("link", name="Vul aan", exact=True).click()
    expect(noor.get_by_label("Wanneer kijken jullie of het gelukt is?")).to_have_value("2026-12-18")
    noor.get_by_label("Wie leert nog niet mee?").fill("7 leerlingen die nog letter voor letter lezen")
    noor.get_by_label("Wat maken jullie samen?").fill("een kaart met vijf vragen")
    noor.get_by_role("button", name="Bewaar", exact=True).click()
    noor.get_by_role("link", name="Voeg toe hoe je het ziet").click()
    expect(noor.get_by_label("Waar willen jullie naartoe?")).to_have_value("75")
    noor.get_by_label("Waar staan ze nu?").fill("")
    noor.get_by_label("Vanaf welke score telt het als gehaald?").fill("5,5")
    noor.get_by_role("button", name="Bewaar", exact=True).click()
    _bring(noor, results(1, 0.0), "het begin")
    expect(noor.get_by_text("Alle zeven delen staan er.")).to_be_visible()

    # Three who can go along.
    before = _figure(noor, "Complete doelen")
    noor.goto(address)
    noor.get_by_role("button", name="Leg voor aan de groep").click()
    for page in (sanne, tom):
        _room(page, "Vandaag")
        page.get_by_role("link", name=CONCRETE[:60]).first.click()
        expect(page.get_by_role("heading", name="Kun je hiermee verder?")).to_be_visible()
        page.get_by_role("button", name="Ja", exact=True).click()
    expect(tom.get_by_text("Dit doel is nu van jullie allemaal.")).to_be_visible()
    after = _figure(noor, "Complete doelen")
    assert before != after
    assert "1 van 1 doelen is compleet" in after

    # Two files on the way; the picture goes with them.
    for day, seed, up, who in (((11, 3), 2, 0.6, "sanne"), ((12, 8), 3, 1.6, "tom")):
        school.turn_clock(_on(*day))
        page = pages[who]
        page.context.clear_cookies()  # after a month one signs in again
        sign_in(page, who)
        page.goto(address)
        _bring(page, results(seed, up), "een meting onderweg of aan het eind")
    expect(tom.get_by_role("img").first).to_be_visible()
    found = tom.locator(".found > li")
    expect(found).to_have_count(3)
    found.last.get_by_text("Alle getallen").click()
    expect(found.last).to_contain_text(
        "Gestandaardiseerde gemiddelde verandering (van wie er beide keren was)"
    )
    expect(found.last).to_contain_text("28 waren er beide keren.")
    expect(found.last).to_contain_text("minder dan vijf")
    expect(found.last).not_to_contain_text("NT2: ja")
    expect(tom.get_by_text("Groei is nog geen effect")).to_be_visible()
    assert "1 van 1" in _figure(tom, "Gemeten")

    # What it yielded.
    school.turn_clock(_on(12, 8) + timedelta(hours=2))
    tom.goto(address)
    tom.get_by_role("link", name="Rond af").click()
    tom.get_by_label("Doorgaan: dit houden we").check()
    tom.get_by_label("Wat leverde het op?").fill("Navertellen met de kaart werkt, ook bij wie nog spelt.")
    tom.get_by_label("Waar staat het?").fill("In de leeskist van groep 6")
    tom.get_by_label("Wie let erop?").select_option("Sanne Kuiper")
    tom.get_by_label("Wanneer kijken jullie of het nog zo gaat?").fill("2027-03-16")
    tom.get_by_role("button", name="Rond af").click()
    expect(tom.get_by_role("heading", name="Wat het opleverde")).to_be_visible()
    assert school.count("goals_pupilresults") == 0
    assert school.count("goals_summary") > 0

    noor.context.clear_cookies()
    sign_in(noor, "noor")
    assert "1 van 1" in _figure(noor, "Afgerond met bewijs")
    noor.get_by_role("link", name="Waar zien we dit aan? Afgerond met bewijs").click()
    noor.get_by_role("link", name=CONCRETE[:60]).click()
    expect(noor.get_by_text("Navertellen met de kaart werkt")).to_be_visible()
