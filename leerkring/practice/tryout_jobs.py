"""Nightly work of try-outs; and what is done again after a restore."""

from __future__ import annotations

from datetime import time

from leerkring.communities.reminding import ask_once
from leerkring.jobs.queue import daily
from leerkring.jobs.run import Run
from leerkring.jobs.vanished import vanishes
from leerkring.practice.models import Tryout
from leerkring.practice.tryout_vanishing import vanish_outdated, vanish_tryout


@daily("practice.vanish_tryouts", at=time(3, 50))
def vanish(run: Run) -> None:
    """What was taken away a month ago goes for good."""
    vanish_outdated()


@daily("practice.ask_tryouts", at=time(5, 25))
def ask(run: Run) -> None:
    """How did it go? The morning after its day, on a school day and once; who is away is asked when they are back."""
    ask_once(Tryout.objects.due(), place="community", who="owner")


@vanishes("tryout")
def tryout_again(reference: str) -> None:
    vanish_tryout(int(reference))
