"""What is one's own, in a browser: a photo, a card, a passkey, an app, and where one is signed in."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from django.urls import resolve
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit, Watch
from tests.journeys.house import House
from tests.journeys.inspection import inspect
from tests.photos import a_photo

Newcomer = Callable[[str], Page]


def _sound(page: Page, name: str) -> None:
    """Nothing is wrong with what stands here now, which is the page `name`."""
    assert resolve(urlsplit(page.url).path).view_name == name
    assert not (wrong := inspect(page)), "\n".join(wrong)


@pytest.fixture
def newcomer(visit: Visit) -> Newcomer:
    """`newcomer("Noor")` was invited, came in, and has an account of her own."""

    def come(name: str) -> Page:
        bram = visit("begeleider")
        bram.goto("/")
        if "/plg/" not in bram.url:
            bram.get_by_role("link", name="Rekenen in de onderbouw").click()
        bram.goto(bram.url + "leden/uitnodigen/")
        bram.get_by_label("E-mailadres").fill(f"{name.lower()}@merenwaard.example")
        bram.get_by_role("button", name="Uitnodigen").click()
        page = visit()
        page.goto(bram.locator("#link").input_value())
        page.get_by_label("Hoe heet je?").fill(f"{name} Visser")
        page.get_by_role("button", name="Ik doe mee").click()
        return page

    return come


def _code(house: House) -> str:
    found = re.search(r"^\s*([A-Z0-9]{3,}(?:-[A-Z0-9]+)*)\s*$", house.mail(), re.MULTILINE)
    assert found, house.mail()
    return found[1]


def _own(page: Page, name: str) -> None:
    page.locator("details.menu summary").click()
    page.get_by_role("link", name="Mijn gegevens").click()
    page.get_by_role("link", name=name, exact=True).click()


def _give_a_passkey_device(page: Page) -> None:
    """A phone that makes passkeys, and always recognises its owner."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def test_a_passkey_is_made_named_used_and_taken_away(newcomer: Newcomer, house: House) -> None:
    page = newcomer("Pleun")
    _give_a_passkey_device(page)
    _own(page, "Zo log je in")
    _sound(page, "mfa_index")
    page.get_by_role("link", name="Voeg een passkey toe").click()
    _sound(page, "people:prove")
    page.get_by_role("button", name="Mail mij een code").click()
    page.get_by_label("De code uit je mail").fill(_code(house))
    page.get_by_role("button", name="Verder").click()
    _sound(page, "mfa_add_webauthn")
    page.get_by_label("Hoe heet deze passkey?").fill("Mijn telefoon")
    page.get_by_role("button", name="Maak de passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Herstelcodes")
    _sound(page, "mfa_view_recovery_codes")
    page.get_by_role("link", name="Ik heb ze bewaard").click()
    page.get_by_role("link", name="Andere naam").click()
    _sound(page, "mfa_edit_webauthn")
    page.get_by_label("Hoe heet deze passkey?").fill("Telefoon van Pleun")
    page.get_by_role("button", name="Bewaren").click()

    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Uitloggen").click()
    page.goto("/accounts/login/")
    _sound(page, "account_login")
    page.get_by_role("button", name="Log in met een passkey").click()
    expect(page.locator("details.menu summary")).to_have_text("Pleun Visser")

    page.goto("/accounts/2fa/")
    expect(page.locator("li.row strong", has_text="Telefoon van Pleun")).to_be_visible()
    page.get_by_role("link", name="Weghalen").click()
    if "reauthenticate" in page.url:
        _sound(page, "mfa_reauthenticate")
        page.goto(page.url.replace("2fa/reauthenticate", "2fa/webauthn/reauthenticate"))
        _sound(page, "mfa_reauthenticate_webauthn")
        page.get_by_role("button", name="Gebruik je passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Passkey weghalen?")
    _sound(page, "mfa_remove_webauthn")
    page.get_by_role("button", name="Haal de passkey weg").click()
    expect(page.get_by_text("Je hebt nog geen passkey.")).to_be_visible()
    _sound(page, "mfa_list_webauthn")


def test_after_a_mailed_code_the_passkey_is_asked_too(newcomer: Newcomer, house: House) -> None:
    page = newcomer("Quinten")
    _give_a_passkey_device(page)
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_role("button", name="Mail mij een code").click()
    page.get_by_label("De code uit je mail").fill(_code(house))
    page.get_by_role("button", name="Verder").click()
    page.get_by_role("button", name="Maak de passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Herstelcodes")
    page.context.clear_cookies()
    page.goto("/accounts/login/code/")
    page.get_by_label("E-mail").fill("quinten@merenwaard.example")
    page.get_by_role("button", name="Mail mij een code").click()
    page.locator("main input[name=code]").fill(_code(house))
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nog één stap")
    _sound(page, "mfa_authenticate")
    page.get_by_role("button", name="Gebruik je passkey").click()
    expect(page.locator("details.menu summary")).to_have_text("Quinten Visser")


def test_who_stops_halfway_is_told_so(visit: Visit) -> None:
    page = visit()
    page.goto("/accounts/login/")
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")  # and no device that has one
    page.evaluate(
        "() => { navigator.credentials.get = () => Promise.reject(new DOMException('', 'NotAllowedError')); }"
    )
    page.get_by_role("button", name="Log in met een passkey").click()
    expect(page.locator("#messages")).to_contain_text("Dat lukte niet, of je stopte ermee.")
    expect(page.get_by_role("button", name="Log in met een passkey")).to_be_enabled()


