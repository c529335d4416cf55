from __future__ import annotations

from pathlib import Path

import pytest

from leerkring.upkeep.tests.instance import Instance


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Instance:
    """An instance with six people in a community, at rest; to be copied, never changed."""
    return Instance(tmp_path_factory.mktemp("made") / "made").begin(people=6)


@pytest.fixture
def instance(made: Instance, tmp_path: Path) -> Instance:
    """One like it, to do anything with."""
    return made.again(tmp_path / "here")
