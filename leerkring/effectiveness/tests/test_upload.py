"""A file from elsewhere becomes a community with a mirror; a file that cannot is refused and leaves nothing."""

from __future__ import annotations

import html
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import Settings

from leerkring import clock
from leerkring.communities.models import Community, Membership, Record
from leerkring.effectiveness import mirror
from leerkring.effectiveness.jobs import discard_uploads
from leerkring.effectiveness.models import LIMIT, MAKE, MOST_ROWS, Upload, folder
from leerkring.engine.exports import Mapping, Order, Reading
from leerkring.jobs.models import Job
from leerkring.jobs.queue import handlers
from leerkring.jobs.run import Run
from leerkring.people.models import User
from tests.cast import NOW, Browser, Side

DUTCH_EXCEL = "\r\n".join(
    (
        "Van;Aan;Datum",
        "Jan;Kees;3-9-2026 10:15",
        "Kees;Jan;4-9-2026",
        "Mies;Jan;17-9-2026",
        "Jan;Jan;18-9-2026",
    )
)


MEMBERS = b"Lid\r\nJan\r\nKees\r\nMies\r\nWim\r\nTruus\r\n"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: Settings) -> None:
    settings.DATA = tmp_path


@pytest.fixture
def fatimas(browser: Browser, fatima: User) -> Client:
    return browser(fatima)


def choose(client: Client, side: Side, content: bytes, **more: object) -> str:
    """Upload a file; the address one is sent on to, or the page that says why not."""
    data = {
        "name": "Uit Moodle",
        "school": side.school.pk,
        "interactions": SimpleUploadedFile("contacten.csv", content),
        **more,
    }
    answer = client.post("/uit-bestand/", data)
    return answer.headers.get("Location") or answer.content.decode()


def work() -> None:
    """What the work loop would do now."""
    run = Run.claim([MAKE])
    assert run is not None
    handlers[MAKE](run)


def test_a_dutch_excel_file_becomes_a_community_with_a_mirror(fatimas: Client, regenboog: Side) -> None:
    place = choose(fatimas, regenboog, DUTCH_EXCEL.encode("cp1252"))
    page = fatimas.get(place).content.decode()
    assert "iemand reageert op zichzelf" in page
    assert "Jan" not in page.split("<main", 1)[1]
    answer = fatimas.post(place, {"actor": "Van", "counterpart": "Aan", "at": "Datum", "maak": "1"})
    assert answer.headers["Location"] == f"{place}bezig/"
    assert "Refresh" in fatimas.get(f"{place}bezig/").headers
    work()
    made = Community.objects.get(name="Uit Moodle")
    assert fatimas.get(f"{place}bezig/").headers["Location"] == f"/plg/{made.pk}/spiegel/"
    assert fatimas.get(f"/plg/{made.pk}/spiegel/").status_code == 200
    assert [str(m) for m in made.memberships.filter(user=None).order_by("code")] == [
        "lid 1",
        "lid 2",
        "lid 3",
    ]
    seen = mirror.mirror_of(made, "jaar").network
    assert seen is not None
    network = seen.figures
    assert (network.members, network.isolates, network.ties, network.mutual) == (3, 0, 3, 1)
    assert not list(folder().iterdir())


def test_nothing_of_the_file_is_kept_but_codes_and_days(fatimas: Client, regenboog: Side) -> None:
    place = choose(fatimas, regenboog, DUTCH_EXCEL.encode())
    fatimas.post(place, {"actor": "Van", "counterpart": "Aan", "at": "Datum", "maak": "1"})
    work()
    made = Community.objects.get(name="Uit Moodle")
    kept = [str(list(model.objects.values())) for model in (Membership, Record, Upload, Job)]
    assert not any(name in text for text in kept for name in ("Jan", "Kees", "Mies"))
    assert Record.objects.filter(community=made, kind="interaction").count() == 3


def test_what_the_file_cannot_show_is_too_little_evidence(fatimas: Client, regenboog: Side) -> None:
    old = DUTCH_EXCEL.replace("2026", "2019")
    place = choose(fatimas, regenboog, old.encode())
    fatimas.post(place, {"actor": "Van", "counterpart": "Aan", "at": "Datum", "maak": "1"})
    work()
    seen = mirror.mirror_of(Community.objects.get(name="Uit Moodle")).assessment
    rows = {row.key: row for result in seen.criteria.values() for row in result.indicators}
    assert rows["interactions"].successes == 3
    for key in ("conversations", "replies", "questions_answered"):
        assert (rows[key].enough, rows[key].value) == (False, None)
    assert {row.previous for row in rows.values()} == {None}


