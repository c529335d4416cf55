"""The rooms of a meeting as a tired teacher meets them: what steers hides nothing, what was laid together stays so, and
what a step asks is there in that step."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Visit, Watch
from tests.journeys.holding import begin, board_of, card, end, go_on, is_above, join, meet, plan, to_step
from tests.journeys.inspection import inspect, stick_out
from tests.journeys.keys import tab_to

_COVERED = """() => {
  const here = document.activeElement, bar = document.querySelector("#live-lead");
  if (!bar.textContent || bar.contains(here) || here === document.body) return "";
  const [box, over] = [here.getBoundingClientRect(), bar.getBoundingClientRect()];
  const beside = box.right <= over.left || box.left >= over.right;
  const free = beside || box.bottom <= over.top + 1 || box.top >= over.bottom - 1;
  return free ? "" : here.outerHTML.slice(0, 100);
}"""


def in_view(page: Page, locator: Locator) -> bool:
    box, size = locator.bounding_box(), page.viewport_size
    assert box
    assert size
    return box["y"] >= 0 and box["y"] + box["height"] <= size["height"] + 1


def test_dots_go_to_what_was_laid_together_and_its_name_stays(visit: Visit) -> None:
    noor, tom = visit("begeleider"), visit("lid", width=390)
    meet(noor, tom, "Stapels met een naam", "visiedialoog")
    to_step(noor, "Elke leerling")
    card(noor, "Rekenen met je handen", "Buiten leren")
    card(tom, "Met je lijf rekenen")
    noor.locator("#reveal").click()
    to_step(noor, "Samen leggen")
    for text in ("Rekenen met je handen", "Met je lijf rekenen"):
        noor.get_by_role("group", name="Wat hoort bij elkaar?").get_by_label(text).check()
    noor.get_by_label("Hoe noemen we dat?").fill("Doen")
    noor.get_by_role("button", name="Leg bij elkaar").click()
    expect(tom.get_by_role("heading", name="Doen")).to_be_visible()

    to_step(noor, "Wat weegt het zwaarst?")
    pile = tom.locator("#live-doing li", has=tom.get_by_role("heading", name="Doen")).first
    for text in ("Rekenen met je handen", "Met je lijf rekenen"):
        expect(pile).to_contain_text(text)
    expect(tom.get_by_role("button", name="Geef een stip")).to_have_count(
        2
    )  # of the pile, and of the loose card
    dot_for_pile = re.compile("Geef een stip.*Doen")
    pile.get_by_role("button", name=dot_for_pile).click()
    expect(tom.get_by_text("Stippen die je nog hebt: 2")).to_be_visible()
    noor.get_by_role("button", name=dot_for_pile).click()
    noor.get_by_role("button", name=re.compile("Geef een stip.*Buiten leren")).click()
    expect(noor.get_by_text("Stippen die je nog hebt: 1")).to_be_visible()
    assert not inspect(tom)
    noor.locator("#reveal").click()
    for page in (noor, tom):
        first = page.locator("#live-seen .live-cards > li").first
        expect(first).to_contain_text("stippen: 2")
        expect(first.get_by_role("heading", name="Doen")).to_be_visible()
        # What all have seen does not move any more.
        expect(page.get_by_role("button", name=re.compile("Geef een stip|Neem er een terug"))).to_have_count(
            0
        )
    # In a later step it lies on top with its name; what it is about comes before what one answers.
    to_step(noor, "Kun je hiermee verder?")
    first = tom.locator("#live-seen .live-cards > li").first
    expect(first.get_by_role("heading", name="Doen")).to_be_visible()
    expect(first).to_contain_text("Met je lijf rekenen")
    assert is_above(first, tom.locator("#yes"))
    assert not inspect(noor)
    end(noor)


def test_the_sentence_of_a_goal_session_stays_in_sight_and_fills_in_the_new_goal(visit: Visit) -> None:
    noor, tom = visit("begeleider"), visit("lid", width=390)
    address = meet(noor, tom, "Van wens naar doel", "doelsessie")
    to_step(noor, "Eén zin")
    card(noor, "Iedereen rekent beter")
    card(tom, "In juni legt wie vastloopt een breuk uit")
    noor.locator("#reveal").click()
    to_step(noor, "De beste zin")
    tom.get_by_role("button", name=re.compile("Geef een stip.*In juni")).click()
    expect(tom.get_by_text("Stippen die je nog hebt: 0")).to_be_visible()
    to_step(noor, "Hoe zien we het?")
    expect(tom.locator("#live-seen .live-cards > li").first).to_contain_text("In juni legt wie vastloopt")
    # It is bettered from how it reads now, and what is better takes its place.
    now, first = noor.get_by_label("Zo luidt het nu"), "In juni legt wie vastloopt een breuk uit"
    for text in (f"{first} met stroken", f"{first} aan een ander"):
        now.fill(text)
        noor.get_by_role("button", name="Zo is het beter").click()
        expect(tom.locator("#live-seen .live-cards > li").first).to_contain_text(text)
        expect(now).to_have_value(text)
    assert not inspect(noor)
    to_step(noor, "Kun je hiermee verder?")
    board = board_of(noor)
    for page in (tom, board):
        cards = page.locator("#live-seen .live-cards > li").filter(visible=True)
        expect(cards).to_have_count(1)
        expect(cards).to_contain_text(text)
    tom.get_by_text("Hoe het eerder luidde").click()
    expect(tom.locator("#as-before")).to_contain_text(f"{first} met stroken")
    for page in (tom, board):
        assert not inspect(page)
    # With an objection who leads goes back to the sentence by one button; when it has changed everyone answers again.
    noor.locator("#yes").click()
    tom.get_by_label("Of wat houdt je tegen?").fill("Een ander is te vaag")
    tom.get_by_role("button", name="Ik heb een bezwaar").click()
    expect(tom.get_by_text("Jouw bezwaar: Een ander is te vaag")).to_be_visible()
    noor.locator("#reveal").click()
    expect(tom.locator("#live-seen")).to_contain_text("Kan verder: 1")
    assert not inspect(noor)
    noor.locator("#back").click()
    expect(noor.locator("#live-head")).to_contain_text("Hoe zien we het?")
    expect(noor.locator("#live-head")).to_be_focused()
    text = f"{first} aan een kleuter"
    now.fill(text)
    noor.get_by_role("button", name="Zo is het beter").click()
    expect(tom.locator("#live-seen .live-cards > li").first).to_contain_text(text)
    to_step(noor, "Kun je hiermee verder?")
    for page in (noor, tom):
        expect(page.locator("#live-doing")).to_contain_text(
            "De zin is veranderd: zeg opnieuw of je verder kunt."
        )
        expect(page.locator("#live-doing")).not_to_contain_text("Je kunt verder")
        expect(page.locator("#progress")).to_contain_text("0 van 2 klaar.")
        expect(page.locator("#live-seen blockquote")).to_have_count(0)
    for page in (noor, tom):
        page.locator("#yes").click()
        expect(page.locator("#live-doing")).to_contain_text("Je kunt verder.")
    noor.locator("#reveal").click()
    expect(tom.locator("#live-seen")).to_contain_text("Kan verder: 2")
    expect(noor.locator("#back")).to_have_count(0)
    assert not inspect(tom)
    to_step(noor, "Afspraken")
    expect(tom.locator("#live-about")).to_contain_text(text)
    expect(tom.locator("#live-about")).not_to_contain_text("met stroken")
    assert not inspect(tom)
    end(noor)
    tom.goto(f"{address}notulen/")
    expect(tom.locator("main")).to_contain_text(re.compile("Een ander is te vaag\\s*eerder bezwaar"))
    tom.go_back()
    expect(tom.get_by_role("link", name="Naar de notulen")).to_be_visible()
    expect(tom.get_by_role("link", name="Maak hier ons doel van")).to_have_count(0)
    assert not inspect(noor)
    noor.get_by_role("link", name="Maak hier ons doel van").click()
    expect(noor.get_by_label("Jullie doel, in een of twee zinnen")).to_have_value(text)
    for where in (address, f"{address}notulen/"):
        tom.goto(where)
        assert not inspect(tom)
        tom.get_by_role("link", name="Maak hier ons doel van").click()
        expect(tom.get_by_label("Jullie doel, in een of twee zinnen")).to_have_value(text)


def test_a_card_goes_out_of_its_pile_and_a_pile_apart(visit: Visit) -> None:
    noor, tom = visit("begeleider"), visit("lid", width=320)
    meet(noor, tom, "Uit elkaar", "doelsessie")
    to_step(noor, "Wat gun je ze?")
    card(noor, "Dat ze durven")
    card(tom, "Dat ze tellen", "Dat ze lachen")
    to_step(noor, "Samen leggen")
    for text in ("Dat ze durven", "Dat ze tellen", "Dat ze lachen"):
        tom.get_by_role("checkbox", name=text).check()
    tom.get_by_label("Hoe noemen we dat?").fill("Samen")
    tom.get_by_role("button", name="Leg bij elkaar").click()
    pile = noor.locator("#live-seen section", has_text="Samen")
    expect(pile.get_by_role("listitem")).to_have_count(3)
    for page in (noor, tom):
        assert not inspect(page)
    out = tom.get_by_role("button", name=re.compile("Haal uit de stapel.*Dat ze lachen"))
    out.focus()
    tom.keyboard.press("Enter")
    expect(pile.get_by_role("listitem")).to_have_count(2)
    expect(tom.get_by_role("checkbox", name="Dat ze lachen")).to_be_focused()
    noor.get_by_role("button", name=re.compile("Haal de stapel uit elkaar.*Samen")).click()
    expect(pile).to_have_count(0)
    expect(tom.locator("#live-seen .live-cards > li")).to_have_count(3)
    end(noor)


def test_who_leads_takes_away_a_card_with_a_name_from_every_screen(visit: Visit) -> None:
    noor, tom = visit("begeleider"), visit("lid", width=320)
    address = plan(noor, "Een naam", "doelsessie")
    begin(noor)
    board = board_of(noor)
    join(tom, address)
    to_step(noor, "Wat gun je ze?")
    card(tom, "Dat Kevin telt", "Dat ze lachen")
    take = noor.get_by_role("button", name=re.compile("Haal weg.*Dat Kevin telt"))
    expect(take).to_have_count(0)  # what is hidden is of who wrote it
    noor.locator("#reveal").click()
    expect(board.locator("#live-seen")).to_contain_text("Kevin")
    expect(tom.get_by_role("button", name="Haal weg")).to_have_count(2)  # their own
    take.focus()
    noor.keyboard.press("Enter")
    expect(noor.locator("#sure-away")).to_be_focused()
    assert not inspect(noor)
    noor.get_by_role("button", name="Laat staan").click()
    expect(take).to_be_focused()
    take.click()
    noor.get_by_role("button", name="Ja, haal weg").click()
    expect(noor.get_by_role("button", name=re.compile("Haal weg.*Dat ze lachen"))).to_be_focused()
    for page in (noor, tom, board):
        expect(page.locator("#live-seen")).not_to_contain_text("Kevin")
        expect(page.locator("#live-seen")).to_contain_text("Dat ze lachen")
    expect(noor.get_by_role("button", name=re.compile("Haal weg.*Dat ze lachen"))).to_be_focused()
    told = tom.locator("#live-back [role=alert]")
    expect(told).to_contain_text("weggehaald door wie leidt: er stond mogelijk een naam in")
    assert not inspect(tom)
    told.get_by_role("button").click()
    expect(told).to_have_count(0)
    tom.reload()
    expect(tom.locator("#live-seen")).to_contain_text("Dat ze lachen")
    expect(told).to_have_count(0)
    noor.keyboard.press("Enter")
    noor.get_by_role("button", name="Ja, haal weg").click()
    expect(noor.locator("#live-head")).to_be_focused()  # no card is left
    end(noor)


def test_of_a_card_without_a_name_nobody_is_told_that_it_was_taken_away(visit: Visit) -> None:
    noor, tom = visit("begeleider"), visit("lid", width=320)
    meet(noor, tom, "Een naam zonder naam", "gesprek-over-onze-spiegel")
    to_step(noor, "Nu en over een jaar")
    # Whose it is the house does not know: it is not among one's own while it is hidden.
    tom.get_by_label("Jouw kaart", exact=True).fill("Dat Kevin meedoet")
    tom.get_by_role("button", name="Voeg kaart toe").click()
    expect(noor.locator("#progress")).to_contain_text("1 van 2 klaar")
    noor.locator("#reveal").click()
    noor.get_by_role("button", name=re.compile("Haal weg.*Dat Kevin meedoet")).click()
    asked = noor.locator("#sure-away")
    expect(asked).to_contain_text("Niemand weet van wie het is: wie het schreef, krijgt dus geen bericht.")
    expect(asked).not_to_contain_text("ziet dat")
    assert not inspect(noor)
    noor.get_by_role("button", name="Ja, haal weg").click()
    for page in (noor, tom):
        expect(page.locator("#live-seen")).not_to_contain_text("Kevin")
    expect(tom.locator("#live-back [role=alert]")).to_have_count(0)
    end(noor)


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844), (320, 640)])
def test_what_steers_hides_nothing_that_one_works_with(visit: Visit, width: int, height: int) -> None:
    noor = visit("begeleider", viewport={"width": width, "height": height})
    plan(noor, f"Niets erachter op {width}", "zo-doe-ik-het")
    begin(noor)
    to_step(noor, "Zo doe ik het")
    noor.evaluate("window.scrollTo(0, 0)")
    last = noor.locator("#keep-insight")
    for _stop in range(60):
        noor.keyboard.press("Tab")
        assert not noor.evaluate(_COVERED)
        if last.evaluate("one => one === document.activeElement"):
            break
    else:
        raise AssertionError("Tab does not lead through what one works with")
    # And back up.
    for _stop in range(6):
        noor.keyboard.press("Shift+Tab")
        assert not noor.evaluate(_COVERED)
    assert in_view(noor, noor.locator("#next"))
    end(noor)


def test_pressing_twice_shows_the_cards_and_skips_nothing(visit: Visit) -> None:
    noor, tom = visit("begeleider", viewport={"width": 1280, "height": 800}), visit("lid", width=390)
    meet(noor, tom, "Twee keer drukken", "visiedialoog")
    to_step(noor, "Een moment")
    card(noor, "Een meisje dat het uitlegde")
    where = noor.locator("#reveal").bounding_box()
    expect(noor.locator("#next")).to_have_class("btn quiet")
    noor.locator("#reveal").dblclick()
    expect(noor.locator("#reveal")).to_have_text("Iedereen ziet alles")
    noor.mouse.dblclick(where["x"] + where["width"] / 2, where["y"] + where["height"] / 2) if where else None
    noor.wait_for_timeout(400)
    expect(noor.locator("#live-head")).to_contain_text("Een moment")
    expect(noor.locator("#next")).to_have_class("btn")
    # The focus is where it was, and the cards are in sight.
    expect(noor.locator("#reveal")).to_be_focused()
    assert in_view(noor, noor.locator("#live-seen .live-cards > li").first)
    assert in_view(noor, noor.locator("#next"))
    assert not inspect(noor)
    noor.set_viewport_size({"width": 1280, "height": 800})

    # In a round the next turn is the act; after the last one nothing else comes in its place.
    go_on(noor)
    expect(noor.locator("#next-turn")).to_have_class("btn")
    expect(noor.locator("#next")).to_have_class("btn quiet")
    for _turn in range(5):
        noor.locator("#next-turn").click(force=True)  # also when it does nothing any more
        noor.wait_for_timeout(200)
    expect(noor.locator("#next-turn")).to_have_text("Iedereen is geweest.")
    expect(noor.locator("#live-head")).to_contain_text("Vertellen")
    expect(noor.locator("#next")).to_have_class("btn")
    end(noor)


def agree(page: Page, *whats: str) -> str:
    """Between two meetings; the address of all that was agreed."""
    for what in whats:
        page.goto("/")
        page.get_by_role("link", name="Rekenen in de onderbouw").first.click()
        page.goto(f"{page.url.rstrip('/')}/bijeenkomsten/afspraken/nieuw/")
        page.get_by_label("Wat spreken we af?").fill(what)
        page.get_by_role("button", name="Spreek het af").click()
        expect(page.get_by_text(what, exact=True)).to_be_visible()
    return page.url


def test_earlier_agreements_are_settled_in_the_room(visit: Visit) -> None:
    noor, tom = visit("begeleider"), visit("lid", width=390)
    agreements = agree(noor, "Noor maakt de kaarten", "Tom belt de ouders", "Wij kijken in elkaars les")
    address = plan(noor, "Terugkijken in de kamer")
    begin(noor)
    board = noor.context.new_page()
    board.goto(f"{noor.url}?bord=1")
    join(tom, address)
    go_on(noor)
    expect(tom.get_by_role("heading", level=1)).to_have_text("Hoe ging het met wat we afspraken?")
    for what, button in (
        ("Noor maakt de kaarten", "Gedaan"),
        ("Tom belt de ouders", "Schuif door naar de volgende keer"),
        ("Wij kijken in elkaars les", "Laat los"),
    ):
        group = tom.get_by_role("group", name=what)
        group.get_by_role("button", name=button).click()
        expect(group.get_by_role("button", name=button)).to_have_attribute("aria-pressed", "true")
        said = noor.get_by_role("group", name=what).get_by_role("button", name=button)
        expect(said).to_have_attribute("aria-pressed", "true")
    # A slip is taken back; with the keyboard the focus stays where it was.
    slip = tom.get_by_role("group", name="Wij kijken in elkaars les").get_by_role("button", name="Laat los")
    tab_to(tom, slip)
    tom.keyboard.press("Enter")
    expect(slip).to_have_attribute("aria-pressed", "false")
    expect(slip).to_be_focused()
    # It asks something of them: nothing says that there is nothing to do.
    expect(tom.locator("#live-doing")).not_to_contain_text("Hier hoef je niets te typen")
    row = board.locator("#live-seen li", has_text="Noor maakt de kaarten")
    expect(row).to_contain_text("gedaan")
    expect(board.locator("#live-seen li", has_text="Tom belt")).to_contain_text("schuift door")
    assert not inspect(tom)
    assert not inspect(noor)
    end(noor)
    noor.goto(agreements)
    ended = noor.locator("section", has=noor.get_by_role("heading", name="Gedaan of losgelaten"))
    expect(ended).to_contain_text("Noor maakt de kaarten")
    still = noor.locator("section", has=noor.get_by_role("heading", name="Staan open"))
    expect(still).to_contain_text("Tom belt de ouders")
    expect(still).to_contain_text("Wij kijken in elkaars les")


def test_what_is_said_of_an_agreement_without_wifi_arrives_late_or_is_given_back(
    visit: Visit, watch: Watch
) -> None:
    watch.expect("ERR_FAILED")
    noor, tom = visit("begeleider"), visit("lid", width=390)
    agreements = agree(noor, "Noor koopt de krijtjes", "Tom leent de weegschaal")
    meet(noor, tom, "Laat gezegd")
    go_on(noor)

    def say(page: Page, what: str, button: str) -> None:
        page.get_by_role("group", name=what).get_by_role("button", name=button).click()

    tom.context.route("**/acts?*", lambda route: route.abort())
    say(tom, "Noor koopt de krijtjes", "Gedaan")
    say(tom, "Tom leent de weegschaal", "Gedaan")
    expect(tom.locator("#live-net")).to_contain_text("2 berichten nog niet verstuurd")
    say(noor, "Noor koopt de krijtjes", "Laat los")
    end(noor)
    tom.context.unroute_all()
    back = tom.get_by_role("alert").filter(has_text="Dit is niet verwerkt")
    expect(back.locator("blockquote")).to_have_text("Noor koopt de krijtjes: gedaan")
    assert not inspect(tom)
    noor.goto(agreements)
    ended = noor.locator("section", has=noor.get_by_role("heading", name="Gedaan of losgelaten"))
    expect(ended).to_contain_text("Tom leent de weegschaal")


def test_when_not_and_who_tries_it_stand_where_they_are_asked(visit: Visit) -> None:
    noor, tom = visit("begeleider"), visit("lid", width=390)
    meet(noor, tom, "Zo doen wij het", "zo-doe-ik-het")
    to_step(noor, "Zo doe ik het")
    tom.get_by_label("Ik …", exact=True).fill("laat ze eerst schatten")
    tom.get_by_role("button", name="Bewaar als inzicht").click()
    known = noor.locator("article", has_text="laat ze eerst schatten")
    expect(known).to_be_visible()
    expect(noor.get_by_label("Wanneer probeer jij dit?")).to_have_count(0)
    to_step(noor, "Wanneer niet?")
    expect(noor.get_by_role("heading", level=1)).to_have_text("Wanneer werkt dit niet?")
    # What is asked stands on top, before another insight.
    field = noor.get_by_label("Wanneer werkt dit niet?")
    assert is_above(field, noor.locator("#keep-insight"))
    field.fill("Bij een toets met een klok")
    noor.get_by_role("button", name="Zet erbij").click()
    expect(tom.locator("article")).to_contain_text("Wanneer niet: Bij een toets met een klok")
    assert not inspect(tom)
    to_step(noor, "Ik probeer dit")
    expect(noor.get_by_role("heading", level=1)).to_have_text("Wie probeert dit, en op welke dag?")
    day = noor.get_by_label("Wanneer probeer jij dit?")
    assert is_above(day, noor.locator("#keep-agreement"))
    day.fill("2026-12-01")
    noor.get_by_role("button", name="Ik probeer dit").click()
    expect(tom.locator("article")).to_contain_text("probeert dit op dinsdag 1 december")
    assert not inspect(noor)
    end(noor)


def test_on_the_board_what_matters_stays_in_view_and_the_rest_is_counted(visit: Visit) -> None:
    noor, tom = visit("begeleider"), visit("lid")
    address = plan(noor, "Veel op het bord", "samen-een-les-ontwerpen", "visiedialoog")
    begin(noor)
    board = board_of(noor)
    join(tom, address)
    expect(board.locator("#live-people")).to_contain_text("Wie er zijn (2)")
    for part in (".live-code", ".live-door svg", "#live-people"):
        assert in_view(board, board.locator(part)), part
    to_step(noor, "Het doel")
    words = "Als een leerling vastloopt wachten we eerst een minuut, en dan vragen we wat er al wel lukt"
    acts = """([words, many, step]) => fetch(location.pathname.replace(/bijeenkomst/, "live") + "acts", {
      method: "POST", headers: {"Content-Type": "application/json"},
      body: JSON.stringify([...Array(many)].map((_, n) => (
        {key: `veel-${words.length}-${n}-${many}`, kind: "card", data: {step, text: `${n + 1} ${words}`}}))),
    }).then(answer => answer.json())"""
    steps = noor.evaluate("JSON.parse(document.getElementById('live-setting').textContent).steps")
    step = next(one["key"] for one in steps if one["title"] == "Het doel")
    assert set(noor.evaluate(acts, [words, 12, step])["done"]) == {""}
    expect(board.locator(".live-cards > li")).to_have_count(12)
    matter = ["#live-head h1", "#step-clock", ".live-join strong"]
    for part in matter:
        assert in_view(board, board.locator(part)), part
    for one in board.locator(".live-cards > li").all():  # set smaller, all of them are there
        assert in_view(board, one)
    expect(board.locator(".live-rest")).to_have_count(0)

    assert set(noor.evaluate(acts, [f"{words}. {words}", 46, step])["done"]) == {""}
    rest = board.locator(".live-rest")
    expect(rest).to_have_text(re.compile(r"^en nog \d+$"))
    shown = [one for one in board.locator(".live-cards > li").all() if one.is_visible()]
    assert len(shown) + int(rest.inner_text().split()[-1]) == 58
    assert len(shown) >= 12
    for part in (*matter, ".live-rest"):
        assert in_view(board, board.locator(part)), part
    assert all(in_view(board, one) for one in shown)
    # With less room, fewer; on a small screen all of them, and it scrolls.
    board.set_viewport_size({"width": 1280, "height": 560})
    expect(rest).not_to_have_text(f"en nog {58 - len(shown)}")
    assert not inspect(board)
    board.set_viewport_size({"width": 390, "height": 844})
    expect(rest).to_have_count(0)
    expect(board.locator(".live-cards > li").last).to_be_visible()
    board.set_viewport_size({"width": 1280, "height": 720})

    # Who has the word is in view too.
    to_step(noor, "Vertellen")
    for part in ("#live-turn .live-word", "#turn-clock", *matter):
        assert in_view(board, board.locator(part)), part
    end(noor)


def test_a_day_that_is_half_typed_stays_when_a_colleague_gives_something(visit: Visit) -> None:
    noor, tom = visit("begeleider", locale="nl-NL"), visit("lid")
    meet(noor, tom, "Een halve datum")
    to_step(noor, "Afspraken")
    day = noor.get_by_label("Wanneer is het klaar?")
    day.focus()
    noor.keyboard.type("1212")  # day and month, in any order
    tom.get_by_label("Wat spreken we af?").fill("Eerst schatten")
    tom.get_by_role("button", name="Leg de afspraak vast").click()
    expect(noor.get_by_text("Eerst schatten", exact=True)).to_be_visible()
    noor.keyboard.type("2026")
    expect(day).to_have_value("2026-12-12")
    # And when one has gone to another field for a moment.
    day.fill("")
    day.focus()
    noor.keyboard.type("1111")
    noor.get_by_label("Wat spreken we af?").focus()
    tom.get_by_label("Wat spreken we af?").fill("Dan tekenen")
    tom.get_by_role("button", name="Leg de afspraak vast").click()
    expect(noor.get_by_text("Dan tekenen", exact=True)).to_be_visible()
    assert day.evaluate("day => day.validity.badInput")
    noor.get_by_label("Wat spreken we af?").fill("Kaarten maken")
    day.fill("2026-12-01")
    noor.get_by_role("button", name="Leg de afspraak vast").click()
    expect(tom.get_by_role("listitem").filter(has_text="Kaarten maken")).to_contain_text("dinsdag 1 december")
    end(noor)


def test_who_is_known_here_goes_on_by_the_first_button(visit: Visit) -> None:
    noor, joris = visit("begeleider"), visit("", width=390)
    plan(noor, "Verder als")
    begin(noor)
    code = noor.locator("#live-door .live-code").inner_text()
    for _time in range(2):
        joris.goto(f"/m/{code}/")
        if joris.get_by_role("link", name="Verder als Joris").count() == 0:
            joris.get_by_label("Hoe heet je?").fill("Joris")
            joris.keyboard.press("Enter")
            expect(joris.locator("#live")).to_have_attribute("data-state", "connected")
    expect(joris.get_by_role("heading", name="Ben je iemand anders?")).to_be_visible()
    assert not inspect(joris)
    assert not stick_out(joris)
    joris.get_by_role("link", name="Verder als Joris").click()
    expect(joris.locator("#live")).to_have_attribute("data-state", "connected")
    end(noor)
