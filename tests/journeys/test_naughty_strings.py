"""Every naughty string in one conversation and in one goal, in a real browser: shown as typed, and nothing runs."""

from __future__ import annotations

from playwright.sync_api import Dialog, Page, expect

from tests.journeys.conftest import Visit
from tests.naughty import batches, squeezed

#: What fits in one contribution, with room for the line ends that a browser makes two characters of.
MOST = 15_000
#: The same for the sentence of a goal.
MOST_OF_A_GOAL = 900
TITLE = '"><script>alert(1)</script><img src=x onerror=alert(2)> ../../etc'
_FOREIGN = "main script, main img, main iframe, main object, main style"


def _dialogs(page: Page) -> list[str]:
    """What opened, in the end."""
    opened: list[str] = []

    def close(dialog: Dialog) -> None:
        opened.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", close)
    return opened


def _words(text: str) -> list[str]:
    """A browser draws what a control character is as it likes; the words between them are there in their order."""
    return [word for word in squeezed(text).split() if word.isascii() and word.isalnum()]


def _missing(words: list[str], shown: str) -> list[str]:
    told = iter(squeezed(shown).split())
    return [word for word in words if word not in told]


def test_all_of_them_in_a_conversation_run_nowhere(visit: Visit) -> None:
    page = visit("lid")
    dialogs = _dialogs(page)
    page.goto("/")
    page.get_by_role("link", name="Kennis").click()
    page.get_by_role("link", name="Begin een gesprek").first.click()
    page.get_by_label("Waar gaat het over?").fill(TITLE)
    first, *others = batches(MOST, "\n")
    page.get_by_label("Vertel").fill(first)
    page.get_by_role("button", name="Deel met je collega's").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    said = page.locator(".said")
    for before, text in enumerate(others, start=1):
        expect(said).to_have_count(before)
        page.get_by_label("Jouw reactie").fill(text)
        page.get_by_role("button", name="Reageer", exact=True).click()
    expect(said).to_have_count(1 + len(others))
    shown = said.all_inner_texts()
    words = _words(" ".join((first, *others)))
    assert len(words) > 150
    assert _missing(words, " ".join(shown)) == []
    assert page.locator(_FOREIGN).count() == 0
    page.get_by_role("link", name="Gesprekken").first.click()
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()
    assert dialogs == []


def test_all_of_them_in_a_goal_run_nowhere(visit: Visit) -> None:
    page = visit("lid")
    dialogs = _dialogs(page)
    page.goto("/")
    page.get_by_role("navigation", name="Kamers").get_by_role("link", name="Doelen").click()
    page.get_by_role("link", name="Nieuw doel").click()
    sentence = page.get_by_label("Jullie doel, in een of twee zinnen")
    sentence.fill(TITLE)
    expect(page.locator(".parts li").first).to_be_visible()  # the coach, while typing
    page.get_by_role("button", name="Kijk mee").click()
    expect(sentence).to_have_value(TITLE)
    page.get_by_role("button", name="Bewaar als concept").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    address, kept = page.url, 0
    for text in batches(MOST_OF_A_GOAL, "\n"):
        if len(text) > MOST_OF_A_GOAL:
            continue  # one string longer than a goal may be: said so, as of any text
        page.goto(f"{address}aanvullen/")
        page.get_by_label("Wat kunnen leerlingen straks?").fill(text)
        page.get_by_label("Wat maken jullie samen?").fill(TITLE)
        page.get_by_role("button", name="Bewaar", exact=True).click()
        expect(page.get_by_text("Het doel is bijgewerkt.")).to_be_visible()
        words = _words(text)
        assert _missing(words, page.locator("h1").inner_text()) == []
        assert page.locator(_FOREIGN).count() == 0
        kept += len(words)
    assert kept > 150
    page.get_by_role("link", name="Doelen").first.click()
    assert page.locator(_FOREIGN).count() == 0
    assert dialogs == []
