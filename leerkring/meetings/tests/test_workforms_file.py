"""A work form as a file: signed when it leaves, looked at before it is kept, and a changed byte is told."""

from __future__ import annotations

import base64
import json
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings as house
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from leerkring.meetings.house_key import house_key, public_key
from leerkring.meetings.models import OwnForm
from leerkring.meetings.shipped import shipped
from leerkring.meetings.workform_file import Seal, canonical, opened, written
from leerkring.meetings.workform_names import named_apart
from leerkring.meetings.workform_reading import LARGEST
from leerkring.people.models import User
from leerkring.ui.refusal import Refused
from tests.cast import Browser, Side

FORM = shipped()["bordsessie"]


@pytest.fixture(autouse=True)
def _house(settings: Settings, tmp_path: Path) -> None:
    """A house of its own, with a key of its own."""
    settings.DATA = tmp_path
    settings.BASE_URL = "https://plg.school.test"


@pytest.fixture
def elsewhere(settings: Settings, tmp_path: Path) -> bytes:
    """A file that another house signed."""
    here = settings.DATA
    settings.DATA = tmp_path / "elders"
    Path(settings.DATA).mkdir()
    file = written(FORM)
    settings.DATA = here
    return file


def at(side: Side, rest: str = "") -> str:
    return f"/plg/{side.community.pk}/bijeenkomsten/werkvormen/{rest}"


def sent(client: Client, side: Side, raw: bytes) -> HttpResponse:
    return client.post(at(side, "uit-bestand/"), {"file": SimpleUploadedFile("x.werkvorm", raw)})  # type: ignore[return-value]


def changed(raw: bytes, **said: Any) -> bytes:
    return json.dumps({**json.loads(raw), **said}).encode()


# The file itself


@pytest.mark.parametrize("form", shipped().values(), ids=lambda form: form.key)
def test_what_was_written_is_read_as_it_was(form: Any) -> None:
    found = opened(written(form))
    assert (found.form, found.problems, found.seal) == (form, (), Seal.OURS)
    assert found.made_by == "https://plg.school.test"


def test_a_file_signed_elsewhere_is_good_and_not_ours(elsewhere: bytes) -> None:
    assert opened(elsewhere).seal == Seal.GOOD
    house_key()
    assert opened(elsewhere).seal == Seal.GOOD


def test_written_in_another_way_it_is_still_the_same(elsewhere: bytes) -> None:
    said = json.loads(elsewhere)
    turned = json.dumps(dict(reversed(said.items())), indent=7, ensure_ascii=True).encode("utf-8-sig")
    assert opened(turned).seal == Seal.GOOD


def test_a_changed_word_is_told(elsewhere: bytes) -> None:
    found = opened(elsewhere.replace(b"Bordsessie", b"Bordzitting"))
    assert found.seal == Seal.BROKEN
    assert found.form is not None
    assert opened(changed(elsewhere, made_by={"url": "https://valse.school.test"})).seal == Seal.BROKEN


def test_without_a_signature_nobody_knows(elsewhere: bytes) -> None:
    said = json.loads(elsewhere)
    del said["signature"]
    assert opened(json.dumps(said).encode()).seal == Seal.NONE


@pytest.mark.parametrize(
    "signature",
    [
        "x",
        [],
        {},
        0,
        {"algorithm": "none", "public_key": "", "value": ""},
        {"algorithm": "Ed25519", "public_key": "é", "value": 1},
        {"algorithm": "Ed25519", "public_key": base64.b64encode(b"x" * 32).decode(), "value": "AAAA"},
    ],
)
def test_a_signature_that_is_none_is_told(elsewhere: bytes, signature: Any) -> None:
    assert opened(changed(elsewhere, signature=signature)).seal == Seal.BROKEN


def test_anybody_can_check_it_by_what_the_document_says(elsewhere: bytes) -> None:
    """docs/werkvorm-bestand.md, done by hand."""
    said = json.loads(elsewhere)
    signature = said.pop("signature")
    signed = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert signed == canonical(json.loads(elsewhere))
    key = Ed25519PrivateKey.generate()
    said["signature"] = {
        "algorithm": "Ed25519",
        "public_key": base64.b64encode(key.public_key().public_bytes_raw()).decode(),
        "value": base64.b64encode(key.sign(signed)).decode(),
    }
    assert signature["algorithm"] == "Ed25519"
    assert opened(json.dumps(said).encode()).seal == Seal.GOOD


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "Dit is geen werkvorm."),
        (b"\xff\xfe", "Dit is geen werkvorm."),
        (b"[1]", "Dit is geen werkvorm."),
        (b"[" * 90_000, "Dit is geen werkvorm."),
        (b"9" * 90_000, "Dit is geen werkvorm."),
        (b'{"format": "iets/anders"}', "Dit is geen werkvorm."),
        (b'{"format": "leerkring/workform", "version": 2}', "Dit bestand is van een nieuwere Leerkring."),
        (b'{"format": "leerkring/workform", "version": 1}', "Dit ontbreekt."),
        (b"x" * (LARGEST + 1), "Dit bestand is groter dan 100 kB."),
    ],
)
def test_what_is_no_work_form_gives_one_clear_sentence(raw: bytes, sentence: str) -> None:
    found = opened(raw)
    assert found.form is None
    assert len(found.problems) == 1
    assert found.problems[0].startswith(sentence)


