"""The mail that brings a meeting into somebody's calendar, or takes it out: what, when, where, and a link."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from leerkring import clock
from leerkring.communities.mail.letter import headers
from leerkring.communities.mail.stopping import stop_address
from leerkring.meetings import calendar
from leerkring.meetings.models import Invite, Meeting
from leerkring.meetings.workform_library import find_all
from leerkring.meetings.workform_words import bring, title
from leerkring.network.words import words_of
from leerkring.people.models import User


def written(invites: Sequence[Invite], *, to: User) -> EmailMultiAlternatives:
    """In the person's language. One meeting is an invitation that a calendar takes in by itself; several that are new
    go as one file, for no program takes more than one out of an invitation."""
    with override(to.language or settings.LANGUAGE_CODE):
        return _one(invites[0], to) if len(invites) == 1 else _several(invites, to)


def _one(invite: Invite, to: User) -> EmailMultiAlternatives:
    meeting = invite.meeting
    method, file = calendar.invitation(meeting, to=to, at=clock.now())
    letter = _letter(invite, to, _subject(invite), [meeting], is_new=invite.told is None)
    # The last of the alternatives is the one that a program prefers; the word for what to do with it has to be the
    # same here and inside, or Outlook takes neither.
    letter.attach_alternative(file.decode(), f"text/calendar; method={method}")
    letter.attach("invite.ics", file, "application/ics")
    return letter


def _several(invites: Sequence[Invite], to: User) -> EmailMultiAlternatives:
    meetings = [invite.meeting for invite in invites]
    said = {"count": len(meetings), "community": meetings[0].community.name}
    subject = _("%(count)s bijeenkomsten van %(community)s voor in je agenda") % said
    letter = _letter(invites[0], to, subject, meetings, is_new=True)
    letter.attach("bijeenkomsten.ics", calendar.published(meetings, at=clock.now()), "text/calendar")
    return letter


def _brings(meeting: Meeting) -> list[tuple[str, str]]:
    """What the work forms on its agenda ask to bring, by their names."""
    community = meeting.community
    words = words_of(community.school.sector)
    forms = [
        entry.form for entry in find_all(community, meeting.items.values_list("workform", flat=True)).values()
    ]
    return [(title(form, words), said) for form in forms if (said := bring(form, words))]


def _subject(invite: Invite) -> str:
    topic = {"topic": invite.meeting.topic}
    if invite.meeting.state == Meeting.State.CANCELLED:
        return _("Gaat niet door: %(topic)s") % topic
    if invite.told is not None:
        return _("Veranderd: %(topic)s") % topic
    return _("Voor in je agenda: %(topic)s") % topic


def _letter(
    invite: Invite, to: User, subject: str, meetings: list[Meeting], *, is_new: bool
) -> EmailMultiAlternatives:
    community = meetings[0].community
    stop = stop_address(to, None)
    context = {
        "user": to,
        "community": community,
        "meetings": [(meeting, calendar.page_of(meeting)) for meeting in meetings],
        "meeting": meetings[0] if len(meetings) == 1 else None,
        "brings": _brings(meetings[0]) if len(meetings) == 1 else [],
        "is_new": is_new,
        "is_cancelled": meetings[0].state == Meeting.State.CANCELLED,
        "base": settings.BASE_URL,
        "own": reverse("meetings:own_calendar"),
        "choose": reverse("communities:mail_here", args=[community.pk]),
        "stop_here": stop_address(to, community),
        "stop": stop,
    }
    letter = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=render_to_string("meetings/mail/invite.txt", context),
        to=[to.email],
        headers=headers(f"{invite.uid.hex}.{invite.meeting.sequence}.agenda", stop),
    )
    letter.attach_alternative(render_to_string("meetings/mail/invite.html", context), "text/html")
    return letter
