"""What people are told of meetings. A mail for the calendar tells what was planned, moved or called off; the digest
tells what asks for someone."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leerkring.communities.notices import NoticeKind, Rhythm, Told
from leerkring.meetings.models import Agreement, Meeting, MeetingSet, Turn
from leerkring.meetings.workform import Role
from leerkring.meetings.workform_words import ROLES
from leerkring.people.models import User
from leerkring.ui.templatetags.ui import school_moment


def _waits_for(user: User) -> MeetingSet:
    return Meeting.objects.awaiting(user)


def _not_over(user: User) -> MeetingSet:
    """It is news for who is away too: who did not hear of it would come on the day on which it was, or miss the other
    meetings of a series."""
    return Meeting.objects.not_over()


def _roles_of(user: User, meetings: Iterable[int]) -> dict[int, str]:
    """Which role `user` has in each of these, and when that is."""
    turns = Turn.objects.filter(meeting__in=meetings, member__user=user).select_related("meeting")
    roles: dict[Meeting, list[str]] = {}
    for turn in turns.order_by("pk"):
        roles.setdefault(turn.meeting, []).append(str(ROLES[Role(turn.role)]))
    return {meeting.pk: _role_said(meeting, ", ".join(names)) for meeting, names in roles.items()}


def _role_said(meeting: Meeting, roles: str) -> str:
    if meeting.starts_at is None:
        return gettext("Jouw rol: %(roles)s.") % {"roles": roles}
    said = {"roles": roles, "moment": school_moment(meeting.starts_at)}
    return gettext("Jouw rol: %(roles)s. Het is op %(moment)s.") % said


KINDS = (
    NoticeKind(
        "meeting.planned",
        _("Een nieuwe bijeenkomst"),
        _("Gepland door %(who)s. Kom je?"),
        Rhythm.NEVER,
        asks=_waits_for,
    ),
    NoticeKind(
        "meeting.series",
        _("Een reeks bijeenkomsten"),
        _("Gepland door %(who)s, met de bijeenkomsten daarna. Kom je?"),
        Rhythm.NEVER,
        asks=_not_over,
    ),
    NoticeKind(
        "meeting.moved",
        _("Een bijeenkomst is verplaatst"),
        _("Tijd of plaats veranderd door %(who)s. Kijk of je dan ook komt."),
        Rhythm.NEVER,
        asks=_not_over,
    ),
    NoticeKind(
        "meeting.changed",
        _("Een bijeenkomst heeft een ander onderwerp"),
        _("Het onderwerp is veranderd door %(who)s"),
        Rhythm.NEVER,
    ),
    NoticeKind(
        "meeting.cancelled",
        _("Een bijeenkomst gaat niet door"),
        _("Gaat niet door. Afgezegd door %(who)s"),
        Rhythm.NEVER,
    ),
    NoticeKind(
        "meeting.poll",
        _("Er wordt een datum gezocht"),
        _("Wanneer kun jij? Gevraagd door %(who)s"),
        Rhythm.DAILY,
        asks=_not_over,
    ),
    NoticeKind(
        "meeting.chosen",
        _("Er is een datum gekozen"),
        _("De datum is gekozen door %(who)s"),
        Rhythm.NEVER,
    ),
    NoticeKind(
        "meeting.near",
        _("Een bijeenkomst is dichtbij"),
        _("Over twee schooldagen. Kijk wat je leest of meeneemt."),
        Rhythm.DAILY,
        asks=_waits_for,
    ),
    NoticeKind(
        "meeting.role",
        _("Je hebt een rol in een bijeenkomst"),
        _("Een rol voor jou, gekozen door %(who)s. Past het niet? Kies daar ‘Toch niet’."),
        Rhythm.DAILY,
        asks=_waits_for,
        more=_roles_of,
    ),
    NoticeKind(
        "meeting.role_open",
        _("In een bijeenkomst is een rol vrijgekomen"),
        _("Wie een rol zou doen, komt niet. Kies samen iemand anders."),
        Rhythm.DAILY,
        to=Told.WHO_LEADS,
        asks=_waits_for,
    ),
    NoticeKind(
        "meeting.minutes",
        _("De notulen van een bijeenkomst"),
        _("De notulen staan klaar"),
        Rhythm.DAILY,
    ),
    NoticeKind(
        "agreement.due",
        _("De dag van een afspraak is er"),
        _("Jij zou dit doen. Is het gedaan?"),
        Rhythm.DAILY,
        to=Told.NOT_GUESTS,
    ),
    NoticeKind(
        "agreement.of_guest",
        _("De dag van een afspraak van een gast is er"),
        _("Afspraak van %(who)s. Weet jij of het gedaan is?"),
        Rhythm.WEEKLY,
        to=Told.WHO_LEADS,
        names=Agreement.names,
    ),
)
