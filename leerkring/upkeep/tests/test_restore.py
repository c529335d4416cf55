"""A backup is put back whole or not at all, and nobody who was erased comes back with it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import tarfile
import time
from hashlib import sha256
from pathlib import Path

import pytest

from leerkring.people.sessions import kept
from leerkring.upkeep.tests.instance import ASKED, COMMAND, ROOT, Instance, is_postgres
from leerkring.upkeep.tests.test_upgrade import UP_TO_DATE
from tests.ports import free_port

on_sqlite = pytest.mark.skipif(is_postgres(), reason="about the file of SQLite")

#: Two people with a photo; one of them also says who they are, is away, and is asked in somewhere.
LIVE = """
from io import BytesIO
from PIL import Image
from leerkring import clock
from leerkring.communities.models import Community, Invitation, Membership
from leerkring.network.models import School
from leerkring.people.models import Away, User
from leerkring.people.photos import Portrait

for number in (1, 2):
    file = BytesIO()
    Image.new("RGB", (64, 64), "teal").save(file, "JPEG")
    size = file.tell()
    file.seek(0)
    User.objects.get(email=f"lid{number}@school.test").show(Portrait.read(file, size))
person = User.objects.get(email="lid1@school.test")
Away.plan(by=person, first_day=clock.today())
Membership.objects.get(user=person).introduce(gives="Koffie van Lid1 de Boer")
other = Community.found(school=School.objects.get(), name="Taal", by=User.objects.get(email="lid2@school.test"))
Invitation.make(other, email="lid1@school.test", by=None)
"""
ERASE = """
from leerkring.communities import erasing
from leerkring.people.models import User

person = User.objects.get(email="lid1@school.test")
erasing.erase(person, by=person)
"""


@pytest.fixture(scope="module")
def backup(made: Instance, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of six people in a community, with a file."""
    file = tmp_path_factory.mktemp("backup") / "backup.tar"
    made.put_file("1/foto.jpg", b"een foto van Marieke")
    made.put_file("2/foto.jpg", b"een foto van het bord")
    made.well("backup", file)
    return file


def texts(instance: Instance) -> list[str]:
    return [text for (text,) in instance.rows("SELECT text FROM knowledge_contribution ORDER BY id")]


def traces(instance: Instance) -> set[str]:
    """Tables in which one who was erased still is."""
    return {name for name, rows in instance.contents().items() if "Lid1" in str(rows) or "lid1" in str(rows)}


def test_who_was_erased_after_the_backup_is_erased_again(instance: Instance, tmp_path: Path) -> None:
    instance.python(LIVE)
    assert traces(instance) == {"people_user", "communities_membership", "communities_invitation"}
    assert len(instance.files()) == 4
    backup = tmp_path / "backup.tar"
    instance.well("backup", backup)
    instance.python(ERASE)
    assert traces(instance) == set()
    kept = instance.files()
    assert len(kept) == 2

    said = instance.well("restore", backup, "--replace")
    assert "1 erasures were done again" in said
    assert (traces(instance), instance.files()) == (set(), kept)

    new = Instance(tmp_path / "new")
    new.well("restore", backup, "--vanished", instance.data / "vanished.jsonl")
    assert (traces(new), new.files()) == (set(), kept)
    assert new.rows("SELECT * FROM people_away") == []
    line = json.loads((new.data / "vanished.jsonl").read_text().splitlines()[0])
    assert line["kind"] == "person"


def test_who_worked_in_it_reads_that_a_backup_was_put_back(
    backup: Path, instance: Instance, tmp_path: Path
) -> None:
    acts = "SELECT kind, at_server, user_id, community_id FROM communities_exceptionalact"
    told = "SELECT count(*) FROM communities_notice WHERE kind = 'oversight.act' AND mailed_in_id IS NULL"
    assert instance.rows(acts) == []
    before = "SELECT count(*) FROM communities_notice WHERE mailed_in_id IS NULL AND kind <> 'oversight.act'"
    assert instance.rows(before) != [(0,)]
    instance.well("restore", backup, "--replace")
    assert instance.rows(acts) == [("backup_restored", 1, None, None)]
    assert instance.rows(told) == instance.rows("SELECT count(*) FROM people_user")
    assert instance.rows(before) == [(0,)]  # it may have been mailed since the backup

    empty = Instance(tmp_path / "empty")
    empty.well("restore", backup)
    assert empty.rows(acts) == []


