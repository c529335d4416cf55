"""The exit check of a meeting that is closed: what is published of it, and how the answers themselves go.

An answer holds no name and no moment; who answered is known only until the close, so that nobody answers twice. A
mean is published from five answers on, and two means only when they are of the same people, or of five or more who
differ: otherwise the difference between them would tell what a few answered.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import time
from statistics import fmean

from leerkring import clock
from leerkring.communities.erasing import WIPE
from leerkring.jobs.queue import Daily, enqueue
from leerkring.meetings.live.room import Room
from leerkring.meetings.live.steps import Played
from leerkring.meetings.live.store import overwrite_what_goes
from leerkring.meetings.models import ExitFigure, Gave, Live, Unsigned
from leerkring.meetings.workform import StepKind

FEWEST = 5
#: In the night after, the database is written anew: nothing is left of what was deleted, in the file or its log.
_AT_NIGHT = Daily(WIPE, time(4, 10))


def leave_exit_check(live: Live, room: Room) -> None:
    """Publishes what may be, and forgets the answers and who gave them; of anonymous cards who gave one."""
    for step in room.steps:
        if step.kind is StepKind.EXIT and _was_asked(room, step):
            answers = [_read(text, step.asks) for text in room.unsigned[step.key].values()]
            ExitFigure.objects.bulk_create(_figures(live, step.asks, answers))
    _forget(live)


def _was_asked(room: Room, step: Played) -> bool:
    """With fewer than five screens it is not asked, because nothing could come of it. Five may have answered before one
    of them was taken out."""
    asked = max(len(room.takes_part(step)), len(room.unsigned[step.key]))
    return room.spent[step.key] > 0 and asked >= FEWEST


def _forget(live: Live) -> None:
    overwrite_what_goes()
    gave, _each = Gave.objects.filter(live=live).delete()
    unsigned, _each = Unsigned.objects.filter(live=live).delete()
    if gave or unsigned:
        wipe_at_night()


def wipe_at_night() -> None:
    """What was deleted just now is nowhere in the database after the night."""
    enqueue(WIPE, unique="wipe at night", due=_AT_NIGHT.after(clock.now()))


def _read(text: str, asks: tuple[str, ...]) -> Mapping[str, int]:
    """Answers from 1 to 5 by question; what cannot be read, or was "weet ik niet", is no answer."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(said, dict):
        return {}
    return {ask: said[ask] for ask in asks if type(said.get(ask)) is int and 1 <= said[ask] <= 5}


def _figures(live: Live, asks: tuple[str, ...], answers: list[Mapping[str, int]]) -> list[ExitFigure]:
    shown: list[set[int]] = []
    figures = []
    for ask in asks:
        given = {place for place, answer in enumerate(answers) if ask in answer}
        values = [answers[place][ask] for place in given]
        safe = len(given) >= FEWEST and all(len(given ^ other) in {0, *range(FEWEST, 99)} for other in shown)
        # Were all the same, everyone would know what each answered.
        safe = safe and len(set(values)) > 1
        if safe:
            shown.append(given)
        mean = round(fmean(values), 1) if safe else None
        figures.append(ExitFigure(meeting=live.meeting, question=ask, n=len(given) if safe else 0, mean=mean))
    return figures
