"""Colleagues who are called by name in a text: an @, and the first name or the whole."""

from __future__ import annotations

import re

from leerkring.communities.models import Membership


def mentions(text: str, by: Membership) -> list[Membership]:
    """Colleagues called by name in `text`: @Fatima when one is called so, else @Fatima El Amrani."""
    if "@" not in text:
        return []
    colleagues = list(Membership.objects.people().filter(community=by.community).exclude(pk=by.pk))
    return [m for m in colleagues if any(_calls(text, name) for name in _unique_names(m, colleagues))]


def calls_nobody(text: str, by: Membership) -> list[str]:
    """The names in `text` with an @ before them by which no one person here is called: nobody was told. Not the
    writer's own."""
    called = {match.start(): match[1] for match in _CALL.finditer(text)}
    if not called:
        return []
    people = list(Membership.objects.people().filter(community=by.community))
    for name in {name for m in people for name in _unique_names(m, people)}:
        for match in re.finditer(_pattern(name), text, re.IGNORECASE):
            called.pop(match.start(), None)
    return list(dict.fromkeys(called.values()))


def _unique_names(member: Membership, colleagues: list[Membership]) -> list[str]:
    if member.user is None:
        return []
    first = member.user.first_name
    namesakes = [m for m in colleagues if m.user and m.user.first_name.casefold() == first.casefold()]
    return [member.user.name, first] if len(namesakes) == 1 else [member.user.name]


def _calls(text: str, name: str) -> bool:
    return re.search(_pattern(name), text, re.IGNORECASE) is not None


def _pattern(name: str) -> str:
    return rf"(?<!\w)@{re.escape(name)}(?!\w)"


#: An @ and a name, as it stands in a text; not the middle of a mail address, nor of a link (youtube.com/@user).
_CALL = re.compile(r"(?<![\w/])(@[^\W\d_][\w'’-]{0,59})")
