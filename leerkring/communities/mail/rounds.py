"""The round: what became due is put in mails, and the mails are handed over.

Each step is kept before the next begins, so that a round can break off anywhere: what is put in a mail is never put
in another, and a mail that may have left is not sent again. No transaction is open while a server is spoken to.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from leerkring import clock
from leerkring.communities.mail import rhythm
from leerkring.communities.mail.letter import written
from leerkring.communities.mail.post import Outcome, Post
from leerkring.communities.mail.readers import Reader, readers
from leerkring.communities.models import Digest, Notice
from leerkring.communities.notices import Rhythm
from leerkring.people.models import User

log = logging.getLogger(__name__)

#: Seconds after which a round lets other work go first.
LONGEST = 60.0
#: What stumbles over a fault of ours is looked at again so much later.
AFTER_A_FAULT = timedelta(hours=1)
#: People who are looked at together.
MANY = 200

_ENDS = {
    Outcome.SENT: Digest.State.SENT,
    Outcome.REFUSED: Digest.State.REFUSED,
    Outcome.UNSURE: Digest.State.UNSURE,
}


def go(*, post: Callable[[], Post] = Post) -> bool:
    """One round; True when there is more to do. One question when there is nothing."""
    now = clock.now()
    if not _is_anything_due(now):
        return False
    until = time.monotonic() + LONGEST
    for pk in list(Digest.objects.due(now).filter(state=Digest.State.SENDING).values_list("pk", flat=True)):
        Digest(pk=pk).end(Digest.State.UNSURE, at=now)  # its process died on the way
    more = _put_in_mails(now, until)
    return _send(now, until, post) or more


def _is_anything_due(now: datetime) -> bool:
    notices = Notice.objects.unmailed().filter(mail_at__lte=now).order_by().values_list("pk")
    digests = Digest.objects.due(now).order_by().values_list("pk")
    return bool(list(notices.union(digests, all=True)[:1]))


def _put_in_mails(now: datetime, until: float) -> bool:
    while True:
        due = Notice.objects.unmailed().filter(mail_at__lte=now).order_by().values_list("user").distinct()
        people = [pk for (pk,) in due[:MANY]]
        if not people:
            return False
        if time.monotonic() > until:
            return True
        for reader in readers(User.objects.filter(pk__in=people)).values():
            try:
                _plan(reader, now)
            except Exception:
                # Whatever is wrong with the news of one must not keep the others' from them.
                log.exception("mail.plan_failed")
                Notice.objects.unmailed().filter(user=reader.user).update(mail_at=now + AFTER_A_FAULT)


@transaction.atomic
def _plan(reader: Reader, now: datetime) -> None:
    """In a mail now, or when to look again. What goes out takes along all that would go later."""
    waiting = Notice.objects.unmailed().filter(user=reader.user, mail_at__isnull=False)
    moments = _moments(reader, now)
    waiting.exclude(pk__in=moments).update(mail_at=None)
    due = [pk for pk, moment in moments.items() if moment <= now]
    if due and rhythm.is_open(now, reader.days) and not reader.is_away(now):
        Digest.claim(reader.user, list(moments), at=now)
        return
    when_again = _when_again(reader, now)
    by_moment: dict[datetime, list[int]] = {}
    for pk, moment in moments.items():
        by_moment.setdefault(when_again if moment <= now else moment, []).append(pk)
    for moment, pks in by_moment.items():
        waiting.filter(pk__in=pks).update(mail_at=moment)


def _moments(reader: Reader, now: datetime) -> dict[int, datetime]:
    """When each notice that may be mailed is due."""
    if not reader.may_be_mailed():
        return {}
    seen = Notice.objects.seen_by(reader.user).unmailed().values_list("pk", "community", "kind", "at")
    wanted = ((pk, reader.rhythm(community, kind), at) for pk, community, kind, at in seen)
    return {pk: rhythm.due(how, at, reader.days) for pk, how, at in wanted if how != Rhythm.NEVER}


def _when_again(reader: Reader, now: datetime) -> datetime:
    """After the quiet hours; and when it is not quiet but the person is away, the next school day."""
    opens = rhythm.next_open(now, reader.days)
    return opens if opens > now else rhythm.next_day(now, reader.days)


def _send(now: datetime, until: float, post: Callable[[], Post]) -> bool:
    waiting = Digest.objects.due(now).filter(state=Digest.State.WAITING)
    counted: dict[str, int] = {}
    with post() as server:
        for digest in waiting.select_related("user").order_by("due", "pk")[: MANY * 5]:
            if time.monotonic() > until:
                return True
            outcome = _send_one(digest, server, now)
            if outcome:
                counted[outcome] = counted.get(outcome, 0) + 1
            if outcome == Outcome.NOBODY_THERE:
                break  # the others wait for the next round, without having been tried
    for how, count in counted.items():
        log.info("mail.round", extra={"kind": how, "count": count})
    return False


def _send_one(digest: Digest, server: Post, now: datetime) -> Outcome | None:
    try:
        return _hand_over(digest, readers([digest.user])[digest.user_id], server, now)
    except Exception:
        # Before it was started it waits on; after that nobody can say, and it ends as such when its time is up.
        log.exception("mail.letter_failed")
        digest.postpone(until=now + AFTER_A_FAULT)
        return None


def _hand_over(digest: Digest, reader: Reader, server: Post, now: datetime) -> Outcome | None:
    if not rhythm.is_open(now, reader.days) or reader.is_away(now):
        digest.postpone(until=_when_again(reader, now))
        return None
    if digest.attempts:
        Digest.claim(reader.user, list(_moments(reader, now)), at=now)  # what came since it waits goes along
    letter = written(digest, reader) if reader.may_be_mailed() else None
    if letter is None:
        digest.end(Digest.State.NOTHING_LEFT, at=now)
        return None
    if not digest.start(at=now):
        return None
    outcome = server.send(letter)
    if end := _ENDS.get(outcome):
        digest.end(end, at=now)
    else:
        digest.again(at=now)
    return outcome
