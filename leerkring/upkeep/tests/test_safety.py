"""Nothing that was acknowledged is lost: backups while people write, a kill in the middle, a full disk."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPException
from pathlib import Path

import pytest

from leerkring.upkeep.tests.instance import SESSIONS, Instance, Writer, is_postgres
from tests.cast import Tell

#: What a restore itself leaves behind.
BUT = SESSIONS | {"upkeep_note", "communities_digest", "communities_notice"}
#: In the place of another instance it is an exceptional act besides, of which everyone is told.
TOLD = BUT | {"communities_exceptionalact", "people_user"}
#: How many more times the community was renewed than something was written down.
BESIDE = "SELECT version - (SELECT count(*) FROM communities_record) FROM communities_community"
NAMES = "SELECT name, email FROM people_user ORDER BY id"


@contextmanager
def writers(instance: Instance) -> Iterator[list[Writer]]:
    with ExitStack() as stack:
        yield [stack.enter_context(closing(Writer(instance, session))) for session in instance.sessions]


def test_a_backup_while_twenty_writes_a_second_arrive_is_one_moment(
    instance: Instance, tmp_path: Path, tell: Tell
) -> None:
    file = tmp_path / "backup.tar"
    done = threading.Event()
    written: list[str] = []

    def write_on(writer: Writer, number: int) -> None:
        while not done.is_set():
            text = f"Schrijver {number} zegt {len(written)} en {time.monotonic()}"
            instance.put_file(f"{number}/{len(written)}-{time.monotonic_ns()}", text.encode())
            if writer.reply(text)[0] == 302:
                written.append(text)
            time.sleep(0.1)

    with instance.served(), writers(instance) as all_, ThreadPoolExecutor(6) as pool:
        for number, writer in enumerate(all_):
            pool.submit(write_on, writer, number)
        time.sleep(1)
        before, there = list(written), set(instance.files())
        began = time.monotonic()
        instance.well("backup", file)
        took = time.monotonic() - began
        during = len(written) - len(before)
        done.set()
    tell("writes while the backup was made", [f"{during} in {took:.1f} s: {during / took:.0f} a second"])
    assert during >= 20

    empty = Instance(tmp_path / "empty")
    empty.well("restore", file)
    texts = [text for (text,) in empty.rows("SELECT text FROM knowledge_contribution ORDER BY id")]
    assert set(before) <= set(texts)
    assert empty.integrity() == "ok"
    # One moment: the replies, their lines in the log and the version of the community agree.
    replies = len(texts) - 1
    assert empty.rows("SELECT count(*) FROM communities_record WHERE kind = 'conversation.replied'") == [
        (replies,)
    ]
    assert empty.rows("SELECT count(*) FROM people_session") == [(0,)]
    assert set(empty.files()) >= there
    assert all(instance.files()[name] == content for name, content in empty.files().items())


def test_what_is_restored_into_an_empty_and_into_a_used_instance_is_equal(
    instance: Instance, tmp_path: Path
) -> None:
    instance.put_file("aa/foto.jpg", b"\xff\xd8 een foto")
    instance.put_file("bb/verslag.odt", b"PK een verslag")
    file = tmp_path / "backup.tar"
    instance.well("backup", file)
    content, files = instance.contents(but=BUT), instance.files()
    names = instance.rows(NAMES)

    empty = Instance(tmp_path / "empty")
    empty.well("restore", file)
    assert empty.contents(but=BUT) == content
    assert empty.files() == files

    used = instance.again(tmp_path / "used")
    used.execute("UPDATE people_user SET name = 'Iemand anders'")
    shutil.rmtree(used.data / "files")
    used.put_file("cc/ander.jpg", b"van een ander")
    before = used.contents(but=BUT)
    assert "--replace" in used.refused("restore", file)
    assert used.contents(but=BUT) == before
    said = used.well("restore", file, "--replace")
    told = {table: rows for table, rows in content.items() if table not in TOLD}
    assert used.contents(but=TOLD) == told
    assert used.rows(NAMES) == names
    assert used.files() == files

    # And what was there can be put back.
    kept = next((used.data / "backups").glob("before-restore-*.tar"))
    assert str(kept) in said
    used.well("restore", kept, "--replace")
    assert used.contents(but=TOLD) == {table: rows for table, rows in before.items() if table not in TOLD}
    assert {name for name, _ in used.rows(NAMES)} == {"Iemand anders"}
    assert used.files() == {"cc/ander.jpg": b"van een ander"}


def test_what_was_acknowledged_survives_a_kill_whole(instance: Instance) -> None:
    acknowledged: list[str] = []
    enough = threading.Event()

    def write_on(writer: Writer, number: int) -> None:
        for turn in range(500):
            text = f"Antwoord {number} {turn} van wie schrijft"
            try:
                if writer.reply(text)[0] != 302:
                    return
            except (OSError, HTTPException):
                return  # the server is gone: this one was not acknowledged
            acknowledged.append(text)
            if len(acknowledged) >= 500:
                enough.set()

    beside = instance.rows(BESIDE)
    instance.start()
    with writers(instance) as all_, ThreadPoolExecutor(6) as pool:
        for number, writer in enumerate(all_):
            pool.submit(write_on, writer, number)
        assert enough.wait(60)
        instance.end(signal.SIGKILL)

    with instance.served():
        assert instance.health() == (200, '{"ready": true, "reason": ""}')
    assert instance.integrity() == "ok"
    there = instance.rows("SELECT id, text FROM knowledge_contribution")
    assert set(acknowledged) <= {text for _, text in there}
    told = instance.rows("SELECT count(*) FROM communities_record WHERE kind = 'conversation.replied'")
    assert told == [(len(there) - 1,)]
    # Every reply raised the version by one, and wrote one line.
    assert instance.rows(BESIDE) == beside


# A full disk


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Twelve megabytes."""
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(place)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(place: Path) -> Path:
    """Not a byte is left."""
    filler = place / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1024 * 1024, 4096, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue
    return filler


