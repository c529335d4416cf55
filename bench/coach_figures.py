"""How often the goal coach is right, on goals that somebody labelled; never a text, so that `held3` stays unseen."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from leerkring.engine.calendar import Calendar
from leerkring.engine.coach import coach
from leerkring.engine.statistics import wilson
from leerkring.site.coach import everywhere

#: The sets the coach was made with.
MADE_WITH = ["seen", "own", "dev", "dev2", "own2", "held2", "d3", "d4", "d5", "d6", "d7", "d8"]
SETS = Path(__file__).parent / "coach_sets"
TODAY = date(2026, 11, 29)
#: Fewer cases than this say nothing about one rule.
LEAST_CASES = 15
RUNS = 9  # of a text, the shortest counts: another process would show in the others


@dataclass(frozen=True, slots=True)
class Goal:
    """A text, the faults it was labelled with, and the rules of the coach's remarks."""

    language: str
    text: str
    faults: frozenset[str]
    said: frozenset[str]

    @property
    def judged(self) -> frozenset[str]:
        """What counts: to ask for an outcome where the aim is vague or an activity is neither right nor wrong."""
        return self.said - {"outcome"} if self.faults & {"vague", "activity"} else self.said


def goals(name: str) -> list[Goal]:
    """A set, with what the coach says of it."""
    calendar = Calendar(everywhere())

    def said(text: str, language: str) -> frozenset[str]:
        return frozenset(
            remark.rule for remark in coach(text, language=language, today=TODAY, calendar=calendar)
        )

    lines = (SETS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        Goal(row["language"], row["text"], frozenset(row["faults"]), said(row["text"], row["language"]))
        for row in map(json.loads, lines)
    ]


def figures(of: list[Goal]) -> dict[str, Any]:
    """Precision and recall per remark and per text, and per rule when there are enough cases."""
    both, faults, said = (Counter[str]() for _ in range(3))
    for goal in of:
        both.update(goal.faults & goal.judged)
        faults.update(goal.faults)
        said.update(goal.judged)
    return {
        "goals": len(of),
        "good": sum(not goal.faults for goal in of),
        "remarks": _both_ways(both.total(), said.total(), faults.total()),
        "texts": _both_ways(
            sum(bool(goal.faults and goal.judged) for goal in of),
            sum(bool(goal.judged) for goal in of),
            sum(bool(goal.faults) for goal in of),
        ),
        "rules": {
            rule: _both_ways(both[rule], said[rule], faults[rule])
            for rule in sorted(faults)
            if faults[rule] >= LEAST_CASES
        },
    }


def _both_ways(right: int, said: int, faults: int) -> dict[str, Any]:
    return {"precision": share(right, said), "recall": share(right, faults)}


def share(right: int, of: int) -> dict[str, Any]:
    """A share with its Wilson interval of 95 %; no value of nothing."""
    if not of:
        return {"value": None, "n": 0, "low": None, "high": None}
    interval = wilson(right, of)
    return {
        "value": round(right / of, 3),
        "n": of,
        "low": round(interval.low, 3),
        "high": round(interval.high, 3),
    }


def figure_lines(found: dict[str, Any], under: str = "") -> list[str]:
    """A line for each figure."""
    said: list[str] = []
    for key, value in found.items():
        if not isinstance(value, dict):
            said.append(f"{under}{key} {value}")
        elif "value" in value:
            said.append(f"{under}{key} {value['value']} ({value['low']}–{value['high']}) of {value['n']}")
        else:
            said += figure_lines(value, f"{under}{key} ")
    return said


def milliseconds(of: list[Goal]) -> dict[str, float]:
    """CPU time of a text: the mean, the slowest, and of one of 20,000 characters made of them all."""
    times = [_shortest(goal.text, goal.language) for goal in of]
    longest = 0.0
    for language in ("nl", "en"):
        text = "\n".join(goal.text for goal in of if goal.language == language)
        longest = max(longest, _shortest((text * (20_000 // len(text) + 1))[:20_000], language))
    return {
        "ms_mean": round(sum(times) / len(times), 2),
        "ms_slowest": round(max(times), 2),
        "ms_20000": round(longest, 2),
    }


def _shortest(text: str, language: str) -> float:
    return min(_timed(lambda: coach(text, language=language, today=TODAY)) for _ in range(RUNS))


def _timed(work: Callable[[], object]) -> float:
    start = time.process_time_ns()
    work()
    return (time.process_time_ns() - start) / 1e6


def too_low(name: str, found: dict[str, Any], least: float) -> Iterator[str]:
    """What is not held, in words."""
    for kind in ("remarks", "texts"):
        for way, share in found[kind].items():
            if share["value"] is None or share["value"] < least:
                yield f"{name}: {way} of {kind} is {share['value']}, below {least}"
