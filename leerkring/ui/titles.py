"""What a text is called in a list."""

from __future__ import annotations

#: Characters of a title in a list.
LONGEST = 100


def as_title(text: str, most: int = LONGEST) -> str:
    """The first line, cut at a word when it is longer than `most`."""
    first = text.strip().split("\n")[0].strip()
    return first if len(first) <= most else first[: most - 3].rsplit(" ", 1)[0] + " …"