@pytest.mark.skipif(is_postgres(), reason="there the database is on another disk")
@pytest.mark.skipif(shutil.which("mount") is None or os.geteuid() != 0, reason="needs a disk of its own")
def test_a_full_disk_is_said_and_over_when_there_is_space_again(made: Instance, small_disk: Path) -> None:
    instance = made.again(small_disk / "here", LEERKRING_LOG=str(small_disk / "log"))
    with instance.served(), writers(instance) as (anna, bram, *_):
        assert anna.reply("Voor de schijf vol was")[0] == 302
        filler = fill(small_disk)
        long = "Dit past er niet meer bij. " * 300
        answers = [anna.reply(f"{number} {long}") for number in range(5)]
        status, _, page = answers[-1]
        assert status == 507
        assert "Er is geen ruimte meer om iets te bewaren" in page
        assert "Wat je typte, staat nog op dit apparaat" in page
        assert long.strip() in page
        kept = {number for number, answer in enumerate(answers) if answer[0] == 302}
        assert {answer[0] for answer in answers} <= {302, 507}

        status, headers, fragment = bram.reply(long, HX_Request="true", Accept_Language="en")
        assert status == 507
        assert headers["HX-Retarget"] == "#messages"
        assert "<!doctype" not in fragment
        assert "There is no space left" in fragment
        assert instance.health() == (503, '{"ready": false, "reason": "the disk is full"}')
        assert instance.ask("GET", instance.address, Cookie=bram._cookie)[0] == 200

        said = instance.refused("backup", small_disk / "backup.tar")
        assert "not enough space" in said
        left = {path.name for path in small_disk.iterdir()} | {path.name for path in instance.data.iterdir()}
        assert [name for name in left if name.startswith(".") or "backup.tar" in name] == []

        filler.unlink()
        assert instance.health()[0] == 200
        assert bram.reply("Er is weer ruimte")[0] == 302
    assert instance.integrity() == "ok"
    texts = [text for (text,) in instance.rows("SELECT text FROM knowledge_contribution")]
    assert {"Voor de schijf vol was", "Er is weer ruimte"} <= set(texts)
    assert {int(text.split()[0]) for text in texts if text.endswith(long)} == kept
