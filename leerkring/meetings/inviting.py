"""Telling calendars: who planned, moved or called off a meeting has everyone's calendar told of it.

    inviting.tell([meeting], at=at)     # in the verb, after `sequence` went up

What is told, and when, is decided when the mail goes (`meetings.invite_rounds`): the newest state, once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from leerkring.communities.models import Community, Membership
from leerkring.meetings.models import Invite, Meeting

#: Who plans, changes on: only when it has been quiet for so long is the newest state told.
REST = timedelta(minutes=3)


def tell(meetings: Iterable[Meeting], *, at: datetime) -> None:
    """Everyone in the group is told by mail how these meetings stand, in the transaction of their change. Without a
    date there is nothing to tell yet."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("calendars are told in the transaction of the change")
    by_community: dict[int, list[Meeting]] = {}
    for meeting in meetings:
        if meeting.starts_at is not None:
            by_community.setdefault(meeting.community_id, []).append(meeting)
    for community, told in sorted(by_community.items()):
        Community(pk=community).touch()  # first, as everywhere; a feed is known to be new by it
        for meeting in told:
            meeting.told_at = at
        Meeting.objects.filter(pk__in=[meeting.pk for meeting in told]).update(told_at=at)
        people = Membership.objects.current().filter(community=community).exclude(user=None)
        Invite.wait_for(told, sorted(people.values_list("user", flat=True)), at=at, due=at + REST)


def welcome(membership: Membership, at: datetime) -> None:
    """Who comes in gets in their calendar what lies ahead."""
    ahead = Meeting.objects.filter(
        community=membership.community, state=Meeting.State.PLANNED, starts_at__gt=at
    )
    if membership.user_id and (meetings := list(ahead)):
        Invite.wait_for(meetings, [membership.user_id], at=at, due=at + REST)
