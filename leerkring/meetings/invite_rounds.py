"""The round: who is to be told what of which meeting, in which mail, and whether now.

As in `communities.mail.rounds` each step is kept before the next begins, and no transaction is open while a server is
spoken to: what may have left is not sent again.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from leerkring import clock
from leerkring.communities.mail import rhythm
from leerkring.communities.mail.post import Outcome, Post
from leerkring.communities.mail.readers import Reader, readers
from leerkring.communities.mail.rounds import AFTER_A_FAULT, LONGEST, MANY
from leerkring.communities.models import Membership
from leerkring.communities.notices import Rhythm
from leerkring.meetings.invite_letter import written
from leerkring.meetings.models import Invite, Meeting
from leerkring.people.models import User

log = logging.getLogger(__name__)

#: The kind of notice by which one chooses whether this is mailed at all.
KIND = "meeting.invited"
#: Of what is so near one hears at once, also in the evening, in a weekend or in a holiday.
NEAR = timedelta(days=2)
_ENDS = {
    Outcome.SENT: Invite.State.SENT,
    Outcome.REFUSED: Invite.State.REFUSED,
    Outcome.UNSURE: Invite.State.UNSURE,
}


def go(*, post: Callable[[], Post] = Post) -> bool:
    """One round; True when there is more to do. One question when there is nothing."""
    now = clock.now()
    due = Invite.objects.due(now)
    if not due.exists():
        return False
    for invite in due.filter(state=Invite.State.SENDING):
        invite.end(Invite.State.UNSURE)  # its process died on the way
    until = time.monotonic() + LONGEST
    waiting = due.filter(state=Invite.State.WAITING)
    people = list(waiting.order_by().values_list("user", flat=True).distinct()[:MANY])
    counted: Counter[str] = Counter()
    with post() as server:
        for reader in readers(User.objects.filter(pk__in=people)).values():
            if time.monotonic() > until or counted[Outcome.NOBODY_THERE]:
                break  # nobody there: the others wait for the next round, without having been tried
            _serve(reader, server, now, counted)
    for how, count in counted.items():
        log.info("invite.round", extra={"kind": how, "count": count})
    return not counted[Outcome.NOBODY_THERE] and (time.monotonic() > until or len(people) == MANY)


def _serve(reader: Reader, server: Post, now: datetime, counted: Counter[str]) -> None:
    """All that is due for one person, as far as the server takes anything at all now."""
    try:
        for letter in _letters(reader, now):
            if outcome := _hand_over(letter, reader, server, now):
                counted[outcome] += 1
            if outcome == Outcome.NOBODY_THERE:
                return
    except Exception:
        # Whatever is wrong with the mail of one must not keep the others' from them.
        log.exception("invite.failed")
        for invite in Invite.objects.due(now).filter(user=reader.user, state=Invite.State.WAITING):
            invite.postpone(until=now + AFTER_A_FAULT)


def _letters(reader: Reader, now: datetime) -> Iterator[list[Invite]]:
    """What goes now, in its mails: what is new in one group together, what changed each on its own, for only so does
    a calendar change it by itself."""
    new: dict[int, list[Invite]] = {}
    for invite in _wanted(reader, now):
        if not (_is_near(invite, now) or rhythm.is_open(now, reader.days)):
            invite.postpone(until=rhythm.next_open(now, reader.days))
        elif invite.told is None:
            new.setdefault(invite.meeting.community_id, []).append(invite)
        else:
            yield [invite]
    yield from new.values()


def _wanted(reader: Reader, now: datetime) -> list[Invite]:
    """What is due and still to be told; of the rest there is nothing left."""
    due = Invite.objects.due(now).filter(user=reader.user, state=Invite.State.WAITING)
    invites = list(due.select_related("meeting__community__school").order_by("meeting__starts_at", "meeting"))
    inside = Membership.objects.current().filter(user=reader.user)
    last_days = dict(inside.values_list("community", "until"))
    wanted = []
    for invite in invites:
        community = invite.meeting.community_id
        wants = community in last_days and reader.rhythm(community, KIND) != Rhythm.NEVER
        if wants and reader.may_be_mailed() and _is_news(invite, last_days[community], now):
            wanted.append(invite)
        else:
            invite.end(Invite.State.NOTHING_LEFT)
    return wanted


def _is_news(invite: Invite, last_day: date | None, now: datetime) -> bool:
    """Whether this calendar does not have it yet, or not so; and it is not over, nor after the last day of a guest."""
    meeting = invite.meeting
    if meeting.starts_at is None or max(meeting.starts_at, invite.told_start or meeting.starts_at) <= now:
        return False
    if invite.told is None:
        day = meeting.starts_at.astimezone(clock.AMSTERDAM).date()
        return meeting.state == Meeting.State.PLANNED and (last_day is None or day <= last_day)
    return meeting.sequence > invite.told and meeting.state in {
        Meeting.State.PLANNED,
        Meeting.State.CANCELLED,
    }


def _is_near(invite: Invite, now: datetime) -> bool:
    """Or was: who would come tomorrow has to know that it is next week."""
    moments = (invite.meeting.starts_at, invite.told_start)
    return any(now < moment <= now + NEAR for moment in moments if moment)


def _hand_over(invites: list[Invite], reader: Reader, server: Post, now: datetime) -> Outcome | None:
    """None when there is news meanwhile, which has its own moment."""
    letter = written(invites, to=reader.user)
    if not Invite.start(invites, at=now):
        return None
    outcome = server.send(letter)
    for invite in invites:
        if end := _ENDS.get(outcome):
            invite.end(end)
        else:
            invite.again(at=now)
    return outcome
