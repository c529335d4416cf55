"""Files to prepare with: judged by what is in them, private, and gone for real."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pytest_django import Settings

from leerkring import clock
from leerkring.communities import ending
from leerkring.jobs import vanished
from leerkring.meetings import handouts, jobs
from leerkring.meetings.models import Handout, Meeting
from leerkring.meetings.tests.making import again, place, planned
from leerkring.people.models import User
from leerkring.ui.refusal import Refused
from tests.cast import NOW, Browser, Side
from tests.photos import a_photo

PDF = b"%PDF-1.7\nSommen"


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: Settings) -> Path:
    """A storage of its own, and a list of what vanished."""
    here = {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": here}
    settings.DATA = tmp_path
    return tmp_path / handouts.FOLDER


@pytest.fixture
def meeting(regenboog: Side, fatima: User) -> Meeting:
    return planned(regenboog, fatima)


def archive(packed: int = zipfile.ZIP_STORED, /, **parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packed) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def office(part: str, *more: str) -> bytes:
    return archive(**dict.fromkeys(("[Content_Types].xml", part, *more), b"<x/>"))


ODT = archive(mimetype=b"application/vnd.oasis.opendocument.text", **{"content.xml": b"<x/>"})


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "pdf"),
        (office("word/document.xml"), "docx"),
        (office("xl/workbook.xml"), "xlsx"),
        (office("ppt/presentation.xml"), "pptx"),
        (ODT, "odt"),
        ("Drie sommen: ½ + ¼ 👩‍🏫".encode(), "txt"),
        ("Crème".encode("cp1252"), "txt"),
    ],
)
def test_what_a_file_is_is_seen_in_it(content: bytes, kind: str) -> None:
    assert handouts.judged(content)[0] == kind


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "leeg"),
        (b"MZ\x90\x00\x03\x00", "Dit soort bestand"),
        (b"GIF89a\x01\x00\x00", "Dit soort bestand"),
        (archive(**{"a.html": b"<script>"}), "Dit soort bestand"),
        (office("word/document.xml", "xl/workbook.xml"), "Dit soort bestand"),
        (office("word/document.xml", "word/vbaProject.bin"), "macro"),
        (b"PK\x03\x04 en dan niets", "beschadigd"),
        (b"\x89PNG en dan niets", "beschadigd"),
        (b"%PDF-" + b"x" * handouts.MOST_BYTES, "te groot"),
    ],
)
def test_what_we_do_not_take_is_said(content: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        handouts.judged(content)


@pytest.mark.parametrize("packed", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_document_that_is_damaged_inside_is_said(packed: int) -> None:
    content = bytearray(archive(packed, mimetype=b"application/vnd.oasis.opendocument.text"))
    begins = content.index(b"mimetype") + len(b"mimetype")
    head = 9 if packed == zipfile.ZIP_LZMA else 0  # what LZMA says of itself stays whole
    for at in range(begins + head, begins + 24):
        content[at] ^= 0xFF
    with pytest.raises(Refused, match="beschadigd"):
        handouts.judged(bytes(content))


@given(st.data())
def test_a_document_with_anything_anywhere_is_one_or_is_refused(data: st.DataObject) -> None:
    packed = data.draw(st.sampled_from([zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]))
    content = bytearray(archive(packed, mimetype=b"application/vnd.oasis.opendocument.text", b=b"<x/>"))
    for at, sign in data.draw(st.lists(st.tuples(st.integers(4, len(content) - 1), st.integers(0, 255)))):
        content[at] = sign
    try:
        assert handouts.judged(bytes(content))[1] == content
    except Refused:
        return


def test_of_a_photo_nothing_but_the_picture_is_kept() -> None:
    exif = Image.Exif()
    exif[0x013B] = "Anna de Wit"
    file, _size = a_photo(exif=exif, comment=b"Gerbrandystraat 12")
    kind, kept = handouts.judged(file.read())
    assert kind == "jpeg"
    assert b"Anna" not in kept
    assert b"Gerbrandy" not in kept
    out = io.BytesIO()
    Image.new("RGBA", (4000, 100), (0, 0, 0, 0)).save(out, "PNG")
    kind, kept = handouts.judged(out.getvalue())
    with Image.open(io.BytesIO(kept)) as picture:
        assert (picture.format, picture.mode, picture.width) == ("PNG", "RGBA", handouts.LONGEST_SIDE)


def test_a_bomb_is_no_picture() -> None:
    out = io.BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")
    with pytest.raises(Refused, match="beeldpunten"):
        handouts.judged(out.getvalue())


# On the page


def bring(browser: Browser, user: User, address: str, name: str, content: bytes) -> int:
    file = SimpleUploadedFile(name, content)
    return browser(user).post(address, {"file": file}).status_code


def test_a_member_lays_a_file_ready_and_the_group_opens_it(
    browser: Browser, anna: User, gert: User, olga: User, beheer: User, regenboog: Side, meeting: Meeting
) -> None:
    address = place(regenboog, meeting, "bestand/")
    name = "<b>Werk van groep 5</b> & meer.pdf"
    assert bring(browser, anna, address, name, PDF) == 302
    assert bring(browser, anna, address, name, PDF) == 302  # pressed twice
    handout = Handout.objects.get()
    assert name.endswith(handout.name)
    page = browser(gert).get(place(regenboog, meeting)).content.decode()
    assert "Werk van groep 5" not in page or "<b>Werk" not in page
    answer = browser(gert).get(f"{address}{handout.pk}/")
    assert answer.content == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    for user in (olga, beheer):
        assert browser(user).get(f"{address}{handout.pk}/").status_code == 404
    assert bring(browser, gert, address, "x.pdf", PDF) == 404


@pytest.mark.django_db(transaction=True)
def test_while_a_file_is_looked_at_others_can_write(
    monkeypatch: pytest.MonkeyPatch, browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    meeting, held, judged = planned(regenboog, fatima), [], handouts.judged

    def watched(content: bytes) -> tuple[Handout.Kind, bytes]:
        held.append(connection.in_atomic_block)
        return judged(content)

    monkeypatch.setattr(handouts, "judged", watched)
    assert bring(browser, anna, place(regenboog, meeting, "bestand/"), "a.pdf", PDF) == 302
    assert held == [False]


def test_a_picture_is_shown_and_text_is_not(
    browser: Browser, anna: User, regenboog: Side, meeting: Meeting
) -> None:
    address = place(regenboog, meeting, "bestand/")
    bring(browser, anna, address, "schrift.pdf", a_photo()[0].read())
    bring(browser, anna, address, "x.html", b"<script>alert(1)</script>")
    photo, text = (browser(anna).get(f"{address}{h.pk}/") for h in Handout.objects.order_by("pk"))
    assert photo.headers["Content-Type"] == "image/jpeg"  # whatever it is called
    assert photo.headers["Content-Disposition"].startswith("inline")
    assert text.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert text.headers["Content-Disposition"].startswith("attachment")


def test_what_is_refused_is_said_on_the_page(
    browser: Browser, anna: User, regenboog: Side, meeting: Meeting
) -> None:
    address = place(regenboog, meeting, "bestand/")
    for content in (b"", b"MZ\x90\x00", b"x" * (handouts.MOST_BYTES + 1)):
        file = SimpleUploadedFile("x.exe", content)
        page = browser(anna).post(address, {"file": file})
        assert page.status_code == 200
        assert 'class="problems"' in page.content.decode()
    assert not Handout.objects.exists()


def test_there_are_not_too_many(
    monkeypatch: pytest.MonkeyPatch, anna: User, regenboog: Side, meeting: Meeting, files: Path
) -> None:
    by = regenboog.member(anna)
    for number in range(handouts.MOST_A_MEETING):
        handouts.bring(meeting, by=by, name=f"{number}.pdf", content=PDF)
    with pytest.raises(Refused, match="tien bestanden"):
        handouts.bring(meeting, by=by, name="11.pdf", content=PDF)
    handouts.take_away(Handout.objects.all()[0], by=by)
    monkeypatch.setattr(handouts, "MOST_A_COMMUNITY", 10 * len(PDF) - 1)
    with pytest.raises(Refused, match="200 MB"):
        handouts.bring(meeting, by=by, name="11.pdf", content=PDF)


# Gone


@pytest.mark.django_db(transaction=True)
def test_taken_away_it_is_gone_for_real(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side, files: Path
) -> None:
    meeting = planned(regenboog, fatima)
    address = place(regenboog, meeting, "bestand/")
    for user in (anna, bram):
        bring(browser, user, address, "a.pdf", PDF)
    first, second = Handout.objects.order_by("pk")
    assert len(list(files.iterdir())) == 2
    assert browser(bram).post(f"{address}{first.pk}/weghalen/").status_code == 404
    assert browser(anna).get(f"{address}{first.pk}/weghalen/").status_code == 200
    assert browser(anna).post(f"{address}{first.pk}/weghalen/").status_code == 302
    assert browser(fatima).post(f"{address}{second.pk}/weghalen/").status_code == 302
    assert list(files.iterdir()) == []
    if connection.vendor != "sqlite":
        vanished.write_down()  # there the machine that does the jobs brings the notes to its list
    assert [kind for kind, _ in vanished.noted_since(NOW - timedelta(days=1), vanished.path())][-2:] == [
        "handout",
        "handout",
    ]


@pytest.mark.django_db(transaction=True)
def test_a_restored_backup_brings_nothing_back(
    regenboog: Side, anna: User, fatima: User, files: Path
) -> None:
    handout = handouts.bring(planned(regenboog, fatima), by=regenboog.member(anna), name="a", content=PDF)
    for _time in range(2):
        vanished.kinds["handout"](str(handout.pk))
    assert not Handout.objects.exists()
    assert list(files.iterdir()) == []


@pytest.mark.django_db(transaction=True)
def test_with_the_community_all_goes(regenboog: Side, anna: User, fatima: User, files: Path) -> None:
    handouts.bring(planned(regenboog, fatima), by=regenboog.member(anna), name="a", content=PDF)
    ending.vanish(regenboog.community)
    assert not Meeting.objects.exists()
    assert list(files.iterdir()) == []


def test_at_night_what_belongs_to_no_meeting_goes(
    regenboog: Side, anna: User, meeting: Meeting, files: Path
) -> None:
    kept = handouts.bring(meeting, by=regenboog.member(anna), name="a", content=PDF)
    default_storage.save(handouts.path("verdwaald"), ContentFile(b"x"))
    with clock.at(clock.now() + timedelta(days=3650)):
        jobs.clear_handouts(None)  # type: ignore[arg-type]  # it does not report
    assert [file.name for file in files.iterdir()] == [kept.token]


def test_a_file_that_could_not_be_stored_leaves_no_row(
    monkeypatch: pytest.MonkeyPatch, regenboog: Side, anna: User, meeting: Meeting
) -> None:
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "save", full)
    with pytest.raises(OSError, match="space"):
        handouts.bring(again(meeting), by=regenboog.member(anna), name="a", content=PDF)
    assert not Handout.objects.exists()
