"""What a group's own version of a work form is called: in a list of names no two are the same."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import count

from leerkring.meetings.workform import Workform
from leerkring.meetings.workform_reading import LONGEST

_OURS = {"nl": "van ons", "en": "ours"}


def named_apart(form: Workform, others: Collection[Workform]) -> Workform:
    """`form` with another name in each language in which one of `others` is called so."""
    text = {
        language: replace(
            said, title=_free(said.title, _OURS[language], {o.text[language].title for o in others})
        )
        for language, said in form.text.items()
    }
    return replace(form, text=text)


def _free(title: str, ours: str, taken: Collection[str]) -> str:
    if title not in taken:
        return title
    endings = (f" ({ours})" if number == 1 else f" ({ours} {number})" for number in count(1))
    names = (title[: LONGEST["title"] - len(ending)].rstrip() + ending for ending in endings)
    return next(name for name in names if name not in taken)