def test_asked_twice_it_is_made_once(fatimas: Client, regenboog: Side) -> None:
    place = choose(fatimas, regenboog, DUTCH_EXCEL.encode())
    columns = {"actor": "Van", "counterpart": "Aan", "at": "Datum", "maak": "1"}
    fatimas.post(place, columns)
    fatimas.post(place, columns)
    work()
    assert Run.claim([MAKE]) is None
    assert Community.objects.filter(name="Uit Moodle").count() == 1


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is leeg"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "een afbeelding"),
        (b"PK\x03\x04" + bytes(200), "Bewaar de tabel als CSV"),
        (b"a" * 1_000_000, "lange regel"),
        (b"x" * (LIMIT + 1), "groter dan 2 MB"),
        (b"Van;Aan;Datum\n" + b"1;2;3-9-2026\n" * (MOST_ROWS + 1), "meer dan 10.000 rijen"),
        (b"\x81\x8d\x8f\x90\x9d;" * 200, "geen leesbare tekst"),
        (b"Van;Aan;Datum\n", "geen rijen"),
        (b"Van;Van;Datum\n1;2;3-9-2026\n", "twee keer"),
    ],
    ids=[
        "empty",
        "picture",
        "archive",
        "one line",
        "too large",
        "too many rows",
        "undecodable",
        "no rows",
        "a name twice",
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(
    fatimas: Client, regenboog: Side, content: bytes, says: str
) -> None:
    assert says in choose(fatimas, regenboog, content)
    assert not Upload.objects.exists()
    assert not folder().exists() or not list(folder().iterdir())


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"actor": "Van", "counterpart": "Aan", "at": "Aan"}, "twee keer gekozen"),
        ({"actor": "Aan", "counterpart": "Datum", "at": "Van"}, "geen datum die we herkennen"),
        ({"actor": "Wie", "counterpart": "Aan", "at": "Datum"}, "Wie"),
        ({}, "Wie deed het?"),
    ],
)
def test_columns_that_cannot_be_are_said_and_nothing_is_made(
    fatimas: Client, regenboog: Side, columns: dict[str, str], says: str
) -> None:
    place = choose(fatimas, regenboog, DUTCH_EXCEL.encode())
    answer = fatimas.post(place, {**columns, "maak": "1"})
    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert not Job.objects.exists()


def test_columns_nobody_can_guess_are_the_owners_to_say(fatimas: Client, regenboog: Side) -> None:
    place = choose(fatimas, regenboog, b"X1;X2;X3\nJan;Kees;gisteren\nJan;Mies;vandaag\n")
    page = fatimas.get(place).content.decode()
    assert "Kies die hieronder zelf" in page
    assert "counterpart=" not in page
    assert page.count('<option value="X2"') == 5


