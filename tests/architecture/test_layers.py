"""Nothing imports upward; nothing refers upward by a name either."""

from __future__ import annotations

import subprocess
import sys
import tomllib

from django.apps import apps

from tests.architecture.source import ROOT, folders


def layers() -> list[str]:
    """From the bottom to the top, as pyproject.toml has them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    order = next(c["layers"] for c in contracts if c["type"] == "layers")
    return list(reversed(order))


def test_nothing_imports_upward() -> None:
    # In a process of its own: it turns off every logger there is, which other tests listen to.
    check = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", check], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_every_folder_has_its_place() -> None:
    assert sorted(layers()) == folders()


def test_no_table_refers_to_a_layer_above_it() -> None:
    height = {name: number for number, name in enumerate(layers())}
    upward = [
        f"{model.__module__}.{model.__name__}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model
        if model._meta.app_label in height and field.related_model._meta.app_label in height
        if height[field.related_model._meta.app_label] > height[model._meta.app_label]
    ]
    assert upward == []
