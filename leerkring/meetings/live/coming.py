"""Opening a room, and coming into it: as a member, by the code on the board, or written down by who keeps the notes."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from leerkring import clock
from leerkring.communities.happenings import Role as CommunityRole
from leerkring.communities.models import Community, Membership
from leerkring.meetings.live import hub, store
from leerkring.meetings.live.acts import LONGEST_NAME, Impossible, Kind
from leerkring.meetings.live.agenda import LOOKED_AT, Find, steps_of
from leerkring.meetings.live.desk import Desk
from leerkring.meetings.live.following import follow
from leerkring.meetings.live.room import MOST_PEOPLE
from leerkring.meetings.live.steps import dump
from leerkring.meetings.models import Agreement, Device, Live, Meeting, Participant, Present
from leerkring.people.models import Session
from leerkring.ui.refusal import Refused


@transaction.atomic
def open_room(meeting: Meeting, *, by: Membership, find: Find, at: datetime | None = None) -> Live:
    """The meeting begins. Opened twice is opened once."""
    at = at or clock.now()
    meeting.community.touch()
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if held.state == Meeting.State.LIVE:
        return Live.objects.get(meeting=held)
    if held.state != Meeting.State.PLANNED:
        raise Refused(_("Deze bijeenkomst is geweest, of gaat niet door."))
    if not by.may_lead and not meeting.turns.filter(role="facilitator", member=by).exists():
        raise Refused(_("De procesbegeleider of de gespreksleider begint de bijeenkomst."))
    agreed = Agreement.objects.filter(community=meeting.community).open().by_day()
    looked_at = list(agreed.values_list("pk", flat=True)[:LOOKED_AT])
    steps = steps_of(meeting, meeting.items.all(), find, looked_at)
    live = Live.objects.create(meeting=meeting, steps=dump(steps), minute=settings.LIVE_MINUTE)
    meeting.state, meeting.opened_at = Meeting.State.LIVE, at
    meeting.save(update_fields=["state", "opened_at"])
    return live


def come_in(live: Live, member: Membership, *, session: str | None = None, at: datetime | None = None) -> str:
    """A member comes in, on another device too; the token that this device keeps. `session`: the kept key of the one
    in which they are signed in, with which it ends."""
    return _come(live, member=member, name=str(member), session=session, at=at)


def come_by_name(live: Live, name: str, *, at: datetime | None = None) -> str:
    """Somebody comes in by the code on the board; the token that this device keeps."""
    return _come(live, member=None, name=name, session=None, at=at)


def write_down(
    live: Live, *, name: str, member: Membership | None, at: datetime | None = None
) -> Participant:
    """Somebody without a device; who keeps the notes writes for them."""
    return _join(live, member=member, name=str(member) if member else name, written_for=True, at=at)


@transaction.atomic
def link(live: Live, participant: Participant, member: Membership) -> None:
    """Who came in by name is this member: what they gave is theirs. Also after the end, while the room is kept: then
    it is so in the minutes too."""
    live = store.hold([live.pk])[live.pk]
    if participant.member_id is not None:
        raise Refused(_("Die plek is al van iemand."))
    if live.participants.filter(member=member).exists():
        raise Refused(_("%(name)s doet al mee.") % {"name": member})
    name, desk = str(member)[:LONGEST_NAME], store.load(live)
    said = {"person": participant.pk, "member": member.pk, "name": name, **_can(live, member)}
    try:
        act = store.say(live, desk, Kind.LINK, said, at=clock.now().timestamp())
    except Impossible:
        raise Refused(_("%(name)s doet niet meer mee.") % {"name": participant.name}) from None
    Participant.objects.filter(pk=participant.pk).update(member=member, name=name)
    if live.meeting.state == Meeting.State.CLOSED:
        Present.objects.filter(participant=participant).update(member=member, name=name)
        follow(live, desk, [act])
        theirs = [agreed.id for agreed in desk.room.agreements.values() if participant.pk in agreed.who]
        Agreement.recognise(live.meeting, numbers=theirs, name=participant.name, member=member)
    hub.poke(live.pk)


@transaction.atomic
def signed_in(tokens: Collection[str], session: str) -> None:
    """Somebody signed in on a device that was in rooms by a name: from now on it is theirs, ends with that `session`
    (its kept key), and shows a room only to who may see it."""
    devices = Device.objects.filter(session=None, token__in=[store.hashed(token) for token in tokens])
    rooms = set(devices.values_list("participant__live", flat=True))
    devices.update(session=session)
    for live in rooms:
        hub.forget(live)


def signed_out(sessions: QuerySet[Session]) -> None:
    """These end, and with them what their devices show (`people.models.session`)."""
    for live in set(Device.objects.filter(session__in=sessions).values_list("participant__live", flat=True)):
        hub.forget(live)


def have_fewer(community: Community, at: datetime) -> None:
    """Somebody left the group or became a guest: the screens of its rooms are looked up anew, at once."""
    for live in Live.objects.filter(meeting__community=community).values_list("pk", flat=True):
        hub.forget(live)


def is_guest(member: Membership | None) -> bool:
    return member is None or member.role == CommunityRole.GUEST


def _held(live: Live) -> Live:
    """The room, locked, and still open to who comes in."""
    held = store.hold([live.pk])[live.pk]
    if held.meeting.state != Meeting.State.LIVE:
        raise Refused(_("Deze bijeenkomst is al geweest."))
    return held


@transaction.atomic
def _come(
    live: Live, *, member: Membership | None, name: str, session: str | None, at: datetime | None
) -> str:
    participant = _join(live, member=member, name=name, written_for=False, at=at)
    token = secrets.token_urlsafe(32)
    Device.objects.create(participant=participant, token=store.hashed(token), session_id=session)
    return token


@transaction.atomic
def _join(
    live: Live, *, member: Membership | None, name: str, written_for: bool, at: datetime | None
) -> Participant:
    at = at or clock.now()
    live = _held(live)
    desk = store.load(live)
    known = live.participants.filter(member=member).first() if member else None
    if known:
        there = desk.room.people.get(known.pk)
        # Who was removed by mistake comes in again; for who has a device now, nobody else writes any more.
        if there is None or there.gone or (there.written_for and not written_for):
            _say_join(live, desk, known, written_for, at)
        return known
    name = " ".join(name.split())
    if member is None and live.participants.filter(name__iexact=name).exists():
        raise Refused(
            _(
                "Er is al een %(name)s. Geen probleem: zet er een letter van de achternaam bij, of iets anders "
                "waaraan jullie elkaar herkennen."
            )
            % {"name": name}
        )
    if live.participants.count() >= MOST_PEOPLE:
        raise Refused(_("De bijeenkomst is vol: er kunnen %(most)s mensen in.") % {"most": MOST_PEOPLE})
    participant = Participant.objects.create(live=live, member=member, name=name[:LONGEST_NAME], came_at=at)
    _say_join(live, desk, participant, written_for, at)
    return participant


def _say_join(live: Live, desk: Desk, participant: Participant, written_for: bool, at: datetime) -> None:
    store.say(live, desk, Kind.JOIN, _said(live, participant, written_for), at=at.timestamp())
    hub.poke(live.pk)


def _said(live: Live, participant: Participant, written_for: bool) -> dict[str, Any]:
    member = participant.member
    return {
        "person": participant.pk,
        "name": participant.name,
        "member": member.pk if member else None,
        "written_for": written_for,
        **_can(live, member),
    }


def _can(live: Live, member: Membership | None) -> dict[str, Any]:
    roles = live.meeting.turns.filter(member=member).values_list("role", flat=True) if member else []
    leads = bool(member and member.may_lead)
    return {"leads": leads, "guest": is_guest(member), "roles": sorted(roles)}
