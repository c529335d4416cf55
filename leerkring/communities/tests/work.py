"""What happens while nobody looks: the work loop, the night."""

from __future__ import annotations

import re
from datetime import timedelta

from django.core import mail

from leerkring import clock
from leerkring.communities.jobs import clear_ways_in
from leerkring.jobs.models import Job
from leerkring.jobs.run import Run
from leerkring.jobs.worker import Worker


def work(*, days: int = 0) -> None:
    """Do what is due now; with `days` also what becomes due until then."""
    worker, until = Worker(), clock.now() + timedelta(days=days)
    while True:
        while worker.one():
            pass
        later = Job.objects.open().filter(due__lte=until).order_by("due").first()
        if later is None:
            return
        with clock.at(max(later.due, clock.now())):
            worker.one()


def night() -> None:
    clear_ways_in(Run(Job()))


def code_in_mail() -> str:
    """The code in the last mail."""
    found = re.search(r"^([A-Z0-9]{3,}(?:-[A-Z0-9]+)*)$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found[1]
