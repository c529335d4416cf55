"""What happens in practice."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from leerkring.communities.happenings import Happening, ThingId
from leerkring.goals.happenings import Decision


@dataclass(frozen=True, kw_only=True)
class TryoutStarted(Happening):
    """Somebody said what they will try in class, and what they expect to see. `about` is the Tryout; `goal`: the one
    it serves."""

    kind = "tryout.started"
    sentence = _("nieuw probeersel")
    thing = "tryout"
    about: ThingId
    goal: ThingId | None = None


@dataclass(frozen=True, kw_only=True)
class TryoutConcluded(Happening):
    """It was tried, and it was decided how to go on. `evidence`: with what pupils did or said; `failed`: it did not
    work, and was told all the same."""

    kind = "tryout.concluded"
    sentence = _("uitgeprobeerd: zo ging het")
    thing = "tryout"
    about: ThingId
    evidence: bool
    decision: Decision
    failed: bool


@dataclass(frozen=True, kw_only=True)
class TryoutRepeated(Happening):
    """`actor` tried in class what `about` tried first, and told how it went; `repetition` is the Tryout in which."""

    kind = "tryout.repeated"
    sentence = _("ook door een ander uitgeprobeerd")
    thing = "tryout"
    about: ThingId
    repetition: ThingId
