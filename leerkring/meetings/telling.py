"""What people are told of meetings. A mail for the calendar tells what was planned, moved or called off; the digest
tells what asks for someone."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leerkring.communities.notices import NoticeKind, Rhythm, Told
from leerkring.meetings.models import Agreement, Meeting, MeetingSet
from leerkring.people.models import User


def _waits_for(user: User) -> MeetingSet:
    return Meeting.objects.awaiting(user)


def _not_over(user: User) -> MeetingSet:
    """It is news for who is away too: who did not hear of it would come on the day on which it was, or miss the other
    meetings of a series."""
    return Meeting.objects.not_over()


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
