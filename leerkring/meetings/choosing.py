"""Which work forms can be chosen for an agenda, and what each fills in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leerkring.communities.access import Here
from leerkring.meetings.workform_library import library
from leerkring.meetings.workform_words import title

#: Of each form that can be chosen its key, title and minutes.
Offered = list[tuple[str, str, int]]


def workforms_for(here: Here) -> Offered:
    """In the reader's language."""
    return [
        (entry.form.key, title(entry.form, here.words), entry.form.minutes)
        for entry in library(here.community)
    ]


def of_form(offered: Offered, workform: str) -> dict[str, Any]:
    """What this form says of a thing on the agenda; nothing when it is not offered."""
    found = ({"title": title[:200], "minutes": minutes} for key, title, minutes in offered if key == workform)
    return next(found, {})


def filled_in(said: Mapping[str, Any], by: Mapping[str, Any]) -> dict[str, Any]:
    """What somebody said stays; what was left empty is as the form says it."""
    return {**said, **{name: value for name, value in by.items() if said.get(name) in {None, ""}}}


def unsaid(offered: Offered, said: Mapping[str, str]) -> dict[str, str]:
    """What is on the page without what another form filled in there: nobody said that."""
    title, minutes = said["title"].strip(), said["minutes"].strip()
    for _key, was_title, was_minutes in offered:
        if title == was_title:
            title, minutes = "", "" if minutes == str(was_minutes) else minutes
    return {"title": title, "minutes": minutes}
