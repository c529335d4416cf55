"""The work forms that come with the house: files, read once in the life of a process, when first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from leerkring.meetings.workform import Workform
from leerkring.meetings.workform_reading import read_toml

FOLDER = Path(__file__).resolve().parent / "workforms"


@cache
def shipped() -> Mapping[str, Workform]:
    """By key, the shortest first.

    Raises:
        ValueError: a file of the house is wrong.
    """
    forms = [_form(path) for path in sorted(FOLDER.glob("*.toml"))]
    return MappingProxyType({form.key: form for form in sorted(forms, key=lambda form: form.minutes)})


def _form(path: Path) -> Workform:
    reading = read_toml(path.read_bytes())
    if reading.form is None or reading.form.key != path.stem:
        raise ValueError(
            f"{path.name}: {' '.join(reading.problems) or 'the key is not the name of the file'}"
        )
    return reading.form
