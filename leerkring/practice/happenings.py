"""What happens when colleagues open their practice to each other. Who visited whom stands in these as ids, and is
shown to nobody."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from leerkring.communities.happenings import Happening, MemberId, ThingId
from leerkring.goals.happenings import Decision


@dataclass(frozen=True, kw_only=True)
class VisitOpened(Happening):
    """`actor` opened a lesson: `about`, the Visit."""

    kind = "visit.opened"
    sentence = _("een les staat open: kom kijken")
    thing = "visit"
    about: ThingId


@dataclass(frozen=True, kw_only=True)
class VisitHeld(Happening):
    """`actor` was at the lesson of `host`; `question`: the host said beforehand what to look for."""

    kind = "visit.held"
    sentence = None
    thing = "visit"
    about: ThingId
    host: MemberId | None
    question: bool
    goal: ThingId | None


@dataclass(frozen=True, kw_only=True)
class VisitTalked(Happening):
    """Host and visitors talked about `about`, the Visit, afterwards."""

    kind = "visit.talked"
    sentence = None
    thing = "visit"
    about: ThingId


@dataclass(frozen=True, kw_only=True)
class VisitIntended(Happening):
    """`actor` would try something after `about`, the Visit."""

    kind = "visit.intended"
    sentence = None
    thing = "visit"
    about: ThingId


@dataclass(frozen=True, kw_only=True)
class VisitTried(Happening):
    """`actor` tried what they intended after `about`, the Visit."""

    kind = "visit.tried"
    sentence = None
    thing = "visit"
    about: ThingId


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
