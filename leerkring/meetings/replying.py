"""Whether someone comes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from leerkring import clock
from leerkring.communities.models import Membership, Notice
from leerkring.meetings.models import Meeting, Reply
from leerkring.ui.refusal import Refused


@transaction.atomic
def reply(meeting: Meeting, *, by: Membership, says: str, at: datetime | None = None) -> None:
    """`by` comes, perhaps, or cannot; the last answer counts. Why is asked nowhere."""
    at = at or clock.now()
    held = meeting.hold_ahead()
    if held.state != Meeting.State.PLANNED:
        raise Refused(_("Er is nog geen datum. Zeg eerst wanneer je kunt."))
    if held.ends_at and held.ends_at <= at:
        raise Refused(_("Deze bijeenkomst is voorbij."))
    if says not in Reply.Says.values:
        raise Refused(_("Kies een van de drie antwoorden."))
    Reply.objects.update_or_create(meeting=meeting, member=by, defaults={"says": says, "at": at})
    if says == Reply.Says.NO and by.user_id:
        near = Notice.objects.filter(kind="meeting.near", user=by.user_id)
        Notice.forget(near.about("meeting", meeting.pk))
