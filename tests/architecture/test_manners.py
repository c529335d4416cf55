"""Rules of the house that are seen in the text itself."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE, ROOT, folders, modules, said, templates, tree

#: A view hands over: access, form, verb, render. Statements, without its docstring.
LONGEST_VIEW = 15
LONGEST_MODULE = 400
NAMES_THAT_SAY_NOTHING = {
    "utils",
    "util",
    "services",
    "service",
    "helpers",
    "helper",
    "manager",
    "managers",
    "common",
}
READS_THE_CLOCK = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("timezone", "now"),
    ("timezone", "localdate"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
    ("time", "gmtime"),
}


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef))


def statements(function: ast.FunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return sum(isinstance(node, ast.stmt) for part in body for node in ast.walk(part))


def is_view(function: ast.FunctionDef) -> bool:
    return bool(function.args.args) and function.args.args[0].arg == "request"


def test_a_view_only_hands_over() -> None:
    long = [
        f"{said(path)}: {function.name} ({statements(function)})"
        for path in sorted(PACKAGE.glob("*/views.py"))
        for function in functions(path)
        if is_view(function) and statements(function) > LONGEST_VIEW
    ]
    assert long == []


def test_a_module_is_read_in_one_sitting() -> None:
    long = {
        said(path): lines
        for path in modules()
        # A table of words is looked up, not read.
        if "words" not in path.parts and (lines := len(path.read_text().splitlines())) > LONGEST_MODULE
    }
    assert long == {}


def test_who_did_it_and_when_are_always_said_by_name() -> None:
    """A verb's `by` and `at` are keyword-only: nobody mixes up who is invited and who invites."""
    positional = [
        f"{said(path)}: {function.name}({argument.arg})"
        for path in modules()
        if path.name == "models.py" or path.parent.name == "models"
        for function in functions(path)
        for argument in function.args.args
        if argument.arg in {"by", "at"} and not function.name.startswith("_")
        if any(ast.unparse(d).endswith("atomic") for d in function.decorator_list)
    ]
    assert positional == []


def test_names_say_what_is_inside() -> None:
    empty = [
        said(path)
        for path in PACKAGE.rglob("*")
        if path.stem in NAMES_THAT_SAY_NOTHING and "node_modules" not in path.parts
    ]
    assert empty == []


def test_only_the_clock_reads_the_time() -> None:
    readers = [
        f"{said(path)}:{node.lineno}"
        for path in modules(migrations=True)
        if path.parent != PACKAGE / "clock"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        if (ast.unparse(node.value).rpartition(".")[2], node.attr) in READS_THE_CLOCK
    ]
    assert readers == []


def test_the_engine_knows_no_time_of_its_own() -> None:
    imported = {
        f"{said(path)}: {name}"
        for path in modules()
        if "engine" in path.relative_to(PACKAGE).parts
        for node in ast.walk(tree(path))
        for name in _imported(node)
        if name.split(".")[0] in {"time", "random", "secrets", "django"}
    }
    assert imported == set()


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


def test_nothing_happens_by_signal() -> None:
    signals = [
        f"{said(path)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Import | ast.ImportFrom)
        if any("signals" in name.split(".") or name == "django.dispatch" for name in _imported(node))
        or (isinstance(node, ast.ImportFrom) and any(alias.name == "signals" for alias in node.names))
    ]
    assert signals == []


def test_only_ui_says_that_text_is_safe() -> None:
    unescaped = re.compile(r"\|\s*safe(seq)?\b|\bmark_safe\b|\{%\s*autoescape\s+off")
    found = [
        said(path)
        for path in [*modules(), *templates()]
        if path.relative_to(PACKAGE).parts[0] != "ui" and path.suffix != ".txt"
        if unescaped.search(path.read_text())
    ]
    assert found == []


def test_templates_hold_no_script_and_no_style() -> None:
    """The content security policy would stop them, so that a page would break where nobody looks."""
    inline = re.compile(r"<style|\sstyle=|\son[a-z]+\s*=|<script(?![^>]*\bsrc=)|javascript:", re.IGNORECASE)
    found = [said(path) for path in templates() if path.suffix == ".html" and inline.search(path.read_text())]
    assert found == []


def test_what_is_left_to_do_is_in_an_issue() -> None:
    loose = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b(?!.*#\d)")
    places = [*modules(tests=True), *templates(), *(ROOT / "frontend").glob("*.ts")]
    found = [
        f"{said(path)}:{number}"
        for path in places
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if loose.search(line)
    ]
    assert found == []


def test_every_icon_that_is_asked_for_is_drawn() -> None:
    asked = re.compile(r"""\{%\s*icon\s+"([a-z0-9-]+)"|\bsymbol="([a-z0-9-]+)\"""")
    named = set((ROOT / "frontend/icons.txt").read_text().split())
    wanted = {
        f"{said(path)}: {name}"
        for path in templates()
        for pair in asked.findall(path.read_text())
        for name in pair
        if name and name not in named
    }
    assert wanted == set()


@pytest.mark.parametrize("folder", folders())
def test_the_glossary_names_every_folder(folder: str) -> None:
    assert f"`{folder}`" in (ROOT / "docs/glossary.md").read_text()
