"""A meeting with five browsers at once: planned, held by the incident method through bad wifi, and kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import Visit, Watch
from tests.journeys.group import a_school, figure, room, sign_in
from tests.journeys.house import House
from tests.journeys.inspection import inspect
from tests.journeys.keys import enter, tab_to

GROUP = "Rekenen op De Vaart"
NAMES = {
    "noor": "Noor Haan",
    "sanne": "Sanne Kuiper",
    "tom": "Tom de Boer",
    "eva": "Eva Smit",
    "lot": "Lot Bakker",
}
NOW = datetime(2026, 11, 17, 14, 30, tzinfo=UTC)
TOPIC = "Vastlopen bij breuken"
KNOWN = "Vertellen hoe je het doet"


@pytest.fixture
def school(tmp_path: Path) -> Iterator[House]:
    with a_school(tmp_path, GROUP, NAMES, now=NOW, LIVE_MINUTE="2") as house:
        yield house


class Crowd:
    """Everyone's own browser."""

    def __init__(self, chromium: Browser, house: House, watch: Watch) -> None:
        self.chromium, self.house, self.watch = chromium, house, watch
        self.contexts: list[BrowserContext] = []

    def come(self, who: str = "", width: int = 390) -> Page:
        context = self.chromium.new_context(
            base_url=self.house.url,
            locale="nl-NL",
            viewport={"width": width, "height": 844},
            reduced_motion="reduce",
        )
        context.set_default_timeout(20_000)
        self.contexts.append(context)
        page = context.new_page()
        self.watch.over(page)
        if who:
            sign_in(page, who)
        return page


@pytest.fixture
def crowd(chromium: Browser, school: House, watch: Watch) -> Iterator[Crowd]:
    gathered = Crowd(chromium, school, watch)
    yield gathered
    for context in gathered.contexts:
        context.close()


def write(page: Page, text: str, button: str = "Voeg kaart toe", label: str = "Jouw kaart") -> None:
    page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("button", name=button, exact=True).click()


def at_step(page: Page, number: int) -> None:
    expect(page.locator("#live-head")).to_contain_text(f"Stap {number} van")


def go_on(leader: Page, *others: Page, to: int) -> None:
    leader.locator("#next").click()
    for page in (leader, *others):
        at_step(page, to)


def _plan(noor: Page, *others: Page) -> str:
    """A date is looked for together; the agenda has one thing on it. The address of the meeting."""
    room(noor, GROUP, "Bijeenkomsten").get_by_role("link", name="Plan een bijeenkomst").first.click()
    noor.get_by_label("Waar gaat het over?").fill(TOPIC)
    noor.get_by_label("Welke vraag over het leren ligt op tafel?").fill("Wat doen ze als ze vastlopen?")
    noor.get_by_label("Nee, zoek samen een datum").check()
    for number, day in ((1, "2026-11-17"), (2, "2026-11-24")):
        noor.locator(f"[name=on_{number}]").fill(day)
        noor.locator(f"[name=at_{number}]").fill("15:30")
    noor.locator("[name=minutes]").fill("65")
    noor.get_by_role("button", name="Plan", exact=True).click()
    address = noor.url
    for page in others:
        page.goto(address)
        for can in page.get_by_label("ik kan", exact=True).all():
            can.check()
        page.get_by_role("button", name="Bewaar mijn antwoorden").click()
    noor.goto(address)
    noor.get_by_role("link", name="Kies dit moment").first.click()
    noor.get_by_role("button", name="Kies dit moment").click()
    noor.get_by_role("link", name="Zet iets op de agenda").click()
    noor.locator("[name=title]").fill("Een leerling die vastloopt")
    noor.locator("[name=minutes]").fill("65")
    noor.locator("[name=workform]").select_option("incidentmethode")
    noor.locator("main form .btn").first.click()
    return address


def _harvest(noor: Page, sanne: Page, tom: Page, joris: Page, eva: Page) -> None:
    """What we agree, and what we know now."""
    phones = [sanne, tom, joris]
    go_on(noor, *phones, eva, to=7)
    assert not inspect(sanne)
    for what, who in (("Breuken eerst tekenen", "Sanne Kuiper"), ("Kaart maken", "Tom de Boer")):
        noor.get_by_label("Wat spreken we af?").fill(what)
        noor.get_by_role("group", name="Wie doet het?").get_by_label(who).check()
        noor.get_by_role("button", name="Leg de afspraak vast").click()
        expect(sanne.get_by_text(what, exact=True)).to_be_visible()
    go_on(noor, *phones, eva, to=8)
    for page, what in (
        (sanne, "laat ze zelf schatten"),
        (tom, "teken breuken"),
        (eva, "wacht met helpen"),
    ):
        page.get_by_label("Ik …", exact=True).fill(what)
        page.get_by_label("omdat …", exact=True).fill("dan denken ze zelf")
        page.get_by_role("button", name="Bewaar als inzicht").click()
    expect(noor.get_by_text("Ik wacht met helpen", exact=True)).to_be_visible()
    card = noor.locator("article", has_text="laat ze zelf schatten")
    card.get_by_label("Wanneer werkt dit niet?").fill("Bij een toets met een klok")
    card.get_by_role("button", name="Zet erbij").click()
    expect(sanne.get_by_text("Bij een toets met een klok")).to_be_visible()
    assert not inspect(noor)