def test_a_list_with_what_this_version_does_not_know_changes_nothing(backup: Path, tmp_path: Path) -> None:
    lines = tmp_path / "vanished.jsonl"
    lines.write_text('{"kind": "hologram", "reference": "1", "at": "2999-01-01T00:00:00+00:00"}\n')
    empty = Instance(tmp_path / "empty")
    assert "hologram" in empty.refused("restore", backup, "--vanished", lines)
    assert empty.files() == {}
    assert empty.tables() == []


def test_what_is_no_list_of_what_vanished_is_refused(backup: Path, tmp_path: Path) -> None:
    picture, list_ = tmp_path / "foto.png", tmp_path / "vanished.jsonl"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    empty = Instance(tmp_path / "empty")
    assert "no list of what vanished" in empty.refused("restore", backup, "--vanished", picture)
    wrong = '{"kind": "conversation", "reference": "twaalf", "at": "2999-01-01T00:00:00+00:00"}\n'
    list_.write_text(wrong)
    assert "vanished.jsonl, line 1" in empty.refused("restore", backup, "--vanished", list_)
    assert empty.tables() == []
    good = '{"kind": "person", "reference": "%s", "at": "2999-01-01T00:00:00+00:00"}\n'
    list_.write_text(good % "0b0e7b7c-0f0a-4a8a-9d3c-0a0a0a0a0a0a" + "half a li")
    assert "1 lines read, 1 skipped" in empty.well("restore", backup, "--vanished", list_)


def test_a_photo_of_who_was_erased_while_the_backup_was_made_does_not_come_back(
    instance: Instance, tmp_path: Path
) -> None:
    instance.python(LIVE)
    kept = instance.files()
    instance.put_file("photos/0a0a-256.jpg", b"van wie toen gewist werd")
    instance.well("backup", tmp_path / "backup.tar")
    empty = Instance(tmp_path / "empty")
    empty.well("restore", tmp_path / "backup.tar")
    assert empty.files() == kept


def test_a_backup_holds_no_session_and_nothing_that_was_deleted_before(made: Instance, backup: Path) -> None:
    inside = backup.read_bytes()
    digest = kept(made.sessions[0])
    assert made.rows(f"SELECT count(*) FROM people_session WHERE session_key = '{digest}'") == [(1,)]
    assert digest.encode() not in inside
    assert b"Vertel het eens." in inside
    assert (backup.stat().st_mode & 0o777) == 0o600


def test_the_database_of_a_backup_has_no_trace_of_what_was_deleted(
    instance: Instance, tmp_path: Path
) -> None:
    instance.execute("UPDATE people_user SET name = 'Canarie die weg moet' WHERE id = 2")
    instance.execute("UPDATE people_user SET name = 'Lid' WHERE id = 2")
    instance.well("backup", tmp_path / "backup.tar")
    assert b"Canarie" not in (tmp_path / "backup.tar").read_bytes()


def test_a_file_that_is_there_is_not_written_over(instance: Instance, tmp_path: Path) -> None:
    file = tmp_path / "backup.tar"
    file.write_text("iets anders")
    assert "--force" in instance.refused("backup", file)
    assert file.read_text() == "iets anders"
    assert "no folder" in instance.refused("backup", tmp_path / "nergens" / "backup.tar")
    assert "There is nobody" in Instance(tmp_path / "empty").refused("backup", tmp_path / "other.tar")
    assert "cannot be written" in instance.refused("backup", file / "backup.tar")
    assert "cannot be written" in instance.refused("backup", tmp_path / ("a" * 300))
    instance.well("backup", file, "--force")
    with tarfile.open(file) as tar:
        assert tar.getnames()[-1] == "manifest.json"


