"""Anna tries something out, tells how it went, and Bram tries it too."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit
from tests.journeys.inspection import inspect
from tests.journeys.keys import enter, tab_to


def _sound(page: Page, name: str) -> None:
    """Nothing is wrong with the page at this address, that stands here now."""
    assert resolve(urlsplit(page.url).path).view_name == f"practice:{name}"
    assert not (wrong := inspect(page)), "\n".join(wrong)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_try_out_without_a_mouse(width: int, visit: Visit) -> None:
    anna = visit("lid", width=width)
    anna.goto("/")
    enter(anna, anna.get_by_role("navigation", name="Kamers").get_by_role("link", name="Praktijk"))
    enter(anna, anna.get_by_role("link", name="Uitproberen", exact=True))
    expect(anna.get_by_role("heading", level=1)).to_have_text("Uitproberen")
    _sound(anna, "tryouts")
    enter(anna, anna.get_by_role("link", name="Begin een probeersel"))
    enter(anna, anna.get_by_role("button", name="Begin", exact=True))
    expect(anna.get_by_role("alert")).to_be_visible()  # sent empty: it says what is missing
    _sound(anna, "new_tryout")
    tab_to(anna, anna.get_by_label("Wat ga je proberen?"))
    anna.keyboard.type(f"Eerst {width} schatten")
    tab_to(anna, anna.get_by_label("Wat verwacht je bij leerlingen te zien?"))
    anna.keyboard.type("Ze gummen minder.")
    enter(anna, anna.get_by_role("button", name="Begin", exact=True))
    expect(anna.get_by_text("loopt nog").first).to_be_visible()
    enter(anna, anna.get_by_role("link", name="Vertel hoe het ging"))
    tab_to(anna, anna.get_by_label("Wat deden of zeiden de leerlingen?"))
    anna.keyboard.type("Ze gumden evenveel.")
    tab_to(anna, anna.get_by_label("Ja, het werkte"))
    anna.keyboard.press("ArrowUp")  # round to the last
    expect(anna.get_by_label("Nee, nu niet")).to_be_checked()
    tab_to(anna, anna.get_by_label("Doorgaan: dit blijf ik doen"))
    anna.keyboard.press("ArrowUp")
    tab_to(anna, anna.get_by_label("Waarom?"))
    anna.keyboard.type("Gummen is ook denken.")
    enter(anna, anna.get_by_role("button", name="Vertel het"))
    expect(anna.get_by_text("werkte nu niet")).to_be_visible()
    _sound(anna, "tryout")


def test_bram_tries_it_too_without_a_script(visit: Visit) -> None:
    anna = visit("lid", java_script_enabled=False)
    anna.goto("/")
    anna.get_by_role("link", name="Praktijk").click()
    anna.get_by_role("link", name="Uitproberen", exact=True).click()
    anna.get_by_role("link", name="Begin een probeersel").click()
    anna.get_by_label("Wat ga je proberen?").fill("Een som achterstevoren uitleggen")
    anna.get_by_label("Wat verwacht je bij leerlingen te zien?").fill("Ze zien waar hij begint.")
    anna.get_by_role("button", name="Begin", exact=True).click()
    anna.get_by_role("link", name="Vertel hoe het ging").click()
    anna.get_by_label("Deels").check()
    anna.get_by_label("Aanpassen: ik probeer het anders").check()
    anna.get_by_label("Waarom?").fill("Bij delen lukt het niet.")
    anna.get_by_role("button", name="Vertel het").click()
    first = anna.url

    bram = visit("begeleider", java_script_enabled=False)
    bram.goto(first)
    bram.get_by_role("link", name="Ik probeer dit ook").click()
    expect(bram.get_by_label("Wat ga je proberen?")).to_have_value("Een som achterstevoren uitleggen")
    bram.get_by_label("Wat verwacht je bij leerlingen te zien?").fill("Bij mij vast wel.")
    bram.get_by_role("button", name="Begin", exact=True).click()
    expect(bram.get_by_role("link", name="Een som achterstevoren uitleggen")).to_be_visible()
    bram.goto(first)
    expect(bram.get_by_role("heading", name="Bram Jansen")).to_be_visible()

    anna.goto(first)
    anna.get_by_role("button", name="Weghalen").click()
    expect(anna.get_by_role("button", name="Zet terug")).to_be_visible()
    bram.goto(first.rsplit("/", 2)[0] + "/")
    expect(bram.get_by_role("heading", name="Een som achterstevoren uitleggen").first).to_be_visible()
