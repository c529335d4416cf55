"""A photo: only the picture is kept of it, under a name nobody can guess, for who shares a community."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from PIL.TiffImagePlugin import IFDRational
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from leerkring import clock
from leerkring.jobs.models import Job
from leerkring.jobs.run import Run
from leerkring.people import photos
from leerkring.people.jobs import clear_photos
from leerkring.people.models import User
from leerkring.people.photos import Portrait
from leerkring.ui.refusal import Refused
from tests.cast import Browser, Cast, Side
from tests.photos import a_photo

PAGE = "/mijn/foto/"
GPS, ORIENTATION, MAKER = 0x8825, 0x0112, 0x010F


@pytest.fixture(autouse=True)
def _on_disk(settings: Settings, tmp_path: Path) -> None:
    storages = settings.STORAGES
    settings.STORAGES = {
        **storages,
        "default": {**storages["default"], "OPTIONS": {"location": tmp_path}},
    }


def upload(client: Client, file: BytesIO, name: str = "ik.jpg") -> str:
    """What the page says after choosing this file."""
    sent = {"photo": SimpleUploadedFile(name, file.read(), "image/jpeg")}
    return client.post(PAGE, sent, follow=True).content.decode()


def kept(user: User, size: int = photos.LARGE) -> bytes:
    user.refresh_from_db()
    with default_storage.open(photos.path(user.photo, size)) as file:
        return bytes(file.read())


def with_place_and_maker() -> BytesIO:
    exif = Image.Exif()
    exif[MAKER] = "Geheime Camera"
    exif[GPS] = {1: "N", 2: (IFDRational(52), IFDRational(5), IFDRational(27)), 3: "E"}
    return a_photo(exif=exif, comment=b"Geheime plek", icc_profile=b"Geheim profiel")[0]


def test_where_and_with_what_it_was_made_is_not_kept(anna: User, browser: Browser) -> None:
    original = with_place_and_maker()
    assert b"Geheime Camera" in original.getvalue()
    assert "Je foto is bewaard" in upload(browser(anna), original)
    for size in photos.SIZES:
        content = kept(anna, size)
        assert b"Geheim" not in content
        image = Image.open(BytesIO(content))
        assert image.size == (size, size)
        assert dict(image.getexif()) == {}
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_each_kind_can_be_chosen_whatever_it_is_called(kind: str, anna: User, browser: Browser) -> None:
    assert "Je foto is bewaard" in upload(browser(anna), a_photo(kind)[0], "foto.txt")


def test_it_stands_upright_and_is_cut_around_the_middle(anna: User) -> None:
    wide = Image.new("RGB", (600, 200), "white")
    wide.paste("red", (0, 0, 200, 200))  # what lies outside the square
    wide.paste("blue", (200, 0, 400, 100))  # above, once it stands: the camera was upside down
    wide.paste("green", (200, 100, 400, 200))
    exif = Image.Exif()
    exif[ORIENTATION] = 3
    file = BytesIO()
    wide.save(file, "JPEG", exif=exif, quality=95)
    file.seek(0)
    shown = Image.open(BytesIO(Portrait.read(file, 1).drawn[photos.LARGE])).convert("RGB")
    (_, up_g, up_b), (_, down_g, down_b) = shown.getpixel((128, 40)), shown.getpixel((128, 216))  # type: ignore[misc]
    assert up_g > up_b
    assert down_b > down_g
    assert max(shown.getpixel((10, 10))[0], shown.getpixel((245, 10))[0]) < 100  # type: ignore[index]


def _bomb() -> BytesIO:
    file = BytesIO()
    Image.new("1", (12_000, 9_000)).save(file, "PNG")
    file.seek(0)
    return file


def test_what_cannot_be_used_is_refused_with_a_sentence(anna: User, browser: Browser) -> None:
    client = browser(anna)
    whole = a_photo()[0].getvalue()
    gif = BytesIO()
    Image.new("RGB", (100, 100)).save(gif, "GIF")
    for content, sentence in (
        (b"\0\0\0\x18ftypheic" + b"\0" * 99, "HEIC-foto van een iPhone"),
        (b"dit is tekst", "geen foto die we kunnen lezen"),
        (whole[: len(whole) // 2], "geen foto die we kunnen lezen"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "geen foto die we kunnen lezen"),
        (gif.getvalue(), "geen foto die we kunnen lezen"),
        (_bomb().getvalue(), "te veel beeldpunten"),
        (a_photo(size=(2000, 8))[0].getvalue(), "te klein"),
        (whole + b"\0" * photos.MOST_BYTES, "te groot"),
    ):
        assert sentence in upload(client, BytesIO(content)), sentence
    anna.refresh_from_db()
    assert anna.photo == ""


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data:UserWarning")
@pytest.mark.parametrize(
    "exif", [b"II*\0", b"II*\0\x08\0", b"MM\0*\0\0\0\x08", b"II*\0\x08\0\0\0\xff\xff", b"", b"I"]
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_damaged_words_about_a_photo_are_no_error_of_ours(
    anna: User, browser: Browser, kind: str, exif: bytes
) -> None:
    said = upload(browser(anna), a_photo(kind, exif=b"Exif\0\0" + exif)[0])
    assert "Je foto is bewaard" in said or "geen foto die we kunnen lezen" in said


def test_an_old_photo_goes_when_there_is_a_new_one_and_when_there_is_none(
    anna: User, browser: Browser, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    names = []
    for photo in (a_photo(), a_photo(), None):
        with django_capture_on_commit_callbacks(execute=True):
            if photo:
                anna.show(Portrait.read(*photo))
            else:
                anna.remove_photo()
        names.append(anna.photo)
    assert names[0] != names[1]
    assert names[2] == ""
    for name in names[:2]:
        assert not any(default_storage.exists(photos.path(name, size)) for size in photos.SIZES)


def names_on_disk() -> set[str]:
    return {name.rpartition("-")[0] for name in default_storage.listdir("photos")[1]}


def test_of_two_uploads_at_once_one_is_kept_and_no_file_stays_behind(
    db: None, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    noor = User.objects.create_user("noor@school.test", name="Noor Smit")
    one, two = User.objects.get(pk=noor.pk), User.objects.get(pk=noor.pk)
    with django_capture_on_commit_callbacks(execute=True):
        one.show(Portrait.read(*a_photo()))
        two.show(Portrait.read(*a_photo()))
    assert names_on_disk() == {two.photo}
    with django_capture_on_commit_callbacks(execute=True):
        one.remove_photo()
    assert names_on_disk() == set()
    noor.delete()
    with pytest.raises(Refused):
        two.show(Portrait.read(*a_photo()))
    assert names_on_disk() == set()


def test_at_night_files_go_that_are_nobodys(anna: User) -> None:
    anna.show(Portrait.read(*a_photo()))
    nobodys = Portrait.read(*a_photo()).keep()
    stored = default_storage.get_modified_time(photos.path(nobodys, photos.LARGE))
    with clock.at(stored + timedelta(minutes=50)):
        clear_photos(Run(Job()))
    assert names_on_disk() == {anna.photo, nobodys}
    with clock.at(stored + timedelta(minutes=70)):
        clear_photos(Run(Job()))
    assert names_on_disk() == {anna.photo}
    assert kept(anna)


def test_it_is_seen_by_who_shares_a_community(cast: Cast, browser: Browser) -> None:
    cast.bram.show(Portrait.read(*a_photo()))
    address = f"/foto/{cast.bram.photo}/96/"
    for user, status in (
        (cast.bram, 200),
        (cast.anna, 200),
        (cast.gert, 200),
        (cast.olga, 404),
        (cast.lotte, 404),
        (cast.beheer, 404),
    ):
        assert browser(user).get(address).status_code == status, user
    assert browser(None).get(address).status_code == 302
    answer = browser(cast.anna).get(address)
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert browser(cast.anna).get(f"/foto/{cast.bram.photo}/64/").status_code == 404
    assert browser(cast.anna).get(f"/foto/{'0' * 32}/96/").status_code == 404


def test_who_left_is_not_seen_any_more(cast: Cast, regenboog: Side, browser: Browser) -> None:
    cast.bram.show(Portrait.read(*a_photo()))
    regenboog.member(cast.bram).leave()
    assert browser(cast.anna).get(f"/foto/{cast.bram.photo}/96/").status_code == 404


def test_a_new_photo_is_on_the_page_that_colleagues_kept(
    cast: Cast, regenboog: Side, browser: Browser
) -> None:
    client, address = browser(cast.anna), f"/plg/{regenboog.community.pk}/leden/"
    tag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    cast.bram.show(Portrait.read(*a_photo()))
    again = client.get(address, headers={"If-None-Match": tag})
    assert again.status_code == 200
    assert f"/foto/{cast.bram.photo}/96/" in again.content.decode()
