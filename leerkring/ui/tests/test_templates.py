"""Every template of the house keeps to the content policy, and every page to the look."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import engines
from django.template.exceptions import TemplateSyntaxError
from django.template.loader import get_template

HOUSE = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(path for path in HOUSE.rglob("templates/**/*") if path.suffix in {".html", ".txt", ".svg"})
PAGES = [path for path in TEMPLATES if path.suffix == ".html"]
NAMES = [path.relative_to(HOUSE).as_posix() for path in TEMPLATES]

#: Handed over as one file, to be read without the house around it: it carries its own stylesheet.
STANDS_ALONE = {"effectiveness/templates/effectiveness/report.html"}

TAG = re.compile(r"<[a-z][^<>]*>", re.DOTALL)
DJANGO = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)


def tags(path: Path) -> list[str]:
    """The opening tags, with what Django writes in them blanked (it may hold > and quotes)."""
    return TAG.findall(DJANGO.sub("·", path.read_text(encoding="utf-8")))


def test_there_are_templates_to_check() -> None:
    assert len(PAGES) > 30


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(HOUSE).as_posix())
def test_no_template_carries_style_or_script(path: Path) -> None:
    for tag in tags(path):
        assert not re.search(r"\sstyle\s*=", tag), tag
        assert not re.search(r"\s(on[a-z]+|hx-on[:a-z-]*)\s*=", tag), tag
        assert not tag.startswith("<style") or path.relative_to(HOUSE).as_posix() in STANDS_ALONE, tag
        assert "javascript:" not in tag, tag
        assert not tag.startswith("<script") or (" src=" in tag and " defer" in tag), tag


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(HOUSE).as_posix())
def test_no_template_takes_anything_from_elsewhere(path: Path) -> None:
    for tag in tags(path):
        if re.match(r"<(img|script|link|iframe|source|video)\b", tag):
            assert not re.search(r"\s(src|href)\s*=\s*[\"'](https?:)?//", tag), tag


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(HOUSE).as_posix())
def test_every_form_that_changes_something_carries_its_token(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    for form in re.findall(r"<form\b[^>]*\bmethod=\"post\".*?</form>", source, re.DOTALL):
        assert "{% csrf_token %}" in form, form[:120]


def with_its_head(path: Path) -> str:
    """What a room's pages share above their title (`head.html` or `…_head.html` beside them) is read in its place."""
    source = path.read_text(encoding="utf-8")
    shared = re.search(rf'{{% include "{path.parent.name}/(\w*head\.html)"[^%]*%}}', source)
    if shared is None:
        return source
    return source.replace(shared[0], path.with_name(shared[1]).read_text(encoding="utf-8"))


def test_every_page_inside_a_community_says_above_its_title_which_one() -> None:
    inside = [path for path in PAGES if 'extends "community.html"' in path.read_text(encoding="utf-8")]
    assert len(inside) > 10
    for path in inside:
        before_the_title = with_its_head(path).split("<h1>")[0]
        is_the_title_itself = path.match("today/community.html")
        assert ("ui/community_link.html" in before_the_title) != is_the_title_itself, path


@pytest.mark.parametrize("name", NAMES)
def test_every_template_compiles(name: str) -> None:
    get_template(name.split("templates/", 1)[1])


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(HOUSE).as_posix())
def test_nothing_is_marked_safe_in_a_template(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert "|safe" not in source
    assert "autoescape off" not in source


def test_an_icon_that_is_not_in_the_list_is_named() -> None:
    template = engines["django"].from_string('{% load ui %}{% icon "unicorn" %}')
    with pytest.raises(TemplateSyntaxError, match="unicorn"):
        template.render({})
