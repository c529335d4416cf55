"""What a teacher missed in a live room: what one talks about stays in sight, and what one presses says what it did."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.holding import begin, board_of, card, end, go_on, join, meet, plan, to_step
from tests.journeys.inspection import inspect, stick_out


def test_what_stands_in_the_box_goes_along_when_one_is_ready(visit: Visit) -> None:
    noor, tom = visit("begeleider"), visit("lid", width=320)
    meet(noor, tom, "Klaar met schrijven", "visiedialoog")
    to_step(noor, "Een moment")
    tom.get_by_label("Jouw kaart", exact=True).fill("Hij legde het zelf uit")
    tom.locator("#ready").click()
    expect(tom.locator("#live-seen")).to_contain_text("Hij legde het zelf uit")
    # One card is all there is to write: who gave it is ready, and cannot take that back without the card.
    expect(tom.locator("#ready")).to_have_attribute("aria-pressed", "true")
    expect(tom.locator("#ready")).to_have_attribute("aria-disabled", "true")
    expect(tom.locator("#ready")).to_be_focused()
    expect(noor.locator("#progress")).to_contain_text("1 van 2 klaar.")
    card(noor, "Een meisje dat bleef proberen")
    expect(noor.locator("#progress")).to_contain_text("2 van 2 klaar.")
    assert not inspect(tom)
    assert not stick_out(tom)

    # Where one may write three, one more is given by the same press, and one may still come back.
    to_step(noor, "Elke leerling")
    card(tom, "Buiten leren")
    tom.get_by_label("Jouw kaart", exact=True).fill("Iets maken")
    tom.locator("#ready").click()
    expect(tom.locator("#live-seen")).to_contain_text("Iets maken")
    expect(tom.locator("#ready")).to_have_attribute("aria-pressed", "true")
    expect(noor.locator("#progress")).to_contain_text("1 van 2 klaar.")
    tom.locator("#ready").click()
    expect(noor.locator("#progress")).to_contain_text("0 van 2 klaar.")

    # Nothing ticked: what to do is said.
    to_step(noor, "Samen leggen")
    noor.get_by_role("button", name="Leg bij elkaar").click()
    expect(noor.get_by_role("alert")).to_have_text("Vink eerst de kaarten aan die bij elkaar horen.")
    assert not inspect(noor)
    # One card is a pile when it has a name.
    noor.get_by_role("group", name="Wat hoort bij elkaar?").get_by_label("Iets maken").check()
    noor.get_by_role("button", name="Leg bij elkaar").click()
    expect(noor.get_by_role("alert")).to_have_text("Vink nog een kaart aan, of geef de stapel een naam.")
    assert not inspect(noor)
    noor.get_by_label("Hoe noemen we dat?").fill("Doen")
    noor.get_by_role("button", name="Leg bij elkaar").click()
    expect(noor.get_by_role("alert")).to_have_count(0)
    # What lies by itself does not seem to be of the pile above it.
    loose = tom.locator("#live-seen section", has=tom.get_by_role("heading", name="Losse kaarten"))
    expect(loose).to_contain_text("Buiten leren")
    expect(loose).not_to_contain_text("Iets maken")

    # An objection is one in words; who goes on past it hears that it is there.
    to_step(noor, "Kun je hiermee verder?")
    expect(noor.locator("#still-open")).to_have_text("Nog niet iedereen heeft geantwoord.")
    tom.get_by_label("Of wat houdt je tegen?").fill("Dit kost te veel tijd")
    tom.get_by_role("button", name="Ik heb een bezwaar").click()
    noor.locator("#yes").click()
    expect(noor.locator("#still-open")).to_have_count(0)
    noor.locator("#reveal").click()
    expect(tom.locator("#live-seen blockquote")).to_contain_text("Bezwaar: Dit kost te veel tijd")
    expect(noor.locator("#still-open")).to_have_text("Er ligt nog een bezwaar.")
    expect(noor.locator("#next")).to_have_accessible_description("Er ligt nog een bezwaar.")
    expect(noor.locator("#back")).to_have_count(0)  # this form has no step in which it is bettered
    assert not inspect(noor)
    go_on(noor)
    end(noor)


def test_the_chosen_card_stays_where_one_talks_about_it(visit: Visit) -> None:
    noor, tom = visit("begeleider"), visit("lid", width=390)
    address = plan(noor, "Het gekozen voorval", "incidentmethode")
    begin(noor)
    board = board_of(noor)
    join(tom, address)
    # What holds for everyone stands on every screen, and a tip for who leads on theirs.
    to_step(noor, "Terugblik")
    expect(noor.locator("#live-head .hint")).to_contain_text("Sla over.")
    for page in (tom, board):
        expect(page.locator("#live-head")).to_contain_text("Terugblik")
        expect(page.locator("#live-head .hint")).to_have_count(0)
    to_step(noor, "Onze voorvallen")
    for page in (tom, board):
        expect(page.locator("#live-head .hint")).to_contain_text("Schrijf geen namen van leerlingen.")
    theirs = "Hij gooide zijn schrift weg"
    card(noor, "Niemand begon")
    card(tom, theirs)
    name = noor.locator("#live-seen li", has_text=theirs).locator(".muted").inner_text()
    to_step(noor, "Kiezen")
    expect(board.locator("#live-seen")).to_contain_text(theirs)
    expect(board.locator("#live-seen")).to_contain_text("Niemand begon")
    dot = re.compile(f"Geef een stip.*{theirs}")
    for page in (noor, tom):
        page.get_by_role("button", name=dot).click()
    tom.get_by_role("button", name=re.compile("Geef een stip.*Niemand")).click()
    expect(tom.get_by_text("Stippen die je nog hebt: 0")).to_be_visible()

    # Who goes on before all have seen the dots, is asked in the next step who presents it.
    to_step(noor, "Vragen naar feiten")
    expect(noor.locator("#no-presenter")).to_contain_text("Er is nog geen inbrenger.")
    expect(noor.locator("#no-presenter").get_by_role("button")).to_have_text(f"Wordt {name} de inbrenger?")
    expect(tom.locator("#live-about")).to_contain_text(theirs)
    expect(tom.locator("#no-presenter")).to_have_count(0)
    assert not inspect(noor)
    to_step(noor, "Kiezen")

    # Its writer is asked to present it, by one button of who leads.
    become = noor.get_by_role("button", name=f"Wordt {name} de inbrenger?")
    expect(become).to_have_count(1)
    expect(noor.get_by_role("button", name=re.compile("de inbrenger"))).to_have_count(1)
    expect(tom.get_by_role("button", name=re.compile("de inbrenger"))).to_have_count(0)
    assert not inspect(noor)
    become.focus()
    noor.keyboard.press("Enter")
    done = noor.get_by_role("button", name=f"{name} is de inbrenger")
    expect(done).to_be_focused()
    expect(board.locator("#live-head")).to_contain_text(f"inbrenger {name}")

    for title in ("Vragen naar feiten", "Wat speelt hier?", "Advies"):
        to_step(noor, title)
        expect(noor.locator("#no-presenter")).to_have_count(0)
        for page, place in ((noor, "#live-about"), (tom, "#live-about"), (board, "#live-seen")):
            expect(page.locator(place)).to_contain_text(theirs)
            expect(page.locator(place)).not_to_contain_text("Niemand begon")
    expect(board.locator("#live-head .hint")).to_contain_text("De inbrenger zegt nog niets")
    for page in (noor, tom, board):
        assert not inspect(page)
    assert not stick_out(tom)
    # Who presents chooses among what the others advised, with what happened before them.
    to_step(noor, "Advies")
    advice = "Ga naast hem zitten"
    tom_or_noor = noor if noor.get_by_label("Jouw kaart", exact=True).is_visible() else tom
    card(tom_or_noor, advice)
    to_step(noor, "Wat ga je doen?")
    for page in (noor, tom):
        expect(page.locator("#live-about")).to_contain_text(theirs)
        expect(page.locator("#live-seen")).to_contain_text(advice)
    for text in (theirs, advice):
        expect(board.locator("#live-seen")).to_contain_text(text)
    for page in (noor, tom, board):
        assert not inspect(page)
    assert not stick_out(tom)
    # What nobody ticks is of who presents, and not of all.
    expect(noor.locator("#live-doing").get_by_role("checkbox", name=name)).to_be_checked()
    noor.get_by_label("Wat spreken we af?").fill("Morgen naast hem zitten")
    noor.get_by_role("button", name="Leg de afspraak vast").click()
    expect(noor.locator("#live-doing .rows")).to_contain_text(name)
    expect(noor.locator("#live-doing .rows")).not_to_contain_text("wij allemaal")
    expect(noor.locator("#live-doing").get_by_role("checkbox", name=name)).to_be_checked()
    # After it, it is gone.
    to_step(noor, "Wat leerden we?")
    expect(board.locator("#live-seen")).not_to_contain_text(theirs)
    end(noor)


def test_a_day_is_asked_for_and_a_second_form_begins_with_nothing_of_the_first(visit: Visit) -> None:
    noor, tom = visit("begeleider"), visit("", width=320)
    plan(noor, "Twee werkvormen", "zo-doe-ik-het", "terugkijken-en-vertellen", "nabeschouwing")
    begin(noor)
    board = board_of(noor)
    code = noor.locator("#live-door .live-code").inner_text()
    tom.goto(f"/m/{code}/")
    tom.get_by_label("Hoe heet je?").fill("Joris")
    tom.keyboard.press("Enter")
    expect(tom.locator("#live")).to_have_attribute("data-state", "connected")
    for page in (noor, board):
        expect(page.locator("#live-people li", has_text="Joris")).to_contain_text("gast")
    expect(noor.locator("#live-people li").first).not_to_contain_text("gast")
    to_step(noor, "Zo doe ik het")
    noor.get_by_label("Ik …", exact=True).fill("laat ze eerst schatten")
    noor.get_by_role("button", name="Bewaar als inzicht").click()
    expect(board.locator("#live-seen")).to_contain_text("laat ze eerst schatten")
    to_step(noor, "Ik probeer dit")
    tom.get_by_role("button", name="Ik probeer dit").click()
    expect(tom.get_by_role("alert")).to_have_text("Kies eerst op welke dag.")
    day = tom.get_by_label("Wanneer probeer jij dit?")
    expect(day).to_be_focused()
    expect(day).to_have_accessible_description("Kies eerst op welke dag.")
    assert not inspect(tom)
    assert not stick_out(tom)
    day.fill("2026-12-01")
    tom.get_by_role("button", name="Ik probeer dit").click()
    expect(noor.locator("article")).to_contain_text("Joris probeert dit op dinsdag 1 december")
    # It asks no more; what was said can be taken back.
    expect(tom.get_by_role("alert")).to_have_count(0)
    expect(day).to_have_count(0)
    tom.get_by_role("button", name="Toch niet").click()
    expect(noor.locator("article")).not_to_contain_text("probeert dit op")
    expect(day).to_be_visible()
    noor.get_by_label("Wat spreken we af?").fill("Dan tekenen")
    noor.get_by_role("button", name="Leg de afspraak vast").click()
    expect(board.locator("#live-seen")).to_contain_text("Dan tekenen")

    # Another form on the same afternoon.
    to_step(noor, "De vuistregel")
    for page in (noor, board):
        expect(page.locator(".live-main")).not_to_contain_text("laat ze eerst schatten")
    to_step(noor, "Afspraak")
    for page in (noor, board):
        expect(page.locator(".live-main")).not_to_contain_text("laat ze eerst schatten")
        expect(page.locator(".live-main")).not_to_contain_text("Dan tekenen")
    # With two nothing is asked at the end: what to do then is said once, on a phone and on the board.
    to_step(noor, "Hoe was het?")
    expect(tom.locator("#live-doing")).to_contain_text("Vertel elkaar kort hoe het was.")
    expect(tom.locator("#live-head .hint")).to_have_count(0)
    expect(board.locator("#live-head .hint")).to_have_text("Vertel elkaar kort hoe het was.")
    noor.get_by_role("button", name="Pauze").click()
    expect(noor.get_by_role("button", name="Ga door")).to_be_visible()
    end(noor)
    for page in (noor, tom, board):
        expect(page.get_by_role("heading", level=1)).to_have_text("De bijeenkomst is klaar")
        expect(page.get_by_role("timer")).to_have_count(0)
