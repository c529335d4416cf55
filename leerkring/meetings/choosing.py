"""Which work forms can be chosen for an agenda."""

from __future__ import annotations

from collections.abc import Mapping

from leerkring.communities.access import Here
from leerkring.meetings.workform_library import library
from leerkring.meetings.workform_words import title


def workforms_for(here: Here) -> list[tuple[str, str, int]]:
    """Key, title and minutes of each, in the reader's language."""
    return [
        (entry.form.key, title(entry.form, here.words), entry.form.minutes)
        for entry in library(here.community)
    ]


def filled_in(here: Here, said: Mapping[str, str]) -> dict[str, str]:
    """Title and minutes of a thing on the agenda, now that its work form is chosen. What somebody said stays; what
    was said by no one, or by the form that was chosen before, is of the form."""
    offered = {key: (title, str(minutes)) for key, title, minutes in workforms_for(here)}
    title, minutes = said.get("title", ""), said.get("minutes", "")
    for was_title, was_minutes in offered.values():
        if title == was_title:
            title, minutes = "", "" if minutes == was_minutes else minutes
    of_form = offered.get(said.get("workform", ""), ("", ""))
    return {"title": title.strip() or of_form[0], "minutes": minutes.strip() or of_form[1]}
