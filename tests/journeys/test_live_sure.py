"""What goes for everybody in a live room is asked about once; what is kept, waits, or is needed is said."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit, Watch
from tests.journeys.holding import begin, board_of, card, end, is_above, join, plan, to_step
from tests.journeys.inspection import inspect, stick_out


def scribe(leader: Page, other: Page) -> str:
    """The other keeps the notes; by what name."""
    leader.locator("#lead-more").evaluate("fold => fold.open = true")
    names = leader.locator("#f-out option")
    expect(names).to_have_count(1)
    name = names.first.inner_text()
    leader.locator("#f-role-scribe").select_option(label=name)
    expect(other.locator("#live-people")).to_contain_text("notulist")
    return name


def test_an_objection_stays_in_sight_while_the_sentence_is_bettered_and_nobody_loses_it_by_one_tap(
    visit: Visit,
) -> None:
    noor, tom = visit("begeleider"), visit("lid", width=390)
    address = plan(noor, "Een zin met een bezwaar", "doelsessie")
    begin(noor)
    board = board_of(noor)
    join(tom, address)
    name = scribe(noor, tom)
    # Who writes is said to who does not, and a text that is half there says that it is kept.
    to_step(noor, "Waar staan ze nu?")
    expect(noor.locator("#live-doing")).to_have_text(f"{name} schrijft mee.")
    note = tom.get_by_label("Aantekening")
    note.fill("Zes van de acht")
    to_step(noor, "Eén zin")
    kept = tom.locator("#live-back p")
    expect(kept).to_have_text(
        "Je tekst bij ‘Waar staan ze nu?’ is bewaard. Je ziet hem weer bij die stap, of als de bijeenkomst sluit."
    )
    assert not inspect(tom)
    to_step(noor, "Waar staan ze nu?")
    expect(note).to_have_value("Zes van de acht")
    expect(kept).to_have_count(0)
    tom.get_by_role("button", name="Voeg kaart toe").click()

    to_step(noor, "Eén zin")
    card(noor, "In juni legt iedereen een breuk uit")
    # On the screen of who leads one button takes cards away, their own too, and it asks.
    card(tom, "In mei tekent iedereen een breuk")
    expect(noor.get_by_role("button", name=re.compile("^Weghalen"))).to_have_count(0)
    noor.get_by_role("button", name=re.compile("Haal weg.*In juni")).click()
    expect(noor.locator("#sure-away")).to_contain_text("Haal je dit voor iedereen weg?")
    noor.get_by_role("button", name="Laat staan").click()
    to_step(noor, "De beste zin")
    tom.get_by_role("button", name=re.compile("Geef een stip.*In juni")).click()
    expect(tom.get_by_text("Stippen die je nog hebt: 0")).to_be_visible()
    to_step(noor, "Hoe zien we het?")
    expect(noor.locator("#live-doing")).to_have_text(f"{name} schrijft mee.")
    now, first = tom.get_by_label("Zo luidt het nu"), "In juni legt 80% een breuk uit"
    now.fill(first)
    tom.get_by_role("button", name="Zo is het beter").click()

    to_step(noor, "Kun je hiermee verder?")
    tom.get_by_role("button", name="Ik heb een bezwaar").click()
    why = tom.get_by_label("Of wat houdt je tegen?")
    expect(tom.get_by_role("alert")).to_contain_text("Schrijf eerst op wat je tegenhoudt.")
    expect(why).to_be_focused()
    expect(why).to_have_accessible_description(re.compile("Schrijf eerst op"))
    assert not inspect(tom)
    assert not stick_out(tom)
    why.fill("80% is te veel")
    tom.get_by_role("button", name="Ik heb een bezwaar").click()
    expect(tom.get_by_text("Jouw bezwaar: 80% is te veel")).to_be_visible()
    expect(tom.get_by_role("alert")).to_have_count(0)
    noor.locator("#yes").click()
    noor.locator("#reveal").click()
    expect(noor.locator("#back")).to_have_class("btn")
    expect(noor.locator("#next")).to_have_class("btn quiet")
    assert not inspect(noor)
    noor.locator("#back").click()
    second = "In juni legt 60% een breuk uit"
    for better in ("", second):
        if better:
            now.fill(better)
            tom.get_by_role("button", name="Zo is het beter").click()
            expect(board.locator("#live-seen")).to_contain_text(better)
        for page, where in ((noor, "#live-about"), (tom, "#live-about"), (board, "#live-seen")):
            against = page.locator(f"{where} blockquote")
            expect(against).to_have_count(1)
            expect(against).to_contain_text("Bezwaar: 80% is te veel")
            expect(against).to_contain_text(name)
            assert not inspect(page)
    # What everyone answered to is not gone by one tap of who wrote it.
    gone = tom.get_by_role("button", name=re.compile(f"Haal weg.*{second[:20]}")).first
    gone.click()
    expect(tom.locator("#sure-away")).to_be_focused()
    expect(tom.locator("#sure-away")).to_contain_text("Dan geldt weer hoe hij daarvoor luidde.")
    assert not inspect(tom)
    assert not stick_out(tom)
    tom.get_by_role("button", name="Laat staan").click()
    expect(board.locator("#live-seen")).to_contain_text(second)
    gone.click()
    tom.get_by_role("button", name="Ja, haal weg").click()
    expect(board.locator("#live-seen")).to_contain_text(first)
    expect(board.locator("#live-seen")).not_to_contain_text(second)
    now.fill(second)
    tom.get_by_role("button", name="Zo is het beter").click()
    to_step(noor, "Kun je hiermee verder?")
    for page in (noor, tom, board):
        expect(page.locator("#live-head")).to_contain_text("Kun je hiermee verder?")
        expect(page.locator("blockquote")).to_have_count(0)
    # What takes back when one tries something does not stand against the button before it.
    to_step(noor, "Wat weten we nu?")
    noor.get_by_label("Ik …", exact=True).fill("laat ze eerst schatten")
    noor.get_by_role("button", name="Bewaar als inzicht").click()
    tom.get_by_label("Wanneer probeer jij dit?").fill("2026-12-01")
    tom.get_by_role("button", name="Ik probeer dit").click()
    back = tom.get_by_role("button", name=re.compile("^Toch niet"))
    expect(back).to_be_visible()
    assert is_above(tom.get_by_role("button", name="Zet erbij"), back)
    end(noor)
    expect(tom.locator("#live-doing")).to_contain_text("De notulen staan al klaar: jullie maakten ze samen.")


def test_an_agreement_is_taken_away_by_whose_it_is_or_who_leads_after_one_question(
    visit: Visit, watch: Watch
) -> None:
    watch.expect("ERR_FAILED")
    noor, joris = visit("begeleider"), visit("", width=390)
    plan(noor, "Wie haalt wat weg")
    begin(noor)
    board = board_of(noor)
    joris.goto(f"/m/{noor.locator('#live-door .live-code').inner_text()}/")
    joris.get_by_label("Hoe heet je?").fill("Joris")
    joris.keyboard.press("Enter")
    expect(joris.locator("#live")).to_have_attribute("data-state", "connected")
    to_step(noor, "Wat weten we nu?")
    noor.get_by_label("Ik …", exact=True).fill("laat ze eerst schatten")
    noor.get_by_label("omdat …", exact=True).fill("ze dan zelf denken")
    noor.get_by_role("button", name="Bewaar als inzicht").click()
    for page in (noor, joris, board):
        expect(page.locator("article .live-said").nth(1)).to_have_text("omdat ze dan zelf denken")
    to_step(noor, "Afspraken")
    expect(noor.get_by_role("group", name="Wie doet het?")).to_have_accessible_description(
        "Niemand gekozen? Dan doen jullie het allemaal."
    )

    def agree(page: Page, what: str) -> None:
        page.get_by_label("Wat spreken we af?").fill(what)
        page.get_by_role("button", name="Leg de afspraak vast").click()

    agree(noor, "Noor slijpt de potloden")
    row = joris.locator("#live-doing .rows > li")
    expect(row).to_contain_text("Noor slijpt de potloden")
    expect(joris.get_by_role("button", name=re.compile("^Toch niet"))).to_have_count(0)
    # Without wifi what was agreed is in the list, as waiting.
    joris.context.route("**/acts?*", lambda route: route.abort())
    agree(joris, "Joris telt de linialen")
    theirs = row.filter(has_text="Joris telt de linialen")
    expect(theirs).to_contain_text("nog niet verstuurd")
    assert not inspect(joris)
    joris.context.unroute_all()
    expect(theirs).not_to_contain_text("nog niet verstuurd", timeout=20_000)
    expect(theirs).to_have_count(1)
    expect(theirs.get_by_role("button", name=re.compile("^Toch niet"))).to_be_visible()
    assert is_above(theirs.get_by_text("wij allemaal"), theirs.get_by_role("button"))
    expect(noor.get_by_role("button", name=re.compile("^Toch niet"))).to_have_count(2)

    undo = noor.get_by_role("button", name=re.compile("Toch niet.*Joris telt"))
    undo.focus()
    noor.keyboard.press("Enter")
    expect(noor.locator("#sure-away")).to_be_focused()
    expect(noor.locator("#sure-away")).to_contain_text("Haal je deze afspraak voor iedereen weg?")
    for page in (noor, joris):
        assert not inspect(page)
        assert not stick_out(page)
    noor.get_by_role("button", name="Laat staan").click()
    expect(undo).to_be_focused()
    expect(theirs).to_be_visible()
    undo.click()
    noor.get_by_role("button", name="Ja, haal weg").click()
    for page in (noor, joris, board):
        expect(page.locator(".live-main")).not_to_contain_text("Joris telt de linialen")
        expect(page.locator(".live-main")).to_contain_text("Noor slijpt de potloden")
    end(noor)
