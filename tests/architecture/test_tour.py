"""The tour names files and what is in them; what it names is there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE, ROOT, tree

TOUR = ROOT / "docs" / "tour.md"
#: `communities/rooms.py:room` or `knowledge/models.py:Conversation.reply`, and where its link leads.
STOP = re.compile(r"`([\w/]+\.py):([\w.]+)`(?:\]\(([^)\s]+)\))?")
LINK = re.compile(r"\]\(([^)\s]+)\)")


@cache
def stops() -> list[tuple[str, str, str]]:
    """File, name and link of every stop."""
    return STOP.findall(TOUR.read_text(encoding="utf-8"))


def defined(body: list[ast.stmt]) -> Iterator[tuple[str, list[ast.stmt]]]:
    """The names that a module or class gives to something, each with what is inside it."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, []
        elif isinstance(node, ast.ClassDef):
            yield node.name, node.body
        elif isinstance(node, ast.Assign):
            yield from ((target.id, []) for target in node.targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id, []


def has(path: Path, name: str) -> bool:
    body = tree(path).body
    for part in name.split("."):
        inside = dict(defined(body))
        if part not in inside:
            return False
        body = inside[part]
    return True


@pytest.mark.parametrize(("file", "name"), sorted({(file, name) for file, name, _ in stops()}))
def test_what_the_tour_names_is_there(file: str, name: str) -> None:
    path = PACKAGE / file
    assert path.is_file(), f"{file} is not there"
    assert has(path, name), f"{file} has no {name}"


def test_a_name_that_is_not_there_is_noticed() -> None:
    path = PACKAGE / "communities" / "rooms.py"
    assert has(path, "room")
    assert not has(path, "gone")
    assert not has(path, "room.gone")


def test_the_tour_links_to_the_files_it_names() -> None:
    wrong = [
        f"{file}:{name}"
        for file, name, link in stops()
        if not link or (TOUR.parent / link).resolve() != PACKAGE / file
    ]
    assert wrong == []


@pytest.mark.parametrize("page", sorted(p.relative_to(ROOT).as_posix() for p in ROOT.glob("docs/**/*.md")))
def test_a_page_links_only_to_what_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    gone = [
        link
        for link in LINK.findall(text)
        if "://" not in link and not link.startswith("#")
        if not ((ROOT / page).parent / link.partition("#")[0]).exists()
    ]
    assert gone == []


def test_the_readme_links_only_to_what_is_there() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [link for link in LINK.findall(text) if "://" not in link and not (ROOT / link).exists()] == []


def test_the_tour_goes_all_the_way() -> None:
    """From the address to the evidence, and from a file to the same engine."""
    named = {file for file, _, _ in stops()}
    assert {
        "site/urls.py",
        "communities/rooms.py",
        "communities/access.py",
        "knowledge/forms.py",
        "knowledge/models.py",
        "knowledge/happenings.py",
        "effectiveness/gathering.py",
        "effectiveness/kept.py",
        "engine/live.py",
        "engine/indicators.py",
        "effectiveness/page.py",
        "engine/evidence.py",
        "engine/exports/reading.py",
        "site/assess.py",
    } <= named
