"""Rooms that nobody closed, and rooms whose end is long past."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction

from leerkring.meetings.live import hub, store
from leerkring.meetings.live.acts import Act, Kind
from leerkring.meetings.live.following import follow
from leerkring.meetings.models import Live, LiveAct, Meeting
from leerkring.meetings.models.live import LATE

log = logging.getLogger(__name__)

#: A room in which nothing happened for so long was left by everyone.
STILL = timedelta(hours=3)


def close_left(now: datetime) -> None:
    """Closes what everyone left: at the moment of the last thing that happened, so that the minutes are those that
    were spent. One that cannot be closed does not keep the others open."""
    before = now - STILL
    on = Live.objects.filter(meeting__state=Meeting.State.LIVE, meeting__opened_at__lt=before)
    on = on.filter(meeting__community__ended_at=None)
    stirs = LiveAct.objects.filter(live__in=on, at__gt=before.timestamp()).values("live")
    failed: Exception | None = None
    for pk in list(on.exclude(pk__in=stirs).order_by("pk").values_list("pk", flat=True)):
        try:
            _close(pk, before)
        except Exception as error:
            log.exception("live.not_closed")
            failed = error
    if failed:
        raise failed


@transaction.atomic
def _close(pk: int, before: datetime) -> None:
    live = store.hold([pk]).get(pk)
    if live is None:
        return
    room = (desk := store.load(live)).room
    opened = live.meeting.opened_at
    last = max(room.now, opened.timestamp() if opened else 0.0)
    if room.closed or last > before.timestamp():  # somebody came back at this very moment
        return
    act = Act(room.number + 1, Kind.CLOSE, None, {}, last)
    room.apply(act)
    store.write(live, [(act, "")])
    follow(live, desk, [act])
    hub.forget(pk)


def clear(now: datetime) -> None:
    """No phone brings anything to these any more: what was said in them is in their minutes."""
    over = Live.objects.filter(meeting__state=Meeting.State.CLOSED, meeting__closed_at__lt=now - LATE)
    for pk in list(over.values_list("pk", flat=True)):
        with transaction.atomic():
            Live.objects.filter(pk=pk).delete()
            hub.forget(pk)
