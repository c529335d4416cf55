"""Pages that are reached by doing something first: refused forms, errors, empty rooms, an upload on its way."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.signing import Signer
from django.urls import resolve
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit, Watch
from tests.journeys.house import House
from tests.journeys.inspection import inspect

REFUSED = "the server responded with a status of 4"


def _sound(page: Page, name: str = "") -> None:
    """Nothing is wrong with what stands here now; `name` is the address it should be at."""
    if name:
        assert resolve(urlsplit(page.url).path).view_name == name
    assert not (wrong := inspect(page)), "\n".join(wrong)


def _community(page: Page) -> str:
    """The path of the community that everyone in the demo shares."""
    page.goto("/")
    if "/plg/" not in page.url:
        page.get_by_role("link", name="Rekenen in de onderbouw").click()
    return page.url


#: role, path in the community ("" before it: anywhere), the words on the button.
FORMS = {
    "a conversation": ("lid", "gesprekken/nieuw/", "Deel met je collega's"),
    "an insight": ("lid", "inzichten/nieuw/", "Bewaar als inzicht"),
    "an invitation": ("begeleider", "leden/uitnodigen/", "Uitnodigen"),
    "a list": ("begeleider", "leden/lijst/", "Bekijk de lijst"),
    "an upload": ("begeleider", "/uit-bestand/", "Bekijk wat erin staat"),
    "a school": ("beheerder", "/scholen/nieuw/", "Toevoegen"),
    "a board": ("beheerder", "/besturen/", "Toevoegen"),
    "a network": ("beheerder", "/netwerken/nieuw/", "Toevoegen"),
    "a community": ("begeleider", "/leergemeenschappen/nieuw/", "Beginnen"),
    "a password": ("lid", "/accounts/password/change/", "Bewaar mijn wachtwoord"),
    "signing in": ("", "/accounts/login/", "Inloggen"),
    "a code": ("", "/accounts/login/code/", "Mail mij een code"),
    "a lost password": ("", "/accounts/password/reset/", "Stuur de mail"),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_form_sent_empty_says_what_is_missing(form: str, visit: Visit) -> None:
    role, path, button = FORMS[form]
    page = visit(role)
    page.goto(path if path.startswith("/") else _community(page) + path)
    page.locator("main form").evaluate_all("forms => forms.forEach(form => form.noValidate = true)")
    page.locator("main").get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    _sound(page)


def test_what_cannot_be_done_and_an_expired_form(visit: Visit, watch: Watch) -> None:
    watch.expect(REFUSED)
    page = visit("lid")
    page.goto("/uitnodiging/kapot/")
    expect(page.get_by_text("Deze link klopt niet.")).to_be_visible()
    _sound(page)

    page.goto(_community(page) + "gesprekken/nieuw/")
    page.get_by_label("Waar gaat het over?").fill("Een oud formulier")
    page.get_by_label("Vertel").fill("Dit stond een hele dag open.")
    page.context.clear_cookies(name="csrftoken")
    page.get_by_role("button", name="Deel met je collega's").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Je formulier was verlopen")
    expect(page.locator("#typed")).to_have_value(re.compile("Dit stond een hele dag open."))
    _sound(page)


def test_a_newcomer_comes_and_goes(visit: Visit) -> None:
    bram = visit("begeleider")
    bram.goto(_community(bram) + "leden/uitnodigen/")
    bram.get_by_label("E-mailadres").fill("nieuw@merenwaard.example")
    bram.get_by_role("button", name="Uitnodigen").click()
    _sound(bram, "communities:invitation")
    link = bram.locator("#link").input_value()

    page = visit()
    page.goto(link)
    _sound(page, "communities:accept")
    page.locator("main form").evaluate_all("forms => forms.forEach(form => form.noValidate = true)")
    page.get_by_role("button", name="Ik doe mee").click()
    expect(page.get_by_role("alert")).to_be_visible()
    _sound(page)
    page.get_by_label("Hoe heet je?").fill("Noor Visser")
    page.get_by_role("button", name="Ik doe mee").click()
    page.goto("/accounts/password/set/")
    _sound(page, "account_set_password")

    page.goto(_community(page) + "weggaan/")
    page.get_by_role("button", name="Ik doe niet meer mee").click()
    expect(page.get_by_text("Je doet nog nergens mee")).to_be_visible()
    _sound(page)


def test_an_administrator_comes_in_by_a_link_of_the_machine_and_makes_a_backup(
    visit: Visit, house: House
) -> None:
    link = house.run("link", "beheerder@leerkring.example").split()[-1]
    page = visit()
    page.goto(urlsplit(link).path)
    _sound(page, "upkeep:enter")
    page.get_by_role("button", name="Log in", exact=True).click()
    page.goto("/beheer/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Dit is een demo")
    page.get_by_role("button", name="Maak nu een back-up").click()
    expect(page.get_by_text("nagelezen")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("button", name="Stuur mij een proefmail")).to_have_count(0)
    for summary in page.locator("main summary").all():
        if not summary.evaluate("it => it.parentElement.open"):
            summary.click()
    _sound(page, "upkeep:home")


def test_signing_in_with_a_code(visit: Visit, house: House) -> None:
    page = visit()
    page.goto("/accounts/login/code/")
    page.get_by_label("E-mail").fill("gast@leerkring.example")
    page.get_by_role("button", name="Mail mij een code").click()
    _sound(page, "account_confirm_login_code")
    field = page.locator("main input[name=code]")
    field.fill("000000")
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_role("alert")).to_be_visible()
    _sound(page)
    code = re.search(r"^\s*([A-Z0-9]{3,}(?:-[A-Z0-9]+)*)\s*$", house.mail(), re.MULTILINE)
    assert code, house.mail()
    field.fill(code[1])
    page.get_by_role("button", name="Verder").click()
    expect(page.locator("details.menu")).to_be_visible()


def test_a_new_password_by_mail(visit: Visit, house: House) -> None:
    page = visit()
    page.goto("/accounts/password/reset/")
    page.get_by_label("E-mail").fill("schoolleider@leerkring.example")
    page.get_by_role("button", name="Stuur de mail").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    link = re.search(r"http\S+/accounts/password/\S+", house.mail())
    assert link, house.mail()
    page.goto(link[0])
    _sound(page, "account_reset_password_from_key")
    page.goto("/accounts/password/reset/key/1-kapot/")
    _sound(page)


def test_an_upload_from_choosing_to_its_empty_rooms(visit: Visit, house: House, tmp_path: Path) -> None:
    file = tmp_path / "contacten.csv"
    file.write_text("Van,Aan,Datum\na,b,2026-11-02\nb,b,2026-11-02\nb,c,ooit\n", encoding="utf-8")
    page = visit("begeleider")
    page.goto("/uit-bestand/")
    page.get_by_label("Naam van de leergemeenschap").fill("Uit de oude tijd")
    page.get_by_label("Het bestand met contacten").set_input_files(file)
    page.get_by_role("button", name="Bekijk wat erin staat").click()
    _sound(page, "effectiveness:columns")
    columns = page.url
    page.get_by_label("Op wie was het gericht?").select_option("Van")
    page.get_by_role("button", name="Lees opnieuw").click()
    expect(page.get_by_role("alert")).to_be_visible()
    _sound(page)

    job = house.write(
        "insert into jobs_job (kind, payload, 'unique', state, due, attempts, lease, progress, sentence, error,"
        " created) values ('effectiveness.make_community', '{}', 'scene', 'waiting', '2099-01-01', 0, '', 40, '', '',"
        " '2026-01-01')"
    )
    upload = int(columns.rstrip("/").rsplit("/", 1)[1])
    house.write("update effectiveness_upload set job_id = ? where id = ?", job, upload)
    page.goto(columns + "bezig/")
    expect(page.get_by_role("heading", level=1)).to_have_text("We maken de spiegel")
    _sound(page, "effectiveness:making")
    house.write("update jobs_job set state = 'failed' where id = ?", job)
    page.goto(columns + "bezig/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Het lukte niet")
    _sound(page)

    house.write("update effectiveness_upload set job_id = null where id = ?", upload)
    house.write("delete from jobs_job where id = ?", job)
    page.goto(columns)
    page.get_by_role("button", name="Maak de spiegel").click()
    page.wait_for_url("**/spiegel/", timeout=60_000)
    _sound(page, "effectiveness:mirror")
    page.get_by_role("link", name="Kennis").click()
    expect(page.get_by_role("heading", name="Nog geen gesprekken")).to_be_visible()
    _sound(page)
    page.get_by_role("link", name="Leden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Leden")
    _sound(page)


def test_words_of_oneself_and_of_a_colleague(visit: Visit) -> None:
    anna = visit("lid")
    anna.goto(_community(anna) + "gesprekken/nieuw/")
    anna.get_by_label("Waar gaat het over?").fill("Wat doe je met kommagetallen?")
    anna.get_by_label("Vertel").fill("Bij mij blijft de komma zweven.")
    anna.get_by_role("button", name="Deel met je collega's").click()
    conversation = anna.url

    bram = visit("begeleider")
    bram.goto(conversation)
    bram.get_by_role("button", name="Dit helpt mij").click()
    expect(bram.get_by_role("button", name="Dit helpt mij")).to_have_attribute("aria-pressed", "true")
    _sound(bram, "knowledge:conversation")

    anna.reload()
    expect(anna.get_by_text("helpt 1 collega")).to_be_visible()
    _sound(anna, "knowledge:conversation")
    anna.get_by_role("link", name="Aanpassen").click()
    _sound(anna, "knowledge:revise")
    anna.goto(conversation)
    anna.get_by_role("button", name="Weghalen").click()
    expect(anna.get_by_role("button", name="Zet terug")).to_be_visible()
    _sound(anna, "knowledge:conversation")


def test_how_anna_does_it_and_what_bram_makes_of_it(visit: Visit) -> None:
    anna = visit("lid")
    anna.goto(_community(anna) + "inzichten/nieuw/")
    anna.get_by_label("Mijn vuistregel: als … dan … want …").check()
    anna.get_by_role("textbox", name="Als … dan …", exact=True).fill("Als het stil is, dan praten ze even.")
    anna.get_by_role("textbox", name="want …", exact=True).fill("Samen durven ze meer.")
    anna.get_by_role("button", name="Bewaar als inzicht").click()
    expect(anna.get_by_role("heading", level=1)).to_have_text("Mijn vuistregel")
    _sound(anna, "insights:insight")
    insight = anna.url

    bram = visit("begeleider")
    bram.goto(insight)
    _sound(bram, "insights:insight")
    bram.get_by_label("Bij wie niet, of op welk moment niet?").fill("de buur het ook niet weet.")
    bram.get_by_role("button", name="Schrijf het erbij").click()
    expect(bram.get_by_text("de buur het ook niet weet.")).to_be_visible()
    bram.get_by_role("button", name="Ik probeer dit").click()
    expect(bram.get_by_text("Jij probeert dit op")).to_be_visible()
    _sound(bram, "insights:insight")
    bram.get_by_role("link", name="Andere dag").click()
    _sound(bram, "insights:try_out")
    bram.get_by_role("button", name="Ik probeer dit").click()
    bram.get_by_role("link", name="Vertel hoe het ging").click()
    bram.get_by_label("Deels").check()
    bram.get_by_label("Wat zag je?").fill("Bij twee tafels wel.")
    _sound(bram, "insights:tell")
    bram.get_by_role("button", name="Vertel het").click()
    expect(bram.get_by_text("Bij twee tafels wel.")).to_be_visible()

    anna.reload()
    expect(anna.get_by_text("de buur het ook niet weet.")).to_be_visible()
    anna.get_by_role("link", name="Aanpassen").click()
    _sound(anna, "insights:revise")
    anna.goto(insight)
    anna.get_by_role("button", name="Weghalen").click()
    expect(anna.get_by_text("Je haalde dit weg")).to_be_visible()
    _sound(anna, "insights:insight")


def _menu(page: Page) -> None:
    page.locator("details.menu summary").click()


def _restored(page: Page) -> None:
    page.get_by_role("link", name="Deel het").click()
    page.get_by_label("Vertel").fill("Een begin van iets.")
    page.reload()
    expect(page.get_by_text("We hebben teruggezet wat je eerder typte.")).to_be_visible()


def _offline(page: Page) -> None:
    _restored(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Deel met je collega's").click()
    expect(page.get_by_text("Je hebt nu geen verbinding.")).to_be_visible()


SCENES: dict[str, Callable[[Page], Any]] = {
    "the menu": _menu,
    "offline, with a restored text": _offline,
}


@pytest.mark.parametrize("scene", SCENES)
def test_what_a_script_changes_is_as_sound(scene: str, visit: Visit) -> None:
    page = visit("lid")
    _community(page)
    SCENES[scene](page)
    _sound(page)


def test_the_link_in_a_mail_that_ends_mail(visit: Visit, house: House) -> None:
    """For someone who has no door in the demo, so that the other journeys keep their mail."""
    with closing(sqlite3.connect(house.data / "leerkring.sqlite3")) as there:
        (who,) = there.execute("select uid from people_user order by id desc limit 1").fetchone()
    key = (house.data / "secret-key").read_text(encoding="ascii").strip()
    page = visit()
    page.goto(f"/mail-stoppen/{Signer(key=key, salt='leerkring.communities.mail.stop').sign(who)}/")
    expect(page.get_by_role("heading", level=1, name="Geen mail meer?")).to_be_visible()
    _sound(page, "communities:stop_mail")
    page.get_by_role("button", name="Stop de mail").click()
    expect(page.get_by_role("heading", level=1, name="Je krijgt geen mail meer")).to_be_visible()
    _sound(page, "communities:stop_mail")
    assert house.count("communities_noticepreference", "rhythm = 'never'") == 1
