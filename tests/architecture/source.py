"""The project's own text, as the tests of this folder read it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "leerkring"


def folders() -> list[str]:
    """The folders of the package: its layers."""
    return sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))


def modules(*, tests: bool = False, migrations: bool = False) -> Iterator[Path]:
    """The package's Python files."""
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).parts
        if (tests or "tests" not in parts) and (migrations or "migrations" not in parts):
            yield path


def templates() -> list[Path]:
    """Every template, mails too."""
    return sorted(p for p in PACKAGE.glob("*/templates/**/*") if p.suffix in {".html", ".txt"})


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def said(path: Path) -> str:
    """How a failing test names a file."""
    return path.relative_to(ROOT).as_posix()
