"""Where a live room is kept: every act in its place, and what is no one's apart from who gave it."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import Q

from leerkring import clock
from leerkring.meetings.live.acts import Act, Kind
from leerkring.meetings.live.desk import Desk
from leerkring.meetings.live.room import Room
from leerkring.meetings.live.steps import load as steps_of
from leerkring.meetings.models import Device, Gave, Live, LiveAct, Participant, Unsigned

log = logging.getLogger(__name__)


def hashed(token: str) -> str:
    """As a token is kept: who reads the table has none."""
    return hashlib.sha256(token.encode()).hexdigest()


def moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)


def load(live: Live) -> Desk:
    """The room as its acts made it."""
    desk = Desk(Room(steps_of(live.steps), minute=live.minute), rewritten=live.rewritten)
    catch_up(desk, live)
    return desk


def catch_up(desk: Desk, live: Live) -> None:
    """Applies what was written since, by another process or by a page. One that cannot be applied, as after a change of
    the rules, is passed over: otherwise everything else in the room would be lost with it."""
    for row in LiveAct.objects.filter(live=live, number__gt=desk.room.number).order_by("number"):
        try:
            desk.room.apply(Act(row.number, Kind(row.kind), row.by_id, row.data, row.at))
        except Exception:
            log.exception("live.passed_over", extra={"kind": row.kind})
            desk.room.number = row.number
        if row.key:
            desk.note(row.by_id, row.key)
    catch_up_unsigned(desk, live)


def catch_up_unsigned(desk: Desk, live: Live) -> None:
    """What nobody can tell is theirs, as it is kept: no act and no number says that there is more of it."""
    desk.room.gave.clear()
    desk.room.unsigned.clear()
    for gave in Gave.objects.filter(live=live):
        desk.room.gave[gave.step][gave.by_id] = gave.times
    for given in Unsigned.objects.filter(live=live):
        desk.room.unsigned[given.step][given.token] = given.text


def hold(pks: Iterable[int]) -> dict[int, Live]:
    """Those rooms, locked: who writes in one of them waits for whoever does so now."""
    found = Live.objects.select_for_update(of=("self",)).select_related("meeting__community")
    return found.order_by("pk").in_bulk(list(pks))


def row(live: Live, act: Act, key: str) -> LiveAct:
    return LiveAct(
        live=live, number=act.number, by_id=act.by, key=key, kind=act.kind, data=dict(act.data), at=act.at
    )


def write(live: Live, acts: Iterable[tuple[Act, str]]) -> None:
    """Keeps acts that were applied, in the transaction that holds the room."""
    rows = [row(live, act, key) for act, key in acts]
    if rows:
        LiveAct.objects.bulk_create(rows)
        live.number = rows[-1].number
        Live.objects.filter(pk=live.pk).update(number=live.number)


def overwrite_what_goes() -> None:
    """SQLite leaves nothing in the file of what this connection deletes."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def give(live: Live, room: Room, steps: Collection[str]) -> None:
    """Keeps what is no one's in these steps, and how often each gave something. Both are written anew as a whole, by
    what is random and by person: neither the place of a row in its table (SQLite's rowid, PostgreSQL's ctid) nor the
    transaction that wrote it (xmin) tells which of them came last, or with which.
    """
    if steps:
        overwrite_what_goes()
    for step in steps:
        Gave.objects.filter(live=live, step=step).delete()
        Unsigned.objects.filter(live=live, step=step).delete()
        Gave.objects.bulk_create(
            Gave(live=live, step=step, by_id=person, times=times)
            for person, times in sorted(room.gave[step].items())
        )
        Unsigned.objects.bulk_create(
            Unsigned(live=live, step=step, token=token, text=text)
            for token, text in sorted(room.unsigned[step].items())
        )


def say(live: Live, desk: Desk, kind: Kind, data: Mapping[str, Any], *, at: float) -> Act:
    """An act of the house, by a page that holds the room and loaded it.

    Raises:
        Impossible: it cannot be done; nothing is written.
    """
    act = Act(desk.room.number + 1, kind, None, data, max(at, desk.room.now))
    desk.room.apply(act)
    write(live, [(act, "")])
    return act


def device_of(live: int, token: str) -> Device | None:
    """The device that holds this token in this room, while who signed in there is."""
    if not token:
        return None
    signed_in = Q(session=None) | Q(session__expire_date__gt=clock.now())
    found = Device.objects.filter(signed_in, participant__live=live, token=hashed(token))
    return found.select_related(
        "session__user", "participant__member__community", "participant__live__meeting__community"
    ).first()


def who(live: int, token: str) -> Participant | None:
    """Whose device that is."""
    device = device_of(live, token)
    return device.participant if device else None


def belongs(participant: Participant) -> bool:
    """Whether they may still be in the room."""
    if participant.live.meeting.community.ended_at is not None:
        return False
    if participant.member is not None and not participant.member.is_current:
        return False
    return participant.pk not in removed(participant.live_id)


def removed(live: int) -> set[int]:
    """Whom who leads took out, after they last came in."""
    moves = LiveAct.objects.filter(live=live, kind__in=[Kind.JOIN, Kind.REMOVE]).order_by("number")
    last = {said["person"]: kind for said, kind in moves.values_list("data", "kind")}
    return {person for person, kind in last.items() if kind == Kind.REMOVE}
