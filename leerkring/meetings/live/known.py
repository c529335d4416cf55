"""Who is behind a device that asks: looked up, and remembered for a minute. Whatever changes who may be in a room says
so (`forget`), and then everyone in it is looked up anew at once."""

from __future__ import annotations

from django.db import connection

from leerkring import clock
from leerkring.communities.models import Community, Membership
from leerkring.meetings.live import store
from leerkring.meetings.models import Device
from leerkring.network.models import Leadership
from leerkring.people.models import User

#: Seconds until who asks is looked up anew, whatever was said; and how many are remembered.
KNOWN, _KEPT = 60.0, 20_000
#: (room, token) → when that was looked up, after which change, and who it is.
_known: dict[tuple[int, str], tuple[float, object, int]] = {}
#: By room: the last change in who may be in it; `_none` where none is remembered.
_changed: dict[int, object] = {}
_none = object()


def remembered(live: int, token: str) -> int | None:
    """Who this is, when that was looked up a moment ago."""
    at, change, person = _known.get((live, token), (0.0, None, 0))
    is_so = person and change is _changed.get(live, _none) and clock.now().timestamp() - at <= KNOWN
    return person if is_so else None


def look_up(live: int, token: str) -> int | None:
    """Who this is, when they may still be there. In a thread that may not come back: it leaves no connection behind."""
    at, change = clock.now().timestamp(), _changed.get(live, _none)  # as it was before it is read
    try:
        found = store.device_of(live, token)
        person = found.participant_id if found and _may_be_there(found) else None
    finally:
        connection.close()
    if person is None:
        _known.pop((live, token), None)
        return None
    if len(_known) >= _KEPT:
        clear()
    _known[live, token] = (at, change, person)
    return person


def forget(live: int) -> None:
    """Who may be in this room changed, or can have."""
    if len(_changed) >= _KEPT:
        clear()
    _changed[live] = object()


def clear() -> None:
    """Nobody is remembered, and no change. Who is being looked up meanwhile can have been read before a change that is
    forgotten here: they are not remembered either, for there is another none."""
    global _none
    _known.clear()
    _changed.clear()
    _none = object()


def _may_be_there(device: Device) -> bool:
    """They belong, and nobody signed in on their device who is another, or may not come in by a name."""
    participant, session = device.participant, device.session
    if not store.belongs(participant):
        return False
    user = session.user if session else None
    if user is None:
        return True
    if participant.member is not None:
        return participant.member.user_id == user.pk
    community = participant.live.meeting.community
    # A member may: it is theirs to see.
    is_member = Membership.objects.current().filter(community=community, user=user).exists()
    return is_member or not comes_by_no_name(community, user)


def comes_by_no_name(community: Community, user: User) -> bool:
    """Whether who signed in as `user`, and is no member, may not see a room by a name only: who leads or appraises at a
    school of the group, or keeps the accounts."""
    leads = Leadership.objects.current().of(community.schools.all()).filter(user=user)
    return user.is_administrator or leads.exists()