def changed(backup: Path, target: Path, change: dict[str, bytes | None], *, cut: int = 0) -> Path:
    """The backup with members changed, taken out or added; or cut off."""
    with tarfile.open(backup) as old, tarfile.open(target, "w", format=tarfile.PAX_FORMAT) as new:
        names = [info.name for info in old]
        for name in [*(name for name in change if name not in names), *names]:
            there = old.extractfile(name) if name in names else None
            data = change.get(name, there.read() if there else None)
            if data is not None:
                info = tarfile.TarInfo(name)
                info.size = len(data)
                new.addfile(info, io.BytesIO(data))
    if cut:
        with target.open("r+b") as file:
            file.truncate(target.stat().st_size - cut)
    return target


def manifest(backup: Path) -> dict[str, object]:
    with tarfile.open(backup) as tar:
        file = tar.extractfile("manifest.json")
        assert file
        said: dict[str, object] = json.load(file)
    return said


def test_what_is_damaged_or_of_another_version_is_refused_as_a_whole(
    backup: Path, instance: Instance, tmp_path: Path
) -> None:
    said = manifest(backup)
    newer = {**said, "migrations": [*said["migrations"], ["jobs", "0999_of_tomorrow"]]}  # type: ignore[misc]
    other = {**said, "engine": "oracle"}
    (tmp_path / "text").write_text("geen back-up")
    wrong = {
        "a changed file": changed(backup, tmp_path / "a", {"1/foto.jpg": None, "files/1/foto.jpg": b"x"}),
        "a missing file": changed(backup, tmp_path / "b", {"files/1/foto.jpg": None}),
        "one too many": changed(backup, tmp_path / "c", {"files/3/extra.jpg": b"x"}),
        "a way out": changed(backup, tmp_path / "d", {"files/../../../out": b"x"}),
        "no manifest": changed(backup, tmp_path / "e", {"manifest.json": None}),
        "half of it": changed(backup, tmp_path / "f", {}, cut=20_000),
        "no backup": tmp_path / "text",
        "newer": changed(backup, tmp_path / "g", {"manifest.json": json.dumps(newer).encode()}),
        "another database": changed(backup, tmp_path / "h", {"manifest.json": json.dumps(other).encode()}),
        "a manifest that is a number": changed(backup, tmp_path / "i", {"manifest.json": b"5"}),
        "a name too long": changed(backup, tmp_path / "j", {f"files/{'a' * 300}": b"x"}),
        "a file that is a folder too": changed(backup, tmp_path / "k", {"files/a": b"x", "files/a/b": b"x"}),
        "a folder that is a file too": changed(backup, tmp_path / "l", {"files/a/b": b"x", "files/a": b"x"}),
        "a folder": tmp_path,
        "under a file": tmp_path / "text" / "x",
        "not there": tmp_path / "nergens",
    }
    before, files = instance.contents(), instance.files()
    script = (
        "from pathlib import Path\nfrom leerkring.upkeep.restore import restore\n"
        "from leerkring.upkeep.failure import CannotBeDone\n"
        f"for name, file in {[(name, str(file)) for name, file in wrong.items()]!r}:\n"
        "    try:\n        restore(Path(file), replace=True, lists=[])\n        print(name, 'RESTORED')\n"
        "    except CannotBeDone as cannot:\n        print(name, '|', cannot)\n"
    )
    sentences = dict(line.split(" | ") for line in instance.python(script).splitlines())
    assert sentences.keys() == wrong.keys()
    assert "newer" in sentences["newer"]
    assert "another kind" in sentences["another database"]
    assert (instance.contents(), instance.files()) == (before, files)
    assert not (tmp_path / "out").exists()
    assert not list((instance.data / "backups").glob("*"))


def test_an_older_backup_is_brought_up_to_this_version(instance: Instance, tmp_path: Path) -> None:
    instance.python(
        "from django.core.management import call_command\ncall_command('migrate', 'upkeep', 'zero')"
    )
    assert "upkeep_note" not in instance.tables()
    instance.well("backup", tmp_path / "old.tar")
    empty = Instance(tmp_path / "empty")
    empty.well("restore", tmp_path / "old.tar")
    assert "upkeep_note" in empty.tables()
    assert texts(empty) == texts(instance)


