"""What happens with meetings."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from leerkring.communities.happenings import Happening, MemberId, ThingId


@dataclass(frozen=True, kw_only=True)
class MeetingPlanned(Happening):
    """`about`, the Meeting, was planned, or a date for it is looked for. A series is told once, by its first."""

    kind = "meeting.planned"
    sentence = _("nieuwe bijeenkomst")
    thing = "meeting"
    about: ThingId


@dataclass(frozen=True, kw_only=True)
class MeetingMoved(Happening):
    """`about` has another time or place."""

    kind = "meeting.moved"
    sentence = _("deze bijeenkomst is verplaatst")
    thing = "meeting"
    about: ThingId


@dataclass(frozen=True, kw_only=True)
class MeetingCancelled(Happening):
    """`about` is not held."""

    kind = "meeting.cancelled"
    sentence = _("deze bijeenkomst gaat niet door")
    thing = "meeting"
    about: ThingId


@dataclass(frozen=True, kw_only=True)
class MeetingClosed(Happening):
    """`about` was held. Minutes are those of the clock in the room, 0 when it did not run; what the house adds to an
    agenda is on content for the share that the agenda was. `invited` are the members
    who could have been there; `workform`: a form steered it; `question`: a question about learning was on the table;
    `material`: work of pupils, data, a clip or a text was at hand; `network`: of a network of schools."""

    kind = "meeting.closed"
    sentence = _("deze bijeenkomst is geweest")
    thing = "meeting"
    about: ThingId
    present: tuple[MemberId, ...]
    invited: int
    guests: int
    minutes_total: int
    minutes_content: int
    workform: bool
    question: bool
    material: bool
    network: bool
    goal: ThingId | None


@dataclass(frozen=True, kw_only=True)
class RoundHeld(Happening):
    """Each had a turn of the same length in `about`, the Meeting; `spoke` are those who took it."""

    kind = "round.held"
    sentence = None
    thing = "meeting"
    about: ThingId
    spoke: tuple[MemberId, ...]


@dataclass(frozen=True, kw_only=True)
class AgreementMade(Happening):
    """`about`, the Agreement, was made in `meeting`, or between meetings."""

    kind = "agreement.made"
    sentence = _("nieuwe afspraak")
    thing = "agreement"
    about: ThingId
    meeting: ThingId | None


@dataclass(frozen=True, kw_only=True)
class AgreementClosed(Happening):
    """`about` was done (`kept`), or let go."""

    kind = "agreement.closed"
    sentence = _("deze afspraak staat niet meer open")
    thing = "agreement"
    about: ThingId
    kept: bool
