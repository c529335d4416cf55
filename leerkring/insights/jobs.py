"""Nightly work of insights; and what is done again after a restore."""

from __future__ import annotations

from datetime import time

from leerkring.communities.reminding import ask_once
from leerkring.insights.models import Trying
from leerkring.insights.models.insight import NAME_OFF
from leerkring.insights.vanishing import take_name_off, vanish_insight, vanish_limit, vanish_outdated
from leerkring.jobs.queue import daily
from leerkring.jobs.run import Run
from leerkring.jobs.vanished import vanishes


@daily("insights.vanish", at=time(3, 45))
def vanish(run: Run) -> None:
    """What was taken away a month ago goes for good."""
    vanish_outdated()


@daily("insights.ask", at=time(5, 20))
def ask(run: Run) -> None:
    """How did it go? The morning after the day that somebody chose, on a school day and once; who is away is asked
    when they are back."""
    ask_once(Trying.objects.due(), place="insight__community", who="member")


@vanishes("insight")
def insight_again(reference: str) -> None:
    vanish_insight(int(reference))


@vanishes("insight_limit")
def limit_again(reference: str) -> None:
    vanish_limit(int(reference))


@vanishes(NAME_OFF)
def name_off_again(reference: str) -> None:
    insight, member = reference.split(":")
    take_name_off(int(insight), int(member))
