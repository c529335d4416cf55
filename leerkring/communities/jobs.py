"""Nightly work of the communities; and what is done again after a restore."""

from __future__ import annotations

from datetime import time

from leerkring.communities.ending import vanish, vanish_outdated
from leerkring.communities.erasing import erase_again
from leerkring.communities.models import Community, ExceptionalAct
from leerkring.jobs.queue import daily
from leerkring.jobs.run import Run
from leerkring.jobs.vanished import vanishes


@daily("communities.vanish", at=time(3, 50))
def vanish_ended(run: Run) -> None:
    """Communities that were ended a month ago, and exceptional acts of three years ago."""
    vanish_outdated()
    ExceptionalAct.objects.outdated().delete()


@vanishes("community")
def community_again(reference: str) -> None:
    found = Community.objects.filter(pk=int(reference)).first()
    if found is not None:
        vanish(found)


@vanishes("person")
def person_again(reference: str) -> None:
    erase_again(reference, texts_too=False)


@vanishes("person_and_texts")
def person_and_texts_again(reference: str) -> None:
    erase_again(reference, texts_too=True)
