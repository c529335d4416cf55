"""What is asked after a visit, once; and what goes."""

from __future__ import annotations

from datetime import time

from leerkring import clock
from leerkring.communities.reminding import ask_once, remind_each
from leerkring.jobs.queue import daily
from leerkring.jobs.run import Run
from leerkring.jobs.vanished import vanishes
from leerkring.people.models.away import midnight
from leerkring.practice.models import Intention, Visit
from leerkring.practice.visit_vanishing import vanish_outdated, vanish_visit


@daily("practice.ask", at=time(5, 25))
def ask(run: Run) -> None:
    """The morning after, on a school day: did it go on? And after the day that somebody chose: how did it go? Who is
    away is asked when they are back."""
    over = Visit.objects.waiting().filter(starts_at__lt=midnight(clock.today()))
    remind_each(
        over.filter(reminded_at=None, community__ended_at=None), place="community", known=("host__user",)
    )
    ask_once(Intention.objects.due(), place="visit__community", who="member")


@daily("practice.vanish", at=time(3, 50))
def vanish(run: Run) -> None:
    """What was long ago goes for good."""
    vanish_outdated()


@vanishes("visit")
def visit_again(reference: str) -> None:
    """A backup of before it was taken away does not bring it back."""
    vanish_visit(int(reference))
