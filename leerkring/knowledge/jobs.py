"""Nightly work of the conversations; and what is done again after a restore."""

from __future__ import annotations

from datetime import time

from leerkring.jobs.queue import daily
from leerkring.jobs.run import Run
from leerkring.jobs.vanished import vanishes
from leerkring.knowledge.vanishing import vanish_contribution, vanish_conversation, vanish_outdated


@daily("knowledge.vanish", at=time(3, 40))
def vanish(run: Run) -> None:
    """What was taken away a month ago goes for good."""
    vanish_outdated()


@vanishes("conversation")
def conversation_again(reference: str) -> None:
    vanish_conversation(int(reference))


@vanishes("contribution")
def contribution_again(reference: str) -> None:
    vanish_contribution(int(reference))
