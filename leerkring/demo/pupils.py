"""Results of pupils who do not exist: the same at every making, and each pupil alike at every measurement."""

from __future__ import annotations

from random import Random

from leerkring.demo.story import Aim
from leerkring.goals.results import Results

#: How far pupils lie apart, how much of a score is the day, and how much lower who still learns Dutch begins.
ABILITY, DAY, LANGUAGE = 1.8, 1.1, 1.4
#: By so much who still learns Dutch comes nearer at each measurement.
NEARER = 0.4


def results(aim: Aim, number: int) -> Results:
    """What was found at measurement `number` of `aim`, by codes L01, L02, …"""
    pupils, measured = aim.pupils, aim.measured[number]
    assert pupils is not None
    assert measured.mean is not None
    lot = Random(aim.key)  # noqa: S311  # nothing secret: it has to come out the same
    groups = [name for name, n in pupils.groups.items() for _ in range(n)]
    learning = set(lot.sample(range(len(groups)), pupils.nt2))
    abilities = [lot.gauss(0, ABILITY) for _ in groups]
    day = Random(f"{aim.key} {number}")  # noqa: S311
    absent = set(day.sample(range(len(groups)), measured.absent))
    behind = max(0.0, LANGUAGE - NEARER * number)
    scores = [
        min(
            pupils.highest,
            max(0, round(measured.mean + ability + day.gauss(0, DAY) - behind * (at in learning))),
        )
        for at, ability in enumerate(abilities)
    ]
    there = [at for at in range(len(groups)) if at not in absent]
    return Results(
        codes=tuple(f"L{at + 1:02}" for at in there),
        values=tuple(float(scores[at]) for at in there),
        groups={
            pupils.by: tuple(groups[at] for at in there),
            "NT2": tuple("ja" if at in learning else "nee" for at in there),
        },
    )
