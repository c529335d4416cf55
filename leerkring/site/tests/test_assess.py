"""`leerkring assess`: what it writes, and what it says when it cannot."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from leerkring.site.cli import main

DLT1 = Path("../shared/data/mooc-ed-dlt1")
MAP = "actor=Sender,counterpart=Receiver,at=Timestamp,community=Discussion Category,member=UID"
GOOD = "Sender;Receiver;Timestamp;Groep\r\nanna;bram;8-1-2024 15:30;Rekenen\r\nbram;anna;9-1-2024;Taal\r\n"
here = pytest.mark.skipif(not DLT1.exists(), reason="the DLT1 files lie in ../shared, which is not here")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one good file; the user speaks Dutch."""
    monkeypatch.setenv("LC_ALL", "nl_NL.UTF-8")
    (tmp_path / "goed.csv").write_bytes(GOOD.encode("cp1252"))
    return tmp_path


def outputs(folder: Path) -> list[str]:
    return ["--json", str(folder / "uit.json"), "--html", str(folder / "uit.html")]


def run_apart(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command as a user runs it: a process of its own, in a folder of its own."""
    code = "import sys; from leerkring.site.cli import main; sys.exit(main())"
    return subprocess.run(
        [sys.executable, "-c", code, "assess", *arguments],
        cwd=folder,
        env={"LC_ALL": "nl_NL.UTF-8", "PATH": os.environ["PATH"], "PYTHONPATH": os.getcwd()},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


BROKEN: list[tuple[str, bytes | None, tuple[str, ...], str]] = [
    ("leeg", b"", (), "is leeg. Exporteer het opnieuw"),
    ("png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", (), "ziet eruit als een afbeelding"),
    ("excel", b"PK\x03\x04[Content_Types].xml xl/workbook.xml", (), "Bewaar de tabel als CSV"),
    ("kolom", b"Van,Aan\na,b\n", (), "herkennen: wanneer. Er staat: Van, Aan."),
    ("gemist", GOOD.encode(), ("--map", "actor=Wie,at=Timestamp"), "geen kolom ‘Wie’. Wel: Sender, Receiver"),
    ("regel", b"x" * 10_000_000, (), "één lange regel van 10.000.000 tekens"),
    ("datums", b"Van,Aan,Datum\na,b,ooit\nb,a,eens\n", (), "geen datum die we herkennen"),
    (
        "dubbel",
        GOOD.encode(),
        ("--map", "actor=Sender,counterpart=Sender,at=Timestamp"),
        "is twee keer gekozen",
    ),
    ("onleesbaar", b"Van,Aan,Datum\n\x81,\x8d,\x9d\n", (), "geen leesbare tekst"),
    ("map", None, (), "is een map. Kies het bestand zelf"),
    ("niets", b"Van,Aan,Datum\na,a,2024-01-08\n", (), "Van de 1 rijen is er geen bruikbaar"),
]


@pytest.mark.parametrize(("name", "data", "more", "said"), BROKEN, ids=[row[0] for row in BROKEN])
def test_a_broken_file_gets_one_sentence_and_nothing_is_written(
    folder: Path, name: str, data: bytes | None, more: tuple[str, ...], said: str
) -> None:
    broken = folder / f"{name}.csv"
    if data is None:
        broken.mkdir()
    else:
        broken.write_bytes(data)
    before = sorted(folder.iterdir())
    done = run_apart(folder, "--interactions", broken.name, *more, *outputs(folder))
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.startswith("leerkring assess: ")
    assert done.stderr.count("\n") == 1
    assert sorted(folder.iterdir()) == before


def test_semicolons_of_dutch_excel_work_and_the_guess_is_told(folder: Path) -> None:
    done = run_apart(folder, "--interactions", "goed.csv", *outputs(folder))
    assert (done.returncode, done.stderr) == (0, "")
    assert "wie het deed: Sender; op wie het gericht was: Receiver; wanneer: Timestamp" in done.stdout
    assert sorted(path.name for path in folder.iterdir()) == ["goed.csv", "uit.html", "uit.json"]
    found = json.loads((folder / "uit.json").read_text())
    assert [community["key"] for community in found["communities"]] == ["Rekenen", "Taal"]
    assert found["dates"]["first"] == "2024-01-08"


def test_without_outputs_it_tells_the_summary(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assess", "--interactions", str(folder / "goed.csv")]) == 0
    told = capsys.readouterr().out
    assert told.startswith("2 van 2 leden hadden contact met een ander lid.\n")
    assert "2 rijen gelezen, 2 gebruikt." in told
    assert "Bij elkaar in de les kijken: te weinig gegevens" in told


def test_undecidable_dates_are_said_and_can_be_chosen(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "d.csv").write_text("Van,Aan,Datum\na,b,4/5/24\nb,a,5/6/24\n")
    for more, said in (
        ([], "4 mei 2024 tot en met 5 juni 2024"),
        (["--month-first"], "5 april 2024 tot en met 6 mei 2024"),
        (["--day-first"], "Dat heb je zo gekozen."),
    ):
        assert main(["assess", "--interactions", str(folder / "d.csv"), *more]) == 0
        assert said in capsys.readouterr().out


def test_holidays_leave_their_weeks_out(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "vakanties.csv").write_text("naam,van,tot\nkerst,2024-01-08,14-1-2024\n")
    command = ["assess", "--interactions", str(folder / "goed.csv"), "--holidays"]
    assert main([*command, str(folder / "vakanties.csv")]) == 0
    assert "2 contacten in 1 schoolweek" not in capsys.readouterr().out
    assert main([*command, "zuid"]) == 0
    assert "2 contacten in 1 schoolweek" in capsys.readouterr().out
    assert main([*command, str(folder / "weg.csv")]) == 2
    assert "lezen we geen vakanties" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--json", "weg/uit.json"], "‘weg/uit.json’ niet schrijven"),
        (["--json", "uit.json", "--html", "map"], "‘map’ niet schrijven"),
        (["--json", "uit", "--html", "uit"], "dezelfde naam"),
        (["--json", "goed.csv"], "dezelfde naam"),
        (["--members", "weg.csv"], "Het bestand met leden is er niet"),
    ],
)
def test_all_outputs_are_written_or_none(
    folder: Path,
    more: list[str],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(folder)
    (folder / "map").mkdir()
    before = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert main(["assess", "--interactions", "goed.csv", *more]) == 2
    assert said in capsys.readouterr().err
    assert {path: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


class Links(HTMLParser):
    """What a page would fetch, the scripts it has, and the ids it gives."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in {"script", "link", "img", "iframe", "object"} or "style" in given or "src" in given:
            self.fetched.append(tag)
        self.ids += [value for name, value in attrs if name == "id" and value]


def test_the_report_stands_on_its_own_and_names_nobody(folder: Path) -> None:
    assert main(["assess", "--interactions", str(folder / "goed.csv"), *outputs(folder)]) == 0
    html = (folder / "uit.html").read_text()
    links = Links()
    links.feed(html)
    assert links.fetched == []
    assert len(links.ids) == len(set(links.ids)) > 5
    assert "url(" not in html
    assert "@import" not in html
    assert "anna" not in html.lower()
    assert "<h1>2 van 2 leden hadden contact met een ander lid</h1>" in html


def test_a_groups_name_is_text_and_never_markup(folder: Path) -> None:
    (folder / "x.csv").write_text(
        "Van,Aan,Datum,Groep\na,b,2024-01-08,<script>1</script>\nb,a,2024-01-08,x\n"
    )
    assert main(["assess", "--interactions", str(folder / "x.csv"), *outputs(folder)]) == 0
    assert "<script" not in (folder / "uit.html").read_text()


@here
def test_the_published_network_comes_out_as_published(folder: Path) -> None:
    arguments = ["--interactions", str(DLT1 / "dlt1-edges.csv"), "--members", str(DLT1 / "dlt1-nodes.csv")]
    assert main(["assess", *arguments, "--map", MAP, *outputs(folder)]) == 0
    found = json.loads((folder / "uit.json").read_text())
    network = found["network"]
    figures = {key: network[key] for key in ("members", "isolates", "ties", "mutual", "asymmetric")}
    assert figures == {"members": 445, "isolates": 3, "ties": 1936, "mutual": 212, "asymmetric": 1512}
    assert (network["max_in_degree"], network["max_out_degree"]) == (273, 74)
    assert (round(network["density"], 4), round(network["centralisation"], 4)) == (0.0098, 0.3827)
    rows = found["rows"]
    assert (rows["read"], rows["used"], len(rows["skipped"])) == (2529, 2443, 86)
    assert {row["reason"] for row in rows["skipped"]} == {"self_tie"}
    assert "86 apart gezet omdat iemand op zichzelf reageert" in (folder / "uit.html").read_text()


@here
def test_what_the_file_cannot_show_is_too_little_evidence_and_never_zero(folder: Path) -> None:
    arguments = ["--interactions", str(DLT1 / "dlt1-edges.csv"), "--map", MAP]
    assert main(["assess", *arguments, *outputs(folder)]) == 0
    found = json.loads((folder / "uit.json").read_text())
    window = found["communities"][0]["windows"][0]
    assert window["from"] >= "2013-04-01"
    assert window["criteria"]["G2d"]["phase"]["position"] is None
    assert window["criteria"]["G2d"]["indicators"]["hosts"]["value"] is None
    assert window["criteria"]["G2a"]["indicators"]["took_part"]["previous"] is None
    assert window["criteria"]["G2a"]["indicators"]["interactions"]["value"] > 0