def _read_minutes(noor: Page, school: House) -> None:
    """Everything that was given, once; and nobody wrote the minutes."""
    noor.get_by_role("link", name="Naar de notulen").click()
    minutes = noor.locator("main").inner_text()
    for text in (
        "Ze gummen alles uit",
        "Ze kijken bij hun buur",
        "Ze wachten tot ik langskom",
        "Laat ze eerst schatten",
        "Teken het met ze",
        "Breuken eerst tekenen",
        "Kaart maken",
        "laat ze zelf schatten",
        "Ik teken breuken",
        "Ik wacht met helpen",
        "Bij een toets met een klok",
    ):
        assert minutes.count(text) == 1, text
    assert "Joris" in minutes
    assert "gemiddeld" in minutes
    assert school.count("insights_insight") == 3
    assert school.count("meetings_agreement") == 2
    assert school.count("meetings_unsigned") == 0
    assert not inspect(noor)


def test_five_hold_a_meeting_through_bad_wifi_and_nothing_is_lost_or_doubled(
    crowd: Crowd, school: House, watch: Watch
) -> None:
    watch.expect("ERR_INTERNET_DISCONNECTED")  # one of them loses the wifi
    noor, sanne, tom = crowd.come("noor", 1280), crowd.come("sanne"), crowd.come("tom")
    address = _plan(noor, sanne, tom)
    before = figure(noor, GROUP, KNOWN, "Inzichten")

    # In: by the page of the meeting, and by the code on the board with nothing but a name.
    noor.goto(address)
    noor.get_by_role("link", name="Naar het begin").click()
    noor.get_by_role("button", name="Begin de bijeenkomst").click()
    expect(noor.locator("#live")).to_have_attribute("data-state", "connected")
    here = noor.url
    board = noor.context.new_page()
    board.goto(f"{here}?bord=1")
    code = board.locator(".live-code").inner_text()
    for page in (sanne, tom):
        page.goto(address)
        page.get_by_role("link", name="Naar de bijeenkomst").click()
        page.get_by_role("button", name="Doe mee").click()
    joris = crowd.come()
    joris.goto("/m/")
    joris.get_by_label("De code op het bord").fill(code.lower())
    joris.keyboard.press("Enter")
    joris.get_by_label("Hoe heet je?").fill("Joris")
    joris.keyboard.press("Enter")
    expect(board.locator("#live-people")).to_contain_text("Joris")
    phones = [sanne, tom, joris]
    expect(joris.locator("#live")).to_have_attribute("data-state", "connected")
    assert not inspect(joris)

    # Looking back; then each an incident, and what is written shows on the board.
    go_on(noor, *phones, to=1)
    go_on(noor, *phones, to=2)
    for page, what in ((sanne, "Ze gummen alles uit"), (joris, "Ze kijken bij hun buur")):
        write(page, what)
    expect(board.locator(".live-cards")).to_contain_text("Ze gummen alles uit")

    # Tom's wifi goes, for two steps. He goes on writing.
    tom.context.set_offline(True)
    expect(tom.locator("#live")).to_have_attribute("data-state", "away", timeout=30_000)
    write(tom, "Ze wachten tot ik langskom")
    expect(tom.locator("#live-net")).to_contain_text("Er gaat niets verloren")
    go_on(noor, sanne, joris, to=3)
    for page in (sanne, joris, noor):
        page.get_by_role("button", name="Geef een stip").first.click()
    expect(noor.locator("#progress")).to_contain_text("0 van")  # two dots each
    go_on(noor, sanne, joris, to=4)

    # One reloads, one comes late, Tom is back: all see the same.
    sanne.reload()
    at_step(sanne, 4)
    eva = crowd.come("eva")
    eva.goto(address)
    eva.get_by_role("link", name="Naar de bijeenkomst").click()
    eva.get_by_role("button", name="Doe mee").click()
    at_step(eva, 4)
    tom.context.set_offline(False)
    at_step(tom, 4)
    expect(tom.locator("#live-net")).to_have_text("verbonden")

    # The facilitator's browser dies in the middle and comes back.
    go_on(noor, *phones, eva, to=5)
    noor.context.close()
    crowd.contexts.remove(noor.context)
    noor = crowd.come("noor", 1280)
    noor.goto(address)
    noor.get_by_role("link", name="Naar de bijeenkomst").click()
    noor.get_by_role("button", name="Doe mee").click()
    at_step(noor, 5)
    go_on(noor, *phones, eva, to=6)
    for page, advice in ((sanne, "Laat ze eerst schatten"), (eva, "Teken het met ze")):
        write(page, advice)
    turn = noor.locator("#next-turn:not([aria-disabled])")
    while turn.count():
        with noor.expect_response("**/acts?*"):
            turn.click()
        noor.wait_for_timeout(150)

    _harvest(noor, sanne, tom, joris, eva)

    # How was it: five answers, no names; then the end.
    go_on(noor, *phones, eva, to=9)
    for page in (noor, tom, joris):
        expect(page.locator("#live-head .hint")).to_have_text(
            "Twee vragen zonder naam: niemand ziet wie wat antwoordde."
        )
    for place, page in enumerate((noor, *phones, eva)):
        for group in page.locator(".live-scale").all():
            group.get_by_role("radio").nth(2 + place % 3).check()
        page.get_by_role("button", name="Geef mijn antwoorden").click()
        expect(page.get_by_text("Niemand kan zien wat jij antwoordde")).to_be_visible()
    noor.locator("#end").click()
    noor.locator("#really-end").click()
    for page in (noor, *phones, eva):
        expect(page.get_by_role("heading", level=1)).to_have_text("De bijeenkomst is klaar")

    _read_minutes(noor, school)
    after = figure(noor, GROUP, KNOWN, "Inzichten")
    assert before != after


