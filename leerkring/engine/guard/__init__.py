"""The guard: what in a Dutch text may identify a pupil, or a member of their family.

    guard("Gesproken met de moeder van Sem.") → (Finding(kind="name", start=28, end=31),)

It reads by lists and rules that are data (`nl.toml`, `known.toml`, `first.txt`, `last.txt`), in time that grows with
the length of the text: every rule looks a fixed number of words ahead and back. What is found is a warning: it may
miss, and it may err. How often: docs/performance.md.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from leerkring.engine.guard.figures import in_figures
from leerkring.engine.guard.judging import pupils
from leerkring.engine.guard.names import Names
from leerkring.engine.guard.others import take_others
from leerkring.engine.guard.reading import tokens_of
from leerkring.engine.guard.streets import streets

__all__ = ["KINDS", "Finding", "guard"]

KINDS = ("name", "address", "phone", "email", "bsn", "birth", "number")


@dataclass(frozen=True, slots=True)
class Finding:
    """What may identify somebody, by its kind: from `start` up to `end`, in code points."""

    kind: str
    start: int
    end: int


def guard(text: str) -> tuple[Finding, ...]:
    """What may identify a pupil or a member of their family, in the order of the text; findings never overlap."""
    tokens = tokens_of(text)
    found = _apart([*in_figures(text), *(("address", *span) for span in streets(text, tokens))])
    names = Names(text, tokens)
    at = 0
    for index, token in enumerate(tokens):
        while at < len(found) and found[at].end <= token.start:
            at += 1
        if at < len(found) and found[at].start < token.end:
            names.take(index, index + 1)
    take_others(names)
    said = [("name", tokens[first].start, tokens[end - 1].end) for first, end in pupils(names)]
    return tuple(_apart([*((one.kind, one.start, one.end) for one in found), *said]))


def _apart(places: Iterable[tuple[str, int, int]]) -> list[Finding]:
    """In the order of the text; of places that overlap only the one that was named first."""
    kept: list[Finding] = []
    for place in places:
        finding = Finding(*place)
        at = bisect_left(kept, finding.start, key=lambda other: other.start)
        before = kept[at - 1].end if at else 0
        after = kept[at].start if at < len(kept) else finding.end
        if before <= finding.start < finding.end <= after:
            kept.insert(at, finding)
    return kept
