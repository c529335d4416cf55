"""Coming in, in real browsers: by the door on the board, by a list, and by a question to all members."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.urls import resolve
from playwright.sync_api import FilePayload, Page, expect

from tests.journeys.conftest import Visit, Watch
from tests.journeys.house import House
from tests.journeys.inspection import inspect

CODE = re.compile(r"^\s*([A-Z0-9]{3,}(?:-[A-Z0-9]+)*)\s*$", re.MULTILINE)
#: Seconds that the work loop may take on a busy machine.
PATIENCE = 20


def _sound(page: Page, name: str) -> None:
    assert resolve(urlsplit(page.url).path).view_name == name
    assert not (wrong := inspect(page)), "\n".join(wrong)


def _members(page: Page) -> str:
    page.goto("/")
    if "/plg/" not in page.url:
        page.get_by_role("link", name="Rekenen in de onderbouw").click()
    return page.url + "leden/"


def _mailed_code(house: House, community: str) -> str:
    """The code in the mail that the work loop is about to send."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if (house.data / "mail").is_dir() and community in (text := house.mail()):
            found = CODE.search(text)
            assert found, text
            return found[1]
        time.sleep(0.1)
    raise AssertionError("no mail came")


@contextmanager
def _open_door(bram: Page) -> Iterator[str]:
    """The address on the board, typed over by hand."""
    members = _members(bram)
    bram.goto(members)
    bram.get_by_role("link", name="Uitnodigen").click()
    bram.get_by_role("link", name="Deur open").click()
    _sound(bram, "communities:door")
    bram.get_by_role("button", name="Open de deur").click()
    _sound(bram, "communities:door")
    expect(bram.get_by_role("img", name="Code om met je telefoon te scannen")).to_be_visible()
    try:
        yield f"http://{bram.locator('.board-address').inner_text()}"
    finally:
        bram.goto(f"{members}deur/")
        bram.get_by_role("button", name="Doe de deur dicht").click()
        expect(bram.get_by_text("De deur is dicht.")).to_be_visible()


def test_who_follows_the_address_on_the_board_is_in(visit: Visit, house: House, watch: Watch) -> None:
    watch.expect("the server responded with a status of 4")  # the door, once it is closed
    bram, sam = visit("begeleider"), visit(width=390)
    with _open_door(bram) as address:
        sam.goto(address)
        _sound(sam, "communities:enter")
        sam.get_by_label("Hoe heet je?").fill("Sam Deurwaarder")
        sam.get_by_label("Je e-mailadres").fill("sam@merenwaard.example")
        sam.locator("main select").select_option(index=1)  # the school has two buildings
        sam.get_by_role("button", name="Stuur mij een code").click()
        _sound(sam, "communities:prove")
        assert house.count("people_user", "email = 'sam@merenwaard.example'") == 0
        sam.get_by_label("Code").fill("AAA-AAA")
        sam.get_by_role("button", name="Verder").click()
        expect(sam.get_by_role("alert")).to_be_visible()
        sam.get_by_label("Code").fill(_mailed_code(house, "Rekenen in de onderbouw"))
        sam.get_by_role("button", name="Verder").click()
        expect(sam.get_by_text("Welkom! Je doet mee met Rekenen in de onderbouw.")).to_be_visible()
        bram.goto(_members(bram))
        expect(bram.get_by_text("Sam Deurwaarder", exact=True)).to_be_visible()
        expect(bram.get_by_text("De deur staat open")).to_be_visible()
        _sound(bram, "communities:members")
    late = visit()
    late.goto(address.removesuffix("/"))
    expect(late.get_by_text("Deze deur is dicht")).to_be_visible()


def test_a_leader_before_the_door_asks_all_members_first(visit: Visit) -> None:
    bram, karin = visit("begeleider"), visit("schoolleider")
    karin.goto("/mijn-vragen/")  # she asked already, some days ago
    karin.get_by_role("button", name="Trek mijn vraag in").click()
    expect(karin.get_by_text("Je hebt nog niets gevraagd")).to_be_visible()
    with _open_door(bram) as address:
        karin.goto(address)
        expect(karin.get_by_text("Eerst krijgen alle leden de vraag")).to_be_visible()
        karin.locator("main select").select_option(index=1)  # the school has two buildings
        karin.get_by_role("button", name="Vraag het de leden").click()
        _sound(karin, "communities:asked")
    member = visit("lid", width=390)
    member.goto("/")
    member.get_by_role("link", name="Geef antwoord").click()
    _sound(member, "communities:admission")
    member.get_by_label("Liever niet").check()
    member.get_by_role("button", name="Bewaar mijn antwoord").click()
    expect(member.get_by_text("Niemand anders ziet het")).to_be_visible()
    karin.goto("/mijn-vragen/")
    assert "liever niet" not in karin.inner_text("main").lower()
    karin.get_by_role("button", name="Trek mijn vraag in").click()
    expect(karin.get_by_text("Je hebt nog niets gevraagd")).to_be_visible()


def test_a_list_is_shown_before_anyone_is_invited(visit: Visit, house: House) -> None:
    bram = visit("begeleider")
    bram.goto(f"{_members(bram)}uitnodigen/")
    _sound(bram, "communities:invite")
    bram.get_by_role("link", name="Met een lijst").click()
    _sound(bram, "communities:invite_list")
    lines = ("Naam;E-mail;Rol", "Lena Lijst;lena@merenwaard.example;lid", "Zonder adres;;", "=1+1;x@y.nl;")
    content = "\r\n".join(lines).encode("utf-16")
    file = FilePayload(name="lijst.csv", mimeType="text/csv", buffer=content)
    bram.get_by_label("Of kies een CSV-bestand").set_input_files(file)
    before = house.count("communities_invitation")
    bram.get_by_role("button", name="Bekijk de lijst").click()
    expect(bram.get_by_role("heading", level=1)).to_have_text("1 collega wordt uitgenodigd")
    expect(bram.get_by_text("Hier staat geen e-mailadres.")).to_be_visible()
    _sound(bram, "communities:invite_list")
    assert house.count("communities_invitation") == before
    bram.get_by_role("button", name="Nodig hen uit").click()
    expect(bram.get_by_text("1 collega is uitgenodigd.")).to_be_visible()
    expect(bram.get_by_text("Hier staat geen e-mailadres.")).to_be_visible()
    _sound(bram, "communities:invite_list")  # what could not be used comes back, to be mended
    assert house.count("communities_invitation") == before + 1
    bram.goto(f"{_members(bram)}uitnodigingen/")
    _sound(bram, "communities:invitations")
    bram.get_by_role("link", name="Bekijken lena@merenwaard.example").click()
    link = bram.locator("#link").input_value()
    lena = visit()
    lena.goto(link)
    expect(lena.get_by_label("Hoe heet je?")).to_have_value("Lena Lijst")
    lena.get_by_role("button", name="Ik doe mee").click()
    expect(lena.get_by_text("Welkom! Je doet mee")).to_be_visible()
