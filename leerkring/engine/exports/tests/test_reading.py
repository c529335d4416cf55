"""What real exports look like, and what becomes of their rows."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path

import pytest

from leerkring.engine.exports import (
    Mapping,
    Reading,
    Unreadable,
    facts,
    parse_mapping,
    read_export,
    read_table,
    whole,
)

HEADER = "Van,Aan,Datum\n"
DLT1 = Path("../shared/data/mooc-ed-dlt1")


def read(text: str, members: str | None = None, mapping: Mapping | None = None) -> Reading:
    return read_export(text.encode(), members.encode() if members is not None else None, mapping)


def ties(reading: Reading) -> list[tuple[int, int | None]]:
    return [(contact.actor, contact.counterpart) for contact in reading.contacts]


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_any_line_end_reads_the_same(end: str) -> None:
    text = end.join(["Van,Aan,Datum,Wat", 'a,b,2024-01-08,"een\ntwee"', "b,a,2024-01-09,x", ""])
    assert ties(read(text)) == [(1, 2), (2, 1)]


def test_mixed_line_ends_keep_the_line_numbers_of_the_file() -> None:
    reading = read(
        'Van,Aan,Datum,Wat\ra,b,2024-01-08,"1\r\n2\n3"\r\n,b,2024-01-08,x\n\na,b,niet,x\ra,a,2024-01-08,'
    )
    assert reading.rows.skipped == {"missing_actor": [5], "unreadable_date": [7], "self_tie": [8]}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_any_delimiter_and_encoding_reads_the_same(delimiter: str, encoding: str) -> None:
    rows = [["Afzender", "Ontvanger", "Datum", "Groep"], ["Zoë", "Jörg", "8-1-2024", "Café «één»"]]
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    reading = read_export(text.encode(encoding))
    assert (ties(reading), reading.communities) == ([(1, 2)], ("Café «één»",))


def test_dutch_excel_writes_semicolons_and_a_hint() -> None:
    reading = read(
        "sep=;\r\nAfzender;Ontvanger;Datum;Bericht\r\nAnna;Bram;08-01-2024 15:30;Ja, graag, dank\r\n"
    )
    assert reading.contacts[0].at == datetime.fromisoformat("2024-01-08 15:30")
    assert reading.mapping == Mapping(actor="Afzender", counterpart="Ontvanger", at="Datum")


def test_every_row_is_used_or_skipped_with_a_reason() -> None:
    reading = read(
        HEADER
        + "a,b,2024-01-08\n"
        + "a,a,2024-01-08\n"  # 3
        + ",b,2024-01-08\n"
        + "a,,2024-01-08\n"
        + "a,b,\n"
        + "a,b,gisteren\n"  # 7
        + "a,b,1900-01-01\n"
        + "a,z,2024-01-08\n"
        + "a,b,2024-01-08,te,veel\n"  # 10
        + "a\n"
        + "\n"
        + ", ,\n"
        + "b,a,2024-02-30\n",
        members="Lid\na\nb\nb\n\nstil\n ,\n",
    )
    assert reading.rows.skipped == {
        "self_tie": [3],
        "missing_actor": [4],
        "missing_counterpart": [5, 11],
        "missing_date": [6],
        "unreadable_date": [7, 14],
        "unlikely_date": [8],
        "unknown_member": [9],
        "too_many_columns": [10],
    }
    assert (reading.rows.read, reading.rows.used, reading.rows.skipped_count) == (11, 1, 10)
    assert reading.members == 3
    assert reading.member_rows is not None
    assert reading.member_rows.skipped == {"duplicate_member": [4]}


def test_members_who_never_acted_are_members() -> None:
    reading = read(HEADER + "a,b,2024-01-08\n", members="uid\na\nb\nc\n")
    assert [member.id for member in whole(reading).members] == [1, 2, 3]


def test_one_person_written_in_several_ways_is_one_person() -> None:
    reading = read(HEADER + "Anna ,Zoe\u0308,2024-01-08\nzoë,ANNA,2024-01-08\n")
    assert ties(reading) == [(1, 2), (2, 1)]


def test_a_quote_within_one_line_is_a_letter() -> None:
    reading = read('Van,Aan,Datum,Wat\na,b,2024-01-08,"zei "ja" hoor"\nb,a,2024-01-08,5" buis\n')
    assert (reading.rows.used, reading.rows.skipped) == (2, {})


def test_an_open_quote_costs_one_row_and_not_the_rest() -> None:
    reading = read('Van,Aan,Datum,Wat\na,b,2024-01-08,"open\nb,a,2024-01-08,x\na,b,2024-01-09,x\n')
    assert reading.rows.skipped == {"broken_quote": [2]}
    assert reading.rows.used == 2


def test_a_quote_that_swallows_rows_until_the_next_quote_costs_one_row() -> None:
    reading = read(
        'Van,Aan,Datum,Wat\na,b,2024-01-08,"open\nb,a,2024-01-08,x\na,b,2024-01-09,"x"\nb,a,2024-01-10,x\n'
    )
    assert reading.rows.skipped == {"broken_quote": [2]}
    assert reading.rows.used == 3


def test_a_pasted_image_in_a_post_does_no_harm() -> None:
    csv.field_size_limit(1000)
    reading = read("Van,Aan,Datum,Bericht\na,b,2024-01-08," + "x" * 300_000 + "\nb,a,2024-01-08,kort\n")
    assert reading.rows.used == 2
    reading = read("Van,Aan,Datum,Bericht\na,b,2024-01-08," + "x" * 5_000_000 + "\nb,a,2024-01-08,kort\n")
    assert reading.rows.skipped == {"long_line": [2]}


def test_nul_bytes_and_thousands_of_columns_do_no_harm() -> None:
    wide = "Van,Aan,Datum," + ",".join(f"k{number}" for number in range(5000)) + "\na,b,2024-01-08\n"
    assert read(wide).rows.used == 1
    assert read(HEADER + "a\0,b,2024-01-08\n").rows.used == 1


def test_posts_that_name_the_post_they_answer_are_ties_to_its_author() -> None:
    reading = read(
        "id,discussion,parent,userid,userfullname,created,subject,privatereplyto\n"
        "11,1,0,7,Anna,1704700000,Start,0\n"
        "12,1,11,8,Bram,1704786400,Re,0\n"
        "13,1,12,7,Anna,1704872800,Re,0\n"
        "14,1,13,7,Anna,1704872900,Re,0\n"
        "15,1,99,8,Bram,1704872900,Re,0\n"
    )
    assert reading.mapping == Mapping(actor="userid", at="created", post="id", parent="parent")
    assert ties(reading) == [(1, None), (2, 1), (1, 2)]
    assert reading.rows.skipped == {"self_tie": [5], "unknown_parent": [6]}


def test_communities_become_facts_of_those_who_occur_in_them() -> None:
    reading = read("Van,Aan,Datum,Groep\na,b,2024-01-08,Rekenen\nb,c,2024-01-09,Taal\nc,b,2024-01-10,Taal\n")
    parts = facts(reading)
    assert [(part.key, [m.id for m in part.members], len(part.events)) for part in parts] == [
        ("Rekenen", [1, 2], 1),
        ("Taal", [2, 3], 2),
    ]
    event = parts[1].events[0]
    assert (event.kind, event.actor, event.others, event.at.isoformat()) == (
        "interaction",
        2,
        (3,),
        "2024-01-09T00:00:00+01:00",
    )


def test_schools_of_members_are_codes_too() -> None:
    reading = read(
        HEADER + "a,b,2024-01-08\n", members="lid;school\na;De Regenboog\nb;De Kei\nc;de regenboog\nd;\n"
    )
    assert [member.school for member in whole(reading).members] == [1, 2, 1, None]


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        ("Sender,Receiver,Timestamp", "1,2,4/4/13 16:32", "Sender Receiver Timestamp"),
        ("Datum,Tijdstip,Van,Naar", "8-1-2024,15:00,a,b", "Van Naar Datum"),
        ("Auteur,Antwoord op,Geplaatst op", "a,b,8 januari 2024", "Auteur Antwoord op Geplaatst op"),
        ("User,Reply to,Created at", "a,b,2024-01-08T10:00:00Z", "User Reply to Created at"),
        ("From,To,Sent", "a@x.nl,b@x.nl,Jan 8 2024", "From To Sent"),
        (
            "Naam afzender,E-mail ontvanger,Verzonden",
            "a,b,8/1/2024",
            "Naam afzender E-mail ontvanger Verzonden",
        ),
        ("Wie,Aan wie,Dag", "a,b,ma 8 jan. 2024", "Wie Aan wie Dag"),
    ],
)
def test_dutch_and_english_headers_are_understood(header: str, row: str, expected: str) -> None:
    mapping = read(header + "\n" + row + "\n").mapping
    assert f"{mapping.actor} {mapping.counterpart} {mapping.at}" == expected


def test_a_partial_mapping_is_completed_and_its_spelling_forgiven() -> None:
    mapping = read(
        "A,B,Datum,Groep\nx,y,2024-01-08,g\n", mapping=parse_mapping("actor=b, counterpart=a")
    ).mapping
    assert mapping == Mapping(actor="B", counterpart="A", at="Datum")


def test_a_mapping_is_read_as_the_shell_leaves_it() -> None:
    expected = Mapping(actor="Sender", at="Timestamp", community="Discussion Category", member="UID")
    assert parse_mapping('actor=Sender, at=Timestamp,community="Discussion Category",member=UID') == expected
    assert parse_mapping("actor=Sender,at=Timestamp,community=Discussion Category,member=UID") == expected
    assert parse_mapping('actor="Van, of ""door""",at=b').actor == 'Van, of "door"'


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "map_unclear"),
        ("Sender", "map_unclear"),
        ("actor=", "map_unclear"),
        ("=Sender", "map_unclear"),
        ('actor="x', "map_unclear"),
        ("wie=Sender", "unknown_role"),
        ("actor=A,actor=B", "role_twice"),
        ("actor=A,counterpart=a", "mapped_twice"),
    ],
)
def test_an_unclear_mapping_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse_mapping(text)
    assert refused.value.reason == reason


