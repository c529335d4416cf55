"""Where pupils are now, and where they should be: the amounts of a goal, told apart from left to right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

Span = tuple[int, int]
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+")


def share_of(words: str, numbers: Mapping[str, int]) -> float | None:
    """ "5 van de 20" and "25 %": .25; None when it is no share."""
    found = [
        float(word.replace(",", ".")) if word[0].isdigit() else float(numbers[word])
        for word in _NUMBER.findall(words)
        if word[0].isdigit() or word in numbers
    ]
    if len(found) == 1 and ("%" in words or "pro" in words):
        return found[0] / 100
    return found[0] / found[1] if len(found) == 2 and found[1] else None


@dataclass(slots=True)
class Amounts:
    """The amounts of a goal, told apart: where pupils are now, and where they should be."""

    baseline: list[Span] = field(default_factory=list)
    target: list[Span] = field(default_factory=list)
    early: set[Span] = field(default_factory=set)  # dates that go with the baseline


class Walk:
    """Amounts and dates, met one after another."""

    def __init__(self) -> None:
        self.found = Amounts()
        self.loose_now: list[Span] = []
        self.loose_later: list[Span] = []
        self.loose_else: list[Span] = []
        self._is_now = self._waits = self._is_later = self._only_one = self._firm = False
        self._targets: list[Span] = []
        self._things: list[Span] = []  # loose ones of this clause, of which it is not yet said when
        self._baselines = 0
        self._dates: list[Span] = []
        self._marked = False
        self._sign = -1  # where a sign ended, when it was the last thing met

    def meet(self, kind: str, span: Span) -> None:
        """The next event: each kind has its method."""
        getattr(self, f"_{kind}")(span)
        self._sign = span[1] if kind in ("now", "from", "later", "date", "ahead") else -1

    def _now(self, span: Span) -> None:
        self._is_now = self._waits = self._marked = True
        self._is_later = False
        if self.loose_else and 0 <= span[0] - self.loose_else[-1][1] <= 1:  # "twee lessen nu"
            self.loose_now.append(self.loose_else.pop())
            self._things = []
            self._waits = False

    def _from(self, span: Span) -> None:
        """ "Van 40 naar 80": only the amount is of now, not the date before it."""
        self._is_now = self._waits = self._only_one = True

    def _few(self, span: Span) -> None:
        """ "Maar 3": nobody aims at that."""
        self.found.baseline.append(span)
        self._baselines += 1
        self._marked = True
        self._waits = False

    def _later(self, span: Span) -> None:
        self._settle()
        self._firm = self._firm or bool(self._targets)
        self._targets = []  # "15 moeten het kunnen": what comes after takes that back no more
        self._is_now = self._waits = False
        self._is_later = True

    def _amount(self, span: Span) -> None:
        if self._is_now:
            self.found.baseline.append(span)
            self._baselines += 1
            self._is_now = not self._only_one
            self._waits = self._only_one = False
        else:
            self.found.target.append(span)
            self._targets.append(span)

    def _loose(self, span: Span) -> None:
        if 0 <= span[0] - self._sign <= 1:  # "nu 10, straks 20 bedragen"
            self._amount(span)
        elif self._is_now:
            self.loose_now.append(span)
        elif self._is_later:
            self.loose_later.append(span)
        else:
            self.loose_else.append(span)
            self._things.append(span)

    def _date(self, span: Span) -> None:
        if self._is_now:
            self.found.early.add(span)
        else:
            self._dates.append(span)

    def _ahead(self, span: Span) -> None:
        """A day to come: what stands after it is no longer of now."""
        if self._is_now and 0 <= span[0] - self._sign <= 1:  # "sinds januari"
            self._date(span)
            return
        self._settle()
        self._is_now = self._waits = False
        self._is_later = True

    def _soft(self, span: Span) -> None:
        self._settle()
        if not self._waits:
            self._is_now = self._marked = False
            self._dates = []
        self._targets, self._baselines, self._firm = [], 0, False

    def _hard(self, span: Span) -> None:
        self._soft(span)
        self._is_now = self._waits = self._is_later = self._marked = False
        self._dates = []

    def _settle(self) -> None:
        """A sign of now after its amount ("42 % kan dat nu") looks back, as far as the clause goes."""
        if self._waits and self._targets:
            last = self._targets.pop()
            self.found.target.remove(last)
            self.found.baseline.append(last)
            self._baselines += 1
            self._waits = False
        elif self._waits and self._things:  # "2 such questions a lesson now"
            self.loose_else.remove(self._things[-1])
            self.loose_now.append(self._things[-1])
            self._waits = False
        self._things = []
        if self._marked and self._baselines and not self._targets and not self._firm:
            self.found.early.update(self._dates)
