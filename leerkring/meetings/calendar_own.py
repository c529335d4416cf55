"""What becomes of a person in calendars, and what of it they take along (people.erasure says what this is for)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leerkring.meetings.models import CalendarFeed, Invite
from leerkring.people.erasure import Eraser
from leerkring.people.models import User

_GOES = "goes with the account"


def own(user: User) -> Mapping[str, Any]:
    """Without the address: a download is shown to others more easily than one thinks."""
    invites = Invite.objects.filter(user=user).select_related("meeting__community").order_by("pk")
    return {
        "calendar_address": list(CalendarFeed.objects.filter(user=user).values("made_at")),
        "calendar_mails": [
            {
                "community": invite.meeting.community.name,
                "meeting": invite.meeting.topic,
                "made_at": invite.made_at,
                "state": invite.state,
            }
            for invite in invites
        ],
    }


ERASER = Eraser(
    room="calendar",
    covers={
        "meetings.CalendarFeed.user": _GOES,
        "meetings.CalendarFeed.key": "goes with the account: it leads nowhere then",
        "meetings.Invite.user": _GOES,
    },
    own=own,
)