def test_nothing_is_restored_while_the_server_runs(backup: Path, instance: Instance) -> None:
    with instance.served():
        assert "running" in instance.refused("restore", backup, "--replace")
    instance.well("restore", backup, "--replace")


def test_nothing_is_restored_while_the_worker_works(backup: Path, instance: Instance) -> None:
    before = instance.contents(but={"jobs_job"})
    worker = subprocess.Popen([*COMMAND, "work"], cwd=ROOT, env=instance.env)
    try:
        for _ in range(1200):
            if instance.rows("SELECT 1 FROM jobs_job WHERE kind = 'upkeep.backup'"):
                break
            time.sleep(0.05)
        assert "running" in instance.refused("restore", backup, "--replace")
    finally:
        worker.terminate()
        assert worker.wait(60) == 0
    assert instance.contents(but={"jobs_job"}) == before
    assert not (instance.data / "backups").exists()
    instance.well("restore", backup, "--replace")


def test_nothing_begins_while_a_backup_is_put_back(instance: Instance, tmp_path: Path) -> None:
    with instance.meanwhile("nobody_home()"):
        for asked in (
            ["serve", "--port", str(free_port())],
            ["work"],
            ["demo"],
            ["link", "kee@school.test"],
            ["backup", tmp_path / "other.tar"],
        ):
            assert "being put back" in instance.refused(*asked)
    # Several may be here together.
    with instance.meanwhile("at_home()"):
        instance.well("link", "kee@school.test")


@on_sqlite
def test_a_database_that_someone_opens_at_the_last_moment_stays(backup: Path, instance: Instance) -> None:
    before, files = instance.contents(), instance.files()
    late = (
        "import sqlite3\nfrom leerkring.upkeep import copies, restore, swap\n"
        "from leerkring.upkeep.failure import CannotBeDone\nfrom pathlib import Path\n"
        "def note(said, note=swap._note):\n"
        "    note(said)\n    copies.opened = sqlite3.connect(copies.file())\n"
        "    copies.opened.execute('PRAGMA journal_mode=WAL')\n"
        "    copies.opened.execute('SELECT * FROM people_user').fetchone()\n"
        "swap._note = note\n"
        f"try:\n    restore.restore(Path({str(backup)!r}), replace=True, lists=[])\n"
        "except CannotBeDone as cannot:\n    print(cannot)\n"
    )
    assert "something else has it open" in instance.python(late)
    assert (instance.contents(), instance.files()) == (before, files)
    assert not (instance.data / "restore.json").exists()


def test_the_next_start_tidies_what_was_killed_unless_someone_holds_it(instance: Instance) -> None:
    left = [instance.data / f".{what}-abc" for what in ("backup", "drill", "restore")]
    for folder in left:
        folder.mkdir()
        (folder / "leerkring.sqlite3").write_text("Marieke")
    with instance.meanwhile("locked('drill.lock')"):
        instance.python(UP_TO_DATE)
        assert [folder for folder in left if folder.exists()] == [left[1]]
    instance.python(UP_TO_DATE)
    assert [folder for folder in left if folder.exists()] == []


@pytest.mark.skipif(not is_postgres(), reason="about the schemas of PostgreSQL")
def test_the_next_start_tidies_the_schema_of_what_was_killed(instance: Instance) -> None:
    schemas = "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'restore%'"
    instance.execute(f"CREATE SCHEMA restore_{'0a' * 16}")
    instance.execute("CREATE SCHEMA restored_by_hand")
    with instance.meanwhile("advisory(SCHEMAS, shared=True)"):
        instance.python(UP_TO_DATE)
        assert instance.rows(schemas) == [(2,)]
    instance.python(UP_TO_DATE)
    assert instance.rows(schemas) == [(1,)]


def test_halves_of_killed_backups_go_and_files_of_others_stay(instance: Instance, tmp_path: Path) -> None:
    halves = [
        tmp_path / name
        for name in (
            ".mijn.back-up.a1b2c3_d.half",
            ".before-restore-20260101T000000Z.damaged.a1b2c3_d.half",
            ".leerkring-20260101T000000Z.tar.a1b2c3_d.half",
        )
    ]
    others = [
        tmp_path / name
        for name in (
            ".mijn.back-up.sha256",
            ".mijn.back-up.checksum",
            ".leerkring-20260101T000000Z.tar.checksum",
            ".ander.tar.a1b2c3_d.half",
        )
    ]
    for file in (*halves, *others):
        file.write_text("x")
    instance.well("backup", tmp_path / "mijn.back-up")
    assert [file for file in halves if file.exists()] == []
    assert [file for file in others if not file.exists()] == []


