"""A meeting in the demo, from its plan to its end, as who leads it does it."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect


def plan(page: Page, topic: str, *forms: str, board_only: bool = False) -> str:
    """The address of a meeting that has not begun."""
    page.goto("/")
    page.get_by_role("link", name="Rekenen in de onderbouw").first.click()
    page.get_by_role("navigation", name="Kamers").get_by_role("link", name="Bijeenkomsten").click()
    page.get_by_role("link", name="Plan een bijeenkomst").first.click()
    page.get_by_label("Waar gaat het over?").fill(topic)
    page.get_by_label("Welke dag?").fill("2026-11-11")
    if board_only:
        for fold in page.locator("main details").all():
            fold.evaluate("fold => fold.open = true")
        page.get_by_label("Alleen het bord: niemand heeft een telefoon nodig").check()
    page.get_by_role("button", name="Plan", exact=True).click()
    address = page.url
    for form in forms:
        page.get_by_role("link", name="Zet iets op de agenda").click()
        page.locator("[name=title]").fill(form)
        page.locator("[name=minutes]").fill("30")
        page.locator("[name=workform]").select_option(form)
        page.locator("main form .btn").first.click()
    page.goto(address)
    return address


def begin(page: Page) -> None:
    page.get_by_role("link", name="Naar het begin").click()
    page.get_by_role("button", name="Begin de bijeenkomst").click()
    page.get_by_role("button", name="Ja, begin nu").click()  # it was planned for another day
    expect(page.locator("#next")).to_be_visible()


def join(page: Page, address: str) -> None:
    page.goto(f"{address}live/")
    page.get_by_role("button", name="Doe mee").click()
    expect(page.locator("#live")).to_have_attribute("data-state", "connected")


def meet(leader: Page, other: Page, topic: str, *forms: str) -> str:
    """Two are in it; its address."""
    address = plan(leader, topic, *forms)
    begin(leader)
    join(other, address)
    return address


def to_step(leader: Page, title: str) -> None:
    """On to the step of that title."""
    leader.locator("#lead-more").evaluate("fold => fold.open = true")
    options = leader.locator("#f-step option").all_inner_texts()
    leader.locator("#f-step").select_option(next(one for one in options if one.endswith(title)))
    leader.get_by_role("button", name="Ga", exact=True).click()
    expect(leader.locator("#live-head")).to_contain_text(title)


def end(leader: Page) -> None:
    leader.locator("#lead-more").evaluate("fold => fold.open = true")
    leader.locator("#end").click()
    leader.locator("#really-end").click()
    expect(leader.get_by_role("heading", level=1)).to_have_text("De bijeenkomst is klaar")


def board_of(leader: Page) -> Page:
    board = leader.context.new_page()
    board.set_viewport_size({"width": 1280, "height": 720})
    board.goto(f"{leader.url}?bord=1")
    return board


def card(page: Page, *texts: str, label: str = "Jouw kaart") -> None:
    for text in texts:
        page.get_by_label(label, exact=True).fill(text)
        page.get_by_role("button", name="Voeg kaart toe").click()
        expect(page.locator("#live-seen")).to_contain_text(text[:40])


def go_on(page: Page) -> None:
    was = page.locator("#live-head").inner_text()
    page.locator("#next").click()
    expect(page.locator("#live-head")).not_to_have_text(re.compile(re.escape(was.splitlines()[0])))


def is_above(first: Locator, second: Locator) -> bool:
    """Whether the one ends before the other begins."""
    upper, lower = first.bounding_box(), second.bounding_box()
    assert upper
    assert lower
    return upper["y"] + upper["height"] <= lower["y"]
