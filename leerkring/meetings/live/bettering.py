"""A sentence is chosen, bettered and then decided on: in which talks, in a room and in what was held."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from leerkring.meetings.workform import StepKind


class Done(Protocol):
    """`of`: the key of the earlier step whose cards it is about; "" for none."""

    @property
    def kind(self) -> str: ...

    @property
    def of(self) -> str: ...


S = TypeVar("S", bound=Done)


def bettering(steps: Iterable[S], consent: S) -> list[S]:
    """The talks beside the cards from which was chosen what this consent is about: what is written there is how the
    sentence reads now."""
    beside = [step for step in steps if consent.of and step.of == consent.of]
    chosen = next((place for place, step in enumerate(beside) if step.kind == StepKind.DOTS), len(beside))
    return [step for step in beside[chosen:] if step.kind == StepKind.TALK]
