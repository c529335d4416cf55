"""A person's text with the little formatting that a text box allows: alinea's, lists, **vet** and *schuin*."""

from __future__ import annotations

from markdown_it import MarkdownIt

# Nothing else of Markdown: no heading, link, picture or HTML, whatever was typed.
_SIMPLE = MarkdownIt("zero", {"html": False, "breaks": True}).enable(["emphasis", "list", "newline"])


def formatted(text: str) -> str:
    """Safe HTML."""
    return str(_SIMPLE.render(text))
