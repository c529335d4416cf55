"""Broken files: always one reason, never another error, never slow."""

from __future__ import annotations

import os
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leerkring.engine.exports import (
    LOOKS_LIKE,
    REFUSALS,
    SKIPS,
    Mapping,
    Reading,
    Unreadable,
    bounded,
    parse_mapping,
    read_bounded,
    read_export,
    reading,
)

GOOD = b"Van,Aan,Datum\na,b,2024-01-08\n"


def packed(name: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, "<x/>")
    return file.getvalue()


BROKEN: list[tuple[str, bytes, str, dict[str, object]]] = [
    ("nothing", b"", "empty", {}),
    ("white space", b"\xef\xbb\xbf \r\n\t\n", "empty", {}),
    ("only delimiters", b";;;\n;;;\n", "empty", {}),
    ("zero bytes", b"\0" * 5000, "empty", {}),
    ("a PNG", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not_a_table", {"looks_like": "image"}),
    ("a JPEG", b"\xff\xd8\xff\xe0\0\x10JFIF", "not_a_table", {"looks_like": "image"}),
    ("a PDF", b"%PDF-1.7\n%\xe2\xe3", "not_a_table", {"looks_like": "pdf"}),
    ("Excel", packed("xl/workbook.xml"), "not_a_table", {"looks_like": "excel"}),
    ("old Excel", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "not_a_table", {"looks_like": "excel"}),
    ("Word", packed("word/document.xml"), "not_a_table", {"looks_like": "document"}),
    ("a zip", packed("a.csv"), "not_a_table", {"looks_like": "archive"}),
    ("gzip", b"\x1f\x8b\x08\0", "not_a_table", {"looks_like": "archive"}),
    ("a database", b"SQLite format 3\0", "not_a_table", {"looks_like": "database"}),
    ("a sign-in page", b"\n<!DOCTYPE html>\n<html>", "not_a_table", {"looks_like": "web_page"}),
    ("JSON", b'[{"from": 1}]', "not_a_table", {"looks_like": "json"}),
    ("noise", bytes(range(256)) * 20, "undecodable", {}),
    ("half of UTF-16", b"\xff\xfeV\0a\0n", "undecodable", {}),
    ("bytes no code page has", b"Van,Aan,Datum\n\x81,\x8d,\x9d\n", "undecodable", {}),
    ("one line", b"x" * 10_000_000, "one_long_line", {"characters": 10_000_000}),
    ("one line of commas", b"," * 5_000_000 + b"x" + b"," * 5_000_000, "one_long_line", {}),
    ("only a header", b"Van,Aan,Datum\n", "no_rows", {"there": ["Van", "Aan", "Datum"]}),
    ("no date column", b"Van,Aan\na,b\n", "no_column_for", {"role": "at"}),
    ("no counterpart", b"Van,Datum,Tekst\na,2024-01-08,hoi\n", "no_column_for", {"role": "counterpart"}),
    ("no actor", b"Aan,Datum,Tekst\na,2024-01-08,hoi\n", "no_column_for", {"role": "actor"}),
    ("dates in no format", b"Van,Aan,Datum\na,b,gisteren\nb,a,ooit\n", "no_dates", {"example": "gisteren"}),
    (
        "no usable row",
        b"Van,Aan,Datum\na,a,2024-01-08\n,b,2024-01-08\na,a,2024-01-09\n",
        "no_usable_row",
        {"read": 3},
    ),
    ("a column twice", b"Van,Aan,Aan,Datum\na,b,c,2024-01-08\n", "duplicate_column", {"column": "Aan"}),
    ("quotes all broken", b"Van,Aan,Datum\n" + b'a"b,"c\n' * 3000, "broken_quotes", {}),
    ("a header that never closes", b'"Van,Aan,Datum\na,b,2024-01-08\n', "broken_quotes", {"line": 1}),
]


@pytest.mark.parametrize(
    ("data", "reason", "figures"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN]
)
def test_a_broken_file_has_one_reason(data: bytes, reason: str, figures: dict[str, object]) -> None:
    with pytest.raises(Unreadable) as refused:
        read_export(data)
    assert refused.value.reason == reason
    assert set(refused.value.figures) == set(REFUSALS[reason])
    assert figures.items() <= refused.value.figures.items()
    assert refused.value.figures.get("looks_like", LOOKS_LIKE[0]) in LOOKS_LIKE


@pytest.mark.parametrize(
    ("mapping", "reason"),
    [("actor=Sender,at=Datum", "missing_column"), ("actor=Van,at=van", "mapped_twice"), ("member=Lid", "")],
)
def test_a_mapping_is_held_against_the_columns_that_are_there(mapping: str, reason: str) -> None:
    if not reason:
        assert read_export(GOOD, None, parse_mapping(mapping)).rows.used == 1
        return
    with pytest.raises(Unreadable) as refused:
        read_export(GOOD, None, parse_mapping(mapping))
    assert refused.value.reason == reason


def test_a_members_file_is_refused_by_its_own_name() -> None:
    with pytest.raises(Unreadable) as refused:
        read_export(GOOD, b"naam\na\n", Mapping(member="UID"))
    assert (refused.value.reason, refused.value.figures["file"]) == ("missing_column", "members")
    with pytest.raises(Unreadable) as refused:
        read_export(GOOD, b"naam\n")
    assert (refused.value.reason, refused.value.figures["file"]) == ("no_members", "members")
    with pytest.raises(Unreadable) as refused:
        read_export(GOOD, b"naam,school\na,x\n", Mapping(member="naam", school="naam"))
    assert refused.value.reason == "mapped_twice"


def test_quotes_that_swallow_a_large_file_are_given_up_soon() -> None:
    with pytest.raises(Unreadable) as refused:
        read_export(b"Van,Aan,Datum\n" + b'"a\n' * 300_001)
    assert refused.value.reason == "broken_quotes"


def test_more_rows_than_memory_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    assert read_export(GOOD + b"b,a,2024-01-08\n" * 2).rows.used == 3
    with pytest.raises(Unreadable) as refused:
        read_export(GOOD + b"b,a,2024-01-08\n" * 3)
    assert refused.value.reason == "too_many_rows"


def test_a_title_taken_for_a_community_is_refused() -> None:
    rows = "".join(f"a,b,2024-01-08,titel {number}\n" for number in range(1001))
    with pytest.raises(Unreadable) as refused:
        read_export(("Van,Aan,Datum,Groep\n" + rows).encode())
    assert refused.value.figures == {"column": "Groep", "found": 1001, "limit": 1000}


def test_a_file_on_disk_is_bounded_and_a_folder_is_no_file(tmp_path: Path) -> None:
    small = tmp_path / "klein.csv"
    small.write_bytes(b"x" * 11)
    for path, reason in [
        (tmp_path, "folder"),
        (tmp_path / "weg.csv", "not_found"),
        (Path("naam\0"), "not_found"),
        (small, "too_large"),
    ]:
        with pytest.raises(Unreadable) as refused:
            read_bounded(path, "interactions", 10)
        assert refused.value.reason == reason
    with pytest.raises(Unreadable):
        bounded(b"x" * 11, "interactions", 10)
    assert read_bounded(small, "interactions", 11) == b"x" * 11


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    shut = tmp_path / "dicht.csv"
    shut.write_bytes(GOOD)
    shut.chmod(0)
    with pytest.raises(Unreadable) as refused:
        read_bounded(shut, "members", 10)
    assert refused.value.reason == "not_allowed"


PIECES = st.sampled_from(
    [
        *(
            b"Van,Aan,Datum",
            b"id;parent;userid;created",
            b"\n",
            b"\r",
            b"\r\n",
            b",",
            b";",
            b"\t",
            b'"',
            b'""',
        ),
        *(b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xe9", b"\x81", b"a", b"b", b"4/4/13 16:32", b"2024-01-08"),
        *(b"99999999999", b"1704700000", b" ", b"x" * 200),
    ]
)
NASTY = st.one_of(st.binary(max_size=400), st.lists(PIECES, max_size=80).map(b"".join))
MAPPINGS = st.sampled_from([None, Mapping("Van", "Aan", "Datum"), Mapping(member="a")])


def read_or_refuse(data: bytes, members: bytes | None, mapping: Mapping | None) -> Reading | Unreadable:
    try:
        return read_export(data, members, mapping)
    except Unreadable as refused:
        return refused


@settings(max_examples=400)
@given(NASTY, st.one_of(st.none(), NASTY), MAPPINGS)
def test_any_bytes_are_read_or_refused(data: bytes, members: bytes | None, mapping: Mapping | None) -> None:
    outcome = read_or_refuse(data, members, mapping)
    if isinstance(outcome, Unreadable):
        assert set(outcome.figures) == set(REFUSALS[outcome.reason])
        return
    for rows in (outcome.rows, outcome.member_rows):
        if rows is not None:
            assert rows.read == rows.used + rows.skipped_count
            assert set(rows.skipped) <= set(SKIPS)
    assert outcome.rows.used == len(outcome.contacts) > 0
