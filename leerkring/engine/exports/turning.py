"""From a reading to what the engine judges."""

from __future__ import annotations

from collections.abc import Iterable

from leerkring.engine.exports.dates import AMSTERDAM
from leerkring.engine.exports.reading import Contact, Reading
from leerkring.engine.facts import CommunityFacts, Event, Member


def facts(reading: Reading) -> tuple[CommunityFacts, ...]:
    """Facts per community of the file, in its order; keys are the file's own names.

    Members are those who occur in the community's rows; all members when the file knows one community.
    """
    if len(reading.communities) == 1:
        return (whole(reading, reading.communities[0]),)
    parts: list[list[Contact]] = [[] for _name in reading.communities]
    for contact in reading.contacts:
        parts[contact.community].append(contact)
    return tuple(
        _facts(reading, name, sorted(_present(contacts)), contacts)
        for name, contacts in zip(reading.communities, parts, strict=True)
    )


def whole(reading: Reading, key: str = "") -> CommunityFacts:
    """Facts of the file as one community: all members, those who never acted too."""
    return _facts(reading, key, range(1, reading.members + 1), reading.contacts)


def _present(contacts: Iterable[Contact]) -> set[int]:
    return {code for contact in contacts for code in (contact.actor, contact.counterpart) if code is not None}


def _facts(reading: Reading, key: str, codes: Iterable[int], contacts: Iterable[Contact]) -> CommunityFacts:
    return CommunityFacts.of(
        key,
        (Member(id=code, school=reading.schools.get(code)) for code in codes),
        (
            Event(
                id=number,
                at=contact.at.replace(tzinfo=AMSTERDAM),
                kind="interaction",
                actor=contact.actor,
                others=() if contact.counterpart is None else (contact.counterpart,),
            )
            for number, contact in enumerate(contacts, start=1)
        ),
    )
