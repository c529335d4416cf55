"""Everything the house says, it says in English too. `bin/messages.py` gathers; people translate."""

from __future__ import annotations

import re
from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog, Message

from tests.architecture.source import ROOT

#: %(name)s and %s of Python, {name} of format.
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")


def _tool() -> ModuleType:
    spec = spec_from_file_location("messages", ROOT / "bin/messages.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


tool = _tool()


Texts = dict[tuple[str, str | None], Message]


@pytest.fixture(scope="module")
def gathered() -> Catalog:
    catalog: Catalog = tool.gathered()
    return catalog


@pytest.fixture(scope="module")
def kept() -> Catalog:
    catalog: Catalog = tool.kept()
    return catalog


@pytest.fixture(scope="module")
def marked(gathered: Catalog) -> Texts:
    return _texts(gathered)


@pytest.fixture(scope="module")
def english(kept: Catalog) -> Texts:
    return _texts(kept)


def _texts(catalog: Catalog) -> Texts:
    return {(_first(m.id), m.context): m for m in catalog if m.id}


def _first(message: str | tuple[str, ...] | list[str]) -> str:
    return message if isinstance(message, str) else message[0]


def _all(message: object) -> list[str]:
    return [message] if isinstance(message, str) else list(message)  # type: ignore[call-overload]


def test_every_text_has_its_english(english: Texts, marked: Texts, kept: Catalog) -> None:
    assert [key for key in marked if key not in english] == []
    assert tool.untranslated(kept) == []


def test_nothing_is_guessed(english: Texts) -> None:
    assert [m.id for m in english.values() if m.fuzzy] == []


def test_nothing_is_kept_that_nobody_says(english: Texts, marked: Texts, kept: Catalog) -> None:
    assert [key for key in english if key not in marked] == []
    assert not kept.obsolete


def test_a_plural_in_one_language_is_one_in_the_other(english: Texts, marked: Texts) -> None:
    both = [(marked[key], message) for key, message in english.items() if key in marked]
    assert [m.id for said, m in both if said.id != m.id] == []


def test_the_same_is_filled_in(english: Texts) -> None:
    """A singular may leave its number out: *één reactie*."""
    wrong = []
    for message in english.values():
        dutch = set(PLACEHOLDER.findall(_all(message.id)[-1]))
        *singular, plural = (set(PLACEHOLDER.findall(text)) for text in _all(message.string))
        if plural != dutch or any(not some <= dutch for some in singular):
            wrong.append(message.id)
    assert wrong == []


def test_the_file_is_as_the_tool_writes_it(gathered: Catalog) -> None:
    assert tool.CATALOGUE.read_bytes() == tool.written(tool.renewed(gathered))