@pytest.mark.skipif(not DLT1.exists(), reason="the DLT1 files lie in ../shared, which is not here")
def test_the_published_network_is_read_whole() -> None:
    reading = read_export((DLT1 / "dlt1-edges.csv").read_bytes(), (DLT1 / "dlt1-nodes.csv").read_bytes())
    assert reading.mapping == Mapping("Sender", "Receiver", "Timestamp", "Discussion Category", "UID")
    assert (reading.rows.read, reading.rows.used, reading.members) == (2529, 2443, 445)
    assert {reason: len(lines) for reason, lines in reading.rows.skipped.items()} == {"self_tie": 86}
    assert (reading.order, reading.ground, len(reading.communities)) == ("month", "seen", 25)
    pairs = {(contact.actor, contact.counterpart) for contact in reading.contacts}
    assert len(pairs) == 1936


@pytest.mark.parametrize("hint", ["sep=\t\n", "SEP=\t\r\n", '"sep=\t"\n'])
def test_excels_own_first_line_may_name_the_tab(hint: str) -> None:
    seen = read_export(f"{hint}Afzender\tOntvanger\tDatum\nAnna\tBram\t2024-01-08\n".encode())
    assert (seen.delimiter, seen.rows.used) == ("\t", 1)


@pytest.mark.parametrize("hint", ["sep=", "sep= ", "sep=a"])
def test_a_first_line_that_names_no_separator_is_no_hint(hint: str) -> None:
    assert read_table(f"{hint}\nAnna;Bram\n".encode(), "interactions").header == (hint.strip(),)