@on_sqlite
def test_a_damaged_database_is_kept_as_it_is_and_replaced(
    backup: Path, instance: Instance, tmp_path: Path
) -> None:
    database = instance.data / "leerkring.sqlite3"
    database.write_bytes(database.read_bytes()[:8192] + os.urandom(200_000))
    assert "--replace" in instance.refused("restore", backup)
    # When it does not succeed, the damaged one lies there as it lay.
    damaged = database.read_bytes()
    lines = tmp_path / "vanished.jsonl"
    lines.write_text('{"kind": "hologram", "reference": "1", "at": "2999-01-01T00:00:00+00:00"}\n')
    assert "hologram" in instance.refused("restore", backup, "--replace", "--vanished", lines)
    assert database.read_bytes() == damaged
    said = instance.well("restore", backup, "--replace")
    assert ".damaged" in said
    assert texts(instance) == ["Vertel het eens."]
    assert instance.integrity() == "ok"


@on_sqlite
def test_of_a_damaged_database_one_sentence_says_that_no_backup_can_be_made(
    instance: Instance, tmp_path: Path
) -> None:
    # Whether anyone lives here can still be read; their community cannot.
    root, size = instance.rows(
        "SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_master"
        " WHERE name = 'communities_community'"
    )[0]
    with (instance.data / "leerkring.sqlite3").open("r+b") as database:
        database.seek((root - 1) * size)
        database.write(os.urandom(size))
    for command in (("backup", tmp_path / "new.tar"), ("drill",)):
        assert "database" in instance.refused(*command)
    assert not (tmp_path / "new.tar").exists()


@on_sqlite
def test_a_backup_of_a_damaged_database_is_refused(backup: Path, instance: Instance, tmp_path: Path) -> None:
    said, junk = manifest(backup), os.urandom(8192)
    said["members"]["database.sqlite3"] = {"bytes": 8192, "sha256": sha256(junk).hexdigest()}  # type: ignore[index]
    change: dict[str, bytes | None] = {"database.sqlite3": junk, "manifest.json": json.dumps(said).encode()}
    file = changed(backup, tmp_path / "junk.tar", change)
    for command in ("drill", "restore"):
        assert "damaged" in instance.refused(command, file)


def test_a_drill_proves_that_a_backup_can_be_put_back(
    backup: Path, instance: Instance, tmp_path: Path
) -> None:
    before = instance.contents(but={"upkeep_note", "people_session"})
    assert "went well" in instance.well("drill")
    assert instance.rows("SELECT kind, outcome FROM upkeep_note") == [("drill", "passed")]
    cut = changed(backup, tmp_path / "cut", {}, cut=20_000)
    assert "damaged" in instance.refused("drill", cut)
    assert "cannot be read" in instance.refused("drill", tmp_path)
    assert instance.rows("SELECT kind, outcome FROM upkeep_note") == [("drill", "failed")]
    assert instance.contents(but={"upkeep_note", "people_session"}) == before
    assert [path.name for path in instance.data.iterdir() if path.name.startswith(".")] == []


def test_no_command_and_no_log_tells_what_groups_do(instance: Instance, tmp_path: Path) -> None:
    for change in (
        "communities_community SET name = 'kanariegroep', aim = 'kanariedoel'",
        "communities_membership SET gives = 'kanarielid', shows = 'kanarielid'",
        "knowledge_conversation SET title = 'kanarietitel'",
        "knowledge_contribution SET text = 'kanarietekst'",
    ):
        instance.execute(f"UPDATE {change}")
    file = tmp_path / "backup.tar"
    said = [
        instance.well("backup", file),
        instance.refused("backup", file),
        instance.well("drill"),
        instance.well("drill", file),
        instance.refused("drill", changed(file, tmp_path / "cut", {}, cut=20_000)),
        instance.refused("restore", file),
        instance.well("restore", file, "--replace"),
        instance.well("link", "kee@school.test"),
        instance.refused("init", *ASKED),
    ]
    assert texts(instance) == ["kanarietekst"]
    log = Path(instance.env["LEERKRING_LOG"])
    said.append(log.read_text() if log.exists() else "")
    assert "kanarie" not in " ".join(said)


