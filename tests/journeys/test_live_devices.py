"""A meeting on the devices that there are: one that others type beside, one that is shared, and only one laptop."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit, Watch
from tests.journeys.holding import begin, end, join, meet, plan, to_step
from tests.journeys.inspection import inspect
from tests.photos import a_photo

_KEYS = "Object.keys(localStorage).filter(key => key.startsWith('leerkring:live:'))"


def test_what_somebody_is_in_the_middle_of_stays_when_a_colleague_gives_something(visit: Visit) -> None:
    noor, tom = visit("begeleider"), visit("lid")
    meet(noor, tom, "Vinkjes die blijven")
    to_step(noor, "Afspraken")
    who = noor.get_by_role("group", name="Wie doet het?").get_by_role("checkbox")
    who.nth(1).check()
    named = noor.get_by_role("group", name="Wie doet het?").locator("label").nth(1).inner_text()
    noor.get_by_label("Wanneer is het klaar?").fill("2026-12-01")
    what = noor.get_by_label("Wat spreken we af?")
    what.fill("Kaarten maken")
    what.evaluate("field => field.setSelectionRange(3, 6)")
    tom.get_by_label("Wat spreken we af?").fill("Eerst schatten")
    tom.get_by_role("button", name="Leg de afspraak vast").click()
    expect(noor.get_by_text("Eerst schatten", exact=True)).to_be_visible()

    expect(who.nth(1)).to_be_checked()
    expect(noor.get_by_label("Wanneer is het klaar?")).to_have_value("2026-12-01")
    expect(what).to_be_focused()
    assert what.evaluate("field => [field.selectionStart, field.selectionEnd]") == [3, 6]
    noor.get_by_role("button", name="Leg de afspraak vast").click()
    kept = tom.get_by_role("listitem").filter(has_text="Kaarten maken")
    expect(kept).to_contain_text(f"{named} · dinsdag 1 december")
    # For the next one it begins anew.
    expect(noor.get_by_role("listitem").filter(has_text="Kaarten maken")).to_be_visible()
    expect(who.nth(1)).not_to_be_checked()
    expect(noor.get_by_label("Wanneer is het klaar?")).to_have_value("")

    # Who leads is not thrown out of the fold in which they hand out roles.
    noor.locator("#lead-more").evaluate("fold => fold.open = true")
    noor.locator("#f-role-scribe").select_option(label=named)
    expect(tom.locator("#live-people")).to_contain_text("notulist")
    expect(noor.locator("#f-role-scribe")).to_be_visible()
    end(noor)


def test_on_a_shared_laptop_nobody_sees_or_sends_what_another_wrote(visit: Visit, watch: Watch) -> None:
    watch.expect("ERR_FAILED")  # the wifi takes nothing in
    watch.expect("403")
    noor, laptop = visit("begeleider"), visit()
    laptop.goto("/")
    laptop.get_by_role("button", name="Lid").click()  # a session of its own: it is signed out here
    laptop.locator("details.menu").wait_for()
    address = meet(noor, laptop, "Eén laptop voor twee")
    to_step(noor, "Wat weten we nu?")
    laptop.context.route("**/acts?*", lambda route: route.abort())
    laptop.get_by_label("Ik …", exact=True).fill("Van het lid")
    laptop.get_by_role("button", name="Bewaar als inzicht").click()
    laptop.get_by_label("omdat …", exact=True).fill("Half getypt")
    expect(laptop.locator("#live-net")).to_contain_text("nog niet verstuurd")

    # Noor takes the laptop; nobody signed out.
    session: list[Any] = laptop.context.cookies()
    laptop.context.clear_cookies(name="sessionid")
    signed_in: list[Any] = [one for one in noor.context.cookies() if one["name"] == "sessionid"]
    laptop.context.add_cookies(signed_in)
    other = laptop.context.new_page()
    other.goto(laptop.url)
    expect(other.get_by_role("heading", level=1)).not_to_contain_text("Wat weten we nu")
    join(other, address)
    expect(other.get_by_label("omdat …", exact=True)).to_have_value("")
    expect(other.locator("#live-net")).to_have_text("verbonden")
    laptop.context.unroute_all()
    # The page that the first one left open belongs to nobody here any more.
    expect(laptop.locator("#live-net")).to_contain_text("Je doet niet meer mee", timeout=20_000)
    other.close()
    expect(noor.get_by_text("Van het lid")).to_have_count(0)

    # Back with its owner, what was written goes out under the right name.
    laptop.context.clear_cookies()
    laptop.context.add_cookies(session)
    laptop.reload()
    expect(laptop.get_by_label("omdat …", exact=True)).to_have_value("Half getypt")
    card = noor.locator("article", has_text="Van het lid")
    expect(card).to_be_visible()
    laptop.locator("details.menu summary").click()
    laptop.get_by_role("button", name="Uitloggen").click()
    expect(laptop.get_by_role("button", name="Procesbegeleider")).to_be_visible()
    assert laptop.evaluate("Object.keys(localStorage).length") == 0
    end(noor)


def test_a_closed_tab_loses_nothing_to_another_and_nothing_stays_after_theend(
    visit: Visit, watch: Watch
) -> None:
    watch.expect("ERR_FAILED")
    noor, first = visit("begeleider"), visit("lid")
    meet(noor, first, "Twee tabbladen")
    to_step(noor, "Wat weten we nu?")
    second = first.context.new_page()
    second.goto(first.url)
    first.context.route("**/acts?*", lambda route: route.abort())
    for page, what in ((first, "Van het eerste tabblad"), (second, "Van het tweede tabblad")):
        page.get_by_label("Ik …", exact=True).fill(what)
        page.get_by_role("button", name="Bewaar als inzicht").click()
    first.close()
    second.context.unroute_all()
    second.reload()
    for what in ("Van het eerste tabblad", "Van het tweede tabblad"):
        expect(noor.locator("article", has_text=what)).to_have_count(1)
    second.get_by_label("Ik …", exact=True).fill("Half")
    assert second.evaluate(_KEYS)
    end(noor)
    expect(second.get_by_role("heading", level=1)).to_have_text("De bijeenkomst is klaar")
    # What was half typed is given back, and stays until it was read.
    second.reload()
    back = second.get_by_role("alert").filter(has_text="Dit was je nog aan het typen")
    expect(back.locator("blockquote")).to_have_text("Half")
    assert not inspect(second)
    back.get_by_role("button", name="Gelezen, haal weg").click()
    expect(back).to_have_count(0)
    assert second.evaluate(_KEYS) == []


def test_what_was_half_typed_is_there_until_it_is_kept_elsewhere(visit: Visit) -> None:
    noor, tom = visit("begeleider"), visit("lid")
    meet(noor, tom, "Vol toestel")
    to_step(noor, "Wat weten we nu?")
    tom.get_by_label("Ik …", exact=True).fill("Half")
    # There is no space on the device for what is given back.
    tom.evaluate("""() => {
      const set = Storage.prototype.setItem;
      Storage.prototype.setItem = function (place, value) {
        if (place.includes(":back:")) throw new DOMException("", "QuotaExceededError");
        set.call(this, place, value);
      };
    }""")
    end(noor)
    back = tom.get_by_role("alert").filter(has_text="Dit was je nog aan het typen")
    expect(back.locator("blockquote")).to_have_text("Half")
    tom.reload()  # with space again
    expect(back.locator("blockquote")).to_have_text("Half")
    back.get_by_role("button", name="Gelezen, haal weg").click()
    expect(back).to_have_count(0)
    assert tom.evaluate(_KEYS) == []


def _writes_for(page: Page, name: str) -> None:
    page.get_by_label("Voor wie schrijf je dit op?").select_option(label=name)


def test_one_laptop_and_paper_cards_hold_a_whole_meeting(visit: Visit, tmp_path: Path) -> None:
    page = visit("begeleider")
    address = plan(page, "Alleen het bord", "visiedialoog", board_only=True)
    begin(page)
    # Who is there: all at once.
    there = page.get_by_role("group", name="Wie zijn er?")
    names = [label.inner_text() for label in there.locator("label").all()[:2]]
    for name in names:
        there.get_by_label(name, exact=True).check()
    page.get_by_role("button", name="Schrijf erbij").click()
    for name in names:
        expect(page.locator("#live-people")).to_contain_text(name)
    first, second = names
    assert not inspect(page)

    # Cards of paper: typed, or as a photo.
    to_step(page, "Een moment")
    _writes_for(page, first)
    page.get_by_label(f"Kaart van {first}").fill("Elk kind praat over rekenen")
    page.get_by_role("button", name="Voeg kaart toe").click()
    expect(page.locator(".live-cards")).to_contain_text(first)
    expect(page.locator("#progress")).to_contain_text("1 van")
    page.locator("#reveal").click()
    page.locator("details", has_text="Een foto van papieren kaarten").evaluate("fold => fold.open = true")
    photo = tmp_path / "image.jpg"
    photo.write_bytes(a_photo()[0].read())
    page.get_by_label("Foto van de kaarten op de muur").set_input_files(photo)
    page.get_by_role("button", name="Bewaar de foto bij de stap").click()
    expect(page.get_by_text("De foto staat straks in de notulen.")).to_be_visible()

    # What who has no device gives, in every kind of step.
    to_step(page, "Elke leerling")
    page.get_by_label("Jouw kaart").fill("Rekenen met je handen")
    page.get_by_role("button", name="Voeg kaart toe").click()
    to_step(page, "Wat weegt het zwaarst?")
    _writes_for(page, second)
    expect(page.get_by_text(f"Stippen die {second} nog heeft: 3")).to_be_visible()
    page.get_by_role("button", name="Geef een stip").first.click()
    expect(page.get_by_text(f"Stippen die {second} nog heeft: 2")).to_be_visible()
    assert not inspect(page)
    to_step(page, "Kun je hiermee verder?")
    _writes_for(page, second)
    page.get_by_role("button", name=f"{second} kan hiermee verder").click()
    expect(page.get_by_text(f"{second} kan verder.")).to_be_visible()
    assert not inspect(page)
    to_step(page, "Wat weten we nu?")
    _writes_for(page, first)
    page.get_by_label("Ik …", exact=True).fill("laat ze eerst schatten")
    page.get_by_label("Uit welke les?").fill("rekenen in groep 6")
    page.get_by_role("button", name="Bewaar als inzicht").click()
    expect(page.locator("article")).to_contain_text(f"{first} · rekenen in groep 6")
    _writes_for(page, second)
    page.get_by_label(f"Wanneer probeert {second} dit?").fill("2026-12-01")
    page.get_by_role("button", name=f"{second} probeert dit").click()
    expect(page.locator("article")).to_contain_text(f"{second} probeert dit op dinsdag 1 december")
    assert not inspect(page)
    end(page)

    page.goto(f"{address}notulen/")
    expect(page.locator("img.photo")).to_have_count(1)
    minutes = page.locator("main")
    for words in (*names, "Elk kind praat over rekenen", "laat ze eerst schatten", "1 stip"):
        expect(minutes).to_contain_text(words)
