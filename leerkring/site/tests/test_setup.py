"""bin/setup on a machine that lacks what it needs."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from leerkring.site.tests.wire import ROOT

TOOLS = ("sh", "dirname", "find", "cksum", "sort", "cat", "grep", "ls", "rm")


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A fresh copy of the sources that setting up reads, in a folder with a space in its name."""
    copy = tmp_path / "a folder"
    shutil.copytree(ROOT / "bin", copy / "bin")
    for name in (
        "pyproject.toml",
        "hatch_build.py",
        *(path.name for path in ROOT.glob("requirements*.lock")),
    ):
        shutil.copy(ROOT / name, copy / name)
    return copy


def _setup(copy: Path, *, python: str = "") -> subprocess.CompletedProcess[str]:
    """bin/setup where nothing is installed but a shell, a few tools, and perhaps this `python3`."""
    tools = copy / "tools"
    tools.mkdir()
    for name in TOOLS:
        found = shutil.which(name)
        assert found
        os.symlink(found, tools / name)
    if python:
        (tools / "python3").write_text(f"#!/bin/sh\n{python}\n", encoding="ascii")
        (tools / "python3").chmod(0o755)
    command = [str(copy / "bin" / "setup")]
    return subprocess.run(
        command, cwd="/", env={"PATH": str(tools)}, text=True, capture_output=True, check=False
    )


@pytest.mark.parametrize("python", ["", "exit 1"], ids=["no python", "python without venv, or too old"])
def test_without_python_it_says_what_to_install(bare: Path, python: str) -> None:
    ended = _setup(bare, python=python)
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1
    assert "apt-get install python3 python3-venv" in ended.stderr