KILLS = """
import json, os, pathlib, shutil, sqlite3
from django.conf import settings
from django.db import connection
from leerkring.upkeep import copies, swap
from leerkring.upkeep.models import Note

DATA = pathlib.Path(settings.DATA)
PLACE = DATA.parent / "kept"
connection.close()

def lay_out():
    for name in ("leerkring.sqlite3", "restore.json", "restore.part"):
        for end in ("", "-wal", "-shm"):
            (DATA / f"{name}{end}").unlink(missing_ok=True)
    shutil.rmtree(DATA / "files", ignore_errors=True)
    shutil.rmtree(PLACE, ignore_errors=True)
    shutil.copy(DATA.parent / "old.sqlite3", DATA / "leerkring.sqlite3")
    shutil.copytree(DATA.parent / "old-files", DATA / "files")
    (PLACE / "files").mkdir(parents=True)
    shutil.copy(DATA.parent / "new.sqlite3", PLACE / "leerkring.sqlite3")
    shutil.copytree(DATA.parent / "new-files", PLACE / "files", dirs_exist_ok=True)

def state():
    names = sorted(p.relative_to(DATA / "files").as_posix() for p in (DATA / "files").rglob("*") if p.is_file())
    with sqlite3.connect(DATA / "leerkring.sqlite3") as db:
        ok = db.execute("PRAGMA integrity_check").fetchone()[0]
        name = db.execute("SELECT name FROM people_user WHERE id = 1").fetchone()[0]
    return [name, names, ok]

# Two instances: of now, and made ready from a backup.
copies.at_rest(DATA / "leerkring.sqlite3")
shutil.copy(DATA / "leerkring.sqlite3", DATA.parent / "old.sqlite3")
shutil.copy(DATA / "leerkring.sqlite3", DATA.parent / "new.sqlite3")
with sqlite3.connect(DATA.parent / "new.sqlite3") as db:
    db.execute("UPDATE people_user SET name = 'Van de back-up' WHERE id = 1")
    db.execute("INSERT INTO upkeep_note (kind, outcome, name, detail, at) VALUES "
               "('restore', 'restored', 'token', '', '2026-01-01')")
for where, files in (("old", ("a/old", "b/both")), ("new", ("b/both", "c/new"))):
    for file in files:
        path = DATA.parent / f"{where}-files" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")

def dies_at(number):
    left = [number]
    def before(function):
        def counted(*arguments, **named):
            left[0] -= 1
            if not left[0]:
                os._exit(9)
            return function(*arguments, **named)
        return counted
    pathlib.Path.replace = before(pathlib.Path.replace)
    pathlib.Path.unlink = before(pathlib.Path.unlink)
    swap.sync_folder = before(swap.sync_folder)
    copies.at_rest = before(copies.at_rest)
    swap.take_place(PLACE, "token", "")
    os._exit(0)

seen = []
for number in range(1, 99):
    lay_out()
    child = os.fork()
    if not child:
        dies_at(number)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    swap.settle()
    connection.close()
    seen.append([state(), (DATA / "restore.json").exists()])
    if not ended:
        break
print(json.dumps(seen))
"""


@on_sqlite
def test_a_kill_at_any_moment_leaves_the_old_or_the_new(instance: Instance) -> None:
    seen = json.loads(instance.python(KILLS))
    old, new = ["Kee Post", ["a/old", "b/both"], "ok"], ["Van de back-up", ["b/both", "c/new"], "ok"]
    assert len(seen) > 8
    assert [one for one in seen if one not in ([old, False], [new, False])] == []
    assert seen[0] == [old, False]
    assert seen[-1] == [new, False]
    turn = seen.index([new, False])
    assert seen == [[old, False]] * turn + [[new, False]] * (len(seen) - turn)
