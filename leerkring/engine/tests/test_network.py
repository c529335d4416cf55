"""Figures of the network: a published one, and small ones by hand."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from leerkring.engine.network import describe

_PLACES = [parent / "shared/data/mooc-ed-dlt1" for parent in Path(__file__).parents]
DLT1 = next((place for place in _PLACES if place.exists()), None)


def _column_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", errors="replace", newline=None) as file:
        return list(csv.DictReader(file))


@pytest.mark.skipif(DLT1 is None, reason="the MOOC-Ed data lies beside the repository, and is not there")
def test_the_published_figures_of_the_mooc_for_educators() -> None:
    """Kellogg and Edelmann 2015, Table 2: the simple directed graph over all 445 members."""
    assert DLT1 is not None
    members = [int(row["UID"]) for row in _column_rows(DLT1 / "dlt1-nodes.csv")]
    rows = _column_rows(DLT1 / "dlt1-edges.csv")
    network = describe(members, [(int(row["Sender"]), int(row["Receiver"])) for row in rows])
    assert len(rows) == 2529
    assert (network.members, network.isolates, network.self_ties) == (445, 3, 86)
    assert (network.ties, network.mutual, network.asymmetric) == (1936, 212, 1512)
    assert (network.max_in_degree, network.max_out_degree) == (273, 74)
    assert network.density == pytest.approx(0.0098, abs=5e-5)
    assert network.centralisation == pytest.approx(0.3827, abs=5e-5)
    assert network.reciprocity == pytest.approx(424 / 1936)
    assert network.external is None


def test_a_star_is_wholly_centralised_when_ties_go_both_ways() -> None:
    both = [(1, other) for other in (2, 3, 4, 5)] + [(other, 1) for other in (2, 3, 4, 5)]
    star = describe(range(1, 6), both)
    assert star.centralisation == 1
    assert star.reciprocity == 1
    assert star.bridges == (1,)


def test_repeated_ties_and_ties_to_oneself_count_once_and_not() -> None:
    network = describe([1, 2, 3, 4], [(1, 2), (1, 2), (2, 2), (2, 1), (1, 3)])
    assert (network.ties, network.mutual, network.asymmetric, network.self_ties) == (3, 1, 1, 1)
    assert network.isolates == 1
    assert network.density == 3 / 12


def test_who_interacts_without_being_listed_is_a_member_as_well() -> None:
    assert describe([1], [(7, 8)]).members == 3


def test_ties_between_schools_against_ties_within() -> None:
    network = describe([1, 2, 3, 4], [(1, 2), (1, 3), (2, 3), (4, 1)], {1: 10, 2: 10, 3: 20})
    assert network.external == pytest.approx(
        (2 - 1) / 3
    )  # the tie of 4, whose school is unknown, is left out


def test_bridges_are_those_without_whom_a_part_falls_off() -> None:
    two_triangles = [(1, 2), (2, 3), (3, 1), (3, 4), (4, 5), (5, 6), (6, 4)]
    assert describe(range(1, 8), two_triangles).bridges == (3, 4)
    assert describe(range(1, 5), [(1, 2), (2, 3), (3, 4), (4, 1)]).bridges == ()


def test_an_empty_network_has_no_shares() -> None:
    network = describe([], [])
    assert (network.members, network.ties, network.max_in_degree) == (0, 0, 0)
    assert (network.density, network.reciprocity, network.centralisation) == (None, None, None)
