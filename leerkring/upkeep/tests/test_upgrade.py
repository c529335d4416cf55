"""A new version backs up first; when its migrations fail, everything is as it was."""

from __future__ import annotations

import shutil
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from leerkring.upkeep import migrations
from leerkring.upkeep.tests.instance import Instance, is_postgres
from tests.ports import free_port

#: A version with one migration more that goes well, and one that does what it is told.
NEWER = """
import django
as_it_was = django.setup
def setup():
    from django.conf import settings
    settings.MIGRATION_MODULES = {"upkeep": "newer"}
    as_it_was()
django.setup = setup
"""
HALF = """
from django.db import migrations
class Migration(migrations.Migration):
    dependencies = [("upkeep", "0001_notes")]
    operations = [
        migrations.RunSQL("CREATE TABLE upkeep_half (id integer)"),
        migrations.RunSQL("UPDATE people_user SET name = 'Half omgezet'"),
    ]
"""
WRONG = """
import os
from django.db import migrations
def wrong(apps, schema_editor):
    if os.environ.get("KILLED"):
        os._exit(9)
    raise ValueError("a row of Marieke")
class Migration(migrations.Migration):
    dependencies = [("upkeep", "0002_half")]
    operations = [migrations.RunPython(wrong)]
"""
#: Someone who tries to write in the database itself meanwhile.
LOOKS = """
import sqlite3
from pathlib import Path
from django.conf import settings
from django.db import migrations
def write(apps, schema_editor):
    with sqlite3.connect(Path(settings.DATA) / "leerkring.sqlite3", timeout=0.1) as other:
        try:
            other.execute("UPDATE people_user SET name = 'Intussen'")
        except sqlite3.OperationalError as error:
            assert "locked" in str(error)
            return
    raise AssertionError("it could be written")
class Migration(migrations.Migration):
    dependencies = [("upkeep", "0002_half")]
    operations = [migrations.RunPython(write)]
"""
on_sqlite = pytest.mark.skipif(is_postgres(), reason="about the file of SQLite")
UP_TO_DATE = "from leerkring.upkeep import tables\ntables.up_to_date()\n"


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """The folder of the migrations that the newer version has."""
    shutil.copytree(Path(migrations.__file__).parent, tmp_path / "version/newer")
    (tmp_path / "version/sitecustomize.py").write_text(NEWER)
    (tmp_path / "version/newer/0002_half.py").write_text(HALF)
    return tmp_path / "version/newer"


def test_an_upgrade_that_fails_half_way_leaves_everything_as_it_was(instance: Instance, newer: Path) -> None:
    (newer / "0003_wrong.py").write_text(WRONG)
    before = instance.contents(but=set())
    instance.env["PYTHONPATH"] = str(newer.parent)
    said = instance.refused("serve", "--port", str(free_port()))
    (kept,) = (instance.data / "backups").iterdir()
    assert kept.name.startswith("before-upgrade-")
    assert str(kept) in said
    assert "ValueError" in said
    assert "Marieke" not in said
    assert instance.contents(but=set()) == before
    assert said.count(".") >= 3

    # Killed in the middle it is what it was; what is written then stays, and the half copy goes.
    if not is_postgres():
        instance.env["KILLED"] = "1"
        with pytest.raises(AssertionError):
            instance.python(UP_TO_DATE)
        assert instance.contents(but=set()) == before
        assert (instance.data / "upgrade.sqlite3").exists()
        instance.execute("UPDATE people_user SET name = 'Daarna geschreven'")
        del instance.env["KILLED"]
        del instance.env["PYTHONPATH"]
        instance.python(UP_TO_DATE)
        assert instance.rows("SELECT DISTINCT name FROM people_user") == [("Daarna geschreven",)]
        assert list(instance.data.glob("*upgrade.sqlite3*")) == []


@on_sqlite
def test_an_upgrade_waits_for_nobody_and_changes_nothing_while_someone_has_the_database(
    instance: Instance, newer: Path
) -> None:
    before = instance.contents(but=set())
    instance.env["PYTHONPATH"] = str(newer.parent)
    with closing(sqlite3.connect(instance.data / "leerkring.sqlite3")) as looking:
        looking.execute("SELECT count(*) FROM people_user").fetchone()
        said = instance.refused("serve", "--port", str(free_port()))
        assert "something else has the database open" in said
        looking.execute("UPDATE people_user SET name = 'Intussen'")
        looking.commit()
    assert not (instance.data / "backups").exists()
    assert instance.contents(but={"people_user"}) == {
        name: rows for name, rows in before.items() if name != "people_user"
    }
    instance.python(UP_TO_DATE)
    assert instance.rows("SELECT DISTINCT name FROM people_user") == [("Half omgezet",)]


@on_sqlite
def test_nobody_writes_while_an_upgrade_is_under_way(instance: Instance, newer: Path) -> None:
    (newer / "0003_wrong.py").write_text(LOOKS)
    instance.env["PYTHONPATH"] = str(newer.parent)
    instance.python(UP_TO_DATE)
    assert "upkeep_half" in instance.tables()
    assert instance.integrity() == "ok"


def test_an_upgrade_that_goes_well_leaves_a_backup_of_before(instance: Instance, newer: Path) -> None:
    instance.env["PYTHONPATH"] = str(newer.parent)
    instance.python(UP_TO_DATE)
    assert instance.rows("SELECT DISTINCT name FROM people_user") == [("Half omgezet",)]
    (kept,) = (instance.data / "backups").iterdir()
    with tarfile.open(kept) as tar:
        assert "manifest.json" in tar.getnames()
    assert list(instance.data.glob("*upgrade.sqlite3*")) == []
    # The older version does not take the newer one's backup.
    instance.well("backup", newer / "newer.tar")
    del instance.env["PYTHONPATH"]
    assert "newer Leerkring" in instance.refused("drill", newer / "newer.tar")
