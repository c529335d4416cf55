"""A new version backs up first; when its migrations fail, everything is as it was."""

from __future__ import annotations

import shutil
import tarfile
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

    # Killed in the middle it is found half done, and put back.
    if not is_postgres():
        instance.env["KILLED"] = "1"
        with pytest.raises(AssertionError):
            instance.python(UP_TO_DATE)
        assert "upkeep_half" in instance.tables()
        del instance.env["KILLED"]
        del instance.env["PYTHONPATH"]
        instance.python(UP_TO_DATE)
        assert instance.contents(but=set()) == before


def test_an_upgrade_that_goes_well_leaves_a_backup_of_before(instance: Instance, newer: Path) -> None:
    instance.env["PYTHONPATH"] = str(newer.parent)
    instance.python(UP_TO_DATE)
    assert instance.rows("SELECT DISTINCT name FROM people_user") == [("Half omgezet",)]
    (kept,) = (instance.data / "backups").iterdir()
    with tarfile.open(kept) as tar:
        assert "manifest.json" in tar.getnames()
    assert not (instance.data / "before-upgrade.sqlite3").exists()
    # The older version does not take the newer one's backup.
    instance.well("backup", newer / "newer.tar")
    del instance.env["PYTHONPATH"]
    assert "newer Leerkring" in instance.refused("drill", newer / "newer.tar")
