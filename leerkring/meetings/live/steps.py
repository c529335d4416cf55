"""What is played in a meeting: its agenda as steps, each with the words for the screens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from leerkring.meetings.workform import Role, Step, StepKind, StepText, Who

#: The key of the step in which agreements of earlier meetings are looked at.
LOOK_BACK = "look-back"


@dataclass(frozen=True, slots=True)
class Played(Step):
    """A step in a meeting. `key` is its own in this meeting; `of` the key of an earlier one. `content`: its minutes
    are about teaching and learning; None for a step of the house's own, which is about what the agenda is about.
    `item`: the place of the item on the agenda it belongs to; -1 for one of the house's own."""

    content: bool | None = True
    item: int = -1
    workform: str = ""
    #: Keys of the questions of the exit check.
    asks: tuple[str, ...] = ()
    #: By language: the names of the work forms that one of them is about.
    forms: Mapping[str, Sequence[str]] = field(default_factory=dict)
    #: Agreements of earlier meetings that are looked at in it.
    agreed: tuple[int, ...] = ()

    @property
    def hides(self) -> bool:
        """What is given in it stays hidden until it is revealed to all at once."""
        return self.anonymous or self.kind in {StepKind.WRITE, StepKind.DOTS, StepKind.CONSENT, StepKind.EXIT}

    def words(self, language: str) -> StepText:
        return self.text.get(language) or next(iter(self.text.values()))


def dump(steps: Iterable[Played]) -> list[dict[str, Any]]:
    """As JSON holds them."""
    return [asdict(step) for step in steps]


def load(kept: Iterable[Mapping[str, Any]]) -> tuple[Played, ...]:
    """What `dump` made."""
    return tuple(map(_load, kept))


def _load(step: Mapping[str, Any]) -> Played:
    played = Played(
        **{
            **step,
            "kind": StepKind(step["kind"]),
            "speaks": Who(step["speaks"]),
            "writes": Who(step["writes"]),
            "text": {language: StepText(**text) for language, text in step["text"].items()},
            "asks": tuple(step["asks"]),
            "agreed": tuple(step.get("agreed", ())),
        }
    )
    if played.key == LOOK_BACK and not played.agreed:
        # Kept by an earlier version, with the agreements in its hint: who came by name only may not read those.
        return replace(played, text={lang: replace(said, hint="") for lang, said in played.text.items()})
    return played


def may(who: Who, roles: Iterable[Role]) -> bool:
    """Whether somebody with these roles is among `who`."""
    roles = set(roles)
    return {
        Who.EVERYONE: True,
        Who.PRESENTER: Role.PRESENTER in roles,
        Who.OTHERS: Role.PRESENTER not in roles,
        Who.SCRIBE: Role.SCRIBE in roles,
        Who.NOBODY: False,
    }[who]
