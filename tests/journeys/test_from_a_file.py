"""Data from elsewhere, in the browser: what can be read becomes a mirror, what cannot is said in one sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit
from tests.journeys.house import ROOT, House

#: Beside a fresh clone, or one further up for a work tree.
MOOC = next(
    (f for up in ROOT.parents[:3] if (f := up / "shared/data/mooc-ed-dlt1").is_dir()), Path("mooc-ed-dlt1")
)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
LINES = (
    "Van;Aan;Datum",
    "Anna;Bram;3-11-2026 09:15",
    "Bram;Anna;3-11-2026 10:20",
    "Cor;Anna;31-10-2026 08:00",
)


def _csv(*lines: str, end: str = "\r\n") -> bytes:
    return end.join(lines).encode("utf-8")


Upload = Callable[[Page, bytes], None]


@pytest.fixture
def upload(tmp_path: Path) -> Upload:
    """Choose a file with this content, and ask what is in it."""

    def choose(page: Page, content: bytes) -> None:
        file = tmp_path / "contacten.csv"
        file.write_bytes(content)
        page.goto("/uit-bestand/")
        page.get_by_label("Naam van de leergemeenschap").fill("Proef")
        page.get_by_label("Het bestand met contacten").set_input_files(file)
        _look(page)

    return choose


def _look(page: Page) -> None:
    page.get_by_role("button", name="Bekijk wat erin staat").click()


def _found(page: Page) -> dict[str, str]:
    expect(page.get_by_role("heading", level=1)).to_have_text("Zo lezen we het bestand")
    read = "dl => [...dl.querySelectorAll('dt')].map(dt => [dt.innerText, dt.nextElementSibling.innerText])"
    return dict(page.locator("dl.facts").evaluate(read))


def _stored(house: House) -> tuple[int, int, int]:
    uploads = house.count("effectiveness_upload")
    return house.count("communities_community"), uploads, len(house.uploads())


def _confirm(page: Page) -> None:
    page.get_by_role("button", name="Maak de spiegel").click()
    page.wait_for_url("**/spiegel/", timeout=60_000)


@pytest.mark.skipif(not MOOC.is_dir(), reason="shared/data/mooc-ed-dlt1 is not beside the project")
def test_a_course_of_445_becomes_a_mirror(visit: Visit, house: House) -> None:
    page = visit("begeleider")
    page.goto("/vandaag/")
    page.get_by_role("link", name="Een spiegel uit een bestand").click()
    page.get_by_label("Naam van de leergemeenschap").fill("Leren met techniek")
    page.get_by_label("Het bestand met contacten").set_input_files(MOOC / "dlt1-edges.csv")
    page.get_by_label("Het bestand met leden").set_input_files(MOOC / "dlt1-nodes.csv")
    _look(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("Zo lezen we het bestand")
    assert _found(page)["Rijen gelezen"] == "2529"
    assert _found(page)["Leden"] == "445"
    expect(page.get_by_text("86: iemand reageert op zichzelf (apart gezet)")).to_be_visible()
    assert house.count("communities_community", "name = 'Leren met techniek'") == 0

    _confirm(page)
    expect(page.locator(".eyebrow").get_by_text("445 leden")).to_be_visible()
    assert house.count("communities_community", "name = 'Leren met techniek'") == 1
    assert house.uploads() == []


def test_semicolons_simply_work(visit: Visit, house: House, upload: Upload) -> None:
    page = visit("begeleider")
    upload(page, _csv(*LINES))
    assert _found(page) == {
        "Rijen gelezen": "3",
        "Contacten": "3",
        "Leden": "3",
        "Van": "31 oktober 2026",
        "Tot en met": "3 november 2026",
    }
    _confirm(page)
    page.get_by_role("link", name="Leden").click()
    expect(page.get_by_text("lid 1", exact=True)).to_be_visible()
    expect(page.get_by_text("Cor")).to_have_count(0)
    assert house.uploads() == []


BROKEN = {
    "empty": (b"", "is leeg. Exporteer het opnieuw"),
    "a picture": (PNG, "ziet eruit als een afbeelding en niet als een tabel"),
    "ten megabytes in one line": (b"a" * 10_000_000, "is groter dan 2 MB"),
    "one megabyte in one line": (b"a" * 1_000_000, "is één lange regel van 1.000.000 tekens"),
    "bytes that are no text": (
        b"Van;Aan;Datum\r\n" + b"\x81\x8d\x00\xff;\x9d;x\r\n" * 40,
        "is geen leesbare tekst",
    ),
    "a head and no rows": (_csv(LINES[0]), "heeft wel een kop"),
    "two columns of one name": (_csv("Van;Van;Datum", *LINES[1:]), "heeft de kolom ‘Van’ twee keer"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_file_that_cannot_be_read_is_refused_at_the_form(
    case: str, visit: Visit, house: House, upload: Upload
) -> None:
    content, sentence = BROKEN[case]
    before = _stored(house)
    page = visit("begeleider")
    upload(page, content)
    said = page.locator("#id_interactions_error")
    expect(said).to_contain_text(sentence)
    assert said.locator("p").count() == 1
    expect(page.get_by_label("Naam van de leergemeenschap")).to_have_value("Proef")
    assert _stored(house) == before


ASKED = {
    "no column of who": (
        _csv("a;b;c", "1,5;x;3-11-2026", "2,5;y;4-11-2026"),
        "We herkennen niet welke kolom zegt",
    ),
    "no dates": (_csv(LINES[0], "Anna;Bram;ooit", "Bram;Cor;gisteren"), "staat geen datum die we herkennen"),
}


@pytest.mark.parametrize("case", ASKED)
def test_a_file_that_raises_a_question_stores_no_community(
    case: str, visit: Visit, house: House, upload: Upload
) -> None:
    content, sentence = ASKED[case]
    before = _stored(house)
    page = visit("begeleider")
    upload(page, content)
    expect(page.get_by_role("alert")).to_contain_text(sentence)
    expect(page.get_by_role("button", name="Maak de spiegel")).to_have_count(0)
    assert house.count("communities_community") == before[0]
    page.get_by_role("button", name="Gooi het bestand weg").click()
    expect(page.get_by_text("Het bestand is weg. Er is niets bewaard.")).to_be_visible()
    assert _stored(house) == before


def test_a_column_chosen_twice_is_said_and_can_be_mended(visit: Visit, house: House, upload: Upload) -> None:
    before = _stored(house)
    page = visit("begeleider")
    upload(page, _csv(*LINES))
    page.get_by_label("Op wie was het gericht?").select_option("Van")
    page.get_by_role("button", name="Maak de spiegel").click()
    expect(page.get_by_role("alert")).to_contain_text("De kolom ‘Van’ is twee keer gekozen.")
    assert house.count("communities_community") == before[0]
    page.get_by_label("Op wie was het gericht?").select_option("Aan")
    page.get_by_role("button", name="Lees opnieuw").click()
    assert _found(page)["Leden"] == "3"
    page.get_by_role("button", name="Gooi het bestand weg").click()
    expect(page.get_by_text("Het bestand is weg.")).to_be_visible()
    assert _stored(house) == before
