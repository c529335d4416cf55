"""`network`'s figures for many communities and one window at once: popcounts of rows of bitsets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from leerkring.engine.bulk_cells import Words
from leerkring.engine.columns import Chunk, Ints
from leerkring.engine.formulas import NetworkFigure


@dataclass(frozen=True)
class Schools:
    """(community, member): bitsets of the members of the same school and of other schools; 0 if unknown."""

    same: Words
    other: Words

    @classmethod
    def of(cls, chunk: Chunk) -> Schools:
        bits = np.iinfo(chunk.word).bits
        same = np.zeros((len(chunk.presences), bits), dtype=chunk.word)
        other = np.zeros_like(same)
        for at, presence in enumerate(chunk.presences):
            of_school: dict[int, int] = {}
            for bit, school in enumerate(presence.schools):
                if school is not None:
                    of_school[school] = of_school.get(school, 0) | 1 << bit
            known = sum(of_school.values())
            for bit, school in enumerate(presence.schools):
                if school is not None:
                    same[at, bit] = of_school[school]
                    other[at, bit] = known & ~of_school[school]
        return cls(same, other)


class Graphs:
    """Ties among the present members of one window. `out`, `into`: (community, member) rows of bitsets."""

    def __init__(self, out: Words, into: Words, present: Words, schools: Schools) -> None:
        member = (present[:, None] >> np.arange(out.shape[1], dtype=present.dtype)) & present.dtype.type(1)
        mask = present[:, None] * member
        self.out = out & mask
        self.into = into & mask
        self.members = np.bitwise_count(present).astype(np.int64)
        self.schools = schools

        self.out_degree: Words = np.bitwise_count(self.out)
        self.in_degree: Words = np.bitwise_count(self.into)
        self.degree: Words = self.out_degree + self.in_degree
        self.ties: Ints = self.out_degree.sum(axis=1, dtype=np.int64)

    @property
    def both_ways(self) -> Ints:
        """Members who turned to somebody and to whom somebody turned."""
        both: Words = (self.out_degree > 0) & (self.in_degree > 0)
        return self._total(both)

    def popcount(self, rows: Words) -> Ints:
        return self._total(np.bitwise_count(rows))

    @staticmethod
    def _total(rows: Words) -> Ints:
        total: Ints = rows.sum(axis=1, dtype=np.int64)
        return total


def density(graphs: Graphs) -> tuple[Ints, Ints]:
    return graphs.ties, graphs.members * (graphs.members - 1)


def reciprocity(graphs: Graphs) -> tuple[Ints, Ints]:
    return graphs.popcount(graphs.out & graphs.into), graphs.ties


def centralisation(graphs: Graphs) -> tuple[Ints, Ints]:
    n = graphs.members
    most = graphs.degree.max(axis=1).astype(np.int64)
    return n * most - 2 * graphs.ties, np.where(n > 2, 2 * (n - 1) * (n - 2), 0)


def isolates(graphs: Graphs) -> tuple[Ints, Ints]:
    tied: Ints = (graphs.degree > 0).sum(axis=1, dtype=np.int64)
    return graphs.members - tied, graphs.members


def external(graphs: Graphs) -> tuple[Ints, Ints]:
    inside = graphs.popcount(graphs.out & graphs.schools.same)
    outside = graphs.popcount(graphs.out & graphs.schools.other)
    return outside - inside, outside + inside


FIGURES: Mapping[NetworkFigure, Callable[[Graphs], tuple[Ints, Ints]]] = {
    "density": density,
    "reciprocity": reciprocity,
    "centralisation": centralisation,
    "isolates": isolates,
    "external": external,
}
