"""What happens when colleagues open their practice to each other. Who visited whom stands in these as ids, and is
shown to nobody."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from leerkring.communities.happenings import Happening, MemberId, ThingId


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
