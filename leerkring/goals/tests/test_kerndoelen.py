"""SLO's attainment targets: read in, once more, and followed when they are replaced."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from leerkring.goals import kerndoelen
from leerkring.goals.kerndoelen import NotSlo
from leerkring.goals.models import AttainmentTarget
from leerkring.goals.tests.test_goal import a_goal, at
from leerkring.people.models import User
from tests.cast import Browser, Side

_PLACES = [parent / "shared/data/slo-kerndoelen" for parent in Path(__file__).parents]
SLO = next((place for place in _PLACES if place.is_dir()), None)
needs_slo = pytest.mark.skipif(SLO is None, reason="SLO's files are not beside the repository")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """SLO's files, to do anything with."""
    assert SLO is not None
    return Path(shutil.copytree(SLO, tmp_path / "slo"))


@needs_slo
@pytest.mark.django_db
def test_all_are_read_and_read_again_nothing_changes(files: Path) -> None:
    done = kerndoelen.store(kerndoelen.read(files))
    assert (done.standing, done.withdrawn, done.new, done.changed) == (405, 73, 478, 0)
    again = kerndoelen.store(kerndoelen.read(files))
    assert (again.standing, again.withdrawn, again.new, again.changed) == (405, 73, 0, 0)


@needs_slo
def test_a_goal_that_worked_at_a_replaced_one_says_what_it_is_now(
    files: Path, browser: Browser, anna: User, regenboog: Side
) -> None:
    kerndoelen.store(kerndoelen.read(files))
    old = AttainmentTarget.objects.filter(is_withdrawn=True, replaced_by__is_withdrawn=False).first()
    assert old is not None
    now = old.replaced_by.all()[0]
    goal = a_goal(regenboog, anna)
    goal.tie(old, by=regenboog.member(anna))
    page = browser(anna).get(at(regenboog, goal)).content.decode()
    assert "vervangen" in page
    assert str(now.code) in page


def _cut(folder: Path) -> None:
    file = folder / "kerndoelen.json"
    file.write_bytes(file.read_bytes()[:-100])


def _no_list(folder: Path) -> None:
    (folder / "domeinen.json").write_text('{"a": 1}')


def _without_id(folder: Path) -> None:
    (folder / "kerndoelen.json").write_text(json.dumps([{"title": "Lezen"}]))


def _gone(folder: Path) -> None:
    (folder / "niveaus.json").unlink()


@needs_slo
@pytest.mark.django_db
@pytest.mark.parametrize("damage", [_cut, _no_list, _without_id, _gone])
def test_a_damaged_folder_is_refused_with_one_sentence(files: Path, damage: object) -> None:
    assert callable(damage)
    damage(files)
    with pytest.raises(NotSlo) as wrong:
        kerndoelen.store(kerndoelen.read(files))
    assert "\n" not in str(wrong.value)
    assert not AttainmentTarget.objects.exists()
