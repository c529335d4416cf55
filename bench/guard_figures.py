"""How often the guard is right, on texts that somebody labelled; never a text, so that `held` stays unseen."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.coach_figures import share
from leerkring.engine.guard import KINDS, Finding, guard

SETS = Path(__file__).parent / "guard_sets"
#: What is held, by its name in the figures: the kinds of which a label must be found.
RECALL = {"name": ("name",), "numbers": ("phone", "number"), "bsn": ("bsn",)}
RUNS = 5  # of a text, the shortest counts: another process would show in the others


@dataclass(frozen=True, slots=True)
class Text:
    """A text, what it was labelled with, and what the guard finds in it."""

    text: str
    labels: tuple[Finding, ...]
    found: tuple[Finding, ...]


def texts(name: str) -> list[Text]:
    """A set, with what the guard finds."""
    rows = map(json.loads, (SETS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines())
    return [
        Text(row["text"], tuple(Finding(**label) for label in row["labels"]), guard(row["text"]))
        for row in rows
    ]


def _meet(one: Finding, other: Finding) -> bool:
    return one.kind == other.kind and one.start < other.end and other.start < one.end


def figures(of: list[Text]) -> dict[str, Any]:
    """Recall of what is held and of every kind, precision over all, and how often a text is warned of for nothing."""
    labels = [
        (label.kind, any(_meet(label, found) for found in text.found)) for text in of for label in text.labels
    ]
    said = [any(_meet(label, found) for label in text.labels) for text in of for found in text.found]
    plain = [bool(text.found) for text in of if not text.labels]
    return {
        "texts": len(of),
        "recall": {key: _recall(labels, kinds) for key, kinds in RECALL.items()},
        "precision": share(sum(said), len(said)),
        "warned_for_nothing": share(sum(plain), len(plain)),
        "kinds": {kind: _recall(labels, (kind,)) for kind in KINDS},
    }


def _recall(labels: list[tuple[str, bool]], kinds: tuple[str, ...]) -> dict[str, Any]:
    found = [is_found for kind, is_found in labels if kind in kinds]
    return share(sum(found), len(found))


def milliseconds(of: list[Text]) -> dict[str, float]:
    """CPU time of a text: the mean, the slowest, and of one of 20,000 characters made of them all."""
    times = [_shortest(text.text) for text in of]
    every = "\n".join(text.text for text in of)
    return {
        "ms_mean": round(sum(times) / len(times), 2),
        "ms_slowest": round(max(times), 2),
        "ms_20000": round(_shortest((every * (20_000 // len(every) + 1))[:20_000]), 2),
    }


def _shortest(text: str) -> float:
    return min(_timed(text) for _ in range(RUNS))


def _timed(text: str) -> float:
    start = time.process_time_ns()
    guard(text)
    return (time.process_time_ns() - start) / 1e6


def too_low(found: dict[str, Any], recall: float, precision: float) -> Iterator[str]:
    """What is not held, in words."""
    for key, found_share in found["recall"].items():
        if found_share["value"] is None or found_share["value"] < recall:
            yield f"recall of {key} is {found_share['value']}, below {recall}"
    if found["precision"]["value"] is None or found["precision"]["value"] < precision:
        yield f"precision is {found['precision']['value']}, below {precision}"