def test_a_file_with_too_many_rows_is_refused_at_its_columns_too(fatimas: Client, regenboog: Side) -> None:
    place = choose(fatimas, regenboog, b"X1;X2;X3\n" + b"1;2;3-9-2026\n" * (MOST_ROWS + 1))
    answer = fatimas.post(place, {"actor": "X1", "counterpart": "X2", "at": "X3", "maak": "1"})
    assert "meer dan 10.000 rijen" in answer.content.decode()
    assert not Job.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_file_is_read_before_anyone_waits_for_the_writing(
    fatimas: Client, regenboog: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = choose(fatimas, regenboog, DUTCH_EXCEL.encode())
    fatimas.post(place, {"actor": "Van", "counterpart": "Aan", "at": "Datum", "maak": "1"})
    reads: list[bool] = []
    read = Upload.read

    def watched(upload: Upload, mapping: Mapping | None, order: Order | None) -> Reading:
        reads.append(connection.in_atomic_block)
        return read(upload, mapping, order)

    monkeypatch.setattr(Upload, "read", watched)
    work()
    assert reads == [False]
    assert Community.objects.filter(name="Uit Moodle").exists()


def test_only_who_uploaded_it_sees_it(browser: Browser, fatimas: Client, olga: User, regenboog: Side) -> None:
    place = choose(fatimas, regenboog, DUTCH_EXCEL.encode())
    for path in (place, f"{place}bezig/"):
        assert browser(olga).get(path).status_code == 404
    assert browser(olga).post(f"{place}weg/").status_code == 404


def test_a_facilitator_cannot_begin_at_anothers_school(fatimas: Client, baken: Side) -> None:
    choose(fatimas, baken, DUTCH_EXCEL.encode())
    assert not Upload.objects.exists()


def test_a_member_has_no_such_page(browser: Browser, anna: User) -> None:
    assert browser(anna).get("/uit-bestand/").status_code == 404


def test_thrown_away_it_is_gone(fatimas: Client, regenboog: Side) -> None:
    place = choose(fatimas, regenboog, DUTCH_EXCEL.encode())
    fatimas.post(f"{place}weg/")
    assert not Upload.objects.exists()
    assert not list(folder().iterdir())
    assert fatimas.get(place).status_code == 404


def test_left_lying_it_is_gone_the_next_night(fatimas: Client, regenboog: Side) -> None:
    choose(fatimas, regenboog, DUTCH_EXCEL.encode())
    with clock.at(NOW + timedelta(days=2)):
        discard_uploads(Run(Job()))
    assert not Upload.objects.exists()
    assert not list(folder().iterdir())


def test_without_its_row_a_file_is_not_kept(
    fatima: User, regenboog: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(upload: Upload, **how: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(Upload, "save", full)
    with pytest.raises(OperationalError):
        Upload.keep(by=fatima, school=regenboog.school, name="Vol", interactions=b"a", members=b"b")
    assert not folder().exists() or not list(folder().iterdir())


def test_without_its_file_a_row_is_not_kept(
    fatima: User, regenboog: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.name.endswith("members"):
            raise OSError("no space left on device")
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="no space"):
        Upload.keep(by=fatima, school=regenboog.school, name="Vol", interactions=b"a", members=b"b")
    assert not Upload.objects.exists()
    assert not list(folder().iterdir())


def test_a_file_that_went_meanwhile_is_said(fatimas: Client, regenboog: Side) -> None:
    place = choose(fatimas, regenboog, DUTCH_EXCEL.encode())
    for file in folder().iterdir():
        file.unlink()
    answer = fatimas.get(place)
    assert answer.status_code == 409
    assert "kies het opnieuw" in answer.content.decode()


def test_a_coded_member_accepts_and_is_themselves_from_then_on(
    browser: Browser, fatimas: Client, regenboog: Side, piet: User
) -> None:
    place = choose(fatimas, regenboog, DUTCH_EXCEL.encode())
    fatimas.post(place, {"actor": "Van", "counterpart": "Aan", "at": "Datum", "maak": "1"})
    work()
    made = Community.objects.get(name="Uit Moodle")
    before = mirror.mirror_of(made, "jaar").acts
    made.memberships.get(code=1).accept(piet)
    assert mirror.mirror_of(made, "jaar").acts == before
    assert "Piet Zijlstra" in browser(piet).get(f"/plg/{made.pk}/leden/").content.decode()


def test_a_file_shows_its_whole_network_until_a_colleague_takes_part(
    browser: Browser, fatimas: Client, regenboog: Side, piet: User
) -> None:
    """Numbers have nothing to hide from who brought them in; colleagues know who is alone."""
    alone = DUTCH_EXCEL + "\r\nWim;Wim;18-9-2026"
    place = choose(fatimas, regenboog, alone.encode(), members=SimpleUploadedFile("leden.csv", MEMBERS))
    columns = {"actor": "Van", "counterpart": "Aan", "at": "Datum", "member": "Lid", "maak": "1"}
    fatimas.post(place, columns)
    work()
    made = Community.objects.get(name="Uit Moodle")
    pages = [f"/plg/{made.pk}/spiegel/{rest}?over=jaar" for rest in ("", "G2a/", "cijfer/isolates/")]
    mirror_page, facts, figure = (fatimas.get(page).content.decode() for page in pages)
    assert "2 leden hebben nog met niemand contact." in mirror_page
    assert "2 leden nog zonder contact" in mirror_page
    assert "Nog geen contact" in facts
    assert "2 van 5 leden hebben nog geen lijn met een ander" in html.unescape(figure).lower()
    made.memberships.get(code=1).accept(piet)
    mirror_page, facts = (fatimas.get(page).content.decode() for page in pages[:2])
    for said in ("met niemand contact", "zonder contact", "brug", "Nog geen contact"):
        assert said not in mirror_page + facts, said
    assert fatimas.get(pages[2]).status_code == 404


def test_a_file_whose_row_never_came_is_gone_the_next_night(db: None) -> None:
    folder().mkdir(parents=True)
    (folder() / "ab12-interactions").write_bytes(b"x")
    with clock.at(clock.now() + timedelta(days=2)):
        discard_uploads(Run(Job()))
    assert not list(folder().iterdir())