def test_a_meeting_is_prepared_held_and_closed_with_the_keyboard_alone(visit: Visit) -> None:
    topic = "Vergaderen zonder muis"
    page = visit("begeleider")
    page.goto("/")
    enter(page, page.get_by_role("link", name="Rekenen in de onderbouw").first)
    enter(page, page.get_by_role("navigation", name="Kamers").get_by_role("link", name="Bijeenkomsten"))
    enter(page, page.get_by_role("link", name="Plan een bijeenkomst").first)
    tab_to(page, page.get_by_label("Waar gaat het over?"))
    page.keyboard.type(topic)
    tab_to(page, page.get_by_label("Welke dag?"))
    page.keyboard.type("11112026")  # the same in any order of day and month
    enter(page, page.get_by_role("button", name="Plan", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text(topic)
    enter(page, page.get_by_role("link", name="Zet iets op de agenda"))
    tab_to(page, page.locator("[name=title]"))
    page.keyboard.type("Hoe doe jij het?")
    tab_to(page, page.locator("[name=minutes]"))
    page.keyboard.type("30")
    tab_to(page, page.locator("[name=workform]"))
    page.keyboard.type("Zo")  # no space: that opens the list
    enter(page, page.locator("main form .btn").first)
    expect(page.get_by_role("heading", level=1)).to_have_text(topic)
    enter(page, page.get_by_role("link", name="Naar het begin"))
    enter(page, page.get_by_role("button", name="Begin de bijeenkomst"))
    enter(page, page.get_by_role("button", name="Ja, begin nu"))
    expect(page.locator("#next")).to_be_visible()
    for number in range(1, page.locator("#live-steps li").count() + 1):
        enter(page, page.locator("#next"))
        at_step(page, number)
        card = page.get_by_label("Jouw kaart", exact=True)
        if card.count():
            tab_to(page, card)
            page.keyboard.type("Ik laat ze eerst schatten")
            enter(page, page.get_by_role("button", name="Voeg kaart toe"))
            expect(page.locator("#live-seen")).to_contain_text("Ik laat ze eerst schatten")
        assert not inspect(page), page.locator("#live-head").inner_text()
    # Alone, nothing could come of questions without a name.
    expect(page.get_by_text("Vertel elkaar kort hoe het was.")).to_be_visible()
    expect(page.get_by_text("Vertel elkaar kort")).to_have_count(1)  # said once
    expect(page.locator("#give-exit")).to_have_count(0)
    enter(page, page.locator("#end"))
    expect(page.locator("#sure")).to_be_focused()
    page.keyboard.press("Enter")  # once too often
    enter(page, page.locator("#not-yet"))
    expect(page.locator("#end")).to_be_focused()
    page.keyboard.press("Enter")
    enter(page, page.locator("#really-end"))
    expect(page.get_by_role("heading", level=1)).to_have_text("De bijeenkomst is klaar")
    # Until the answer is in, the screen says that something still waits, and is drawn anew when it does not.
    expect(page.locator("html[data-unsent]")).to_have_count(0)
    enter(page, page.get_by_role("link", name="Naar de notulen"))
    expect(page.get_by_text("Ik laat ze eerst schatten").first).to_be_visible()
