"""Mail every few minutes, and what is old goes at night."""

from __future__ import annotations

from datetime import time, timedelta

from django.db.models import Q

from leerkring import clock
from leerkring.communities.mail import rounds
from leerkring.communities.models import Digest, Notice
from leerkring.jobs.queue import daily, every
from leerkring.jobs.run import Run
from leerkring.people.models import User

#: Long enough to find something back; what nobody opened in a year, nobody will.
READ_STAYS, UNREAD_STAYS = timedelta(days=90), timedelta(days=365)
#: How many mails went, and how they ended, is known so long.
DIGEST_STAYS = timedelta(days=400)


@every("communities.mail", minutes=5)
def mail(run: Run) -> None:
    """Tells by mail what became due."""
    if rounds.go():
        run.complete(again=clock.now())


@daily("communities.clear_inboxes", at=time(3, 30))
def clear_inboxes(run: Run) -> None:
    """Old notices go; and whose days as a guest ended is told no number any more."""
    now = clock.now()
    Notice.objects.filter(Q(read_at__lt=now - READ_STAYS) | Q(at__lt=now - UNREAD_STAYS)).delete()
    Digest.objects.filter(ended_at__lt=now - DIGEST_STAYS, notices=None).delete()
    Notice.count_unread(User.objects.filter(unread__gt=0).values_list("pk", flat=True))