def test_the_app_is_drawn_and_refuses_a_wrong_code(newcomer: Newcomer, house: House) -> None:
    page = newcomer("Roos")
    page.goto("/accounts/2fa/totp/activate/")
    page.get_by_role("button", name="Mail mij een code").click()
    page.get_by_label("De code uit je mail").fill(_code(house))
    page.get_by_role("button", name="Verder").click()
    expect(page.locator("svg.qr")).to_be_visible()
    page.get_by_label("De code uit de app").fill("000000")
    page.get_by_role("button", name="Zet de app aan").click()
    expect(page.get_by_role("alert")).to_be_visible()
    _sound(page, "mfa_activate_totp")


def test_a_photo_and_a_card_are_seen_by_a_colleague(newcomer: Newcomer, visit: Visit) -> None:
    page = newcomer("Sanne")
    community = page.url
    page.get_by_role("link", name="Vul je kaartje in").click()
    page.get_by_label("Ik geef…").fill("wiskunde aan de onderbouw")
    _sound(page, "communities:introduce")
    page.get_by_role("button", name="Bewaren").click()
    _own(page, "Foto")
    photo = {"name": "ik.jpg", "mimeType": "image/jpeg", "buffer": a_photo()[0].getvalue()}
    page.get_by_label("Kies een foto").set_input_files(photo)  # type: ignore[arg-type]  # as Playwright documents it
    page.get_by_role("button", name="Bewaren").click()
    _sound(page, "people:photo")

    anna = visit("lid")
    anna.goto(community + "leden/kennismaken/")
    card = anna.locator(".card", has_text="Sanne Visser")
    expect(card).to_contain_text("wiskunde aan de onderbouw")
    assert card.locator("img").evaluate("img => img.complete && img.naturalWidth") == 96
    _sound(anna, "communities:acquaint")


def test_away_is_said_and_taken_back(newcomer: Newcomer, visit: Visit, house: House) -> None:
    page = newcomer("Tess")
    community = page.url
    _own(page, "Er even niet")
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_text("Vanaf dinsdag 10 november")).to_be_visible()
    _sound(page, "people:away")
    anna = visit("lid")
    anna.goto(community + "leden/")
    row = anna.locator("li.row", has_text="Tess Visser")
    expect(row).to_contain_text("is er even niet")
    page.get_by_role("button", name="Ik ben er weer").click()
    anna.reload()
    expect(row).not_to_contain_text("is er even niet")


def test_signed_out_on_another_device_at_once(
    newcomer: Newcomer, visit: Visit, house: House, watch: Watch
) -> None:
    page = newcomer("Uma")
    other = visit()
    other.goto("/accounts/login/code/")
    other.get_by_label("E-mail").fill("uma@merenwaard.example")
    other.get_by_role("button", name="Mail mij een code").click()
    other.locator("main input[name=code]").fill(_code(house))
    other.get_by_role("button", name="Verder").click()
    expect(other.locator("details.menu")).to_be_visible()
    _own(page, "Waar je ingelogd bent")
    expect(page.locator("li.row")).to_have_count(2)
    _sound(page, "people:sessions")
    page.get_by_role("button", name="Log daar uit").click()
    other.goto("/mijn/")
    assert urlsplit(other.url).path == "/accounts/login/"


def test_on_a_phone_the_tables_of_what_is_kept_and_counted_are_cards(visit: Visit) -> None:
    """Nothing scrolls sideways, what a column is called stands before each part, and it is a table all the same."""
    page = visit()
    for address, label in (("/privacy/", "Hoe lang"), ("/wat-telt-mee/", "Genoeg vanaf")):
        for width in (390, 320):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(address)
            sideways = "[...document.querySelectorAll('main *')].some(it => it.scrollWidth > innerWidth)"
            assert not page.evaluate(sideways)
            cell = page.locator(f"td[data-label='{label}']").first
            shown = cell.evaluate("it => getComputedStyle(it, '::before').content")
            assert label in shown or "attr" in shown
            assert page.get_by_role("table").first.get_by_role("rowheader").count() > 0
            assert page.get_by_role("columnheader", name=label).count() > 0


def test_the_half_days_at_school_fit_the_smallest_phone(visit: Visit) -> None:
    page = visit("lid")
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto("/mijn/op-school/")
    card, table = page.locator("form.card").bounding_box(), page.locator("table.halves").bounding_box()
    assert card
    assert table
    assert table["x"] + table["width"] <= card["x"] + card["width"]


def test_a_calendar_reads_along_until_the_address_is_another(newcomer: Newcomer) -> None:
    page = newcomer("Wende")
    _own(page, "Mijn agenda")
    _sound(page, "meetings:own_calendar")
    page.get_by_role("button", name="Maak mijn adres").click()
    for summary in page.locator("main details summary").all():
        summary.click()
    _sound(page, "meetings:own_calendar")
    box = page.get_by_label("Kopieer dit naar je agenda")
    first = box.input_value()
    assert _calendar(first).startswith("BEGIN:VCALENDAR")
    webcal = page.get_by_role("link", name="Open in mijn agenda").get_attribute("href")
    assert webcal == first.replace("http", "webcal", 1)
    page.get_by_role("button", name="Maak een nieuw adres").click()
    second = box.input_value()
    assert (_calendar(first), _calendar(second)[:15]) == ("404", "BEGIN:VCALENDAR")
    page.get_by_role("button", name="Stop het adres").click()
    expect(page.get_by_role("button", name="Maak mijn adres")).to_be_visible()
    assert _calendar(second) == "404"


def _calendar(address: str) -> str:
    """What a calendar program gets there."""
    try:
        with urlopen(address, timeout=10) as answer:
            return str(answer.read().decode())
    except HTTPError as error:
        return str(error.code)
