"""Every naughty string in one conversation, in a real browser: shown as typed, and nothing runs."""

from __future__ import annotations

from playwright.sync_api import Dialog, expect

from tests.journeys.conftest import Visit
from tests.naughty import batches, squeezed

#: What fits in one contribution, with room for the line ends that a browser makes two characters of.
MOST = 15_000


def test_all_of_them_in_a_conversation_run_nowhere(visit: Visit) -> None:
    page = visit("lid")
    dialogs: list[str] = []

    def opened(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", opened)
    page.goto("/")
    page.get_by_role("link", name="Kennis").click()
    page.get_by_role("link", name="Begin een gesprek").first.click()
    title = '"><script>alert(1)</script><img src=x onerror=alert(2)> ../../etc'
    page.get_by_label("Waar gaat het over?").fill(title)
    first, *others = batches(MOST, "\n")
    page.get_by_label("Vertel").fill(first)
    page.get_by_role("button", name="Deel met je collega's").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    for text in others:
        page.get_by_label("Jouw reactie").fill(text)
        page.get_by_role("button", name="Reageer", exact=True).click()
        page.wait_for_load_state()
    shown = page.locator(".said").all_inner_texts()
    # A browser draws what a control character is as it likes; the words between them are there in their order.
    words = [
        word
        for text in (first, *others)
        for word in squeezed(text).split()
        if word.isascii() and word.isalnum()
    ]
    told = iter(squeezed(" ".join(shown)).split())
    assert len(words) > 150
    assert [word for word in words if word not in told] == []
    assert page.locator("main script, main img, main iframe, main object, main style").count() == 0
    page.get_by_role("link", name="Gesprekken").first.click()
    expect(page.get_by_role("link", name=title)).to_be_visible()
    assert dialogs == []
