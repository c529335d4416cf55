"""`leerkring import`: public lists, read in by who keeps the instance."""

from __future__ import annotations

import shutil
from pathlib import Path

from leerkring.goals.tests.test_kerndoelen import SLO, needs_slo
from leerkring.upkeep.tests.instance import Instance


@needs_slo
def test_it_reads_slos_targets_and_says_what_is_wrong(instance: Instance, tmp_path: Path) -> None:
    assert SLO is not None
    files = Path(shutil.copytree(SLO, tmp_path / "slo"))
    assert "405 kerndoelen, and 73" in instance.well("import", "kerndoelen", files)
    (files / "kerndoelen.json").write_text("[{")
    assert "is no JSON" in instance.refused("import", "kerndoelen", files, status=2)
    assert instance.rows("SELECT count(*) FROM goals_attainmenttarget") == [(478,)]


def test_a_folder_that_is_not_there_is_one_sentence(instance: Instance, tmp_path: Path) -> None:
    assert "cannot be read" in instance.refused("import", "kerndoelen", tmp_path / "nergens", status=2)