@settings(max_examples=150)
@given(st.data())
def test_a_changed_byte_is_told_or_it_is_no_form(data: st.DataObject) -> None:
    raw = bytearray(written(FORM))
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= data.draw(st.integers(1, 255))
    found = opened(bytes(raw))
    # Spaces between the parts are not signed, nor is what stands in a file twice.
    same = found.form == FORM and found.made_by == "https://plg.school.test"
    assert found.form is None or found.seal == Seal.BROKEN or same


@settings(max_examples=150)
@given(st.binary(max_size=200))
def test_any_bytes_end_in_a_form_or_in_sentences(raw: bytes) -> None:
    for each in (raw, b'{"format": "leerkring/workform", "version": 1, "content": ' + raw + b"}"):
        found = opened(each)
        assert (found.form is None) == bool(found.problems)


# The key


def test_the_key_is_made_once_for_its_owner_only() -> None:
    assert public_key() is None
    kept = Path(house.DATA) / "workform-key"
    first = house_key().private_bytes_raw()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert house_key().private_bytes_raw() == first
    assert [path.name for path in Path(house.DATA).iterdir()] == ["workform-key"]


@pytest.mark.parametrize("kept", ["", "geen sleutel", "AAAA"])
def test_a_broken_key_signs_nothing_and_is_replaced_by_none(kept: str, elsewhere: bytes) -> None:
    (Path(house.DATA) / "workform-key").write_text(kept)
    with pytest.raises(Refused, match="workform-key"):
        written(FORM)
    assert opened(elsewhere).seal == Seal.GOOD


# From one group to another


def test_a_form_goes_from_one_group_to_another(
    browser: Browser, anna: User, olga: User, regenboog: Side, baken: Side
) -> None:
    title = replace(FORM.text["nl"], title="Onze bordsessie")
    own = OwnForm.keep(by=regenboog.member(anna), form=replace(FORM, text={**FORM.text, "nl": title}))
    answer = browser(anna).get(at(regenboog, f"{own.key}/bestand/"))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="bordsessie-2.werkvorm"'
    assert "Anna" not in answer.content.decode()
    client = browser(olga)
    page = sent(client, baken, answer.content)
    assert "Onze bordsessie" in page.content.decode()
    assert "Dit bestand is hier gemaakt en daarna niet veranderd." in page.content.decode()
    assert OwnForm.objects.count() == 1
    kept = client.post(at(baken, "uit-bestand/"), {"carried": answer.content.decode(), "bewaar": "1"})
    assert kept.headers["Location"] == at(baken, "bordsessie-2/")
    theirs = OwnForm.objects.get(community=baken.community)
    assert theirs.form == own.form


def test_who_looks_is_told_who_signed_it_and_what_that_is_worth(
    browser: Browser, anna: User, regenboog: Side, elsewhere: bytes
) -> None:
    client = browser(anna)
    page = sent(client, regenboog, elsewhere).content.decode()
    assert "Er staat in dat het van https://plg.school.test komt." in page
    broken = sent(client, regenboog, elsewhere.replace(b"Bordsessie", b"Bordzitting")).content.decode()
    assert "Dit bestand is veranderd nadat het werd ondertekend." in broken
    bare = {name: part for name, part in json.loads(elsewhere).items() if name != "signature"}
    unsigned = sent(client, regenboog, json.dumps(bare).encode()).content.decode()
    assert "Dit bestand is niet ondertekend" in unsigned
    assert not OwnForm.objects.exists()


def test_a_form_that_this_house_does_not_know_gets_a_key_of_the_house(
    browser: Browser, anna: User, regenboog: Side
) -> None:
    file = written(replace(FORM, key="anna-de-wit"))
    browser(anna).post(at(regenboog, "uit-bestand/"), {"carried": file.decode(), "bewaar": "1"})
    own = OwnForm.objects.get()
    assert own.key == "eigen-1"
    assert own.form == replace(named_apart(FORM, [*shipped().values()]), key="eigen-1")
    assert own.form.text["nl"].title == "Bordsessie (van ons)"


def test_what_cannot_be_used_is_said_and_nothing_is_kept(
    browser: Browser, anna: User, regenboog: Side, elsewhere: bytes
) -> None:
    client = browser(anna)
    content = {**json.loads(elsewhere)["content"], "minutes": 16}
    for raw, sentence in (
        (b"hallo", "Dit is geen werkvorm. Kies een bestand dat eindigt op .werkvorm."),
        (b"", "Dit is geen werkvorm."),
        (b"x" * (LARGEST + 1), "Dit bestand is groter dan 100 kB."),
        (changed(elsewhere, content=content), "de stappen zijn samen 15 minuten, en hier staat 16."),
        (changed(elsewhere, content={**content, "minutes": "<script>"}), "Minuten: kies een heel getal"),
    ):
        page = sent(client, regenboog, raw).content.decode()
        assert sentence in page
        assert "<script>alert" not in page
    assert "Kies eerst een bestand." in client.post(at(regenboog, "uit-bestand/"), {"x": ""}).content.decode()
    both = client.post(at(regenboog, "uit-bestand/"), {"carried": "\0", "bewaar": "1"})
    assert both.status_code == 200
    assert not OwnForm.objects.exists()


def test_a_group_that_has_many_is_told_with_the_form_still_there(
    browser: Browser, anna: User, regenboog: Side, elsewhere: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leerkring.meetings.models.own_form.MOST", 0)
    page = browser(anna).post(at(regenboog, "uit-bestand/"), {"carried": elsewhere.decode(), "bewaar": "1"})
    assert "Haal er eerst een weg." in page.content.decode()
    assert "Bordsessie" in page.content.decode()
