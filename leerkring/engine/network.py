"""Figures of who turned to whom: facts to discuss, which never move a phase.

On the simple directed graph (no self-ties, repeated ties once) over all members, whether they acted or not.
Members are bits; a row is the bitset of those a member turned to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from leerkring.engine.formulas import Figure, NetworkFigure


def bits(word: int) -> Iterator[int]:
    """The places of the set bits, ascending."""
    while word:
        low = word & -word
        yield low.bit_length() - 1
        word ^= low


@dataclass(frozen=True)
class Graph:
    """`out[i]`: bitset of those member i turned to, without i, only present members; `present`: all."""

    out: Mapping[int, int]
    present: int

    @cached_property
    def into(self) -> Mapping[int, int]:
        """Per member the bitset of those who turned to them."""
        rows: dict[int, int] = {}
        for source, targets in self.out.items():
            bit = 1 << source
            while targets:  # as `bits`, written out: the live page does this after every event
                low = targets & -targets
                targets ^= low
                target = low.bit_length() - 1
                rows[target] = rows.get(target, 0) | bit
        return rows

    @property
    def members(self) -> int:
        return self.present.bit_count()

    @cached_property
    def ties(self) -> int:
        return sum(row.bit_count() for row in self.out.values())

    @cached_property
    def returned(self) -> int:
        """Ties that are returned: twice the mutual pairs."""
        into = self.into
        return sum((row & into.get(source, 0)).bit_count() for source, row in self.out.items())

    @property
    def senders(self) -> int:
        """Bitset of those who turned to somebody."""
        return sum(1 << source for source, row in self.out.items() if row)

    @property
    def receivers(self) -> int:
        """Bitset of those to whom somebody turned."""
        return sum(1 << target for target in self.into)

    def degree(self, member: int) -> int:
        """In-degree plus out-degree."""
        return self.out.get(member, 0).bit_count() + self.into.get(member, 0).bit_count()

    def neighbours(self, member: int) -> int:
        return self.out.get(member, 0) | self.into.get(member, 0)


def density(graph: Graph, schools: Sequence[int | None]) -> Figure:
    n = graph.members
    return Figure(graph.ties, n * (n - 1), 1)


def reciprocity(graph: Graph, schools: Sequence[int | None]) -> Figure:
    return Figure(graph.returned, graph.ties, 1)


def centralisation(graph: Graph, schools: Sequence[int | None]) -> Figure:
    """Freeman's, of total degree: how much one member stands out; 0 all alike, 1 a star."""
    n = graph.members
    most = max((graph.degree(member) for member in graph.out.keys() | graph.into.keys()), default=0)
    return Figure(n * most - 2 * graph.ties, 2 * (n - 1) * (n - 2) if n > 2 else 0, 1)


def isolates(graph: Graph, schools: Sequence[int | None]) -> Figure:
    n = graph.members
    return Figure(n - (graph.senders | graph.receivers).bit_count(), n, 1)


def external(graph: Graph, schools: Sequence[int | None]) -> Figure:
    """Krackhardt and Stern's E–I index: −1 all ties within schools, +1 all between; unknown schools out."""
    within: dict[int, int] = {}
    for member, school in enumerate(schools):
        if school is not None:
            within[school] = within.get(school, 0) | 1 << member
    known = 0
    for members in within.values():
        known |= members
    inside = outside = 0
    for source, row in graph.out.items():
        school = schools[source]
        if school is not None:
            inside += (row & within[school]).bit_count()
            outside += (row & known & ~within[school]).bit_count()
    return Figure(outside - inside, outside + inside, 1)


FIGURES: Mapping[NetworkFigure, Callable[[Graph, Sequence[int | None]], Figure]] = {
    "density": density,
    "reciprocity": reciprocity,
    "centralisation": centralisation,
    "isolates": isolates,
    "external": external,
}


@dataclass(frozen=True)
class Description:
    """A whole network's figures. Shares are None where they have no meaning (n too small, no ties).

    mutual, asymmetric   pairs of members, tied both ways and one way
    centralisation       Freeman's of total degree (in + out)
    external             E–I index by school, None without known schools
    bridges              ids of members without whom a connected part would fall apart
    """

    members: int
    isolates: int
    ties: int
    mutual: int
    asymmetric: int
    self_ties: int
    density: float | None
    reciprocity: float | None
    centralisation: float | None
    max_in_degree: int
    max_out_degree: int
    external: float | None
    bridges: tuple[int, ...]


def describe(
    members: Iterable[int],
    interactions: Iterable[tuple[int, int]],
    schools: Mapping[int, int] | None = None,
) -> Description:
    """Figures over all members; who interacts without being listed is a member as well."""
    ids = list(dict.fromkeys(members))
    index = {id_: bit for bit, id_ in enumerate(ids)}
    out: dict[int, int] = {}
    self_ties = 0
    for source, target in interactions:
        for id_ in (source, target):
            if id_ not in index:
                index[id_] = len(ids)
                ids.append(id_)
        if source == target:
            self_ties += 1
        else:
            out[index[source]] = out.get(index[source], 0) | 1 << index[target]
    graph = Graph(out, (1 << len(ids)) - 1)
    return _described(graph, self_ties, ids, [(schools or {}).get(id_) for id_ in ids])


def _described(graph: Graph, self_ties: int, ids: Sequence[int], schools: list[int | None]) -> Description:
    mutual = graph.returned // 2
    return Description(
        members=graph.members,
        isolates=isolates(graph, schools).k,
        ties=graph.ties,
        mutual=mutual,
        asymmetric=graph.ties - 2 * mutual,
        self_ties=self_ties,
        density=_ratio(density(graph, schools)),
        reciprocity=_ratio(reciprocity(graph, schools)),
        centralisation=_ratio(centralisation(graph, schools)),
        max_in_degree=max((row.bit_count() for row in graph.into.values()), default=0),
        max_out_degree=max((row.bit_count() for row in graph.out.values()), default=0),
        external=_ratio(external(graph, schools)),
        bridges=tuple(ids[member] for member in articulation(graph)),
    )


def _ratio(figure: Figure) -> float | None:
    return figure.k / figure.n if figure.n else None


def articulation(graph: Graph) -> tuple[int, ...]:
    """Members (bits, ascending) whose going would part those who now reach each other, direction aside.

    Hopcroft and Tarjan's depth-first search, without recursion.
    """
    order: dict[int, int] = {}
    low: dict[int, int] = {}
    found: set[int] = set()
    for root in bits(graph.present):
        if root not in order:
            _search(graph, root, order, low, found)
    return tuple(sorted(found))


def _search(graph: Graph, root: int, order: dict[int, int], low: dict[int, int], found: set[int]) -> None:
    order[root] = low[root] = len(order)
    stack = [(root, -1, bits(graph.neighbours(root)))]
    branches = 0
    while stack:
        member, parent, rest = stack[-1]
        neighbour = next(rest, None)
        if neighbour is None:
            stack.pop()
            if parent == root:
                branches += 1
            elif parent >= 0:
                low[parent] = min(low[parent], low[member])
                if low[member] >= order[parent]:
                    found.add(parent)
        elif neighbour not in order:
            order[neighbour] = low[neighbour] = len(order)
            stack.append((neighbour, member, bits(graph.neighbours(neighbour))))
        elif neighbour != parent:
            low[member] = min(low[member], order[neighbour])
    if branches > 1:
        found.add(root)
