"""A work form: chosen, made the group's own with what was typed kept, taken along as a file, and taken in elsewhere."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from django.urls import resolve
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit
from tests.journeys.inspection import inspect


def _sound(page: Page, name: str) -> None:
    """Nothing is wrong with what stands here now, at the address of that name."""
    assert resolve(urlsplit(page.url).path).view_name == f"meetings:{name}"
    assert not (wrong := inspect(page)), "\n".join(wrong)


def _library(page: Page) -> str:
    """The path of the work forms of the community that everyone in the demo shares."""
    page.goto("/")
    if "/plg/" not in page.url:
        page.get_by_role("link", name="Rekenen in de onderbouw").click()
    return f"{page.url}bijeenkomsten/werkvormen/"


def _fold(page: Page, step: int) -> None:
    page.locator("summary", has_text=f"Verander de woorden van stap {step}").click()


def test_a_group_makes_a_form_its_own_and_hands_it_on(visit: Visit, tmp_path: Path) -> None:
    page = visit("lid")
    library = _library(page)
    page.goto(library)
    page.get_by_label("Wat willen jullie?").select_option("knowledge")
    page.get_by_label("Hoeveel zijn jullie?").fill("6")
    page.get_by_label("Hoeveel tijd is er?").select_option("30")
    page.get_by_role("button", name="Laat zien wat past").click()
    expect(page.get_by_role("heading", name="1 werkvorm past")).to_be_visible()
    _sound(page, "workforms")
    page.get_by_role("link", name="Zo doe ik het").click()
    _sound(page, "workform")

    page.get_by_role("link", name="Maak er onze eigen versie van").click()
    _fold(page, 1)
    question = page.get_by_label("Vraag op het scherm bij stap 1")
    question.fill("Wat deed je toen het niemand lukte?")
    page.reload()
    expect(page.get_by_text("We hebben teruggezet wat je eerder typte.")).to_be_visible()
    expect(question).to_have_value("Wat deed je toen het niemand lukte?")
    expect(question).to_be_visible()
    _sound(page, "adapt")
    page.get_by_label("Laat stap 1 weg").check()
    page.get_by_role("button", name="Bewaar").click()
    expect(page.locator(".problems")).to_contain_text("deze stap heeft kaartjes nodig")
    expect(question).to_have_value("Wat deed je toen het niemand lukte?")
    _sound(page, "adapt")
    page.get_by_label("Laat stap 1 weg").uncheck()
    page.get_by_label("Naam van de werkvorm").fill("Zo doen wij het")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("heading", name="Zo doen wij het")).to_be_visible()
    expect(page.get_by_text("Wat deed je toen het niemand lukte?")).to_be_visible()
    _sound(page, "workform")

    with page.expect_download() as going:
        page.get_by_role("link", name="Bewaar als bestand").click()
    assert going.value.suggested_filename == "zo-doe-ik-het-2.werkvorm"
    file = tmp_path / going.value.suggested_filename
    going.value.save_as(file)
    page.goto(library)
    page.get_by_role("link", name="Haal een werkvorm op uit een bestand").click()
    _sound(page, "take_in")
    page.get_by_label("Bestand").set_input_files(file)
    page.get_by_role("button", name="Bekijk eerst").click()
    expect(page.get_by_text("Dit bestand is hier gemaakt en daarna niet veranderd.")).to_be_visible()
    _sound(page, "take_in")
    file.write_text(file.read_text().replace("niemand", "iedereen"))
    page.get_by_role("link", name="Ander bestand").click()
    page.get_by_label("Bestand").set_input_files(file)
    page.get_by_role("button", name="Bekijk eerst").click()
    expect(page.get_by_text("Dit bestand is veranderd nadat het werd ondertekend.")).to_be_visible()
    _sound(page, "take_in")
    page.get_by_role("button", name="Bewaar bij onze werkvormen").click()
    expect(page.get_by_text("Wat deed je toen het iedereen lukte?")).to_be_visible()

    for _each in range(2):
        page.goto(library)
        page.get_by_role("link", name="Zo doen wij het").first.click()
        page.get_by_role("link", name="Haal weg").click()
        _sound(page, "remove_workform")
        page.get_by_role("button", name="Haal weg").click()
    expect(page.get_by_role("link", name="Zo doen wij het")).to_have_count(0)
